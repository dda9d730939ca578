//! The score by a bureau's own table: points reckoned from the results, told in the steps that every
//! paper shows.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::dataset::Dataset;
use zicha_model::points::Points;
use zicha_model::profile::Profile;
use zicha_model::results::{
    ControlResult, ControlScore, DepartmentScore, Finding, Score, ScorePart, ScoreStep,
};
use zicha_model::schema::Schemas;
use zicha_scoring::reckon::{Facts, ItemScore, Reckoned, WayScore};
use zicha_scoring::standard::{Item, Nature, Standard, Way};

/// What the points rest on.
pub(crate) fn facts<'a>(
    controls: &'a [ControlResult],
    profile: &'a Profile,
    schemas: &'a Schemas,
    dataset: &Dataset,
) -> Facts<'a> {
    let ledgers = || schemas.ledger_ids().map(|id| (id, schemas.ledger(id)));
    let declared = |name: &str| profile.not_kept.contains_key(name);
    let not_kept = ledgers().filter(|(_, ledger)| declared(&ledger.id) || declared(&ledger.label));
    let kept =
        ledgers().filter(|(id, _)| dataset.table(*id).is_some_and(|table| !table.is_empty()));
    Facts {
        controls: controls.iter().map(|c| (c.id.as_str(), c)).collect(),
        not_kept: not_kept
            .map(|(_, ledger)| ledger.id.as_str())
            .collect::<BTreeSet<_>>(),
        kept: kept.map(|(_, ledger)| ledger.id.as_str()).collect(),
    }
}

/// The score, and each bound control's share in it.
pub(crate) fn score(
    standard: &Standard,
    reckoned: &Reckoned,
    controls: &mut [ControlResult],
) -> Score {
    let pairs = || standard.items.iter().zip(&reckoned.items);
    for (item, scored) in pairs() {
        note_shares(item, scored, controls);
    }
    Score {
        model: standard.title.clone(),
        points: reckoned.lowest,
        of: reckoned.of,
        percent: reckoned.percent(),
        grade: reckoned.grade.clone(),
        vetoes: reckoned.vetoes.clone(),
        steps: pairs().map(|(item, scored)| step(item, scored)).collect(),
        highest: reckoned.highest,
        highest_grade: reckoned.highest_grade.clone(),
        decided: reckoned.decided(),
        lost: reckoned.of - reckoned.highest,
        open: reckoned.open,
        lowest_grade: reckoned.lowest_grade.clone(),
    }
}

fn note_shares(item: &Item, scored: &ItemScore, controls: &mut [ControlResult]) {
    for (way, result) in item.ways.iter().zip(&scored.ways) {
        if !way.is_settled() {
            continue;
        }
        for control in controls
            .iter_mut()
            .filter(|c| way.told_by().contains(&c.id.as_str()))
        {
            control.score = Some(ControlScore {
                points: scored.points,
                deducted: result.lost,
            });
        }
    }
}

fn step(item: &Item, scored: &ItemScore) -> ScoreStep {
    let open = scored
        .ways
        .iter()
        .filter(|way| way.open.is_positive())
        .count();
    ScoreStep {
        item: item.number.clone(),
        title: format!("{} {}", item.number, item.text),
        points: scored.points,
        applies: scored.counts,
        cases: parts(item, scored).iter().map(|part| part.cases).sum(),
        deduction: scored.deducted,
        deducted: scored.lost,
        open: open as u32,
        withheld: scored.open,
        lowest: scored.lowest(),
        highest: scored.highest(),
        note: note(item, scored),
        parts: parts(item, scored),
    }
}

/// What each control cost; what a way costs once stands at the first of its controls.
fn parts(item: &Item, scored: &ItemScore) -> Vec<ScorePart> {
    let pairs = item
        .ways
        .iter()
        .zip(&scored.ways)
        .filter(|(way, _)| way.is_settled());
    pairs
        .flat_map(|(way, result)| parts_of(way, result))
        .collect()
}

fn parts_of(way: &Way, result: &WayScore) -> Vec<ScorePart> {
    let mut left = result.lost;
    let each = |cases: u32| {
        if way.cost.per.is_empty() {
            way.cost.least
        } else {
            way.cost.least * cases
        }
    };
    let parts = result.found_by.iter().map(|(control, cases)| {
        let deduction = each(*cases).min(left);
        left = left.less(deduction);
        ScorePart {
            control: control.clone(),
            cases: *cases,
            per_case: way.cost.least,
            deduction,
        }
    });
    parts.collect()
}

/// How the item's points came about, for people.
fn note(item: &Item, scored: &ItemScore) -> String {
    if !scored.presence.has {
        let counted = if scored.counts {
            "按满分计"
        } else {
            "不计入总分"
        };
        return format!("{}，{counted}。", scored.presence.reason);
    }
    let mut note: Vec<String> = Vec::new();
    for (way, result) in item.ways.iter().zip(&scored.ways) {
        note.extend(way_note(way, result));
    }
    if !scored.reason.is_empty() {
        note.push(scored.reason.clone());
    }
    if scored.deducted > scored.lost {
        note.push(format!("扣到本项满分 {} 分为止", scored.points));
    }
    match item.nature {
        Nature::Scored => note.push(format!(
            "得 {} 分，最高可到 {} 分",
            scored.lowest(),
            scored.highest()
        )),
        Nature::Heavy if scored.lost.is_positive() => {
            note.push(format!("从总分中扣 {} 分", scored.lost))
        }
        _ => {}
    }
    format!("{}。", note.join("；"))
}

fn way_note(way: &Way, result: &WayScore) -> Option<String> {
    let state = result.state.words();
    let proposal = result
        .proposal
        .map(|points| format!("，建议扣 {points} 分"))
        .unwrap_or_default();
    match (result.cases, state) {
        (0, "") => None,
        (0, state) => Some(format!("“{}”{state}", way.text)),
        (cases, "") => Some(format!("“{}”{cases} 起，扣 {} 分", way.text, result.lost)),
        (cases, state) => Some(format!(
            "“{}”{cases} 起，{state}，已扣 {} 分{proposal}",
            way.text, result.lost
        )),
    }
}

/// Departments on the same footing: what the findings that name them cost by the table, each item
/// capped at its points.
pub(crate) fn departments(
    standard: &Standard,
    reckoned: &Reckoned,
    findings: &[Finding],
    register: impl Iterator<Item = String>,
) -> Vec<DepartmentScore> {
    let mut cases: BTreeMap<String, Vec<&str>> = register
        .filter(|n| !n.is_empty())
        .map(|n| (n, Vec::new()))
        .collect();
    for finding in findings.iter().filter(|f| f.stands()) {
        if let (Some(department), Some(control)) =
            (finding.department(), finding.control.as_deref())
        {
            cases
                .entry(department.to_owned())
                .or_default()
                .push(control);
        }
    }
    let mut scores: Vec<_> = cases
        .into_iter()
        .map(|(name, cases)| department(standard, reckoned, name, &cases))
        .collect();
    scores.sort_by(|a, b| {
        b.percent
            .cmp(&a.percent)
            .then_with(|| a.department.cmp(&b.department))
    });
    let percents: Vec<_> = scores.iter().map(|score| score.percent).collect();
    for score in &mut scores {
        score.rank = 1 + percents.iter().filter(|p| **p > score.percent).count() as u32;
    }
    scores
}

fn department(
    standard: &Standard,
    reckoned: &Reckoned,
    name: String,
    cases: &[&str],
) -> DepartmentScore {
    let mut lost = Points::ZERO;
    let mut counted = 0;
    for (item, scored) in standard.items.iter().zip(&reckoned.items) {
        let mut deducted = Points::ZERO;
        for way in item.ways.iter().filter(|way| way.is_settled()) {
            let told_by = way.told_by();
            let found = cases.iter().filter(|case| told_by.contains(case)).count() as u32;
            counted += found;
            let times = if way.cost.per.is_empty() {
                found.min(1)
            } else {
                found
            };
            deducted += way.cost.least * times;
        }
        lost += match item.nature {
            Nature::Scored => deducted.min(scored.points),
            _ => deducted,
        };
    }
    let points = reckoned.of.less(lost);
    let percent = points.percent_of(reckoned.of);
    DepartmentScore {
        rank: 0,
        department: name,
        cases: counted,
        deducted: reckoned.of - points,
        points,
        of: reckoned.of,
        percent,
        grade: standard
            .grade(percent)
            .map(|grade| grade.label.clone())
            .unwrap_or_default(),
    }
}
