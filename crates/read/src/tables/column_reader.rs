//! The cell of a column that counts in a row: its own, that of a merged region, or the one above
//! for 同上; and what it says.

use crate::formats::grid::{CellKind, Kept};
use crate::recognition::sheet::Section;
use crate::tables::block::{Block, Sheet};
use crate::tables::retention_terms::Found;
use crate::tables::spoilt_codes::Suffered;
use crate::values::coercion_cache::{Memo, Shelf};
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Column, Sym},
    schema::FieldId,
};

/// The cell of a column that the rows below may refer to.
#[derive(Clone, Copy)]
pub(crate) struct Held {
    text: Sym,
    kind: CellKind,
    row: u32,
}

/// Working state of one column.
pub(crate) struct Cursor {
    pub(crate) column: u32,
    pub(crate) field: FieldId,
    memo: Memo,
    /// The cells read so far.
    pub(crate) cells: Column,
    /// Last record's cell, for 同上.
    above: Option<Held>,
    /// Merged regions of this column that reach down, sorted.
    merged: Vec<(u32, u32)>,
    /// Top cell of the merged region that the rows are in.
    top: Option<Held>,
    /// What a spreadsheet may have done to its codes.
    pub(crate) suffered: Suffered,
}

/// A cursor for each column of a section.
pub(crate) fn cursors(sheet: &Sheet<'_>, section: &Section) -> Vec<Cursor> {
    let columns = section.columns.iter();
    let records = section.records.len();
    columns
        .map(|&(column, field, _)| cursor(sheet, column, field, records))
        .collect()
}

/// A cursor for one column.
pub(crate) fn cursor(sheet: &Sheet<'_>, column: u32, field: FieldId, records: usize) -> Cursor {
    let merged = sheet.merged.iter();
    let down = merged.filter(|m| m.1 == column && m.2 > m.0);
    let mut merged: Vec<(u32, u32)> = down.map(|m| (m.0, m.2)).collect();
    merged.sort_unstable();
    merged.reverse();
    Cursor {
        column,
        field,
        memo: Memo::for_cells(records),
        cells: Column {
            words: Vec::with_capacity(records),
            states: Vec::with_capacity(records),
            raw: Vec::with_capacity(records),
        },
        above: None,
        merged,
        top: None,
        suffered: Suffered::default(),
    }
}

impl Cursor {
    /// The cell that counts in this row, and whether it stands in another one.
    pub(crate) fn resolve(
        &mut self,
        own: Option<Kept>,
        row: u32,
        shelf: &mut Shelf<'_>,
    ) -> (Option<Held>, bool) {
        while self.merged.last().is_some_and(|&(_, last)| last < row) {
            self.merged.pop();
            self.top = None;
        }
        let merged = self.merged.last().copied();
        let region = merged.filter(|&(first, _)| first <= row);
        let (held, carried) = match (own, region) {
            (Some(Kept { text, kind, .. }), _) => {
                let ditto = self.memo.look(text, kind, shelf).ditto;
                match self.above.filter(|_| ditto) {
                    Some(above) => (Some(above), true),
                    None => (Some(Held { text, kind, row }), false),
                }
            }
            (None, Some((first, _))) if first < row => (self.top, self.top.is_some()),
            (None, _) => (None, false),
        };
        if region.is_some_and(|(first, _)| first == row) {
            self.top = held;
        }
        self.above = held;
        (held, carried)
    }

    /// What the cell says, and its text.
    pub(crate) fn says(
        &mut self,
        held: Held,
        shelf: &mut Shelf<'_>,
    ) -> (CellState, i32, Option<Sym>) {
        let known = self.memo.look(held.text, held.kind, shelf);
        (known.state, known.word, Some(held.text))
    }

    /// Takes what the cell says into the column, and what else it says into the block.
    pub(crate) fn read(
        &mut self,
        at: u32,
        held: Held,
        carried: bool,
        mut shelf: Shelf<'_>,
        block: &mut Block,
        found: &mut Found,
    ) {
        let known = self.memo.look(held.text, held.kind, &mut shelf);
        push(&mut self.cells, known.state, known.word, held.text);
        if carried {
            let place = (held.row, self.column);
            block.carried.insert((at, self.field), place);
        }
        if let Some(expected) = &known.expected {
            let expected = Arc::clone(expected);
            block.unreadable.push((at, self.field, expected));
        }
        if let Some(wear) = known.wear {
            self.suffered.note(at, wear);
        }
        if let Some(note) = known.note {
            let first = (held.row, self.column);
            let text = shelf.texts.resolve(held.text);
            block.note(self.field, note, first, text);
        }
        if let Some(term) = known.term {
            let beside = (term, self.column, held.text);
            found.beside.entry(at).or_insert(beside);
        }
        if let Some(term) = known.pending {
            found.pending.push((at, self.field, term));
        }
    }
}

/// Adds a cell to a column.
pub(crate) fn push(column: &mut Column, state: CellState, word: i32, raw: Sym) {
    column.states.push(state);
    column.words.push(word);
    column.raw.push(raw);
}
