//! On-site answers that do not count are told.

use super::{run, text, told};
use std::fs;
use tempfile::TempDir;

#[test]
fn outdated_contradictory_and_reasonless_answers_are_told() {
    let dir = TempDir::new().unwrap();
    let rows = "检查条目编号,范围类型,范围对象,答复,检查人,答复日期,说明或佐证\n\
        PEN-016,,,不适用,林海,2026-03-01,\n\
        ORG-018,,,是,林海,2024-03-01,\n\
        ABC-001,,,是,林海,2026-03-01,\n\
        KEY-002,,,是,林海,2026-03-01,\n\
        KEY-002,,,否,林海,2026-03-02,窗户未装栏杆\n";
    fs::write(dir.path().join("现场检查答复表.csv"), rows).unwrap();
    let results = run(dir.path(), "2026-09-01");
    for (code, part) in [
        ("answer-without-reason", "PEN-016"),
        ("answer-outdated", "ORG-018"),
        ("answer-unknown-control", "ABC-001"),
        ("answer-contradictory", "KEY-002"),
    ] {
        let told = told(&results, code);
        assert!(
            told.len() == 1 && told[0].contains(part),
            "{code}: {told:?}"
        );
    }
    let controls = results["controls"].as_array().unwrap();
    let verdict = |id: &str| {
        let control = controls.iter().find(|c| c["id"] == id).unwrap();
        text(control, "verdict").to_owned()
    };
    assert_eq!(
        verdict("PEN-016"),
        "notchecked",
        "不适用 without a reason is no answer"
    );
}
