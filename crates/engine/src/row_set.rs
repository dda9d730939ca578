//! Rows of a ledger, a bit each.

use fixedbitset::FixedBitSet;
use std::fmt;

/// A set of rows.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct RowSet(FixedBitSet);

impl fmt::Debug for RowSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl RowSet {
    /// None of so many rows.
    pub(crate) fn of(rows: usize) -> Self {
        Self(FixedBitSet::with_capacity(rows))
    }

    /// The rows of these words of bits, the lowest bit of the first for the first row.
    pub(crate) fn from_words(words: &[u64]) -> Self {
        let halves = 0..u64::BITS / usize::BITS;
        let blocks = words.iter().flat_map(|&word| {
            let halves = halves.clone();
            halves.map(move |half| (word >> (half * usize::BITS)) as usize)
        });
        Self(FixedBitSet::with_capacity_and_blocks(
            words.len() * 64,
            blocks,
        ))
    }

    /// Adds the rows of another set.
    pub(crate) fn add(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }

    /// Takes the rows of another set out.
    pub(crate) fn subtract(&mut self, other: &Self) {
        self.0.difference_with(&other.0);
    }

    /// Adds a row.
    pub(crate) fn insert(&mut self, row: u32) {
        self.0.grow_and_insert(row as usize);
    }

    /// True if the row is there.
    pub(crate) fn contains(&self, row: u32) -> bool {
        self.0.contains(row as usize)
    }

    /// The rows in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.ones().map(|row| row as u32)
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// True if there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_clear()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn rows_are_a_set(
            rows in prop::collection::vec(0u32..300, 0..80),
            gone in prop::collection::vec(0u32..300, 0..80),
        ) {
            let mut bits = RowSet::default();
            let mut set = BTreeSet::new();
            for &row in &rows {
                bits.insert(row);
                set.insert(row);
            }
            let mut out = RowSet::default();
            gone.iter().for_each(|&row| out.insert(row));
            bits.subtract(&out);
            set.retain(|row| !gone.contains(row));
            prop_assert_eq!(bits.len(), set.len());
            prop_assert!((0..300).all(|row| bits.contains(row) == set.contains(&row)));
            prop_assert!(bits.iter().eq(set.iter().copied()));
        }
    }
}
