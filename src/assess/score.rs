//! The score (检查评比): from a model that is data, every step shown.
//!
//! Points that open controls (not checked, unknown) could earn are withheld: what was not checked
//! is never a free point. Each item gives the points as evidenced and the highest they can become.

use crate::diag::{Diagnostic, Locus};
use crate::model::{
    dataset::{CellState, Dataset},
    results::{ControlResult, ControlScore, Score, ScoreStep},
    schema::Schemas,
    verdict::{Severity, Verdict},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A scoring model as written in `checklists/scoring/*.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    id: String,
    title: String,
    /// Where the model comes from.
    #[expect(dead_code, reason = "documents the data file")]
    source: String,
    items: Vec<Item>,
    /// Points deducted for each case, by severity label.
    deductions: BTreeMap<String, f64>,
    /// The best first: reached from this percentage on.
    grades: Vec<Grade>,
    #[serde(default)]
    vetoes: Vec<Veto>,
    /// Grade when a veto item strikes.
    veto_grade: String,
}

/// One item: the controls of one or more chapters share its points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    title: String,
    points: f64,
    chapters: Vec<String>,
}

/// A grade and the percentage it is reached from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grade {
    label: String,
    from: f64,
}

/// An item that decides alone: any record whose truth-value field is 是.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Veto {
    title: String,
    ledger: String,
    field: String,
}

/// Reads a model's YAML.
pub(super) fn parse(file: &str, text: &str) -> Result<Model, Diagnostic> {
    serde_yaml::from_str(text).map_err(|error| {
        let locus = error.location().map_or_else(
            || Locus::file(file),
            |at| Locus::text(file, at.line() as u32, at.column() as u32),
        );
        Diagnostic::error("scoring-model", format!("评分模型无法识读：{error}"), locus)
            .with_hint("对照内置模型 checklists/scoring/government.yaml 的写法修改。")
    })
}

/// Scores the controls and notes each control's share in it.
pub(super) fn score(
    model: &Model,
    controls: &mut [ControlResult],
    schemas: &Schemas,
    dataset: &Dataset,
) -> Score {
    let steps: Vec<_> = model
        .items
        .iter()
        .map(|item| step(model, item, controls))
        .collect();
    let of: f64 = steps.iter().filter(|s| s.applies).map(|s| s.points).sum();
    let points = round(steps.iter().map(|s| s.lowest).sum());
    let highest = round(steps.iter().map(|s| s.highest).sum());
    let percent = if of > 0.0 {
        round(100.0 * points / of)
    } else {
        0.0
    };
    let vetoes = vetoes(model, schemas, dataset);
    let grade = grade(model, percent, of, &vetoes);
    let highest_grade = grade_of_percent(model, if of > 0.0 { 100.0 * highest / of } else { 0.0 });
    Score {
        model: format!("{}({})", model.title, model.id),
        points,
        of: round(of),
        percent,
        grade,
        vetoes,
        steps,
        highest,
        highest_grade,
    }
}

/// One item: what applies, what was deducted, what is withheld.
fn step(model: &Model, item: &Item, controls: &mut [ControlResult]) -> ScoreStep {
    let mut mine: Vec<_> = controls
        .iter_mut()
        .filter(|c| item.chapters.contains(&c.chapter))
        .collect();
    let applicable = mine.iter().filter(|c| applies(c.verdict)).count();
    let open = mine.iter().filter(|c| is_open(c.verdict)).count();
    let mut deduction = 0.0;
    let mut cases = 0;
    for control in &mut mine {
        let deducted = round(f64::from(control.failed) * per_case(model, control.severity));
        control.score = applies(control.verdict).then_some(ControlScore {
            points: item.points,
            deducted,
        });
        deduction += deducted;
        cases += control.failed;
    }
    let applies = applicable > 0;
    let points = if applies { item.points } else { 0.0 };
    let deducted = round(f64::min(deduction, points));
    let withheld = if applies {
        round(points * open as f64 / applicable as f64)
    } else {
        0.0
    };
    let lowest = round(f64::max(points - deducted - withheld, 0.0));
    let highest = round(points - deducted);
    let mut step = ScoreStep {
        item: item.id.clone(),
        title: item.title.clone(),
        points,
        applies,
        cases,
        deduction: round(deduction),
        deducted,
        open: open as u32,
        withheld,
        lowest,
        highest,
        note: String::new(),
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

fn per_case(model: &Model, severity: Severity) -> f64 {
    model
        .deductions
        .get(severity.label())
        .copied()
        .unwrap_or(0.0)
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
        .map(|veto| veto.title.clone())
        .collect()
}

fn grade(model: &Model, percent: f64, of: f64, vetoes: &[String]) -> String {
    if of <= 0.0 {
        return "无法评定".to_owned();
    }
    if vetoes.is_empty() {
        grade_of_percent(model, percent)
    } else {
        model.veto_grade.clone()
    }
}

fn grade_of_percent(model: &Model, percent: f64) -> String {
    model
        .grades
        .iter()
        .find(|g| percent >= g.from)
        .map_or_else(|| model.veto_grade.clone(), |g| g.label.clone())
}

/// To a hundredth of a point, so that sums of decimals print as people expect.
fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::plan::Checklist;

    const MODEL: &str = r"
id: small
title: 小模型
source: 测试
items:
  - {id: A, title: 甲, points: 10, chapters: ['1']}
  - {id: B, title: 乙, points: 6, chapters: ['2']}
  - {id: C, title: 丙, points: 4, chapters: ['3']}
deductions: {重大: 4, 严重: 2, 一般: 1, 提示: 0.5}
grades: [{label: 好, from: 90}, {label: 中, from: 80}, {label: 差, from: 0}]
veto_grade: 差
";

    fn control(chapter: &str, severity: Severity, verdict: Verdict, failed: u32) -> ControlResult {
        ControlResult {
            id: format!("T-{chapter}"),
            title: String::new(),
            chapter: chapter.into(),
            checklists: vec![Checklist::Annual],
            severity,
            basis: Vec::new(),
            verdict,
            subjects: 10,
            failed,
            unknown: 0,
            waived: 0,
            score: None,
        }
    }

    fn scored(controls: &mut [ControlResult]) -> Score {
        let model = parse("test", MODEL).unwrap();
        score(&model, controls, &Schemas::default(), &Dataset::default())
    }

    #[test]
    fn a_score_is_the_sum_of_its_steps() {
        // A: 10 - 2 × 2 = 6; B: 6 points, one of two controls open, so 3 are withheld; C does not apply.
        let mut controls = [
            control("1", Severity::Serious, Verdict::Fail, 2),
            control("2", Severity::General, Verdict::Pass, 0),
            control("2", Severity::General, Verdict::NotChecked, 0),
            control("3", Severity::General, Verdict::NotApplicable, 0),
        ];
        let score = scored(&mut controls);
        assert_eq!((score.points, score.of, score.highest), (9.0, 16.0, 12.0));
        assert_eq!(score.percent, 56.25);
        assert_eq!(score.grade, "差");
        assert_eq!(
            controls[0].score,
            Some(ControlScore {
                points: 10.0,
                deducted: 4.0
            })
        );
        assert_eq!(controls[3].score, None);
    }

    #[test]
    fn a_deduction_stops_at_the_items_points() {
        let score = scored(&mut [control("2", Severity::Critical, Verdict::Fail, 5)]);
        let step = &score.steps[1];
        assert_eq!(
            (step.deduction, step.deducted, step.lowest),
            (20.0, 6.0, 0.0)
        );
        assert!(step.note.contains("扣到本项满分 6 分为止"));
    }

    #[test]
    fn nothing_checked_is_no_free_point() {
        let score = scored(&mut [control("1", Severity::General, Verdict::Unknown, 0)]);
        assert_eq!((score.points, score.highest), (0.0, 10.0));
        assert_eq!(
            (score.grade.as_str(), score.highest_grade.as_str()),
            ("差", "好")
        );
    }

    #[test]
    fn without_any_item_there_is_no_grade() {
        let score = scored(&mut [control("1", Severity::General, Verdict::NotApplicable, 0)]);
        assert_eq!((score.of, score.grade.as_str()), (0.0, "无法评定"));
    }

    #[test]
    fn grades_begin_at_their_percentage() {
        let model = parse("test", MODEL).unwrap();
        let grades: Vec<_> = [100.0, 90.0, 89.99, 80.0, 79.99, 0.0]
            .map(|p| grade_of_percent(&model, p))
            .to_vec();
        assert_eq!(grades, ["好", "好", "中", "中", "差", "差"]);
    }

    #[test]
    fn the_built_in_model_has_a_hundred_points_and_every_matter_once() {
        let path = "checklists/scoring/government.yaml";
        let model = parse(path, crate::embedded::text(path).unwrap()).unwrap();
        assert_eq!(model.items.iter().map(|i| i.points).sum::<f64>(), 100.0);
        let mut chapters: Vec<u8> = model
            .items
            .iter()
            .flat_map(|i| &i.chapters)
            .map(|c| c.parse().unwrap())
            .collect();
        chapters.sort_unstable();
        assert_eq!(chapters, (1..=13).collect::<Vec<u8>>());
        for severity in Severity::WORST_FIRST {
            assert!(per_case(&model, severity) > 0.0);
        }
    }

    #[test]
    fn a_broken_model_is_told_with_its_place() {
        let problem = parse("checklists/scoring/own.yaml", "id: x\ntitle: [").unwrap_err();
        assert_eq!(problem.code, "scoring-model");
        assert!(problem.locus.line.is_some());
    }
}
