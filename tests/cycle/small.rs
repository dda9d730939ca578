//! Single turns of the cycle, on a workspace with two faults.

use super::{findings, list, run, run_with, text, told};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use zicha_testing::poppler;

/// Two memory sticks of private origin: MED-007 twice.
pub(super) fn workspace() -> TempDir {
    let dir = TempDir::new().unwrap();
    media(dir.path(), "个人所有", "个人所有");
    dir
}

pub(super) fn media(dir: &Path, one: &str, two: &str) {
    let text = format!(
        "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,{one},甲,在用\nU-02,U盘,内部,{two},乙,在用\n"
    );
    fs::write(dir.join("移动存储介质台账.csv"), text).unwrap();
}

pub(super) fn list_of(dir: &Path) -> PathBuf {
    dir.join("out/2026-annual/整改清单.xlsx")
}

/// The finding of MED-007 about a stick.
pub(super) fn stick<'r>(results: &'r Value, key: &str) -> &'r Value {
    let mut mine = findings(results)
        .iter()
        .filter(|f| f["control"] == "MED-007" && text(f, "subject.key") == key);
    mine.next().unwrap()
}

fn edit(path: &Path, change: impl Fn(&mut list::Sheet)) {
    let mut sheets = list::read(path);
    sheets.iter_mut().for_each(change);
    list::write(path, &sheets);
}

#[test]
fn what_the_program_proposed_is_no_entry_and_an_unchanged_list_is_not_read() {
    let dir = workspace();
    run(dir.path(), "2026-09-01");
    assert_eq!(list::read(&list_of(dir.path()))[0].get(0, "序号"), "1");
    let second = run(dir.path(), "2026-09-02");
    assert!(told(&second, "list-read").is_empty());
    assert!(
        stick(&second, "U-01")["rectification"]["filled"]
            .as_object()
            .is_none_or(|m| m.is_empty())
    );
}

#[test]
fn a_list_without_its_hidden_columns_is_matched_by_what_it_says() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let name = text(stick(&first, "U-02"), "fingerprint").to_owned();
    edit(&list_of(dir.path()), |sheet| {
        if let Some(row) = sheet.find(&name) {
            sheet.set(row, "完成情况", "整改中");
            sheet.set(row, "责任人", "新责任人");
        }
        sheet.remove("识别号");
        sheet.remove("校验");
    });
    let second = run(dir.path(), "2026-09-02");
    let entry = &stick(&second, "U-02")["rectification"]["filled"];
    assert_eq!(text(entry, "status"), "整改中");
    assert_eq!(text(entry, "responsible"), "新责任人");
    let other = &stick(&second, "U-01")["rectification"]["filled"];
    assert_eq!(
        text(other, "status"),
        "",
        "the program's own words are no entry"
    );
}

#[test]
fn copies_that_departments_returned_are_joined_and_contradictions_told() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let names = ["U-01", "U-02"].map(|key| text(stick(&first, key), "fingerprint").to_owned());
    let fill = |copy: &str, name: &str, status: &str| {
        let path = dir.path().join(copy);
        fs::copy(list_of(dir.path()), &path).unwrap();
        edit(&path, |sheet| {
            if let Some(row) = sheet.find(name) {
                sheet.set(row, "完成情况", status);
            }
        });
    };
    fill("整改清单-甲.xlsx", &names[0], "已完成");
    fill("整改清单-乙.xlsx", &names[1], "整改中");
    let second = run(dir.path(), "2026-09-02");
    assert_eq!(
        text(stick(&second, "U-01"), "rectification.filled.status"),
        "已完成"
    );
    assert_eq!(
        text(stick(&second, "U-02"), "rectification.filled.status"),
        "整改中"
    );
    assert!(told(&second, "list-contradiction").is_empty());
    fill("整改清单-丙.xlsx", &names[0], "整改中");
    fill("整改清单-丁.xlsx", &names[0], "已销号");
    let third = run(dir.path(), "2026-09-03");
    let told = told(&third, "list-contradiction");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("已复核销号") && told[0].contains("整改中"));
}

#[test]
fn a_hand_kept_ledger_is_matched_by_control_and_subject_and_the_rest_is_listed() {
    let dir = workspace();
    let ledger = "整改编号,问题描述,责任部门,整改责任人,整改期限,完成情况,完成日期\n\
        1,MED-007 介质 U-02 来源不合规定,办公室,乙,2026-09-10,整改中,\n\
        2,大门值班记录不全,办公室,丙,2026-09-10,已完成,2026-09-01\n";
    fs::write(dir.path().join("隐患整改台账.csv"), ledger).unwrap();
    let results = run(dir.path(), "2026-09-20");
    let matched = &stick(&results, "U-02")["rectification"];
    assert_eq!(text(matched, "ledger.status"), "整改中");
    assert_eq!(matched["overdue_days"], 10);
    let unmatched = results["follow_up"]["unmatched"].as_array().unwrap();
    assert_eq!(unmatched.len(), 1, "{unmatched:?}");
    assert_eq!(unmatched[0]["file"], "隐患整改台账.csv");
    assert_eq!(unmatched[0]["row"], 3);
    assert_eq!(results["follow_up"]["own"].as_array().unwrap().len(), 0);
}

#[test]
fn a_fault_that_is_gone_but_not_signed_off_is_told_until_it_is() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let name = text(stick(&first, "U-02"), "fingerprint").to_owned();
    media(dir.path(), "个人所有", "统一配发");
    let second = run(dir.path(), "2026-09-02");
    assert_eq!(second["follow_up"]["unsigned"], 1);
    assert!(
        stick(&second, "U-02")["rectification"]["notes"]
            .to_string()
            .contains("尚未复核销号")
    );
    edit(&list_of(dir.path()), |sheet| {
        if let Some(row) = sheet.find(&name) {
            sheet.set(row, "完成情况", "已复核销号");
        }
    });
    let third = run(dir.path(), "2026-09-03");
    assert_eq!(third["follow_up"]["unsigned"], 0);
    let notes = stick(&third, "U-02")["rectification"]["notes"].to_string();
    assert!(notes.contains("销号手续不全"), "{notes}");
}

#[test]
fn what_was_changed_and_when_is_kept_from_run_to_run() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let name = text(stick(&first, "U-02"), "fingerprint").to_owned();
    for (day, word) in [("2026-09-02", "整改中"), ("2026-09-03", "已完成")] {
        edit(&list_of(dir.path()), |sheet| {
            if let Some(row) = sheet.find(&name) {
                sheet.set(row, "完成情况", word);
            }
        });
        run(dir.path(), day);
    }
    let last = run(dir.path(), "2026-09-04");
    let entry = &stick(&last, "U-02")["rectification"];
    let history = entry["history"].as_array().unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|change| ["on", "column", "from", "to"].map(|key| change[key].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["2026-09-02", "status", "", "整改中"],
            ["2026-09-03", "status", "整改中", "已完成"],
        ]
    );
    assert!(
        entry["notes"].to_string().contains("没有写明佐证材料"),
        "{entry}"
    );
}

/// Fills in the list of a folder: signed off, with a reviewer.
fn fill_in(folder: &Path, name: &str) {
    edit(&folder.join("整改清单.xlsx"), |sheet| {
        if let Some(row) = sheet.find(name) {
            sheet.set(row, "完成情况", "整改中");
            sheet.set(row, "责任人", "欧阳复核");
            sheet.set(row, "佐证材料", "领用单第七页");
        }
    });
}

#[test]
fn what_people_entered_stands_in_every_form_of_the_new_list() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let out = dir.path().join("out/2026-annual");
    fill_in(&out, text(stick(&first, "U-02"), "fingerprint"));
    run_with(dir.path(), "2026-09-02", &["--fonts", "embedded"], &out);
    let page = fs::read_to_string(out.join("整改清单.html")).unwrap();
    let sheets = list::read(&list_of(dir.path()));
    let rows: Vec<_> = sheets.iter().flat_map(|sheet| &sheet.rows).collect();
    let printed = poppler("pdftotext", &["-raw"], &out.join("整改清单.pdf"));
    for entry in ["整改中", "欧阳复核", "领用单第七页"] {
        assert!(page.contains(entry), "{entry} on the page");
        assert!(
            rows.iter().any(|row| row.iter().any(|cell| cell == entry)),
            "{entry} in the workbook"
        );
        if let Some(printed) = &printed {
            let printed: String = printed.split_whitespace().collect();
            assert!(printed.contains(entry), "{entry} on paper: {printed}");
        }
    }
}

#[test]
fn a_masked_run_shows_no_name_and_loses_no_entry() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let out = dir.path().join("out/2026-annual");
    fill_in(&out, text(stick(&first, "U-02"), "fingerprint"));
    let formats = ["--redact", "--format", "json,xlsx,html"];
    let masked = run_with(dir.path(), "2026-09-02", &formats, &out);
    assert_eq!(
        text(stick_at(&masked, 2), "rectification.filled.proof"),
        "领用单第七页"
    );
    for entry in fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let shown = match path.extension().is_some_and(|e| e == "xlsx") {
            true => list::all_cells(&path),
            false => String::from_utf8(fs::read(&path).unwrap()).unwrap(),
        };
        assert!(!shown.contains("欧阳复核"), "{}", path.display());
    }
    // The masked list took the place of the edited one, whose copy was kept.
    let third = run(dir.path(), "2026-09-03");
    let filled = &stick(&third, "U-02")["rectification"]["filled"];
    assert_eq!(text(filled, "responsible"), "欧阳复核");
    assert_eq!(text(filled, "status"), "整改中");
}

/// A masked finding of MED-007, whose key is masked too.
fn stick_at(results: &Value, row: u32) -> &Value {
    let mut mine = findings(results)
        .iter()
        .filter(|f| f["control"] == "MED-007");
    mine.find(|f| f["evidence"][0]["row"] == row + 1).unwrap()
}

#[test]
fn with_an_output_folder_of_its_own_a_run_reads_and_keeps_the_list_there() {
    let dir = workspace();
    let out = dir.path().join("报告");
    let shown = out.to_string_lossy().into_owned();
    let baseline = out.join("results.json").to_string_lossy().into_owned();
    let formats = ["--format", "json,xlsx", "--out", &shown];
    let first = run_with(dir.path(), "2026-09-01", &formats, &out);
    let name = text(stick(&first, "U-02"), "fingerprint");
    fill_in(&out, name);
    let edited = fs::read(out.join("整改清单.xlsx")).unwrap();
    let arguments = [&formats[..], &["--baseline", &baseline]].concat();
    let second = run_with(dir.path(), "2026-09-02", &arguments, &out);
    let mine = stick(&second, "U-02");
    assert_eq!(text(mine, "state"), "open");
    assert_eq!(text(mine, "rectification.filled.responsible"), "欧阳复核");
    let kept: Vec<_> = fs::read_dir(out.join("history")).unwrap().collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let kept = kept.into_iter().next().unwrap().unwrap().path();
    assert_eq!(fs::read(kept).unwrap(), edited);
    assert!(
        !dir.path().join("out").exists(),
        "nothing is written elsewhere"
    );
    let sheets = list::read(&out.join("整改清单.xlsx"));
    assert_eq!(
        sheets[1].get(sheets[1].find(name).unwrap(), "责任人"),
        "欧阳复核"
    );
}

#[test]
fn a_gap_that_was_filled_is_not_said_to_be_empty_again() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    assert_eq!(text(stick(&first, "U-02"), "state"), "new");
    // The record is taken out of the ledger: nothing proves it mended, and nothing old is told as current.
    let text_of_one = "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,个人所有,甲,在用\n";
    fs::write(dir.path().join("移动存储介质台账.csv"), text_of_one).unwrap();
    let second = run(dir.path(), "2026-09-02");
    let gone = stick(&second, "U-02");
    assert_eq!(
        (text(gone, "state"), text(gone, "past.cause")),
        ("open", "gone")
    );
    assert!(text(gone, "message").contains("已找不到"), "{gone}");
    assert!(gone["evidence"].as_array().unwrap().is_empty(), "{gone}");
    assert_eq!(
        text(gone, "past.told.message"),
        text(stick(&first, "U-02"), "message")
    );
    let counts = &second["follow_up"];
    let unproven = findings(&second).iter().filter(|f| !f["past"].is_null());
    assert_eq!(counts["unproven"], unproven.count());
    let open = findings(&second)
        .iter()
        .filter(|f| f["state"] == "open" && f["past"].is_null());
    assert_eq!(counts["open"], open.count());
    // It comes back in order: fixed, in its own words.
    media(dir.path(), "个人所有", "统一配发");
    let third = run(dir.path(), "2026-09-03");
    let fixed = stick(&third, "U-02");
    assert_eq!(text(fixed, "state"), "fixed");
    assert!(fixed["past"].is_null());
    assert_eq!(
        text(fixed, "message"),
        text(stick(&first, "U-02"), "message")
    );
}

#[test]
fn rows_moved_without_their_hidden_columns_are_booked_by_what_they_show() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let names = ["U-01", "U-02"].map(|key| text(stick(&first, key), "fingerprint").to_owned());
    edit(&list_of(dir.path()), |sheet| {
        let (Some(one), Some(two)) = (sheet.find(&names[0]), sheet.find(&names[1])) else {
            return;
        };
        sheet.set(two, "完成情况", "整改中");
        sheet.set(two, "责任人", "新责任人");
        for hidden in ["识别号", "校验"] {
            let (a, b) = (
                sheet.get(one, hidden).to_owned(),
                sheet.get(two, hidden).to_owned(),
            );
            sheet.set(one, hidden, &b);
            sheet.set(two, hidden, &a);
        }
    });
    let second = run(dir.path(), "2026-09-02");
    let filled = |key| &stick(&second, key)["rectification"]["filled"];
    assert_eq!(text(filled("U-02"), "responsible"), "新责任人");
    assert_eq!(text(filled("U-02"), "status"), "整改中");
    assert!(filled("U-01").as_object().is_none_or(|m| m.is_empty()));
    let told = told(&second, "list-rows-moved");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("2 行"), "{told:?}");
}

#[test]
fn what_a_department_fills_in_on_its_notice_is_read_and_kept() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let name = text(stick(&first, "U-02"), "fingerprint").to_owned();
    let out = dir.path().join("out/2026-annual");
    let notices = fs::read_dir(out.join("整改通知单")).unwrap();
    let notices: Vec<_> = notices.map(|entry| entry.unwrap().path()).collect();
    let books = notices
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "xlsx"));
    let mine: Vec<_> = books
        .filter(|path| list::all_cells(path).contains(&name))
        .collect();
    assert_eq!(mine.len(), 1, "one department is told: {notices:?}");
    edit(mine[0], |sheet| {
        if let Some(row) = sheet.find(&name) {
            sheet.set(row, "佐证材料", "本部门领用单第九页");
        }
    });
    let edited = fs::read(mine[0]).unwrap();
    let second = run(dir.path(), "2026-09-02");
    let filled = &stick(&second, "U-02")["rectification"]["filled"];
    assert_eq!(text(filled, "proof"), "本部门领用单第九页");
    let kept = fs::read_dir(dir.path().join("out/history")).unwrap();
    let kept: Vec<_> = kept.map(|entry| entry.unwrap().path()).collect();
    let is_kept = |path: &PathBuf| fs::read(path).unwrap() == edited;
    assert!(kept.iter().any(is_kept), "{kept:?}");
}

#[test]
fn a_copy_beside_the_list_is_read_and_takes_nothing_away() {
    let dir = workspace();
    let first = run(dir.path(), "2026-09-01");
    let name = text(stick(&first, "U-02"), "fingerprint").to_owned();
    let out = dir.path().join("out/2026-annual");
    fill_in(&out, &name);
    run(dir.path(), "2026-09-02");
    let copy = out.join("整改清单(1).xlsx");
    fs::copy(list_of(dir.path()), &copy).unwrap();
    edit(&copy, |sheet| {
        if let Some(row) = sheet.find(&name) {
            sheet.set(row, "责任部门", "业务一股");
            sheet.set(row, "佐证材料", "");
        }
    });
    fs::write(out.join("整改清单-乙处.wps"), "no workbook").unwrap();
    let third = run(dir.path(), "2026-09-03");
    let filled = &stick(&third, "U-02")["rectification"]["filled"];
    assert_eq!(text(filled, "department"), "业务一股");
    assert_eq!(text(filled, "proof"), "领用单第七页");
    let told = told(&third, "list-unreadable");
    assert!(told.len() == 1 && told[0].contains("乙处.wps"), "{told:?}");
    let page = fs::read_to_string(out.join("整改通知单.html")).unwrap();
    assert!(page.contains("业务一股"));
}
