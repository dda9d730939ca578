//! Evaluates the conditions of a [`super::sieve`] over some thousands of records at once.

use super::probe::{Edge, Pairs};
use super::sieve::{ASK, Column, NO, NO_RANK, Node, Scalar, Sieve, YES, first_word, last_word};
use super::world::NOBODY;
use crate::model::{
    dataset::CellState,
    time::{Day, Moment},
};
use crate::rule::ir::{Comparison, Slot};
use std::borrow::Cow;
use std::ops::Range;

/// Records looked at together: few enough that what is worked on stays in the fastest memory.
/// A whole number of words of bits.
pub(super) const CHUNK: usize = 4096;

/// Records, each a row for every variable bound so far.
#[derive(Debug)]
pub(super) struct Batch<'b> {
    pub(super) len: usize,
    lanes: Vec<Lane<'b>>,
}

/// The rows that a variable stands for.
#[derive(Clone, Debug)]
enum Lane<'b> {
    Unbound,
    /// As many rows as the batch has, from this one on.
    From(usize),
    Rows(Cow<'b, [u32]>),
}

/// A number for every record, where it can be told.
pub(super) struct Numbers {
    pub(super) values: Vec<i64>,
    pub(super) known: Vec<bool>,
}

impl<'b> Batch<'b> {
    /// Rows behind one another of one ledger.
    pub(super) fn of_rows(slot: Slot, rows: Range<usize>) -> Self {
        let mut lanes = vec![Lane::Unbound; usize::from(slot.0) + 1];
        lanes[usize::from(slot.0)] = Lane::From(rows.start);
        Self {
            len: rows.len(),
            lanes,
        }
    }

    /// The records of pairs, with the rows found bound to another variable.
    pub(super) fn joined<'p>(&self, slot: Slot, pairs: &'p Pairs) -> Batch<'p> {
        let mut batch = self.picked(&pairs.of);
        let slot = usize::from(slot.0);
        batch
            .lanes
            .resize(batch.lanes.len().max(slot + 1), Lane::Unbound);
        batch.lanes[slot] = Lane::Rows(Cow::Borrowed(&pairs.rows));
        batch
    }

    /// The records at some positions.
    fn picked<'p>(&self, positions: &'p [u32]) -> Batch<'p> {
        let pick = |lane: &Lane<'_>| match lane {
            Lane::Unbound => Lane::Unbound,
            Lane::From(0) => Lane::Rows(Cow::Borrowed(positions)),
            Lane::From(start) => {
                let rows = positions.iter().map(|&at| *start as u32 + at);
                Lane::Rows(Cow::Owned(rows.collect()))
            }
            Lane::Rows(rows) => {
                let rows = positions.iter().map(|&at| rows[at as usize]);
                Lane::Rows(Cow::Owned(rows.collect()))
            }
        };
        Batch {
            len: positions.len(),
            lanes: self.lanes.iter().map(pick).collect(),
        }
    }

    /// A column's words and states; none if its variable stands for nothing here.
    fn cells<'c>(&self, column: Column<'c>) -> Option<Cells<'c>> {
        let (words, states) = (&column.cells.words, &column.cells.states);
        match self.lanes.get(usize::from(column.slot.0))? {
            Lane::Unbound => None,
            &Lane::From(start) => {
                let range = start..start + self.len;
                Some(Cells {
                    words: Cow::Borrowed(&words[range.clone()]),
                    states: Cow::Borrowed(&states[range]),
                })
            }
            Lane::Rows(rows) => Some(Cells {
                words: rows.iter().map(|&row| words[row as usize]).collect(),
                states: rows.iter().map(|&row| states[row as usize]).collect(),
            }),
        }
    }

    /// A truth for every record by a column's cells; to be asked where the variable stands for nothing.
    fn by_cells(&self, column: Column<'_>, f: impl Fn(&Cells<'_>) -> Vec<u8>) -> Vec<u8> {
        match self.cells(column) {
            Some(cells) => f(&cells),
            None => vec![ASK; self.len],
        }
    }
}

/// The cells of a column for the records of a batch.
struct Cells<'c> {
    words: Cow<'c, [i32]>,
    states: Cow<'c, [CellState]>,
}

impl Cells<'_> {
    /// Asks of every cell with a value whether its word is so.
    fn tested(&self, test: impl Fn(i32) -> bool) -> Vec<u8> {
        self.judged(|word| if test(word) { YES } else { NO })
    }

    /// A truth for every cell with a value.
    fn judged(&self, truth: impl Fn(i32) -> u8) -> Vec<u8> {
        let cells = self.words.iter().zip(self.states.iter());
        let judged = cells.map(|(&word, &state)| {
            let truth = truth(word);
            if state == CellState::Value {
                truth
            } else {
                ASK
            }
        });
        judged.collect()
    }

    fn one_of(&self, some: &[i32], negated: bool) -> Vec<u8> {
        match *some {
            [a] => self.tested(|w| (w == a) != negated),
            [a, b] => self.tested(|w| (w == a || w == b) != negated),
            _ => self.tested(|w| some.contains(&w) != negated),
        }
    }

    /// Whether there is a value, readable or not; not to be told where there is no column.
    fn filled(&self, negated: bool) -> Vec<u8> {
        let (filled, empty) = if negated { (NO, YES) } else { (YES, NO) };
        let states = self.states.iter().map(|state| match state {
            CellState::Value | CellState::Unreadable => filled,
            CellState::Empty => empty,
            CellState::NoColumn => ASK,
        });
        states.collect()
    }
}

impl Sieve<'_> {
    /// For every row from `rows`: no subject, in order, or to be asked.
    pub(super) fn judge(&self, slot: Slot, rows: Range<usize>) -> Vec<u8> {
        let batch = Batch::of_rows(slot, rows);
        let mut verdicts = self.subject.truths(&batch);
        let sure = positions(&verdicts, YES);
        if sure.is_empty() {
            return verdicts;
        }
        let subjects = batch.picked(&sure);
        let held = match self.joins.is_empty() {
            true => self.body.truths(&subjects),
            false => self.held(&self.joins, &subjects),
        };
        for (&at, truth) in sure.iter().zip(held) {
            verdicts[at as usize] = if truth == YES { YES } else { ASK };
        }
        verdicts
    }

    /// Yes where there are joined records and all of them are as they must be.
    fn held(&self, joins: &[super::probe::Probe<'_>], batch: &Batch<'_>) -> Vec<u8> {
        let Some((join, rest)) = joins.split_first() else {
            return self.body.truths(batch);
        };
        let (mut any, mut good) = (vec![false; batch.len], vec![true; batch.len]);
        let unsure = join.pairs(batch, &mut |pairs| {
            let meant = join.filter(batch, pairs);
            let held = self.held(rest, &batch.joined(join.slot, pairs));
            for ((&at, meant), held) in pairs.of.iter().zip(meant).zip(held) {
                any[at as usize] |= meant == YES;
                good[at as usize] &= meant == NO || meant == YES && held == YES;
            }
        });
        unsure.iter().for_each(|&at| good[at as usize] = false);
        any.iter()
            .zip(good)
            .map(|(&any, good)| if any && good { YES } else { ASK })
            .collect()
    }
}

/// The positions of a truth value.
pub(super) fn positions(truths: &[u8], wanted: u8) -> Vec<u32> {
    if !truths.contains(&wanted) {
        return Vec::new();
    }
    let at = truths.iter().enumerate();
    at.filter(|&(_, &truth)| truth == wanted)
        .map(|(at, _)| at as u32)
        .collect()
}

impl Node<'_> {
    /// The truth for every record.
    pub(super) fn truths(&self, batch: &Batch<'_>) -> Vec<u8> {
        match self {
            Node::Known(truth) => vec![*truth; batch.len],
            Node::Filled(column, negated) => {
                batch.by_cells(*column, |cells| cells.filled(*negated))
            }
            Node::Between(column, from, to) => {
                batch.by_cells(*column, |cells| cells.tested(|w| *from <= w && w <= *to))
            }
            Node::OneOf(column, some, negated) => {
                batch.by_cells(*column, |cells| cells.one_of(some, *negated))
            }
            Node::Table(column, table) => batch.by_cells(*column, |cells| {
                cells.judged(|word| table.get(word as usize).copied().unwrap_or(ASK))
            }),
            Node::InPeriod(column, (from, to)) => batch.by_cells(*column, |cells| {
                let mut truths = cells.tested(|w| *from <= w && w <= *to);
                let undated = truths.iter_mut().filter(|truth| **truth == ASK);
                undated.for_each(|truth| *truth = YES);
                truths
            }),
            Node::Compare(how, a, b) => compared(*how, &a.numbers(batch), &b.numbers(batch)),
            Node::Moments(how, a, b) => match (batch.cells(*a), batch.cells(*b)) {
                (Some(a), Some(b)) => moments(*how, &a, &b),
                _ => vec![ASK; batch.len],
            },
            Node::Not(a) => {
                let mut truths = a.truths(batch);
                truths.iter_mut().for_each(|truth| *truth = YES - *truth);
                truths
            }
            Node::All(parts) => all(parts, batch),
            Node::Any(parts) => any(parts, batch),
            Node::Exists(probe) => probe.any(batch),
        }
    }
}

/// The least of all parts. Where most records are out already, only the others are looked at.
fn all(parts: &[Node<'_>], batch: &Batch<'_>) -> Vec<u8> {
    let Some((first, rest)) = parts.split_first() else {
        return vec![YES; batch.len];
    };
    let mut truths = first.truths(batch);
    for (done, part) in rest.iter().enumerate() {
        let out = truths.iter().filter(|&&truth| truth == NO).count();
        if out == batch.len {
            break;
        }
        if batch.len - out <= batch.len / 8 {
            let mut alive = positions(&truths, YES);
            alive.extend(positions(&truths, ASK));
            let left = all(&rest[done..], &batch.picked(&alive));
            for (&at, truth) in alive.iter().zip(left) {
                let all = &mut truths[at as usize];
                *all = truth.min(*all);
            }
            break;
        }
        for (all, truth) in truths.iter_mut().zip(part.truths(batch)) {
            *all = truth.min(*all);
        }
    }
    truths
}

fn any(parts: &[Node<'_>], batch: &Batch<'_>) -> Vec<u8> {
    let mut truths = vec![NO; batch.len];
    for part in parts {
        for (any, truth) in truths.iter_mut().zip(part.truths(batch)) {
            *any = truth.max(*any);
        }
    }
    truths
}

fn compared(how: Comparison, a: &Numbers, b: &Numbers) -> Vec<u8> {
    match how {
        Comparison::Equal => pairwise(a, b, |x, y| x == y),
        Comparison::NotEqual => pairwise(a, b, |x, y| x != y),
        Comparison::Less => pairwise(a, b, |x, y| x < y),
        Comparison::LessEqual => pairwise(a, b, |x, y| x <= y),
        Comparison::Greater => pairwise(a, b, |x, y| x > y),
        Comparison::GreaterEqual => pairwise(a, b, |x, y| x >= y),
    }
}

fn pairwise(a: &Numbers, b: &Numbers, holds: impl Fn(i64, i64) -> bool) -> Vec<u8> {
    let known = a.known.iter().zip(&b.known);
    let values = a.values.iter().zip(&b.values);
    known
        .zip(values)
        .map(|((&a, &b), (&x, &y))| {
            let truth = if holds(x, y) { YES } else { NO };
            if a & b { truth } else { ASK }
        })
        .collect()
}

fn moments(how: Comparison, a: &Cells<'_>, b: &Cells<'_>) -> Vec<u8> {
    let holds = |x: i32, y: i32| {
        let (x, y) = (Moment(x), Moment(y));
        super::compare::holds(how, super::compare::moments_in_time(x, y))
    };
    let has_value =
        |at: usize| a.states[at] == CellState::Value && b.states[at] == CellState::Value;
    (0..a.words.len())
        .map(|at| match has_value(at) {
            false => ASK,
            true if holds(a.words[at], b.words[at]) => YES,
            true => NO,
        })
        .collect()
}

impl Scalar<'_> {
    /// The number for every record.
    pub(super) fn numbers(&self, batch: &Batch<'_>) -> Numbers {
        let cells = |column: &Column<'_>, f: &dyn Fn(i32) -> i64| match batch.cells(*column) {
            Some(cells) => Numbers {
                values: cells.words.iter().map(|&word| f(word)).collect(),
                known: cells
                    .states
                    .iter()
                    .map(|&state| state == CellState::Value)
                    .collect(),
            },
            None => Numbers::unknown(batch.len),
        };
        match self {
            Scalar::Constant(n) => Numbers {
                values: vec![*n; batch.len],
                known: vec![true; batch.len],
            },
            Scalar::Cell(column, 1) => cells(column, &i64::from),
            Scalar::Cell(column, factor) => cells(column, &|word| i64::from(word) * factor),
            Scalar::Day(column) => cells(column, &|word| Moment(word).day().0.into()),
            Scalar::Named(column, names) => {
                // A name borne by several equals nothing: the evaluator knows.
                cells(column, &|word| names[word as usize].into()).except(NOBODY.into())
            }
            Scalar::Rank(column, ranks) => {
                let rank = |word: i32| ranks.get(word as usize).copied().unwrap_or(NO_RANK);
                cells(column, &rank).except(NO_RANK)
            }
            Scalar::Year(a) => a
                .numbers(batch)
                .map(|day| i64::from(Day(day as i32).year()) * 1000),
            Scalar::Days(a, b) => a
                .numbers(batch)
                .with(&b.numbers(batch), |a, b| (b - a) * 1000),
            Scalar::Shifted(a, n) => a.numbers(batch).map(|day| day + n),
            Scalar::Count(probe) => {
                let counts = probe.count(batch);
                Numbers {
                    values: counts
                        .iter()
                        .map(|n| i64::from(n.unwrap_or(0)) * 1000)
                        .collect(),
                    known: counts.iter().map(Option::is_some).collect(),
                }
            }
        }
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

    fn unknown(len: usize) -> Self {
        Self {
            values: vec![0; len],
            known: vec![false; len],
        }
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
