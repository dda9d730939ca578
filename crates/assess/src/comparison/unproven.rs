//! What is said of a finding of an earlier run that this run neither found nor proved mended:
//! today's facts, never the old evidence as if it were current.

use super::look::Look;
use zicha_model::{
    brief::brief,
    results::{ChangedCell, Evidence, Finding, FindingKind, Past, PastCause, Told},
    verdict::Verdict,
};

/// Characters of a cell that are quoted.
const QUOTED: usize = 30;

/// Puts today's facts in the place of what was told then, which is kept under `past`.
pub(super) fn with_todays_facts(look: &Look<'_>, mut finding: Finding) -> Finding {
    let (cause, reason) = cause(look, &finding);
    let (evidence, changed) = look.cells(&finding);
    let message = message(look, &finding, cause, &reason, &changed);
    let told = Told {
        message: std::mem::replace(&mut finding.message, message),
        expected: std::mem::take(&mut finding.expected),
        actual: std::mem::take(&mut finding.actual),
        evidence: std::mem::replace(&mut finding.evidence, evidence),
    };
    finding.past = Some(Box::new(Past {
        cause,
        told,
        changed,
    }));
    finding
}

/// Why the run does not prove it mended, and in words what is missing.
fn cause(look: &Look<'_>, before: &Finding) -> (PastCause, String) {
    if let Some(reason) = not_checked(look, before) {
        return (PastCause::NotChecked, reason);
    }
    let label = ledger_label(look, before);
    let table = look.ledger(before).map(|id| look.input.dataset.table(id));
    if let Some(reason) = look.undecided_reason(before) {
        return (PastCause::Undecided, reason);
    }
    match table {
        Some(None) => (PastCause::Undecided, format!("《{label}》这次没有提供")),
        _ if is_record(look, before) && look.row(before).is_none() => {
            (PastCause::Gone, String::new())
        }
        _ if before.kind == FindingKind::Unreadable => {
            (PastCause::Undecided, format!("《{label}》里已没有这一栏"))
        }
        _ => undecided_as_a_whole(look, before),
    }
}

/// The control was not judged at all.
fn not_checked(look: &Look<'_>, before: &Finding) -> Option<String> {
    if before.kind == FindingKind::Unreadable {
        return None;
    }
    let mut outcomes = look.outcomes_of(before).peekable();
    if outcomes.peek().is_none() {
        return Some("该项检查不在本次检查范围内".to_owned());
    }
    let off = outcomes.find(|o| o.verdict == Verdict::NotSelected)?;
    Some(match off.reasons.as_slice() {
        [] => "该项检查已停用".to_owned(),
        reasons => format!("该项检查已停用（{}）", reasons.join("；")),
    })
}

/// The control ended without a verdict of its own about the subject.
fn undecided_as_a_whole(look: &Look<'_>, before: &Finding) -> (PastCause, String) {
    let open = |v: Verdict| matches!(v, Verdict::Unknown | Verdict::NotChecked);
    let outcome = look.outcomes_of(before).find(|o| open(o.verdict));
    let Some(outcome) = outcome else {
        return (PastCause::OutOfScope, String::new());
    };
    let reason = match outcome.reasons.as_slice() {
        [] => "该项检查没有得出结论".to_owned(),
        reasons => reasons.join("；"),
    };
    (PastCause::Undecided, reason)
}

/// True if the subject is a record of a ledger, not the unit as a whole.
fn is_record(look: &Look<'_>, before: &Finding) -> bool {
    before.subject.ledger != "unit_profile" && look.ledger(before).is_some()
}

fn message(
    look: &Look<'_>,
    before: &Finding,
    cause: PastCause,
    reason: &str,
    changed: &[ChangedCell],
) -> String {
    let subject = format!("《{}》“{}”", ledger_label(look, before), before.subject.key);
    let day = before.found.chinese();
    let reason = reason.trim_end_matches('。');
    let changes = changes(look, before, changed);
    match cause {
        PastCause::Undecided if changed.is_empty() => format!(
            "{subject}：{day}发现的问题，所引单元格没有变化，这次无法核实是否整改：{reason}。"
        ),
        PastCause::Undecided if filled(changed) => {
            format!("{subject}：{changes}，该处已补，尚有其他条件无法核实：{reason}。")
        }
        PastCause::Undecided => {
            format!("{subject}：{changes}，台账已改，是否符合尚无法核实：{reason}。")
        }
        PastCause::Gone => format!(
            "{subject}：{day}发现问题的记录在台账中已找不到{}，未能核实是否整改。",
            place(&before.evidence)
        ),
        PastCause::OutOfScope => {
            let changes = [changes.as_str(), "，"].concat();
            let changes = if changed.is_empty() { "" } else { &changes };
            format!(
                "{subject}：{changes}{day}发现问题的记录已不在该项检查的范围内，未能核实是否整改。"
            )
        }
        PastCause::NotChecked => {
            format!("{subject}：{day}发现的问题这次没有核对：{reason}。")
        }
    }
}

/// True if every change put something where nothing stood.
fn filled(changed: &[ChangedCell]) -> bool {
    let filled = |cell: &ChangedCell| cell.then.trim().is_empty() && !cell.now.trim().is_empty();
    changed.iter().all(filled)
}

/// `“批准人”原为空，现为“赵”`.
fn changes(look: &Look<'_>, before: &Finding, changed: &[ChangedCell]) -> String {
    let shown = |text: &str| match text.trim() {
        "" => "空".to_owned(),
        text => format!("“{}”", brief(text, QUOTED)),
    };
    let one = |cell: &ChangedCell| {
        let label = field_label(look, before, &cell.field);
        format!(
            "“{label}”原为{}，现为{}",
            shown(&cell.then),
            shown(&cell.now)
        )
    };
    let all: Vec<_> = changed.iter().map(one).collect();
    all.join("；")
}

/// `（原在 台账/收文.xlsx 工作表“2026” 第 47 行）`.
fn place(evidence: &[Evidence]) -> String {
    let cell = evidence.iter().find(|cell| cell.file.is_some());
    let Some((file, row)) = cell.and_then(|c| Some((c.file.as_ref()?, c.row?))) else {
        return String::new();
    };
    let sheet = cell.and_then(|c| c.sheet.as_ref());
    let sheet = sheet.map_or_else(String::new, |sheet| format!("工作表“{sheet}”"));
    format!("（原在 {file} {sheet}第 {row} 行）")
}

fn ledger_label(look: &Look<'_>, before: &Finding) -> String {
    let schemas = &look.input.catalogue.schemas;
    let ledger = look.ledger(before);
    ledger.map_or_else(
        || before.subject.ledger.clone(),
        |id| schemas.ledger(id).label.clone(),
    )
}

fn field_label(look: &Look<'_>, before: &Finding, field: &str) -> String {
    let schemas = &look.input.catalogue.schemas;
    let label = look.ledger(before).and_then(|ledger| {
        let id = schemas.ledger(ledger).field_by_id(field)?;
        Some(schemas.field(ledger, id).label.clone())
    });
    label.unwrap_or_else(|| field.to_owned())
}
