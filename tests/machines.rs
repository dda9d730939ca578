//! What other programs read: `findings.csv`, OSCAL, SARIF. The OSCAL documents are held to the published
//! models by compliance-trestle (python3 with trestle, else told as SKIPPED).
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path};

fn zicha(args: &[&str], dir: &Path) -> (i32, String) {
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command.current_dir(dir).args(args).output().unwrap();
    let code = output.status.code().unwrap();
    (code, String::from_utf8(output.stdout).unwrap())
}

/// A run over the faulty sample with the formats for programs.
fn run(out: &Path) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/faulty");
    let out = format!("--out={}", out.display());
    let formats = "--format=json,csv,oscal";
    let args = [
        "check",
        ".",
        "--as-of=2026-09-24",
        "--no-baseline",
        formats,
        &out,
    ];
    assert_eq!(zicha(&args, &sample).0, 1);
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn the_formats_for_programs_say_what_the_results_say_and_are_the_same_bytes_twice() {
    let place = tempfile::tempdir().unwrap();
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    run(&one);
    run(&two);
    let names = [
        "findings.csv",
        "oscal-assessment-results.json",
        "oscal-poam.json",
    ];
    for name in names {
        assert_eq!(
            fs::read(one.join(name)).unwrap(),
            fs::read(two.join(name)).unwrap(),
            "{name}"
        );
    }
    let results = json(&one.join("results.json"));
    let findings = results["findings"].as_array().unwrap().len();
    let table = fs::read_to_string(one.join("findings.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(table.records().map(Result::unwrap).count(), findings);
    let plan = json(&one.join("oscal-poam.json"));
    let items = &plan["plan-of-action-and-milestones"]["poam-items"];
    assert_eq!(items.as_array().unwrap().len(), findings);
    let assessed = json(&one.join("oscal-assessment-results.json"));
    let assessed = &assessed["assessment-results"]["results"][0]["findings"];
    let controls = results["controls"].as_array().unwrap().iter();
    let left_out = ["notapplicable", "notselected"];
    let judged = controls.filter(|c| !left_out.contains(&c["verdict"].as_str().unwrap()));
    assert_eq!(assessed.as_array().unwrap().len(), judged.count());
    published_models(&one);
}

/// The models that trestle has are made from NIST's JSON schema and refuse what it does not know.
fn published_models(out: &Path) {
    let program = "import sys, json\n\
        from trestle.oscal import assessment_results, poam\n\
        for model, name in ((assessment_results, 'oscal-assessment-results.json'), (poam, 'oscal-poam.json')):\n\
        \x20   data = json.load(open(sys.argv[1] + '/' + name, encoding='utf-8'))\n\
        \x20   getattr(model.Model, 'model_validate', None)(data) if hasattr(model.Model, 'model_validate') else model.Model.parse_obj(data)\n";
    let python = std::env::var("ZICHA_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = std::process::Command::new(&python)
        .args(["-c", "import trestle"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "SKIPPED: OSCAL against the published models: no python3 with compliance-trestle"
        );
        return;
    }
    let output = std::process::Command::new(&python)
        .args(["-c", program])
        .arg(out)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn mistakes_of_a_pack_come_as_sarif_with_their_lines() {
    let dir = tempfile::tempdir().unwrap();
    let profile = "单位: 示例单位\n参数:\n  借阅最长天数: 三十\n";
    fs::write(dir.path().join("zicha.yaml"), profile).unwrap();
    let (code, text) = zicha(&["lint", "--format", "sarif"], dir.path());
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "zicha.yaml", "{text}");
    assert_eq!(place["region"]["startLine"], 3, "{text}");
    fs::write(dir.path().join("zicha.yaml"), "单位: 示例单位\n").unwrap();
    let (code, text) = zicha(&["lint", "--format=sarif"], dir.path());
    assert_eq!(code, 0);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert!(log["runs"][0]["results"].is_array(), "{text}");
}
