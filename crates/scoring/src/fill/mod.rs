//! The bureau's own file, given back filled in: the same package, byte for byte but for the cells that
//! wait for 实有项目, 扣分情况, 得分 and the sums at the end.
//!
//! What goes where is worked out once (`cells`); a Word file gets runs into its cells (`docx`), a workbook
//! values (`xlsx`), each by splicing texts into the part's XML rather than writing it anew.

mod cells;
mod docx;
mod entry;
mod package;
mod splice;
mod xlsx;

pub use entry::Note;

use crate::import::Imported;
use crate::reckon::Reckoned;
use crate::standard::Standard;
use crate::table::Kind;
use zicha_model::diag::Diagnostic;

/// A form filled in.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Cells that could not be filled in, and why.
    pub told: Vec<Diagnostic>,
}

/// Fills the form in. `None` if its format is read only.
///
/// # Errors
///
/// The package is broken, or cannot be written.
pub fn fill(
    path: &str,
    bytes: &[u8],
    imported: &Imported,
    standard: &Standard,
    reckoned: &Reckoned,
    notes: &[Note],
) -> std::io::Result<Option<Filled>> {
    let (entries, told) = cells::entries(path, imported, standard, reckoned, notes);
    let bytes = match imported.file.kind {
        Kind::Other => return Ok(None),
        Kind::Docx => docx::fill(bytes, &imported.file, &entries)?,
        Kind::Xlsx => xlsx::fill(bytes, &imported.file, &entries)?,
    };
    Ok(Some(Filled { bytes, told }))
}
