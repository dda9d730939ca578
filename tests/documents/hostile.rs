//! Names that would be code, markup or a formula elsewhere: told literally in every format, run in none.

use super::{cells, closed_up, documents, files, is, said};
use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};
use tempfile::TempDir;

const NAMES: [&str; 4] = [
    "<script>alert(1)</script>",
    "#panic()",
    "=HYPERLINK(\"x\")",
    "$x$",
];

/// Shown without the override, which would make text read as something else.
const TURNED: &str = "甲\u{202e}乙丙";

/// Sticks of private origin, one for every hostile name; the unit bears them all.
fn workspace(dir: &Path) {
    let long = "长".repeat(5_000);
    let names = NAMES.into_iter().chain([TURNED, &long]);
    let mut ledger = csv::Writer::from_path(dir.join("移动存储介质台账.csv")).unwrap();
    let heading = ["介质编号", "介质类型", "密级", "来源", "保管人", "状态"];
    ledger.write_record(heading).unwrap();
    for name in names {
        let row = [name, "U盘", "内部", "个人所有", "甲", "在用"];
        ledger.write_record(row).unwrap();
    }
    ledger.flush().unwrap();
    let unit = format!("unit:\n  name: '{}'\n", NAMES.join(""));
    fs::write(dir.join("zicha.yaml"), unit).unwrap();
}

fn keys(results: &Path) -> BTreeSet<String> {
    let results: Value = serde_json::from_slice(&fs::read(results).unwrap()).unwrap();
    let findings = results["findings"].as_array().unwrap().iter();
    let keys = findings.filter_map(|f| f["subject"]["key"].as_str());
    keys.map(str::to_owned).collect()
}

/// A name as HTML says it.
fn in_html(name: &str) -> String {
    let name = name.replace('<', "&lt;").replace('>', "&gt;");
    name.replace('/', "&#x2F;").replace('"', "&quot;")
}

fn html_is_harmless(page: &Path) {
    let text = fs::read_to_string(page).unwrap();
    assert!(!text.contains("<script>alert"), "{}", page.display());
    assert!(!text.contains('\u{202e}'), "{}", page.display());
    let plain = text.replace("&#x2F;", "/").replace("&quot;", "\"");
    for name in NAMES {
        let name = in_html(name).replace("&#x2F;", "/").replace("&quot;", "\"");
        assert!(plain.contains(&name), "{name} in {}", page.display());
    }
}

#[test]
fn hostile_names_come_out_literally_in_every_document() {
    let dir = TempDir::new().unwrap();
    workspace(dir.path());
    let out = documents(dir.path(), &[&dir.path().to_string_lossy()]);
    let keys = keys(&out.join("results.json"));
    let long = "长".repeat(5_000);
    for name in NAMES.into_iter().chain([long.as_str()]) {
        assert!(keys.contains(name), "{name} in {keys:?}");
    }
    for file in files(&out) {
        if is(&file, "html") {
            html_is_harmless(&file);
        }
        let list = file.file_stem().is_some_and(|stem| stem == "整改清单");
        let Some(text) = said(&file).filter(|_| list && !is(&file, "html")) else {
            continue;
        };
        let text = closed_up(&text);
        assert!(!text.contains('\u{202e}'), "{}", file.display());
        for name in NAMES.into_iter().chain(["甲乙丙", &long[..300]]) {
            assert!(text.contains(name), "{name} in {}", file.display());
        }
    }
    let mut list: Xlsx<_> = open_workbook(out.join("整改清单.xlsx")).unwrap();
    for sheet in list.sheet_names() {
        let formulas = list.worksheet_formula(&sheet).unwrap();
        assert!(formulas.used_cells().all(|(.., f)| f.is_empty()), "{sheet}");
    }
}

#[test]
fn hostile_names_come_out_literally_in_the_bureaus_tables() {
    let dir = TempDir::new().unwrap();
    workspace(dir.path());
    let folder = dir.path().to_string_lossy().into_owned();
    let unit = documents(dir.path(), &[&folder, "--format", "json"]);
    let out = dir.path().join("汇总");
    let rollup = Command::cargo_bin("zicha")
        .unwrap()
        .arg("rollup")
        .arg(unit)
        .arg("--out")
        .arg(&out)
        .output();
    assert!(
        rollup
            .unwrap()
            .status
            .code()
            .is_some_and(|code| code < 2 || !super::can_make_pdf())
    );
    let name = NAMES.join("");
    for file in files(&out) {
        let rows = match file
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .as_ref()
        {
            "csv" => {
                let rows = csv::Reader::from_path(&file).unwrap().into_records();
                rows.flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                    .collect()
            }
            "xlsx" => cells(&file).into_iter().map(|(.., text)| text).collect(),
            "pdf" => said(&file)
                .map(|text| closed_up(&text))
                .into_iter()
                .collect(),
            "html" => {
                html_is_harmless(&file);
                continue;
            }
            _ => continue,
        };
        let rows: Vec<String> = rows;
        assert!(
            rows.iter().any(|row| row.contains(&name)),
            "{}",
            file.display()
        );
        assert!(!is(&file, "csv") || rows.iter().all(|row| !row.starts_with('=')));
    }
    assert!(out.join("汇总.csv").exists());
}
