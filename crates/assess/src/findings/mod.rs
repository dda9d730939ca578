//! Violations and unreadable cells → findings with dates, severity and remedy.

pub(super) mod unreadable;
pub(super) mod waivers;

use crate::input::Input;
use std::cmp::Reverse;
use unreadable::MoreUnreadable;
use zicha_engine::{Outcome, Violation};
use zicha_model::{
    results::{Finding, FindingKind, State},
    time::Day,
};

/// All findings of the run, every one `new` and found today; sorted. The violations are taken out of the
/// outcomes: there may be hundreds of thousands, so their texts are kept once. Of unreadable cells so many
/// are among them; the others come beside.
pub(super) fn collect<'a>(
    input: &Input<'a>,
    outcomes: &mut [Outcome],
) -> (Vec<Finding>, MoreUnreadable<'a>) {
    let (unreadable, more) = unreadable::collect(input);
    let violations: usize = outcomes.iter().map(|o| o.violations.len()).sum();
    let mut findings = Vec::with_capacity(violations + unreadable.len());
    findings.extend(unreadable);
    for outcome in outcomes {
        let violations = std::mem::take(&mut outcome.violations).into_iter();
        findings.extend(violations.map(|one| of_violation(input, outcome.control, one)));
    }
    findings.iter_mut().for_each(fit);
    sort(&mut findings);
    (findings, more)
}

/// Gives back the room that texts took while they were put together.
fn fit(finding: &mut Finding) {
    let Finding {
        message,
        expected,
        actual,
        problem,
        ..
    } = finding;
    for text in [message, expected, actual, problem] {
        text.shrink_to_fit();
    }
    finding.subject.key.shrink_to_fit();
}

/// Worst first, then by control, ledger and key; the fingerprint settles the rest. In place: a stable sort
/// would hold half of them once more.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_unstable_by(|a, b| order(a).cmp(&order(b)));
}

fn order(finding: &Finding) -> impl Ord {
    let Finding {
        severity,
        control,
        subject,
        fingerprint,
        ..
    } = finding;
    (Reverse(*severity), control, subject, fingerprint)
}

fn of_violation(input: &Input<'_>, control: usize, violation: Violation) -> Finding {
    let control = &input.catalogue.controls[control].control;
    let found = input.plan.as_of;
    Finding {
        fingerprint: violation.fingerprint,
        control: Some(control.id.clone()),
        severity: control.severity,
        kind: FindingKind::Violation,
        state: State::New,
        waived: false,
        subject: violation.subject,
        message: violation.message,
        expected: violation.expected,
        actual: violation.actual,
        remedy: control.remedy.clone(),
        found,
        due: found.add_days(i32::from(control.deadline_days)),
        evidence: violation.evidence,
        rectification: Default::default(),
        past: None,
        problem: violation.problem,
    }
}

/// The day by which a finding first found on `found` is due under its control's deadline.
pub(super) fn due(input: &Input<'_>, finding: &Finding, found: Day) -> Day {
    let deadline = finding.control.as_ref().and_then(|id| {
        let compiled = input
            .catalogue
            .controls
            .iter()
            .find(|c| &c.control.id == id)?;
        Some(i32::from(compiled.control.deadline_days))
    });
    found.add_days(deadline.unwrap_or(unreadable::DEADLINE))
}
