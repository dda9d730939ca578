//! What keeps controls undecided, as results tell it, and what would help most.

use crate::findings::unreadable::LISTED;
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::{Outcome, VIOLATIONS};
use zicha_model::diag::codes;
use zicha_model::{
    diag::{Diagnostic, Locus},
    results::{Advice, CauseKind, Subject, Undecided, UndecidedExample},
    verdict::Verdict,
};
use zicha_rule::pack::Catalogue;

/// Examples of a cause, and cells of an example: what a reader looks up.
const SHOWN: usize = 5;

/// Ledger and field of the questions that are answered on site.
const ANSWERS: (&str, &str) = ("attestations", "answer");

/// The causes of an outcome, in an order that depends on nothing but what they are.
pub(super) fn causes(outcome: &Outcome) -> Vec<Undecided> {
    let mut causes: Vec<_> = outcome.undecided.iter().map(cause).collect();
    if !outcome.unanswered.is_empty() {
        let open = outcome.unanswered.iter().take(SHOWN);
        causes.push(Undecided {
            cause: CauseKind::Unanswered,
            ledger: ANSWERS.0.to_owned(),
            field: ANSWERS.1.to_owned(),
            records: outcome.unanswered.len() as u32,
            examples: open
                .map(|unanswered| UndecidedExample {
                    subject: Subject {
                        ledger: ANSWERS.0.to_owned(),
                        key: unanswered.scope.clone(),
                        department: None,
                        person: None,
                    },
                    reason: format!("“{}”尚未答复", unanswered.question),
                    evidence: Vec::new(),
                })
                .collect(),
        });
    }
    causes.sort_by(|a, b| {
        (a.cause, &a.ledger, &a.field, b.records).cmp(&(b.cause, &b.ledger, &b.field, a.records))
    });
    causes
}

fn cause(cause: &zicha_engine::UndecidedCause) -> Undecided {
    let examples = cause.examples.iter().take(SHOWN);
    Undecided {
        cause: cause.cause,
        ledger: cause.ledger.clone(),
        field: cause.field.clone(),
        records: cause.records,
        examples: examples
            .map(|example| UndecidedExample {
                subject: example.subject.clone(),
                reason: example.reason.clone(),
                evidence: example.evidence.iter().take(SHOWN).cloned().collect(),
            })
            .collect(),
    }
}

/// Missing ledgers and columns with the number of controls that lack nothing else, the most first. A column
/// of a ledger that is missing itself is not told.
pub(super) fn advice(outcomes: &[Outcome]) -> Vec<Advice> {
    let mut controls: BTreeMap<(String, String), u32> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|o| o.verdict == Verdict::Unknown) {
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        let ledgers = outcome.missing_ledgers.iter();
        wanted.extend(ledgers.map(|ledger| (ledger.clone(), String::new())));
        let columns = outcome.undecided.iter();
        let columns = columns.filter(|cause| cause.cause == CauseKind::MissingColumn);
        wanted.extend(columns.map(|cause| (cause.ledger.clone(), cause.field.clone())));
        let others = outcome.undecided.iter().any(|cause| {
            !matches!(
                cause.cause,
                CauseKind::MissingColumn | CauseKind::MissingLedger
            )
        });
        if let (1, false) = (wanted.len(), others) {
            for one in wanted {
                *controls.entry(one).or_default() += 1;
            }
        }
    }
    let mut advice: Vec<_> = controls
        .into_iter()
        .map(|((ledger, field), controls)| Advice {
            ledger,
            field,
            controls,
        })
        .collect();
    advice
        .sort_by(|a, b| (b.controls, &a.ledger, &a.field).cmp(&(a.controls, &b.ledger, &b.field)));
    advice
}

/// Tells of unreadable cells that papers do not list.
pub(super) fn unreadable_beyond(more: usize) -> Option<Diagnostic> {
    if more == 0 {
        return None;
    }
    let message = format!(
        "无法识读的单元格过多：报告和整改清单列出{LISTED}个，另有{more}个只在 results.json 中逐条列出，也不与上次检查比较。"
    );
    let told = Diagnostic::new(codes::UNREADABLE_COUNTED, message, Locus::default());
    Some(told.with_hint("多为台账整列填写不规范：先按一种可读的写法更正整列，再重新检查。"))
}

/// Tells of violations that are counted and not described one by one.
pub(super) fn unlisted(catalogue: &Catalogue, outcomes: &[Outcome]) -> Option<Diagnostic> {
    let beyond: Vec<_> = outcomes.iter().filter(|o| o.unlisted > 0).collect();
    if beyond.is_empty() {
        return None;
    }
    let count: u64 = beyond.iter().map(|o| u64::from(o.unlisted)).sum();
    let ids = beyond.iter().take(SHOWN);
    let ids: Vec<_> = ids
        .map(|o| catalogue.controls[o.control].control.id.as_str())
        .collect();
    let more = if beyond.len() > SHOWN { "等" } else { "" };
    let message = format!(
        "问题过多：一次检查最多逐条列出{VIOLATIONS}个问题，另有{count}个只计数、不逐条列出（{}{more}）。",
        ids.join("、")
    );
    let told = Diagnostic::new(codes::VIOLATIONS_COUNTED, message, Locus::default());
    Some(told.with_hint("多为台账整列填写有误：先更正列出的问题，再重新检查。"))
}
