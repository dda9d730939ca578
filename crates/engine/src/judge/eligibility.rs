//! Which subjects of a clause are judged: those whose date lies in the period, or that are still open,
//! or that have no date; without those that packs of the unit leave out.

use crate::columnar::batch::{Batch, CHUNK};
use crate::columnar::{Predicate, all};
use crate::context::{EvalContext, LedgerState};
use crate::kleene::{FALSE, UNKNOWN, bits, positions};
use crate::lowering::join_plan::own_truths;
use crate::order::day_of;
use crate::parallel::in_parallel;
use crate::row_set::RowSet;
use crate::rows::{Bound, Evaluator};
use crate::value::Truth;
use zicha_model::{
    dataset::CellState,
    plan::Period,
    schema::{FieldId, LedgerId},
    time::Day,
};
use zicha_rule::ir::{Binding, Clause, Expr, ExprKind, Slot, Source};
use zicha_rule::walk::each_part;

/// What a clause judges.
#[derive(Debug)]
pub(crate) struct Eligibility {
    /// Where the dates of its subjects lie.
    pub(crate) period: Option<Period>,
    /// Records of which a narrowing condition is false. One that cannot be told leaves a record in.
    pub(crate) outside: RowSet,
}

/// What a clause judges in a period.
pub(crate) fn eligibility<'a>(
    eval: &mut Evaluator<'a>,
    clause: &'a Clause,
    period: Option<Period>,
) -> Eligibility {
    let outside = match (clause.narrowed.as_slice(), clause.judged()) {
        ([], _) | (_, None) => RowSet::default(),
        (narrowed, Some((ledger, slot))) => outside(eval, narrowed, ledger, slot),
    };
    Eligibility { period, outside }
}

/// The records of which one of the conditions is false: by columns, the others one by one.
fn outside<'a>(
    eval: &mut Evaluator<'a>,
    narrowed: &'a [Expr],
    ledger: LedgerId,
    slot: Slot,
) -> RowSet {
    let LedgerState::Rows(table) = eval.context.ledger_state(ledger) else {
        return RowSet::default();
    };
    let node = match eval.context.one_by_one {
        true => Predicate::Opaque,
        false => all(narrowed.iter().map(|part| eval.predicate(part)).collect()),
    };
    let rows = table.len();
    eval.work(rows);
    let chunks = in_parallel(rows.div_ceil(CHUNK), |chunk| {
        let start = chunk * CHUNK;
        let truths = node.truths(&Batch::of_rows(slot, start..rows.min(start + CHUNK)));
        let asked = match node.is_exact() {
            true => Vec::new(),
            false => positions(&truths, UNKNOWN),
        };
        let asked = asked.into_iter();
        let asked: Vec<_> = asked.map(|at| start as u32 + at).collect();
        let no = truths
            .into_iter()
            .map(|truth| crate::kleene::plain(truth == FALSE));
        (bits(&no.collect::<Vec<_>>()), asked)
    });
    let (no, asked): (Vec<_>, Vec<_>) = chunks.into_iter().unzip();
    let mut outside = RowSet::from_words(&no.concat());
    for row in asked.concat() {
        eval.step();
        eval.bind(slot, Bound::Row(ledger, row));
        if narrowed.iter().any(|part| eval.truth(part) == Truth::False) {
            outside.insert(row);
        }
    }
    eval.bind(slot, Bound::Nothing);
    outside
}

/// The subject, if it is a record that packs leave out.
pub(crate) fn passed_over<'a>(
    eval: &Evaluator<'a>,
    first: &Binding,
    eligible: &Eligibility,
) -> Option<(LedgerId, u32)> {
    match *eval.bound(first.slot) {
        Bound::Row(ledger, row) if eligible.outside.contains(row) => Some((ledger, row)),
        _ => None,
    }
}

/// True if the subject's record lies in the period, is still open, or has no date.
pub(crate) fn is_in_period<'a>(
    eval: &mut Evaluator<'a>,
    first: &Binding,
    period: Option<Period>,
) -> bool {
    let own = row_in_period(eval, eval.bound(first.slot).clone(), period);
    match first.source {
        Source::Consecutive { next, .. } if !own => {
            row_in_period(eval, eval.bound(next).clone(), period)
        }
        _ => own,
    }
}

fn row_in_period<'a>(eval: &mut Evaluator<'a>, bound: Bound<'a>, period: Option<Period>) -> bool {
    let (Bound::Row(ledger, row), Some(period)) = (bound, period) else {
        return true;
    };
    let context = eval.context;
    let Some(field) = context.schemas().ledger(ledger).event_date else {
        return true;
    };
    let Some(table) = context.dataset.table(ledger) else {
        return true;
    };
    match day_of(&context.cell(table, row, field)) {
        Some(day) => period.contains(Day(day)) || is_open(context, ledger, row),
        None => true,
    }
}

/// True if the record satisfies its ledger's `open_when`. One that was closed on a day that has not
/// come is still open as far as is known.
fn is_open(context: &EvalContext<'_>, ledger: LedgerId, row: u32) -> bool {
    let Some(condition) = context.catalogue.open_when.get(&ledger) else {
        return false;
    };
    let mut eval = Evaluator::new(context, 1, own_truths);
    eval.bind(Slot(0), Bound::Row(ledger, row));
    match eval.truth(condition) {
        Truth::True => true,
        Truth::False => false,
        Truth::Unknown(_) => {
            let table = context.dataset.table(ledger);
            let is_future =
                |field| table.is_some_and(|table| table.cell(row, field).0 == CellState::Future);
            own_fields(condition).into_iter().any(is_future)
        }
    }
}

/// The fields of the record in slot 0 that a condition names.
pub(crate) fn own_fields(condition: &Expr) -> Vec<FieldId> {
    let mut fields = Vec::new();
    let mut gather = vec![condition];
    while let Some(next) = gather.pop() {
        if let ExprKind::Field(Slot(0), _, field) = next.kind {
            fields.push(field);
        }
        each_part(next, &mut |part| gather.push(part));
    }
    fields
}
