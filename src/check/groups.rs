//! Rows dealt out to groups, and the same in an order in which an interval finds its neighbours.

use std::ops::Range;

/// Rows by group: one array with the groups behind one another.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// Where each group's rows begin; one more than there are groups.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Groups {
    /// Pairs of group and row, in the order of rows.
    pub(super) fn new(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
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
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where the rows of a group stand.
    pub(super) fn range(&self, group: u32) -> Range<usize> {
        let group = group as usize;
        self.starts[group] as usize..self.starts[group + 1] as usize
    }

    /// The rows of a group, in order.
    pub(super) fn of(&self, group: u32) -> &[u32] {
        &self.rows[self.range(group)]
    }

    /// All rows, by group.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The groups, each with its rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let ends = self.starts.windows(2);
        ends.map(|ends| &self.rows[ends[0] as usize..ends[1] as usize])
    }

    /// How many rows the largest group has.
    pub(super) fn largest(&self) -> usize {
        self.iter().map(<[u32]>::len).max().unwrap_or(0)
    }

    /// The same groups with only some of the rows.
    pub(super) fn only(&self, is_kept: impl Fn(u32) -> bool) -> Self {
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

/// What lies between two bounds: where a row's interval begins at the earliest and ends at the latest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) row: u32,
    pub(super) low: i64,
    pub(super) high: i64,
}

/// The rows of every group by where their intervals begin.
#[derive(Debug)]
pub(super) struct Ranges {
    extents: Vec<Extent>,
    /// The latest end so far in the group.
    reach: Vec<i64>,
}

/// How far a search in a group has come: those before this place are still to be looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    first: u32,
    next: u32,
    low: i64,
}

impl Ranges {
    /// Orders the rows of every group. `extent` tells a row's interval.
    pub(super) fn new(groups: &Groups, extent: impl Fn(u32) -> Extent) -> Self {
        let mut extents: Vec<_> = groups.rows().iter().map(|&row| extent(row)).collect();
        let mut reach = Vec::with_capacity(extents.len());
        let mut rest = &mut extents[..];
        for group in groups.iter() {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(group.len());
            own.sort_unstable_by_key(|e| (e.low, e.high, e.row));
            let mut furthest = i64::MIN;
            for extent in own {
                furthest = furthest.max(extent.high);
                reach.push(furthest);
            }
            rest = others;
        }
        Self { extents, reach }
    }

    /// Looks in a group for intervals that begin no later than `high` and end no earlier than `low`.
    pub(super) fn search(&self, group: Range<usize>, low: i64, high: i64) -> Cursor {
        let own = &self.extents[group.clone()];
        let count = own.partition_point(|extent| extent.low <= high);
        Cursor {
            first: group.start as u32,
            next: (group.start + count) as u32,
            low,
        }
    }

    /// Adds up to so many rows to `found`, the last to begin first; returns how many were looked at.
    pub(super) fn take(&self, cursor: &mut Cursor, limit: usize, found: &mut Vec<u32>) -> usize {
        let (full, from) = (found.len() + limit, cursor.next);
        while cursor.next > cursor.first && found.len() < full {
            let at = cursor.next as usize - 1;
            if self.reach[at] < cursor.low {
                cursor.next = cursor.first;
                break;
            }
            if self.extents[at].high >= cursor.low {
                found.push(self.extents[at].row);
            }
            cursor.next -= 1;
        }
        from as usize - cursor.next as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn groups_keep_the_order_of_rows() {
        let groups = Groups::new(3, [(2, 0), (0, 1), (2, 2)].into_iter());
        assert_eq!(groups.iter().collect::<Vec<_>>(), [&[1][..], &[], &[0, 2]]);
        assert_eq!(groups.only(|row| row > 0).of(2), [2]);
        assert_eq!(groups.largest(), 2);
    }

    proptest! {
        #[test]
        fn exactly_the_intervals_that_touch_are_found(
            intervals in prop::collection::vec((0i64..20, 0i64..9), 1..40),
            (low, length) in (0i64..20, 0i64..9),
            limit in 1usize..5,
        ) {
            let rows = 0..intervals.len() as u32;
            let groups = Groups::new(2, rows.clone().map(|row| (row % 2, row)));
            let ranges = Ranges::new(&groups, |row| {
                let (low, length) = intervals[row as usize];
                Extent { row, low, high: low + length }
            });
            let high = low + length;
            let mut found = Vec::new();
            let mut cursor = ranges.search(groups.range(1), low, high);
            loop {
                let before = found.len();
                ranges.take(&mut cursor, limit, &mut found);
                if found.len() < before + limit {
                    break;
                }
            }
            found.sort_unstable();
            let touches = |row: &u32| {
                let (from, length) = intervals[*row as usize];
                row % 2 == 1 && from <= high && from + length >= low
            };
            prop_assert_eq!(found, rows.filter(touches).collect::<Vec<_>>());
        }
    }
}
