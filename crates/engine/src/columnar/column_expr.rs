//! NumberColumn of many records: what a condition over columns compares.

use crate::columnar::batch::Batch;
use crate::columnar::column::Column;
use crate::columnar::predicate::{ColumnExpr, Edge};
use crate::order::{first_word, last_word};
use zicha_model::{
    dataset::CellState,
    time::{Day, Moment},
};

/// Stands for the rank of a value without one.
pub(crate) const NO_RANK: i64 = i64::MIN;

/// A number for every record, where it can be told.
pub(crate) struct NumberColumn {
    pub(crate) values: Vec<i64>,
    pub(crate) known: Vec<bool>,
}

impl ColumnExpr<'_> {
    /// Roughly how long a row takes.
    pub(crate) fn cost(&self) -> u32 {
        match self {
            Self::Constant(_) => 0,
            Self::Cell(..) => 2,
            Self::Day(_) | Self::Named(..) | Self::Rank(..) => 4,
            Self::Year(a) => a.cost() + 20,
            Self::Shifted(a, _) => a.cost() + 1,
            Self::Coalesce(a, _, b) => a.cost() + b.cost() + 2,
            Self::Days(a, b) => a.cost() + b.cost() + 1,
            Self::Count(_) => 100,
        }
    }

    /// The number for every record.
    pub(crate) fn numbers(&self, batch: &Batch<'_>) -> NumberColumn {
        let numbers = match self {
            ColumnExpr::Constant(n) => Some(NumberColumn::same(*n, batch.len)),
            ColumnExpr::Cell(column, 1) => NumberColumn::by_words(batch, *column, i64::from),
            ColumnExpr::Cell(column, factor) => {
                NumberColumn::by_words(batch, *column, |word| i64::from(word) * factor)
            }
            ColumnExpr::Day(column) => {
                NumberColumn::by_words(batch, *column, |word| Moment(word).day().0.into())
            }
            ColumnExpr::Named(column, names) => {
                let name = |word: i32| names[word as usize].into();
                NumberColumn::by_words(batch, *column, name)
            }
            ColumnExpr::Rank(column, ranks) => {
                let rank = |word: i32| ranks.get(word as usize).copied().unwrap_or(NO_RANK);
                let ranked = NumberColumn::by_words(batch, *column, rank);
                ranked.map(|ranked| ranked.except(NO_RANK))
            }
            ColumnExpr::Year(a) => {
                let year = |day| i64::from(Day(day as i32).year()) * 1000;
                Some(a.numbers(batch).map(year))
            }
            ColumnExpr::Days(a, b) => {
                let days = |a, b| (b - a) * 1000;
                Some(a.numbers(batch).with(&b.numbers(batch), days))
            }
            ColumnExpr::Shifted(a, n) => Some(a.numbers(batch).map(|day| day + n)),
            ColumnExpr::Coalesce(a, column, b) => batch.states(*column).map(|states| {
                let (mut first, second) = (a.numbers(batch), b.numbers(batch));
                for (at, &state) in states.iter().enumerate() {
                    if state == CellState::Empty {
                        first.values[at] = second.values[at];
                        first.known[at] = second.known[at];
                    }
                }
                first
            }),
            ColumnExpr::Count(hash_join) => Some(hash_join.count(batch)),
        };
        numbers.unwrap_or_else(|| NumberColumn::unknown(batch.len))
    }
}

impl Edge<'_> {
    /// The bound for every record: of a day without time its first or its last minute.
    pub(crate) fn numbers(&self, batch: &Batch<'_>, is_end: bool) -> NumberColumn {
        match self {
            Edge::Number(scalar) => scalar.numbers(batch),
            Edge::Moment(column) => ColumnExpr::Cell(*column, 1).numbers(batch).map(|word| {
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

impl NumberColumn {
    /// The number at a position, if it can be told.
    pub(crate) fn at(&self, at: usize) -> Option<i64> {
        self.known[at].then(|| self.values[at])
    }

    /// One number for all.
    pub(crate) fn same(n: i64, len: usize) -> Self {
        Self {
            values: vec![n; len],
            known: vec![true; len],
        }
    }

    /// None for all.
    pub(crate) fn unknown(len: usize) -> Self {
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
    pub(crate) fn forget(&mut self, positions: &[u32]) {
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
