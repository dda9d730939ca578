//! Comparison with an earlier run: new, open, fixed, reopened.
//!
//! `fixed` needs proof: the control ran and decided that very subject in order. Anything else that
//! vanished stays open, so that a deleted row is no way to mend a fault.

use super::past_run::standard;
use crate::{findings, input::Input};
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::{Outcome, Subjects};
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::results::{Finding, FindingKind, FollowUp, Results, State};

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
    let subjects = Subjects::new(input.catalogue, input.dataset, input.plan, input.profile);
    let here: BTreeSet<_> = found.iter().map(|f| f.fingerprint.clone()).collect();
    let gone = baseline
        .findings
        .iter()
        .filter(|f| !here.contains(&f.fingerprint));
    let (carried, told): (Vec<_>, Vec<_>) = gone
        .map(|before| carry_on(input, &subjects, outcomes, before))
        .unzip();
    found.extend(carried);
    findings::sort(found);
    (count(path, found), told.into_iter().flatten().collect())
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

/// A finding of the baseline that did not come up: fixed if proven, else open with a note.
fn carry_on(
    input: &Input<'_>,
    subjects: &Subjects<'_>,
    outcomes: &[Outcome],
    before: &Finding,
) -> (Finding, Option<Diagnostic>) {
    let mut finding = before.clone();
    if before.state == State::Fixed || proven(input, subjects, outcomes, before) {
        finding.state = State::Fixed;
        finding.waived = false;
        return (finding, None);
    }
    finding.state = State::Open;
    let message = format!(
        "上次发现的问题（{}，{}）这次没有再判定，不能算作已整改，仍列为未整改。",
        before.control.as_deref().unwrap_or("无法识读的单元格"),
        before.subject.key
    );
    let told = Diagnostic::note("fix-not-proven", message, Locus::default())
        .with_hint("记录若已删除或台账未提供，请恢复后再查；确已整改的，须由检查重新判定为符合。");
    (finding, Some(told))
}

/// True if the run shows the fault gone: its control decided the subject and found no violation,
/// or its cell can be read now.
fn proven(
    input: &Input<'_>,
    subjects: &Subjects<'_>,
    outcomes: &[Outcome],
    before: &Finding,
) -> bool {
    let subject = (before.subject.ledger.clone(), before.subject.key.clone());
    match before.kind {
        FindingKind::Violation => outcomes.iter().any(|outcome| {
            let control = &input.catalogue.controls[outcome.control].control;
            before.control.as_deref() == Some(control.id.as_str())
                && outcome.has_decided(subjects, &subject.0, &subject.1)
        }),
        FindingKind::Unreadable => record_stands(input, subjects, &subject.0, &subject.1),
    }
}

/// True if the record is still in its ledger.
fn record_stands(input: &Input<'_>, subjects: &Subjects<'_>, ledger: &str, key: &str) -> bool {
    let Some(id) = input.catalogue.schemas.ledger_by_id(ledger) else {
        return false;
    };
    subjects.has(id, key)
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
    let told = Diagnostic::warning("standard-changed", message, Locus::default());
    Some(told)
}

fn count(path: &str, findings: &[Finding]) -> FollowUp {
    let of = |state| {
        findings
            .iter()
            .filter(|f| f.state == state && !f.waived)
            .count() as u32
    };
    FollowUp {
        baseline: path.to_owned(),
        new: of(State::New),
        open: of(State::Open),
        fixed: of(State::Fixed),
        reopened: of(State::Reopened),
        ..FollowUp::default()
    }
}
