//! `zicha init`: what it writes is what the reading understands.

use calamine::{Data, Reader, open_workbook_auto};
use std::{fs, path::Path};
use tempfile::TempDir;
use zicha::init::{self, Created, Request};
use zicha::pipeline::{self, Baseline};
use zicha_calendar as calendar;
use zicha_model::{dataset::Match, results::Results, time::Day, verdict::Verdict};
use zicha_report::{Fonts, Format};

fn create(dir: &Path, all: bool) -> Created {
    let request = Request {
        dir: dir.to_owned(),
        all,
        beside: false,
        kit: false,
        levels: false,
    };
    init::run(&request).expect("a workspace")
}

fn check(dir: &Path) -> pipeline::Ran {
    let request = pipeline::Request {
        dir: dir.to_owned(),
        calendar: calendar::Request {
            as_of: Day::parse("2026-09-24").unwrap(),
            annual: true,
            festival: false,
            festival_kind: None,
            year: None,
            period: None,
        },
        out: Some(dir.join("报告")),
        formats: vec![Format::Json],
        baseline: Baseline::None,
        fonts: Fonts::Embedded,
        redact: false,
    };
    pipeline::check(&request, &mut |_| {}).expect("a run")
}

#[test]
fn every_workbook_is_recognised_with_every_column_by_its_label() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), true);
    let (catalogue, dataset, told) = pipeline::read_only(dir.path()).expect("readable");
    let problems: Vec<_> = told.iter().map(|d| &d.message).collect();
    for id in catalogue.schemas.ledger_ids() {
        let schema = catalogue.schemas.ledger(id);
        let sheets = dataset.inputs.iter().flat_map(|input| &input.sheets);
        let own: Vec<_> = sheets.filter(|sheet| sheet.ledger == Some(id)).collect();
        assert_eq!(own.len(), 1, "{} is one sheet; {problems:?}", schema.label);
        let by_label = own[0].columns.iter().filter(|c| c.matched == Match::Label);
        assert_eq!(by_label.count(), schema.fields.len(), "{}", schema.label);
        assert!(own[0].unused_columns.is_empty(), "{}", schema.label);
    }
}

#[test]
fn core_ledgers_are_written_and_the_others_named() {
    let dir = tempfile::tempdir().unwrap();
    let created = create(dir.path(), false);
    let workbooks = created
        .written
        .iter()
        .filter(|path| path.starts_with("台账/"));
    let all = zicha_embedded::below("checklists/ledgers/").count();
    assert!(!created.left_out.is_empty());
    // The on-site answers have a sheet of their own.
    assert_eq!(workbooks.count() + created.left_out.len() + 1, all);
    for path in ["zicha.yaml", "使用说明.md", "现场检查答复表.xlsx"] {
        assert!(created.written.iter().any(|p| p == path), "{path}");
    }
}

#[test]
fn what_exists_is_left_alone_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let first = create(dir.path(), false);
    fs::write(dir.path().join("zicha.yaml"), "unit:\n  name: 示例局\n").unwrap();
    fs::remove_file(dir.path().join("使用说明.md")).unwrap();
    let again = create(dir.path(), false);
    assert_eq!(again.written, ["使用说明.md"]);
    assert_eq!(again.kept.len(), first.written.len() - 1);
    let profile = fs::read_to_string(dir.path().join("zicha.yaml")).unwrap();
    assert_eq!(profile, "unit:\n  name: 示例局\n");
}

#[test]
fn the_same_workspace_is_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let created = create(one.path(), false);
    create(other.path(), false);
    for path in created.written {
        let read = |dir: &TempDir| fs::read(dir.path().join(&path)).unwrap();
        assert_eq!(read(&one), read(&other), "{path}");
    }
}

#[test]
fn the_settings_as_written_hold_no_mistake_and_name_every_key() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), false);
    let (profile, _, told) = zicha_read::settings::profile::load(dir.path());
    assert!(profile.provided);
    assert_eq!(told, Vec::new());
    let text = fs::read_to_string(dir.path().join("zicha.yaml")).unwrap();
    // With every example in force it is still a profile without mistakes.
    let lines = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with(' ') || rest.contains(": ") || rest.ends_with(':') => rest,
        _ => line,
    });
    let active: Vec<_> = lines.collect();
    fs::write(dir.path().join("zicha.yaml"), active.join("\n")).unwrap();
    let (profile, _, told) = zicha_read::settings::profile::load(dir.path());
    assert_eq!(told, Vec::new(), "{}", active.join("\n"));
    assert_eq!(profile.unit_kind, "government");
    assert_eq!(profile.not_kept.len() + profile.disable.len(), 2);
}

#[test]
fn a_fresh_workspace_never_looks_good() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), true);
    let ran = check(dir.path());
    assert!(
        ran.diagnostics.iter().any(|d| d.code == "workspace-empty"),
        "it is told that nothing is filled in"
    );
    let results = ran.results;
    let passed: Vec<_> = results
        .controls
        .iter()
        .filter(|c| c.verdict == Verdict::Pass)
        .map(|c| &c.id)
        .collect();
    assert!(passed.is_empty(), "{passed:?}");
    assert_eq!(results.score.points, 0.into(), "{:?}", results.score.grade);
    assert!(!["优秀", "良好", "合格", "优", "良"].contains(&results.score.grade.as_str()));
}

/// The answer sheet as rows of text.
fn answers(dir: &Path) -> Vec<Vec<String>> {
    let mut workbook = open_workbook_auto(dir.join("现场检查答复表.xlsx")).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let rows = range.rows().skip(1);
    rows.map(|row| row.iter().map(Data::to_string).collect())
        .collect()
}

/// Puts the sheet back as CSV with every question answered.
fn answer_all(dir: &Path, answer: &str) {
    let mut rows = answers(dir);
    let at = |name: &str| rows[0].iter().position(|h| h == name).unwrap();
    let columns = ["答复", "检查人", "答复日期", "说明或佐证"].map(at);
    for row in rows.iter_mut().skip(1) {
        for (column, text) in columns
            .into_iter()
            .zip([answer, "周宁", "2026-09-01", "现场核实"])
        {
            row[column] = text.to_owned();
        }
    }
    let mut csv = csv::Writer::from_path(dir.join("现场检查答复表.csv")).unwrap();
    rows.iter().for_each(|row| csv.write_record(row).unwrap());
    csv.flush().unwrap();
    fs::remove_file(dir.join("现场检查答复表.xlsx")).unwrap();
}

fn verdict(results: &Results, id: &str) -> Verdict {
    let control = results.controls.iter().find(|c| c.id == id);
    control.expect("the control ran").verdict
}

#[test]
fn answers_filled_into_the_sheet_are_read_back() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), false);
    assert_eq!(
        verdict(&check(dir.path()).results, "ORG-007"),
        Verdict::NotChecked
    );
    answer_all(dir.path(), "是");
    assert_eq!(
        verdict(&check(dir.path()).results, "ORG-007"),
        Verdict::Pass
    );
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), false);
    answer_all(dir.path(), "否");
    assert_eq!(
        verdict(&check(dir.path()).results, "ORG-007"),
        Verdict::Fail
    );
}

#[test]
fn every_department_of_the_register_gets_its_row() {
    let dir = tempfile::tempdir().unwrap();
    let register = "部门编号,部门名称,部门负责人,兼职保密员\nB01,办公室,甲,乙\nB02,财务科,丙,丁\n";
    fs::write(dir.path().join("部门.csv"), register).unwrap();
    let created = create(dir.path(), false);
    assert_eq!(created.held, ["部门(处室)名册"]);
    let rows = answers(dir.path());
    let at = |name: &str| rows[0].iter().position(|h| h == name).unwrap();
    let (id, scope, object) = (at("检查条目编号"), at("范围类型"), at("范围对象"));
    let of_departments: Vec<_> = rows.iter().filter(|row| row[scope] == "部门").collect();
    let first = &of_departments.first().expect("a question for departments")[id];
    let own = of_departments.iter().filter(|row| &row[id] == first);
    let objects: Vec<_> = own.map(|row| row[object].as_str()).collect();
    assert_eq!(objects, ["办公室", "财务科"]);
}
