//! Look-ups over the rows of a ledger by the words of their cells, built once and shared between
//! controls.

use super::value::{Sort, State, item_type};
use super::world::World;
use crate::model::{
    dataset::{Sym, Table},
    schema::{FieldId, FieldType, LedgerId},
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Which look-up: the fields, and what counts as the same in each. List fields are found by item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spec {
    pub(super) ledger: LedgerId,
    pub(super) fields: Vec<(FieldId, Sort)>,
}

/// Rows grouped by the words of their key cells.
///
/// One array of rows with the groups behind one another, and a table of slots that leads from a key's
/// hash to its group: four arrays whatever the number of groups.
#[derive(Debug, Default)]
pub(super) struct Index {
    width: usize,
    /// Hash tag in the upper half, group + 1 in the lower; 0 is free. A power of two long.
    slots: Vec<u64>,
    /// The words of each group's key, `width` a group.
    words: Vec<i64>,
    /// Where each group's rows begin; one more than there are groups.
    starts: Vec<u32>,
    /// Rows by group, in order within each.
    rows: Vec<u32>,
    /// Rows whose key cells cannot be told: they may be meant by any look-up.
    pub(super) doubtful: Vec<u32>,
}

impl Index {
    /// Rows with this key, in order.
    pub(super) fn rows(&self, key: &[i64]) -> &[u32] {
        match self.find(key) {
            Some(group) => self.group(group),
            None => &[],
        }
    }

    /// The groups, each with its rows in order.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.starts
            .windows(2)
            .map(|ends| &self.rows[ends[0] as usize..ends[1] as usize])
    }

    fn group(&self, group: u32) -> &[u32] {
        let group = group as usize;
        &self.rows[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    fn find(&self, key: &[i64]) -> Option<u32> {
        let entry = *self.slots.get(self.slot(key).0)?;
        (entry as u32).checked_sub(1)
    }

    /// The slot of a key, its own or the free one where it would go, and its hash.
    fn slot(&self, key: &[i64]) -> (usize, u64) {
        let hash = key.iter().fold(0, |hash, &word| mix(hash, word));
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (hash >> 20) as usize & mask;
        while let Some(&entry) = self.slots.get(at) {
            let is_tagged = entry >> 32 == hash >> 32;
            if entry == 0 || is_tagged && self.has_words(entry as u32 - 1, key) {
                break;
            }
            at = (at + 1) & mask;
        }
        (at, hash)
    }

    fn has_words(&self, group: u32, key: &[i64]) -> bool {
        let start = group as usize * self.width;
        self.words[start..start + self.width] == *key
    }

    /// The group of a key, new or known.
    fn enter(&mut self, key: &[i64]) -> u32 {
        let (slot, hash) = self.slot(key);
        if let Some(group) = (self.slots[slot] as u32).checked_sub(1) {
            return group;
        }
        let group = (self.words.len() / self.width.max(1)) as u32;
        self.slots[slot] = hash >> 32 << 32 | u64::from(group + 1);
        self.words.extend(key);
        group
    }

    /// Groups rows; the pairs of group and row come in the order of rows.
    fn fill(&mut self, pairs: &[(u32, u32)]) {
        let groups = self.words.len() / self.width.max(1);
        self.starts = vec![0; groups + 1];
        for &(group, _) in pairs {
            self.starts[group as usize + 1] += 1;
        }
        for group in 0..groups {
            self.starts[group + 1] += self.starts[group];
        }
        let mut next = self.starts.clone();
        self.rows = vec![0; pairs.len()];
        for &(group, row) in pairs {
            let at = &mut next[group as usize];
            self.rows[*at as usize] = row;
            *at += 1;
        }
    }
}

/// Mixes a word into a hash; the same on every machine and in every run.
fn mix(hash: u64, word: i64) -> u64 {
    let mixed = (hash.rotate_left(5) ^ word as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}

/// All look-ups of a run.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    built: Mutex<BTreeMap<Spec, Arc<OnceLock<Index>>>>,
}

impl Indexes {
    /// The look-up, built by whoever asks first.
    pub(super) fn get(&self, world: &World<'_>, table: &Table, spec: Spec) -> Lookup {
        let cell = {
            let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(built.entry(spec.clone()).or_default())
        };
        cell.get_or_init(|| {
            world.count_work(table.len());
            build(world, table, &spec)
        });
        Lookup(cell)
    }
}

/// A built look-up.
#[derive(Clone, Debug)]
pub(super) struct Lookup(Arc<OnceLock<Index>>);

impl Lookup {
    /// The index, if it was built (it always is).
    pub(super) fn index(&self) -> Option<&Index> {
        self.0.get()
    }
}

fn build(world: &World<'_>, table: &Table, spec: &Spec) -> Index {
    let rows = table.len();
    let mut index = Index {
        width: spec.fields.len(),
        slots: vec![0; (rows * 2).next_power_of_two().max(16)],
        ..Index::default()
    };
    let mut pairs = Vec::with_capacity(rows);
    let (mut keys, mut last) = (Keys::of(world, table, spec), Vec::new());
    for row in 0..rows as u32 {
        match keys.read(row) {
            Ok(()) => {}
            Err(State::Empty) => continue,
            Err(State::Unreadable | State::NoColumn) => {
                index.doubtful.push(row);
                continue;
            }
        }
        for key in keys.found.chunks(index.width.max(1)) {
            let group = index.enter(key);
            last.resize(last.len().max(group as usize + 1), u32::MAX);
            // A list may name the same twice.
            if last[group as usize] != row {
                last[group as usize] = row;
                pairs.push((group, row));
            }
            // Lists multiply what a row is found under; the slots grow with them.
            if index.words.len() / index.width.max(1) * 2 > index.slots.len() {
                index.grow();
            }
        }
    }
    index.fill(&pairs);
    index
}

impl Index {
    /// Doubles the slots.
    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        let words = std::mem::take(&mut self.words);
        for key in words.chunks(self.width.max(1)) {
            self.enter(key);
        }
    }
}

/// Reads the keys of rows.
struct Keys<'t> {
    world: &'t World<'t>,
    table: &'t Table,
    fields: Vec<(FieldId, FieldType, Sort)>,
    /// The keys under which the row read last is found: one, or one for each item of a list; none where
    /// a key cell names nothing that could be sought.
    found: Vec<i64>,
}

impl<'t> Keys<'t> {
    fn of(world: &'t World<'t>, table: &'t Table, spec: &Spec) -> Self {
        let fields = spec.fields.iter().map(|&(field, sort)| {
            let ty = world.schemas().field(spec.ledger, field).ty;
            (field, ty, sort)
        });
        Self {
            world,
            table,
            fields: fields.collect(),
            found: Vec::new(),
        }
    }

    fn read(&mut self, row: u32) -> Result<(), State> {
        self.found.clear();
        let mut worst = None;
        for (done, &(field, ty, sort)) in self.fields.iter().enumerate() {
            let (state, word) = self.table.cell(row, field);
            match State::of(state) {
                Some(State::Empty) => return Err(State::Empty),
                Some(state) => worst = Some(state),
                None if item_type(ty) == ty => match self.world.coarse_word(ty, word, sort) {
                    Some(word) if done == 0 => self.found.push(word),
                    Some(word) => append(&mut self.found, done, &[word]),
                    None => self.found.clear(),
                },
                None => {
                    let items = self.world.items(word).iter();
                    let words = items.flat_map(|&item| self.words(ty, item, sort));
                    let words: Vec<_> = words.collect();
                    append(&mut self.found, done, &words);
                }
            }
        }
        worst.map_or(Ok(()), Err)
    }

    /// The words under which an item of a list is found. Under a name that several bear the row is
    /// found for each of them; comparing then decides.
    fn words(&self, list: FieldType, item: i32, sort: Sort) -> Vec<i64> {
        let bearers = match sort {
            Sort::Person => self.world.bearers(Sym(item as u32)),
            _ => &[],
        };
        let coarse = self.world.coarse_word(item_type(list), item, sort);
        let several = bearers.iter().map(|bearer| bearer.0.into());
        coarse.into_iter().chain(several).collect()
    }
}

/// Makes keys of `done` words longer by one word, each by each.
fn append(keys: &mut Vec<i64>, done: usize, words: &[i64]) {
    if let ([word], true) = (words, keys.len() == done) {
        return keys.push(*word);
    }
    let old = std::mem::take(keys);
    let heads: Vec<&[i64]> = if done == 0 {
        vec![&[]]
    } else {
        old.chunks(done).collect()
    };
    for head in heads {
        for &word in words {
            keys.extend(head);
            keys.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(keys: &[[i64; 2]]) -> Index {
        let mut index = Index {
            width: 2,
            slots: vec![0; 2],
            ..Index::default()
        };
        let mut pairs = Vec::new();
        for (row, key) in keys.iter().enumerate() {
            pairs.push((index.enter(key), row as u32));
            if index.words.len() >= index.slots.len() {
                index.grow();
            }
        }
        index.fill(&pairs);
        index
    }

    proptest! {
        #[test]
        fn exactly_the_rows_with_the_key_are_found(
            keys in prop::collection::vec([-3i64..3, 0i64..4], 0..60),
            sought in [-3i64..3, 0i64..4],
        ) {
            let rows: Vec<_> = (0..keys.len() as u32).filter(|&row| keys[row as usize] == sought).collect();
            let index = index(&keys);
            prop_assert_eq!(index.rows(&sought), &rows[..]);
        }
    }

    #[test]
    fn every_row_is_in_one_group() {
        let index = index(&[[1, 1], [2, 1], [1, 1]]);
        let groups: Vec<_> = index.groups().collect();
        assert_eq!(groups, [&[0, 2][..], &[1]]);
    }

    #[test]
    fn a_list_is_found_under_each_item() {
        let mut keys = vec![7];
        append(&mut keys, 1, &[1, 2]);
        assert_eq!(keys, [7, 1, 7, 2]);
    }
}
