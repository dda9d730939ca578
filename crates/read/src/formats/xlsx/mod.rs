//! Workbooks of Excel 2007 and later → grids.
//!
//! What enters: the bytes of a package. What leaves: its sheets. [`fast`] scans the workbooks that
//! the usual writers make; what it calls unusual passes the guard of all packages, and calamine
//! reads it, without what [`dropped_sheets`] takes out. A sheet that is damaged costs that sheet.

mod dropped_sheets;
mod fast;
mod styled_cells;
mod styles;

use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::package::{Package, guard, repack};
use crate::formats::read_errors;
use crate::formats::sheets::{Sheets, finish, none_is_broken, reckoned, take_shown, worksheets};
use crate::formats::xlsx::styled_cells::StyledCells;
use calamine::{Reader, Sheet, SheetVisible, open_workbook_from_rs};
use std::io::Cursor;
use zicha_model::diag::Diagnostic;

type Source<'a> = Cursor<&'a [u8]>;

/// Reads the workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    if let Ok(sheets) = fast::read(bytes, limits) {
        return Ok(sheets);
    }
    let package = guard::walk(bytes, limits)?;
    if package.wide {
        let narrow = repack::in_utf8(bytes)?;
        return read_whole(&narrow, guard::walk(&narrow, limits)?, limits);
    }
    read_whole(bytes, package, limits)
}

/// Reads a package that the guard has walked, but for the sheets that nobody can read.
fn read_whole(bytes: &[u8], package: Package, limits: &Limits) -> Result<Sheets, Diagnostic> {
    let Some((rest, told)) = dropped_sheets::without(bytes, &package)? else {
        return read_unusual(bytes, package);
    };
    let mut sheets = match fast::read(&rest, limits) {
        Ok(sheets) => sheets,
        Err(fast::Unusual) => read_unusual(&rest, guard::walk(&rest, limits)?)?,
    };
    sheets.1.extend(told);
    Ok(sheets)
}

/// Reads through calamine whatever the fast way does not know.
fn read_unusual(bytes: &[u8], mut package: Package) -> Result<Sheets, Diagnostic> {
    let mut book: calamine::Xlsx<Source<'_>> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut sheets = Sheets::default();
    let shown = StyledCells::of(bytes);
    for sheet in worksheets(book.sheets_metadata()) {
        let breach = package.breach(&sheet.name);
        let read = match breach {
            Some(breach) => Err(breach.message),
            None => read_sheet(&mut book, &sheet, &package, &shown),
        };
        match read {
            Ok(Some(gather)) => finish(gather, package.facts(&sheet.name), &mut sheets),
            Ok(None) => {}
            Err(detail) => sheets
                .1
                .push(read_errors::sheet_broken(&sheet.name, detail)),
        }
    }
    none_is_broken(reckoned(sheets, book.has_1904_epoch()))
}

/// The cells of a sheet; `None` if it is none with cells. The error says what is wrong with it.
fn read_sheet(
    book: &mut calamine::Xlsx<Source<'_>>,
    sheet: &Sheet,
    package: &Package,
    shown: &StyledCells<'_>,
) -> Result<Option<Gather>, String> {
    let mut gather = Gather::new(&sheet.name, sheet.visible != SheetVisible::Visible);
    let part = package.part(&sheet.name, |name| package.parts.contains_key(name));
    let pictures = part.as_deref().map(|part| package.pictures(part));
    for &(row, column) in pictures.unwrap_or_default() {
        gather.picture(row, column);
    }
    let comments = part.as_deref().map(|part| package.comments(part));
    for (row, column, said) in comments.unwrap_or_default() {
        gather.comment(*row, *column, said);
    }
    let styled = shown.sheet(part.as_deref());
    let mut cells = match book.worksheet_cells_reader(&sheet.name) {
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(None),
        cells => cells.map_err(|error| error.to_string())?,
    };
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let look = styled.look(cell.get_position(), &shown.looks);
        take_shown(&mut gather, cell.get_position(), cell.get_value(), look);
    }
    Ok(Some(gather))
}
