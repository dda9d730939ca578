//! The rows of groups in an order in which an interval finds its neighbours.

use crate::indexes::key_groups::KeyGroups;
use crate::parallel::in_parallel;
use std::ops::Range;

/// Pieces in which groups are put in order, on all processors.
const PIECES: usize = 64;

/// What lies between two bounds: where a row's interval begins at the earliest and ends at the latest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interval {
    pub(crate) row: u32,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// The rows of every group by where their intervals begin.
#[derive(Debug, Default)]
pub(crate) struct IntervalIndex {
    /// Where they begin: by itself, so that a search touches little memory.
    lows: Vec<i64>,
    tails: Vec<Tail>,
}

/// Where an interval ends.
#[derive(Clone, Copy, Debug)]
struct Tail {
    row: u32,
    high: i64,
    /// The latest end so far in the group.
    eligible: i64,
}

/// How far a search in a group has come: those before this place are still to be looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor {
    first: u32,
    next: u32,
    low: i64,
}

/// A search for the last interval of a group that begins no later than a bound: it is after `from`, and
/// no further than so many.
struct Bisection {
    from: usize,
    len: usize,
    high: i64,
}

impl IntervalIndex {
    /// Orders the rows of every group. `extent` tells a row's interval.
    pub(crate) fn new(groups: &KeyGroups, extent: impl Fn(u32) -> Interval + Sync + Send) -> Self {
        let size = groups.len().div_ceil(PIECES).max(1);
        let pieces = in_parallel(groups.len().div_ceil(size), |piece| {
            let mut ordered = Self::default();
            let mut own = Vec::new();
            for group in piece * size..groups.len().min((piece + 1) * size) {
                own.clear();
                own.extend(groups.of(group as u32).iter().map(|&row| extent(row)));
                ordered.add_group(&mut own);
            }
            ordered
        });
        let rows = groups.rows().len();
        let mut all = Self {
            lows: Vec::with_capacity(rows),
            tails: Vec::with_capacity(rows),
        };
        for piece in pieces {
            all.lows.extend(piece.lows);
            all.tails.extend(piece.tails);
        }
        all
    }

    fn add_group(&mut self, extents: &mut [Interval]) {
        extents.sort_unstable_by_key(|e| (e.low, e.high, e.row));
        let mut eligible = i64::MIN;
        for &mut Interval { row, low, high } in extents {
            eligible = eligible.max(high);
            self.lows.push(low);
            self.tails.push(Tail {
                row,
                high,
                eligible,
            });
        }
    }

    /// Looks in groups for intervals that begin no later than a bound, `high`, and end no earlier than
    /// another, `low`. All searches go on side by side: none waits for what another has to fetch.
    pub(crate) fn search(
        &self,
        sought: impl Iterator<Item = (Range<usize>, i64, i64)> + Clone,
    ) -> Vec<Cursor> {
        let mut open: Vec<_> = sought
            .clone()
            .map(|(group, _, high)| Bisection {
                from: group.start,
                len: group.len(),
                high,
            })
            .collect();
        let most = open.iter().map(|search| search.len).max().unwrap_or(0);
        for _ in 0..usize::BITS - most.leading_zeros() {
            open.iter_mut().for_each(|search| self.halve(search));
        }
        let found = sought.zip(open);
        found
            .map(|((group, low, _), search)| {
                let before = group.start..search.from;
                let is_in_reach = !before.is_empty() && self.tails[before.end - 1].eligible >= low;
                Cursor {
                    first: before.start as u32,
                    next: if is_in_reach {
                        before.end
                    } else {
                        before.start
                    } as u32,
                    low,
                }
            })
            .collect()
    }

    /// Brings a search half the way on.
    fn halve(&self, search: &mut Bisection) {
        if search.len == 0 {
            return;
        }
        let half = search.len.div_ceil(2);
        let is_past = self.lows[search.from + half - 1] <= search.high;
        search.from += if is_past { half } else { 0 };
        search.len -= half;
    }

    /// Adds up to so many rows to `found`, the last to begin first; returns how many were looked at.
    pub(crate) fn take(&self, cursor: &mut Cursor, limit: usize, found: &mut Vec<u32>) -> usize {
        let (full, mut looked) = (found.len() + limit, 0);
        while cursor.next > cursor.first && found.len() < full {
            let tail = self.tails[cursor.next as usize - 1];
            looked += 1;
            cursor.next -= 1;
            if tail.eligible < cursor.low {
                cursor.next = cursor.first;
            } else if tail.high >= cursor.low {
                found.push(tail.row);
            }
        }
        looked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exactly_the_intervals_that_touch_are_found(
            intervals in prop::collection::vec((0i64..20, 0i64..9), 1..40),
            (low, length) in (0i64..20, 0i64..9),
            limit in 1usize..5,
        ) {
            let rows = 0..intervals.len() as u32;
            let groups = KeyGroups::new(2, rows.clone().map(|row| (row % 2, row)));
            let ranges = IntervalIndex::new(&groups, |row| {
                let (low, length) = intervals[row as usize];
                Interval { row, low, high: low + length }
            });
            let high = low + length;
            let mut found = Vec::new();
            let both = [0, 1].map(|group| (groups.range(group), low, high));
            let mut cursor = ranges.search(both.into_iter())[1];
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
