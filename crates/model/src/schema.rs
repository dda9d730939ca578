//! What a ledger is: its fields, their types, names and aliases, its key and its period.
//!
//! Loaded from `checklists/ledgers/*.yaml` and a unit's own packs by `zicha_rule::pack`.

use serde::Deserialize;

/// Index of a ledger in [`Schemas::ledgers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LedgerId(pub u16);

/// Index of a field in [`LedgerSchema::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

/// Index of an enumeration in [`Schemas::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u16);

/// All ledgers and enumerations that are known in a run.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    /// Ledgers in the order of the catalogue.
    pub ledgers: Vec<LedgerSchema>,
    /// Enumerations.
    pub enums: Vec<EnumSchema>,
}

/// One ledger (台账).
#[derive(Clone, Debug)]
pub struct LedgerSchema {
    /// Permanent English id, such as `documents_received`.
    pub id: String,
    /// Name that people use, such as 涉密文件收文登记簿.
    pub label: String,
    /// Other names that titles and sheets bear.
    pub aliases: Vec<String>,
    /// Core ledgers are used by both checklists and written by `init` without `--all`.
    pub core: bool,
    /// What the ledger is for, one phrase.
    pub purpose: String,
    /// Fields that identify a record.
    pub primary_key: Vec<FieldId>,
    /// The date that places a record in the period.
    pub event_date: Option<FieldId>,
    /// A condition in the rule language, without `v.` before fields: still open, always in the period.
    pub open_when: Option<String>,
    /// No rows is normal (no incident happened) rather than "not filled in".
    pub may_be_empty: bool,
    /// Columns.
    pub fields: Vec<FieldSchema>,
}

/// One column of a ledger.
#[derive(Clone, Debug)]
pub struct FieldSchema {
    /// Permanent English id, such as `received_on`.
    pub id: String,
    /// Heading that people use.
    pub label: String,
    /// Other headings seen in practice.
    pub aliases: Vec<String>,
    /// Type of the cells.
    pub ty: FieldType,
    /// Of a day or a moment: whether it has happened, is intended, or is a limit.
    pub date_kind: DateKind,
    /// Must be filled in.
    pub required: bool,
    /// The field of another ledger that the value must name.
    pub reference: Option<(LedgerId, FieldId)>,
    /// What to write, one phrase.
    pub description: String,
}

/// What a day in a column says. Only columns of days and moments make use of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// Something happened on that day. It cannot lie after the day of the check, and if it does it
    /// proves nothing ([`super::dataset::CellState::Future`]). What is not said to be otherwise is
    /// taken for this: the side on which no duty counts as done too early.
    #[default]
    Fact,
    /// Something is intended for that day, such as a trip that was approved.
    Plan,
    /// A limit: due, valid, kept until that day.
    Term,
}

impl FieldSchema {
    /// True for a day or moment on which something has happened.
    pub fn is_fact(&self) -> bool {
        matches!(self.ty, FieldType::Date | FieldType::DateTime) && self.date_kind == DateKind::Fact
    }
}

/// The type of a column; it tells how the cells' words are to be read (see [`super::dataset::Column`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// Text: an interned string.
    Text,
    /// A whole number.
    Integer,
    /// A number with up to three decimals, stored in thousandths.
    Decimal,
    /// 是 / 否.
    Bool,
    /// A day ([`super::time::Day`]).
    Date,
    /// A moment ([`super::time::Moment`]).
    DateTime,
    /// One value of an enumeration: its index there.
    Enum(EnumId),
    /// Several values of an enumeration: a list of indexes.
    EnumList(EnumId),
    /// A person: the interned person id where the register resolves the name, else the name.
    Person,
    /// Several persons.
    PersonList,
    /// A department: the interned department id where the register resolves it, else the name.
    Department,
}

/// A closed list of values with the names people write.
#[derive(Clone, Debug, Deserialize)]
pub struct EnumSchema {
    /// Permanent English id, such as `level`.
    #[serde(default)]
    pub id: String,
    /// Name that people use.
    pub label: String,
    /// The values; order of appearance is their index.
    pub values: Vec<EnumValue>,
}

/// One value of an enumeration.
#[derive(Clone, Debug, Deserialize)]
pub struct EnumValue {
    /// Permanent English id.
    pub id: String,
    /// Name that people use.
    pub label: String,
    /// Order among the values, where there is one; equal ranks are equally high.
    pub rank: Option<i32>,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words that make a longer text this value: 保密局 in 示例县保密局集中销毁.
    #[serde(default)]
    pub parts: Vec<String>,
}

impl Schemas {
    /// Finds a ledger by id.
    pub fn ledger_by_id(&self, id: &str) -> Option<LedgerId> {
        self.ledgers
            .iter()
            .position(|l| l.id == id)
            .map(|i| LedgerId(i as u16))
    }

    /// Finds an enumeration by id.
    pub fn enum_by_id(&self, id: &str) -> Option<EnumId> {
        self.enums
            .iter()
            .position(|e| e.id == id)
            .map(|i| EnumId(i as u16))
    }

    /// The ledger.
    pub fn ledger(&self, id: LedgerId) -> &LedgerSchema {
        &self.ledgers[usize::from(id.0)]
    }

    /// The field of a ledger.
    pub fn field(&self, ledger: LedgerId, field: FieldId) -> &FieldSchema {
        &self.ledger(ledger).fields[usize::from(field.0)]
    }

    /// The enumeration.
    pub fn enumeration(&self, id: EnumId) -> &EnumSchema {
        &self.enums[usize::from(id.0)]
    }

    /// All ledger ids, in order.
    pub fn ledger_ids(&self) -> impl Iterator<Item = LedgerId> + use<> {
        (0..self.ledgers.len() as u16).map(LedgerId)
    }
}

impl LedgerSchema {
    /// Finds a field by id.
    pub fn field_by_id(&self, id: &str) -> Option<FieldId> {
        self.fields
            .iter()
            .position(|f| f.id == id)
            .map(|i| FieldId(i as u16))
    }
}

impl EnumSchema {
    /// Finds a value's index by its id.
    pub fn value_by_id(&self, id: &str) -> Option<i32> {
        self.values
            .iter()
            .position(|v| v.id == id)
            .map(|i| i as i32)
    }
}
