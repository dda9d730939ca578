//! Numbers of many records: what a condition over columns compares.

use super::batch::Batch;
use super::compare::{first_word, last_word};
use super::eval::Machine;
use super::node::Column;
use super::probe::{Edge, Probe};
use super::query::Wanted;
use super::value::{Sort, Value};
use super::world::NOBODY;
use zicha_model::{
    dataset::CellState,
    schema::FieldType,
    time::{Day, Moment},
};
use zicha_rule::ir::{Expr, ExprKind, Function, Ty};
use zicha_rule::walk::is_closed;

/// A number for every row; values of all types have one, equal values the same.
#[derive(Debug)]
pub(super) enum Scalar<'a> {
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
    Year(Box<Scalar<'a>>),
    /// Days from the first to the second, in thousandths.
    Days(Box<Scalar<'a>>, Box<Scalar<'a>>),
    /// So many days later.
    Shifted(Box<Scalar<'a>>, i64),
    /// How many rows of another ledger satisfy a condition, in thousandths.
    Count(Box<Probe<'a>>),
}

/// Stands for the rank of a value without one.
pub(super) const NO_RANK: i64 = i64::MIN;

/// A number for every record, where it can be told.
pub(super) struct Numbers {
    pub(super) values: Vec<i64>,
    pub(super) known: Vec<bool>,
}

impl<'a> Machine<'a> {
    /// A value as a number for each row; text as whom or what it names in a sort.
    pub(super) fn scalar(&mut self, expr: &'a Expr, sort: Sort) -> Option<Scalar<'a>> {
        if is_closed(expr) {
            return match self.value(expr) {
                Value::Moment(_) => None,
                value => self.world.coarse(&value, sort).map(Scalar::Constant),
            };
        }
        if let Some((column, ty)) = self.column(expr) {
            return self.cell_scalar(column, ty, sort);
        }
        match &expr.kind {
            ExprKind::Call(Function::Year, x) => Some(Scalar::Year(self.day(x.first()?)?.into())),
            ExprKind::Call(Function::Date, x) => self.day(x.first()?),
            ExprKind::Call(Function::DaysBetween, x) => {
                let [from, to] = &x[..] else { return None };
                Some(Scalar::Days(self.day(from)?.into(), self.day(to)?.into()))
            }
            ExprKind::Call(Function::AddDays, x) => match &x[..] {
                [day, n] => self.shifted(day, n, 1),
                _ => None,
            },
            ExprKind::Add(day, n) => self.shifted(day, n, 1),
            ExprKind::Subtract(day, n) => self.shifted(day, n, -1),
            ExprKind::Count(query) => Some(Scalar::Count(self.probe(Wanted::of(query))?.into())),
            _ => None,
        }
    }

    /// A cell's value as a number; text as whom or what it names in a sort.
    pub(super) fn cell_scalar(
        &self,
        column: Column<'a>,
        ty: FieldType,
        sort: Sort,
    ) -> Option<Scalar<'a>> {
        match ty {
            FieldType::EnumList(_) | FieldType::PersonList => None,
            FieldType::Integer => Some(Scalar::Cell(column, 1000)),
            FieldType::DateTime => Some(Scalar::Day(column)),
            FieldType::Text | FieldType::Person | FieldType::Department => {
                let names = self.world.names(sort);
                Some(names.map_or(Scalar::Cell(column, 1), |n| Scalar::Named(column, n)))
            }
            _ => Some(Scalar::Cell(column, 1)),
        }
    }

    /// The rank of a field's value for each row.
    pub(super) fn ranked(&self, expr: &Expr) -> Option<Scalar<'a>> {
        let (column, _) = self.column(expr)?;
        let Ty::Enum(e) = expr.ty else { return None };
        let values = self.world.schemas().enumeration(e).values.iter();
        let ranks = values.map(|value| value.rank.map_or(NO_RANK, i64::from));
        Some(Scalar::Rank(column, ranks.collect()))
    }

    /// A day so many days later, the same number for all rows.
    fn shifted(&mut self, day: &'a Expr, n: &'a Expr, sign: i64) -> Option<Scalar<'a>> {
        if day.ty != Ty::Date || !is_closed(n) {
            return None;
        }
        let n = self.value(n).whole()?.clamp(-4_000_000, 4_000_000);
        Some(Scalar::Shifted(self.day(day)?.into(), n * sign))
    }

    fn day(&mut self, expr: &'a Expr) -> Option<Scalar<'a>> {
        let dated = matches!(expr.ty, Ty::Date | Ty::DateTime);
        dated.then(|| self.scalar(expr, Sort::Day)).flatten()
    }
}

impl Scalar<'_> {
    /// Roughly how long a row takes.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Constant(_) => 0,
            Self::Cell(..) => 2,
            Self::Day(_) | Self::Named(..) | Self::Rank(..) => 4,
            Self::Year(a) => a.cost() + 20,
            Self::Shifted(a, _) => a.cost() + 1,
            Self::Days(a, b) => a.cost() + b.cost() + 1,
            Self::Count(_) => 100,
        }
    }

    /// The number for every record.
    pub(super) fn numbers(&self, batch: &Batch<'_>) -> Numbers {
        let numbers = match self {
            Scalar::Constant(n) => Some(Numbers::same(*n, batch.len)),
            Scalar::Cell(column, 1) => Numbers::by_words(batch, *column, i64::from),
            Scalar::Cell(column, factor) => {
                Numbers::by_words(batch, *column, |word| i64::from(word) * factor)
            }
            Scalar::Day(column) => {
                Numbers::by_words(batch, *column, |word| Moment(word).day().0.into())
            }
            Scalar::Named(column, names) => {
                let name = |word: i32| names[word as usize].into();
                let named = Numbers::by_words(batch, *column, name);
                // A name borne by several equals nothing: the evaluator knows.
                named.map(|named| named.except(NOBODY.into()))
            }
            Scalar::Rank(column, ranks) => {
                let rank = |word: i32| ranks.get(word as usize).copied().unwrap_or(NO_RANK);
                let ranked = Numbers::by_words(batch, *column, rank);
                ranked.map(|ranked| ranked.except(NO_RANK))
            }
            Scalar::Year(a) => {
                let year = |day| i64::from(Day(day as i32).year()) * 1000;
                Some(a.numbers(batch).map(year))
            }
            Scalar::Days(a, b) => {
                let days = |a, b| (b - a) * 1000;
                Some(a.numbers(batch).with(&b.numbers(batch), days))
            }
            Scalar::Shifted(a, n) => Some(a.numbers(batch).map(|day| day + n)),
            Scalar::Count(probe) => Some(probe.count(batch)),
        };
        numbers.unwrap_or_else(|| Numbers::unknown(batch.len))
    }
}

impl Edge<'_> {
    /// The bound for every record: of a day without time its first or its last minute.
    pub(super) fn numbers(&self, batch: &Batch<'_>, is_end: bool) -> Numbers {
        match self {
            Edge::Number(scalar) => scalar.numbers(batch),
            Edge::Moment(column) => Scalar::Cell(*column, 1).numbers(batch).map(|word| {
                let moment = Moment(word as i32);
                let word = match (moment.is_day_only(), is_end) {
                    (false, _) => moment.0,
                    (true, false) => first_word(moment.day().0),
                    (true, true) => last_word(moment.day().0),
                };
                word.into()
            }),
        }
    }
}

impl Numbers {
    /// The number at a position, if it can be told.
    pub(super) fn at(&self, at: usize) -> Option<i64> {
        self.known[at].then(|| self.values[at])
    }

    /// One number for all.
    pub(super) fn same(n: i64, len: usize) -> Self {
        Self {
            values: vec![n; len],
            known: vec![true; len],
        }
    }

    /// None for all.
    pub(super) fn unknown(len: usize) -> Self {
        Self {
            values: vec![0; len],
            known: vec![false; len],
        }
    }

    /// A number for every cell with a value, by its word; none where the variable stands for nothing.
    fn by_words(batch: &Batch<'_>, column: Column<'_>, f: impl Fn(i32) -> i64) -> Option<Self> {
        let (words, states) = (batch.words(column)?, batch.states(column)?);
        Some(Self {
            values: words.iter().map(|&word| f(word)).collect(),
            known: states.iter().map(|&s| s == CellState::Value).collect(),
        })
    }

    /// Not known at these positions.
    pub(super) fn forget(&mut self, positions: &[u32]) {
        let known = &mut self.known;
        positions.iter().for_each(|&at| known[at as usize] = false);
    }

    /// Not told where they have this value.
    fn except(mut self, value: i64) -> Self {
        let pairs = self.known.iter_mut().zip(&self.values);
        pairs.for_each(|(known, &own)| *known &= own != value);
        self
    }

    fn map(mut self, f: impl Fn(i64) -> i64) -> Self {
        self.values.iter_mut().for_each(|value| *value = f(*value));
        self
    }

    fn with(mut self, other: &Self, f: impl Fn(i64, i64) -> i64) -> Self {
        for (value, &other) in self.values.iter_mut().zip(&other.values) {
            *value = f(*value, other);
        }
        for (known, &other) in self.known.iter_mut().zip(&other.known) {
            *known &= other;
        }
        self
    }
}
