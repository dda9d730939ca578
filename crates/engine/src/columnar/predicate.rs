//! The types of predicates, numbers and joins over columns: a predicate may hold a join, and a join a predicate.

use crate::columnar::batch::Batch;
use crate::columnar::column::Column;
use crate::context::lookup_index::Lookup;
use crate::indexes::interval_index::IntervalIndex;
use crate::indexes::key_groups::KeyGroups;
use crate::kleene::{FALSE, TRUE, UNKNOWN};
use crate::value::Why;
use std::fmt::Debug;
use std::sync::atomic::AtomicU64;
use zicha_rule::ir::{Comparison, Slot};

/// A row takes longer than its cells take to be copied.
const SLOW: u32 = 16;

/// A condition over columns.
#[derive(Debug)]
pub(crate) enum Predicate<'a> {
    /// The same for every row: false or true.
    Known(u8),
    /// Unknown for every row, for one reason: a column that does not exist, a ledger not provided.
    Unknown(Why<'a>),
    /// No condition: what must hold is judged record by record.
    Opaque,
    /// A condition without a kernel of its own: evaluated record by record, in three values like all else.
    Each(Box<dyn RecordPredicate<'a> + 'a>),
    /// The cell has a value, or the opposite.
    Filled(Column<'a>, bool),
    /// The cell holds a fact of the future; never unknown.
    Future(Column<'a>),
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
    /// True only where it is known to be true.
    Surely(Box<Predicate<'a>>),
    /// Unknown until the day has come, then false.
    Pending(ColumnExpr<'a>, i32),
    /// The number of rows of another ledger that satisfy a condition, compared with a number.
    CountIs(Comparison, Box<HashJoin<'a>>, ColumnExpr<'a>),
    Not(Box<Predicate<'a>>),
    /// Some row of another ledger satisfies the condition.
    Exists(Box<HashJoin<'a>>),
}

/// A condition that is evaluated for each record by itself.
pub(crate) trait RecordPredicate<'a>: Debug + Send + Sync {
    /// What it comes to for every record.
    fn truths(&self, batch: &Batch<'_>) -> Vec<u8>;

    /// The causes that leave it unknown for records of a batch, each with the record's position.
    fn causes(&self, batch: &Batch<'_>) -> Vec<(u32, Why<'a>)>;
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
    /// The rank of an enumeration's value, by its index; `NO_RANK` where it has none.
    Rank(Column<'a>, Vec<i64>),
    /// The year of a day, in thousandths.
    Year(Box<ColumnExpr<'a>>),
    /// Days from the first to the second, in thousandths.
    Days(Box<ColumnExpr<'a>>, Box<ColumnExpr<'a>>),
    /// So many days later.
    Shifted(Box<ColumnExpr<'a>>, i64),
    /// The first, of a column; where its cell is empty, the second.
    Coalesce(Box<ColumnExpr<'a>>, Column<'a>, Box<ColumnExpr<'a>>),
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
    /// Why no look-up can exclude that another row is meant: too many rows have a key cell that cannot be
    /// told.
    pub(crate) incomplete: Option<Why<'a>>,
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
            Self::Unknown(_) | Self::Opaque => UNKNOWN,
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
            Self::Known(_) | Self::Unknown(_) | Self::Opaque => 0,
            Self::Filled(..)
            | Self::Future(_)
            | Self::Between(..)
            | Self::Table(..)
            | Self::InPeriod(..) => 1,
            Self::OneOf(_, words, _) => 1 + words.len() as u32,
            Self::Moments(..) => 4,
            Self::Compare(_, a, b) => a.cost() + b.cost(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).sum(),
            Self::Not(a) | Self::Surely(a) => a.cost(),
            Self::Pending(day, _) => day.cost(),
            Self::Exists(_) | Self::CountIs(..) => 100,
            Self::Each(_) => 200,
        }
    }

    /// True if unknown means that the condition cannot be told, never that the evaluator must be asked.
    pub(crate) fn is_exact(&self) -> bool {
        match self {
            Self::Opaque => false,
            Self::All(parts) | Self::Any(parts) => parts.iter().all(Self::is_exact),
            Self::Not(a) | Self::Surely(a) => a.is_exact(),
            Self::Compare(_, a, b) => a.is_exact() && b.is_exact(),
            Self::Pending(day, _) => day.is_exact(),
            Self::Exists(join) => join.is_exact(),
            Self::CountIs(_, join, other) => join.is_exact() && other.is_exact(),
            _ => true,
        }
    }
}

impl ColumnExpr<'_> {
    /// True if a number is unknown only where it cannot be told. A count that is unknown may still be told to
    /// lie between bounds.
    pub(crate) fn is_exact(&self) -> bool {
        match self {
            Self::Count(_) => false,
            Self::Year(a) | Self::Shifted(a, _) => a.is_exact(),
            Self::Days(a, b) | Self::Coalesce(a, _, b) => a.is_exact() && b.is_exact(),
            _ => true,
        }
    }
}

impl HashJoin<'_> {
    /// True if nothing that the join asks is left to the evaluator.
    pub(crate) fn is_exact(&self) -> bool {
        let mut cells = self.keys.iter().chain(&self.needed);
        cells.all(ColumnExpr::is_exact) && self.filter.is_exact()
    }
}
