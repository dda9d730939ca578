//! Three-valued predicates and expressions over whole columns.
//!
//! What enters: a [`Predicate`] and a batch of records, each a row for every variable bound so far. What
//! leaves: a truth for every record, a byte each. The types are here, because a predicate may hold a join
//! and a join a predicate; what they come to stands in the files below: `kernels` evaluates predicates,
//! `column_expr` numbers, `hash_join` look-ups into other ledgers; `batch` holds the records, `kleene`
//! the truth values.

pub(crate) mod batch;
pub(crate) mod column_expr;
pub(crate) mod hash_join;
pub(crate) mod kernels;
pub(crate) mod kleene;

use crate::columnar::kleene::{FALSE, TRUE};
use crate::context::lookup_index::Lookup;
use crate::indexes::interval_index::IntervalIndex;
use crate::indexes::key_groups::KeyGroups;
use std::sync::atomic::AtomicU64;
use zicha_model::{
    dataset::{self, Table},
    schema::FieldId,
};
use zicha_rule::ir::{Comparison, Slot};

/// A row takes longer than its cells take to be copied.
const SLOW: u32 = 16;

/// A condition over columns.
#[derive(Debug)]
pub(crate) enum Predicate<'a> {
    /// The same for every row.
    Known(u8),
    /// The cell has a value, or the opposite.
    Filled(Column<'a>, bool),
    /// The cell's word is one of these, which are in order, or the opposite.
    OneOf(Column<'a>, Vec<i32>, bool),
    /// The cell's word lies between, both ends included.
    Between(Column<'a>, i32, i32),
    /// Yes or no by the cell's word; beyond the table, ask.
    Table(Column<'a>, Vec<u8>),
    /// The record's date lies in the period, or it has none.
    InPeriod(Column<'a>, (i32, i32)),
    /// Two numbers compared.
    Compare(Comparison, ColumnExpr<'a>, ColumnExpr<'a>),
    /// Two moments compared: to the minute if both have a time of day, else by day.
    Moments(Comparison, Column<'a>, Column<'a>),
    All(Vec<Predicate<'a>>),
    Any(Vec<Predicate<'a>>),
    Not(Box<Predicate<'a>>),
    /// Some row of another ledger satisfies the condition.
    Exists(Box<HashJoin<'a>>),
}

/// A column as the variable in a slot shows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a> {
    pub(crate) slot: Slot,
    pub(crate) cells: &'a dataset::Column,
}

/// A number for every row; values of all types have one, equal values the same.
#[derive(Debug)]
pub(crate) enum ColumnExpr<'a> {
    Constant(i64),
    /// A cell's word, times a factor.
    Cell(Column<'a>, i64),
    /// The day of a moment.
    Day(Column<'a>),
    /// Whom or what the cell's text names.
    Named(Column<'a>, &'a [u32]),
    /// The rank of an enumeration's value, by its index; [`NO_RANK`] where it has none.
    Rank(Column<'a>, Vec<i64>),
    /// The year of a day, in thousandths.
    Year(Box<ColumnExpr<'a>>),
    /// Days from the first to the second, in thousandths.
    Days(Box<ColumnExpr<'a>>, Box<ColumnExpr<'a>>),
    /// So many days later.
    Shifted(Box<ColumnExpr<'a>>, i64),
    /// How many rows of another ledger satisfy a condition, in thousandths.
    Count(Box<HashJoin<'a>>),
}

/// A look-up: rows of a ledger whose key cells equal these, and which of them count.
#[derive(Debug)]
pub(crate) struct HashJoin<'a> {
    /// The variable of the rows found.
    pub(crate) slot: Slot,
    pub(crate) keys: Vec<ColumnExpr<'a>>,
    /// What other cells must equal that are left to the filter: it must be told as well.
    pub(crate) needed: Vec<ColumnExpr<'a>>,
    pub(crate) lookup: Lookup,
    /// The rows that the conditions on them alone leave, where there are such conditions.
    pub(crate) left: Option<KeyGroups>,
    pub(crate) nearby: Option<Nearby<'a>>,
    pub(crate) filter: Predicate<'a>,
    /// The count of rows looked at.
    pub(crate) work: &'a AtomicU64,
}

/// Finds the rows of a group that begin before one bound and end after another, without looking at all
/// of them. It may find some more: the filter decides.
#[derive(Debug)]
pub(crate) struct Nearby<'a> {
    pub(crate) ranges: IntervalIndex,
    /// The groups as the ranges have them.
    pub(crate) known: KeyGroups,
    /// Rows of which it cannot be told when they begin or end.
    pub(crate) loose: KeyGroups,
    /// A row must not end before this.
    pub(crate) low: Option<Edge<'a>>,
    /// A row must not begin after this.
    pub(crate) high: Option<Edge<'a>>,
}

/// A bound that another record sets.
#[derive(Debug)]
pub(crate) enum Edge<'a> {
    Number(ColumnExpr<'a>),
    /// Any minute of the day where only the day is known.
    Moment(Column<'a>),
}

/// A column of a table.
pub(crate) fn column(table: &Table, slot: Slot, field: FieldId) -> Column<'_> {
    Column {
        slot,
        cells: &table.columns[usize::from(field.0)],
    }
}

/// All parts, those first that cost least.
pub(crate) fn all(parts: Vec<Predicate<'_>>) -> Predicate<'_> {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Predicate::All(inner) => flat.extend(inner),
            Predicate::Known(TRUE) => {}
            part => flat.push(part),
        }
    }
    flat.sort_by_key(Predicate::cost);
    match flat.len() {
        0 => Predicate::Known(TRUE),
        _ => Predicate::All(flat),
    }
}

/// One of the parts, those first that cost least.
pub(crate) fn any(mut parts: Vec<Predicate<'_>>) -> Predicate<'_> {
    parts.sort_by_key(Predicate::cost);
    Predicate::Any(parts)
}

impl Predicate<'_> {
    /// What it can come to at best: where something must be asked, never to yes.
    pub(crate) fn best(&self) -> u8 {
        match self {
            Self::Known(truth) => *truth,
            Self::All(parts) => parts.iter().map(Self::best).min().unwrap_or(TRUE),
            Self::Any(parts) => parts.iter().map(Self::best).max().unwrap_or(FALSE),
            _ => TRUE,
        }
    }

    /// True if it is worth the while to pick out the records that it must be asked of.
    pub(crate) fn is_slow(&self) -> bool {
        self.cost() > SLOW
    }

    /// Roughly how long a row takes.
    fn cost(&self) -> u32 {
        match self {
            Self::Known(_) => 0,
            Self::Filled(..) | Self::Between(..) | Self::Table(..) | Self::InPeriod(..) => 1,
            Self::OneOf(_, words, _) => 1 + words.len() as u32,
            Self::Moments(..) => 4,
            Self::Compare(_, a, b) => a.cost() + b.cost(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).sum(),
            Self::Not(a) => a.cost(),
            Self::Exists(_) => 100,
        }
    }
}
