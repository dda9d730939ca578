//! The summary for programs: `zicha check --json`.

use crate::pipeline::Ran;
use serde_json::{Map, Value, json};
use zicha_model::{
    diag::Diagnostic,
    results::{DiagnosticRecord, State},
    verdict::{Severity, Verdict},
};

/// What came out; everything is in `results.json`, whose place it names.
pub(super) fn of_run(ran: &Ran) -> Value {
    let results = &ran.results;
    let standing: Vec<_> = results
        .findings
        .iter()
        .filter(|finding| finding.state != State::Fixed && !finding.waived)
        .collect();
    let severities = Severity::WORST_FIRST.map(|severity| {
        let count = standing.iter().filter(|f| f.severity == severity).count();
        (severity.label().to_owned(), json!(count))
    });
    let verdicts = Verdict::ALL.map(|verdict| {
        let count = results
            .controls
            .iter()
            .filter(|c| c.verdict == verdict)
            .count();
        (name(verdict), json!(count))
    });
    json!({
        "schema": "zicha/check/1",
        "done": true,
        "unit": results.unit.name,
        "as_of": results.run.as_of,
        "checklists": results.run.checklists,
        "out": ran.out.display().to_string(),
        "files": ran.files,
        "verdicts": Map::from_iter(verdicts),
        "findings": Map::from_iter(severities),
        "score": {"points": results.score.points, "of": results.score.of, "percent": results.score.percent, "grade": results.score.grade},
        "diagnostics": records(&ran.diagnostics),
    })
}

/// Why nothing was done.
pub(super) fn of_refusal(problems: &[Diagnostic]) -> Value {
    json!({"schema": "zicha/check/1", "done": false, "diagnostics": records(problems)})
}

fn records(told: &[Diagnostic]) -> Vec<DiagnosticRecord> {
    told.iter().map(DiagnosticRecord::from).collect()
}

/// As in `results.json`.
fn name(verdict: Verdict) -> String {
    let name = serde_json::to_value(verdict).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}
