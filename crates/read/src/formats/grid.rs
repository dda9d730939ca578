//! A sheet as it stands in a file: cells with their raw text, merged regions, hidden rows.
//!
//! The one form that all formats are turned into before anything is understood.

use std::ops::Range;
use zicha_model::dataset::{Interner, Sym};
use zicha_model::diag::Diagnostic;
use zicha_model::digest::FileDigests;

/// A file of the workspace once opened: its sheets, or why it could not be read.
#[derive(Clone, Debug, Default)]
pub struct RawFile {
    /// Path relative to the workspace, `/` separators.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Digests of its bytes.
    pub digests: FileDigests,
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

/// The text of a cell that holds nothing but a picture, such as that of a signature.
pub const PICTURE: &str = "（图片）";

/// One sheet of a workbook, a CSV file, or one top-level key of a YAML file.
///
/// How the cells are kept is nobody else's matter: they go in by [`Grid::push`] and come out as
/// [`Row`]s and [`Cell`]s.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Sheet name; file stem for CSV; key for YAML.
    pub name: String,
    /// True if the sheet is hidden.
    pub hidden: bool,
    /// Merged regions, 1-based rows, 0-based columns, all included: (first row, first column, last row, last column).
    pub merged: Vec<(u32, u32, u32, u32)>,
    /// 1-based numbers of hidden rows.
    pub hidden_rows: Vec<u32>,
    /// 0-based hidden columns.
    pub hidden_columns: Vec<u32>,
    /// 1-based numbers of rows that were struck through as a whole and are not there any more.
    pub struck_rows: Vec<u32>,
    /// Comments on cells: 1-based row, 0-based column, text.
    pub comments: Vec<(u32, u32, String)>,
    /// True if the workbook counts days from 1904: what a number in a column of dates means.
    pub since_1904: bool,
    /// The texts of the cells, each kept once.
    pub(crate) texts: Interner,
    /// The cells, whose texts are symbols.
    pub(crate) cells: Cells,
}

/// The cells of a grid, row behind row: eight bytes each. Sheets are narrow and may be sparse, so
/// a cell is looked for in its row rather than in a column laid out whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    /// Numbers of the rows that have cells.
    numbers: Vec<u32>,
    /// For each row where its cells end in `kept`.
    ends: Vec<usize>,
    kept: Vec<Kept>,
    /// For each cell its line, where the format has lines within a record; empty otherwise.
    lines: Vec<u32>,
}

/// A cell as kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// Its text.
    pub(crate) text: Sym,
    column: u16,
    /// What the file says it is.
    pub(crate) kind: CellKind,
}

/// One row. Rows without anything in them are not there.
#[derive(Clone, Copy, Debug)]
pub struct Row<'g> {
    grid: &'g Grid,
    at: usize,
}

/// One cell. Cells without any text are not there.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'g> {
    /// 0-based column.
    pub column: u32,
    /// Text as it stands: of dates the ISO form, of numbers the shortest form, of errors `#N/A`.
    pub text: &'g str,
    /// What the file says the cell is.
    pub kind: CellKind,
    /// 1-based line, where the format has lines within a record (YAML); 0 otherwise.
    pub line: u32,
}

impl Grid {
    /// A sheet without cells.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Number of rows with something in them.
    pub fn len(&self) -> usize {
        self.cells.numbers.len()
    }

    /// True without any cell.
    pub fn is_empty(&self) -> bool {
        self.cells.numbers.is_empty()
    }

    /// A row by its place among those that have something in them.
    pub fn row(&self, at: usize) -> Row<'_> {
        Row { grid: self, at }
    }

    /// The rightmost column that has a cell.
    pub fn last_column(&self) -> u32 {
        let columns = self.cells.kept.iter().map(|cell| u32::from(cell.column));
        columns.max().unwrap_or_default()
    }

    /// For each column up to the last whether it has a cell.
    pub(crate) fn filled_columns(&self) -> Vec<bool> {
        let mut filled = vec![false; self.last_column() as usize + 1];
        for cell in &self.cells.kept {
            filled[usize::from(cell.column)] = true;
        }
        filled
    }

    /// The same sheet with the cells of some columns only, where they stand.
    pub(crate) fn columns(&self, first: u32, last: u32) -> Self {
        let mut part = self.clone();
        let within = |column: u32| first <= column && column <= last;
        part.cells.retain(|_, column| within(column));
        part.merged.retain(|&(_, from, ..)| within(from));
        part.hidden_columns.retain(|&column| within(column));
        part
    }

    /// The same sheet with some of its rows only, from one index up to another, where they stand.
    pub(crate) fn lines(&self, from: usize, to: usize) -> Self {
        let mut part = Self {
            hidden: self.hidden,
            since_1904: self.since_1904,
            hidden_columns: self.hidden_columns.clone(),
            ..Self::new(&self.name)
        };
        for row in (from..to.min(self.len())).map(|at| self.row(at)) {
            for cell in row.cells() {
                part.push(row.number(), cell.column, cell.text, cell.kind);
            }
        }
        let first = match from {
            0 => 0,
            _ => self.cells.number(from),
        };
        let end = match to < self.len() {
            true => self.cells.number(to),
            false => u32::MAX,
        };
        let within = |row: u32| (first..end).contains(&row);
        let numbers = |all: &[u32]| all.iter().copied().filter(|&row| within(row)).collect();
        part.hidden_rows = numbers(&self.hidden_rows);
        part.struck_rows = numbers(&self.struck_rows);
        part.merged = self.merged.clone();
        part.merged.retain(|&(row, ..)| within(row));
        part
    }

    /// The rows in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator {
        (0..self.len()).map(|at| self.row(at))
    }

    /// Adds a cell; `row` counts from 1, `column` from 0. Blank texts are no cells. Cells may come
    /// in any order if [`Grid::sort`] follows; false if this one comes before another.
    pub fn push(&mut self, row: u32, column: u32, text: &str, kind: CellKind) -> bool {
        if text.trim().is_empty() {
            return true;
        }
        let sym = self.texts.intern(text);
        self.cells.push(row, column, sym, kind)
    }

    /// Puts rows and cells in order; of cells at the same place the first stays.
    pub fn sort(&mut self) {
        self.cells.sort();
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        let kept = self.cells.kept[at];
        Cell {
            column: u32::from(kept.column),
            text: self.texts.resolve(kept.text),
            kind: kept.kind,
            line: self.cells.line(at),
        }
    }
}

impl Cells {
    /// As [`Grid::push`], for a text that is a symbol already and not blank.
    pub(crate) fn push(&mut self, row: u32, column: u32, text: Sym, kind: CellKind) -> bool {
        let column = column as u16;
        let ordered = if self.numbers.last() == Some(&row) {
            let before = self.kept[self.range(self.numbers.len() - 1)].last();
            before.is_none_or(|before| before.column < column)
        } else {
            self.open(row)
        };
        self.kept.push(Kept { text, column, kind });
        if let Some(end) = self.ends.last_mut() {
            *end = self.kept.len();
        }
        ordered
    }

    /// Begins a row; it stays even if no cell follows. False if it comes before another.
    pub(crate) fn open(&mut self, row: u32) -> bool {
        let ordered = self.numbers.last().is_none_or(|&last| last < row);
        self.numbers.push(row);
        self.ends.push(self.kept.len());
        ordered
    }

    /// Sets the line of the cell added last.
    pub(crate) fn set_line(&mut self, line: u32) {
        self.lines.resize(self.kept.len(), line);
    }

    /// The number of a row.
    pub(crate) fn number(&self, row: usize) -> u32 {
        self.numbers[row]
    }

    /// The cell in a column of a row, and its line.
    pub(crate) fn find(&self, row: usize, column: u32) -> Option<(Kept, u32)> {
        let at = self.position(row, column)?;
        Some((self.kept[at], self.line(at)))
    }

    fn position(&self, row: usize, column: u32) -> Option<usize> {
        let range = self.range(row);
        let cells = &self.kept[range.clone()];
        let found = cells.binary_search_by_key(&column, |c| u32::from(c.column));
        found.ok().map(|at| range.start + at)
    }

    /// Where the cells of a row lie.
    fn range(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[row]
    }

    fn line(&self, at: usize) -> u32 {
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// Drops the cells that `keep` does not want, by row number and column, and rows left empty.
    pub(crate) fn retain(&mut self, keep: impl Fn(u32, u32) -> bool) {
        let old = std::mem::take(self);
        for row in 0..old.numbers.len() {
            let number = old.numbers[row];
            let mut opened = false;
            for at in old.range(row) {
                let kept = old.kept[at];
                if !keep(number, u32::from(kept.column)) {
                    continue;
                }
                if !std::mem::replace(&mut opened, true) {
                    self.open(number);
                }
                self.push(number, u32::from(kept.column), kept.text, kept.kind);
                if !old.lines.is_empty() {
                    self.set_line(old.line(at));
                }
            }
        }
    }

    fn sort(&mut self) {
        let old = std::mem::take(self);
        let mut all: Vec<(u32, Kept, u32)> = Vec::with_capacity(old.kept.len());
        for row in 0..old.numbers.len() {
            let cells = old.range(row);
            all.extend(cells.map(|at| (old.numbers[row], old.kept[at], old.line(at))));
        }
        all.sort_by_key(|(row, cell, _)| (*row, cell.column));
        all.dedup_by_key(|(row, cell, _)| (*row, cell.column));
        for (row, cell, line) in all {
            self.push(row, u32::from(cell.column), cell.text, cell.kind);
            if !old.lines.is_empty() {
                self.set_line(line);
            }
        }
    }
}

impl<'g> Row<'g> {
    /// 1-based row as Excel shows it; line number in a text file.
    pub fn number(self) -> u32 {
        self.grid.cells.number(self.at)
    }

    /// Its cells in column order; at least one.
    pub fn cells(self) -> impl DoubleEndedIterator<Item = Cell<'g>> + ExactSizeIterator + Clone {
        let range = self.grid.cells.range(self.at);
        range.map(|at| self.grid.cell(at))
    }

    /// The cell in a column.
    pub fn cell(self, column: u32) -> Option<Cell<'g>> {
        let at = self.grid.cells.position(self.at, column)?;
        Some(self.grid.cell(at))
    }

    /// The text of a cell without blanks around it, empty if there is none.
    pub fn text(self, column: u32) -> &'g str {
        self.cell(column).map_or("", |cell| cell.text.trim())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_out_in_order_however_they_went_in() {
        let mut grid = Grid::new("表");
        let mut ordered = true;
        for (row, column) in [(3, 1), (1, 2), (1, 0), (3, 0), (3, 1)] {
            let text = format!("{row}/{column}");
            ordered &= grid.push(row, column, &text, CellKind::Text);
        }
        assert!(!ordered && grid.push(4, 0, " \n", CellKind::Text));
        grid.sort();
        let rows: Vec<(u32, Vec<&str>)> = grid
            .rows()
            .map(|row| (row.number(), row.cells().map(|c| c.text).collect()))
            .collect();
        assert_eq!(rows, [(1, vec!["1/0", "1/2"]), (3, vec!["3/0", "3/1"])]);
        assert_eq!((grid.row(0).text(2), grid.row(0).text(1)), ("1/2", ""));
    }
}
