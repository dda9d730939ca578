//! Judges one clause: who is judged, and whether what must hold does.

use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::SubjectRef;
use crate::context::{EvalContext, LedgerState};
use crate::explanation::{EXPLAINED, Explainer, Explanation, UnknownReason, reasons, words};
use crate::judge::columnar_filter::filter_by_columns;
use crate::judge::coverage::coverage;
use crate::judge::duplicates::unique;
use crate::judge::eligibility::{eligibility, is_in_period, passed_over};
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::rows::{Bound, Evaluator};
use crate::value::{Truth, Why};
use zicha_model::{plan::Period, schema::LedgerId, time::Day};
use zicha_rule::ir::{Binding, Body, Clause, Expr, Slot, Source, Subjects};

/// Judges a clause into the builder.
pub(crate) fn judge(
    context: &EvalContext<'_>,
    clause: &Clause,
    period: Option<Period>,
    builder: &mut OutcomeBuilder,
) {
    let mut eval = Evaluator::new(context, clause.slots);
    if let Some(condition) = &clause.condition {
        match eval.truth(condition) {
            Truth::True => {}
            Truth::False => return builder.remark(reasons::DOES_NOT_APPLY.to_owned()),
            Truth::Unknown(_) => {
                let reason = Explainer::new(&mut eval, None).unknown_reason(condition);
                return builder.undecided(SubjectRef::Unit, reason);
            }
        }
    }
    match &clause.subject {
        Subjects::Unit => judge_unit(&mut eval, clause, builder),
        Subjects::Each(bindings) => judge_each(&mut eval, clause, bindings, period, builder),
    }
}

fn judge_unit<'a>(eval: &mut Evaluator<'a>, clause: &'a Clause, builder: &mut OutcomeBuilder) {
    if is_rightly_empty(eval.context, clause) {
        return;
    }
    match &clause.body {
        Body::Integrity => {}
        Body::Covered { .. } => coverage(eval, &clause.body, SubjectRef::Unit, builder),
        body => {
            let mut judgement = Judgement::default();
            judge_body(eval, body, None, &mut judgement);
            judgement.settle(SubjectRef::Unit, builder);
        }
    }
}

/// True if every ledger that the clause reads is rightly without rows: there is nothing to judge.
fn is_rightly_empty(context: &EvalContext<'_>, clause: &Clause) -> bool {
    let is_register = |&&ledger: &&LedgerId| context.schemas().ledger(ledger).id == "unit_profile";
    let mut read = clause
        .ledgers
        .iter()
        .filter(|ledger| !is_register(ledger))
        .peekable();
    read.peek().is_some()
        && read.all(|&ledger| matches!(context.ledger_state(ledger), LedgerState::RightlyEmpty))
}

fn judge_each<'a>(
    eval: &mut Evaluator<'a>,
    clause: &'a Clause,
    bindings: &'a [Binding],
    period: Option<Period>,
    builder: &mut OutcomeBuilder,
) {
    let Some((first, rest)) = bindings.split_first() else {
        return;
    };
    if let Source::Ledger(ledger) | Source::Consecutive { ledger, .. } = first.source
        && let Some(reason) = eval.context.not_kept(ledger)
        && !eval.context.has_rows(ledger)
    {
        let label = words::ledger(&eval.context.schemas().ledger(ledger).label);
        return builder.remark(reasons::not_kept(&label, reason));
    }
    let eligible = eligibility(eval, clause, period);
    if let Body::Unique(parts) = &clause.body {
        return unique(eval, bindings, parts, &eligible, builder);
    }
    let asked = filter_by_columns(eval, first, rest, &clause.body, &eligible, builder);
    let judge = &mut |eval: &mut Evaluator<'a>, doubt: Option<Why<'a>>| {
        if !is_in_period(eval, first, period) {
            return;
        }
        if let Some((ledger, row)) = passed_over(eval, first, &eligible) {
            builder.pass_over(ledger, row);
        } else {
            let who = who(eval, first);
            judge_subject(eval, who, first, rest, &clause.body, doubt, builder);
        }
    };
    let met = match asked {
        None => eval.each(first, judge),
        Some(rows) => {
            eval.each_of(first, &rows, judge);
            Ok(())
        }
    };
    if let Err(why) = met {
        builder.leave_open(eval.context.reason(why));
    }
}

/// What the combinations of one subject came to.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    /// The subject's variable: its fields are named without their ledger.
    home: Option<Slot>,
    /// Combinations in order or failed.
    judged: usize,
    failures: usize,
    explanation: Explanation,
    doubt: Option<UnknownReason>,
}

impl Judgement {
    fn fail(&mut self, explain: impl FnOnce() -> Explanation) {
        self.judged += 1;
        self.failures += 1;
        if self.failures <= EXPLAINED {
            self.explanation.join(explain());
        }
    }

    fn explain_unknown(&mut self, doubt: UnknownReason) {
        self.doubt.get_or_insert_default().join(doubt);
    }

    fn settle(mut self, who: SubjectRef, builder: &mut OutcomeBuilder) {
        if self.failures > EXPLAINED {
            self.explanation
                .actual
                .push(words::capped(EXPLAINED, self.failures));
        }
        if self.failures > 0 {
            builder.fail(who, self.explanation);
        } else if let Some(doubt) = self.doubt {
            builder.undecided(who, doubt);
        } else if self.judged > 0 {
            builder.pass(who);
        }
    }
}

fn judge_subject<'a>(
    eval: &mut Evaluator<'a>,
    who: SubjectRef,
    first: &'a Binding,
    rest: &'a [Binding],
    body: &'a Body,
    doubt: Option<Why<'a>>,
    builder: &mut OutcomeBuilder,
) {
    eval.step();
    match body {
        Body::Covered { .. } if doubt.is_none() => return coverage(eval, body, who, builder),
        _ => {}
    }
    let mut judgement = Judgement {
        home: Some(first.slot),
        ..Judgement::default()
    };
    let met = eval.each_combination(rest, doubt, &mut |eval, doubt| {
        judge_body(eval, body, doubt, &mut judgement);
    });
    if let Err(why) = met {
        judgement.explain_unknown(eval.context.reason(why));
    }
    if matches!(body, Body::Suggest) && judgement.judged > 0 {
        return suggest(eval, first, builder);
    }
    judgement.settle(who, builder);
}

/// Judges one combination. Where it cannot be told whether it is meant, only its failure matters.
fn judge_body<'a>(
    eval: &mut Evaluator<'a>,
    body: &'a Body,
    doubt: Option<Why<'a>>,
    judgement: &mut Judgement,
) {
    match body {
        Body::Holds(condition) => judge_condition(eval, condition, doubt, judgement),
        Body::Each(bindings, body) => {
            judgement.judged += usize::from(doubt.is_none());
            let met = eval.each_combination(bindings, doubt, &mut |eval, doubt| {
                judge_body(eval, body, doubt, judgement);
            });
            if let Err(why) = met {
                judgement.explain_unknown(eval.context.reason(why));
            }
        }
        Body::Unique(_) | Body::Covered { .. } | Body::Suggest | Body::Integrity => match doubt {
            Some(why) => judgement.explain_unknown(eval.context.reason(why)),
            None => judgement.judged += 1,
        },
    }
}

fn judge_condition<'a>(
    eval: &mut Evaluator<'a>,
    condition: &'a Expr,
    doubt: Option<Why<'a>>,
    judgement: &mut Judgement,
) {
    match (eval.truth(condition), doubt) {
        (Truth::True, _) => judgement.judged += 1,
        (_, Some(why)) => judgement.explain_unknown(eval.context.reason(why)),
        (Truth::False, None) => {
            let home = judgement.home;
            judgement.fail(|| Explainer::new(eval, home).explanation(condition, true));
        }
        (Truth::Unknown(_), None) => {
            let home = judgement.home;
            judgement.explain_unknown(Explainer::new(eval, home).unknown_reason(condition));
        }
    }
}

fn suggest<'a>(eval: &mut Evaluator<'a>, first: &'a Binding, builder: &mut OutcomeBuilder) {
    let &Bound::Row(ledger, row) = eval.bound(first.slot) else {
        return;
    };
    let mut explanation = Explanation::default();
    if let Some(filter) = &first.filter {
        Explainer::new(eval, None).cells(filter, &mut explanation.evidence);
    }
    for key in &first.keys {
        let (zicha_rule::ir::Key::Equals(field, _) | zicha_rule::ir::Key::Contains(field, _)) = key;
        explanation
            .evidence
            .push(EvidenceRef::Cell(ledger, row, *field));
    }
    if explanation.evidence.is_empty() {
        explanation.evidence = eval.context.key_cells(ledger, row);
    }
    builder.suggest(ledger, row, explanation);
}

/// Whom the first variable stands for.
fn who<'a>(eval: &Evaluator<'a>, first: &Binding) -> SubjectRef {
    match eval.bound(first.slot) {
        Bound::Row(ledger, row) => SubjectRef::Row(*ledger, *row),
        Bound::Window(from, to) => SubjectRef::Named(window_name(Day(*from), Day(*to))),
        Bound::Item(value, _) => match &first.source {
            Source::Items(list) => {
                let ty = if let zicha_rule::ir::Ty::List(item) = &list.ty {
                    item
                } else {
                    &list.ty
                };
                SubjectRef::Named(eval.context.show(value, ty))
            }
            _ => SubjectRef::Unit,
        },
        Bound::Nothing => SubjectRef::Unit,
    }
}
fn window_name(from: Day, to: Day) -> String {
    let (first, last) = (from.month(), to.month());
    if last == first + 2 && first % 3 == 1 {
        words::quarter(from.year(), first.div_ceil(3))
    } else {
        words::months(from.year(), first, last)
    }
}
