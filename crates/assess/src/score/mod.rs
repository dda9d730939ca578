//! The score (检查评比): from a model that is data, every step shown.
//!
//! Points that open controls (not checked, unknown) could earn are withheld: what was not checked
//! is never a free point. Each item gives the points as evidenced and the highest they can become.

mod choose;
mod form;
mod model;
mod model_file;
#[cfg(test)]
mod tests;

pub(super) use choose::{Chosen, choose, text};
pub(super) use form::{departments as form_departments, facts, score as form_score};
pub(super) use model::Model;
use model::{Item, Veto};
#[cfg(test)]
use model_file::parse;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{
    dataset::{CellState, Dataset},
    points::Points,
    results::{ControlResult, ControlScore, DepartmentScore, Finding, Score, ScorePart, ScoreStep},
    schema::Schemas,
    verdict::Verdict,
};

/// In the place of a grade where too few points are decided.
const NOT_GRADED: &str = "暂不评定";

/// Scores the controls and notes each control's share in it.
pub(super) fn score(
    model: &Model,
    controls: &mut [ControlResult],
    schemas: &Schemas,
    dataset: &Dataset,
) -> Score {
    let items = model.items.value.iter().enumerate();
    let steps: Vec<_> = items
        .map(|(at, item)| step(model, at, item, controls))
        .collect();
    let of: Points = steps.iter().filter(|s| s.applies).map(|s| s.points).sum();
    let points: Points = steps.iter().map(|s| s.lowest).sum();
    let highest: Points = steps.iter().map(|s| s.highest).sum();
    let percent = points.percent_of(of);
    let vetoes = vetoes(model, schemas, dataset);
    let graded = |percent| grade(model, percent, of, &vetoes);
    let lowest_grade = graded(percent);
    let decided = of - (highest - points);
    let enough = decided.percent_of(of) >= model.decided_at_least();
    let grade = if enough || !vetoes.is_empty() || !of.is_positive() {
        lowest_grade.clone()
    } else {
        NOT_GRADED.to_owned()
    };
    let highest_grade = graded(highest.percent_of(of));
    Score {
        model: format!("{}({})", model.title, model.id),
        points,
        of,
        percent,
        grade,
        vetoes,
        steps,
        highest,
        highest_grade,
        decided,
        lost: of - highest,
        open: highest - points,
        lowest_grade,
    }
}

/// One item: what applies, what was deducted, what is withheld.
fn step(model: &Model, at: usize, item: &Item, controls: &mut [ControlResult]) -> ScoreStep {
    let mut mine: Vec<_> = controls
        .iter_mut()
        .filter(|c| model.item_of(&c.id, &c.chapter) == Some(at))
        .collect();
    let applicable = mine.iter().filter(|c| applies(c.verdict)).count();
    let open = mine.iter().filter(|c| is_open(c.verdict)).count();
    let mut deduction = Points::ZERO;
    let mut cases = 0;
    let mut parts = Vec::new();
    for control in &mut mine {
        let per_case = model.per_case(&control.id, control.severity);
        let deducted = per_case * control.failed;
        if control.failed > 0 {
            parts.push(ScorePart {
                control: control.id.clone(),
                cases: control.failed,
                per_case,
                deduction: deducted,
            });
        }
        control.score = applies(control.verdict).then_some(ControlScore {
            points: item.points(),
            deducted,
        });
        deduction += deducted;
        cases += control.failed;
    }
    let applies = applicable > 0;
    let points = if applies { item.points() } else { Points::ZERO };
    let deducted = deduction.min(points);
    let withheld = points.share(open as i64, applicable as i64);
    let highest = points - deducted;
    let lowest = highest.less(withheld);
    let mut step = ScoreStep {
        item: item.id.value.clone(),
        title: item.title.clone(),
        points,
        applies,
        cases,
        deduction,
        deducted,
        open: open as u32,
        withheld,
        lowest,
        highest,
        note: String::new(),
        parts,
    };
    step.note = explain(&step, applicable);
    step
}

/// How the item's points came about, for people.
fn explain(step: &ScoreStep, applicable: usize) -> String {
    if !step.applies {
        return "本单位无此项，不计入总分。".to_owned();
    }
    let mut note = format!("适用 {applicable} 项检查");
    if step.cases > 0 {
        note.push_str(&format!(
            "，发现 {} 处问题，应扣 {} 分",
            step.cases, step.deduction
        ));
        if step.deduction > step.deducted {
            note.push_str(&format!("，扣到本项满分 {} 分为止", step.points));
        }
    }
    if step.open > 0 {
        note.push_str(&format!(
            "，{} 项未查清，暂不计 {} 分",
            step.open, step.withheld
        ));
    }
    note.push_str(&format!(
        "；得 {} 分，最高可到 {} 分。",
        step.lowest, step.highest
    ));
    note
}

fn applies(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::NotApplicable | Verdict::NotSelected)
}

fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Unknown | Verdict::NotChecked)
}

/// Titles of the veto items that strike.
fn vetoes(model: &Model, schemas: &Schemas, dataset: &Dataset) -> Vec<String> {
    let strikes = |veto: &&Veto| {
        let Some(ledger) = schemas.ledger_by_id(&veto.ledger) else {
            return false;
        };
        let Some(field) = schemas.ledger(ledger).field_by_id(&veto.field) else {
            return false;
        };
        dataset.table(ledger).is_some_and(|table| {
            (0..table.len() as u32).any(|row| table.cell(row, field) == (CellState::Value, 1))
        })
    };
    model
        .vetoes
        .iter()
        .filter(strikes)
        .map(|veto| veto.title.value.clone())
        .collect()
}

fn grade(model: &Model, percent: Points, of: Points, vetoes: &[String]) -> String {
    if !of.is_positive() {
        return "无法评定".to_owned();
    }
    if vetoes.is_empty() {
        grade_of_percent(model, percent)
    } else {
        model.veto_grade.value.clone()
    }
}

fn grade_of_percent(model: &Model, percent: Points) -> String {
    model
        .grades
        .value
        .iter()
        .find(|g| percent >= g.from())
        .map_or_else(|| model.veto_grade.value.clone(), |g| g.label.clone())
}

/// Scores every department on the same footing: the items that apply to the unit, the findings that
/// name the department. What was not checked cannot be laid to one department and is left aside.
pub(super) fn departments(
    model: &Model,
    controls: &[ControlResult],
    findings: &[Finding],
    register: impl Iterator<Item = String>,
    steps: &[ScoreStep],
) -> Vec<DepartmentScore> {
    let counting = |f: &&Finding| f.stands() && f.control.is_some();
    let counted: Vec<_> = findings.iter().filter(counting).collect();
    let named = counted
        .iter()
        .filter_map(|f| f.department().map(str::to_owned));
    let names: BTreeSet<_> = register.chain(named).filter(|n| !n.is_empty()).collect();
    let failed: BTreeMap<_, _> = controls
        .iter()
        .filter(|c| c.verdict == Verdict::Fail)
        .map(|c| (c.id.as_str(), c))
        .collect();
    let mut scores: Vec<_> = names
        .into_iter()
        .map(|name| {
            let mine = counted
                .iter()
                .filter(|f| f.department() == Some(name.as_str()));
            let mine = mine.filter_map(|f| failed.get(f.control.as_deref()?).copied());
            department(model, &name, mine.collect(), steps)
        })
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
    model: &Model,
    name: &str,
    cases: Vec<&ControlResult>,
    steps: &[ScoreStep],
) -> DepartmentScore {
    let mut deductions = vec![Points::ZERO; steps.len()];
    for control in &cases {
        if let Some(at) = model.item_of(&control.id, &control.chapter) {
            deductions[at] += model.per_case(&control.id, control.severity);
        }
    }
    let applying = steps
        .iter()
        .zip(&deductions)
        .filter(|(step, _)| step.applies);
    let (mut of, mut points) = (Points::ZERO, Points::ZERO);
    for (step, deduction) in applying {
        of += step.points;
        points += step.points.less(*deduction);
    }
    let percent = points.percent_of(of);
    DepartmentScore {
        rank: 0,
        department: name.to_owned(),
        cases: cases.len() as u32,
        deducted: of - points,
        points,
        of,
        percent,
        grade: grade_of_percent(model, percent),
    }
}
