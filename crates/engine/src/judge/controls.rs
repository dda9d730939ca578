//! Judges one control: its clauses and its on-site question.

use super::clauses::explain_rows;
use super::integrity::Claims;
use crate::context::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::SubjectRef;
use crate::explanation::reasons;
use crate::outcome::Outcome;
use crate::outcome::causes::Sample;
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::parallel::in_parallel;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::verdict::Verdict;
use zicha_rule::ir::{Body, Rule};
use zicha_rule::pack::Compiled;

/// Records explained at a time.
const PIECE: usize = 4096;

/// Violations of a control that are described even where the run has used up its limit.
const ALWAYS: usize = 10;

/// What a control came to before `integrity` is judged; nothing if the unit disabled it.
pub(crate) fn judge<'a>(
    context: &'a EvalContext<'a>,
    compiled: &'a Compiled,
) -> Option<OutcomeBuilder<'a>> {
    if left_out(context, compiled).is_some() {
        return None;
    }
    let control = &compiled.control;
    let period = context.plan.period_for(&control.checklists);
    let mut builder = OutcomeBuilder::default();
    for clause in compiled.rule.clauses.iter().enumerate() {
        super::clauses::judge(context, clause, period, &mut builder);
    }
    if let Some(ask) = &control.ask {
        super::on_site_answers::judge(context, control, ask, period, &mut builder);
    }
    Some(builder)
}

/// Puts failures and examples into words, judges `integrity`, which needs to know what the others found,
/// and makes the outcomes.
pub(crate) fn finish<'a>(
    context: &'a EvalContext<'a>,
    chosen: &[usize],
    mut builders: Vec<Option<OutcomeBuilder<'a>>>,
    limit: usize,
) -> Vec<Outcome> {
    let controls = &context.catalogue.controls;
    let mut left = limit;
    for (&index, builder) in chosen.iter().zip(&mut builders) {
        if let Some(builder) = builder {
            explain(context, &controls[index], builder, left.max(ALWAYS));
            left = left.saturating_sub(builder.failed_records());
        }
    }
    let is_integrity = |index: usize| has_integrity(&controls[index].rule);
    if chosen.iter().any(|&index| is_integrity(index)) {
        let claims = Claims {
            limit: left.max(ALWAYS),
            ..claims(&builders)
        };
        for (&index, builder) in chosen.iter().zip(&mut builders) {
            if let Some(builder) = builder.as_mut().filter(|_| is_integrity(index)) {
                super::integrity::judge(context, &claims, builder);
            }
        }
    }
    let pairs = chosen.iter().zip(builders);
    pairs
        .map(|(&index, builder)| match builder {
            Some(builder) => builder.outcome(index, &controls[index], context),
            None => not_judged(context, index, &controls[index]),
        })
        .collect()
}

/// Says why records fail, up to a limit, and why the examples of each cause are open.
fn explain<'a>(
    context: &'a EvalContext<'a>,
    compiled: &'a Compiled,
    builder: &mut OutcomeBuilder<'a>,
    limit: usize,
) {
    for (clause, ledger, rows) in builder.failures_to_explain(limit) {
        let clause = &compiled.rule.clauses[clause];
        let pieces: Vec<_> = rows.chunks(PIECE).collect();
        let explained = in_parallel(pieces.len(), |piece| {
            let judged = explain_rows(context, clause, pieces[piece]).into_iter();
            let failed = judged.filter_map(|(row, judgement)| Some((row, judgement.failure()?)));
            failed.collect::<Vec<_>>()
        });
        for (row, explanation) in explained.into_iter().flatten() {
            builder.fail(SubjectRef::Row(ledger, row), explanation);
        }
    }
    let mut samples: BTreeMap<usize, BTreeSet<Sample>> = BTreeMap::new();
    let wanted = builder.samples();
    for (_, sample) in &wanted {
        samples.entry(sample.clause).or_default().insert(*sample);
    }
    for (clause, samples) in samples {
        let rows: Vec<_> = samples.iter().map(|sample| sample.row).collect();
        let judged = explain_rows(context, &compiled.rule.clauses[clause], &rows);
        for (row, judgement) in judged {
            let Some(reason) = judgement.reason() else {
                continue;
            };
            let own = wanted
                .iter()
                .filter(|(_, sample)| sample.clause == clause && sample.row == row);
            for &(why, sample) in own {
                builder.example(why, sample, reason.clone());
            }
        }
    }
}

fn has_integrity(rule: &Rule) -> bool {
    rule.clauses
        .iter()
        .any(|clause| matches!(clause.body, Body::Integrity))
}

fn claims(builders: &[Option<OutcomeBuilder<'_>>]) -> Claims {
    let mut claims = Claims::default();
    for (who, explanation) in builders.iter().flatten().flat_map(OutcomeBuilder::failures) {
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
        verdict,
        reasons: vec![reason],
        ..Outcome::new(index)
    }
}
