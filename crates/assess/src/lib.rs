//! What follows from the verdicts: waivers, comparison with the baseline, score, proposals.
//!
//! What enters: outcomes of [`zicha_engine`]. What leaves: [`Assessment`], all that reports show.

mod answers;
mod assemble;
mod comparison;
mod discipline;
pub mod due;
mod findings;
#[cfg(test)]
mod fixture;
mod input;
mod records;
mod rectification;
mod score;
mod undecided;

pub use comparison::past_run::past_run;
pub use findings::unreadable::MoreUnreadable;
pub use input::Input;

use score::Chosen;
use std::collections::BTreeSet;
use std::sync::Arc;
use zicha_embedded as embedded;
use zicha_engine::Outcome;
use zicha_model::diag::{Diagnostic, Locus, codes, sort_and_dedup};
use zicha_model::{
    dataset::Dataset,
    history::PastRun,
    plan::Plan,
    profile::Profile,
    results::{ControlResult, DepartmentScore, Finding, Results, Score, Unit},
    verdict::Severity,
};
use zicha_rule::pack::Catalogue;
use zicha_scoring::levels::{self, Merged};
use zicha_scoring::own::{OwnScoring, OwnStandard};
use zicha_scoring::reckon::Reckoned;

/// What proposals rest on.
const GROUNDS: &str = "checklists/discipline/proposals.yaml";

/// What the reports show.
pub struct Assessment<'a> {
    /// The content of `results.json`.
    pub results: Results,
    /// Unreadable cells beyond those among the findings of `results`.
    pub more_unreadable: MoreUnreadable<'a>,
    /// The outcomes (undecided subjects, unanswered questions, reasons), waivers applied.
    pub outcomes: Vec<Outcome>,
    /// Earlier runs of the same checklist, the oldest first.
    pub history: Vec<PastRun>,
    /// This run as the history keeps it.
    pub this_run: PastRun,
    /// What was checked against: titles, requirements, parameters with their origin.
    pub catalogue: &'a Catalogue,
    /// What was read, for the basic figures.
    pub dataset: &'a Dataset,
    /// What was to be done.
    pub plan: &'a Plan,
    /// Letterhead, addressee, marking.
    pub profile: &'a Profile,
    /// What falls due in the months to come.
    pub due: due::DueDates,
    /// All diagnostics, settled.
    pub diagnostics: Vec<Diagnostic>,
    /// The bureau's score table with its points, where the run is scored by one.
    pub form: Option<Arc<ScoredForm>>,
    /// What departments and persons answered, where their sheets lie in the workspace.
    pub levels: Option<Merged>,
}

/// A bureau's score table and what it amounts to.
#[derive(Debug)]
pub struct ScoredForm {
    /// The table, and the file that it was taken from.
    pub own: OwnStandard,
    /// Its points.
    pub reckoned: Reckoned,
}

/// Applies waivers and baseline, computes score and proposals, and puts everything in order.
pub fn assess(mut input: Input<'_>) -> Assessment<'_> {
    let mut outcomes = std::mem::take(&mut input.outcomes);
    let mut diagnostics = std::mem::take(&mut input.diagnostics);
    let unit = unit(&input);
    // Proposals rest on violations, whose texts the findings take over.
    let discipline = discipline(&input, &outcomes, &unit.kind, &mut diagnostics);
    let listed: Vec<_> = outcomes.iter().map(|o| o.violations.len() as u32).collect();
    let (mut findings, more_unreadable) = findings::collect(&input, &mut outcomes);
    diagnostics.extend(findings::waivers::apply(
        input.waivers,
        &mut findings,
        &input.catalogue.schemas,
        findings::waivers::Run {
            as_of: input.plan.as_of,
            elsewhere: &elsewhere(&input),
        },
    ));
    let (mut follow_up, told) = comparison::compare(&input, &outcomes, &mut findings);
    diagnostics.extend(told);
    diagnostics.extend(rectification::carry(&input, &mut findings, &mut follow_up));
    diagnostics.extend(answers::tell(
        input.catalogue,
        input.dataset,
        Some(input.plan),
    ));
    let levels = levels::merge(&input.catalogue.schemas, input.dataset, &findings);
    diagnostics.extend(levels.iter().flat_map(answers::levels));
    let due = due::dates(&input, &findings).unwrap_or_else(|reason| {
        let told = Diagnostic::new(codes::DUE_DATES_DATA, reason, Locus::default());
        diagnostics.push(told.with_hint("程序内置的数据有误，请换用完好的程序。"));
        due::DueDates::default()
    });
    let mut controls = assemble::controls(&input, &mut outcomes, &listed, &findings);
    let (score, departments, form) = score(&input, &mut controls, &findings, &mut diagnostics);
    let mut results = assemble::results(&input, unit);
    results.controls = controls;
    results.findings = findings;
    results.score = score;
    results.departments = departments;
    results.advice = undecided::advice(&outcomes);
    results.levels = levels.as_ref().map(Merged::counted);
    diagnostics.extend(undecided::unlisted(input.catalogue, &outcomes));
    diagnostics.extend(undecided::unreadable_beyond(more_unreadable.len()));
    results.discipline = discipline;
    results.follow_up = follow_up;
    diagnostics.extend(comparison::changed_standard(&input, &results));
    sort_and_dedup(&mut diagnostics);
    results.diagnostics = assemble::diagnostics(&diagnostics);
    let scoring = score::text(input.profile, input.scoring.as_ref());
    let scoring = scoring.as_ref().map(|(_, text)| text.as_ref());
    Assessment {
        this_run: history_line(&results, &more_unreadable, (input.plan, scoring)),
        history: input.history,
        results,
        more_unreadable,
        outcomes,
        catalogue: input.catalogue,
        dataset: input.dataset,
        plan: input.plan,
        profile: input.profile,
        due,
        diagnostics,
        form,
        levels,
    }
}

/// This run as the history keeps it, with the cells that are no findings of `results`.
fn history_line(
    results: &Results,
    more: &MoreUnreadable<'_>,
    (plan, scoring): (&Plan, Option<&str>),
) -> PastRun {
    let mut line = past_run(results, plan.checklist_name(), scoring);
    if let Some(general) = line.findings.get_mut(&Severity::General) {
        *general += more.len() as u32;
    }
    line
}

/// Ids of the controls that stand on no checklist of the run.
fn elsewhere<'a>(input: &Input<'a>) -> BTreeSet<&'a str> {
    let runs = input.plan.checklists();
    let controls = input.catalogue.controls.iter().map(|c| &c.control);
    let other = controls.filter(|c| !c.checklists.iter().any(|list| runs.contains(list)));
    other.map(|c| c.id.as_str()).collect()
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

/// The score of a run with the annual checklist and the departments compared by the same model; a
/// festival run alone has neither.
fn score(
    input: &Input<'_>,
    controls: &mut [ControlResult],
    findings: &[Finding],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Score, Vec<DepartmentScore>, Option<Arc<ScoredForm>>) {
    let none = |grade: &str| Score {
        grade: grade.to_owned(),
        ..Score::default()
    };
    if input.plan.annual.is_none() {
        return (none("节日检查不评分"), Vec::new(), None);
    }
    let (chosen, told) = score::choose(input.profile, input.scoring.as_ref(), input.catalogue);
    diagnostics.extend(told);
    let schemas = &input.catalogue.schemas;
    let register = records::Records::of(schemas, input.dataset, "departments");
    let names = register
        .into_iter()
        .flat_map(|r| r.rows().filter_map(move |row| r.text(row, "name")));
    match chosen {
        Some(Chosen::Model(model)) => {
            let score = score::score(&model, controls, schemas, input.dataset);
            let compared = score::departments(&model, controls, findings, names, &score.steps);
            (score, compared, None)
        }
        Some(Chosen::Form(own)) => {
            let facts = score::facts(controls, input.profile, schemas, input.dataset);
            let reckoned = zicha_scoring::reckon::reckon(&own.standard, &facts);
            drop(facts);
            let score = score::form_score(&own.standard, &reckoned, controls);
            let compared = score::form_departments(&own.standard, &reckoned, findings, names);
            (
                score,
                compared,
                Some(Arc::new(ScoredForm { own, reckoned })),
            )
        }
        None => (none("无法评定"), Vec::new(), None),
    }
}

/// Everything that is wrong with the scoring model or table that the profile names, for `lint`; `own`,
/// if it is a file of the workspace.
pub fn scoring_mistakes(
    profile: &Profile,
    own: Option<&OwnScoring>,
    catalogue: &Catalogue,
) -> Vec<Diagnostic> {
    score::choose(profile, own, catalogue).1
}

/// Everything that is wrong with the on-site answers, whenever they are checked, and how many there
/// are; for `lint`.
pub fn answer_mistakes(catalogue: &Catalogue, dataset: &Dataset) -> (Vec<Diagnostic>, usize) {
    let told = answers::tell(catalogue, dataset, None);
    (told, answers::count(catalogue, dataset))
}

fn discipline(
    input: &Input<'_>,
    outcomes: &[Outcome],
    unit_kind: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<zicha_model::results::Proposal> {
    let text = embedded::text(GROUNDS).unwrap_or_default();
    match discipline::parse(GROUNDS, text) {
        Ok(grounds) => discipline::propose(&grounds, input, outcomes, unit_kind),
        Err(problem) => {
            diagnostics.push(problem);
            Vec::new()
        }
    }
}
