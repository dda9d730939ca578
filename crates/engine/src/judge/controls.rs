//! Judges one control: its clauses and its on-site question.

use crate::context::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::SubjectRef;
use crate::explanation::reasons;
use crate::judge::integrity::Claims;
use crate::outcome::Outcome;
use crate::outcome::decided::Decided;
use crate::outcome::outcome_builder::OutcomeBuilder;
use std::collections::BTreeSet;
use zicha_model::verdict::Verdict;
use zicha_rule::ir::{Body, Rule};
use zicha_rule::pack::Compiled;

/// What a control came to before `integrity` is judged; nothing if the unit disabled it.
pub(crate) fn judge(context: &EvalContext<'_>, compiled: &Compiled) -> Option<OutcomeBuilder> {
    if left_out(context, compiled).is_some() {
        return None;
    }
    let control = &compiled.control;
    let period = context.plan.period_for(&control.checklists);
    let mut builder = OutcomeBuilder::default();
    for clause in &compiled.rule.clauses {
        super::clauses::judge(context, clause, period, &mut builder);
    }
    if let Some(ask) = &control.ask {
        super::on_site_answers::judge(context, control, ask, period, &mut builder);
    }
    Some(builder)
}

/// Judges `integrity`, which needs to know what the others found, and makes the outcomes.
pub(crate) fn finish(
    context: &EvalContext<'_>,
    chosen: &[usize],
    mut tallies: Vec<Option<OutcomeBuilder>>,
) -> Vec<Outcome> {
    let controls = &context.catalogue.controls;
    if chosen
        .iter()
        .any(|&index| has_integrity(&controls[index].rule))
    {
        let claims = claims(&tallies);
        for (&index, builder) in chosen.iter().zip(&mut tallies) {
            if let Some(builder) = builder
                .as_mut()
                .filter(|_| has_integrity(&controls[index].rule))
            {
                super::integrity::judge(context, &claims, builder);
            }
        }
    }
    let pairs = chosen.iter().zip(tallies);
    pairs
        .map(|(&index, builder)| match builder {
            Some(builder) => builder.outcome(index, &controls[index], context),
            None => not_judged(context, index, &controls[index]),
        })
        .collect()
}

fn has_integrity(rule: &Rule) -> bool {
    rule.clauses
        .iter()
        .any(|clause| matches!(clause.body, Body::Integrity))
}

fn claims(tallies: &[Option<OutcomeBuilder>]) -> Claims {
    let mut claims = Claims::default();
    for (who, explanation) in tallies.iter().flatten().flat_map(OutcomeBuilder::failures) {
        let sought: Vec<_> = explanation
            .evidence
            .iter()
            .filter_map(|evidence| match evidence {
                EvidenceRef::Sought(ledger, _) => Some(*ledger),
                EvidenceRef::Cell(..) => None,
            })
            .collect();
        for evidence in &explanation.evidence {
            if let &EvidenceRef::Cell(ledger, row, field) = evidence {
                claims.cells.insert((ledger, row, field));
                claims
                    .sought
                    .extend(sought.iter().map(|&to| (ledger, row, field, to)));
            }
        }
        if let SubjectRef::Group(ledger, key, _) = who {
            claims.groups.insert((*ledger, key.clone()));
        }
    }
    claims
}

/// Why a control is not judged: the unit disabled it, a pack of the unit switched it off, or others
/// check all that it asks for.
fn left_out(context: &EvalContext<'_>, compiled: &Compiled) -> Option<(Verdict, String)> {
    let control = &compiled.control;
    let by_unit = context.profile.disable.get(&control.id);
    let by_unit = by_unit.map(|reason| reasons::disabled(reason));
    let off = by_unit.or_else(|| context.catalogue.switched_off.get(&control.id).cloned());
    let merged = || reasons::merged(&control.merged_into);
    off.map(|reason| (Verdict::NotSelected, reason))
        .or_else(|| Some((Verdict::NotApplicable, merged()?)))
}

fn not_judged(context: &EvalContext<'_>, index: usize, compiled: &Compiled) -> Outcome {
    let (verdict, reason) =
        left_out(context, compiled).unwrap_or((Verdict::NotSelected, String::new()));
    Outcome {
        control: index,
        verdict,
        reasons: vec![reason],
        subjects: 0,
        violations: Vec::new(),
        undecided: Vec::new(),
        decided: Decided::default(),
        suggestions: Vec::new(),
        unanswered: Vec::new(),
        passed_over: 0,
        missing_ledgers: BTreeSet::new(),
    }
}
