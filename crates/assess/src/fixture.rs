//! Small findings for the tests of this module.

use zicha_model::{
    results::{Finding, FindingKind, State, Subject},
    time::Day,
    verdict::Severity,
};

/// The day the tests stand on.
pub(super) fn today() -> Day {
    Day::parse("2026-09-24").unwrap()
}

/// A new violation of a control by the record with this key.
pub(super) fn finding(control: &str, key: &str) -> Finding {
    Finding {
        fingerprint: format!("{control}/{key}"),
        control: Some(control.to_owned()),
        severity: Severity::Serious,
        kind: FindingKind::Violation,
        state: State::New,
        waived: false,
        subject: Subject {
            ledger: "computers".into(),
            key: key.into(),
            department: None,
            person: None,
        },
        message: "口令逾期未更换。".into(),
        expected: "31 日内更换".into(),
        actual: "已 40 日".into(),
        remedy: "立即更换口令。".into(),
        found: today(),
        due: today().add_days(3),
        evidence: Vec::new(),
        rectification: Default::default(),
        past: None,
        problem: String::new(),
    }
}
