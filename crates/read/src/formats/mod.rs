//! Bytes of one file → grids of cells, whatever the format and however hostile the file.
//!
//! What enters: the bytes of a file and its name ([`open::read`]). What leaves: its sheets as
//! [`grid::Grid`]s and what was noticed, or why it was not read. The files follow one another so:
//! [`open`] asks `sniff` what the bytes are and hands workbooks to `workbook`, which calls the
//! reader of the format (`xlsx`, `xlsb`, `xls`, `ods`), and texts to `text` or `yaml`.
//! Readers put cells into a `grid_builder::Gather`; the readers of workbooks share `sheets` and
//! `cell_text`; `look` says what a style does to a cell, and `marks` applies what was found. [`limits`] bounds everything, `read_errors` has the words.

pub(crate) mod cell_text;
pub(crate) mod container;
pub mod grid;
pub(crate) mod grid_builder;
pub mod limits;
pub(crate) mod look;
pub(crate) mod marks;
pub(crate) mod number_look;
pub(crate) mod ods;
pub mod open;
pub(crate) mod package;
pub(crate) mod quiet;
pub(crate) mod read_errors;
pub(crate) mod sheets;
pub(crate) mod sniff;
pub(crate) mod text;
pub(crate) mod workbook;
pub(crate) mod xls;
pub(crate) mod xlsb;
pub(crate) mod xlsx;
pub(crate) mod yaml;
