//! Hash look-ups over the rows of a ledger, built once and shared between controls.

use super::value::{Sort, State, item_type};
use super::world::World;
use crate::model::{
    dataset::{Sym, Table},
    schema::{FieldId, FieldType, LedgerId},
};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Which look-up: the fields, and what counts as the same in each. List fields are found by item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spec {
    pub(super) ledger: LedgerId,
    pub(super) fields: Vec<(FieldId, Sort)>,
}

/// Rows by the hash of their key cells. Candidates are verified by comparing, so collisions are harmless.
#[derive(Debug, Default)]
pub(super) struct Index {
    spans: HashMap<u64, (u32, u32)>,
    rows: Vec<u32>,
    /// Rows whose key cells cannot be told: they may be meant by any look-up.
    pub(super) doubtful: Vec<u32>,
}

impl Index {
    /// Rows whose key has this hash, in order.
    pub(super) fn rows(&self, hash: u64) -> &[u32] {
        self.spans.get(&hash).map_or(&[], |&(start, end)| {
            &self.rows[start as usize..end as usize]
        })
    }

    fn from_pairs(mut pairs: Vec<(u64, u32)>, doubtful: Vec<u32>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut spans = HashMap::with_capacity(pairs.len());
        for (at, &(hash, _)) in pairs.iter().enumerate() {
            let at = at as u32;
            spans.entry(hash).or_insert((at, at)).1 = at + 1;
        }
        Self {
            spans,
            rows: pairs.into_iter().map(|(_, row)| row).collect(),
            doubtful,
        }
    }
}

/// Mixes a word into a hash; the same on every machine and in every run.
pub(super) fn mix(hash: u64, word: i64) -> u64 {
    (hash.rotate_left(5) ^ word as u64).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// All look-ups of a run.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    built: Mutex<BTreeMap<Spec, Arc<OnceLock<Index>>>>,
}

impl Indexes {
    /// The look-up, built by whoever asks first. Returns the number of rows read for building it.
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
pub(super) struct Lookup(Arc<OnceLock<Index>>);

impl Lookup {
    /// The index, if it was built (it always is).
    pub(super) fn index(&self) -> Option<&Index> {
        self.0.get()
    }
}

fn build(world: &World<'_>, table: &Table, spec: &Spec) -> Index {
    let (mut pairs, mut doubtful) = (Vec::with_capacity(table.len()), Vec::new());
    for row in 0..table.len() as u32 {
        match hashes(world, table, spec, row) {
            Ok(found) => pairs.extend(found.into_iter().map(|hash| (hash, row))),
            Err(State::Empty) => {}
            Err(State::Unreadable | State::NoColumn) => doubtful.push(row),
        }
    }
    Index::from_pairs(pairs, doubtful)
}

/// The hashes under which a row is found: one, or one for each item of a list; none where a key
/// cell names nothing that could be sought.
fn hashes(world: &World<'_>, table: &Table, spec: &Spec, row: u32) -> Result<Vec<u64>, State> {
    let (mut hashes, mut worst) = (vec![0], None);
    for &(field, sort) in &spec.fields {
        let (state, word) = table.cell(row, field);
        match State::of(state) {
            Some(State::Empty) => return Err(State::Empty),
            Some(state) => worst = Some(state),
            None => extend(
                world,
                &mut hashes,
                field_type(world, spec, field),
                word,
                sort,
            ),
        }
    }
    worst.map_or(Ok(hashes), Err)
}

fn field_type(world: &World<'_>, spec: &Spec, field: FieldId) -> FieldType {
    world.schemas().field(spec.ledger, field).ty
}

/// Mixes the word of a cell, or each item of a list, into every hash.
fn extend(world: &World<'_>, hashes: &mut Vec<u64>, ty: FieldType, word: i32, sort: Sort) {
    let item = item_type(ty);
    let coarse = |word: i32| world.coarse(&world.typed(item, word), sort);
    if item == ty {
        match coarse(word) {
            Some(word) => hashes.iter_mut().for_each(|hash| *hash = mix(*hash, word)),
            None => hashes.clear(),
        }
        return;
    }
    // Under a name that several bear the row is found for each of them; comparing then decides.
    let several = |word: i32| {
        let bearers = world.bearers(Sym(word as u32)).iter().map(|s| s.0.into());
        bearers.collect::<Vec<i64>>()
    };
    let persons = sort == Sort::Person;
    let words: Vec<i64> = world
        .items(word)
        .iter()
        .flat_map(|&word| match coarse(word) {
            None if persons => several(word),
            found => found.into_iter().collect(),
        })
        .collect();
    let all = hashes
        .iter()
        .flat_map(|&hash| words.iter().map(move |&word| mix(hash, word)));
    *hashes = all.collect();
}
