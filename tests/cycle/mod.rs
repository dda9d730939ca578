//! The cycle: check → people fill the list in → ledgers are corrected → check again.
#![expect(clippy::panic, reason = "tests stop at the first surprise")]

mod answers;
mod history;
mod list;
mod office;
mod proposals;
mod scoring;
mod small;
mod story;

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path};

/// Runs the annual checklist into the default output folder; its results.
fn run(dir: &Path, day: &str) -> Value {
    run_with(
        dir,
        day,
        &["--format", "json,xlsx,html"],
        &dir.join("out/2026-annual"),
    )
}

fn run_with(dir: &Path, day: &str, arguments: &[&str], out: &Path) -> Value {
    let output = Command::cargo_bin("zicha")
        .unwrap()
        .arg("check")
        .arg(dir)
        .args(["--as-of", day])
        .args(arguments)
        .output()
        .unwrap();
    let code = output.status.code().unwrap();
    assert!(code < 2, "{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&fs::read(out.join("results.json")).unwrap()).unwrap()
}

fn findings(results: &Value) -> &Vec<Value> {
    results["findings"].as_array().unwrap()
}

/// The text at a path such as `rectification.filled.status`; empty if there is none.
fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    let found = path.split('.').fold(value, |value, part| &value[part]);
    found.as_str().unwrap_or_default()
}

fn told(results: &Value, code: &str) -> Vec<String> {
    let diagnostics = results["diagnostics"].as_array().unwrap().iter();
    let mine = diagnostics.filter(|d| text(d, "code") == code);
    mine.map(|d| format!("{}|{}", text(d, "file"), text(d, "message")))
        .collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        if !entry.path().is_dir() {
            fs::copy(entry.path(), target).unwrap();
        } else if entry.file_name() != "out" {
            copy(&entry.path(), &target);
        }
    }
}
