//! The values that the narrative names.

use crate::view::findings::problems;
use crate::view::framing::head;
use crate::view::gathered::Gathered;
use crate::view::model::Tally;
use crate::view::results::{history, score};
use crate::view::source::Source;
use crate::view::{overview, words};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use zicha_model::results::{FindingKind, ProposalKind, State};
use zicha_model::verdict::Severity;

/// All values by name.
pub(crate) fn context(source: &Source<'_>, gathered: &Gathered) -> tera::Context {
    let results = &source.data.results;
    let tallies = |tallies: Vec<Tally>| {
        let mut total = 0;
        let mut map: Map<String, Value> = Map::new();
        for tally in tallies {
            total += tally.count;
            map.insert(tally.id, tally.count.into());
        }
        map.insert("total".to_owned(), total.into());
        map
    };
    let ledgers = source.schemas().ledger_ids();
    let read = ledgers.filter_map(|id| source.data.dataset.table(id));
    let read: Vec<_> = read.map(|table| table.len()).collect();
    let kind = |kind| results.discipline.iter().filter(|p| p.kind == kind).count();
    let state = |states: &[State]| {
        let findings = source.findings().filter(|f| !f.waived);
        findings.filter(|f| states.contains(&f.state)).count()
    };
    let festival = source.data.plan.festival.as_ref().map(|(_, f)| {
        json!({"name": f.kind.label(), "start": f.start.chinese(), "end": f.end.chinese(), "statutory": f.statutory_only})
    });
    let value = json!({
        "unit": head::unit(source),
        "date": source.data.plan.as_of.chinese(),
        "checklists": head::checklists(source),
        "period": head::period(source),
        "span": span(source),
        "year": source.data.plan.year,
        "baseline": !results.follow_up.baseline.is_empty(),
        "violations": violations(source),
        "unreadable": problems::count_kind(source, FindingKind::Unreadable),
        "festival": festival,
        "inputs": {"files": results.inputs.len(), "ledgers": read.len(), "rows": read.iter().sum::<usize>()},
        "controls": tallies(overview::verdicts(source)),
        "findings": tallies(overview::severities(source)),
        "problems": gathered.problems.len(),
        "open_any": !gathered.open.lines.is_empty(),
        "follow_up": head::follow_up(source),
        "history": !source.data.history.is_empty(),
        "caution": history::caution(source),
        "marking_notice": gathered.marking_notice.is_some(),
        "score": score_values(source),
        "departments": results.departments.len(),
        "list": {"new": state(&[State::New]), "open": state(&[State::Open, State::Reopened]),
                 "fixed": state(&[State::Fixed]), "overdue": problems::overdue(source).count(),
                 "claimed": results.follow_up.claimed, "unsigned": results.follow_up.unsigned,
                 "own": !results.follow_up.own.is_empty(), "unmatched": !results.follow_up.unmatched.is_empty()},
        "proposals": {"total": results.discipline.len(), "rewards": kind(ProposalKind::Reward), "penalties": kind(ProposalKind::Penalty)},
    });
    tera::Context::from_serialize(&value).unwrap_or_default()
}

/// The time looked at, which ends at the day of the check: `2026年1月1日至9月28日`.
fn span(source: &Source<'_>) -> String {
    let plan = source.data.plan;
    let period = plan
        .annual
        .or(plan.festival.as_ref().map(|(period, _)| *period));
    let Some(period) = period else {
        return String::new();
    };
    let last = period.to.min(plan.as_of).chinese();
    let from = period.from.chinese();
    let year = from.split_inclusive('年').next().unwrap_or_default();
    let last = last.strip_prefix(year).unwrap_or(&last);
    format!("{from}至{last}")
}

/// Controls that are violated, findings, and `重大9处、严重40处`; a severity without any is left out.
fn violations(source: &Source<'_>) -> Value {
    let controls: BTreeSet<_> = source.violations().map(|f| f.control.as_deref()).collect();
    let counted = Severity::WORST_FIRST.into_iter().filter_map(|severity| {
        let count = source.violations().filter(|f| f.severity == severity);
        let count = count.count();
        (count > 0).then(|| format!("{}{count}处", severity.label()))
    });
    json!({
        "problems": controls.len(),
        "total": source.violations().count(),
        "severities": counted.collect::<Vec<_>>().join("、"),
    })
}

fn score_values(source: &Source<'_>) -> Value {
    let score = &source.data.results.score;
    if !score.of.is_positive() {
        return json!({"of": false});
    }
    json!({
        "of": words::points(score.of),
        "points": words::points(score.points),
        "percent": words::points(score.percent),
        "calculation": score::calculation(source),
        "grade": score.grade,
        "withheld": score::withheld(source),
        "highest": words::points(score.highest),
        "highest_grade": score.highest_grade,
        "vetoes": score.vetoes.join("；"),
    })
}
