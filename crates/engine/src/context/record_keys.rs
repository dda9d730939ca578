//! The keys of records: their primary-key cells, with more where those do not tell records apart.

use super::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::value::{State, sort_of_field};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use zicha_model::digest::Hasher;
use zicha_model::{
    dataset::{Sym, Table},
    schema::{EnumId, FieldId, FieldType, LedgerId, Schemas},
};

/// What is known of the keys of a ledger's records. The keys themselves are made where one is needed: a
/// million records in order need none.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// The keys of records that their primary-key cells do not tell apart.
    longer: BTreeMap<u32, String>,
    /// Hashes of all keys with their rows, in order; made when a record is looked up by its key.
    hashes: OnceLock<Vec<(u64, u32)>>,
}

impl EvalContext<'_> {
    /// The record's key: its primary-key cells joined with `|`; with a hash of the record's content
    /// where that is empty or not unique.
    pub(crate) fn key(&self, ledger: LedgerId, row: u32) -> String {
        let Some(table) = self.dataset.table(ledger) else {
            return String::new();
        };
        let longer = self.keys_of(ledger).longer.get(&row);
        longer
            .cloned()
            .unwrap_or_else(|| self.plain_key(table, row))
    }

    /// The record with a key.
    pub(crate) fn row_of(&self, ledger: LedgerId, key: &str) -> Option<u32> {
        let keys = self.keys_of(ledger);
        let all = || {
            let rows = 0..self.dataset.table(ledger).map_or(0, Table::len) as u32;
            let mut all: Vec<_> = rows
                .map(|row| (hash(&self.key(ledger, row)), row))
                .collect();
            all.sort_unstable();
            all
        };
        let hashes = keys.hashes.get_or_init(all);
        let sought = hash(key);
        let from = hashes.partition_point(|&(hash, _)| hash < sought);
        let same = hashes[from..]
            .iter()
            .take_while(|&&(hash, _)| hash == sought);
        let mut rows = same.map(|&(_, row)| row);
        rows.find(|&row| self.key(ledger, row) == key)
    }

    /// The records whose primary-key cells do not tell them apart, or are all empty.
    pub(crate) fn rows_with_longer_keys(&self, ledger: LedgerId) -> impl Iterator<Item = u32> {
        self.keys_of(ledger).longer.keys().copied()
    }

    /// What is known of the keys of a ledger's records.
    fn keys_of(&self, ledger: LedgerId) -> &Keys {
        self.keys[usize::from(ledger.0)].get_or_init(|| Keys {
            longer: self
                .dataset
                .table(ledger)
                .map_or_else(BTreeMap::new, |table| self.longer_keys(table)),
            hashes: OnceLock::new(),
        })
    }

    /// The keys of the records whose primary-key cells are empty or not unique.
    fn longer_keys(&self, table: &Table) -> BTreeMap<u32, String> {
        let rows = 0..table.len() as u32;
        let mut hashes: Vec<_> = rows
            .map(|row| (hash(&self.plain_key(table, row)), row))
            .collect();
        hashes.sort_unstable();
        let empty = hash(&"|".repeat(self.separators(table)));
        let mut unclear: Vec<_> = hashes
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1 || group[0].0 == empty)
            .flatten()
            .map(|&(_, row)| row)
            .collect();
        unclear.sort_unstable();
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let longer = unclear.into_iter().map(|row| {
            let hash = self.content_hash(table, row);
            let key = format!("{}#{hash}", self.plain_key(table, row));
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            let key = match *times {
                1 => key,
                times => format!("{key}-{times}"),
            };
            (row, key)
        });
        longer.collect()
    }

    fn separators(&self, table: &Table) -> usize {
        let fields = &self.schemas().ledger(table.ledger).primary_key;
        fields.len().saturating_sub(1)
    }

    /// The primary-key cells, normalised, joined with `|`.
    pub(crate) fn plain_key(&self, table: &Table, row: u32) -> String {
        let fields = &self.schemas().ledger(table.ledger).primary_key;
        let cells: Vec<_> = fields
            .iter()
            .map(|&f| self.key_part(table, row, f))
            .collect();
        cells.join("|")
    }

    /// A cell as part of a key: enumeration ids, person and department ids, ISO dates.
    pub(crate) fn key_part(&self, table: &Table, row: u32, field: FieldId) -> String {
        let ty = self.schemas().field(table.ledger, field).ty;
        let (state, word) = table.cell(row, field);
        match State::of(state) {
            None => match ty {
                FieldType::Enum(e) => enum_id(self.schemas(), e, word),
                FieldType::Person | FieldType::Department => {
                    let sym = Sym(word as u32);
                    let id = self.canonical(sym, sort_of_field(ty)).unwrap_or(sym);
                    self.dataset.strings.resolve(id).to_owned()
                }
                _ => self.dataset.display_word(self.schemas(), ty, word),
            },
            Some(State::Unreadable | State::Future) => {
                self.dataset.raw(table, row, field).to_owned()
            }
            Some(State::Empty | State::NoColumn) => String::new(),
        }
    }

    fn content_hash(&self, table: &Table, row: u32) -> String {
        let mut hash = Hasher::default();
        for (index, field) in self
            .schemas()
            .ledger(table.ledger)
            .fields
            .iter()
            .enumerate()
        {
            let cell = self.key_part(table, row, FieldId(index as u16));
            if !cell.is_empty() {
                hash.update(format!("{}={cell}\n", field.id));
            }
        }
        hash.hex_prefix(4)
    }

    /// The primary-key cells as evidence.
    pub(crate) fn key_cells(&self, ledger: LedgerId, row: u32) -> Vec<EvidenceRef> {
        let fields = self.schemas().ledger(ledger).primary_key.iter();
        fields
            .map(|&field| EvidenceRef::Cell(ledger, row, field))
            .collect()
    }
}

fn enum_id(schemas: &Schemas, e: EnumId, index: i32) -> String {
    let values = &schemas.enumeration(e).values;
    values
        .get(index as usize)
        .map_or_else(String::new, |v| v.id.clone())
}

/// A hash of a text, the same in every run.
fn hash(text: &str) -> u64 {
    let word = |hash: u64, bytes: &[u8]| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        let mixed =
            (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 29
    };
    text.as_bytes().chunks(8).fold(text.len() as u64, word)
}
