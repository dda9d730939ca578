//! Tests of the score over a small model.

use super::*;
use crate::fixture;
use zicha_model::diag::Diagnostic;
use zicha_model::{plan::Checklist, verdict::Severity};

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
        undecided: Vec::new(),
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
    assert_eq!(
        (score.points, score.of, score.highest),
        (9.into(), 16.into(), 12.into())
    );
    assert_eq!(score.percent, Points::nearest(56.25));
    assert_eq!(score.grade, "差");
    assert_eq!(
        controls[0].score,
        Some(ControlScore {
            points: 10.into(),
            deducted: 4.into()
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
        (20.into(), 6.into(), Points::ZERO)
    );
    assert!(step.note.contains("扣到本项满分 6 分为止"));
}

#[test]
fn nothing_checked_is_no_free_point() {
    let score = scored(&mut [control("1", Severity::General, Verdict::Unknown, 0)]);
    assert_eq!((score.points, score.highest), (Points::ZERO, 10.into()));
    assert_eq!(
        (score.grade.as_str(), score.highest_grade.as_str()),
        ("暂不评定", "好")
    );
    assert_eq!(score.lowest_grade, "差");
    assert_eq!((score.decided, score.open), (Points::ZERO, 10.into()));
}

#[test]
fn without_any_item_there_is_no_grade() {
    let score = scored(&mut [control("1", Severity::General, Verdict::NotApplicable, 0)]);
    assert_eq!((score.of, score.grade.as_str()), (Points::ZERO, "无法评定"));
}

#[test]
fn grades_begin_at_their_percentage() {
    let model = parse("test", MODEL).unwrap();
    let grades: Vec<_> = [100.0, 90.0, 89.99, 80.0, 79.99, 0.0]
        .map(|p| grade_of_percent(&model, Points::nearest(p)))
        .to_vec();
    assert_eq!(grades, ["好", "好", "中", "中", "差", "差"]);
}

#[test]
fn the_built_in_model_has_a_hundred_points_and_every_matter_once() {
    let path = "checklists/scoring/government.yaml";
    let model = parse(path, zicha_embedded::text(path).unwrap()).unwrap();
    let items = &model.items.value;
    assert_eq!(items.iter().map(|i| i.points.value).sum::<f64>(), 100.0);
    let chapters = items.iter().flat_map(|i| &i.chapters);
    let mut chapters: Vec<u8> = chapters.map(|c| c.value.parse().unwrap()).collect();
    chapters.sort_unstable();
    assert_eq!(chapters, (1..=13).collect::<Vec<u8>>());
    for severity in Severity::WORST_FIRST {
        assert!(model.per_case("", severity).is_positive());
    }
}

#[test]
fn a_broken_model_is_told_with_its_place() {
    let problems = parse("checklists/scoring/own.yaml", "id: x\ntitle: [").unwrap_err();
    assert!(problems[0].locus.line.is_some(), "{problems:?}");
    let slips = "id: x\ntitel: 甲\nitems: []\n";
    let problems = parse("checklists/scoring/own.yaml", slips).unwrap_err();
    let hints: Vec<_> = problems.iter().filter_map(|p| p.hint.as_deref()).collect();
    assert_eq!(hints[0], "是不是“title”？", "{problems:?}");
    assert!(problems.len() > 1, "not the first mistake only");
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
    assert_eq!(model.per_case("T-2", Severity::General), 6.into());
    assert_eq!(model.per_case("T-1", Severity::General), 1.into());
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
        [
            (1, "乙处", 16.into(), 16.into(), 0),
            (2, "甲处", 12.into(), 16.into(), 2)
        ]
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
        let sum: Points = step.parts.iter().map(|p| p.per_case * p.cases).sum();
        assert_eq!(step.deduction, sum);
        assert_eq!(step.deducted, sum.min(step.points));
        assert_eq!(step.lowest, step.points - step.deducted - step.withheld);
    }
    let sum: Points = score.steps.iter().map(|s| s.lowest).sum();
    assert_eq!(score.points, sum);
}

#[test]
fn a_score_on_the_border_of_a_grade_reaches_it() {
    // 75.6 of 84 is 90 % exactly, though not in binary fractions.
    let text = MODEL
        .replace("points: 10", "points: 84")
        .replace("一般: 1", "一般: 8.4");
    let model = parse("test", &text).unwrap();
    let mut controls = [control("1", Severity::General, Verdict::Fail, 1)];
    let score = score(
        &model,
        &mut controls,
        &Schemas::default(),
        &Dataset::default(),
    );
    assert_eq!(
        (score.points, score.percent),
        (Points::nearest(75.6), 90.into())
    );
    assert_eq!(
        (score.grade.as_str(), score.highest_grade.as_str()),
        ("好", "好")
    );
}

#[test]
fn a_grade_needs_a_share_of_decided_points() {
    // Of 16 points 4 are lost and 3 open: 13 are decided, 81.25 %.
    let mut controls = [
        control("1", Severity::Serious, Verdict::Fail, 2),
        control("2", Severity::General, Verdict::Pass, 0),
        control("2", Severity::General, Verdict::Unknown, 0),
    ];
    let score = scored(&mut controls);
    let numbers = (score.decided, score.lost, score.open);
    assert_eq!(numbers, (13.into(), 4.into(), 3.into()));
    assert_eq!(score.grade, "差");
    let text = format!("{MODEL}decided_at_least: 82\n");
    let model = parse("test", &text).unwrap();
    let strict = super::score(
        &model,
        &mut controls,
        &Schemas::default(),
        &Dataset::default(),
    );
    assert_eq!(strict.grade, "暂不评定");
}
