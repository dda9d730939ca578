//! Workbooks of Excel 2007 and later → grids.
//!
//! What enters: the bytes of a package. What leaves: its sheets. [`fast`] scans the workbooks that
//! the usual writers make; what it calls unusual passes the guard of all packages, and calamine
//! reads it.

pub(crate) mod fast;

use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::package::guard;
use crate::formats::read_errors;
use crate::formats::sheets::{Sheets, finish, reckoned, take, worksheets};
use calamine::{Reader, SheetVisible, open_workbook_from_rs};
use std::io::Cursor;
use zicha_model::diag::Diagnostic;

type Source<'a> = Cursor<&'a [u8]>;

/// Reads the workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    match fast::read(bytes, limits) {
        Ok(sheets) => Ok(sheets),
        Err(fast::Unusual) => read_unusual(bytes, limits),
    }
}

/// Reads through calamine whatever the fast way does not know.
fn read_unusual(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    let mut package = guard::walk(bytes, limits)?;
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
