//! The catalogue as shipped, and what people are told about mistakes in their own rules.

use std::{collections::BTreeMap, fs, path::Path};
use zicha_embedded as embedded;
use zicha_model::diag::{Diagnostic, human};
use zicha_model::{
    control::{ParameterValue, Setter},
    profile::{Profile, Setting, SettingValue},
};
use zicha_rule::pack::{self, Catalogue};

#[test]
fn the_built_in_catalogue_has_no_mistakes() {
    let (catalogue, diagnostics) = shipped();
    let told: String = diagnostics.iter().map(human::render).collect();
    assert!(told.is_empty(), "{told}");
    assert_eq!(catalogue.schemas.ledgers.len(), 56);
    assert_eq!(catalogue.schemas.enums.len(), 66);
    assert_eq!(catalogue.parameters.len(), 126);
    assert!(catalogue.controls.len() >= 57);
    assert_eq!(catalogue.open_when.len(), 14);
    assert_eq!(catalogue.packs.len(), 1);
}

#[test]
fn every_reference_of_a_ledger_leads_to_a_key() {
    let (catalogue, _) = shipped();
    let mut references = 0;
    for ledger in &catalogue.schemas.ledgers {
        assert!(!ledger.primary_key.is_empty(), "{}", ledger.id);
        for (target, field) in ledger.fields.iter().filter_map(|f| f.reference) {
            let key = &catalogue.schemas.ledger(target).primary_key;
            assert!(key.contains(&field), "{} refers beside the key", ledger.id);
            references += 1;
        }
    }
    assert_eq!(references, 134);
}

#[test]
fn ledgers_and_controls_stand_in_the_order_of_the_catalogue() {
    let (catalogue, _) = shipped();
    let ids: Vec<_> = catalogue
        .schemas
        .ledgers
        .iter()
        .map(|l| l.id.as_str())
        .collect();
    assert_eq!(
        ids[..3],
        ["unit_profile", "departments", "leadership_group"]
    );
    assert_eq!(ids[55], "duty_roster");
    assert_eq!(catalogue.controls[0].control.id, "ORG-001");
    let places: Vec<_> = ["ORG", "PER", "DOC", "NET", "PEN"]
        .iter()
        .map(|domain| {
            let first = |c: &pack::Compiled| c.control.id.starts_with(domain);
            catalogue.controls.iter().position(first)
        })
        .collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some));
}

#[test]
fn a_profile_changes_parameters_within_their_range() {
    let profile = profile(&[
        ("password_min_length", one("12")),
        ("copy_approver", one("主要领导")),
        ("treat_internal_as_controlled", one("否")),
        ("office_close_time", one("18:00")),
        (
            "desens_min_months",
            map(&[("核心涉密人员", "48"), ("important", "")]),
        ),
    ]);
    let (catalogue, diagnostics) = pack::load(Path::new("/nowhere"), &profile);
    assert_eq!(diagnostics, []);
    let value = |name: &str| catalogue.parameters[name].value.clone();
    assert_eq!(value("password_min_length"), ParameterValue::Integer(12));
    assert_eq!(
        value("copy_approver"),
        ParameterValue::Word("principal".into())
    );
    assert_eq!(
        value("treat_internal_as_controlled"),
        ParameterValue::Bool(false)
    );
    assert_eq!(value("office_close_time"), ParameterValue::Time(18 * 60));
    let months = BTreeMap::from([("core".into(), Some(48)), ("important".into(), None)]);
    assert_eq!(value("desens_min_months"), ParameterValue::Map(months));
    assert_eq!(
        catalogue.parameters["password_min_length"].set_by,
        Setter::Profile
    );
    assert_eq!(catalogue.parameters["patch_days"].set_by, Setter::Default);
}

#[test]
fn wrong_settings_are_told_at_their_line() {
    let text = "\
unit: 示例单位
parameters:
  password_min_length: 999
  password_min_lenght: 8
  copy_approver: 处长
  duty_coverage: 平时
disable:
  DOC-9999: 不开展
not_kept:
  保密津贴发放: 不发津贴
";
    let workspace = tempfile::tempdir().unwrap();
    fs::write(workspace.path().join("zicha.yaml"), text).unwrap();
    let mut profile = profile(&[]);
    for (line, name, value) in [
        (3, "password_min_length", "999"),
        (4, "password_min_lenght", "8"),
        (5, "copy_approver", "处长"),
        (6, "duty_coverage", "平时"),
    ] {
        let setting = Setting {
            value: SettingValue::One(value.into()),
            line,
            column: name.len() as u32 + 5,
        };
        profile.parameters.insert(name.into(), setting);
    }
    profile.disable.insert("DOC-9999".into(), "不开展".into());
    profile
        .not_kept
        .insert("保密津贴发放".into(), "不发津贴".into());
    let (_, diagnostics) = pack::load(workspace.path(), &profile);
    insta::assert_snapshot!("settings", told(&diagnostics));
}

#[test]
fn mistakes_in_rules_are_told_all_at_once_under_the_words_they_are_about() {
    let text = fs::read_to_string(data("mistakes.yaml")).unwrap();
    let (catalogue, diagnostics) = with_pack(&[("controls/own.yaml", &text)]);
    assert!(!has(&catalogue, "OWN-001"));
    insta::assert_snapshot!("rules", told(&diagnostics));
}

#[test]
fn mistakes_in_the_shape_of_a_pack_are_told() {
    let (_, diagnostics) = with_pack(&[
        ("ledgers/cars.yaml", include_str!("data/rules/ledger.yaml")),
        (
            "parameters.yaml",
            include_str!("data/rules/parameters.yaml"),
        ),
        (
            "controls/own.yaml",
            include_str!("data/rules/controls.yaml"),
        ),
        ("controls/torn.yaml", "- id: OWN-009\n  title: [未配对\n"),
    ]);
    insta::assert_snapshot!("packs", told(&diagnostics));
}

#[test]
fn a_pack_that_is_not_there_or_lies_outside_is_told() {
    let profile = Profile {
        packs: vec!["base".into(), "没有".into(), "../别处".into()],
        ..Profile::default()
    };
    let (catalogue, diagnostics) = pack::load(Path::new("/nowhere"), &profile);
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["pack-missing", "pack-path"]);
    assert_eq!(catalogue.packs.len(), 1);
}

#[test]
fn a_unit_adds_ledgers_controls_and_parameters_in_chinese() {
    let (catalogue, diagnostics) = with_pack(&[
        ("ledgers/cars.yaml", include_str!("data/rules/cars.yaml")),
        (
            "parameters.yaml",
            "- {name: password_min_length, default: 10}\n- {name: car_days, label: 用车天数, type: integer, min: 1, max: 30, default: 3}\n",
        ),
        ("controls/own.yaml", include_str!("data/rules/chinese.yaml")),
    ]);
    assert_eq!(told(&diagnostics), "");
    assert!(has(&catalogue, "OWN-001") && has(&catalogue, "OWN-002"));
    let length = &catalogue.parameters["password_min_length"];
    assert_eq!(length.value, ParameterValue::Integer(10));
    assert_eq!(length.set_by, Setter::Pack("本单位清单".to_owned()));
    assert_eq!(catalogue.packs[1].id, "own");
    assert_eq!(catalogue.packs[1].sha256.len(), 64);
}

#[test]
fn controls_that_leave_everything_to_one_another_are_told() {
    let merged = |id: &str, into: &str| {
        let rule = "  rule: |\n    true\n";
        let own = control("true").replace("OWN-001", id);
        own.replace(rule, &format!("  merged_into: [{into}]\n"))
    };
    let text = merged("OWN-001", "OWN-002") + &merged("OWN-002", "OWN-001");
    let (_, diagnostics) = with_pack(&[("controls/own.yaml", &text)]);
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["merged-circle"], "{}", told(&diagnostics));
    let circle = "OWN-001 并入 OWN-002，OWN-002 并入 OWN-001";
    assert!(diagnostics[0].message.contains(circle));
}

#[test]
fn nesting_without_end_is_refused() {
    let rule = format!("{}true{}", "(".repeat(100_000), ")".repeat(100_000));
    let text = control(&rule);
    let (catalogue, diagnostics) = with_pack(&[("controls/own.yaml", &text)]);
    assert!(!has(&catalogue, "OWN-001"));
    assert_eq!(diagnostics.len(), 1);
    assert!(diagnostics[0].message.contains("太深"));
}

#[test]
fn the_reference_names_every_word_of_the_language() {
    for page in ["docs/rules.md", "docs/rules.zh-CN.md"] {
        let text = fs::read_to_string(zicha_testing::root().join(page)).unwrap();
        let missing: Vec<_> = zicha_rule::words_of_the_language()
            .into_iter()
            .filter(|word| !text.contains(&format!("`{word}`")))
            .collect();
        assert_eq!(missing, [""; 0], "{page}");
    }
}

#[test]
fn every_form_of_the_catalogue_can_be_written() {
    let rules: Vec<_> = include_str!("data/rules/forms.txt").split("\n\n").collect();
    assert!(rules.len() > 20);
    let controls = rules.iter().enumerate().map(|(number, rule)| {
        let id = format!("OWN-{:03}", number + 1);
        control(rule).replace("OWN-001", &id)
    });
    let text: String = controls.collect();
    let (catalogue, diagnostics) = with_pack(&[("controls/own.yaml", &text)]);
    assert_eq!(told(&diagnostics), "");
    assert!(has(&catalogue, &format!("OWN-{:03}", rules.len())));
}

#[test]
fn embedded_checklists_are_found_by_path() {
    assert!(embedded::text("checklists/enums.yaml").is_some());
    assert_eq!(embedded::below("checklists/ledgers/").count(), 56);
}

pub(crate) fn shipped() -> (Catalogue, Vec<Diagnostic>) {
    pack::load(Path::new("/nowhere"), &Profile::default())
}

/// A workspace with one pack of these files.
fn with_pack(files: &[(&str, &str)]) -> (Catalogue, Vec<Diagnostic>) {
    let workspace = tempfile::tempdir().unwrap();
    let folder = workspace.path().join("own");
    let head = ("pack.yaml", "id: own\nversion: \"1\"\ntitle: 本单位清单\n");
    for (path, text) in files.iter().chain([&head]) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let profile = Profile {
        packs: vec!["own".into()],
        ..Profile::default()
    };
    pack::load(workspace.path(), &profile)
}

/// A pack file with one control of this rule.
fn control(rule: &str) -> String {
    let rule = rule.replace('\n', "\n    ");
    format!(
        "- id: OWN-001\n  title: 例\n  requirement: 例\n  basis: [本单位规定]\n  checklists: [annual]\n  \
         kind: row\n  severity: 一般\n  remedy: 例\n  deadline: 1\n  rule: |\n    {rule}\n"
    )
}

fn has(catalogue: &Catalogue, id: &str) -> bool {
    catalogue.controls.iter().any(|c| c.control.id == id)
}

fn told(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(human::render).collect()
}

fn profile(parameters: &[(&str, SettingValue)]) -> Profile {
    let parameters = parameters.iter().map(|(name, value)| {
        let setting = Setting {
            value: value.clone(),
            line: 1,
            column: 1,
        };
        ((*name).to_owned(), setting)
    });
    Profile {
        parameters: parameters.collect(),
        ..Profile::default()
    }
}

fn one(text: &str) -> SettingValue {
    SettingValue::One(text.into())
}

fn map(entries: &[(&str, &str)]) -> SettingValue {
    let entries = entries.iter().map(|(k, v)| ((*k).into(), (*v).into()));
    SettingValue::Map(entries.collect())
}

fn data(name: &str) -> std::path::PathBuf {
    zicha_testing::root()
        .join("crates/rule/tests/data/rules")
        .join(name)
}

/// A new column of days says what its days are, so that none is taken for a fact by forgetfulness.
#[test]
fn every_column_of_days_says_whether_it_is_a_fact_a_plan_or_a_term() {
    let days = ["date", "datetime"];
    let mut columns = 0;
    for (path, text) in embedded::below("checklists/ledgers/") {
        let mut document = zicha_yaml::YamlDocument::new(path, text);
        let tree = document.tree().unwrap();
        let fields = tree.get("fields").and_then(|fields| fields.items());
        let is_day = |field: &&zicha_yaml::Node| {
            let ty = field.get("type").and_then(|ty| ty.text());
            ty.is_some_and(|ty| days.contains(&ty))
        };
        let ids = fields.unwrap().iter().filter(is_day);
        let ids: Vec<_> = ids.filter_map(|f| f.get("id")?.text()).collect();
        let told = tree.get("dates").and_then(|dates| dates.entries());
        let told: Vec<_> = told.unwrap_or_default().iter().collect();
        let told: Vec<_> = told.iter().filter_map(|(name, _)| name.text()).collect();
        assert_eq!(told, ids, "{path}");
        columns += ids.len();
    }
    assert!(columns > 150, "{columns}");
}
