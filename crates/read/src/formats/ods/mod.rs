//! OpenDocument spreadsheets, packed (ods) or as one XML file (fods) → grids.
//!
//! What enters: the bytes of a file. What leaves: its sheets. [`content`] walks the XML once,
//! element by element, and puts the cells of [`table`]s into grids; [`styles`] knows which styles
//! strike text through or hide a sheet, [`cell`] what a cell says. A row or cell that is repeated
//! counts as often as it is repeated, before anything is kept of it.

mod cell;
mod content;
mod styles;
mod table;

use crate::formats::limits::Limits;
use crate::formats::package::{bounded::Bounded, guard, repack};
use crate::formats::read_errors;
use crate::formats::sheets::Sheets;
use std::io::{BufReader, Cursor};
use std::sync::atomic::AtomicU64;
use zicha_model::diag::Diagnostic;
use zip::ZipArchive;

/// The part that holds the sheets.
const CONTENT: &str = "content.xml";

/// Reads a packed workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    let left = AtomicU64::new(limits.inflated_bytes);
    let package = guard::walk_but(bytes, limits, &left, |name| name == CONTENT)?;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut head = [0; 2];
    {
        use std::io::Read;
        let mut part = zip.by_name(CONTENT).map_err(read_errors::broken)?;
        let _ = part.read(&mut head).map_err(read_errors::broken)?;
    }
    if package.wide || matches!(head, [0xFF, 0xFE] | [0xFE, 0xFF]) {
        // Counted before it is rewritten as a whole.
        guard::walk(bytes, limits)?;
        return content_of(&repack::in_utf8(bytes)?, limits);
    }
    content_of(bytes, limits)
}

fn content_of(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    let left = AtomicU64::new(limits.inflated_bytes);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let part = zip.by_name(CONTENT).map_err(read_errors::broken)?;
    let mut input = BufReader::with_capacity(1 << 16, Bounded::xml(part, limits, &left));
    let read = content::read(&mut input, limits);
    match &input.get_ref().breach {
        Some(breach) => Err(breach.clone()),
        None => read,
    }
}

/// Reads a workbook that is one XML file.
pub(crate) fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Sheets, Diagnostic> {
    content::read(&mut &bytes[..], limits)
}
