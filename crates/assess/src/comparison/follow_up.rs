//! Comparison with an earlier run: new, open, fixed, reopened.
//!
//! `fixed` needs proof: the control ran and decided that very subject in order. Anything else that
//! vanished stays open, so that a deleted row is no way to mend a fault.

use super::{look::Look, past_run::standard, unproven};
use crate::{findings, input::Input};
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::Outcome;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::results::{Finding, FindingKind, FollowUp, PastCause, Results, State};

/// Sets the states of the run's findings, carries earlier ones on, and counts.
pub(crate) fn compare(
    input: &Input<'_>,
    outcomes: &[Outcome],
    found: &mut Vec<Finding>,
) -> (FollowUp, Vec<Diagnostic>) {
    let Some((path, baseline)) = &input.baseline else {
        let new = found.iter().filter(|f| !f.waived).count() as u32;
        return (
            FollowUp {
                new,
                ..FollowUp::default()
            },
            Vec::new(),
        );
    };
    let earlier: BTreeMap<_, _> = baseline
        .findings
        .iter()
        .map(|f| (f.fingerprint.as_str(), f))
        .collect();
    for finding in found.iter_mut() {
        if let Some(before) = earlier.get(finding.fingerprint.as_str()) {
            meet_again(input, finding, before);
        }
    }
    let look = Look::new(input, outcomes, baseline);
    let here: BTreeSet<_> = found.iter().map(|f| f.fingerprint.clone()).collect();
    let gone = baseline
        .findings
        .iter()
        .filter(|f| !here.contains(&f.fingerprint));
    let carried: Vec<_> = gone.map(|before| carry_on(&look, before)).collect();
    found.extend(carried);
    findings::sort(found);
    (count(path, found), unproven_told(found))
}

/// A finding of the baseline that is here again.
fn meet_again(input: &Input<'_>, finding: &mut Finding, before: &Finding) {
    if before.state == State::Fixed {
        finding.state = State::Reopened;
        return;
    }
    finding.state = State::Open;
    finding.found = before.found;
    finding.due = findings::due(input, finding, before.found);
}

/// A finding of the baseline that did not come up: fixed if proven, else past, with today's facts.
fn carry_on(look: &Look<'_>, before: &Finding) -> Finding {
    let mut finding = before.clone();
    if let Some(past) = finding.past.take() {
        let told = past.told;
        finding.message = told.message;
        finding.expected = told.expected;
        finding.actual = told.actual;
        finding.evidence = told.evidence;
    }
    if before.state == State::Fixed || proven(look, before) {
        finding.state = State::Fixed;
        finding.waived = false;
        return finding;
    }
    finding.state = State::Open;
    unproven::with_todays_facts(look, finding)
}

/// True if the run shows the fault gone: its control decided the subject and found no violation,
/// or its cell can be read now.
fn proven(look: &Look<'_>, before: &Finding) -> bool {
    let subject = &before.subject;
    match before.kind {
        FindingKind::Violation => look
            .outcomes_of(before)
            .any(|outcome| outcome.has_decided(&look.subjects, &subject.ledger, &subject.key)),
        FindingKind::Unreadable => look.cell_stands(before),
    }
}

/// Tells what is not proven mended, once a cause.
fn unproven_told(findings: &[Finding]) -> Vec<Diagnostic> {
    const SHOWN: usize = 5;
    let of = |cause| {
        let mine = findings.iter().filter(|f| f.is_unproven());
        let mine = mine.filter(|f| f.past.as_ref().is_some_and(|past| past.cause == cause));
        let mine: Vec<_> = mine.collect();
        let names = mine.iter().take(SHOWN).map(|f| {
            let control = f.control.as_deref().unwrap_or("无法识读的单元格");
            format!("{control} {}", f.subject.key.replace('|', "/"))
        });
        let names: Vec<_> = names.collect();
        let more = if mine.len() > SHOWN { "等" } else { "" };
        let message = format!(
            "上次发现的问题有 {} 处{}，不能算作已整改，仍列在整改清单：{}{more}",
            mine.len(),
            cause.label(),
            names.join("；")
        );
        let told = Diagnostic::new(codes::FIX_NOT_PROVEN, message, Locus::default());
        (!mine.is_empty()).then(|| {
            told.with_hint(
                "记录若已删除或台账未提供，请恢复后再查；确已整改的，须由检查重新判定为符合。",
            )
        })
    };
    PastCause::ALL.into_iter().filter_map(of).collect()
}

/// Tells packs, parameters and the like that differ from the baseline's, so that a better number is
/// not mistaken for progress.
pub(crate) fn changed_standard(input: &Input<'_>, now: &Results) -> Option<Diagnostic> {
    let (_, before) = input.baseline.as_ref()?;
    let mut changed = standard(now, None).changes(&standard(before, None));
    if now.score.model != before.score.model && !before.score.model.is_empty() {
        changed.push("评分模型");
    }
    if changed.is_empty() {
        return None;
    }
    let (now, before) = (&now.run.parameters, &before.run.parameters);
    let names: BTreeSet<_> = now.keys().chain(before.keys()).collect();
    let differ = names
        .into_iter()
        .filter(|name| now.get(*name) != before.get(*name));
    let differ: Vec<_> = differ.map(String::as_str).collect();
    let mut message = format!(
        "与上次检查相比，检查标准有变化，前后数字不可直接比较：{}不同",
        changed.join("、")
    );
    if !differ.is_empty() {
        message.push_str(&format!("；变化的参数：{}", differ.join("、")));
    }
    message.push('。');
    let told = Diagnostic::new(codes::STANDARD_CHANGED, message, Locus::default());
    Some(told)
}

fn count(path: &str, findings: &[Finding]) -> FollowUp {
    let of = |state| {
        findings
            .iter()
            .filter(|f| f.state == state && !f.waived && f.past.is_none())
            .count() as u32
    };
    FollowUp {
        baseline: path.to_owned(),
        new: of(State::New),
        open: of(State::Open),
        fixed: of(State::Fixed),
        reopened: of(State::Reopened),
        unproven: findings.iter().filter(|f| f.is_unproven()).count() as u32,
        ..FollowUp::default()
    }
}
