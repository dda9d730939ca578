//! Excel's binary package → grids, through calamine behind the guard.
//!
//! What enters: the bytes of a package. What leaves: its sheets. [`short_cells`] first spells out
//! what calamine passes over.

pub(crate) mod short_cells;
mod styles;

use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::look::{Look, Styled};
use crate::formats::package::xlsb_records::{SHEET, sheet_of};
use crate::formats::package::{Package, guard, repack};
use crate::formats::read_errors;
use crate::formats::sheets::{Sheets, finish, none_is_broken, reckoned, take_shown, worksheets};
use crate::formats::xlsb::styles::StyledCells;
use calamine::{Reader, Sheet, SheetVisible, open_workbook_from_rs};
use std::borrow::Cow;
use std::io::Cursor;
use zicha_model::diag::Diagnostic;

type Source<'a> = Cursor<&'a [u8]>;

/// Reads the workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    let mut package = guard::walk(bytes, limits)?;
    let bad = |(name, id): &(String, String)| Some((name.clone(), package.unreadable(name, id)?));
    let bad: Vec<(String, &str)> = package.sheets.iter().filter_map(bad).collect();
    let told = bad
        .iter()
        .map(|(name, why)| read_errors::sheet_not_read(name, why));
    let told: Vec<Diagnostic> = told.collect();
    let mut mended = Cow::Borrowed(bytes);
    if package.unseen {
        mended = Cow::Owned(short_cells::spelled_out(&mended)?);
    }
    if !bad.is_empty() {
        let book = |name: &str| name == "xl/workbook.bin";
        let drops = |name: &str| bad.iter().any(|(bad, _)| bad == name);
        let rest = repack::rewritten(&mended, book, |_, content| without_sheets(&content, drops))?;
        mended = Cow::Owned(rest);
    }
    let mut sheets = read_mended(&mended, &mut package)?;
    sheets.1.extend(told);
    none_is_broken(sheets)
}

fn read_mended(bytes: &[u8], package: &mut Package) -> Result<Sheets, Diagnostic> {
    let mut book: calamine::Xlsb<Source<'_>> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut sheets = Sheets::default();
    let shown = StyledCells::of(bytes);
    for sheet in worksheets(book.sheets_metadata()) {
        let part = package.part(&sheet.name, |name| package.parts.contains_key(name));
        let styled = shown.sheet(part.as_deref());
        let read = match package.breach(&sheet.name) {
            Some(breach) => Err(breach.message),
            None => read_sheet(&mut book, &sheet, &shown.looks, &styled)
                .map_err(|error| error.to_string()),
        };
        match read {
            Ok(gather) => finish(gather, package.facts(&sheet.name), &mut sheets),
            Err(detail) => sheets
                .1
                .push(read_errors::sheet_broken(&sheet.name, detail)),
        }
    }
    Ok(reckoned(sheets, book.has_1904_epoch()))
}

fn read_sheet(
    book: &mut calamine::Xlsb<Source<'_>>,
    sheet: &Sheet,
    looks: &[Look],
    styled: &Styled,
) -> Result<Gather, calamine::XlsbError> {
    let mut gather = Gather::new(&sheet.name, sheet.visible != SheetVisible::Visible);
    let mut cells = book.worksheet_cells_reader(&sheet.name)?;
    while let Some(cell) = cells.next_cell()? {
        let look = styled.look(cell.get_position(), looks);
        take_shown(&mut gather, cell.get_position(), cell.get_value(), look);
    }
    Ok(gather)
}

/// The workbook part without the records of some sheets.
fn without_sheets(content: &[u8], drops: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((kind, body, after)) = short_cells::record(rest) {
        let whole = &rest[..rest.len() - after.len()];
        let named = (kind == SHEET).then(|| sheet_of(body)).flatten();
        if !named.is_some_and(|(name, _)| drops(&name)) {
            out.extend_from_slice(whole);
        }
        rest = after;
    }
    out.extend_from_slice(rest);
    out
}
