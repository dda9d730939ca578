//! Violations and unreadable cells → findings with dates, severity and remedy.

pub(super) mod waivers;

use crate::input::Input;
use zicha_engine::{Outcome, Subjects, Violation};
use zicha_model::digest::Hasher;
use zicha_model::{
    dataset::{CellState, UnreadableCell},
    results::{Finding, FindingKind, State},
    schema::FieldSchema,
    time::Day,
    verdict::Severity,
};

/// Days to mend a cell that cannot be read: our assumption, the time of a general fault.
const UNREADABLE_DEADLINE: i32 = 30;

/// All findings of the run, every one `new` and found today; sorted.
pub(super) fn collect(input: &Input<'_>, outcomes: &[Outcome]) -> Vec<Finding> {
    let violations = outcomes.iter().flat_map(|outcome| {
        outcome
            .violations
            .iter()
            .map(|violation| of_violation(input, outcome, violation))
    });
    let subjects = Subjects::new(input.catalogue, input.dataset, input.plan, input.profile);
    let unreadable = input
        .dataset
        .unreadable
        .iter()
        .filter_map(|cell| of_unreadable(input, &subjects, cell));
    let mut findings: Vec<_> = violations.chain(unreadable).collect();
    sort(&mut findings);
    findings
}

/// Worst first, then by control, ledger and key; the fingerprint settles the rest.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.control.clone(), f.subject.clone(), f.fingerprint.clone());
        b.severity
            .cmp(&a.severity)
            .then_with(|| key(a).cmp(&key(b)))
    });
}

fn of_violation(input: &Input<'_>, outcome: &Outcome, violation: &Violation) -> Finding {
    let control = &input.catalogue.controls[outcome.control].control;
    let found = input.plan.as_of;
    Finding {
        fingerprint: violation.fingerprint.clone(),
        control: Some(control.id.clone()),
        severity: control.severity,
        kind: FindingKind::Violation,
        state: State::New,
        waived: false,
        subject: violation.subject.clone(),
        message: violation.message.clone(),
        expected: violation.expected.clone(),
        actual: violation.actual.clone(),
        remedy: control.remedy.clone(),
        found,
        due: found.add_days(i32::from(control.deadline_days)),
        evidence: violation.evidence.clone(),
        rectification: Default::default(),
        past: None,
        problem: violation.problem.clone(),
    }
}

fn of_unreadable(
    input: &Input<'_>,
    subjects: &Subjects<'_>,
    cell: &UnreadableCell,
) -> Option<Finding> {
    let schemas = &input.catalogue.schemas;
    let table = input.dataset.table(cell.ledger)?;
    let ledger = schemas.ledger(cell.ledger);
    let field = schemas.field(cell.ledger, cell.field);
    let evidence = input.dataset.evidence(schemas, table, cell.row, cell.field);
    let subject = subjects.of(cell.ledger, cell.row);
    let found = input.plan.as_of;
    Some(Finding {
        fingerprint: unreadable_fingerprint(&ledger.id, &subject.key, &field.id),
        control: None,
        severity: Severity::General,
        kind: FindingKind::Unreadable,
        state: State::New,
        waived: false,
        subject,
        message: unreadable_message(table.cell(cell.row, cell.field).0, field, &evidence.value),
        expected: cell.expected.clone(),
        actual: beginning(&evidence.value),
        remedy: "核对原始凭据，按要求的写法更正该单元格；更正前，依赖它的检查项不作合格处理。"
            .to_owned(),
        found,
        due: found.add_days(UNREADABLE_DEADLINE),
        problem: format!(
            "{}“{}”填写不规范，无法识读",
            field.label,
            beginning(&evidence.value)
        ),
        evidence: vec![evidence],
        rectification: Default::default(),
        past: None,
    })
}

/// What is wrong with a cell that nothing can be concluded from.
fn unreadable_message(state: CellState, field: &FieldSchema, raw: &str) -> String {
    let (label, raw) = (&field.label, beginning(raw));
    match state {
        CellState::Future => {
            format!("“{label}”填的是“{raw}”，晚于检查基准日：尚未到来的日期不能说明事项已经办理。")
        }
        _ => format!("“{label}”无法识读：单元格内容为“{raw}”。"),
    }
}

/// The beginning of a long cell: a list of all staff says no more; the evidence holds it whole.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(30) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}……", &text[..at]),
    }
}

/// Stable identity of an unreadable cell: ledger, record key and field, never the row number.
fn unreadable_fingerprint(ledger: &str, key: &str, field: &str) -> String {
    Hasher::of(format!("unreadable\u{1f}{ledger}\u{1f}{key}\u{1f}{field}")).hex_prefix(8)
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
    found.add_days(deadline.unwrap_or(UNREADABLE_DEADLINE))
}
