//! The short history of runs: one line a run, the course in the reports, damage and changed standards
//! told.

use super::{run, run_with, told};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A workspace with two faults, and its first runs.
fn workspace(days: &[&str]) -> TempDir {
    let dir = TempDir::new().unwrap();
    let media = "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,个人所有,甲,在用\nU-02,U盘,内部,个人所有,乙,在用\n";
    fs::write(dir.path().join("移动存储介质台账.csv"), media).unwrap();
    for day in days {
        run(dir.path(), day);
    }
    dir
}

fn history(dir: &Path) -> PathBuf {
    dir.join("out/history/runs.jsonl")
}

/// The lines that are runs.
fn runs(dir: &Path) -> Vec<Value> {
    let text = fs::read_to_string(history(dir)).unwrap();
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines.collect()
}

fn days(dir: &Path) -> Vec<String> {
    let runs = runs(dir);
    let days = runs.iter().map(|run| run["as_of"].as_str().unwrap());
    days.map(str::to_owned).collect()
}

fn page(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join("out/2026-annual").join(name)).unwrap()
}

/// The words of the chart for those who do not see it.
fn course(page: &str) -> Option<&str> {
    let from = page.find("id=\"chart-history\"")?;
    let alt = &page[from..];
    let alt = &alt[alt.find("图中数字")?..];
    Some(&alt[..alt.find("</details>")?])
}

#[test]
fn every_run_is_a_line_and_a_point_of_the_chart() {
    let dir = workspace(&["2026-03-01", "2026-09-01", "2026-06-01"]);
    let all = ["2026-03-01", "2026-06-01", "2026-09-01"];
    assert_eq!(days(dir.path()), all);
    let before = fs::read(history(dir.path())).unwrap();
    let results = run(dir.path(), "2026-09-01");
    assert_eq!(
        fs::read(history(dir.path())).unwrap(),
        before,
        "a run again"
    );
    for name in ["index.html", "自查工作底稿.html"] {
        let page = page(dir.path(), name);
        let course = course(&page).unwrap();
        assert!(
            all.iter().all(|day| course.contains(day)),
            "{name}: {course}"
        );
        assert!(!page.contains("检查标准在"), "nothing changed");
    }
    let last = &runs(dir.path())[2];
    assert_eq!(last["score"]["percent"], results["score"]["percent"]);
    let failed = results["controls"].as_array().unwrap().iter();
    let failed = failed
        .filter(|control| control["verdict"] == "fail")
        .count();
    assert_eq!(last["verdicts"]["fail"], failed);
    // An earlier day knows nothing of later ones.
    run(dir.path(), "2026-04-01");
    let page = page(dir.path(), "index.html");
    assert!(!course(&page).unwrap().contains("2026-09-01"));
}

#[test]
fn a_changed_standard_is_marked_in_the_course() {
    let dir = workspace(&["2026-03-01"]);
    let profile = "unit: 示例所\nparameters: {custodian_years: 6}\ndisable: {MED-007: 试点单位}\n";
    fs::write(dir.path().join("zicha.yaml"), profile).unwrap();
    run(dir.path(), "2026-06-01");
    run(dir.path(), "2026-09-01");
    let report = page(dir.path(), "自查工作底稿.html");
    let caution = "检查标准在2026年6月1日（参数、停用的检查项）有变化";
    assert!(report.contains(caution));
    let course = course(&report).unwrap();
    assert_eq!(
        course.matches("参数、停用的检查项有变化").count(),
        1,
        "{course}"
    );
    assert_eq!(
        report.matches("class=\"s-change\"").count(),
        2,
        "dashes and their key"
    );
    assert!(report.contains(">参数、停用的检查项有变化</td>"));
    // Against the run just before nothing has changed.
    assert!(!report.contains("检查标准与上次不同"));
}

#[test]
fn damaged_lines_are_told_with_their_place_and_kept() {
    let dir = workspace(&["2026-03-01", "2026-06-01"]);
    let good = fs::read_to_string(history(dir.path())).unwrap();
    let newer = "{\"schema\":\"zicha/history/9\",\"as_of\":\"2026-04-01\"}";
    let (first, second) = good.split_once('\n').unwrap();
    // As an editor of Windows saves it.
    let damaged = format!(
        "\u{feff}{first}\r\n{}\r\n\r\n{newer}\r\n{second}",
        &first[..60]
    );
    fs::write(history(dir.path()), damaged).unwrap();
    let results = run(dir.path(), "2026-09-01");
    let diagnostics = results["diagnostics"].as_array().unwrap().iter();
    let told = diagnostics.filter(|d| d["code"] == "history-damaged");
    let lines: Vec<_> = told
        .map(|d| (d["file"].clone(), d["line"].clone()))
        .collect();
    let file = Value::from("out/history/runs.jsonl");
    assert_eq!(lines, [(file.clone(), 2.into()), (file, 4.into())]);
    assert_eq!(
        days(dir.path())[..3],
        ["2026-03-01", "2026-06-01", "2026-09-01"]
    );
    let text = fs::read_to_string(history(dir.path())).unwrap();
    let kept: Vec<_> = text.lines().skip(3).collect();
    assert_eq!(kept, [&first[..60], newer]);
}

#[test]
fn lines_that_are_missing_come_from_the_kept_results() {
    let dir = workspace(&["2026-03-01", "2026-06-01"]);
    let whole = runs(dir.path());
    fs::remove_file(history(dir.path())).unwrap();
    let results = run(dir.path(), "2026-09-01");
    assert!(told(&results, "history-damaged").is_empty());
    let again = runs(dir.path());
    for (mut before, after) in whole.into_iter().zip(&again) {
        before["standard"]["scoring"] = Value::Null;
        assert_eq!(before, *after);
    }
    let page = page(dir.path(), "index.html");
    assert!(
        !page.contains("检查标准在"),
        "an unknown model is no change"
    );
    fs::write(dir.path().join("out/history/2026-05-01-annual.json"), "{").unwrap();
    let results = run(dir.path(), "2026-09-02");
    assert_eq!(told(&results, "history-gap").len(), 1);
}

#[test]
fn masked_and_separate_runs_leave_no_trace() {
    let dir = workspace(&["2026-03-01"]);
    let before = fs::read(history(dir.path())).unwrap();
    let out = dir.path().join("out/2026-annual");
    run_with(
        dir.path(),
        "2026-06-01",
        &["--redact", "--format", "html,json"],
        &out,
    );
    assert!(course(&page(dir.path(), "index.html")).is_some());
    let other = dir.path().join("另存");
    let shown = other.to_string_lossy();
    let arguments = ["--format", "html,json", "--out", &shown];
    run_with(dir.path(), "2026-06-02", &arguments, &other);
    let index = fs::read_to_string(other.join("index.html")).unwrap();
    assert!(course(&index).is_none());
    assert!(!other.join("history").exists());
    assert_eq!(fs::read(history(dir.path())).unwrap(), before);
    // Without a comparison there is no course, but the run counts for later ones.
    run_with(
        dir.path(),
        "2026-06-03",
        &["--no-baseline", "--format", "html,json"],
        &out,
    );
    assert!(course(&page(dir.path(), "index.html")).is_none());
    assert_eq!(days(dir.path()), ["2026-03-01", "2026-06-03"]);
}

#[test]
fn each_checklist_has_its_own_course() {
    let dir = workspace(&["2026-03-01"]);
    let festival = ["--checklist", "festival", "--format", "html,json"];
    let out = dir.path().join("out/2026-may-day");
    run_with(dir.path(), "2026-04-20", &festival, &out);
    let index = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(course(&index).is_none());
    run_with(dir.path(), "2026-04-21", &festival, &out);
    let index = fs::read_to_string(out.join("index.html")).unwrap();
    let course = course(&index).unwrap();
    assert!(
        course.contains("2026-04-20") && !course.contains("2026-03-01"),
        "{course}"
    );
    assert!(
        !course.contains("得分率"),
        "a festival run is not scored: {course}"
    );
}
