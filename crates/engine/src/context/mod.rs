//! What all controls of a run share: the data, who is who, the keys of records, the indexes built so far.
//!
//! What enters: catalogue, dataset, plan, profile. `subject` and `record_keys` name records,
//! `question_scopes` those whom on-site questions are about, `lookup_index` finds rows by their cells,
//! `evidence_ref` points at what a decision rests on.

pub(crate) mod evidence_ref;
pub(crate) mod lookup_index;
pub(crate) mod question_scopes;
pub(crate) mod record_keys;
pub(crate) mod subject;
pub(crate) mod subjects;

use crate::context::lookup_index::Indexes;
use crate::context::record_keys::Keys;
use crate::value::{Items, Sort, Text, Value, Why, item_type};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use zicha_model::{
    dataset::{Dataset, ListId, Sym, Table},
    plan::Plan,
    profile::Profile,
    schema::{FieldId, FieldType, LedgerId, Schemas},
    time::Moment,
};
use zicha_rule::pack::Catalogue;

/// The unit where nothing names it.
const THIS_UNIT: &str = "本单位";

/// The surroundings of every control.
pub(crate) struct EvalContext<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) dataset: &'a Dataset,
    pub(crate) plan: &'a Plan,
    pub(crate) profile: &'a Profile,
    pub(crate) indexes: Indexes,
    ambiguous: &'a BTreeMap<Sym, Vec<Sym>>,
    /// Of each ledger, which records need more than their primary key; found out when first needed.
    pub(crate) keys: Vec<OnceLock<Keys>>,
    /// Whom or what each text names, by its symbol; [`NOBODY`] for a name borne by several.
    persons: Vec<u32>,
    departments: Vec<u32>,
    person_names: HashMap<Sym, Sym>,
    person_departments: HashMap<Sym, Sym>,
    department_names: HashMap<Sym, Sym>,
    /// Rows and conditions looked at so far.
    pub(crate) work: AtomicU64,
    /// Judge every record by itself, without columns: the way that the other is tested against.
    pub(crate) one_by_one: bool,
}

/// What a rule meets when it asks for a ledger.
pub(crate) enum LedgerState<'a> {
    /// Rows.
    Rows(&'a Table),
    /// None, and that is in order: nothing happened, or the unit has no such matter.
    RightlyEmpty,
    /// Not provided, or empty without being allowed to be.
    Missing,
}

impl<'a> EvalContext<'a> {
    /// Looks at the registers once.
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        dataset: &'a Dataset,
        plan: &'a Plan,
        profile: &'a Profile,
    ) -> Self {
        let pairs = |ledger, from, to| column_pairs(&catalogue.schemas, dataset, ledger, from, to);
        let departments = pairs("departments", "dept_id", "name");
        Self {
            catalogue,
            dataset,
            plan,
            profile,
            indexes: Indexes::default(),
            keys: catalogue
                .schemas
                .ledgers
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
            ambiguous: &dataset.ambiguous_persons,
            persons: persons(dataset),
            departments: by_name(dataset, &departments),
            person_names: to_map(pairs("personnel", "person_id", "name")),
            person_departments: to_map(pairs("personnel", "person_id", "department")),
            department_names: to_map(departments),
            work: AtomicU64::new(0),
            one_by_one: false,
        }
    }

    /// The ledgers and enumerations.
    pub(crate) fn schemas(&self) -> &'a Schemas {
        &self.catalogue.schemas
    }

    /// Rows and conditions looked at so far: grows with the data, never with its square.
    pub(crate) fn work(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    /// Adds to the count of work done.
    pub(crate) fn count_work(&self, rows: usize) {
        self.work.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// The ledger as rules meet it.
    pub(crate) fn ledger_state(&self, ledger: LedgerId) -> LedgerState<'a> {
        match self.dataset.table(ledger) {
            Some(table) if !table.is_empty() => LedgerState::Rows(table),
            _ if self.not_kept(ledger).is_some() => LedgerState::RightlyEmpty,
            Some(_) if self.schemas().ledger(ledger).may_be_empty => LedgerState::RightlyEmpty,
            _ => LedgerState::Missing,
        }
    }

    /// Why the unit does not keep the ledger, if it says so.
    pub(crate) fn not_kept(&self, ledger: LedgerId) -> Option<&'a str> {
        let schema = self.schemas().ledger(ledger);
        let reason = self.profile.not_kept.get(&schema.id);
        reason
            .or_else(|| self.profile.not_kept.get(&schema.label))
            .map(String::as_str)
    }

    /// A cell's value.
    pub(crate) fn cell(&self, table: &Table, row: u32, field: FieldId) -> Value<'a> {
        let (state, word) = table.cell(row, field);
        let ty = self.schemas().field(table.ledger, field).ty;
        match crate::value::State::of(state) {
            None => self.typed(ty, word),
            Some(state) => {
                let why = Why::Cell(table.ledger, row, field, state);
                if state == crate::value::State::Empty {
                    Value::Absent(why)
                } else {
                    Value::Unknown(why)
                }
            }
        }
    }

    /// A word of a type as a value.
    pub(crate) fn typed(&self, ty: FieldType, word: i32) -> Value<'a> {
        match ty {
            FieldType::Text | FieldType::Person | FieldType::Department => {
                Value::Text(Text::Known(Sym(word as u32)))
            }
            FieldType::Integer => Value::number(word),
            FieldType::Decimal => Value::Number(word.into()),
            FieldType::Bool => Value::Bool(word != 0),
            FieldType::Date => Value::Date(word),
            FieldType::DateTime => Value::Moment(word),
            FieldType::Enum(_) => Value::Enum(word),
            FieldType::EnumList(_) | FieldType::PersonList => {
                Value::List(Items::Words(self.items(word), ty))
            }
        }
    }

    /// The words of a list cell.
    pub(crate) fn items(&self, word: i32) -> &'a [i32] {
        self.dataset.lists.get(ListId(word as u32))
    }

    /// The items of a list as values.
    pub(crate) fn items_of(&self, items: &Items<'a>) -> Vec<Value<'a>> {
        match items {
            Items::Words(words, ty) => {
                let item = item_type(*ty);
                words.iter().map(|&word| self.typed(item, word)).collect()
            }
            Items::Values(values) => values.to_vec(),
        }
    }

    /// A text as a value: interned where some cell has it.
    pub(crate) fn text(&self, text: &str) -> Text {
        match self.dataset.strings.lookup(text) {
            Some(sym) => Text::Known(sym),
            None => Text::Loose(Arc::from(text)),
        }
    }

    /// The letters of a text.
    pub(crate) fn letters<'t>(&self, text: &'t Text) -> &'t str
    where
        'a: 't,
    {
        match text {
            Text::Known(sym) => self.dataset.strings.resolve(*sym),
            Text::Loose(text) => text,
        }
    }

    /// Whom or what a text stands for; none if it stands for several persons.
    pub(crate) fn canonical(&self, sym: Sym, sort: Sort) -> Option<Sym> {
        let of = |table: &[u32]| table.get(sym.0 as usize).copied().unwrap_or(sym.0);
        let named = match sort {
            Sort::Person => of(&self.persons),
            Sort::Department => of(&self.departments),
            _ => sym.0,
        };
        (named != NOBODY).then_some(Sym(named))
    }

    /// The table behind [`Self::canonical`]; none where every text stands for itself.
    pub(crate) fn names(&self, sort: Sort) -> Option<&[u32]> {
        match sort {
            Sort::Person => Some(&self.persons),
            Sort::Department => Some(&self.departments),
            _ => None,
        }
    }

    /// True if several persons bear the name.
    pub(crate) fn is_ambiguous(&self, sym: Sym) -> bool {
        self.ambiguous.contains_key(&sym)
    }

    /// True if any name is borne by several persons.
    pub(crate) fn has_namesakes(&self) -> bool {
        !self.ambiguous.is_empty()
    }

    /// The ids of those who bear a name that several bear; none for other names.
    pub(crate) fn bearers(&self, name: Sym) -> &'a [Sym] {
        self.ambiguous.get(&name).map_or(&[], Vec::as_slice)
    }

    /// The word under which a cell's word is looked up, as [`Self::coarse`] of its value.
    pub(crate) fn coarse_word(&self, ty: FieldType, word: i32, sort: Sort) -> Option<i64> {
        match ty {
            FieldType::Text | FieldType::Person | FieldType::Department => {
                self.canonical(Sym(word as u32), sort).map(|s| s.0.into())
            }
            FieldType::Integer => Some(i64::from(word) * 1000),
            FieldType::DateTime => Some(Moment(word).day().0.into()),
            FieldType::EnumList(_) | FieldType::PersonList => None,
            FieldType::Decimal | FieldType::Bool | FieldType::Date | FieldType::Enum(_) => {
                Some(word.into())
            }
        }
    }

    /// The word under which a value is looked up: equal values have equal words. None where it
    /// equals no cell.
    pub(crate) fn coarse(&self, value: &Value<'_>, sort: Sort) -> Option<i64> {
        match value {
            Value::Text(Text::Known(sym)) => self.canonical(*sym, sort).map(|s| s.0.into()),
            Value::Text(Text::Loose(_)) => None,
            Value::Number(n) => Some(*n),
            Value::Date(day) => Some((*day).into()),
            Value::Moment(word) => Some(Moment(*word).day().0.into()),
            Value::Bool(b) => Some((*b).into()),
            Value::Enum(n) | Value::Time(n) => Some((*n).into()),
            Value::List(_) | Value::Absent(_) | Value::Unknown(_) => None,
        }
    }

    /// The name of a person or department, given as id or name.
    pub(crate) fn name(&self, sym: Sym, sort: Sort) -> &'a str {
        let id = self.canonical(sym, sort).unwrap_or(sym);
        let names = match sort {
            Sort::Person => &self.person_names,
            _ => &self.department_names,
        };
        self.dataset
            .strings
            .resolve(names.get(&id).copied().unwrap_or(id))
    }

    /// The department of a person, by its id or name as the register has it.
    pub(crate) fn department_of(&self, person: Sym) -> Option<Sym> {
        let id = self.canonical(person, Sort::Person)?;
        self.person_departments.get(&id).copied()
    }

    /// The unit's name, from the profile, else from its own ledger.
    pub(crate) fn unit_name(&self) -> String {
        if !self.profile.unit_name.is_empty() {
            return self.profile.unit_name.clone();
        }
        let schemas = self.schemas();
        let name = schemas.ledger_by_id("unit_profile").and_then(|ledger| {
            let field = schemas.ledger(ledger).field_by_id("unit_name")?;
            let table = self.dataset.table(ledger).filter(|t| !t.is_empty())?;
            let name = self.dataset.display(schemas, table, 0, field);
            (!name.is_empty()).then_some(name)
        });
        name.unwrap_or_else(|| THIS_UNIT.to_owned())
    }
}

/// Stands in the table of names for a name that several persons bear.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Whom each text names among persons.
fn persons(dataset: &Dataset) -> Vec<u32> {
    let mut names: Vec<u32> = (0..dataset.strings.len() as u32).collect();
    for (name, id) in &dataset.persons {
        names[name.0 as usize] = id.0;
    }
    for name in dataset.ambiguous_persons.keys() {
        names[name.0 as usize] = NOBODY;
    }
    names
}

/// What each text names among things with an id and a name; of several with one name the last.
fn by_name(dataset: &Dataset, pairs: &[(Sym, Sym)]) -> Vec<u32> {
    let mut names: Vec<u32> = (0..dataset.strings.len() as u32).collect();
    for (id, name) in pairs {
        names[name.0 as usize] = id.0;
    }
    for (id, _) in pairs {
        names[id.0 as usize] = id.0;
    }
    names
}

fn to_map(pairs: Vec<(Sym, Sym)>) -> HashMap<Sym, Sym> {
    pairs.into_iter().collect()
}

/// The words of two columns of a register, where both have one.
fn column_pairs(
    schemas: &Schemas,
    dataset: &Dataset,
    ledger: &str,
    from: &str,
    to: &str,
) -> Vec<(Sym, Sym)> {
    let find = || {
        let ledger = schemas.ledger_by_id(ledger)?;
        let schema = schemas.ledger(ledger);
        let fields = (schema.field_by_id(from)?, schema.field_by_id(to)?);
        Some((dataset.table(ledger)?, fields))
    };
    let Some((table, (from, to))) = find() else {
        return Vec::new();
    };
    let word = |row, field| {
        let (state, word) = table.cell(row, field);
        crate::value::State::of(state)
            .is_none()
            .then_some(Sym(word as u32))
    };
    (0..table.len() as u32)
        .filter_map(|row| Some((word(row, from)?, word(row, to)?)))
        .collect()
}
