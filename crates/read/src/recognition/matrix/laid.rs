//! A sheet laid anew: one row a record, one column a field, and where each of its cells really stands.

use crate::formats::grid::{CellKind, Grid};
use std::collections::BTreeMap;
use zicha_model::diag::codes::Code;

/// A place in a sheet: 1-based row, 0-based column.
pub(crate) type Place = (u32, u32);

/// Records that a sheet states in another form than a row each.
#[derive(Debug)]
pub struct Laid {
    /// Titles, a heading, a row for each record.
    pub grid: Grid,
    /// The ledger that the records are of.
    pub(crate) ledger: &'static str,
    /// Index of the heading in the grid.
    pub(crate) heading: usize,
    /// Row of the sheet that bears the headings.
    pub(crate) heading_row: u32,
    /// How the sheet is laid out, in words.
    pub(crate) why: &'static str,
    /// Columns of the sheet with their headings and the field that they give.
    pub(crate) used: Vec<(u32, String, &'static str)>,
    /// Columns that give none.
    pub(crate) unused: Vec<(u32, String)>,
    /// Rows of the sheet without any record, with the reason.
    pub(crate) skipped: Vec<(u32, &'static str)>,
    /// What is to be told of the sheet.
    pub(crate) remarks: Vec<String>,
    /// What is to be told of a cell: code, place, words.
    pub(crate) told: Vec<(Code, Place, String)>,
    /// Where the cells of the records stand, by row number and column of the grid.
    places: BTreeMap<Place, Place>,
    /// For each record the row of the sheet that it stands in.
    rows: BTreeMap<u32, u32>,
    next: u32,
}

impl Laid {
    /// The rows above the heading, and a heading of these fields' names.
    pub(crate) fn new(sheet: &Grid, above: usize, ledger: &'static str, names: &[&str]) -> Self {
        let mut grid = Grid::new(&sheet.name);
        for row in sheet.rows().take(above) {
            for cell in row.cells() {
                grid.push(row.number(), cell.column, cell.text, cell.kind);
            }
        }
        let heading = grid.len();
        let heading_row = sheet.row(above).number();
        for (column, name) in (0..).zip(names) {
            grid.push(heading_row, column, name, CellKind::Text);
        }
        Self {
            grid,
            ledger,
            heading,
            heading_row,
            why: "",
            used: Vec::new(),
            unused: Vec::new(),
            skipped: Vec::new(),
            remarks: Vec::new(),
            told: Vec::new(),
            places: BTreeMap::new(),
            rows: BTreeMap::new(),
            next: heading_row + 1,
        }
    }

    /// Adds a record that stands in a row of the sheet: for each field its text and its place.
    pub(super) fn record(&mut self, row: u32, cells: &[(String, Place)]) {
        let cells = cells.iter();
        let cells = cells.map(|(text, place)| (text.as_str(), CellKind::Text, *place));
        self.record_of(row, cells);
    }

    /// As [`Self::record`], of cells of any kind.
    pub(crate) fn record_of<'c>(
        &mut self,
        row: u32,
        cells: impl Iterator<Item = (&'c str, CellKind, Place)>,
    ) {
        for (column, (text, kind, place)) in (0..).zip(cells) {
            self.grid.push(self.next, column, text, kind);
            self.places.insert((self.next, column), place);
        }
        self.rows.insert(self.next, row);
        self.next += 1;
    }

    /// The row of the sheet for a row of the grid.
    pub(crate) fn row(&self, laid: u32) -> u32 {
        self.rows.get(&laid).copied().unwrap_or(laid)
    }

    /// The place in the sheet for one in the grid.
    pub(crate) fn place(&self, row: u32, column: u32) -> Place {
        self.places
            .get(&(row, column))
            .copied()
            .unwrap_or((self.row(row), column))
    }

    /// Rows of the sheet that have records.
    pub(super) fn has_row(&self, row: u32) -> bool {
        self.rows.values().any(|&known| known == row)
    }
}
