//! A bureau's file → the tables in it, whatever the format.
//!
//! What enters: the bytes of a docx, xlsx, xls or csv file and its name ([`open`]). What leaves:
//! [`FormTable`]s: texts by row and column, merged cells known, and the text around the tables. Rows
//! count from 1 (of a Word table: its own rows), columns from 0.

mod docx;
mod form;
mod workbook;

pub(crate) use docx::DOCUMENT;
pub use form::{FormFile, FormTable, Kind};

use form::unreadable;
use zicha_model::diag::Diagnostic;

/// Bytes of a file that are read at all; a form has some hundred kilobytes.
const FILE_BYTES: usize = 32 << 20;

/// Opens a form by its content; `path` names it in messages.
///
/// # Errors
///
/// Everything that is wrong with the file, where it cannot be read at all.
pub fn open(path: &str, bytes: &[u8]) -> Result<FormFile, Vec<Diagnostic>> {
    if bytes.len() > FILE_BYTES {
        let message = format!("文件超过 {} MB，不像评分标准", FILE_BYTES >> 20);
        return Err(vec![unreadable(path, message)]);
    }
    if let Some(document) = docx::document_part(bytes) {
        return docx::read(path, &document);
    }
    workbook::read(path, bytes)
}
