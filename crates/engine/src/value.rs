//! Values of expressions, truth in three values, and why something cannot be told.

use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Sym},
    results::CauseKind,
    schema::{FieldId, FieldType, LedgerId},
};
use zicha_rule::ir::Ty;

/// The value of an expression. NumberColumn count in thousandths, so that integers and decimals compare.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Bool(bool),
    /// Integer, decimal or rank, in thousandths.
    Number(i64),
    /// Days since 1970-01-01.
    Date(i32),
    /// A [`zicha_model::time::Moment`].
    Moment(i32),
    /// Minutes since midnight.
    Time(i32),
    /// Text, person or department.
    Text(Text),
    /// Index of an enumeration's value.
    Enum(i32),
    List(Items<'a>),
    /// There is none: an empty cell, an aggregate over nothing.
    Absent(Why<'a>),
    /// It cannot be told.
    Unknown(Why<'a>),
}

/// A text: an interned string, or one that no cell of the data has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Known(Sym),
    Loose(Arc<str>),
}

/// The items of a list.
#[derive(Clone, Debug)]
pub(crate) enum Items<'a> {
    /// The words of a list cell.
    Words(&'a [i32], FieldType),
    /// Values put together by the rule.
    Values(Arc<[Value<'a>]>),
}

/// Why something cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why<'a> {
    /// A cell is empty, unreadable or has no column.
    Cell(LedgerId, u32, FieldId, State),
    /// A ledger was not provided, or is empty without being allowed to.
    NoLedger(LedgerId),
    /// A whole column is missing.
    NoColumn(LedgerId, FieldId),
    /// An aggregate or `latest` met no row with a value.
    Nothing(LedgerId),
    /// Rows disagree where one is needed, or names are borne by several.
    NotDue(i32),
    /// A festival's days are asked for in a run without festival.
    NoFestival,
    /// Of a moment only the day is known.
    NoTime,
    /// A parameter is not set.
    Unset(&'a str),
    /// A reference names a record that is not there.
    Dangling(LedgerId, u32, FieldId, LedgerId),
    /// A name in a list that several persons bear, the one in question among them.
    Namesakes(Sym),
    /// A value that has no order, a number out of range.
    Undefined,
}

/// Stands for the row where a reason is told of many records at once.
pub(crate) const ANY_ROW: u32 = u32::MAX;

impl Why<'_> {
    /// The reason without the record that it names, so that a million records share it.
    pub(crate) fn general(self) -> Self {
        match self {
            Self::Cell(ledger, _, field, State::NoColumn) => Self::NoColumn(ledger, field),
            Self::Cell(ledger, _, field, state) => Self::Cell(ledger, ANY_ROW, field, state),
            Self::Dangling(ledger, _, field, to) => Self::Dangling(ledger, ANY_ROW, field, to),
            Self::NotDue(_) => Self::NotDue(i32::MAX),
            other => other,
        }
    }
}

impl Why<'_> {
    /// What kind of cause it is, as results name it.
    pub(crate) fn kind(self) -> CauseKind {
        match self {
            Self::NoLedger(_) => CauseKind::MissingLedger,
            Self::NoColumn(..) | Self::Cell(_, _, _, State::NoColumn) => CauseKind::MissingColumn,
            Self::Cell(_, _, _, State::Empty) | Self::NoTime => CauseKind::Empty,
            // A fact of the future is told as a cell that cannot be right.
            Self::Cell(_, _, _, State::Unreadable | State::Future)
            | Self::Namesakes(_)
            | Self::Undefined => CauseKind::Unreadable,
            Self::NotDue(_) => CauseKind::NotDue,
            Self::Nothing(_) | Self::Dangling(..) => CauseKind::NoPartner,
            Self::NoFestival | Self::Unset(_) => CauseKind::Unanswered,
        }
    }

    /// The ledger and the field that it concerns, as far as it concerns one.
    pub(crate) fn place(self) -> (Option<LedgerId>, Option<FieldId>) {
        match self {
            Self::Cell(ledger, _, field, _)
            | Self::NoColumn(ledger, field)
            | Self::Dangling(ledger, _, field, _) => (Some(ledger), Some(field)),
            Self::NoLedger(ledger) | Self::Nothing(ledger) => (Some(ledger), None),
            _ => (None, None),
        }
    }

    /// The row of the cell that it names, if it names one.
    pub(crate) fn cell_row(self) -> Option<u32> {
        match self {
            Self::Cell(_, row, _, state) => (state != State::NoColumn).then_some(row),
            Self::Dangling(_, row, ..) => Some(row),
            _ => None,
        }
        .filter(|&row| row != ANY_ROW)
    }
}

/// The states of a cell without a value, in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Empty,
    Unreadable,
    Future,
    NoColumn,
}

impl State {
    /// The state, if the cell has no value.
    pub(crate) fn of(state: CellState) -> Option<Self> {
        match state {
            CellState::Value => None,
            CellState::Empty => Some(Self::Empty),
            CellState::Unreadable => Some(Self::Unreadable),
            CellState::Future => Some(Self::Future),
            CellState::NoColumn => Some(Self::NoColumn),
        }
    }
}

/// Truth in three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth<'a> {
    True,
    False,
    Unknown(Why<'a>),
}

impl<'a> Truth<'a> {
    /// Not: what cannot be told stays so.
    pub(crate) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown => unknown,
        }
    }

    /// The truth as a value.
    pub(crate) fn value(self) -> Value<'a> {
        match self {
            Self::True => Value::Bool(true),
            Self::False => Value::Bool(false),
            Self::Unknown(why) => Value::Unknown(why),
        }
    }
}

impl From<bool> for Truth<'_> {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}

impl<'a> Value<'a> {
    /// Why there is no value, if there is none.
    pub(crate) fn why(&self) -> Option<Why<'a>> {
        match self {
            Self::Absent(why) | Self::Unknown(why) => Some(*why),
            _ => None,
        }
    }

    /// A whole number, if it is one.
    pub(crate) fn whole(&self) -> Option<i64> {
        match self {
            Self::Number(n) => Some(n.div_euclid(1000)),
            _ => None,
        }
    }

    /// A number from a whole one.
    pub(crate) fn number(n: impl Into<i64>) -> Self {
        Self::Number(n.into().saturating_mul(1000))
    }
}

/// The type of an item of a list cell.
pub(crate) fn item_type(ty: FieldType) -> FieldType {
    match ty {
        FieldType::EnumList(e) => FieldType::Enum(e),
        FieldType::PersonList => FieldType::Person,
        other => other,
    }
}

/// How two things are compared: what counts as the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sort {
    /// By the text.
    Text,
    /// By the person whom the text names.
    Person,
    /// By the department that the text names.
    Department,
    /// By day.
    Day,
    /// By number, index, truth.
    Plain,
}

/// What a type is compared as, lists by their items.
pub(crate) fn sort_of(ty: &Ty) -> Sort {
    match ty {
        Ty::Person => Sort::Person,
        Ty::Department => Sort::Department,
        Ty::Text => Sort::Text,
        Ty::Date | Ty::DateTime => Sort::Day,
        Ty::List(item) => sort_of(item),
        _ => Sort::Plain,
    }
}

/// What a column is compared as, lists by their items.
pub(crate) fn sort_of_field(ty: FieldType) -> Sort {
    match ty {
        FieldType::Person | FieldType::PersonList => Sort::Person,
        FieldType::Department => Sort::Department,
        FieldType::Text => Sort::Text,
        FieldType::Date | FieldType::DateTime => Sort::Day,
        _ => Sort::Plain,
    }
}

/// The sort in which two things meet: a text beside a person is taken for a person.
pub(crate) fn common(a: Sort, b: Sort) -> Sort {
    match (a, b) {
        (Sort::Person, _) | (_, Sort::Person) => Sort::Person,
        (Sort::Department, _) | (_, Sort::Department) => Sort::Department,
        (a, _) => a,
    }
}
