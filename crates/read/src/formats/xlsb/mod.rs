//! Excel's binary package → grids, through calamine behind the guard.
//!
//! What enters: the bytes of a package. What leaves: its sheets. [`short_cells`] first spells out
//! what calamine passes over.

pub(crate) mod short_cells;

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
    let mut package = guard::walk(bytes, limits)?;
    let spelled;
    let bytes = if package.unseen {
        spelled = short_cells::spelled_out(bytes)?;
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
