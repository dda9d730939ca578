//! Judges one clause: who is judged, and whether what must hold does.

use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::SubjectRef;
use crate::context::{EvalContext, LedgerState};
use crate::explanation::{
    EXPLAINED, Explainer, Explanation, UnknownReason, extend, reasons, words,
};
use crate::judge::columnar_filter::filter_by_columns;
use crate::judge::coverage::coverage;
use crate::judge::duplicates::unique;
use crate::judge::eligibility::{eligibility, is_in_period, passed_over};
use crate::lowering::join_plan::own_truths;
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::rows::{Bound, Evaluator};
use crate::value::{Truth, Why};
use zicha_model::{plan::Period, schema::LedgerId, time::Day};
use zicha_rule::ir::{Binding, Body, Clause, Expr, Slot, Source, Subjects};

/// Judges a clause, which has this index in its control, into the builder.
pub(crate) fn judge<'a>(
    context: &'a EvalContext<'a>,
    (index, clause): (usize, &'a Clause),
    period: Option<Period>,
    builder: &mut OutcomeBuilder<'a>,
) {
    let mut eval = Evaluator::new(context, clause.slots, own_truths);
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
        Subjects::Each(bindings) => {
            judge_each(&mut eval, (index, clause), bindings, period, builder);
        }
    }
}

/// Judges some records of a clause again, and says of each why it fails or is open, in words.
pub(crate) fn explain_rows<'a>(
    context: &'a EvalContext<'a>,
    clause: &'a Clause,
    rows: &[u32],
) -> Vec<(u32, Judgement<'a>)> {
    let mut explained = Vec::new();
    let Subjects::Each(bindings) = &clause.subject else {
        return explained;
    };
    let Some((first, rest)) = bindings.split_first() else {
        return explained;
    };
    let mut eval = Evaluator::new(context, clause.slots, own_truths);
    eval.each_of(first, rows, &mut |eval, unknown| {
        if let &Bound::Row(_, row) = eval.bound(first.slot) {
            let judgement = Judgement::of(eval, (first, rest), &clause.body, unknown, true);
            explained.push((row, judgement));
        }
    });
    explained
}

fn judge_unit<'a>(eval: &mut Evaluator<'a>, clause: &'a Clause, builder: &mut OutcomeBuilder<'a>) {
    if is_rightly_empty(eval.context, clause) {
        return;
    }
    match &clause.body {
        Body::Integrity => {}
        Body::Covered { .. } => coverage(eval, &clause.body, SubjectRef::Unit, builder),
        body => {
            let mut judgement = Judgement::new(None, true);
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
    (index, clause): (usize, &'a Clause),
    bindings: &'a [Binding],
    period: Option<Period>,
    builder: &mut OutcomeBuilder<'a>,
) {
    let Some((first, rest)) = bindings.split_first() else {
        return;
    };
    if let Source::Ledger(ledger) | Source::Consecutive { ledger, .. } = first.source
        && let Some(reason) = eval.context.not_kept(ledger)
        && !eval.context.has_rows(ledger)
    {
        let label = eval.context.ledger_name(ledger);
        return builder.remark(reasons::not_kept(&label, reason));
    }
    let eligible = eligibility(eval, clause, period);
    if let Body::Unique(parts) = &clause.body {
        return unique(eval, bindings, parts, &eligible, builder);
    }
    let subject = (first, rest);
    let asked = filter_by_columns(eval, index, subject, &clause.body, &eligible, builder);
    let judge = &mut |eval: &mut Evaluator<'a>, unknown: Option<Why<'a>>| {
        if !is_in_period(eval, first, period) {
            return;
        }
        if let Some((ledger, row)) = passed_over(eval, first, &eligible) {
            builder.pass_over(ledger, row);
        } else {
            judge_subject(eval, (index, clause), subject, unknown, builder);
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
#[derive(Debug)]
pub(crate) struct Judgement<'a> {
    /// The subject's variable: its fields are named without their ledger.
    home: Option<Slot>,
    /// Failures and causes are put into words as well.
    in_words: bool,
    /// Combinations in order or failed.
    judged: usize,
    failures: usize,
    explanation: Explanation,
    /// Causes that leave combinations open, at most as many as are explained.
    whys: Vec<Why<'a>>,
    unknown: Option<UnknownReason<'a>>,
}

impl<'a> Judgement<'a> {
    fn new(home: Option<Slot>, in_words: bool) -> Self {
        Self {
            home,
            in_words,
            judged: 0,
            failures: 0,
            explanation: Explanation::default(),
            whys: Vec::new(),
            unknown: None,
        }
    }

    /// Judges the combinations of the subject that is bound.
    fn of(
        eval: &mut Evaluator<'a>,
        (first, rest): (&'a Binding, &'a [Binding]),
        body: &'a Body,
        unknown: Option<Why<'a>>,
        in_words: bool,
    ) -> Self {
        let mut judgement = Self::new(Some(first.slot), in_words);
        let met = eval.each_combination(rest, unknown, &mut |eval, unknown| {
            judge_body(eval, body, unknown, &mut judgement);
        });
        if let Err(why) = met {
            judgement.leave_open(eval, why);
        }
        judgement
    }

    fn fail(&mut self, eval: &mut Evaluator<'a>, condition: &'a Expr) {
        self.judged += 1;
        self.failures += 1;
        if self.in_words && self.failures <= EXPLAINED {
            let explanation = Explainer::new(eval, self.home).explanation(condition, true);
            self.explanation.join(explanation);
        }
    }

    fn leave_open(&mut self, eval: &Evaluator<'a>, why: Why<'a>) {
        self.add_causes(&[why]);
        if self.in_words {
            let reason = eval.context.reason(why);
            self.unknown.get_or_insert_default().join(reason);
        }
    }

    fn leave_condition_open(&mut self, eval: &mut Evaluator<'a>, condition: &'a Expr) {
        let mut explainer = Explainer::new(eval, self.home);
        if self.in_words {
            let reason = explainer.unknown_reason(condition);
            self.unknown.get_or_insert_default().join(reason);
        } else if self.whys.len() < EXPLAINED {
            let whys = explainer.unknown_causes(condition);
            self.add_causes(&whys);
        }
    }

    fn add_causes(&mut self, whys: &[Why<'a>]) {
        if self.whys.len() < EXPLAINED {
            extend(&mut self.whys, whys.to_vec());
        }
    }

    /// Why the subject fails; none if it does not.
    pub(crate) fn failure(mut self) -> Option<Explanation> {
        if self.failures > EXPLAINED {
            let capped = words::capped(EXPLAINED, self.failures);
            self.explanation.actual.push(capped);
        }
        (self.failures > 0).then_some(self.explanation)
    }

    /// Why the subject is open, in words.
    pub(crate) fn reason(self) -> Option<UnknownReason<'a>> {
        self.unknown
    }

    fn settle(self, who: SubjectRef, builder: &mut OutcomeBuilder<'a>) {
        let judged = self.judged > 0;
        if self.failures > 0 {
            if let Some(explanation) = self.failure() {
                builder.fail(who, explanation);
            }
        } else if let Some(reason) = self.unknown {
            builder.undecided(who, reason);
        } else if judged {
            builder.pass(who);
        }
    }

    /// Notes what a record came to; words are made later, for those that are shown.
    fn settle_row(
        self,
        clause: usize,
        (ledger, row): (LedgerId, u32),
        builder: &mut OutcomeBuilder<'a>,
    ) {
        if self.failures > 0 {
            return builder.fail_row(clause, ledger, row);
        }
        if self.whys.is_empty() {
            if self.judged > 0 {
                builder.pass(SubjectRef::Row(ledger, row));
            }
            return;
        }
        for why in self.whys {
            let cell = why.cell_row();
            builder.leave_rows_open(why, (clause, ledger), &[row], cell.as_slice());
        }
    }
}

fn judge_subject<'a>(
    eval: &mut Evaluator<'a>,
    (index, clause): (usize, &'a Clause),
    (first, rest): (&'a Binding, &'a [Binding]),
    unknown: Option<Why<'a>>,
    builder: &mut OutcomeBuilder<'a>,
) {
    eval.step();
    let (body, who) = (&clause.body, who(eval, first));
    if matches!(body, Body::Covered { .. }) && unknown.is_none() {
        return coverage(eval, body, who, builder);
    }
    // Neighbours are two records; which of them are met cannot be asked of one row again.
    let row = match (&who, &first.source) {
        (&SubjectRef::Row(ledger, row), Source::Ledger(_)) => Some((ledger, row)),
        _ => None,
    };
    let judgement = Judgement::of(eval, (first, rest), body, unknown, row.is_none());
    if matches!(body, Body::Suggest) && judgement.judged > 0 {
        return suggest(eval, first, builder);
    }
    match row {
        Some(row) => judgement.settle_row(index, row, builder),
        None => judgement.settle(who, builder),
    }
}

/// Judges one combination. Where it cannot be told whether it is meant, only its failure matters.
fn judge_body<'a>(
    eval: &mut Evaluator<'a>,
    body: &'a Body,
    unknown: Option<Why<'a>>,
    judgement: &mut Judgement<'a>,
) {
    match body {
        Body::Holds(condition) => judge_condition(eval, condition, unknown, judgement),
        Body::Each(bindings, body) => {
            judgement.judged += usize::from(unknown.is_none());
            let met = eval.each_combination(bindings, unknown, &mut |eval, unknown| {
                judge_body(eval, body, unknown, judgement);
            });
            if let Err(why) = met {
                judgement.leave_open(eval, why);
            }
        }
        Body::Unique(_) | Body::Covered { .. } | Body::Suggest | Body::Integrity => match unknown {
            Some(why) => judgement.leave_open(eval, why),
            None => judgement.judged += 1,
        },
    }
}

fn judge_condition<'a>(
    eval: &mut Evaluator<'a>,
    condition: &'a Expr,
    unknown: Option<Why<'a>>,
    judgement: &mut Judgement<'a>,
) {
    match (eval.truth(condition), unknown) {
        (Truth::True, _) => judgement.judged += 1,
        (_, Some(why)) => judgement.leave_open(eval, why),
        (Truth::False, None) => judgement.fail(eval, condition),
        (Truth::Unknown(_), None) => judgement.leave_condition_open(eval, condition),
    }
}

fn suggest<'a>(eval: &mut Evaluator<'a>, first: &'a Binding, builder: &mut OutcomeBuilder<'a>) {
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
