//! Workbooks of Excel 97–2003 and older .et files → grids.
//!
//! What enters: the bytes of a container. What leaves: the sheets of the workbook in its root.
//! [`workbook`] walks all records before calamine sees them; [`shared_strings`] measures the texts.

mod shared_strings;
mod workbook;

pub(crate) use workbook::read;
