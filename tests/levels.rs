//! A unit with 12 departments and 80 people: 92 sheets written, 60 filled in with contradictions, read back.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::fmt::Write;
use std::{fs, path::Path};
use tempfile::TempDir;

const DEPARTMENTS: usize = 12;
const PEOPLE: usize = 80;
const FILLED_DEPARTMENTS: usize = 8;
const FILLED_PEOPLE: usize = 52;

fn zicha(args: &[&str], dir: &Path) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command.args(args).current_dir(dir).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

fn department(of: usize) -> String {
    format!("第{}处", of % DEPARTMENTS + 1)
}

fn person(of: usize) -> String {
    let family: Vec<char> = "赵钱孙李周吴郑王冯陈".chars().collect();
    let given: Vec<char> = "文武安宁明亮".chars().collect();
    let second: Vec<char> = "东南西北".chars().collect();
    [
        family[of % 10],
        given[of / 10 % 6],
        second[of / 60 + of % 3],
    ]
    .iter()
    .collect()
}

fn registers(dir: &Path) {
    let mut departments = "部门编号,部门名称,部门负责人\n".to_owned();
    for of in 0..DEPARTMENTS {
        writeln!(
            departments,
            "D{:02},{},{}",
            of + 1,
            department(of),
            person(of)
        )
        .unwrap();
    }
    fs::write(dir.join("部门登记表.csv"), departments).unwrap();
    let mut people = "人员编号,姓名,所在部门,用工形式,涉密人员类别,人员状态\n".to_owned();
    for of in 0..PEOPLE {
        writeln!(
            people,
            "P{of:03},{},{},在编,非涉密,在岗",
            person(of),
            department(of)
        )
        .unwrap();
    }
    fs::write(dir.join("人员名册.csv"), people).unwrap();
    // The first two keep private sticks.
    let media = format!(
        "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,个人所有,{},在用\nU-02,U盘,内部,个人所有,{},在用\n",
        person(0),
        person(1)
    );
    fs::write(dir.join("移动存储介质台账.csv"), media).unwrap();
}

/// Writes a sheet anew with answers, as an office program saves it.
fn fill(file: &Path, answer: impl Fn(&str) -> &'static str) {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let mut out = Workbook::new();
    let sheet = out.add_worksheet();
    for (row, cells) in range.rows().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet
                .write_string(row as u32, column as u16, cell.to_string())
                .unwrap();
        }
        let id = cells[0].to_string();
        if id.starts_with("LV") {
            let word = answer(&id);
            sheet.write_string(row as u32, 5, word).unwrap();
            sheet.write_string(row as u32, 6, "检查员").unwrap();
            sheet.write_string(row as u32, 7, "2026-08-20").unwrap();
            if word == "否" {
                sheet.write_string(row as u32, 8, "见说明").unwrap();
            }
        }
    }
    out.save(file).unwrap();
}

#[test]
fn the_sheets_of_a_unit_are_written_filled_in_and_read_back() {
    let dir = TempDir::new().unwrap();
    registers(dir.path());
    let (code, told) = zicha(&["init", ".", "--levels"], dir.path());
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("部门和个人自查表 92 份"), "{told}");
    let sheet = |of: usize| {
        dir.path().join(format!(
            "自查表/个人/{}/{}.xlsx",
            department(of),
            person(of)
        ))
    };
    let own = dir.path().join("自查表/部门");
    for of in 0..PEOPLE {
        assert!(
            sheet(of).exists() && sheet(of).with_extension("docx").exists(),
            "{}",
            person(of)
        );
    }
    // A person's sheet holds that person's matters only.
    let mut book: Xlsx<_> = open_workbook(sheet(0)).unwrap();
    let text: String = book
        .worksheet_range_at(0)
        .unwrap()
        .unwrap()
        .rows()
        .flatten()
        .map(ToString::to_string)
        .collect();
    assert!(
        text.contains("U-01") && !text.contains("U-02") && !text.contains(&person(1)),
        "{text}"
    );

    let mut contradictions = 0;
    for of in 0..FILLED_PEOPLE {
        // Every tenth cannot say yes to the question about papers; the department says it for all.
        let no = of % 10 == 5;
        fill(&sheet(of), |id| {
            if no && id == "LVP-011" { "否" } else { "是" }
        });
        contradictions += usize::from(no && of % DEPARTMENTS < FILLED_DEPARTMENTS);
    }
    for of in 0..FILLED_DEPARTMENTS {
        fill(&own.join(format!("{}.xlsx", department(of))), |_| "是");
    }
    // Two say yes though the register of media has their private sticks.
    contradictions += 2;
    let (_, told) = zicha(
        &[
            "check",
            ".",
            "--as-of",
            "2026-09-01",
            "--out",
            "结果",
            "--format",
            "html,json",
        ],
        dir.path(),
    );
    let results: Value =
        serde_json::from_slice(&fs::read(dir.path().join("结果/results.json")).expect(&told))
            .unwrap();
    let diagnostics = results["diagnostics"].as_array().unwrap();
    let of_code = |code: &str| {
        diagnostics
            .iter()
            .filter(|d| d["code"] == code)
            .collect::<Vec<_>>()
    };
    let found = of_code("levels-contradiction");
    assert_eq!(found.len(), contradictions, "{found:#?}");
    assert!(of_code("answer-unknown-control").is_empty());
    let filled = FILLED_PEOPLE + FILLED_DEPARTMENTS;
    let asked = PEOPLE + DEPARTMENTS;
    assert_eq!(
        results["levels"],
        serde_json::json!({
            "asked": asked, "whole": filled, "part": 0, "none": asked - filled,
            "contradictions": contradictions,
        })
    );
    let silent = of_code("levels-unanswered");
    assert!(
        silent[0]["message"]
            .as_str()
            .unwrap()
            .contains("32份没有答复"),
        "{silent:?}"
    );
    let paper = fs::read_to_string(dir.path().join("结果/自查工作底稿.html")).unwrap();
    assert!(paper.contains("应答复的部门和个人92个，全部答完60个，答复一部分0个，没有答复32个"));
}

#[test]
fn a_sheet_to_sign_has_two_pages_at_most() {
    let dir = TempDir::new().unwrap();
    registers(dir.path());
    zicha(&["init", ".", "--levels"], dir.path());
    let sheets = dir.path().join("自查表");
    let person = format!("个人/{}/{}", department(0), person(0));
    for sheet in [format!("部门/{}", department(0)), person] {
        let profile = dir.path().join("profile");
        let printed = std::process::Command::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                profile.display()
            ))
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(dir.path())
            .arg(sheets.join(format!("{sheet}.docx")))
            .output();
        if printed.is_err() {
            eprintln!("SKIPPED: LibreOffice is not installed");
            return;
        }
        let name = sheet.rsplit('/').next().unwrap();
        let file = dir.path().join(format!("{name}.pdf"));
        let Some(text) = zicha_testing::poppler("pdftotext", &["-raw"], &file) else {
            return;
        };
        let pages = text.trim_end_matches('\u{c}').split('\u{c}').count();
        assert!((1..=2).contains(&pages), "{sheet}: {pages} pages");
        assert!(text.contains("签名"), "{sheet}: {text}");
    }
}
