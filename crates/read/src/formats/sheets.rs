//! What the readers of workbooks share: calamine's cells → a [`Gather`], and the end of a sheet.

use crate::formats::cell_text::{date, iso_date, iso_time, shortest};
use crate::formats::grid::{CellKind, Grid, Row};
use crate::formats::grid_builder::Gather;
use crate::formats::look::{Look, Styled};
use crate::formats::package::Facts;
use crate::formats::{limits, read_errors};
use calamine::{Data, DataRef, Sheet, SheetType};
use zicha_model::diag::Diagnostic;
use zicha_model::diag::codes;

/// What stands for the result of a formula that was saved without one.
const UNCOMPUTED: &str = "（公式没有计算结果）";

/// The sheets of a workbook and what was noticed.
pub(crate) type Sheets = (Vec<Grid>, Vec<Diagnostic>);

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

/// The sheets; a workbook of which every sheet is damaged is damaged as a whole.
pub(crate) fn none_is_broken(sheets: Sheets) -> Result<Sheets, Diagnostic> {
    let broken = |told: &Diagnostic| told.code == codes::SHEET_BROKEN;
    match sheets
        .1
        .iter()
        .find(|told| sheets.0.is_empty() && broken(told))
    {
        Some(told) => Err(read_errors::broken(&told.message)),
        None => Ok(sheets),
    }
}

/// Takes every cell of a dense range. `styled`: the cells that are shown otherwise than stored.
pub(crate) fn take_range(
    gather: &mut Gather,
    range: &calamine::Range<Data>,
    looks: &[Look],
    styled: &Styled,
) {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = (top + row as u32, left + column as u32);
        take_shown(gather, at, &borrowed(value), styled.look(at, looks));
    }
}

/// Takes one cell as people see it.
pub(crate) fn take_shown(
    gather: &mut Gather,
    (row, column): (u32, u32),
    value: &DataRef<'_>,
    look: Option<&Look>,
) {
    let Some(look) = look.filter(|_| row < limits::ROWS && column < limits::COLUMNS) else {
        return take(gather, (row, column), value);
    };
    if look.struck && !matches!(value, DataRef::Empty) {
        gather.strike(row + 1, column);
    }
    let stored = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => shortest(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        _ => String::new(),
    };
    let is_number = matches!(value, DataRef::Int(_) | DataRef::Float(_));
    let shown = match (stored.is_empty(), is_number) {
        (true, _) => None,
        (false, true) => look.numbers.number(&stored),
        (false, false) => look.numbers.text(&stored),
    };
    match shown {
        Some(shown) => gather.push_shown((row + 1, column), &shown, &stored),
        None => take(gather, (row, column), value),
    }
}

/// Closes a sheet: adds what calamine does not tell and what was noticed.
pub(crate) fn finish(gather: Gather, facts: Facts, sheets: &mut Sheets) {
    let (mut grid, notes) = gather.finish(true);
    if facts.uncomputed > 0 {
        let told = read_errors::uncomputed(&grid.name, &facts.uncomputed_at, facts.uncomputed);
        sheets.1.push(told);
        place_uncomputed(&mut grid, &facts.uncomputed_at);
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

/// Formulas without a result are no empty cells: in rows that hold anything else they stand as errors.
fn place_uncomputed(grid: &mut Grid, places: &[(u32, u32)]) {
    let rows: Vec<u32> = grid.rows().map(Row::number).collect();
    for &(row, column) in places {
        if rows.binary_search(&row).is_ok() {
            grid.push(row, column, UNCOMPUTED, CellKind::Error);
        }
    }
    grid.sort();
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

/// Takes one cell.
fn take(gather: &mut Gather, (row, column): (u32, u32), value: &DataRef<'_>) {
    if row >= limits::ROWS || column >= limits::COLUMNS {
        return;
    }
    let (text, kind) = match value {
        DataRef::Empty => return,
        // What WPS writes for a picture in a cell.
        DataRef::String(text) if text.contains("DISPIMG(") => {
            return gather.picture(row + 1, column);
        }
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
