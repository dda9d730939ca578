//! Looks into another ledger for many records at once: pairs of a record and the rows that its key finds.

use crate::columnar::batch::{Batch, Pairs};
use crate::columnar::column_expr::NumberColumn;
use crate::columnar::predicate::{Edge, HashJoin, Nearby, Predicate};
use crate::context::lookup_index::Index;
use crate::indexes::interval_index::Cursor;
use crate::indexes::key_groups::KeyGroups;
use crate::kleene::{FALSE, TRUE, UNKNOWN};
use std::sync::atomic::Ordering;

/// Pairs judged together; a group that is larger is judged whole.
const PAIRS: usize = 8192;

/// Rows of a group looked at first where one is enough; each further time, eight times as many.
const FIRST: usize = 4;

/// How many rows count for every record, at least and at most.
pub(crate) struct CountColumn {
    pub(crate) least: Vec<i64>,
    pub(crate) most: Vec<i64>,
    pub(crate) known: Vec<bool>,
}

/// A search for the records of a batch.
struct Search<'p, 'a> {
    index: &'p Index,
    groups: &'p KeyGroups,
    nearby: Option<&'p Nearby<'a>>,
    keys: Vec<NumberColumn>,
    needed: Vec<NumberColumn>,
    low: Option<NumberColumn>,
    high: Option<NumberColumn>,
}

/// How far the search for one record has come.
struct Place {
    at: u32,
    group: u32,
    /// Rows of the group taken one after the other.
    done: usize,
    cursor: Option<Cursor>,
}

impl<'p, 'a> Search<'p, 'a> {
    fn new(hash_join: &'p HashJoin<'a>, index: &'p Index, batch: &Batch<'_>) -> Self {
        let edge = |edge: Option<&Edge<'_>>, is_end| edge.map(|edge| edge.numbers(batch, is_end));
        let nearby = hash_join.nearby.as_ref();
        Self {
            index,
            groups: hash_join.groups(index),
            nearby,
            keys: hash_join
                .keys
                .iter()
                .map(|key| key.numbers(batch))
                .collect(),
            needed: hash_join.needed.iter().map(|n| n.numbers(batch)).collect(),
            low: edge(nearby.and_then(|n| n.low.as_ref()), false),
            high: edge(nearby.and_then(|n| n.high.as_ref()), true),
        }
    }

    /// Where to look for the records of a batch, and the positions of those whose key or bounds cannot be
    /// told.
    fn begin(&self, batch: &Batch<'_>) -> (Vec<Place>, Vec<u32>) {
        let (mut places, mut unsure) = (Vec::with_capacity(batch.len), Vec::new());
        let mut key = vec![0; self.keys.len()];
        for at in 0..batch.len {
            match self.group(at, &mut key) {
                Err(()) => unsure.push(at as u32),
                Ok(None) => {}
                Ok(Some(group)) => places.push(Place {
                    at: at as u32,
                    group,
                    done: 0,
                    cursor: None,
                }),
            }
        }
        if let Some(nearby) = self.nearby {
            let bound = |numbers: &Option<NumberColumn>, at: u32, none| {
                let numbers = numbers.as_ref();
                numbers.map_or(none, |numbers| numbers.values[at as usize])
            };
            // Where a bound cannot be told, every row of the group may be meant.
            let is_bounded = |place: &&mut Place| {
                let mut bounds = self.low.iter().chain(&self.high);
                bounds.all(|numbers| numbers.known[place.at as usize])
            };
            let mut bounded: Vec<_> = places.iter_mut().filter(is_bounded).collect();
            let ends = bounded.iter().map(|place| {
                let low = bound(&self.low, place.at, i64::MIN);
                let high = bound(&self.high, place.at, i64::MAX);
                (nearby.known.range(place.group), low, high)
            });
            let ends: Vec<_> = ends.collect();
            let cursors = nearby.ranges.search(ends.into_iter());
            let pairs = bounded.iter_mut().zip(cursors);
            pairs.for_each(|(place, cursor)| place.cursor = Some(cursor));
        }
        (places, unsure)
    }

    /// The group of a record, if any. Fails if its key cannot be told.
    fn group(&self, at: usize, key: &mut [i64]) -> Result<Option<u32>, ()> {
        for (word, numbers) in key.iter_mut().zip(&self.keys) {
            *word = numbers.at(at).ok_or(())?;
        }
        if self.needed.iter().any(|numbers| !numbers.known[at]) {
            return Err(());
        }
        Ok(self.index.find(key))
    }

    /// Adds up to so many rows. Returns whether there may be more, and how many were looked at.
    fn take(&self, place: &mut Place, limit: usize, pairs: &mut Pairs) -> (bool, usize) {
        let (before, mut looked) = (pairs.rows.len(), 0);
        let rows = match (self.nearby, &mut place.cursor) {
            (Some(nearby), Some(cursor)) => {
                looked += nearby.ranges.take(cursor, limit, &mut pairs.rows);
                nearby.loose.of(place.group)
            }
            _ => self.groups.of(place.group),
        };
        let missing = limit - (pairs.rows.len() - before);
        let some = &rows[place.done..rows.len().min(place.done + missing)];
        pairs.rows.extend_from_slice(some);
        place.done += some.len();
        pairs.of.resize(pairs.rows.len(), place.at);
        (pairs.rows.len() == before + limit, looked + some.len())
    }
}

impl HashJoin<'_> {
    fn groups<'p>(&'p self, index: &'p Index) -> &'p KeyGroups {
        self.left.as_ref().unwrap_or(&index.groups)
    }

    /// Calls `f` with the pairs of all positions, some thousands at a time, those of one position
    /// together. Returns the positions whose key cannot be told.
    pub(crate) fn pairs(&self, batch: &Batch<'_>, f: &mut dyn FnMut(&Pairs)) -> Vec<u32> {
        let mut pairs = Pairs::default();
        let Some(index) = self.lookup.index() else {
            return (0..batch.len as u32).collect();
        };
        let search = Search::new(self, index, batch);
        let (places, unsure) = search.begin(batch);
        let mut work = 0;
        for mut place in places {
            work += search.take(&mut place, ALL, &mut pairs).1;
            if pairs.rows.len() >= PAIRS {
                f(&pairs);
                pairs.clear();
            }
        }
        f(&pairs);
        self.count_work(work);
        unsure
    }

    fn count_work(&self, work: usize) {
        self.work.fetch_add(work as u64, Ordering::Relaxed);
    }

    /// What the filter says of pairs.
    pub(crate) fn filter(&self, batch: &Batch<'_>, pairs: &Pairs) -> Vec<u8> {
        match self.filter {
            Predicate::Known(truth) => vec![truth; pairs.of.len()],
            _ => self.filter.truths(&batch.joined(self.slot, pairs)),
        }
    }

    /// Whether any row counts, for every position.
    pub(crate) fn any(&self, batch: &Batch<'_>) -> Vec<u8> {
        let Some(index) = self.lookup.index() else {
            return vec![UNKNOWN; batch.len];
        };
        let search = Search::new(self, index, batch);
        let (mut open, unsure) = search.begin(batch);
        let mut found = vec![FALSE; batch.len];
        unsure.iter().for_each(|&at| found[at as usize] = UNKNOWN);
        if self.incomplete.is_some() {
            found.iter_mut().for_each(|own| *own = UNKNOWN);
        }
        let mut limit = FIRST;
        while !open.is_empty() {
            open = self.search_on(batch, &search, open, limit, &mut found);
            limit = PAIRS.min(limit * 8);
        }
        found
    }

    /// Looks at some more rows for every record; returns those for which none has been found yet.
    fn search_on(
        &self,
        batch: &Batch<'_>,
        search: &Search<'_, '_>,
        mut open: Vec<Place>,
        limit: usize,
        found: &mut [u8],
    ) -> Vec<Place> {
        let mut meet = |pairs: &Pairs| {
            for (&at, truth) in pairs.of.iter().zip(self.filter(batch, pairs)) {
                let found = &mut found[at as usize];
                *found = truth.max(*found);
            }
        };
        let (mut pairs, mut work) = (Pairs::default(), 0);
        open.retain_mut(|place| {
            if pairs.rows.len() >= PAIRS {
                meet(&pairs);
                pairs.clear();
            }
            let (is_more, looked) = search.take(place, limit, &mut pairs);
            work += looked;
            is_more
        });
        meet(&pairs);
        self.count_work(work);
        let best = self.filter.best();
        open.retain(|place| found[place.at as usize] < best);
        open
    }

    /// How many rows count, in thousandths, for every position; not known where that cannot be told.
    pub(crate) fn count(&self, batch: &Batch<'_>) -> NumberColumn {
        let counts = self.bounds(batch);
        let pairs = counts.known.iter().zip(&counts.least).zip(&counts.most);
        NumberColumn {
            known: pairs.map(|((&known, a), b)| known && a == b).collect(),
            values: counts.least,
        }
    }

    /// How many rows count at least and at most, in thousandths; not known where the key cannot be told.
    pub(crate) fn bounds(&self, batch: &Batch<'_>) -> CountColumn {
        if let (Predicate::Known(TRUE), None, None) = (&self.filter, &self.nearby, self.incomplete)
        {
            let sizes = self.sizes(batch);
            return CountColumn {
                least: sizes.values.clone(),
                most: sizes.values,
                known: sizes.known,
            };
        }
        let mut counts = CountColumn {
            least: vec![0; batch.len],
            most: vec![0; batch.len],
            known: vec![self.incomplete.is_none(); batch.len],
        };
        let unsure = self.pairs(batch, &mut |pairs| {
            for (&at, truth) in pairs.of.iter().zip(self.filter(batch, pairs)) {
                counts.least[at as usize] += i64::from(truth == TRUE) * 1000;
                counts.most[at as usize] += i64::from(truth != FALSE) * 1000;
            }
        });
        for at in unsure {
            counts.known[at as usize] = false;
        }
        counts
    }

    /// How many rows each key finds.
    pub(crate) fn sizes(&self, batch: &Batch<'_>) -> NumberColumn {
        let Some(index) = self.lookup.index() else {
            return NumberColumn::unknown(batch.len);
        };
        let search = Search::new(self, index, batch);
        let (places, unsure) = search.begin(batch);
        let mut sizes = NumberColumn::same(0, batch.len);
        for place in places {
            let rows = search.groups.range(place.group).len();
            sizes.values[place.at as usize] = rows as i64 * 1000;
        }
        sizes.forget(&unsure);
        sizes
    }
}

/// No limit, far from overflow.
const ALL: usize = u32::MAX as usize;
