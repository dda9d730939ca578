//! Workbooks of Excel 97–2003 and older .et files → grids.
//!
//! What enters: the bytes of a container. What leaves: the sheets of the workbook in its root.
//! [`workbook`] walks all records before calamine sees them; [`shared_strings`] measures the texts,
//! [`styles`] tells which cells are shown otherwise than stored.

mod shared_strings;
mod styles;
mod workbook;

pub(crate) use workbook::read;
