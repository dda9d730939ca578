//! A day and a time of day in columns of their own, that are one moment together.
//!
//! What enters: the columns that recognition found to complete each other. What leaves: the moments. A
//! time without a day stays unreadable, as does an end that would come before its start: it may mean the
//! next day.

use crate::formats::grid::Cells;
use crate::recognition::sheet::{Clock, Half};
use crate::tables::block::{Block, Sheet};
use crate::tables::column_reader;
use crate::tables::column_reader::Cursor;
use crate::values::coerce::time_of_day;
use crate::values::coercion_cache::Shelf;
use crate::values::words;
use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Interner, Sym},
    schema::{FieldId, LedgerSchema},
    time::Moment,
};

/// The other halves of a column of moments, row by row.
pub(crate) struct Companion {
    clock: Clock,
    cursor: Cursor,
    halves: Vec<(CellState, i32, Option<Sym>)>,
}

/// A companion for each clock.
pub(crate) fn companions(sheet: &Sheet<'_>, clocks: &[Clock], records: usize) -> Vec<Companion> {
    let companion = |&clock: &Clock| Companion {
        clock,
        cursor: column_reader::cursor(sheet, clock.beside, clock.field, records),
        halves: Vec::with_capacity(records),
    };
    clocks.iter().map(companion).collect()
}

impl Companion {
    /// The field whose moments are completed.
    pub(crate) fn field(&self) -> FieldId {
        self.clock.field
    }

    /// Looks at what stands beside the moment in a row.
    pub(crate) fn look(&mut self, cells: &Cells, index: usize, mut shelf: Shelf<'_>) {
        let number = cells.number(index);
        let own = cells.find(index, self.clock.beside);
        let own = own.map(|(cell, _)| cell);
        let (held, _) = self.cursor.resolve(own, number, &mut shelf);
        self.halves.push(match held {
            Some(held) => self.cursor.says(held, &mut shelf),
            None => (CellState::Empty, 0, None),
        });
    }

    /// Completes the moments of the block.
    fn join(&self, block: &mut Block, texts: &Interner) -> BTreeSet<u32> {
        let mut joined = BTreeSet::new();
        let field = self.clock.field;
        let Some(cells) = &mut block.columns[usize::from(field.0)] else {
            return joined;
        };
        for (row, &(state, word, raw)) in (0u32..).zip(&self.halves) {
            let at = row as usize;
            let (own, beside) = (cells.raw[at], raw.map_or("", |raw| texts.resolve(raw)));
            let (state, word, time) = match self.clock.missing {
                Half::Day if cells.states[at] == CellState::Unreadable => {
                    (state, word, texts.resolve(own))
                }
                Half::Day => continue,
                Half::Time => (cells.states[at], cells.words[at], beside),
            };
            let day = state == CellState::Value && Moment(word).is_day_only();
            if let Some(minute) = time_of_day(time).filter(|_| day) {
                cells.states[at] = CellState::Value;
                cells.words[at] = at_minute(Moment(word), minute).0;
                joined.insert(row);
            }
        }
        let told = |row: &u32, of: &FieldId| *of == field && joined.contains(row);
        block.unreadable.retain(|(row, of, _)| !told(row, of));
        joined
    }
}

fn at_minute(day: Moment, minute: i32) -> Moment {
    let later = minute.div_euclid(1440);
    let minute = minute.rem_euclid(1440).unsigned_abs();
    Moment::at(day.day().add_days(later), minute / 60, minute % 60)
}

/// Completes all moments of the block; those that end before they start become unreadable again.
pub(crate) fn join(
    companions: &[Companion],
    block: &mut Block,
    schema: &LedgerSchema,
    texts: &Interner,
) {
    let joined: Vec<_> = companions.iter().map(|c| c.join(block, texts)).collect();
    for (companion, joined) in companions.iter().zip(joined) {
        let end = companion.clock.field;
        let id = &schema.fields[usize::from(end.0)].id;
        let start = id.strip_prefix("end_").map(|rest| format!("start_{rest}"));
        let start = start.and_then(|id| schema.field_by_id(&id));
        let starts = start.and_then(|start| block.columns[usize::from(start.0)].clone());
        let (Some(starts), Some(ends)) = (starts, &mut block.columns[usize::from(end.0)]) else {
            continue;
        };
        for row in joined {
            let at = row as usize;
            let known = starts.states[at] == CellState::Value;
            if known && Moment(ends.words[at]).minutes() < Moment(starts.words[at]).minutes() {
                (ends.states[at], ends.words[at]) = (CellState::Unreadable, 0);
                let expected = words::END_BEFORE_START.into();
                block.unreadable.push((row, end, expected));
            }
        }
    }
}
