//! What follows from the verdicts: waivers, comparison with the baseline, score, proposals.
//!
//! What enters: outcomes of [`crate::check`]. What leaves: [`Assessment`], all that reports show.

mod assemble;
mod discipline;
mod findings;
#[cfg(test)]
mod fixture;
mod follow_up;
mod records;
mod rectify;
mod score;
mod waivers;

use crate::check::Outcome;
use crate::diag::{Diagnostic, Locus, settle};
use crate::embedded;
use crate::model::{
    dataset::Dataset,
    plan::Plan,
    profile::{Profile, Waiver},
    rectification::List,
    results::{Results, Score, Unit},
};
use crate::rule::pack::Catalogue;

/// Id of the scoring model where the profile names none.
const DEFAULT_MODEL: &str = "government";
/// What proposals rest on.
const GROUNDS: &str = "checklists/discipline/proposals.yaml";

/// Everything a run knows once it is judged.
pub struct Input<'a> {
    /// What was checked against.
    pub catalogue: &'a Catalogue,
    /// What was read.
    pub dataset: &'a Dataset,
    /// What was to be done.
    pub plan: &'a Plan,
    /// The unit's profile.
    pub profile: &'a Profile,
    /// The unit's waivers.
    pub waivers: &'a [Waiver],
    /// How the controls ended.
    pub outcomes: Vec<Outcome>,
    /// Problems noticed so far (profile, packs, reading).
    pub diagnostics: Vec<Diagnostic>,
    /// An earlier run to compare with, and its path.
    pub baseline: Option<(String, Results)>,
    /// Rectification lists found outside the folders that are read for ledgers.
    pub lists: Vec<List>,
    /// The results that lay in the output folder before this run.
    pub beside: Option<Results>,
}

/// What the reports show.
pub struct Assessment<'a> {
    /// The content of `results.json`.
    pub results: Results,
    /// The outcomes (undecided subjects, unanswered questions, reasons), waivers applied.
    pub outcomes: Vec<Outcome>,
    /// What was checked against: titles, requirements, parameters with their origin.
    pub catalogue: &'a Catalogue,
    /// What was read, for the basic figures.
    pub dataset: &'a Dataset,
    /// What was to be done.
    pub plan: &'a Plan,
    /// Letterhead, addressee, marking.
    pub profile: &'a Profile,
    /// All diagnostics, settled.
    pub diagnostics: Vec<Diagnostic>,
}

/// Applies waivers and baseline, computes score and proposals, and puts everything in order.
pub fn assess(mut input: Input<'_>) -> Assessment<'_> {
    let mut outcomes = std::mem::take(&mut input.outcomes);
    let mut diagnostics = std::mem::take(&mut input.diagnostics);
    let mut findings = findings::collect(&input, &outcomes);
    diagnostics.extend(waivers::apply(
        input.waivers,
        &mut findings,
        input.plan.as_of,
    ));
    let (mut follow_up, told) = follow_up::compare(&input, &outcomes, &mut findings);
    diagnostics.extend(told);
    diagnostics.extend(rectify::carry(&input, &mut findings, &mut follow_up));
    let unit = unit(&input);
    let mut controls = assemble::controls(&input, &mut outcomes, &findings);
    let score = score(&input, &mut controls, &mut diagnostics);
    let discipline = discipline(&input, &outcomes, &unit.kind, &mut diagnostics);
    settle(&mut diagnostics);
    let mut results = assemble::results(&input, unit);
    results.controls = controls;
    results.findings = findings;
    results.score = score;
    results.discipline = discipline;
    results.follow_up = follow_up;
    results.diagnostics = assemble::diagnostics(&diagnostics);
    Assessment {
        results,
        outcomes,
        catalogue: input.catalogue,
        dataset: input.dataset,
        plan: input.plan,
        profile: input.profile,
        diagnostics,
    }
}

/// Name and kind of the unit: the profile's word, else the ledger's.
fn unit(input: &Input<'_>) -> Unit {
    let ledger = records::Records::of(&input.catalogue.schemas, input.dataset, "unit_profile");
    let ledger = ledger.filter(|records| !records.rows().is_empty());
    let pick = |own: &str, from_ledger: Option<String>| {
        if own.is_empty() {
            from_ledger.unwrap_or_default()
        } else {
            own.to_owned()
        }
    };
    Unit {
        name: pick(
            &input.profile.unit_name,
            ledger.and_then(|r| r.text(0, "unit_name")),
        ),
        kind: pick(
            &input.profile.unit_kind,
            ledger.and_then(|r| r.choice(0, "unit_type").map(str::to_owned)),
        ),
    }
}

/// The score of a run with the annual checklist; a festival run alone has none.
fn score(
    input: &Input<'_>,
    controls: &mut [crate::model::results::ControlResult],
    diagnostics: &mut Vec<Diagnostic>,
) -> Score {
    if input.plan.annual.is_none() {
        return Score {
            grade: "节日检查不评分".to_owned(),
            ..Score::default()
        };
    }
    match load_model(input.profile) {
        Ok(model) => score::score(&model, controls, &input.catalogue.schemas, input.dataset),
        Err(problem) => {
            diagnostics.push(problem);
            Score {
                grade: "无法评定".to_owned(),
                ..Score::default()
            }
        }
    }
}

/// The built-in model, or the one the profile names by id.
fn load_model(profile: &Profile) -> Result<score::Model, Diagnostic> {
    let id = profile.scoring.as_deref().unwrap_or(DEFAULT_MODEL);
    let path = format!("checklists/scoring/{id}.yaml");
    match embedded::text(&path) {
        Some(text) => score::parse(&path, text),
        None => Err(Diagnostic::error(
            "scoring-model",
            format!("没有名为“{id}”的评分模型。"),
            Locus::file("zicha.yaml"),
        )
        .with_hint(format!("scoring: 写 {DEFAULT_MODEL}，或者删去该行。"))),
    }
}

fn discipline(
    input: &Input<'_>,
    outcomes: &[Outcome],
    unit_kind: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<crate::model::results::Proposal> {
    let text = embedded::text(GROUNDS).unwrap_or_default();
    match discipline::parse(GROUNDS, text) {
        Ok(grounds) => discipline::propose(&grounds, input, outcomes, unit_kind),
        Err(problem) => {
            diagnostics.push(problem);
            Vec::new()
        }
    }
}
