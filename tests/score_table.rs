//! A bureau's own score table from its file to the form filled in, as people use it.

#![expect(clippy::panic, clippy::print_stderr, reason = "a skipped test says so")]

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::TempDir;
use zicha_scoring::{file, table};
use zicha_testing::score_form;

const MEDIA: &str = "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,个人所有,甲,在用\nU-02,U盘,内部,个人所有,乙,在用\nU-03,U盘,内部,单位配发,丙,在用\n";
/// The item on numbering sticks: `每个扣0.5分`.
const STICKS: &str = "移动存储介质统一编号、登记、标识";

fn zicha(args: &[&str], dir: &Path) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command.args(args).current_dir(dir).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// A workspace with a form taken in, one way bound to a control and confirmed.
fn workspace(name: &str, form: &[u8]) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join(name), form).unwrap();
    fs::write(dir.path().join("移动存储介质台账.csv"), MEDIA).unwrap();
    fs::write(
        dir.path().join("zicha.yaml"),
        "unit: {name: 示例所, kind: 事业单位}\nscoring: 评分标准.yaml\n",
    )
    .unwrap();
    let (code, told) = zicha(&["scoring", "import", name], dir.path());
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("59 项，100 分"), "{told}");
    let path = dir.path().join("评分标准.yaml");
    let (standard, mistakes) = file::parse("评分标准.yaml", &fs::read_to_string(&path).unwrap());
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let mut standard = standard.unwrap();
    let item = standard
        .items
        .iter_mut()
        .find(|item| item.text == STICKS)
        .unwrap();
    let way = &mut item.ways[0];
    (way.controls, way.confirmed) = (vec!["MED-007".to_owned()], true);
    way.question.clear();
    fs::write(&path, file::write(&standard)).unwrap();
    dir
}

fn results(dir: &Path) -> Value {
    let (code, told) = zicha(
        &[
            "check",
            ".",
            "--as-of",
            "2026-09-01",
            "--out",
            "结果",
            "--format",
            "docx,xlsx,json",
        ],
        dir,
    );
    assert_eq!(code, Some(1), "{told}");
    serde_json::from_slice(&fs::read(dir.join("结果/results.json")).unwrap()).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn a_form_goes_in_and_comes_back_filled_in_with_numbers_that_findings_prove() {
    for (name, form) in [
        ("评分表.docx", score_form::docx()),
        ("评分表.xlsx", score_form::xlsx()),
    ] {
        let dir = workspace(name, &form);
        let results = results(dir.path());
        let score = &results["score"];
        let steps = score["steps"].as_array().unwrap();
        let step = steps
            .iter()
            .find(|s| s["title"].as_str().unwrap().ends_with(STICKS))
            .unwrap();
        let found = results["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|f| f["control"] == "MED-007")
            .count();
        assert_eq!((found, step["cases"].as_u64()), (2, Some(2)));
        assert!((number(&step["deducted"]) - 1.0).abs() < 0.001, "{step}");
        let sum = |key: &str| steps.iter().map(|step| number(&step[key])).sum::<f64>();
        assert!((sum("points") - number(&score["of"])).abs() < 0.001);
        assert!(
            (sum("deducted") - number(&score["lost"])).abs() < 0.001,
            "{score}"
        );
        let all = number(&score["decided"]) + number(&score["open"]);
        assert!((all - number(&score["of"])).abs() < 0.001);
        assert_eq!(score["grade"], "暂不评定", "nearly nothing is decided");
        // The form itself is no ledger.
        let inputs = results["inputs"].as_array().unwrap();
        assert!(
            inputs.iter().all(|input| input["path"] != name),
            "{inputs:?}"
        );
        // What no control tells is asked on site.
        let asked = results["controls"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|c| c["id"].as_str().unwrap().starts_with("SCR-"));
        assert!(asked.clone().count() > 5 && asked.clone().all(|c| c["verdict"] == "notchecked"));

        let filled = dir
            .path()
            .join("结果")
            .join(name.replace("评分表", "自评表"));
        let bytes = fs::read(&filled).unwrap();
        let form = table::open(name, &bytes).unwrap().tables.remove(0);
        let row = (1..=form.rows())
            .find(|row| form.row(*row).iter().any(|(_, text)| *text == STICKS))
            .unwrap();
        let cells: Vec<&str> = form.row(row).into_iter().map(|(_, text)| text).collect();
        assert!(cells.contains(&"★") && cells.contains(&"1"), "{cells:?}");
        if name.ends_with("xlsx") {
            assert!(
                cells.iter().any(|cell| cell.starts_with("2起，扣1分")),
                "{cells:?}"
            );
        }
        opens(&filled, "移动存储介质");
        for other in ["自评表.docx", "自评表.xlsx"] {
            assert!(dir.path().join("结果").join(other).exists(), "{other}");
        }
    }
}

/// LibreOffice opens the file and finds a text in it.
fn opens(file: &Path, text: &str) {
    let out = TempDir::new().unwrap();
    let profile = format!(
        "-env:UserInstallation=file://{}",
        out.path().join("profile").display()
    );
    let kind = if file.extension().is_some_and(|kind| kind == "docx") {
        "txt:Text (encoded):UTF8"
    } else {
        "csv:Text - txt - csv (StarCalc):44,34,76"
    };
    let run = std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", kind, "--outdir"])
        .arg(out.path())
        .arg(file)
        .output();
    let Ok(run) = run else {
        eprintln!("SKIPPED: LibreOffice is not installed");
        return;
    };
    let written = fs::read_dir(out.path())
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .find(|path| path.is_file());
    let written = written.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&run.stderr)));
    let written = fs::read(written).unwrap();
    assert!(String::from_utf8_lossy(&written).contains(text));
}

#[test]
fn lint_holds_the_sums_and_says_what_waits_for_people() {
    let dir = workspace("评分表.xlsx", &score_form::xlsx());
    let path = dir.path().join("评分标准.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("分值: 4", "分值: 5", 1)).unwrap();
    let (code, told) = zicha(&["lint", "."], dir.path());
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("合计 101 分，与总分 100 分不符"), "{told}");
    assert!(told.contains("合计 15 分，与小计 14 分不符"), "{told}");
    assert!(told.contains("检查项待确认"), "{told}");
}

#[test]
fn a_form_that_changed_since_is_told_and_not_filled_in() {
    let dir = workspace("评分表.xlsx", &score_form::xlsx());
    fs::write(dir.path().join("评分表.xlsx"), score_form::docx()).unwrap();
    let results = results(dir.path());
    let told = results["diagnostics"].as_array().unwrap();
    assert!(
        told.iter().any(|d| d["code"] == "scoring-source"),
        "{told:?}"
    );
}

#[test]
fn the_published_part_says_what_is_missing_and_grades_nothing() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("移动存储介质台账.csv"), MEDIA).unwrap();
    fs::write(
        dir.path().join("zicha.yaml"),
        "unit: {name: 示例所, kind: 事业单位}\nscoring: published-59\n",
    )
    .unwrap();
    let results = results(dir.path());
    let score = &results["score"];
    assert_eq!(
        (score["grade"].as_str(), number(&score["of"])),
        (Some("暂不评定"), 100.0)
    );
    assert!(number(&score["open"]) >= 86.0, "{score}");
    let (_, told) = zicha(&["lint", "."], dir.path());
    assert!(
        told.contains("第 5-50、51 项还有没有读懂的评分方法"),
        "{told}"
    );
}

#[test]
fn a_second_import_keeps_what_people_confirmed() {
    let dir = workspace("评分表.xlsx", &score_form::xlsx());
    fs::write(dir.path().join("新评分表.docx"), score_form::docx()).unwrap();
    let (code, told) = zicha(&["评分", "导入", "新评分表.docx"], dir.path());
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("保留了以前确认的 1 处"), "{told}");
    let text = fs::read_to_string(dir.path().join("评分标准.yaml")).unwrap();
    assert!(text.contains("检查项: [MED-007]"), "{text}");
}
