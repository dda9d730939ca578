//! NumberColumn of which only the least and the greatest are known: counts of records some of which cannot be
//! told, hours between moments of which only the day is known.
//!
//! Such a number compares with another where all that it can be compares alike.

use super::Evaluator;
use crate::order::{always, day_of};
use crate::rows::row_query::RowQuery;
use crate::value::{Truth, Value, Why};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use zicha_model::time::Moment;
use zicha_rule::ir::{Comparison, Expr, ExprKind, Function, Query};

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// What a number is at least and at most, in thousandths, and why that is not the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumericBounds<'a> {
    pub(crate) least: i64,
    pub(crate) most: i64,
    pub(crate) why: Option<Why<'a>>,
}

/// How many records satisfy a query: surely, perhaps, and why that is not the same.
#[derive(Debug, Default)]
pub(crate) struct Counted<'a> {
    pub(crate) least: i64,
    most: i64,
    pub(crate) doubt: Option<Why<'a>>,
}

/// True for expressions that may have a span where they have no value.
pub(crate) fn is_spanned(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Count(_) | ExprKind::Call(Function::HoursBetween, _)
    )
}

impl<'a> Evaluator<'a> {
    /// A number without value compared with another, which has one.
    pub(crate) fn compare_span(
        &mut self,
        comparison: Comparison,
        expr: &'a Expr,
        other: &'a Expr,
    ) -> Truth<'a> {
        let span = match self.span(expr) {
            Ok(span) => span,
            Err(why) => return Truth::Unknown(why),
        };
        let against = match self.value(other) {
            Value::Number(n) => n,
            value => return Truth::Unknown(value.why().unwrap_or(Why::Undefined)),
        };
        match (always(comparison, span.least, span.most, against), span.why) {
            (Some(truth), _) => truth.into(),
            (None, why) => Truth::Unknown(why.unwrap_or(Why::Undefined)),
        }
    }

    /// What a number is at least and at most.
    pub(crate) fn span(&mut self, expr: &'a Expr) -> Result<NumericBounds<'a>, Why<'a>> {
        match &expr.kind {
            ExprKind::Count(query) => self.counted_rows(query).map(|counted| NumericBounds {
                least: counted.least * 1000,
                most: counted.most * 1000,
                why: counted.doubt,
            }),
            ExprKind::Call(Function::HoursBetween, ends) => match &ends[..] {
                [from, to] => {
                    let (from, to) = (self.value(from), self.value(to));
                    hours_between(&from, &to)
                }
                _ => Err(Why::Undefined),
            },
            _ => Err(Why::Undefined),
        }
    }

    /// Counts the rows that satisfy a query, surely and perhaps.
    pub(crate) fn counted_rows(&mut self, query: &'a Query) -> Result<Counted<'a>, Why<'a>> {
        let mut counted = Counted::default();
        self.rows(RowQuery::of(query), &mut |_, _, why| {
            counted.most += 1;
            counted.least += i64::from(why.is_none());
            counted.doubt = counted.doubt.or(why);
            ControlFlow::Continue(())
        })?;
        Ok(counted)
    }
}

/// Hours from one moment to another, to the minute. A moment without a time of day is some minute of its
/// day; what is on the same day is in the order in which it should be, as where moments are compared.
pub(crate) fn hours_between<'a>(
    from: &Value<'a>,
    to: &Value<'a>,
) -> Result<NumericBounds<'a>, Why<'a>> {
    if let Some(why) = from.why().or_else(|| to.why()) {
        return Err(why);
    }
    let (Some(a), Some(b)) = (minutes(from), minutes(to)) else {
        return Err(Why::Undefined);
    };
    let (mut least, mut most) = (b.0 - a.1, b.1 - a.0);
    match day_of(to).cmp(&day_of(from)) {
        _ if least == most => {}
        Ordering::Less => most = most.min(0),
        _ => least = least.max(0),
    }
    let why = (least != most).then_some(Why::NoTime);
    let hours = |minutes: i64| (minutes * 1000).div_euclid(60);
    Ok(NumericBounds {
        least: hours(least),
        most: hours(most),
        why,
    })
}

/// The first and the last minute that a moment may be.
fn minutes(value: &Value<'_>) -> Option<(i64, i64)> {
    let day = i64::from(day_of(value)?) * MINUTES_OF_A_DAY;
    match value {
        Value::Moment(word) if !Moment(*word).is_day_only() => {
            let minute = day + i64::from(Moment(*word).minute_of_day());
            Some((minute, minute))
        }
        _ => Some((day, day + MINUTES_OF_A_DAY - 1)),
    }
}
