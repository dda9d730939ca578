//! The container of Excel 97–2003 files.

pub(crate) mod cfb;
