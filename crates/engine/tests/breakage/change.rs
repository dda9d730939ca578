//! One record of a dataset changed, and put right again.

use zicha_model::{
    dataset::{CellState, Dataset, Sym, Table},
    schema::{FieldId, LedgerId},
};

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) state: CellState,
    pub(super) word: i32,
    pub(super) raw: Sym,
}

/// What happens to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Some of its cells are written anew.
    Write,
    /// It is left out.
    Remove,
    /// A copy of it is added with some cells written anew.
    Repeat,
}

/// A change to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) ledger: LedgerId,
    pub(super) row: u32,
    pub(super) deed: Deed,
    pub(super) cells: Vec<(FieldId, Cell)>,
}

impl Change {
    /// Changes the dataset.
    pub(super) fn apply(&self, data: &mut Dataset) {
        let Some(table) = data.tables[usize::from(self.ledger.0)].as_mut() else {
            return;
        };
        match self.deed {
            Deed::Remove => return remove(table, self.row),
            Deed::Repeat => repeat(table, self.row),
            Deed::Write => {}
        }
        let row = self.row_after(table) as usize;
        for &(field, cell) in &self.cells {
            let column = &mut table.columns[usize::from(field.0)];
            column.states[row] = cell.state;
            column.words[row] = cell.word;
            column.raw[row] = cell.raw;
        }
    }

    /// The row that the changed record has afterwards.
    pub(super) fn row_after(&self, table: &Table) -> u32 {
        match self.deed {
            Deed::Repeat => table.len() as u32 - 1,
            Deed::Write | Deed::Remove => self.row,
        }
    }
}

fn remove(table: &mut Table, row: u32) {
    let at = row as usize;
    table.origins.remove(at);
    for column in &mut table.columns {
        column.words.remove(at);
        column.states.remove(at);
        column.raw.remove(at);
    }
    for part in &mut table.parts {
        part.first -= u32::from(part.first > row);
    }
}

fn repeat(table: &mut Table, row: u32) {
    let at = row as usize;
    let mut origin = table.origins[table.len() - 1];
    origin.row += 1;
    table.origins.push(origin);
    for column in &mut table.columns {
        column.words.push(column.words[at]);
        column.states.push(column.states[at]);
        column.raw.push(column.raw[at]);
    }
}

/// The cell as it stands.
pub(super) fn cell(table: &Table, row: u32, field: FieldId) -> Cell {
    let column = &table.columns[usize::from(field.0)];
    let at = row as usize;
    Cell {
        state: column.states[at],
        word: column.words[at],
        raw: column.raw[at],
    }
}
