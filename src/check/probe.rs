//! Looks into another ledger for many records at once: pairs of a record and the rows that its key finds.

use super::batch::Batch;
use super::index::Lookup;
use super::sieve::{ASK, NO, Node, Scalar, YES};
use crate::rule::ir::Slot;
use std::sync::atomic::{AtomicU64, Ordering};

/// Pairs judged together; a group that is larger is judged whole.
const PAIRS: usize = 8192;

/// A look-up: rows of a ledger whose key cells equal these, and which of them count.
#[derive(Debug)]
pub(super) struct Probe<'a> {
    /// The variable of the rows found.
    pub(super) slot: Slot,
    pub(super) keys: Vec<Scalar<'a>>,
    pub(super) lookup: Lookup,
    pub(super) filter: Node<'a>,
    /// The count of rows looked at.
    pub(super) work: &'a AtomicU64,
}

/// Rows of a batch, each with a row that its key finds.
pub(super) struct Pairs {
    /// Positions in the batch.
    pub(super) of: Vec<u32>,
    /// Rows found.
    pub(super) rows: Vec<u32>,
}

impl Probe<'_> {
    /// Calls `f` with the pairs of all positions, some thousands at a time, those of one position
    /// together. Returns the positions whose key cannot be told.
    pub(super) fn pairs(&self, batch: &Batch<'_>, f: &mut dyn FnMut(&Pairs)) -> Vec<u32> {
        let mut unsure = Vec::new();
        let mut pairs = Pairs {
            of: Vec::new(),
            rows: Vec::new(),
        };
        let Some(index) = self.lookup.index() else {
            return (0..batch.len as u32).collect();
        };
        let keys: Vec<_> = self.keys.iter().map(|key| key.numbers(batch)).collect();
        let mut key = vec![0; keys.len()];
        for at in 0..batch.len {
            if keys.iter().any(|numbers| !numbers.known[at]) {
                unsure.push(at as u32);
                continue;
            }
            for (word, numbers) in key.iter_mut().zip(&keys) {
                *word = numbers.values[at];
            }
            let rows = index.rows(&key);
            pairs.rows.extend_from_slice(rows);
            pairs.of.resize(pairs.rows.len(), at as u32);
            if pairs.rows.len() >= PAIRS {
                self.meet(&pairs, f);
                pairs.of.clear();
                pairs.rows.clear();
            }
        }
        self.meet(&pairs, f);
        unsure
    }

    fn meet(&self, pairs: &Pairs, f: &mut dyn FnMut(&Pairs)) {
        self.work
            .fetch_add(pairs.rows.len() as u64, Ordering::Relaxed);
        f(pairs);
    }

    /// What the filter says of pairs.
    pub(super) fn filter(&self, batch: &Batch<'_>, pairs: &Pairs) -> Vec<u8> {
        match self.filter {
            Node::Known(truth) => vec![truth; pairs.of.len()],
            _ => self.filter.truths(&batch.joined(self.slot, pairs)),
        }
    }

    /// Whether any row counts, for every position.
    pub(super) fn any(&self, batch: &Batch<'_>) -> Vec<u8> {
        let mut found = vec![NO; batch.len];
        let unsure = self.pairs(batch, &mut |pairs| {
            for (&at, truth) in pairs.of.iter().zip(self.filter(batch, pairs)) {
                let found = &mut found[at as usize];
                *found = truth.max(*found);
            }
        });
        unsure.iter().for_each(|&at| found[at as usize] = ASK);
        found
    }

    /// How many rows count, for every position; none where that cannot be told.
    pub(super) fn count(&self, batch: &Batch<'_>) -> Vec<Option<u32>> {
        let mut counts = vec![Some(0); batch.len];
        let unsure = self.pairs(batch, &mut |pairs| {
            for (&at, truth) in pairs.of.iter().zip(self.filter(batch, pairs)) {
                let count = &mut counts[at as usize];
                match truth {
                    NO => {}
                    YES => *count = count.map(|n| n + 1),
                    _ => *count = None,
                }
            }
        });
        unsure.iter().for_each(|&at| counts[at as usize] = None);
        counts
    }
}
