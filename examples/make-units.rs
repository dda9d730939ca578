//! Makes many units' output folders for measuring `zicha rollup`.
//!
//! `cargo run --release --example make-units -- FOLDER [UNITS] [FINDINGS]`: each unit gets a `results.json` with
//! the catalogue's controls and so many findings, and the manifest that confirms it. Invented
//! figures, no clock, no randomness: the same arguments give the same bytes.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for measuring stops where it cannot go on, and says what it made"
)]

use serde_json::{Value, json};
use std::{env, fs, path::Path};
use zicha_model::{control::Control, profile::Profile};
use zicha_rule::pack;

fn main() {
    let mut args = env::args().skip(1);
    let folder = args.next().expect("a folder to write to");
    let mut number = |default: usize| {
        let given = args.next().map(|text| text.parse().expect("a number"));
        given.unwrap_or(default)
    };
    let (units, findings) = (number(10_000), number(200));
    let (catalogue, _) = pack::load(Path::new("."), &Profile::default());
    let controls: Vec<_> = catalogue.controls.iter().map(|c| &c.control).collect();
    for unit in 0..units {
        write(Path::new(&folder), unit, findings, &controls);
    }
    println!("{units} units of {findings} findings in {folder}");
}

/// One unit's folder of reports.
fn write(root: &Path, unit: usize, findings: usize, controls: &[&Control]) {
    let name = format!("示例单位{unit:05}");
    let folder = root.join(&name).join("out").join("2026-annual");
    fs::create_dir_all(&folder).expect("a folder");
    let results = results(&name, unit, findings, controls);
    let bytes = serde_json::to_vec_pretty(&results).expect("json");
    let sha256 = zicha_model::digest::sha256_hex(&bytes);
    let manifest = json!({
        "schema": "zicha/manifest/1", "tool": {"name": "zicha", "version": "0.1.0"},
        "as_of": "2026-09-24", "redacted": false, "inputs": [], "fonts": [],
        "outputs": [{"path": "results.json", "bytes": bytes.len(), "sha256": sha256, "sm3": ""}]
    });
    fs::write(folder.join("results.json"), bytes).expect("written");
    fs::write(folder.join("manifest.json"), manifest.to_string()).expect("written");
}

fn results(name: &str, unit: usize, findings: usize, controls: &[&Control]) -> Value {
    let percent = (unit * 7919 % 1000) as f64 / 10.0;
    let grade = if percent >= 85.0 { "优秀" } else { "合格" };
    let found: Vec<_> = (0..findings)
        .map(|n| finding(unit, n, controls[(unit + n * 13) % controls.len()]))
        .collect();
    let judged = controls.iter().zip(unit..);
    json!({
        "schema": "zicha/results/1",
        "tool": {"name": "zicha", "version": "0.1.0"},
        "unit": {"name": name, "kind": "institution"},
        "run": {"as_of": "2026-09-24", "checklists": ["annual"], "festival": null,
                "period": {"from": "2026-01-01", "to": "2026-12-31"},
                "packs": [{"id": "base", "version": "1", "sha256": "00"}], "parameters": {}},
        "inputs": [],
        "controls": judged.map(|(c, n)| control(c, n)).collect::<Vec<_>>(),
        "findings": found,
        "score": {"model": "government", "points": percent, "of": 100.0, "percent": percent,
                  "grade": grade, "vetoes": [], "steps": [], "highest": 99.0, "highest_grade": "优秀"},
        "discipline": [],
        "follow_up": {"baseline": "", "new": findings, "open": 0, "fixed": 0, "reopened": 0},
        "diagnostics": []
    })
}

fn control(control: &Control, n: usize) -> Value {
    let verdict = [
        "pass",
        "fail",
        "pass",
        "unknown",
        "notchecked",
        "notapplicable",
    ][n % 6];
    json!({
        "id": control.id, "title": control.title, "chapter": control.chapter.to_string(),
        "checklists": ["annual"], "severity": control.severity, "basis": control.basis,
        "verdict": verdict, "subjects": 40, "failed": if verdict == "fail" { n % 9 + 1 } else { 0 },
        "unknown": 0, "waived": 0, "score": null
    })
}

/// As long as findings are in practice: two cells as evidence, four sentences.
fn finding(unit: usize, n: usize, control: &Control) -> Value {
    let cell = |row: usize| {
        json!({"file": "台账/04收文登记簿.xlsx", "sheet": "2026年", "row": row, "column": "F",
               "field": "registered_on", "value": "2026-03-09"})
    };
    json!({
        "fingerprint": format!("{unit:08x}{n:08x}00000000"), "control": control.id,
        "severity": control.severity, "kind": "violation", "state": "new", "waived": false,
        "subject": {"ledger": "documents_received", "key": format!("收字〔2026〕{n}号"),
                    "department": "办公室", "person": "示范人员"},
        "message": control.requirement, "expected": "登记日期不晚于收文日期后一日",
        "actual": "登记日期 2026-03-09，收文日期 2026-03-02", "remedy": control.remedy,
        "found": "2026-09-24", "due": "2026-10-24", "evidence": [cell(n + 3), cell(n + 4)]
    })
}
