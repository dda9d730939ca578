//! 到期提醒: what a clerk finds in the workbook and the calendar after a run over her registers.

use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use std::{collections::BTreeMap, fs, path::Path};

/// A workspace of CSV registers by file name.
fn checked(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let mut command = Command::cargo_bin("zicha").unwrap();
    let run = command.current_dir(dir.path()).args([
        "check",
        "--as-of=2026-09-24",
        "--format=xlsx",
        "--out=报告",
    ]);
    assert!(run.output().unwrap().status.code().unwrap() <= 1);
    dir
}

fn sheet(dir: &Path, name: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(dir.join("报告/到期提醒.xlsx")).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    let rows = range.rows();
    rows.map(|row| row.iter().map(|cell| cell.to_string()).collect())
        .collect()
}

/// (month, matter, item, department, person) of every entry whose matter is not from the findings.
fn entries(dir: &Path) -> Vec<[String; 5]> {
    let rows = sheet(dir, "按月").into_iter().skip(1);
    let rows = rows.filter(|row| row[7] != "本次检查");
    rows.map(|row| [0, 3, 4, 5, 6].map(|at| row[at].clone()))
        .collect()
}

const STAFF: &str = "人员编号,姓名,所在部门,涉密人员类别,人员状态\n\
    R01,张一,办公室,核心,在岗\nR02,李二,人事处,一般,在岗\nR03,王三,人事处,一般,退休\n";

#[test]
fn open_terms_are_told_by_month_and_person_and_what_is_done_is_not() {
    let loans = "登记号,文件登记号,借阅人,借阅单位,借出日期,应还日期,归还日期\n\
        J1,收1,张一,办公室,2026-09-01,2026-09-10,\n\
        J2,收2,李二,人事处,2026-09-02,2026-10-08,\n\
        J3,收3,李二,人事处,2026-09-02,2026-10-08,2026-09-20\n\
        J4,收4,李二,人事处,2026-09-02,2028-10-08,\n\
        J5,收5,李二,人事处,2026-09-02,,\n";
    let dir = checked(&[("涉密文件借阅登记簿.csv", loans), ("名册.csv", STAFF)]);
    let told: Vec<_> = entries(dir.path())
        .into_iter()
        .filter(|entry| entry[1] == "归还借阅的涉密文件")
        .collect();
    let row = |words: [&str; 5]| words.map(str::to_owned);
    assert_eq!(
        told,
        [
            row(["已过期", "归还借阅的涉密文件", "收1", "办公室", "张一"]),
            row(["2026年10月", "归还借阅的涉密文件", "收2", "人事处", "李二"]),
        ]
    );
    let matters = sheet(dir.path(), "说明");
    let of_loans = matters.iter().find(|row| row[0] == "归还借阅的涉密文件");
    assert_eq!(of_loans.unwrap()[2..7], ["是", "2", "1", "1", "0"]);
    let carried = matters
        .iter()
        .find(|row| row[0] == "归还外出携带的涉密载体");
    assert_eq!(carried.unwrap()[2], "没有提供");
}

#[test]
fn where_no_column_says_whether_it_is_done_nothing_is_claimed() {
    let loans = "登记号,文件登记号,借阅人,借阅单位,借出日期,应还日期\n\
        J1,收1,张一,办公室,2026-09-01,2026-09-10\n";
    let dir = checked(&[("涉密文件借阅登记簿.csv", loans)]);
    assert!(
        entries(dir.path())
            .iter()
            .all(|e| e[1] != "归还借阅的涉密文件")
    );
    let matters = sheet(dir.path(), "说明");
    let of_loans = matters.iter().find(|row| row[0] == "归还借阅的涉密文件");
    assert_eq!(of_loans.unwrap()[6], "1");
}

#[test]
fn the_latest_review_counts_and_only_for_those_on_post() {
    let reviews = "记录编号,姓名,审查类别,审查日期,结论\n\
        S1,张一,复审,2021-01-10,合格\nS2,张一,复审,2023-11-20,合格\n\
        S3,李二,上岗审查,2024-02-01,合格\nS4,王三,复审,2020-01-01,合格\n";
    let dir = checked(&[("涉密人员复审表.csv", reviews), ("名册.csv", STAFF)]);
    let told: BTreeMap<_, _> = entries(dir.path())
        .into_iter()
        .filter(|entry| entry[1] == "涉密人员复审")
        .map(|entry| (entry[4].clone(), entry[0].clone()))
        .collect();
    let expected = [("张一", "2026年11月"), ("李二", "2027年2月")];
    assert_eq!(
        told,
        expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into()
    );
}

#[test]
fn the_calendar_is_the_same_bytes_each_time_and_one_event_a_matter_and_day() {
    let loans = "登记号,文件登记号,借阅人,借阅单位,借出日期,应还日期,归还日期\n\
        J1,收1,张一,办公室,2026-09-01,2026-10-08,\nJ2,收2,李二,人事处,2026-09-02,2026-10-08,\n";
    let files = [("涉密文件借阅登记簿.csv", loans), ("名册.csv", STAFF)];
    let (one, two) = (checked(&files), checked(&files));
    for name in ["到期提醒.ics", "到期提醒.xlsx"] {
        let read = |dir: &Path| fs::read(dir.join("报告").join(name)).unwrap();
        assert_eq!(read(one.path()), read(two.path()), "{name}");
    }
    let text = fs::read_to_string(one.path().join("报告/到期提醒.ics")).unwrap();
    let lines = text.replace("\r\n ", "");
    assert_eq!(
        lines.matches("SUMMARY:归还借阅的涉密文件").count(),
        1,
        "{lines}"
    );
    assert!(
        lines.contains("SUMMARY:归还借阅的涉密文件（2项）\r\n"),
        "{lines}"
    );
    assert!(lines.contains("DTSTART;VALUE=DATE:20261008\r\n"), "{lines}");
    assert!(lines.contains("DTSTAMP:20260924T000000Z\r\n"), "{lines}");
}
