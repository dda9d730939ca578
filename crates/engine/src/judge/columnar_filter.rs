//! Decides most records at once, a column at a time; the few that are left are judged one by one.
//!
//! What enters: the conditions of a clause, put together once into a [`Predicate`]. What leaves: for every row
//! *no*, *yes* or *ask*. *No* and *yes* are what [`crate::rows`] would say; *ask* means that it must be
//! asked, because the condition cannot be told of the row, or is of a kind that is not decided here. So the
//! evaluator remains the one judge, and nothing here knows of evidence or reasons.

use crate::columnar::batch::{Batch, CHUNK};
use crate::columnar::kleene::{FALSE, TRUE, UNKNOWN, bits, positions};
use crate::columnar::{HashJoin, Predicate, all, column, kleene};
use crate::context::LedgerState;
use crate::judge::eligibility::Eligibility;
use crate::order::{first_word, last_word};
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::row_set::RowSet;
use crate::rows::Evaluator;
use crate::rows::row_query::query_rows;
use std::ops::Range;
use zicha_model::{plan::Period, schema::FieldType};
use zicha_rule::ir::{Binding, Body, Slot, Source};

/// What is decided of the subjects of a clause.
#[derive(Debug)]
pub(crate) struct ColumnarFilter<'a> {
    /// SubjectRef is a subject.
    pub(crate) subject: Predicate<'a>,
    /// The records joined to it.
    pub(crate) joins: Vec<HashJoin<'a>>,
    /// What must hold.
    pub(crate) body: Predicate<'a>,
}

/// The filter for `for first, rest …: body`.
pub(crate) fn columnar_filter<'a>(
    eval: &mut Evaluator<'a>,
    first: &'a Binding,
    rest: &'a [Binding],
    body: &'a Body,
    period: Option<Period>,
) -> ColumnarFilter<'a> {
    let filter = first.filter.as_ref();
    let filter = filter.map_or(Predicate::Known(TRUE), |filter| eval.predicate(filter));
    let subject = all(vec![period_predicate(eval, first, period), filter]);
    let ask = |subject| ColumnarFilter {
        subject,
        joins: Vec::new(),
        body: Predicate::Known(UNKNOWN),
    };
    let (inner, body) = match body {
        Body::Each(inner, body) => (&inner[..], &**body),
        body => (&[][..], body),
    };
    let Body::Holds(condition) = body else {
        return ask(subject);
    };
    let joins = rest.iter().chain(inner).map(|binding| join(eval, binding));
    let Some(joins) = joins.collect() else {
        return ask(subject);
    };
    ColumnarFilter {
        subject,
        joins,
        body: eval.predicate(condition),
    }
}

/// Judges the records of a ledger that can be judged by columns. Returns the rows that are left; none
/// where this is no way to judge.
pub(crate) fn filter_by_columns<'a>(
    eval: &mut Evaluator<'a>,
    first: &'a Binding,
    rest: &'a [Binding],
    body: &'a Body,
    eligible: &Eligibility,
    builder: &mut OutcomeBuilder,
) -> Option<Vec<u32>> {
    let Source::Ledger(ledger) = first.source else {
        return None;
    };
    let LedgerState::Rows(table) = eval.context.ledger_state(ledger) else {
        return None;
    };
    if eval.context.one_by_one {
        return None;
    }
    let columnar_filter = columnar_filter(eval, first, rest, body, eligible.period);
    let rows = table.len();
    eval.work(rows);
    let chunks = crate::in_parallel(rows.div_ceil(CHUNK), |chunk| {
        let start = chunk * CHUNK;
        let verdicts = columnar_filter.judge(first.slot, start..rows.min(start + CHUNK));
        let asked = positions(&verdicts, UNKNOWN).into_iter();
        let asked: Vec<_> = asked.map(|at| start as u32 + at).collect();
        (bits(&verdicts), asked)
    });
    let (passed, asked): (Vec<_>, Vec<_>) = chunks.into_iter().unzip();
    let mut passed = RowSet::from_words(&passed.concat());
    for row in eligible
        .outside
        .iter()
        .filter(|&row| passed.contains(row))
        .collect::<Vec<_>>()
    {
        passed.remove(row);
        builder.pass_over(ledger, row);
    }
    builder.pass_all(ledger, passed);
    Some(asked.concat())
}

/// For every record whether the filter means it, and whether it lies in the period.
pub(crate) fn filter_subjects<'a>(
    eval: &mut Evaluator<'a>,
    first: &'a Binding,
    period: Option<Period>,
    rows: usize,
) -> Vec<(u8, u8)> {
    let filter = first.filter.as_ref();
    let filter = filter.map_or(Predicate::Known(TRUE), |filter| eval.predicate(filter));
    let period = period_predicate(eval, first, period);
    eval.work(rows);
    let chunks = crate::in_parallel(rows.div_ceil(CHUNK), |chunk| {
        let start = chunk * CHUNK;
        let batch = Batch::of_rows(first.slot, start..rows.min(start + CHUNK));
        let pairs = filter.truths(&batch).into_iter().zip(period.truths(&batch));
        pairs.collect::<Vec<_>>()
    });
    chunks.concat()
}

fn join<'a>(eval: &mut Evaluator<'a>, binding: &'a Binding) -> Option<HashJoin<'a>> {
    match binding.source {
        Source::Ledger(ledger) => eval.hash_join(query_rows(binding, ledger)),
        _ => None,
    }
}

fn period_predicate<'a>(
    eval: &mut Evaluator<'a>,
    first: &Binding,
    period: Option<Period>,
) -> Predicate<'a> {
    let context = eval.context;
    let Source::Ledger(ledger) = first.source else {
        return Predicate::Known(UNKNOWN);
    };
    let event = context.schemas().ledger(ledger).event_date;
    let (Some(period), Some(event), Some(table)) = (period, event, context.dataset.table(ledger))
    else {
        return Predicate::Known(TRUE);
    };
    let (from, to) = (period.from.0, period.to.0);
    let ends = match context.schemas().field(ledger, event).ty {
        FieldType::Date => (from, to),
        FieldType::DateTime => (first_word(from), last_word(to)),
        _ => return Predicate::Known(TRUE),
    };
    let inside = Predicate::InPeriod(column(table, first.slot, event), ends);
    match context.catalogue.open_when.get(&ledger) {
        None => inside,
        // The condition speaks of slot 0; another one is left to the evaluator.
        Some(open) if first.slot == Slot(0) => Predicate::Any(vec![inside, eval.predicate(open)]),
        Some(_) => Predicate::Any(vec![inside, Predicate::Known(UNKNOWN)]),
    }
}
impl ColumnarFilter<'_> {
    /// For every row from `rows`: no subject, in order, or to be asked.
    pub(crate) fn judge(&self, slot: Slot, rows: Range<usize>) -> Vec<u8> {
        let batch = Batch::of_rows(slot, rows);
        let mut verdicts = self.subject.truths(&batch);
        let sure = kleene::count(&verdicts, TRUE);
        let is_quick = self.joins.is_empty() && !self.body.is_slow();
        if sure == batch.len || sure > 0 && is_quick {
            kleene::settle(&mut verdicts, &self.held(&self.joins, &batch));
        } else if sure > 0 {
            let sure = positions(&verdicts, TRUE);
            let held = self.held(&self.joins, &batch.picked(&sure));
            for (&at, held) in sure.iter().zip(held) {
                verdicts[at as usize] = held.max(UNKNOWN);
            }
        }
        verdicts
    }

    /// Yes where there are joined records and all of them are as they must be.
    fn held(&self, joins: &[HashJoin<'_>], batch: &Batch<'_>) -> Vec<u8> {
        let Some((join, rest)) = joins.split_first() else {
            return self.body.truths(batch);
        };
        let (mut any, mut good) = (vec![false; batch.len], vec![true; batch.len]);
        let unsure = join.pairs(batch, &mut |pairs| {
            let meant = join.filter(batch, pairs);
            let held = self.held(rest, &batch.joined(join.slot, pairs));
            for ((&at, meant), held) in pairs.of.iter().zip(meant).zip(held) {
                any[at as usize] |= meant == TRUE;
                good[at as usize] &= meant == FALSE || meant == TRUE && held == TRUE;
            }
        });
        unsure.iter().for_each(|&at| good[at as usize] = false);
        any.iter()
            .zip(good)
            .map(|(&any, good)| if any && good { TRUE } else { UNKNOWN })
            .collect()
    }
}
