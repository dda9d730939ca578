//! Text files: encodings, characters that nobody sees, delimited tables.
//!
//! What enters: the bytes of a text file, or the text of one cell. What leaves: text in UTF-8
//! ([`decode`]), the text of a cell without invisible characters ([`clean`]), and the grid of a
//! delimited table ([`csv`]). YAML and JSON have their own reader.

pub(crate) mod csv;
mod csv_records;
mod encoding;

pub(crate) use encoding::{Cleaned, clean, decode, unmarked_utf16};
