//! 自评表 as files: the bureau's own file filled in where it was taken from one, our own layout in the
//! other format.

use crate::document::blocks::{Align, Block, Table};
use crate::docx;
use crate::row_height::row_height;
use crate::view::View;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as CellFormat, FormatAlign, FormatBorder, Workbook,
    XlsxError,
};
use std::io;
use zicha_assess::Assessment;
use zicha_model::diag::Diagnostic;
use zicha_scoring::fill;
use zicha_scoring::table::Kind;

/// The workbook's name.
const XLSX: &str = "自评表.xlsx";
/// The Word file's name.
const DOCX: &str = "自评表.docx";

/// Files with what could not be filled in.
type Files = (Vec<(String, Vec<u8>)>, Vec<Diagnostic>);

/// What is wanted of the form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) xlsx: bool,
    pub(crate) docx: bool,
    /// Names are masked: the unit's own file is not repeated.
    pub(crate) redacted: bool,
}

/// The files; none of a run without a bureau's table. Redacted output never repeats the unit's file.
pub(crate) fn files(assessment: &Assessment<'_>, view: &View, wanted: Wanted) -> io::Result<Files> {
    let mut files = Vec::new();
    let mut told = Vec::new();
    let Some(form) = &view.form else {
        return Ok((files, told));
    };
    let mut filled = None;
    if !wanted.redacted {
        (filled, told) = in_place(assessment, &form.notes)?;
    }
    let (kind, bytes) = filled.map_or((Kind::Other, Vec::new()), |filled| filled);
    if wanted.xlsx {
        let workbook = match kind {
            Kind::Xlsx => bytes.clone(),
            _ => workbook(view).map_err(io::Error::other)?,
        };
        files.push((XLSX.to_owned(), workbook));
    }
    if wanted.docx {
        let document = match kind {
            Kind::Docx => bytes,
            _ => docx::render(&view.frame(), &form.document)?.1,
        };
        files.push((DOCX.to_owned(), document));
    }
    Ok((files, told))
}

type InPlace = (Option<(Kind, Vec<u8>)>, Vec<Diagnostic>);

/// The bureau's file filled in, if it can be.
fn in_place(assessment: &Assessment<'_>, notes: &[fill::Note]) -> io::Result<InPlace> {
    let form = assessment.form.as_ref();
    let Some((form, (path, bytes, imported))) =
        form.and_then(|form| Some((form, form.own.source.as_ref()?)))
    else {
        return Ok((None, Vec::new()));
    };
    let filled = fill::fill(
        path,
        bytes,
        imported,
        &form.own.standard,
        &form.reckoned,
        notes,
    )?;
    Ok(match filled {
        Some(filled) => (Some((imported.file.kind, filled.bytes)), filled.told),
        None => (None, Vec::new()),
    })
}

/// Our own layout as a workbook.
fn workbook(view: &View) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let Some(form) = &view.form else {
        return workbook.save_to_buffer();
    };
    let cell = CellFormat::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let head = cell
        .clone()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color("#E4E7EB");
    let title = CellFormat::new().set_bold().set_font_size(16);
    let note = CellFormat::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let sheet = workbook.add_worksheet();
    sheet.set_name("自评表")?;
    sheet.write_string_with_format(0, 0, &form.document.title, &title)?;
    let mut row = 1;
    let (mut width, mut last) = (80, 1);
    for block in form
        .document
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
    {
        match block {
            Block::Table { table } => {
                width = table.columns.iter().map(|column| column.width).sum();
                last = table.columns.len().max(2) as u16 - 1;
                row = write_table(sheet, table, row, &head, &cell)?;
            }
            Block::Paragraph { spans } => {
                let text: String = spans.iter().map(|span| span.text.as_str()).collect();
                // Across the table: a line that ran on would shrink the page to its own width.
                sheet.merge_range(row, 0, row, last, &text, &note)?;
                let line = [(text.as_str(), width)];
                sheet.set_row_height(row, row_height(line.into_iter()))?;
                row += 1;
            }
            _ => {}
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(1, 1)?;
    workbook.save_to_buffer()
}

fn write_table(
    sheet: &mut rust_xlsxwriter::Worksheet,
    table: &Table,
    first: u32,
    head: &CellFormat,
    cell: &CellFormat,
) -> Result<u32, XlsxError> {
    for (column, at) in table.columns.iter().zip(0..) {
        sheet.write_string_with_format(first, at, &column.title, head)?;
        sheet.set_column_width(at, f64::from(column.width))?;
    }
    let mut row = first;
    for line in &table.rows {
        row += 1;
        for ((text, column), at) in line.cells.iter().zip(&table.columns).zip(0..) {
            // Points are numbers; a number of an item such as 07 stays as it is written.
            match text.parse::<f64>() {
                Ok(number) if column.align == Align::End => {
                    sheet.write_number_with_format(row, at, number, cell)?
                }
                _ => sheet.write_string_with_format(row, at, text, cell)?,
            };
        }
        let texts = line.cells.iter().zip(&table.columns);
        let texts = texts.map(|(text, column)| (text.as_str(), column.width));
        sheet.set_row_height(row, row_height(texts))?;
    }
    Ok(row + 2)
}
