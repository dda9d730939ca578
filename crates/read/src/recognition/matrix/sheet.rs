//! What a roster or sign-in sheet is understood with.

use crate::formats::grid::Grid;
use crate::recognition::heading_index::Index;
use crate::values::coerce::Coercer;
use zicha_model::schema::Schemas;

/// A sheet, its names, and what it is understood with.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) grid: &'a Grid,
    /// The file's name without folder and extension.
    pub(crate) stem: &'a str,
    pub(crate) path: &'a str,
    pub(crate) schemas: &'a Schemas,
    pub(crate) index: &'a Index,
    pub(crate) coercer: &'a Coercer<'a>,
}

impl<'a> Sheet<'a> {
    /// The rows above a table, the names of sheet and file, the folders.
    pub(super) fn surroundings(self, above: usize) -> impl Iterator<Item = &'a str> + Clone {
        const MOST_CELLS: usize = 50;
        let grid = self.grid;
        let rows = (0..above.min(grid.len())).map(move |at| grid.row(at));
        let titles = rows.flat_map(|row| row.cells().take(MOST_CELLS).map(|cell| cell.text));
        let names = [self.grid.name.as_str(), self.stem, self.path];
        titles.chain(names)
    }
}
