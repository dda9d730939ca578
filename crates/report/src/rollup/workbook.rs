//! 汇总表.xlsx: all units, controls and matters, to be filtered and sorted.

use crate::redaction::display_text;
use crate::rollup::tables::Cell;
use crate::rollup::{names, tables};
use crate::xlsx;
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use zicha_model::time::Day;
use zicha_rollup::{Summary, figures::Group};

/// Renders the workbook; the same bytes for the same summary.
pub(super) fn render(
    summary: &Summary,
    groups: &[Group<'_>],
    as_of: Day,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = xlsx::excel_date(as_of)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(names::STEM)
            .set_creation_datetime(&day),
    );
    for group in groups {
        let name = |part: &str| format!("{} {part}", names::group(group));
        let units = group
            .ranking
            .iter()
            .map(|(place, e)| tables::unit(*place, e));
        sheet(&mut workbook, &name("单位"), &tables::UNIT, units)?;
        let controls = group.controls.iter().map(tables::control);
        sheet(&mut workbook, &name("检查项"), &tables::CONTROL, controls)?;
        let chapters = group.chapters.iter().map(tables::chapter);
        sheet(&mut workbook, &name("检查事项"), &tables::CHAPTER, chapters)?;
    }
    let left_out = summary.left_out.iter();
    let left_out = left_out.map(|l| {
        vec![
            Cell::Text(display_text::display(&l.place)),
            Cell::Text(display_text::display(&l.reason)),
        ]
    });
    sheet(&mut workbook, "没有计入的结果", &["位置", "原因"], left_out)?;
    workbook.save_to_buffer()
}

/// One table from A1 on: figures as numbers, everything else as text, never a formula.
fn sheet(
    workbook: &mut Workbook,
    name: &str,
    headings: &[&str],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<(), XlsxError> {
    let (heading, cell) = formats();
    let sheet = workbook.add_worksheet();
    sheet.set_name(crate::blank::sheet_name(name))?;
    for (title, at) in headings.iter().zip(0..) {
        sheet.write_string_with_format(0, at, *title, &heading)?;
        sheet.set_column_width(at, width(title))?;
    }
    let mut last = 0;
    for (row, number) in rows.zip(1..) {
        for (content, at) in row.iter().zip(0..) {
            write(sheet, number, at, content, &cell)?;
        }
        last = number;
    }
    sheet.autofilter(0, 0, last.max(1), headings.len().max(1) as u16 - 1)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) | Cell::Figure(text) if text.is_empty() => {
            sheet.write_blank(row, column, format)?
        }
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Cell::Figure(number) => match number.parse::<f64>() {
            Ok(number) => sheet.write_number_with_format(row, column, number, format)?,
            Err(_) => sheet.write_string_with_format(row, column, number, format)?,
        },
    };
    Ok(())
}

fn formats() -> (Format, Format) {
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00B8_B8B8))
        .set_font_size(10);
    let heading = cell
        .clone()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0x00E4_E7EB));
    (heading, cell)
}

fn width(title: &str) -> f64 {
    match title {
        "单位" | "检查项" | "检查事项" | "位置" | "原因" => 34.0,
        "检查基准日" | "核对" => 14.0,
        _ => 11.0,
    }
}
