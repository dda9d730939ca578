//! Lists that openpyxl edited and LibreOffice saved: every state and every entry is carried on.
//!
//! `scripts/make-list-fixtures.py` wrote the files.

use super::{
    list, run,
    small::{list_of, media, stick, workspace},
    text, told,
};
use serde_json::Value;
use std::{fs, path::Path};

const PROOF: &str = "介质领用单\n照片两张";

/// Puts a filled-in list into the workspace.
fn put(fixture: &str, to: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fs::copy(folder.join(fixture), to).unwrap();
}

/// The entries that people made, whatever the states became.
fn entries_are_there(results: &Value, fixture: &str) {
    let (one, two) = (stick(results, "U-01"), stick(results, "U-02"));
    for (finding, path, entry) in [
        (one, "status", "已复核销号"),
        (one, "completed", "2026-09-08"),
        (one, "proof", PROOF),
        (one, "reviewer", "周复核"),
        (one, "closed", "2026-09-09"),
        (two, "status", "整改中"),
        (two, "due", "2026-09-05"),
        (two, "responsible", "吴责任"),
    ] {
        let path = format!("rectification.filled.{path}");
        assert_eq!(text(finding, &path), entry, "{fixture}: {path}");
    }
    let extra = text(two, "rectification.extra.督办意见");
    assert_eq!(extra, "请分管领导督办", "{fixture}");
    let own = &results["follow_up"]["own"][0]["filled"];
    assert_eq!(text(own, "problem"), "保密室窗帘破损", "{fixture}");
    assert_eq!(text(own, "due"), "2026-09-30", "{fixture}");
    assert_eq!(results["follow_up"]["unmatched"], Value::Array(Vec::new()));
}

#[test]
fn a_list_saved_by_another_program_goes_through_the_whole_cycle() {
    for fixture in ["list-openpyxl.xlsx", "list-libreoffice.xlsx"] {
        let dir = workspace();
        let dir = dir.path();
        run(dir, "2026-09-01");
        put(fixture, &list_of(dir));
        media(dir, "统一配发", "个人所有");
        let second = run(dir, "2026-09-10");
        entries_are_there(&second, fixture);
        let (one, two) = (stick(&second, "U-01"), stick(&second, "U-02"));
        assert_eq!((text(one, "state"), text(two, "state")), ("fixed", "open"));
        assert_eq!(two["rectification"]["overdue_days"], 5);
        assert_eq!(second["follow_up"]["unsigned"], 0);
        let sheets = list::read(&list_of(dir));
        let row = sheets[2].find(text(one, "fingerprint")).unwrap();
        assert_eq!(sheets[2].get(row, "佐证材料"), PROOF);
        assert_eq!(sheets[2].get(row, "销号日期"), "2026-09-09");
        media(dir, "个人所有", "个人所有");
        let third = run(dir, "2026-09-20");
        let one = stick(&third, "U-01");
        assert_eq!(text(one, "state"), "reopened", "{fixture}");
        let earlier = one["rectification"]["earlier"].to_string();
        assert!(
            earlier.contains("已复核销号") && earlier.contains("周复核"),
            "{earlier}"
        );
        assert_eq!(
            text(stick(&third, "U-02"), "rectification.filled.responsible"),
            "吴责任"
        );
    }
}

#[test]
fn a_copy_in_another_format_among_the_ledgers_is_read_back_too() {
    for fixture in ["list-libreoffice.ods", "list-libreoffice.xls"] {
        let dir = workspace();
        let dir = dir.path();
        run(dir, "2026-09-01");
        let (_, kind) = fixture.split_once('.').unwrap();
        put(fixture, &dir.join(format!("办公室填报.{kind}")));
        let second = run(dir, "2026-09-10");
        entries_are_there(&second, fixture);
        let told = told(&second, "marked-done-still-found");
        assert_eq!(told.len(), 1, "{fixture}: {told:?}");
    }
}
