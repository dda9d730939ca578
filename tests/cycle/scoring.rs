//! The score: recomputed by hand from its steps; a unit's own model; a changed standard.

use super::{findings, run, text, told};
use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

const MEDIA: &str = "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,个人所有,甲,在用\nU-02,U盘,内部,个人所有,乙,在用\n";

const MODEL: &str = "id: own\ntitle: 本单位评分模型\nsource: 本单位\nitems:\n\
  - {id: A, title: 介质, points: 10, controls: [MED]}\n\
  - {id: B, title: 其余, points: 90, chapters: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']}\n\
deductions: {重大: 4, 严重: 2, 一般: 1, 提示: 0.5}\nheavy: {MED-007: 3}\n\
grades: [{label: 优, from: 90}, {label: 差, from: 0}]\nveto_grade: 差\n";

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.011
}

#[test]
fn the_score_can_be_recomputed_by_hand_from_the_listed_steps() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("移动存储介质台账.csv"), MEDIA).unwrap();
    let results = run(dir.path(), "2026-09-01");
    let score = &results["score"];
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let (mut points, mut highest, mut of) = (0.0, 0.0, 0.0);
    for step in score["steps"].as_array().unwrap() {
        let parts = step["parts"].as_array().unwrap();
        let deduction: f64 = parts
            .iter()
            .map(|p| number(&p["cases"]) * number(&p["per_case"]))
            .sum();
        assert!(close(number(&step["deduction"]), deduction), "{step}");
        let deducted = deduction.min(number(&step["points"]));
        assert!(close(number(&step["deducted"]), deducted), "{step}");
        let lowest = (number(&step["points"]) - deducted - number(&step["withheld"])).max(0.0);
        assert!(close(number(&step["lowest"]), lowest), "{step}");
        points += number(&step["lowest"]);
        highest += number(&step["highest"]);
        of += number(&step["points"]);
    }
    assert!(close(number(&score["points"]), points));
    assert!(close(number(&score["highest"]), highest));
    assert!(close(number(&score["of"]), of));
    assert!(close(number(&score["percent"]), 100.0 * points / of));
    assert!(points < highest, "what was not checked leaves a range");
}

#[test]
fn a_unit_scores_by_its_own_model() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("移动存储介质台账.csv"), MEDIA).unwrap();
    fs::write(dir.path().join("评分.yaml"), MODEL).unwrap();
    fs::write(
        dir.path().join("zicha.yaml"),
        "unit: {name: 示例所, kind: 事业单位}\nscoring: 评分.yaml\n",
    )
    .unwrap();
    let results = run(dir.path(), "2026-09-01");
    assert!(text(&results, "score.model").contains("本单位评分模型"));
    let step = &results["score"]["steps"][0];
    let part = step["parts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["control"] == "MED-007")
        .unwrap();
    assert_eq!(
        (part["cases"].as_u64(), part["per_case"].as_f64()),
        (Some(2), Some(3.0))
    );
    let inputs = results["inputs"].as_array().unwrap();
    assert!(
        inputs.iter().all(|input| input["path"] != "评分.yaml"),
        "no ledger"
    );
}

#[test]
fn a_changed_parameter_is_told_and_an_older_result_can_be_compared_with() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("移动存储介质台账.csv"), MEDIA).unwrap();
    run(dir.path(), "2026-09-01");
    let kept = dir.path().join("out/history/2026-09-01-annual.json");
    let mut old: serde_json::Value = serde_json::from_slice(&fs::read(&kept).unwrap()).unwrap();
    let top = old.as_object_mut().unwrap();
    for part in ["score", "discipline", "diagnostics", "departments"] {
        top.remove(part);
    }
    top["tool"]["version"] = "0.0.1".into();
    top["follow_up"]
        .as_object_mut()
        .unwrap()
        .retain(|key, _| key.len() < 9);
    fs::write(&kept, old.to_string()).unwrap();
    fs::write(
        dir.path().join("zicha.yaml"),
        "unit: {name: 示例所, kind: 事业单位}\nparameters: {custodian_years: 6}\n",
    )
    .unwrap();
    let second = run(dir.path(), "2026-09-02");
    let changed = told(&second, "standard-changed");
    assert!(changed[0].contains("custodian_years"), "{changed:?}");
    let older = told(&second, "baseline-older");
    assert!(
        older[0].contains("0.0.1") && older[0].contains("score"),
        "{older:?}"
    );
    let mine: Vec<_> = findings(&second)
        .iter()
        .filter(|f| f["control"] == "MED-007")
        .collect();
    assert!(mine.iter().all(|f| f["state"] == "open"));
}

#[test]
fn lint_tells_every_mistake_of_the_units_own_model_with_its_place() {
    let dir = TempDir::new().unwrap();
    fs::write(
        dir.path().join("zicha.yaml"),
        "unit: 示例所\nscoring: 评分.yaml\n",
    )
    .unwrap();
    let lint = || {
        let mut command = Command::cargo_bin("zicha").unwrap();
        let output = command.arg("lint").arg(dir.path()).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), told)
    };
    let (code, told) = lint();
    assert_eq!(code, Some(1));
    assert!(
        told.contains("没有名为“评分.yaml”的评分模型") && told.contains("zicha.yaml:2:10"),
        "{told}"
    );

    let broken = MODEL
        .replace("points: 10,", "points: -1,")
        .replace("[MED]", "[MEDIA]")
        .replace("MED-007: 3", "MED-999: 3")
        .replace("from: 90", "from: 0")
        .replace("veto_grade: 差", "veto_grade: 停");
    fs::write(dir.path().join("评分.yaml"), broken).unwrap();
    let (code, told) = lint();
    assert_eq!(code, Some(1));
    for place in [
        "评分.yaml:5:30",
        "评分.yaml:5:45",
        "评分.yaml:8:18",
        "评分.yaml:9:9",
        "评分.yaml:10:13",
    ] {
        assert!(told.contains(place), "{place} in {told}");
    }

    // As a Windows editor saves it: a check reads it as well as UTF-8.
    let (gbk, _, _) = encoding_rs::GBK.encode(MODEL);
    fs::write(dir.path().join("评分.yaml"), gbk).unwrap();
    let (code, told) = lint();
    assert_eq!(code, Some(0), "{told}");
    fs::write(dir.path().join("评分.yaml"), "id: own\ntitel: 本单位\n").unwrap();
    let (code, told) = lint();
    assert_eq!(code, Some(1));
    assert!(told.contains("评分.yaml:2:1"), "{told}");
    assert!(told.contains("没有“titel”这一项"), "{told}");
}
