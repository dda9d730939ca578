//! Rows dealt out to groups.

use std::ops::Range;

/// Rows by group: one array with the groups behind one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyGroups {
    /// Where each group's rows begin; one more than there are groups.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl KeyGroups {
    /// Pairs of group and row, in the order of rows.
    pub(crate) fn new(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0; count + 1];
        let mut len = 0;
        for (group, _) in pairs.clone() {
            starts[group as usize + 1] += 1;
            len += 1;
        }
        for group in 0..count {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; len];
        for (group, row) in pairs {
            let at = &mut next[group as usize];
            rows[*at as usize] = row;
            *at += 1;
        }
        Self { starts, rows }
    }

    /// How many groups.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where the rows of a group stand.
    pub(crate) fn range(&self, group: u32) -> Range<usize> {
        let group = group as usize;
        self.starts[group] as usize..self.starts[group + 1] as usize
    }

    /// The rows of a group, in order.
    pub(crate) fn of(&self, group: u32) -> &[u32] {
        // Where no group has any, none of them is fetched.
        if self.rows.is_empty() {
            return &[];
        }
        &self.rows[self.range(group)]
    }

    /// All rows, by group.
    pub(crate) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The groups, each with its rows in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let ends = self.starts.windows(2);
        ends.map(|ends| &self.rows[ends[0] as usize..ends[1] as usize])
    }

    /// How many rows the largest group has.
    pub(crate) fn largest(&self) -> usize {
        self.iter().map(<[u32]>::len).max().unwrap_or(0)
    }

    /// The same groups with only some of the rows.
    pub(crate) fn only(&self, is_kept: impl Fn(u32) -> bool) -> Self {
        let mut kept = Self {
            starts: Vec::with_capacity(self.starts.len()),
            rows: Vec::with_capacity(self.rows.len()),
        };
        kept.starts.push(0);
        for group in self.iter() {
            kept.rows.extend(group.iter().filter(|&&row| is_kept(row)));
            kept.starts.push(kept.rows.len() as u32);
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_the_order_of_rows() {
        let groups = KeyGroups::new(3, [(2, 0), (0, 1), (2, 2)].into_iter());
        assert_eq!(groups.iter().collect::<Vec<_>>(), [&[1][..], &[], &[0, 2]]);
        assert_eq!(groups.only(|row| row > 0).of(2), [2]);
        assert_eq!(groups.largest(), 2);
    }
}
