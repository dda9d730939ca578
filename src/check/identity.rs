//! Who a subject is: its key, the department and person responsible, its fingerprint.

use super::explain::Proof;
use super::value::{Items, Sort, State, Text, Value, sort_of_field};
use super::words;
use super::world::{Shelf, World};
use crate::model::{
    dataset::{Sym, Table},
    results::{Evidence, Subject},
    schema::{EnumId, FieldId, FieldType, LedgerId, Schemas},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Fields that name the person responsible for a record, the first that a ledger has; where it has
/// none of them, its first column of persons.
const RESPONSIBLE: [&str; 12] = [
    "responsible",
    "custodian",
    "person",
    "holder",
    "keeper",
    "borrower",
    "reader",
    "user",
    "carriers",
    "operator",
    "head",
    "person_id",
];

/// Whom a clause judges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// The unit as a whole.
    Unit,
    /// A record.
    Row(LedgerId, u32),
    /// A quarter, an item, a gap.
    Named(String),
    /// Records that share a key; the first of them.
    Group(LedgerId, String, u32),
}

impl World<'_> {
    /// The subject with its ledger, key, department and person.
    pub(super) fn subject(&self, who: &Who) -> Subject {
        match who {
            Who::Unit => self.unit_subject(self.unit_name()),
            Who::Named(key) => self.unit_subject(key.clone()),
            Who::Row(ledger, row) => self.record_subject(*ledger, *row, self.key(*ledger, *row)),
            Who::Group(ledger, key, row) => self.record_subject(*ledger, *row, key.clone()),
        }
    }

    /// Ledger id and key of the subject.
    pub(super) fn identity(&self, who: &Who) -> (String, String) {
        let unit = || "unit_profile".to_owned();
        match who {
            Who::Unit => (unit(), self.unit_name()),
            Who::Named(key) => (unit(), key.clone()),
            Who::Row(l, row) => (self.schemas().ledger(*l).id.clone(), self.key(*l, *row)),
            Who::Group(l, key, _) => (self.schemas().ledger(*l).id.clone(), key.clone()),
        }
    }

    fn unit_subject(&self, key: String) -> Subject {
        Subject {
            ledger: "unit_profile".to_owned(),
            key,
            department: None,
            person: None,
        }
    }

    fn record_subject(&self, ledger: LedgerId, row: u32, key: String) -> Subject {
        let person = self.person_of(ledger, row);
        let department = self.own_department(ledger, row).or_else(|| {
            let of = person
                .as_ref()
                .and_then(|&(sym, _)| self.department_of(sym));
            of.map(|sym| self.name(sym, Sort::Department).to_owned())
        });
        Subject {
            ledger: self.schemas().ledger(ledger).id.clone(),
            key,
            department,
            person: person.map(|(_, name)| name),
        }
    }

    /// The department that a record names.
    fn own_department(&self, ledger: LedgerId, row: u32) -> Option<String> {
        let schema = self.schemas().ledger(ledger);
        let field = if schema.id == "departments" {
            schema.field_by_id("name")?
        } else {
            let of = |f: &crate::model::schema::FieldSchema| f.ty == FieldType::Department;
            FieldId(schema.fields.iter().position(of)? as u16)
        };
        let table = self.dataset.table(ledger)?;
        match self.cell(table, row, field) {
            Value::Text(Text::Known(sym)) => Some(self.name(sym, Sort::Department).to_owned()),
            _ => None,
        }
    }

    /// The person responsible for a record; of several the first, named with the others.
    fn person_of(&self, ledger: LedgerId, row: u32) -> Option<(Sym, String)> {
        let schema = self.schemas().ledger(ledger);
        let is_person = |f: &&crate::model::schema::FieldSchema| {
            matches!(f.ty, FieldType::Person | FieldType::PersonList)
        };
        let named = RESPONSIBLE.iter().find_map(|id| schema.field_by_id(id));
        let first = schema
            .fields
            .iter()
            .find(is_person)
            .and_then(|f| schema.field_by_id(&f.id));
        let table = self.dataset.table(ledger)?;
        match self.cell(table, row, named.or(first)?) {
            Value::Text(Text::Known(sym)) => Some((sym, self.name(sym, Sort::Person).to_owned())),
            Value::List(Items::Words(words, _)) => {
                let syms = words.iter().map(|&word| Sym(word as u32));
                let names: Vec<_> = syms.clone().map(|s| self.name(s, Sort::Person)).collect();
                Some((syms.clone().next()?, names.join("、")))
            }
            _ => None,
        }
    }

    /// The record's key: its primary-key cells joined with `|`; with a hash of the record's content
    /// where that is empty or not unique.
    pub(super) fn key(&self, ledger: LedgerId, row: u32) -> String {
        let Some(table) = self.dataset.table(ledger) else {
            return String::new();
        };
        let longer = self.keys_of(ledger).longer.get(&row);
        longer
            .cloned()
            .unwrap_or_else(|| self.plain_key(table, row))
    }

    /// The record with a key.
    pub(super) fn row_of(&self, ledger: LedgerId, key: &str) -> Option<u32> {
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
    pub(super) fn plain_key(&self, table: &Table, row: u32) -> String {
        let fields = &self.schemas().ledger(table.ledger).primary_key;
        let cells: Vec<_> = fields
            .iter()
            .map(|&f| self.key_part(table, row, f))
            .collect();
        cells.join("|")
    }

    /// A cell as part of a key: enumeration ids, person and department ids, ISO dates.
    pub(super) fn key_part(&self, table: &Table, row: u32, field: FieldId) -> String {
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
            Some(State::Unreadable) => self.dataset.raw(table, row, field).to_owned(),
            Some(State::Empty | State::NoColumn) => String::new(),
        }
    }

    fn content_hash(&self, table: &Table, row: u32) -> String {
        let mut hash = Sha256::new();
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
        hex(&hash.finalize()[..4])
    }

    /// The primary-key cells as evidence.
    pub(super) fn key_cells(&self, ledger: LedgerId, row: u32) -> Vec<Proof> {
        let fields = self.schemas().ledger(ledger).primary_key.iter();
        fields
            .map(|&field| Proof::Cell(ledger, row, field))
            .collect()
    }

    /// The record's key with names instead of ids.
    pub(super) fn key_for_people(&self, ledger: LedgerId, row: u32) -> String {
        let machine = super::eval::Machine::new(self, 0);
        let schema = self.schemas().ledger(ledger);
        let name = (schema.id == "personnel")
            .then(|| schema.field_by_id("name"))
            .flatten();
        let fields = name.map_or(schema.primary_key.clone(), |name| vec![name]);
        let cells = fields.iter().map(|&f| machine.show_cell(ledger, row, f));
        let shown: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
        if shown.is_empty() {
            return self.place_for_people(ledger, row);
        }
        shown.join("、")
    }

    /// A record without key is named by where it stands.
    fn place_for_people(&self, ledger: LedgerId, row: u32) -> String {
        let field = self.schemas().ledger(ledger).primary_key.first();
        let place = self.dataset.table(ledger).zip(field);
        place.map_or_else(String::new, |(table, &field)| {
            format!("第{}行", self.dataset.place(table, row, field).row)
        })
    }

    /// Ledger and key, for sentences.
    pub(super) fn record_for_people(&self, ledger: LedgerId, row: u32) -> String {
        let label = words::ledger(&self.schemas().ledger(ledger).label);
        words::record(&label, &self.key_for_people(ledger, row))
    }

    /// The subject, for sentences.
    pub(super) fn who_for_people(&self, who: &Who) -> String {
        match who {
            Who::Unit => self.unit_name(),
            Who::Named(key) => key.clone(),
            Who::Row(ledger, row) | Who::Group(ledger, _, row) => {
                self.record_for_people(*ledger, *row)
            }
        }
    }

    /// Why a ledger cannot be asked.
    pub(super) fn missing(&self, ledger: LedgerId) -> String {
        let label = words::ledger(&self.schemas().ledger(ledger).label);
        match self.dataset.table(ledger) {
            Some(_) => words::is_empty(&label),
            None => words::not_provided(&label),
        }
    }

    /// Evidence as reports show it.
    pub(super) fn evidence(&self, proof: &Proof) -> Option<Evidence> {
        match proof {
            Proof::Cell(ledger, row, field) => {
                let table = self.dataset.table(*ledger)?;
                Some(self.dataset.evidence(self.schemas(), table, *row, *field))
            }
            Proof::Sought(ledger, condition) => Some(Evidence {
                file: None,
                sheet: None,
                row: None,
                column: None,
                field: self.schemas().ledger(*ledger).id.clone(),
                value: condition.clone(),
            }),
        }
    }

    /// All evidence of a finding, each cell once, in the order in which it decided.
    pub(super) fn all_evidence(&self, proof: &[Proof]) -> Vec<Evidence> {
        proof
            .iter()
            .filter_map(|proof| self.evidence(proof))
            .collect()
    }

    /// True if the ledger has rows.
    pub(super) fn has_rows(&self, ledger: LedgerId) -> bool {
        matches!(self.shelf(ledger), Shelf::Table(_))
    }
}

fn enum_id(schemas: &Schemas, e: EnumId, index: i32) -> String {
    let values = &schemas.enumeration(e).values;
    values
        .get(index as usize)
        .map_or_else(String::new, |v| v.id.clone())
}

/// What is known of the keys of a ledger's records. The keys themselves are made where one is needed: a
/// million records in order need none.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The keys of records that their primary-key cells do not tell apart.
    longer: BTreeMap<u32, String>,
    /// Hashes of all keys with their rows, in order; made when a record is looked up by its key.
    hashes: OnceLock<Vec<(u64, u32)>>,
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

/// The stable identity of a finding.
pub(super) fn fingerprint(control: &str, ledger: &str, key: &str) -> String {
    let hash = Sha256::digest(format!("{control}\0{ledger}\0{key}"));
    hex(&hash[..8])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
