//! A run's line in the history: its figures, and digests of what it was judged by.

use serde::Serialize;
use zicha_model::digest::Hasher;
use zicha_model::{
    history::{PastRun, PastScore, SCHEMA, Standard},
    results::Results,
    verdict::{Severity, Verdict},
};

/// The line of a run; `scoring`: the text of the scoring model, if it is known.
pub fn past_run(results: &Results, checklist: &str, scoring: Option<&str>) -> PastRun {
    let ended = |verdict| {
        let controls = results.controls.iter();
        (
            verdict,
            controls.filter(|c| c.verdict == verdict).count() as u32,
        )
    };
    let standing = |severity| {
        let findings = results.findings.iter();
        let standing = findings.filter(|f| f.stands());
        (
            severity,
            standing.filter(|f| f.severity == severity).count() as u32,
        )
    };
    let score = &results.score;
    PastRun {
        schema: SCHEMA.to_owned(),
        as_of: results.run.as_of,
        checklist: checklist.to_owned(),
        tool: results.tool.version.clone(),
        verdicts: Verdict::ALL.map(ended).into(),
        findings: Severity::WORST_FIRST.map(standing).into(),
        score: score.of.is_positive().then(|| PastScore {
            percent: score.percent,
            highest: score.highest.percent_of(score.of),
            grade: score.grade.clone(),
        }),
        standard: standard(results, scoring),
    }
}

/// What a run was judged by.
pub(super) fn standard(results: &Results, scoring: Option<&str>) -> Standard {
    let disabled = results.controls.iter();
    let disabled = disabled.filter(|c| c.verdict == Verdict::NotSelected);
    Standard {
        packs: digest(&results.run.packs),
        parameters: digest(&results.run.parameters),
        disabled: digest(&disabled.map(|c| &c.id).collect::<Vec<_>>()),
        scoring: scoring.map(|text| digest(&text)),
    }
}

/// The beginning of the SHA-256 of a value's JSON: enough to tell two standards apart.
fn digest(value: &impl Serialize) -> String {
    let json = serde_json::to_vec(value).unwrap_or_default();
    Hasher::of(json).hex_prefix(8)
}
