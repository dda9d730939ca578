//! Workbooks (xlsx, xlsm, xlsb, xls, et, ods) → grids, through calamine behind the guard.

use crate::formats::grid::{CellKind, Grid, Row};
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::package_guard::{Facts, Package};
use crate::formats::sniff::Format;
use crate::formats::{fast_xlsx, limits, package_guard, read_errors, xlsb_short_cells};
use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, open_workbook_from_rs,
};
use chrono::{Datelike, Timelike};
use std::io::Cursor;
use zicha_model::diag::Diagnostic;

/// The sheets of a workbook and what was noticed.
pub(crate) type Sheets = (Vec<Grid>, Vec<Diagnostic>);

type Source<'a> = Cursor<&'a [u8]>;

/// Reads a workbook of a format that [`crate::formats::sniff::sniff`] found.
pub(crate) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Sheets, Diagnostic> {
    let most = match format {
        Format::Xls => limits.legacy_bytes,
        Format::Ods => limits.ods_bytes,
        _ => limits.file_bytes,
    };
    if bytes.len() as u64 > most {
        return Err(read_errors::too_large(bytes.len() as u64, most));
    }
    // Panics are mistakes of a library on broken input; they are told, and other files go on.
    std::panic::catch_unwind(|| match format {
        Format::Xlsx => match fast_xlsx::read(bytes, limits) {
            Ok(sheets) => Ok(sheets),
            Err(fast_xlsx::Unusual) => read_xlsx(bytes, package_guard::walk(bytes, limits)?),
        },
        Format::Xlsb => read_xlsb(bytes, package_guard::walk(bytes, limits)?),
        Format::Ods => read_ods(bytes, package_guard::walk(bytes, limits)?),
        Format::Xls => crate::formats::xls::read(bytes, limits),
        other => Err(read_errors::format(other)),
    })
    .unwrap_or_else(|_| Err(read_errors::internal()))
}

fn read_xlsx(bytes: &[u8], mut package: Package) -> Result<Sheets, Diagnostic> {
    let mut book: calamine::Xlsx<Source<'_>> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut sheets = Sheets::default();
    for sheet in worksheets(book.sheets_metadata()) {
        let mut gather = Gather::new(&sheet.name, sheet.visible != SheetVisible::Visible);
        let mut cells = match book.worksheet_cells_reader(&sheet.name) {
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            cells => cells.map_err(read_errors::broken)?,
        };
        while let Some(cell) = cells.next_cell().map_err(read_errors::broken)? {
            take(&mut gather, cell.get_position(), cell.get_value());
        }
        finish(gather, package.facts(&sheet.name), &mut sheets);
    }
    Ok(reckoned(sheets, book.has_1904_epoch()))
}

fn read_xlsb(bytes: &[u8], mut package: Package) -> Result<Sheets, Diagnostic> {
    let spelled;
    let bytes = if package.unseen {
        spelled = xlsb_short_cells::spelled_out(bytes)?;
        &spelled
    } else {
        bytes
    };
    let mut book: calamine::Xlsb<Source<'_>> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut sheets = Sheets::default();
    for sheet in worksheets(book.sheets_metadata()) {
        let mut gather = Gather::new(&sheet.name, sheet.visible != SheetVisible::Visible);
        let cells = book.worksheet_cells_reader(&sheet.name);
        let mut cells = cells.map_err(read_errors::broken)?;
        while let Some(cell) = cells.next_cell().map_err(read_errors::broken)? {
            take(&mut gather, cell.get_position(), cell.get_value());
        }
        finish(gather, package.facts(&sheet.name), &mut sheets);
    }
    Ok(reckoned(sheets, book.has_1904_epoch()))
}

fn read_ods(bytes: &[u8], mut package: Package) -> Result<Sheets, Diagnostic> {
    let opened: Result<calamine::Ods<Source<'_>>, _> = open_workbook_from_rs(Cursor::new(bytes));
    let mut book = opened.map_err(|error| match error {
        calamine::OdsError::Password => read_errors::format(Format::Encrypted),
        other => read_errors::broken(other),
    })?;
    let mut sheets = Sheets::default();
    for sheet in worksheets(book.sheets_metadata()) {
        let mut gather = Gather::new(&sheet.name, sheet.visible != SheetVisible::Visible);
        let range = book
            .worksheet_range(&sheet.name)
            .map_err(read_errors::broken)?;
        take_range(&mut gather, &range);
        finish(gather, package.facts(&sheet.name), &mut sheets);
    }
    Ok(reckoned(sheets, package.since_1904))
}

/// Says of all sheets whether their workbook counts days from 1904.
pub(crate) fn reckoned(mut sheets: Sheets, since_1904: bool) -> Sheets {
    for grid in &mut sheets.0 {
        grid.since_1904 = since_1904;
    }
    sheets
}

/// The sheets that hold cells: no charts, dialogs or modules.
pub(crate) fn worksheets(all: &[Sheet]) -> Vec<Sheet> {
    let mut sheets = all.to_vec();
    sheets.retain(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets
}

/// Takes every cell of a dense range.
pub(crate) fn take_range(gather: &mut Gather, range: &calamine::Range<Data>) {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = (top + row as u32, left + column as u32);
        take(gather, at, &borrowed(value));
    }
}

/// Closes a sheet: adds what calamine does not tell and what was noticed.
pub(crate) fn finish(gather: Gather, facts: Facts, sheets: &mut Sheets) {
    let (mut grid, notes) = gather.finish(true);
    if facts.uncomputed > 0 {
        let told = read_errors::uncomputed(&grid.name, &facts.first_uncomputed, facts.uncomputed);
        sheets.1.push(told);
    }
    let last_row = grid.rows().next_back().map_or(0, Row::number);
    let last_column = grid.last_column();
    grid.hidden_rows = facts.hidden_rows;
    grid.hidden_rows.retain(|&row| row <= last_row);
    grid.hidden_rows.sort_unstable();
    grid.hidden_rows.dedup();
    grid.hidden_columns = facts
        .hidden_columns
        .iter()
        .flat_map(|&(first, last)| first..=last.min(last_column))
        .collect();
    grid.hidden_columns.sort_unstable();
    grid.hidden_columns.dedup();
    grid.merged = facts
        .merged
        .into_iter()
        .map(|(top, left, bottom, right)| (top, left, bottom.min(last_row), right.min(last_column)))
        .filter(|&(top, left, bottom, right)| top <= bottom && left <= right)
        .collect();
    grid.merged.sort_unstable();
    sheets.0.push(grid);
    sheets.1.extend(notes);
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn take(gather: &mut Gather, (row, column): (u32, u32), value: &DataRef<'_>) {
    if row >= limits::ROWS || column >= limits::COLUMNS {
        return;
    }
    let (text, kind) = match value {
        DataRef::Empty => return,
        DataRef::String(text) => return gather.push(row + 1, column, text, CellKind::Text),
        DataRef::SharedString(text) => return gather.push(row + 1, column, text, CellKind::Text),
        DataRef::Int(number) => (number.to_string(), CellKind::Number),
        DataRef::Float(number) => (shortest(*number), CellKind::Number),
        DataRef::Bool(truth) => (truth.to_string().to_uppercase(), CellKind::Bool),
        DataRef::DateTime(at) => date(at),
        DataRef::DateTimeIso(text) => (iso_date(text), CellKind::Date),
        DataRef::DurationIso(text) => (iso_time(text), CellKind::Date),
        DataRef::Error(error) => (error.to_string(), CellKind::Error),
    };
    gather.push(row + 1, column, &text, kind);
}

/// A number in the shortest form with the 15 digits that spreadsheets keep: `0.3`, not
/// `0.30000000000000004`.
pub(crate) fn shortest(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    let rounded: f64 = if rounded == 0.0 { 0.0 } else { rounded };
    rounded.to_string()
}

/// A date as `2026-03-05` or `2026-03-05 14:30`; a time of day alone as `14:30`; what no calendar
/// has as the number that it is.
pub(crate) fn date(at: &ExcelDateTime) -> (String, CellKind) {
    let number = || (shortest(at.as_f64()), CellKind::Number);
    let days = at.as_f64();
    if !(0.0..2_958_466.0).contains(&days) {
        return number();
    }
    let Some(moment) = at.as_datetime() else {
        return number();
    };
    // Serial times carry rounding errors below a second: 14:29:59.999 is half past two.
    let moment = moment + chrono::Duration::milliseconds(500);
    let (hour, minute) = (moment.hour(), moment.minute());
    let day = || {
        format!(
            "{:04}-{:02}-{:02}",
            moment.year(),
            moment.month(),
            moment.day()
        )
    };
    let text = match (hour, minute) {
        _ if days < 1.0 || at.is_duration() => format!("{hour:02}:{minute:02}"),
        (0, 0) => day(),
        _ => format!("{} {hour:02}:{minute:02}", day()),
    };
    (text, CellKind::Date)
}

/// `2026-03-05T14:30:00` → `2026-03-05 14:30`.
pub(crate) fn iso_date(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) if time.starts_with("00:00") => day.to_owned(),
        Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
        None => text.to_owned(),
    }
}

/// `PT08H30M00S` → `08:30`; anything else as it stands.
fn iso_time(text: &str) -> String {
    let parts = text.strip_prefix("PT").and_then(|t| t.split_once('H'));
    let minutes = parts.and_then(|(_, rest)| rest.split_once('M'));
    match parts.zip(minutes) {
        Some(((hours, _), (minutes, _))) => format!("{hours:0>2}:{minutes:0>2}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::DateTime;

    #[test]
    fn numbers_take_their_shortest_form() {
        assert_eq!(shortest(0.1 + 0.2), "0.3");
        assert_eq!(shortest(20_260_305.0), "20260305");
        assert_eq!(shortest(-0.0), "0");
        assert_eq!(shortest(1200.5), "1200.5");
    }

    #[test]
    fn serial_dates_become_iso_in_both_epochs() {
        let text = |value, is_1904| date(&ExcelDateTime::new(value, DateTime, is_1904)).0;
        assert_eq!(text(46086.0, false), "2026-03-05");
        assert_eq!(text(46086.0 - 1462.0, true), "2026-03-05");
        assert_eq!(text(46086.0 + 14.5 / 24.0, false), "2026-03-05 14:30");
        assert_eq!(text(0.354_166_666_666_667, false), "08:30");
        assert_eq!(text(-5.0, false), "-5");
    }

    #[test]
    fn dates_of_open_documents_look_the_same() {
        assert_eq!(iso_date("2026-03-05T00:00:00"), "2026-03-05");
        assert_eq!(iso_date("2026-03-05T14:30:00"), "2026-03-05 14:30");
        assert_eq!(iso_time("PT8H5M00S"), "08:05");
    }
}
