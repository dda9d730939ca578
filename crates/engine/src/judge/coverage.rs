//! Coverage without gaps: every moment between two days lies in the interval of some record.

use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::SubjectRef;
use crate::explanation::fault_words;
use crate::explanation::{Explanation, UnknownReason, reasons, words};
use crate::order::day_of;
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::rows::Evaluator;
use crate::rows::row_query::RowQuery;
use crate::value::{Value, Why};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use zicha_model::time::{Day, Moment};
use zicha_rule::ir::{Body, Expr, ExprKind, Query};

const DAY: i64 = 1440;

/// An interval of minutes with the row it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: i64,
    to: i64,
    row: u32,
}

/// A stretch that no interval covers, with the rows before and after.
struct Gap {
    from: i64,
    to: i64,
    before: Option<u32>,
    after: Option<u32>,
}

/// Judges `covered from … to … by …`. Each gap is a subject; without gaps the subject is `who`.
pub(crate) fn coverage<'a>(
    eval: &mut Evaluator<'a>,
    body: &'a Body,
    who: SubjectRef,
    builder: &mut OutcomeBuilder<'a>,
) {
    let Body::Covered {
        from,
        to,
        start,
        end,
        query,
    } = body
    else {
        return;
    };
    let (first, last) = match (edge(eval, from, false), edge(eval, to, true)) {
        (Ok(first), Ok(last)) => (first, last),
        (Err(why), _) | (_, Err(why)) => return builder.undecided(who, eval.context.reason(why)),
    };
    let (spans, doubt) = match spans(eval, start, end, query) {
        Ok(spans) => spans,
        Err(why) => return builder.undecided(who, eval.context.reason(why)),
    };
    if doubt.is_none() {
        builder.every_stretch();
    }
    let nights = nights_end(&spans);
    let gaps = gaps(spans, first, last);
    if gaps.is_empty() {
        return builder.pass(who);
    }
    let whole = words::interval(&minute(first, false), &minute(last, true));
    for gap in gaps {
        let key = words::interval(&minute(gap.from, false), &minute(gap.to, true));
        let name = match &who {
            SubjectRef::Row(ledger, row) => format!("{}|{key}", eval.context.key(*ledger, *row)),
            SubjectRef::Named(outer) => format!("{outer}|{key}"),
            _ => key.clone(),
        };
        let who = SubjectRef::Named(name);
        let of_the_eve =
            gap.from == first && gap.to - first < DAY && nights.contains(&gap.to.rem_euclid(DAY));
        match &doubt {
            Some(doubt) => builder.undecided(who, doubt.clone()),
            None if of_the_eve => builder.undecided(
                who,
                UnknownReason {
                    reasons: vec![reasons::night_of_the_eve(&key)],
                    ..UnknownReason::default()
                },
            ),
            None => builder.fail(
                who,
                gap_account(eval, query, (start, end), &gap, &whole, &key),
            ),
        }
    }
}

/// The minute at which the period to cover begins or ends; a last day counts to 24:00.
fn edge<'a>(eval: &mut Evaluator<'a>, expr: &'a Expr, is_end: bool) -> Result<i64, Why<'a>> {
    let value = eval.value(expr);
    minute_of(&value, is_end).ok_or_else(|| value.why().unwrap_or(Why::Undefined))
}

/// The intervals of the query's rows, and why not all of them can be told.
fn spans<'a>(
    eval: &mut Evaluator<'a>,
    start: &'a Expr,
    end: &'a Expr,
    query: &'a Query,
) -> Result<(Vec<Span>, Option<UnknownReason<'a>>), Why<'a>> {
    let (mut spans, mut doubt) = (Vec::new(), None::<UnknownReason<'a>>);
    eval.rows(RowQuery::of(query), &mut |eval, row, why| {
        let (from, to) = (eval.value(start), eval.value(end));
        match (minute_of(&from, false), minute_of(&to, true), why) {
            (Some(from), Some(to), None) => spans.push(Span { from, to, row }),
            (_, _, why) => {
                let why = why.or_else(|| from.why()).or_else(|| to.why());
                let reason = eval.context.reason(why.unwrap_or(Why::Undefined));
                doubt.get_or_insert_default().join(reason);
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok((spans, doubt))
}

fn gap_account<'a>(
    eval: &Evaluator<'a>,
    query: &Query,
    (start, end): (&Expr, &Expr),
    gap: &Gap,
    whole: &str,
    interval: &str,
) -> Explanation {
    let ledger = eval.context.ledger_name(query.ledger);
    let mut evidence = Vec::new();
    let cell = |expr: &Expr, row: Option<u32>| match (&expr.kind, row) {
        (ExprKind::Field(_, ledger, field), Some(row)) => {
            Some(EvidenceRef::Cell(*ledger, row, *field))
        }
        _ => None,
    };
    evidence.extend(cell(end, gap.before));
    evidence.extend(cell(start, gap.after));
    evidence.push(EvidenceRef::Sought(query.ledger, interval.to_owned()));
    Explanation {
        expected: vec![words::covered(&ledger, whole)],
        actual: vec![words::gap(&ledger)],
        faults: vec![fault_words::GAP.to_owned()],
        evidence,
    }
}

/// The minutes of a day at which shifts end that began the day before. A roster of days off begins with
/// the first day shift: the hours before it belong to the night shift of the eve, which stands elsewhere.
fn nights_end(spans: &[Span]) -> BTreeSet<i64> {
    let over_night = |span: &&Span| span.from.div_euclid(DAY) + 1 == span.to.div_euclid(DAY);
    let nights = spans.iter().filter(over_night);
    nights
        .map(|span| span.to.rem_euclid(DAY))
        .filter(|&end| end > 0)
        .collect()
}

/// The stretches between two minutes that no span covers.
fn gaps(mut spans: Vec<Span>, first: i64, last: i64) -> Vec<Gap> {
    spans.sort_unstable();
    let (mut gaps, mut reached, mut before) = (Vec::new(), first, None);
    for span in &spans {
        if span.to <= span.from {
            continue;
        }
        if span.from > reached && reached < last {
            gaps.push(Gap {
                from: reached,
                to: span.from.min(last),
                before,
                after: Some(span.row),
            });
        }
        if span.to > reached {
            reached = span.to;
            before = Some(span.row);
        }
    }
    if reached < last {
        gaps.push(Gap {
            from: reached,
            to: last,
            before,
            after: None,
        });
    }
    gaps
}

/// Minutes since 1970; where only the day is known, its beginning or its end. What is written as
/// lasting until 23:59 lasts until the end of the day.
fn minute_of(value: &Value<'_>, is_end: bool) -> Option<i64> {
    if let Value::Moment(word) = value
        && !Moment(*word).is_day_only()
    {
        let at: i64 = Moment(*word).minutes().into();
        let last_of_day = at.rem_euclid(DAY) == DAY - 1;
        return Some(at + i64::from(is_end && last_of_day));
    }
    let day = i64::from(day_of(value)?);
    Some((day + i64::from(is_end)) * DAY)
}

/// A minute for people; midnight that ends something is 24:00 of the day before.
fn minute(at: i64, is_end: bool) -> String {
    let (mut day, mut of_day) = (at.div_euclid(DAY), at.rem_euclid(DAY));
    if is_end && of_day == 0 {
        (day, of_day) = (day - 1, DAY);
    }
    let day = Day(i32::try_from(day).unwrap_or(i32::MAX));
    format!("{day} {:02}:{:02}", of_day / 60, of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(from: i64, to: i64) -> Span {
        Span { from, to, row: 0 }
    }

    #[test]
    fn touching_intervals_leave_no_gap() {
        assert!(gaps(vec![span(5, 9), span(0, 5)], 0, 9).is_empty());
    }

    #[test]
    fn the_time_before_between_and_after_is_a_gap() {
        let found: Vec<_> = gaps(vec![span(2, 4), span(6, 8)], 0, 10)
            .iter()
            .map(|gap| (gap.from, gap.to))
            .collect();
        assert_eq!(found, [(0, 2), (4, 6), (8, 10)]);
    }

    #[test]
    fn a_night_shift_ends_on_the_morning_behind_it() {
        let spans = [span(480, 1200), span(1200, DAY + 480), span(0, DAY)];
        assert_eq!(nights_end(&spans), BTreeSet::from([480]));
    }

    proptest! {
        #[test]
        fn a_minute_lies_in_a_gap_exactly_if_no_interval_covers_it(
            intervals in prop::collection::vec((0i64..60, 0i64..20), 0..12)
        ) {
            let spans: Vec<_> = intervals.iter().map(|&(from, n)| span(from, from + n)).collect();
            let gaps = gaps(spans.clone(), 10, 50);
            for minute in 10..50 {
                let free = !spans.iter().any(|s| s.from <= minute && minute < s.to);
                let in_gap = gaps.iter().any(|g| g.from <= minute && minute < g.to);
                prop_assert_eq!(free, in_gap);
            }
        }
    }
}
