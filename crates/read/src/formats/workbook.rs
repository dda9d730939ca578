//! Workbooks (xlsx, xlsm, xlsb, xls, et, ods) → grids, each by the reader of its format.

use crate::formats::limits::Limits;
use crate::formats::sheets::Sheets;
use crate::formats::sniff::Format;
use crate::formats::{ods, quiet, read_errors, xls, xlsb, xlsx};
use zicha_model::diag::Diagnostic;

/// Reads a workbook of a format that [`crate::formats::sniff::sniff`] found.
pub(crate) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Sheets, Diagnostic> {
    let most = match format {
        Format::Xls => limits.legacy_bytes,
        Format::Ods | Format::FlatOds => limits.ods_bytes,
        _ => limits.file_bytes,
    };
    if bytes.len() as u64 > most {
        return Err(read_errors::too_large(bytes.len() as u64, most));
    }
    // Panics are mistakes of a library on broken input; they are told, and other files go on.
    quiet::caught(|| match format {
        Format::Xlsx => xlsx::read(bytes, limits),
        Format::Xlsb => xlsb::read(bytes, limits),
        Format::Ods => ods::read(bytes, limits),
        Format::FlatOds => ods::read_flat(bytes, limits),
        Format::Xls => xls::read(bytes, limits),
        other => Err(read_errors::format(other)),
    })
    .unwrap_or_else(|| Err(read_errors::broken("内容不合格式")))
}
