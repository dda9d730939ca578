//! Workbooks of Excel 97–2003 and older .et files → grids.

mod workbook;

pub(crate) use workbook::read;
