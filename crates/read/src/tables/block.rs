//! A table of a sheet as typed columns, before it is joined with others of its ledger.

use crate::formats::grid::{Cells, Form, Grid};
use crate::values::coerce::Note;
use std::collections::BTreeMap;
use std::sync::Arc;
use zicha_model::{
    dataset::{Column, Given, Interner, Lists, SheetUse},
    schema::{FieldId, LedgerId},
};

/// A table read, before it is joined with others of its ledger.
#[derive(Debug)]
pub struct Block {
    /// The ledger.
    pub ledger: LedgerId,
    /// For each field its cells; `None` where the sheet has no such column.
    pub columns: Vec<Option<Column>>,
    /// For each field the 0-based column it was read from.
    pub places: Vec<Option<u32>>,
    /// Row numbers (or lines) of the records.
    pub rows: Vec<u32>,
    /// Lists that the cells refer to.
    pub lists: Lists,
    /// For each list whether its items are strings (names) rather than enumeration values.
    pub list_of_names: Vec<bool>,
    /// Cells that could not be read: row of the block, field, what would be readable.
    pub unreadable: Vec<(u32, FieldId, Arc<str>)>,
    /// Cells whose text stands elsewhere.
    pub carried: BTreeMap<(u32, FieldId), (u32, u32)>,
    /// Lines of the cells for YAML, rows × fields.
    pub lines: Option<Vec<u32>>,
    /// Fields read from a column called 序号.
    pub weak: Vec<FieldId>,
    /// How the sheet was understood.
    pub usage: SheetUse,
    /// What was decided while reading.
    pub notes: BTreeMap<(FieldId, Note), Noticed>,
    /// Terms of level cells that differ from the term column: row number, both texts.
    pub differences: Vec<(u32, u32, String, String)>,
    /// Terms that are conditions: row numbers.
    pub conditions: Vec<u32>,
    /// Fields whose values no cell of their own states.
    pub given: BTreeMap<FieldId, Given>,
    /// Values that contradict what follows from another: row number, column, what is told.
    pub contradictions: Vec<(u32, u32, String)>,
    /// The rows are another ledger's, which state records of this one as well.
    pub projected: bool,
}

/// What was decided in several cells of a column.
#[derive(Clone, Debug, Default)]
pub struct Noticed {
    /// How many cells.
    pub count: u32,
    /// Row number and column of the first.
    pub place: (u32, u32),
    /// What is written in the first, cut.
    pub example: String,
}

impl Block {
    /// Notes a cell by its row number and column, and what is written in it.
    pub(crate) fn note(&mut self, field: FieldId, note: Note, place: (u32, u32), text: &str) {
        const SHOWN: usize = 40;
        let noticed = self.notes.entry((field, note)).or_insert_with(|| Noticed {
            count: 0,
            place,
            example: text.trim().replace('\n', " ").chars().take(SHOWN).collect(),
        });
        noticed.count += 1;
    }
}

impl Block {
    /// Takes records out; `rows`: which, in order.
    pub(crate) fn drop_rows(&mut self, rows: &[u32]) {
        let total = self.rows.len();
        let mut kept: Vec<Option<u32>> = vec![None; total];
        let mut next = 0;
        for (row, slot) in (0u32..).zip(&mut kept) {
            if rows.binary_search(&row).is_err() {
                *slot = Some(next);
                next += 1;
            }
        }
        let now = |row: u32| kept.get(row as usize).copied().flatten();
        let gone: Vec<u32> = rows
            .iter()
            .filter_map(|&row| self.rows.get(row as usize).copied())
            .collect();
        for column in self.columns.iter_mut().flatten() {
            retain(&mut column.words, &kept);
            retain(&mut column.states, &kept);
            retain(&mut column.raw, &kept);
        }
        if let Some(lines) = &mut self.lines {
            let width = self.columns.len();
            let mut at = 0;
            lines.retain(|_| {
                at += 1;
                now(((at - 1) / width.max(1)) as u32).is_some()
            });
        }
        retain(&mut self.rows, &kept);
        let unreadable = std::mem::take(&mut self.unreadable).into_iter();
        let unreadable = unreadable.filter_map(|(row, field, told)| Some((now(row)?, field, told)));
        self.unreadable = unreadable.collect();
        let carried = std::mem::take(&mut self.carried).into_iter();
        let carried = carried.filter_map(|((row, field), place)| Some(((now(row)?, field), place)));
        self.carried = carried.collect();
        self.differences.retain(|(row, ..)| !gone.contains(row));
        self.conditions.retain(|row| !gone.contains(row));
        self.contradictions.retain(|(row, ..)| !gone.contains(row));
    }
}

/// Keeps the items that have a new place.
fn retain<T>(items: &mut Vec<T>, kept: &[Option<u32>]) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        kept.get(at - 1).is_some_and(Option::is_some)
    });
}

/// The sheet that a table stands in.
pub(crate) struct Sheet<'g> {
    /// What kind of file it is from.
    pub(crate) form: Form,
    /// Its merged regions.
    pub(crate) merged: &'g [(u32, u32, u32, u32)],
    /// True if its serials count from 1904.
    pub(crate) since_1904: bool,
    /// Its cells.
    pub(crate) cells: &'g Cells,
    /// The texts of its cells; what reading them yields is added.
    pub(crate) texts: &'g mut Interner,
}

impl<'g> Sheet<'g> {
    /// A grid's cells, and room for what they say.
    pub(crate) fn of(grid: &'g mut Grid, form: Form) -> Self {
        Self {
            form,
            merged: &grid.merged,
            since_1904: grid.since_1904,
            cells: &grid.cells,
            texts: &mut grid.texts,
        }
    }
}
