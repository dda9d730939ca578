//! What conditions over columns come to for the records of a batch: a loop over a column for every one.

use crate::columnar::batch::Batch;
use crate::columnar::column::Column;
use crate::columnar::predicate::{ColumnExpr, HashJoin, Predicate};
use crate::context::NOBODY;
use crate::kleene::{self, FALSE, TRUE, UNKNOWN, plain};
use crate::order::{always, holds, moments_in_time};
use zicha_model::{dataset::CellState, time::Moment};
use zicha_rule::ir::Comparison;

/// So many words are sought one after the other; more by halving.
const FEW: usize = 16;

impl Predicate<'_> {
    /// The truth for every record.
    pub(crate) fn truths(&self, batch: &Batch<'_>) -> Vec<u8> {
        let truths = match self {
            Predicate::Known(truth) => Some(vec![*truth; batch.len]),
            Predicate::Unknown(_) | Predicate::Opaque => None,
            Predicate::Surely(a) => {
                let mut truths = a.truths(batch);
                kleene::without_unknown(&mut truths);
                Some(truths)
            }
            Predicate::Pending(day, as_of) => {
                let days = day.numbers(batch);
                let pending = |day: i64| u8::from(i64::from(*as_of) < day) * UNKNOWN;
                let mut truths = kleene::by(&days.values, pending);
                kleene::ask_unless(&mut truths, &days.known);
                Some(truths)
            }
            Predicate::CountIs(how, join, other) => Some(counted(*how, join, other, batch)),
            Predicate::Filled(column, negated) => filled(batch, *column, *negated),
            Predicate::Future(column) => future(batch, *column),
            Predicate::Between(column, from, to) => {
                by_words(batch, *column, |word| plain(*from <= word && word <= *to))
            }
            Predicate::OneOf(column, some, negated) => one_of(batch, *column, some, *negated),
            Predicate::Table(column, table) => by_words(batch, *column, |word| {
                table.get(word as usize).copied().unwrap_or(UNKNOWN)
            }),
            Predicate::InPeriod(column, (from, to)) => {
                let inside = |word| plain(*from <= word && word <= *to);
                by_words(batch, *column, inside).map(|mut truths| {
                    kleene::give_the_benefit(&mut truths);
                    truths
                })
            }
            Predicate::Compare(how, a, b) => Some(compared(*how, a, b, batch)),
            Predicate::Moments(how, a, b) => by_pairs(batch, *a, *b, |a, b| {
                kleene::by_both(a, b, |a, b| {
                    plain(holds(*how, moments_in_time(Moment(a), Moment(b))))
                })
            }),
            Predicate::Not(a) => {
                let mut truths = a.truths(batch);
                kleene::mirror(&mut truths);
                Some(truths)
            }
            Predicate::All(parts) => Some(together(parts, batch, FALSE, u8::min)),
            Predicate::Any(parts) => Some(together(parts, batch, TRUE, u8::max)),
            Predicate::Exists(hash_join) => Some(hash_join.any(batch)),
            Predicate::Each(condition) => Some(condition.truths(batch)),
        };
        truths.unwrap_or_else(|| vec![UNKNOWN; batch.len])
    }
}

/// Several conditions put together: one that comes to `settled` decides. Those that take long are asked
/// only of the records that are not settled yet.
fn together(
    parts: &[Predicate<'_>],
    batch: &Batch<'_>,
    settled: u8,
    merge: impl Fn(u8, u8) -> u8 + Copy,
) -> Vec<u8> {
    let mut truths = vec![TRUE - settled; batch.len];
    for (done, part) in parts.iter().enumerate() {
        let open = batch.len - kleene::count(&truths, settled);
        if open == 0 {
            break;
        }
        if part.is_slow() && open < batch.len {
            let open = kleene::positions_where(&truths, |truth| truth != settled);
            let left = together(&parts[done..], &batch.picked(&open), settled, merge);
            for (&at, truth) in open.iter().zip(left) {
                let own = &mut truths[at as usize];
                *own = merge(*own, truth);
            }
            break;
        }
        kleene::merge(&mut truths, &part.truths(batch), merge);
    }
    truths
}

/// A truth for every cell with a value, by its word; none where the variable stands for nothing.
fn by_words(batch: &Batch<'_>, column: Column<'_>, truth: impl Fn(i32) -> u8) -> Option<Vec<u8>> {
    let mut truths = kleene::by(&batch.words(column)?, truth);
    kleene::ask_unless_value(&mut truths, &batch.states(column)?);
    Some(truths)
}

/// The same by the words of two columns.
fn by_pairs(
    batch: &Batch<'_>,
    a: Column<'_>,
    b: Column<'_>,
    truths: impl Fn(&[i32], &[i32]) -> Vec<u8>,
) -> Option<Vec<u8>> {
    let mut truths = truths(&batch.words(a)?, &batch.words(b)?);
    kleene::ask_unless_value(&mut truths, &batch.states(a)?);
    kleene::ask_unless_value(&mut truths, &batch.states(b)?);
    Some(truths)
}

/// Whether there is a value, readable or not; not to be told where there is no column, or a fact
/// of the future.
fn filled(batch: &Batch<'_>, column: Column<'_>, negated: bool) -> Option<Vec<u8>> {
    let states = batch.states(column)?;
    let mut truths = kleene::by(&states, |state| {
        // Without branches, for whole columns at once.
        let filled = plain(state != CellState::Empty);
        let untold = state == CellState::NoColumn || state == CellState::Future;
        if untold { UNKNOWN } else { filled }
    });
    if negated {
        kleene::mirror(&mut truths);
    }
    Some(truths)
}

/// Whether a fact of the future stands in the cell.
fn future(batch: &Batch<'_>, column: Column<'_>) -> Option<Vec<u8>> {
    let states = batch.states(column)?;
    Some(kleene::by(&states, |state| {
        plain(state == CellState::Future)
    }))
}

/// Whether the word is one of some, which are in order.
fn one_of(batch: &Batch<'_>, column: Column<'_>, some: &[i32], negated: bool) -> Option<Vec<u8>> {
    let words = batch.words(column)?;
    let mut truths = match some {
        [first, rest @ ..] if rest.len() < FEW => {
            let mut truths = kleene::by(&words, |word| plain(word == *first));
            for other in rest {
                for (own, word) in truths.iter_mut().zip(words.iter()) {
                    *own |= plain(word == other);
                }
            }
            truths
        }
        _ => kleene::by(&words, |word| plain(some.binary_search(&word).is_ok())),
    };
    if negated {
        kleene::mirror(&mut truths);
    }
    kleene::ask_unless_value(&mut truths, &batch.states(column)?);
    Some(truths)
}

fn compared(how: Comparison, a: &ColumnExpr<'_>, b: &ColumnExpr<'_>, batch: &Batch<'_>) -> Vec<u8> {
    if let (ColumnExpr::Cell(x, m), ColumnExpr::Cell(y, n)) = (a, b)
        && m == n
    {
        let compared = by_pairs(batch, *x, *y, |a, b| ordered(how, a, b));
        return compared.unwrap_or_else(|| vec![UNKNOWN; batch.len]);
    }
    let is_named = matches!(a, ColumnExpr::Named(..)) || matches!(b, ColumnExpr::Named(..));
    let (a, b) = (a.numbers(batch), b.numbers(batch));
    let mut truths = ordered(how, &a.values, &b.values);
    if is_named {
        // A name that several bear equals nothing, not even itself.
        let unequal = plain(how == Comparison::NotEqual);
        for ((own, &x), &y) in truths.iter_mut().zip(&a.values).zip(&b.values) {
            let is_nobody = x == i64::from(NOBODY) || y == i64::from(NOBODY);
            *own = if is_nobody { unequal } else { *own };
        }
    }
    kleene::ask_unless(&mut truths, &a.known);
    kleene::ask_unless(&mut truths, &b.known);
    truths
}

/// How many rows count, compared with a number: decided where all that the count can be compares alike.
fn counted(
    how: Comparison,
    join: &HashJoin<'_>,
    other: &ColumnExpr<'_>,
    batch: &Batch<'_>,
) -> Vec<u8> {
    let (counts, other) = (join.bounds(batch), other.numbers(batch));
    let truth = |at: usize| {
        if !counts.known[at] || !other.known[at] {
            return UNKNOWN;
        }
        let (least, most) = (counts.least[at], counts.most[at]);
        always(how, least, most, other.values[at]).map_or(UNKNOWN, plain)
    };
    (0..batch.len).map(truth).collect()
}

fn ordered<T: Copy + Ord>(how: Comparison, a: &[T], b: &[T]) -> Vec<u8> {
    match how {
        Comparison::Equal => kleene::by_both(a, b, |x, y| plain(x == y)),
        Comparison::NotEqual => kleene::by_both(a, b, |x, y| plain(x != y)),
        Comparison::Less => kleene::by_both(a, b, |x, y| plain(x < y)),
        Comparison::LessEqual => kleene::by_both(a, b, |x, y| plain(x <= y)),
        Comparison::Greater => kleene::by_both(a, b, |x, y| plain(x > y)),
        Comparison::GreaterEqual => kleene::by_both(a, b, |x, y| plain(x >= y)),
    }
}
