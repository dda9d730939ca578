//! Records looked at together, each a row for every variable bound so far, and the cells of a column for
//! them.

use crate::columnar::column::Column;
use crate::kleene::{FALSE, positions_where};
use std::borrow::Cow;
use std::ops::Range;
use zicha_model::dataset::CellState;
use zicha_rule::ir::Slot;

/// Records looked at together: few enough that what is worked on stays in the fastest memory.
/// A whole number of words of bits.
pub(crate) const CHUNK: usize = 4096;

/// Records, each a row for every variable bound so far.
#[derive(Debug)]
pub(crate) struct Batch<'b> {
    pub(crate) len: usize,
    lanes: Vec<Lane<'b>>,
}

/// Rows of a batch, each with a row that its key finds.
#[derive(Default)]
pub(crate) struct Pairs {
    /// Positions in the batch.
    pub(crate) of: Vec<u32>,
    /// Rows found.
    pub(crate) rows: Vec<u32>,
}

impl Pairs {
    /// Those at some positions.
    pub(crate) fn at(&self, positions: &[u32]) -> Self {
        let pick = |all: &[u32]| positions.iter().map(|&at| all[at as usize]).collect();
        Self {
            of: pick(&self.of),
            rows: pick(&self.rows),
        }
    }

    /// Those that a filter does not rule out.
    pub(crate) fn not_ruled_out(&self, truths: &[u8]) -> Self {
        self.at(&positions_where(truths, |truth| truth != FALSE))
    }

    /// None any more; the room is kept.
    pub(crate) fn clear(&mut self) {
        self.of.clear();
        self.rows.clear();
    }
}

/// The rows that a variable stands for.
#[derive(Clone, Debug)]
enum Lane<'b> {
    Unbound,
    /// As many rows as the batch has, from this one on.
    From(usize),
    Rows(Cow<'b, [u32]>),
}

impl<'b> Batch<'b> {
    /// Rows behind one another of one ledger.
    pub(crate) fn of_rows(slot: Slot, rows: Range<usize>) -> Self {
        let mut lanes = vec![Lane::Unbound; usize::from(slot.0) + 1];
        lanes[usize::from(slot.0)] = Lane::From(rows.start);
        Self {
            len: rows.len(),
            lanes,
        }
    }

    /// The records of pairs, with the rows found bound to another variable.
    pub(crate) fn joined<'p>(&self, slot: Slot, pairs: &'p Pairs) -> Batch<'p> {
        let mut batch = self.picked(&pairs.of);
        let slot = usize::from(slot.0);
        batch
            .lanes
            .resize(batch.lanes.len().max(slot + 1), Lane::Unbound);
        batch.lanes[slot] = Lane::Rows(Cow::Borrowed(&pairs.rows));
        batch
    }

    /// The records at some positions.
    pub(crate) fn picked<'p>(&self, positions: &'p [u32]) -> Batch<'p> {
        let pick = |lane: &Lane<'_>| match lane {
            Lane::Unbound => Lane::Unbound,
            Lane::From(0) => Lane::Rows(Cow::Borrowed(positions)),
            Lane::From(start) => {
                let rows = positions.iter().map(|&at| *start as u32 + at);
                Lane::Rows(Cow::Owned(rows.collect()))
            }
            Lane::Rows(rows) => {
                let rows = positions.iter().map(|&at| rows[at as usize]);
                Lane::Rows(Cow::Owned(rows.collect()))
            }
        };
        Batch {
            len: positions.len(),
            lanes: self.lanes.iter().map(pick).collect(),
        }
    }

    /// The rows that a variable stands for; none if it stands for nothing here.
    pub(crate) fn rows(&self, slot: Slot) -> Option<Cow<'_, [u32]>> {
        match self.lanes.get(usize::from(slot.0))? {
            Lane::Unbound => None,
            &Lane::From(start) => {
                let rows = start as u32..(start + self.len) as u32;
                Some(Cow::Owned(rows.collect()))
            }
            Lane::Rows(rows) => Some(Cow::Borrowed(rows)),
        }
    }

    /// A column's words; none if its variable stands for nothing here.
    pub(crate) fn words<'c>(&self, column: Column<'c>) -> Option<Cow<'c, [i32]>> {
        self.taken(column.slot, &column.cells.words)
    }

    /// The states of a column's cells; none if its variable stands for nothing here.
    pub(crate) fn states<'c>(&self, column: Column<'c>) -> Option<Cow<'c, [CellState]>> {
        self.taken(column.slot, &column.cells.states)
    }

    /// What a variable's rows have of something that every row has.
    fn taken<'c, T: Copy>(&self, slot: Slot, all: &'c [T]) -> Option<Cow<'c, [T]>> {
        match self.lanes.get(usize::from(slot.0))? {
            Lane::Unbound => None,
            &Lane::From(start) => Some(Cow::Borrowed(&all[start..start + self.len])),
            Lane::Rows(rows) => Some(rows.iter().map(|&row| all[row as usize]).collect()),
        }
    }
}
