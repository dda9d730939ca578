//! The score (检查评比): from a model that is data, every step shown.
//!
//! Points that open controls (not checked, unknown) could earn are withheld: what was not checked
//! is never a free point. Each item gives the points as evidenced and the highest they can become.

mod choose;
mod model;

use crate::model::{
    dataset::{CellState, Dataset},
    results::{
        ControlResult, ControlScore, DepartmentScore, Finding, Score, ScorePart, ScoreStep, State,
    },
    schema::Schemas,
    verdict::Verdict,
};
pub(super) use choose::{choose, text};
pub(super) use model::Model;
#[cfg(test)]
use model::parse;
use model::{Item, Veto};
use std::collections::{BTreeMap, BTreeSet};

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
    let of: f64 = steps.iter().filter(|s| s.applies).map(|s| s.points).sum();
    let points = round(steps.iter().map(|s| s.lowest).sum());
    let highest = round(steps.iter().map(|s| s.highest).sum());
    let percent = if of > 0.0 {
        round(100.0 * points / of)
    } else {
        0.0
    };
    let vetoes = vetoes(model, schemas, dataset);
    let graded = |percent| grade(model, percent, of, &vetoes);
    let (grade, highest_grade) = (graded(percent), graded(100.0 * highest / of));
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
fn step(model: &Model, at: usize, item: &Item, controls: &mut [ControlResult]) -> ScoreStep {
    let mut mine: Vec<_> = controls
        .iter_mut()
        .filter(|c| model.item_of(&c.id, &c.chapter) == Some(at))
        .collect();
    let applicable = mine.iter().filter(|c| applies(c.verdict)).count();
    let open = mine.iter().filter(|c| is_open(c.verdict)).count();
    let mut deduction = 0.0;
    let mut cases = 0;
    let mut parts = Vec::new();
    for control in &mut mine {
        let per_case = model.per_case(&control.id, control.severity);
        let deducted = round(f64::from(control.failed) * per_case);
        if control.failed > 0 {
            parts.push(ScorePart {
                control: control.id.clone(),
                cases: control.failed,
                per_case,
                deduction: deducted,
            });
        }
        control.score = applies(control.verdict).then_some(ControlScore {
            points: item.points.value,
            deducted,
        });
        deduction += deducted;
        cases += control.failed;
    }
    let applies = applicable > 0;
    let points = if applies { item.points.value } else { 0.0 };
    let deducted = round(f64::min(deduction, points));
    let withheld = if applies {
        round(points * open as f64 / applicable as f64)
    } else {
        0.0
    };
    let lowest = round(f64::max(points - deducted - withheld, 0.0));
    let highest = round(points - deducted);
    let mut step = ScoreStep {
        item: item.id.value.clone(),
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

fn grade(model: &Model, percent: f64, of: f64, vetoes: &[String]) -> String {
    if of <= 0.0 {
        return "无法评定".to_owned();
    }
    if vetoes.is_empty() {
        grade_of_percent(model, percent)
    } else {
        model.veto_grade.value.clone()
    }
}

fn grade_of_percent(model: &Model, percent: f64) -> String {
    model
        .grades
        .value
        .iter()
        .find(|g| percent >= g.from)
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
    let counting = |f: &&Finding| !f.waived && f.state != State::Fixed && f.control.is_some();
    let counted: Vec<_> = findings.iter().filter(counting).collect();
    let named = counted.iter().filter_map(|f| f.subject.department.clone());
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
                .filter(|f| f.subject.department.as_ref() == Some(&name));
            let mine = mine.filter_map(|f| failed.get(f.control.as_deref()?).copied());
            department(model, &name, mine.collect(), steps)
        })
        .collect();
    scores.sort_by(|a, b| {
        b.percent
            .total_cmp(&a.percent)
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
    let mut deductions = vec![0.0; steps.len()];
    for control in &cases {
        if let Some(at) = model.item_of(&control.id, &control.chapter) {
            deductions[at] += model.per_case(&control.id, control.severity);
        }
    }
    let applying = steps
        .iter()
        .zip(&deductions)
        .filter(|(step, _)| step.applies);
    let (mut of, mut points) = (0.0, 0.0);
    for (step, deduction) in applying {
        of += step.points;
        points += f64::max(step.points - deduction, 0.0);
    }
    let percent = if of > 0.0 {
        round(100.0 * points / of)
    } else {
        0.0
    };
    DepartmentScore {
        rank: 0,
        department: name.to_owned(),
        cases: cases.len() as u32,
        deducted: round(of - points),
        points: round(points),
        of: round(of),
        percent,
        grade: grade_of_percent(model, percent),
    }
}

/// To a hundredth of a point, so that sums of decimals print as people expect.
fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::fixture;
    use crate::diag::Diagnostic;
    use crate::model::{plan::Checklist, verdict::Severity};

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
            narrowed: None,
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
        let items = &model.items.value;
        assert_eq!(items.iter().map(|i| i.points.value).sum::<f64>(), 100.0);
        let chapters = items.iter().flat_map(|i| &i.chapters);
        let mut chapters: Vec<u8> = chapters.map(|c| c.value.parse().unwrap()).collect();
        chapters.sort_unstable();
        assert_eq!(chapters, (1..=13).collect::<Vec<u8>>());
        for severity in Severity::WORST_FIRST {
            assert!(model.per_case("", severity) > 0.0);
        }
    }

    #[test]
    fn a_broken_model_is_told_with_its_place() {
        let problem = parse("checklists/scoring/own.yaml", "id: x\ntitle: [").unwrap_err();
        assert_eq!(problem.code, "scoring-model");
        assert!(problem.locus.line.is_some());
    }

    fn mistakes(text: &str) -> Vec<Diagnostic> {
        let model = parse("评分.yaml", text).unwrap();
        model.mistakes(
            "评分.yaml",
            &Schemas::default(),
            &[("T-1", 1), ("T-2", 2), ("T-3", 3)],
        )
    }

    #[test]
    fn a_sound_model_has_no_mistakes() {
        assert!(mistakes(MODEL).is_empty());
    }

    #[test]
    fn every_mistake_of_a_units_own_model_is_told_with_its_line() {
        let text = MODEL
            .replace("points: 10", "points: 0")
            .replace("chapters: ['2']", "chapters: ['1']")
            .replace("提示: 0.5", "轻微: 0.5")
            .replace("veto_grade: 差", "veto_grade: 停");
        let told = mistakes(&text);
        let messages: Vec<_> = told.iter().map(|d| d.message.as_str()).collect();
        let all = messages.join("\n");
        for part in [
            "分值 0 应大于 0",
            "会重复扣分",
            "缺少“提示”",
            "“轻微”不是严重程度",
            "veto_grade “停”",
            "第 2 类检查事项",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
        let lines: Vec<_> = told.iter().map(|d| d.locus.line).collect();
        assert_eq!(lines, [6, 7, 6, 9, 9, 11].map(Some), "{told:?}");
        assert!(told.iter().all(|d| d.locus.column.is_some_and(|c| c > 1)));
    }

    #[test]
    fn a_heavy_deduction_goes_before_the_severitys() {
        let text = format!("{MODEL}heavy: {{T-2: 6}}\n");
        let model = parse("评分.yaml", &text).unwrap();
        assert_eq!(model.per_case("T-2", Severity::General), 6.0);
        assert_eq!(model.per_case("T-1", Severity::General), 1.0);
    }

    #[test]
    fn departments_are_compared_on_the_same_items() {
        let mut controls = [
            control("1", Severity::Serious, Verdict::Fail, 2),
            control("2", Severity::General, Verdict::Pass, 0),
        ];
        let model = parse("test", MODEL).unwrap();
        let score = score(
            &model,
            &mut controls,
            &Schemas::default(),
            &Dataset::default(),
        );
        let finding = |key: &str, department: &str| {
            let mut finding = fixture::finding("T-1", key);
            finding.subject.department = Some(department.to_owned());
            finding
        };
        let findings = [finding("a", "甲处"), finding("b", "甲处")];
        let register = ["乙处", "甲处"].map(str::to_owned).into_iter();
        let compared = departments(&model, &controls, &findings, register, &score.steps);
        let told: Vec<_> = compared
            .iter()
            .map(|d| (d.rank, d.department.as_str(), d.points, d.of, d.cases))
            .collect();
        // 10 - 2 × 2 + 6 = 12 of 16.
        assert_eq!(
            told,
            [(1, "乙处", 16.0, 16.0, 0), (2, "甲处", 12.0, 16.0, 2)]
        );
    }

    #[test]
    fn a_score_can_be_recomputed_from_its_steps() {
        let mut controls = [
            control("1", Severity::Serious, Verdict::Fail, 2),
            control("2", Severity::Critical, Verdict::Fail, 3),
        ];
        let score = scored(&mut controls);
        for step in &score.steps {
            let parts = step.parts.iter().map(|p| f64::from(p.cases) * p.per_case);
            let sum: f64 = parts.sum();
            assert_eq!(step.deduction, sum);
            assert_eq!(step.deducted, sum.min(step.points));
            assert_eq!(step.lowest, step.points - step.deducted - step.withheld);
        }
        let sum: f64 = score.steps.iter().map(|s| s.lowest).sum();
        assert_eq!(score.points, sum);
    }
}
