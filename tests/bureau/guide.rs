//! `zicha guide`: what it says is what the catalogue says.

use std::{collections::BTreeSet, fs, path::Path};
use zicha_model::{profile::Profile, time::Day};
use zicha_read as read;
use zicha_report::{
    Fonts, Format,
    guide::{Guide, Options},
};
use zicha_rule::pack::{self, Catalogue};

fn load(dir: &Path) -> (Profile, Catalogue) {
    let (profile, _, _) = read::settings::profile::load(dir);
    let (catalogue, told) = pack::load(dir, &profile);
    assert_eq!(told, Vec::new());
    (profile, catalogue)
}

fn options(out: &Path) -> Options {
    Options {
        out: out.to_owned(),
        formats: vec![Format::Html],
        fonts: Fonts::Embedded,
    }
}

/// The guide's page, and whatever is wanted of the trace.
fn written(dir: &Path) -> String {
    let (profile, catalogue) = load(dir);
    let guide = Guide {
        catalogue: &catalogue,
        profile: &profile,
        as_of: Day::parse("2026-09-24").unwrap(),
    };
    guide.write(&options(&dir.join("指南"))).unwrap();
    guide.write_trace(&options(&dir.join("对照"))).unwrap();
    fs::read_to_string(dir.join("指南/自查指南.html")).unwrap()
}

/// Records of a CSV without its heading.
fn records(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn every_control_stands_on_its_checklists_with_boxes_where_it_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let page = written(dir.path());
    let (_, catalogue) = load(dir.path());
    let mut boxes = 0;
    for compiled in &catalogue.controls {
        let control = &compiled.control;
        let rows = page
            .matches(&format!("data-label=\"编号\">{}</td>", control.id))
            .count();
        assert_eq!(rows, control.checklists.len(), "{}", control.id);
        if control.ask.is_some() && control.merged_into.is_empty() {
            boxes += control.checklists.len();
        }
    }
    assert_eq!(page.matches("□不适用\n检查人：").count(), boxes);
    assert!(boxes > 60, "{boxes} questions");
}

#[test]
fn a_value_of_the_unit_is_shown_as_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let before = written(dir.path());
    assert!(before.contains("访问权限复核间隔（月）：6（默认值，本程序设定"));
    let profile = "unit:\n  name: 示例局\nparameters:\n  access_review_months: 3\n";
    fs::write(dir.path().join("zicha.yaml"), profile).unwrap();
    let after = written(dir.path());
    assert!(after.contains("访问权限复核间隔（月）：3（本单位在 zicha.yaml 中设定"));
    assert!(after.contains("<h1>示例局保密自查指南</h1>"));
}

#[test]
fn no_clause_is_without_a_control_and_no_control_without_a_clause() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path());
    let (_, catalogue) = load(dir.path());
    let by_clause = records(&dir.path().join("对照/条款到检查项.csv"));
    let answered: BTreeSet<_> = by_clause
        .iter()
        .filter(|r| &r[5] == "负责")
        .map(|r| r[1].to_owned())
        .collect();
    let normative = catalogue.clauses.iter().filter(|c| c.control.is_some());
    let normative: BTreeSet<_> = normative.map(|c| c.id.clone()).collect();
    assert_eq!(answered, normative);
    assert!(by_clause.iter().all(|r| &r[4] != "（没有对应）"));
    let by_control = records(&dir.path().join("对照/检查项到条款.csv"));
    let traced: BTreeSet<_> = by_control.iter().map(|r| r[0].to_owned()).collect();
    let controls: BTreeSet<_> = catalogue
        .controls
        .iter()
        .map(|c| c.control.id.clone())
        .collect();
    assert_eq!(traced, controls);
}

#[test]
fn the_folder_of_a_guide_can_be_verified() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path());
    let verified = zicha_report::verify::folder(&dir.path().join("对照"), None).unwrap();
    assert!(verified.is_intact());
    assert_eq!(verified.outputs.len(), 3);
}
