//! OpenDocument spreadsheets → grids.

use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::package::guard;
use crate::formats::read_errors;
use crate::formats::sheets::{Sheets, finish, reckoned, take_range, worksheets};
use calamine::{Reader, SheetVisible, open_workbook_from_rs};
use std::io::Cursor;
use zicha_model::diag::Diagnostic;

type Source<'a> = Cursor<&'a [u8]>;

/// Reads the workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    let mut package = guard::walk(bytes, limits)?;
    let opened: Result<calamine::Ods<Source<'_>>, _> = open_workbook_from_rs(Cursor::new(bytes));
    let mut book = opened.map_err(|error| match error {
        calamine::OdsError::Password => read_errors::encrypted(),
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
