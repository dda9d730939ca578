//! Puts the parts of a run together in the shape of `results.json`.

use crate::input::Input;
use crate::undecided;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use zicha_engine::Outcome;
use zicha_model::{
    control::ParameterValue,
    dataset::{InputFile, SheetUse},
    plan::Plan,
    results::{
        ControlResult, DiagnosticRecord, Finding, Input as InputRecord, InputSheet, Narrowed,
        NarrowedBy, PerChecklist, Results, Run, State, Tool, Unit,
    },
    schema::Schemas,
    verdict::Verdict,
};
use zicha_rule::pack::Catalogue;

/// The schema mark of `results.json`.
pub(super) const SCHEMA: &str = "zicha/results/1";

/// The results without score, proposals and comparison, which their modules fill in.
pub(super) fn results(input: &Input<'_>, unit: Unit) -> Results {
    Results {
        schema: SCHEMA.to_owned(),
        tool: Tool::this(),
        unit,
        run: run(input.plan, input.catalogue),
        inputs: input
            .dataset
            .inputs
            .iter()
            .map(|file| input_record(file, &input.catalogue.schemas))
            .collect(),
        controls: Vec::new(),
        findings: Vec::new(),
        score: Default::default(),
        discipline: Vec::new(),
        follow_up: Default::default(),
        diagnostics: Vec::new(),
        departments: Vec::new(),
        advice: Vec::new(),
        levels: None,
    }
}

/// One entry for each control, with the verdict after waivers; `listed` is the number of violations of each
/// outcome.
pub(super) fn controls(
    input: &Input<'_>,
    outcomes: &mut [Outcome],
    listed: &[u32],
    findings: &[Finding],
) -> Vec<ControlResult> {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let now = |f: &&Finding| f.state != State::Fixed && f.past.is_none();
    for finding in findings.iter().filter(now) {
        let Some(control) = &finding.control else {
            continue;
        };
        let (failed, waived) = counts.entry(control).or_default();
        *(if finding.waived { waived } else { failed }) += 1;
    }
    let pairs = outcomes.iter_mut().zip(listed);
    pairs
        .map(|(outcome, &listed)| {
            let control = &input.catalogue.controls[outcome.control].control;
            let (failed, waived) = counts.get(control.id.as_str()).copied().unwrap_or_default();
            if outcome.verdict == Verdict::Fail && outcome.unlisted == 0 && listed <= waived {
                outcome.verdict = Verdict::Waived;
            }
            ControlResult {
                id: control.id.clone(),
                title: control.title.clone(),
                chapter: control.chapter.to_string(),
                checklists: control.checklists.clone(),
                severity: control.severity,
                basis: control.basis.clone(),
                verdict: outcome.verdict,
                subjects: outcome.subjects,
                failed: if outcome.verdict == Verdict::Fail {
                    failed + outcome.unlisted
                } else {
                    0
                },
                unknown: outcome.undecided_subjects,
                waived,
                score: None,
                narrowed: narrowed(input, outcome),
                undecided: undecided::causes(outcome),
            }
        })
        .collect()
}

/// What packs left out of a control that was judged.
fn narrowed(input: &Input<'_>, outcome: &Outcome) -> Option<Narrowed> {
    let by = &input.catalogue.controls[outcome.control].narrowed;
    let judged = outcome.verdict != Verdict::NotSelected;
    (judged && !by.is_empty()).then(|| Narrowed {
        records: outcome.passed_over,
        by: by
            .iter()
            .map(|narrowing| NarrowedBy {
                pack: narrowing.pack.clone(),
                ledger: input.catalogue.schemas.ledger(narrowing.ledger).id.clone(),
                condition: narrowing.condition.clone(),
                reason: narrowing.reason.clone(),
            })
            .collect(),
    })
}

/// Parameters in force as JSON, by name.
pub(super) fn parameters(catalogue: &Catalogue) -> Map<String, Value> {
    catalogue
        .parameters
        .values()
        .map(|p| (p.name.clone(), parameter_value(&p.value)))
        .collect()
}

/// Diagnostics in the shape of the file.
pub(super) fn diagnostics(diagnostics: &[zicha_model::diag::Diagnostic]) -> Vec<DiagnosticRecord> {
    diagnostics.iter().map(DiagnosticRecord::from).collect()
}

fn parameter_value(value: &ParameterValue) -> Value {
    match value {
        ParameterValue::Integer(number) => Value::from(*number),
        ParameterValue::Bool(truth) => Value::from(*truth),
        ParameterValue::Word(word) => Value::from(word.clone()),
        ParameterValue::Words(words) => Value::from(words.clone()),
        ParameterValue::Map(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), Value::from(*value)))
            .collect(),
        ParameterValue::Time(minutes) => {
            Value::from(format!("{:02}:{:02}", minutes / 60, minutes % 60))
        }
    }
}

fn run(plan: &Plan, catalogue: &Catalogue) -> Run {
    let (period, festival) = match (plan.annual, &plan.festival) {
        (Some(annual), Some((period, festival))) => (
            PerChecklist::Each {
                annual: Some(annual),
                festival: *period,
            },
            Some(PerChecklist::Each {
                annual: None,
                festival: festival.kind,
            }),
        ),
        (None, Some((period, festival))) => (
            PerChecklist::One(*period),
            Some(PerChecklist::One(festival.kind)),
        ),
        (Some(annual), None) => (PerChecklist::One(annual), None),
        (None, None) => unreachable!("a plan has at least one checklist"),
    };
    Run {
        as_of: plan.as_of,
        checklists: plan.checklists(),
        festival,
        period,
        packs: catalogue.packs.clone(),
        parameters: parameters(catalogue),
    }
}

fn input_record(file: &InputFile, schemas: &Schemas) -> InputRecord {
    InputRecord {
        path: file.path.clone(),
        digests: file.digests.clone(),
        bytes: file.bytes,
        sheets: file
            .sheets
            .iter()
            .map(|sheet| input_sheet(sheet, schemas))
            .collect(),
    }
}

fn input_sheet(sheet: &SheetUse, schemas: &Schemas) -> InputSheet {
    InputSheet {
        name: sheet.name.clone(),
        ledger: sheet.ledger.map(|ledger| schemas.ledger(ledger).id.clone()),
        heading_row: sheet.heading_row,
        rows: sheet.rows,
        unused_columns: sheet
            .unused_columns
            .iter()
            .map(|column| column.heading.clone())
            .collect(),
    }
}
