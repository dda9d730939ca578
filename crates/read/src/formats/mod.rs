//! Bytes of one file → grids of cells, whatever the format and however hostile the file.

pub(crate) mod cfb;
pub(crate) mod csv;
pub(crate) mod fast_xlsx;
pub mod grid;
pub(crate) mod grid_builder;
pub mod limits;
pub(crate) mod ods_guard;
pub mod open;
pub(crate) mod package_guard;
pub(crate) mod read_errors;
pub(crate) mod sniff;
pub(crate) mod text;
pub(crate) mod workbook;
pub(crate) mod xls;
pub(crate) mod xlsb_guard;
pub(crate) mod xlsb_short_cells;
pub(crate) mod xml_guard;
pub(crate) mod yaml;
