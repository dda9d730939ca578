//! Cells in whatever order they come → a [`Grid`] in order, its texts clean.

use super::{
    grid::{CellKind, Grid, GridCell, GridRow},
    refuse, text,
};
use crate::{diag::Diagnostic, model::dataset::column_letter};

/// Collects the cells of one sheet.
pub(super) struct Gather {
    grid: Grid,
    /// True until a cell comes before one that is already there.
    ordered: bool,
    stripped: Tally,
    cut: Tally,
}

/// How often something was noticed, and where first.
#[derive(Default)]
struct Tally {
    count: u32,
    first: String,
}

impl Tally {
    fn note(&mut self, row: u32, column: u32) {
        if self.count == 0 {
            self.first = format!("{}{row}", column_letter(column));
        }
        self.count += 1;
    }
}

impl Gather {
    /// An empty sheet.
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        let grid = Grid {
            name: text::clean(name.to_owned()).0,
            hidden,
            ..Grid::default()
        };
        Self {
            grid,
            ordered: true,
            stripped: Tally::default(),
            cut: Tally::default(),
        }
    }

    /// Adds a cell; `row` counts from 1, `column` from 0. Blank texts are no cells.
    pub(super) fn push(&mut self, row: u32, column: u32, raw: String, kind: CellKind, line: u32) {
        let (text, done) = text::clean(raw);
        if done.stripped {
            self.stripped.note(row, column);
        }
        if done.cut {
            self.cut.note(row, column);
        }
        if text.trim().is_empty() {
            return;
        }
        let cell = GridCell {
            column,
            text,
            kind,
            line,
        };
        self.place(row, cell);
    }

    fn place(&mut self, row: u32, cell: GridCell) {
        match self.grid.rows.last_mut() {
            Some(last) if last.number == row => {
                self.ordered &= last.cells.last().is_none_or(|c| c.column < cell.column);
                last.cells.push(cell);
            }
            last => {
                self.ordered &= last.is_none_or(|last| last.number < row);
                self.grid.rows.push(GridRow {
                    number: row,
                    cells: vec![cell],
                });
            }
        }
    }

    /// The sheet in order, and what was noticed. `named`: the sheet has a name that people see.
    pub(super) fn finish(mut self, named: bool) -> (Grid, Vec<Diagnostic>) {
        if !self.ordered {
            self.grid.rows = in_order(std::mem::take(&mut self.grid.rows));
        }
        let sheet = named.then_some(self.grid.name.as_str());
        let mut notes = Vec::new();
        if self.stripped.count > 0 {
            notes.push(refuse::cleaned(
                sheet,
                &self.stripped.first,
                self.stripped.count,
            ));
        }
        if self.cut.count > 0 {
            notes.push(refuse::cut(sheet, &self.cut.first, self.cut.count));
        }
        (self.grid, notes)
    }
}

/// Rows and cells sorted; of cells at the same place the first stays.
fn in_order(mut rows: Vec<GridRow>) -> Vec<GridRow> {
    rows.sort_by_key(|row| row.number);
    let mut merged: Vec<GridRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match merged.last_mut().filter(|last| last.number == row.number) {
            Some(last) => last.cells.extend(row.cells),
            None => merged.push(row),
        }
    }
    for row in &mut merged {
        row.cells.sort_by_key(|cell| cell.column);
        row.cells.dedup_by_key(|cell| cell.column);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_out_of_order_are_put_in_order() {
        let mut gather = Gather::new("表", false);
        for (row, column) in [(3, 1), (1, 2), (1, 0), (3, 0)] {
            gather.push(row, column, format!("{row}/{column}"), CellKind::Text, 0);
        }
        gather.push(2, 0, "  ".to_owned(), CellKind::Text, 0);
        let (grid, notes) = gather.finish(true);
        let texts: Vec<_> = grid
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| cell.text.as_str()))
            .collect();
        assert_eq!(texts, ["1/0", "1/2", "3/0", "3/1"]);
        assert!(notes.is_empty());
    }

    #[test]
    fn invisible_characters_are_told_once_with_the_first_place() {
        let mut gather = Gather::new("表", false);
        gather.push(2, 3, "甲\0".to_owned(), CellKind::Text, 0);
        gather.push(3, 3, "乙\u{202e}".to_owned(), CellKind::Text, 0);
        let (grid, notes) = gather.finish(true);
        assert_eq!(grid.rows[0].cells[0].text, "甲");
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].locus.cell.as_deref(), Some("D2"));
    }
}
