//! The subjects that a control decided: a bit for each record, so that a million of them cost little.

use super::world::World;
use crate::model::schema::LedgerId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Key that stands among the decided subjects for every stretch of time, where coverage was decided.
pub const EVERY_STRETCH: &str = "*";

/// Rows of a ledger, a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(Vec<u64>);

impl Rows {
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

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

/// The keys of a ledger's records, and which record has a key.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// By row.
    pub(super) of_row: Vec<String>,
    /// Rows in the order of their keys.
    sorted: Vec<u32>,
}

impl Keys {
    /// Keys that are all different.
    pub(super) fn new(of_row: Vec<String>) -> Self {
        let mut sorted: Vec<_> = (0..of_row.len() as u32).collect();
        sorted.sort_by(|&a, &b| of_row[a as usize].cmp(&of_row[b as usize]));
        Self { of_row, sorted }
    }

    fn row(&self, key: &str) -> Option<u32> {
        let by_key = |&row: &u32| self.of_row[row as usize].as_str().cmp(key);
        let at = self.sorted.binary_search_by(by_key).ok()?;
        self.sorted.get(at).copied()
    }
}

/// Subjects decided as in order or failed: the proof that `fixed` needs.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// Records by ledger id.
    rows: BTreeMap<String, (Arc<Keys>, Rows)>,
    /// Everything that is no record: ledger id and key.
    others: BTreeSet<(String, String)>,
}

impl Decided {
    /// True if this very subject was decided.
    pub fn contains(&self, ledger: &str, key: &str) -> bool {
        let is_row = || {
            let (keys, rows) = self.rows.get(ledger)?;
            Some(rows.contains(keys.row(key)?))
        };
        is_row().unwrap_or(false) || self.others.contains(&(ledger.to_owned(), key.to_owned()))
    }

    /// True if nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty() && self.rows.values().all(|(_, rows)| rows.len() == 0)
    }

    /// Adds records.
    pub(super) fn add_rows(&mut self, world: &World<'_>, ledger: LedgerId, rows: Rows) {
        let id = world.schemas().ledger(ledger).id.clone();
        self.rows.insert(id, (world.keys_of(ledger), rows));
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

    #[test]
    fn a_record_is_found_by_its_key() {
        let keys = Keys::new(vec!["丙".into(), "甲".into(), "乙".into()]);
        assert_eq!(keys.row("甲"), Some(1));
        assert_eq!(keys.row("丁"), None);
    }
}
