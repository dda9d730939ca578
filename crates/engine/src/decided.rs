//! The subjects that a control decided: a bit for each record, so that a million of them cost little.

use super::world::World;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::schema::{FieldId, LedgerId};

/// Key that stands among the decided subjects for every stretch of time, where coverage was decided.
pub const EVERY_STRETCH: &str = "*";

/// Rows of a ledger, a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(Vec<u64>);

impl Rows {
    /// None of so many rows.
    pub(super) fn of(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// The rows of these bits, the first bit for the first row.
    pub(super) fn from_bits(words: Vec<u64>) -> Self {
        Self(words)
    }

    /// Adds the rows of another set.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }

    /// Adds a row.
    pub(super) fn insert(&mut self, row: u32) {
        let word = row as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (row % 64);
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, row: u32) {
        if let Some(word) = self.0.get_mut(row as usize / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    /// True if the row is there.
    pub(super) fn contains(&self, row: u32) -> bool {
        let word = self.0.get(row as usize / 64);
        word.is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    /// The rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(at, &word)| {
            let bits = (0..64).filter(move |bit| word & (1 << bit) != 0);
            bits.map(move |bit| at as u32 * 64 + bit)
        })
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

/// Rows whose values in some fields no other row has.
#[derive(Clone, Debug)]
pub(super) struct Singles {
    pub(super) ledger: LedgerId,
    pub(super) fields: Vec<FieldId>,
    pub(super) rows: Rows,
}

/// Subjects decided as in order or failed: the proof that `fixed` needs.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    rows: BTreeMap<LedgerId, Rows>,
    /// Rows that share a key with none: proof that a duplicate is gone.
    singles: Vec<Singles>,
    /// Everything that is no record: ledger id and key.
    others: BTreeSet<(String, String)>,
}

impl Decided {
    /// True if this very subject was decided.
    pub(super) fn contains(&self, world: &World<'_>, ledger: &str, key: &str) -> bool {
        if self.others.contains(&(ledger.to_owned(), key.to_owned())) {
            return true;
        }
        let Some(id) = world.schemas().ledger_by_id(ledger) else {
            return false;
        };
        let is_row = || {
            let rows = self.rows.get(&id)?;
            Some(rows.contains(world.row_of(id, key)?))
        };
        let is_single = |singles: &Singles| singles.ledger == id && world.has_single(singles, key);
        is_row().unwrap_or(false) || self.singles.iter().any(is_single)
    }

    /// True if nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty() && self.rows.values().all(|rows| rows.len() == 0)
    }

    /// Adds records.
    pub(super) fn add_rows(&mut self, ledger: LedgerId, rows: Rows) {
        self.rows.insert(ledger, rows);
    }

    /// Adds records that share a key with none.
    pub(super) fn add_singles(&mut self, singles: Vec<Singles>) {
        self.singles.extend(singles);
    }

    /// Adds a subject that is no record.
    pub(super) fn add(&mut self, id: (String, String)) {
        self.others.insert(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_a_set(rows in prop::collection::vec(0u32..300, 0..80), gone in 0u32..300) {
            let mut bits = Rows::default();
            let mut set = BTreeSet::new();
            for &row in &rows {
                bits.insert(row);
                set.insert(row);
            }
            bits.remove(gone);
            set.remove(&gone);
            prop_assert_eq!(bits.len(), set.len());
            prop_assert!((0..300).all(|row| bits.contains(row) == set.contains(&row)));
        }
    }
}
