//! Look-ups over the rows of a ledger by the words of their cells, built once and shared between
//! controls.

use super::EvalContext;
use crate::indexes::key_groups::KeyGroups;
use crate::indexes::key_hash::KeyHash;
use crate::value::{Sort, State, item_type};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use zicha_model::{
    dataset::{Sym, Table},
    schema::{FieldId, FieldType, LedgerId},
};

/// Which look-up: the fields, and what counts as the same in each. List fields are found by item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spec {
    pub(crate) ledger: LedgerId,
    pub(crate) fields: Vec<(FieldId, Sort)>,
}

/// Rows grouped by the words of their key cells.
#[derive(Debug, Default)]
pub(crate) struct Index {
    finder: Finder,
    pub(crate) groups: KeyGroups,
    /// Rows whose key cells cannot be told: they may be meant by any look-up.
    pub(crate) doubtful: Vec<u32>,
}

/// Leads from a key to its group.
#[derive(Debug)]
enum Finder {
    /// Keys of one word that lie close together: a group for every word from the least on.
    Dense(i64),
    KeyHash(KeyHash),
}

impl Default for Finder {
    fn default() -> Self {
        Self::KeyHash(KeyHash::default())
    }
}

impl Index {
    /// Rows with this key, in order.
    pub(crate) fn rows(&self, key: &[i64]) -> &[u32] {
        self.find(key).map_or(&[], |group| self.groups.of(group))
    }

    /// The group of a key.
    pub(crate) fn find(&self, key: &[i64]) -> Option<u32> {
        match (&self.finder, key) {
            (Finder::Dense(least), &[word]) => {
                let group = usize::try_from(word.checked_sub(*least)?).ok()?;
                (group < self.groups.len()).then_some(group as u32)
            }
            (Finder::Dense(_), _) => None,
            (Finder::KeyHash(hashed), key) => hashed.find(key),
        }
    }
}

/// All look-ups of a run.
#[derive(Debug, Default)]
pub(crate) struct Indexes {
    built: Mutex<BTreeMap<Spec, Arc<OnceLock<Index>>>>,
}

impl Indexes {
    /// The look-up, built by whoever asks first.
    pub(crate) fn get(&self, context: &EvalContext<'_>, table: &Table, spec: Spec) -> Lookup {
        let cell = {
            let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(built.entry(spec.clone()).or_default())
        };
        cell.get_or_init(|| {
            context.count_work(table.len());
            build(context, table, &spec)
        });
        Lookup(cell)
    }
}

/// A built look-up.
#[derive(Clone, Debug)]
pub(crate) struct Lookup(Arc<OnceLock<Index>>);

impl Lookup {
    /// The index, if it was built (it always is).
    pub(crate) fn index(&self) -> Option<&Index> {
        self.0.get()
    }
}

fn build(context: &EvalContext<'_>, table: &Table, spec: &Spec) -> Index {
    if let &[(field, sort)] = &spec.fields[..]
        && let Some(index) = dense(context, table, field, sort)
    {
        return index;
    }
    let rows = table.len();
    let mut hashed = KeyHash::new(spec.fields.len(), rows);
    let (mut pairs, mut doubtful) = (Vec::with_capacity(rows), Vec::new());
    let (mut keys, mut last) = (Keys::of(context, table, spec), Vec::new());
    for row in 0..rows as u32 {
        match keys.read(row) {
            Ok(()) => {}
            Err(State::Empty) => continue,
            Err(State::Unreadable | State::Future | State::NoColumn) => {
                doubtful.push(row);
                continue;
            }
        }
        for key in keys.found.chunks(spec.fields.len().max(1)) {
            let group = hashed.enter(key);
            last.resize(last.len().max(group as usize + 1), u32::MAX);
            // A list may name the same twice.
            if last[group as usize] != row {
                last[group as usize] = row;
                pairs.push((group, row));
            }
        }
    }
    Index {
        groups: KeyGroups::new(hashed.len(), pairs.iter().copied()),
        finder: Finder::KeyHash(hashed),
        doubtful,
    }
}

/// An index over a column of single words that lie close together: found without a hash.
fn dense(context: &EvalContext<'_>, table: &Table, field: FieldId, sort: Sort) -> Option<Index> {
    let ty = context.schemas().field(table.ledger, field).ty;
    if item_type(ty) != ty {
        return None;
    }
    let (mut pairs, mut doubtful) = (Vec::with_capacity(table.len()), Vec::new());
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    for row in 0..table.len() as u32 {
        let (state, word) = table.cell(row, field);
        match State::of(state) {
            Some(State::Empty) => {}
            Some(_) => doubtful.push(row),
            None => {
                if let Some(word) = context.coarse_word(ty, word, sort) {
                    (least, most) = (least.min(word), most.max(word));
                    pairs.push((word, row));
                }
            }
        }
    }
    if pairs.is_empty() {
        (least, most) = (0, -1);
    }
    let span = usize::try_from(most - least + 1).ok()?;
    if span > table.len() * 4 + 1024 {
        return None;
    }
    let pairs = pairs
        .iter()
        .map(|&(word, row)| ((word - least) as u32, row));
    Some(Index {
        groups: KeyGroups::new(span, pairs),
        finder: Finder::Dense(least),
        doubtful,
    })
}

/// Reads the keys of rows.
struct Keys<'t> {
    context: &'t EvalContext<'t>,
    table: &'t Table,
    fields: Vec<(FieldId, FieldType, Sort)>,
    /// The keys under which the row read last is found: one, or one for each item of a list; none where
    /// a key cell names nothing that could be sought.
    found: Vec<i64>,
}

impl<'t> Keys<'t> {
    fn of(context: &'t EvalContext<'t>, table: &'t Table, spec: &Spec) -> Self {
        let fields = spec.fields.iter().map(|&(field, sort)| {
            let ty = context.schemas().field(spec.ledger, field).ty;
            (field, ty, sort)
        });
        Self {
            context,
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
                None if item_type(ty) == ty => match self.context.coarse_word(ty, word, sort) {
                    Some(word) if done == 0 => self.found.push(word),
                    Some(word) => append(&mut self.found, done, &[word]),
                    None => self.found.clear(),
                },
                None => {
                    let items = self.context.items(word).iter();
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
            Sort::Person => self.context.bearers(Sym(item as u32)),
            _ => &[],
        };
        let coarse = self.context.coarse_word(item_type(list), item, sort);
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
        let mut hashed = KeyHash::new(2, 0);
        let pairs: Vec<_> = (0..)
            .zip(keys)
            .map(|(row, key)| (hashed.enter(key), row))
            .collect();
        Index {
            groups: KeyGroups::new(hashed.len(), pairs.iter().copied()),
            finder: Finder::KeyHash(hashed),
            doubtful: Vec::new(),
        }
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
        let groups: Vec<_> = index.groups.iter().collect();
        assert_eq!(groups, [&[0, 2][..], &[1]]);
    }

    #[test]
    fn a_list_is_found_under_each_item() {
        let mut keys = vec![7];
        append(&mut keys, 1, &[1, 2]);
        assert_eq!(keys, [7, 1, 7, 2]);
    }
}
