//! A sheet as it stands in a file: cells with their raw text, merged regions, hidden rows.
//!
//! The one form that all formats are turned into before anything is understood.

use crate::diag::Diagnostic;

/// A file of the workspace once opened: its sheets, or why it could not be read.
#[derive(Clone, Debug, Default)]
pub struct RawFile {
    /// Path relative to the workspace, `/` separators.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// SM3, lower-case hex.
    pub sm3: String,
    /// What its sheets are like.
    pub form: Form,
    /// Its sheets in order; empty if it could not be read.
    pub grids: Vec<Grid>,
    /// False if the file could not be read at all.
    pub readable: bool,
    /// What was noticed while opening it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the sheets of a file are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A workbook: named sheets, Excel's rows and columns.
    #[default]
    Workbook,
    /// One table of delimited text: no sheet name, rows are line numbers.
    Csv,
    /// Mappings: no sheet, no columns. The first row of each grid has number 0 and holds the keys
    /// in the order of their first appearance; every other row is a record, numbered by its line.
    Yaml,
}

/// One sheet of a workbook, a CSV file, or one top-level key of a YAML file.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Sheet name; file stem for CSV; key for YAML.
    pub name: String,
    /// True if the sheet is hidden.
    pub hidden: bool,
    /// Rows in order; empty rows may be missing.
    pub rows: Vec<GridRow>,
    /// Merged regions, 1-based rows, 0-based columns, all included: (first row, first column, last row, last column).
    pub merged: Vec<(u32, u32, u32, u32)>,
    /// 1-based numbers of hidden rows.
    pub hidden_rows: Vec<u32>,
    /// 0-based hidden columns.
    pub hidden_columns: Vec<u32>,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct GridRow {
    /// 1-based row as Excel shows it; line number in a text file.
    pub number: u32,
    /// Cells in column order; empty cells may be missing.
    pub cells: Vec<GridCell>,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct GridCell {
    /// 0-based column.
    pub column: u32,
    /// Text as it stands: of dates the ISO form, of numbers the shortest form, of errors `#N/A`.
    pub text: String,
    /// What the file says the cell is.
    pub kind: CellKind,
    /// 1-based line, where the format has lines within a record (YAML); 0 otherwise.
    pub line: u32,
}

/// What the file says a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// Text.
    Text,
    /// A number; a serial date if the field is one.
    Number,
    /// True or false.
    Bool,
    /// A date or date and time (the epoch of 1904 workbooks is already applied).
    Date,
    /// An error value such as `#N/A`.
    Error,
}
