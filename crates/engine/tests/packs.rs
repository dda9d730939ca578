//! The packs that a unit picks by name: what they set, what they switch off, and that it is told.

use std::{collections::BTreeMap, fs, path::Path};
use zicha_engine::{self as check, examples};
use zicha_model::diag::{Diagnostic, Severity, human};
use zicha_model::{
    control::{Example, ParameterValue, Setter},
    profile::{Profile, Setting, SettingValue},
    verdict::Verdict,
};
use zicha_rule::pack::{self, Catalogue};

const BUILT_IN: [&str; 3] = ["机关", "企业", "2024"];

fn picked(packs: &[&str]) -> Profile {
    Profile {
        packs: packs.iter().map(|&id| id.to_owned()).collect(),
        ..Profile::default()
    }
}

fn load(packs: &[&str]) -> (Catalogue, Vec<Diagnostic>) {
    pack::load(Path::new("/nowhere"), &picked(packs))
}

fn told(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(human::render).collect()
}

#[test]
fn every_built_in_pack_loads_without_a_word_and_changes_something() {
    for id in BUILT_IN {
        let (catalogue, diagnostics) = load(&[id]);
        assert_eq!(told(&diagnostics), "", "{id}");
        assert_eq!(catalogue.packs[1].id, id);
        let set = catalogue.parameters.values();
        let set = set.filter(|p| matches!(p.set_by, Setter::Pack(_))).count();
        assert!(set > 0, "{id}");
    }
}

#[test]
fn every_value_of_a_built_in_pack_differs_from_the_default_and_is_traced() {
    let (plain, _) = load(&[]);
    let known = |clause: &str| {
        clause.starts_with("法 §")
            || clause.starts_with("条例 §")
            || plain.clauses.iter().any(|known| known.id == clause)
    };
    for id in BUILT_IN {
        let (catalogue, _) = load(&[id]);
        let file = zicha_embedded::below("checklists/packs/").find(|(_, text)| {
            text.contains(&format!("{id}\n")) || text.contains(&format!("{id}\"\n"))
        });
        let (_, text) = file.unwrap();
        let written = text.matches("- {name: ").count();
        let set = catalogue.parameters.values();
        let set: Vec<_> = set
            .filter(|p| matches!(p.set_by, Setter::Pack(_)))
            .collect();
        assert_eq!(set.len(), written, "{id} repeats a default");
        for parameter in set {
            let clauses = parameter.source.split("; ");
            let unknown: Vec<_> = clauses.filter(|clause| !known(clause)).collect();
            assert_eq!(unknown, [""; 0], "{id}: {}", parameter.name);
        }
        for (control, reason) in &catalogue.switched_off {
            assert!(reason.chars().count() > 20, "{id}: {control} {reason}");
        }
    }
}

/// A copy of a top secret paper, made with the issuer's consent.
fn copied_with_consent() -> Example {
    let record = [
        ("copy_id", "F01"),
        ("title", "示例通知"),
        ("level", "绝密"),
        ("copied_on", "2026-03-05"),
        ("issuer_consent", "是"),
    ];
    let record = record.map(|(field, cell)| (field.to_owned(), cell.to_owned()));
    Example {
        title: "经原定密机关同意复制".to_owned(),
        like: None,
        expected: Verdict::Pass,
        suggests: None,
        also: Vec::new(),
        records: BTreeMap::from([
            ("copying".to_owned(), vec![BTreeMap::from(record)]),
            (
                "unit_profile".to_owned(),
                vec![BTreeMap::from([(
                    "crypto_duty".to_owned(),
                    "否".to_owned(),
                )])],
            ),
        ]),
        as_of: None,
    }
}

fn verdict(packs: &[&str], control: &str) -> (Verdict, Vec<String>) {
    let (catalogue, _) = load(packs);
    let example = copied_with_consent();
    let dataset = zicha_read::from_records(&catalogue.schemas, &example.records);
    let plan = examples::plan(&example);
    let outcomes = check::run(&catalogue, &dataset, &plan, &picked(packs));
    let found = outcomes
        .into_iter()
        .find(|o| catalogue.controls[o.control].control.id == control)
        .unwrap();
    (found.verdict, found.reasons)
}

#[test]
fn a_pack_changes_what_is_allowed() {
    assert_eq!(verdict(&[], "CPY-002").0, Verdict::Fail);
    assert_eq!(verdict(&["2024"], "CPY-002").0, Verdict::Pass);
}

#[test]
fn a_control_that_a_pack_switches_off_is_listed_with_pack_and_reason() {
    let (verdict, reasons) = verdict(&["机关"], "PRV-005");
    assert_eq!(verdict, Verdict::NotSelected);
    assert!(
        reasons[0].starts_with("清单包“党政机关”停用："),
        "{reasons:?}"
    );
}

#[test]
fn a_control_merged_into_others_is_listed_with_their_ids() {
    let (verdict, reasons) = verdict(&[], "PER-009");
    assert_eq!(verdict, Verdict::NotApplicable);
    assert!(reasons[0].contains("PER-005、PER-010"), "{reasons:?}");
}

#[test]
fn the_units_own_value_beats_the_packs() {
    let mut profile = picked(&["2024"]);
    let setting = Setting {
        value: SettingValue::One("2".to_owned()),
        line: 1,
        column: 1,
    };
    profile
        .parameters
        .insert("min_full_time_officers".to_owned(), setting);
    let (catalogue, diagnostics) = pack::load(Path::new("/nowhere"), &profile);
    assert_eq!(told(&diagnostics), "");
    let officers = &catalogue.parameters["min_full_time_officers"];
    assert_eq!(officers.value, ParameterValue::Integer(2));
    assert_eq!(officers.set_by, Setter::Profile);
    let copies = &catalogue.parameters["top_secret_copy"];
    assert_eq!(
        copies.set_by,
        Setter::Pack("现行法律法规（2024）".to_owned())
    );
    assert!(pack::provenance(copies).contains("法 §26"));
}

#[test]
fn where_packs_disagree_the_later_one_holds_and_it_is_told() {
    let (catalogue, diagnostics) = load(&["企业", "2024"]);
    let exits = &catalogue.parameters["exit_approvers"];
    assert_eq!(
        exits.value,
        ParameterValue::Words(vec!["competent_dept".to_owned()])
    );
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].severity, Severity::Note);
    insta::assert_snapshot!("packs_disagree", told(&diagnostics));
}

#[test]
fn mistakes_with_packs_are_told_at_their_place_with_advice() {
    let workspace = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = workspace.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("zicha.yaml", "unit: 示例单位\npacks: [机关单位, 本单位]\n");
    write(
        "本单位/pack.yaml",
        "id: own\nversion: \"1\"\ntitle: 本单位清单\nparameters:\n  - {name: password_min_length, value: 999}\n\
         \x20 - {name: password_min_lenght, value: 10}\ndisable:\n  DOC-9999: 不开展\n  DOC-041: 每天取送\n",
    );
    let profile = picked(&["机关单位", "本单位"]);
    let (catalogue, diagnostics) = pack::load(workspace.path(), &profile);
    insta::assert_snapshot!("pack_mistakes", told(&diagnostics));
    let off = &catalogue.switched_off["DOC-041"];
    assert_eq!(off, "清单包“本单位清单”停用：每天取送");
}
