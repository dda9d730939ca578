//! Tables → workbook bytes; no clock: the creation time is fixed.

use super::layout::Sheet;
use super::spelling::Written;
use super::table::Table;
use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

/// One workbook.
pub(crate) fn workbook(sheets: &[(Sheet, Table)]) -> Vec<u8> {
    try_workbook(sheets).expect("sheets of fixed size fit a workbook")
}

fn try_workbook(sheets: &[(Sheet, Table)]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 9, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (sheet, table) in sheets {
        fill(workbook.add_worksheet(), sheet, table)?;
    }
    workbook.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, table: &Table) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    page.set_hidden(sheet.hidden);
    for line in sheet.prose.iter().enumerate() {
        page.write_string(line.0 as u32, 0, *line.1)?;
    }
    for &(top, left, bottom, right) in &table.merged {
        page.merge_range(
            top as u32,
            left as u16,
            bottom as u32,
            right as u16,
            "",
            &centred(),
        )?;
    }
    for (n, cells) in table.rows.iter().enumerate() {
        for (i, cell) in cells.iter().enumerate() {
            write(
                page,
                (n as u32, i as u16),
                cell,
                table.headings.contains(&n),
            )?;
        }
    }
    for &row in &table.hidden {
        page.set_row_hidden(row as u32)?;
    }
    Ok(())
}

fn centred() -> Format {
    Format::new()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

fn write(
    page: &mut Worksheet,
    at: (u32, u16),
    cell: &Written,
    heading: bool,
) -> Result<(), XlsxError> {
    let (row, column) = at;
    match cell {
        Written::Blank => return Ok(()),
        Written::Text(text) if heading => {
            page.write_string_with_format(row, column, text, &Format::new().set_bold())?
        }
        Written::Text(text) => page.write_string(row, column, text)?,
        Written::Number(number) => page.write_number(row, column, *number as f64)?,
        Written::Date(day) => page.write_datetime_with_format(
            row,
            column,
            excel(day.and_time(Default::default()))?,
            &Format::new().set_num_format("yyyy-mm-dd"),
        )?,
        Written::Moment(at) => page.write_datetime_with_format(
            row,
            column,
            excel(*at)?,
            &Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        )?,
    };
    Ok(())
}

fn excel(at: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(at.year() as u16, at.month() as u8, at.day() as u8)?.and_hms(
        at.hour() as u16,
        at.minute() as u8,
        0,
    )
}
