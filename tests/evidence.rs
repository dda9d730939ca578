//! "Why did it fail?": what is told of conditions that count, add up, look for a record or cover a time,
//! and the cells shown for it.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;

const LEDGERS: &str = "\
personnel:
  - {person_id: P1, name: 林海, department: B01, category: 重要涉密人员, status: 在岗, joined_on: 2020-01-01, on_post_since: 2021-01-01}
  - {person_id: P2, name: 周宁, department: B01, category: 一般涉密人员, status: 在岗, joined_on: 2020-01-01, on_post_since: 2021-01-01}
trainings:
  - {training_id: T1, title: 保密形势, training_type: 涉密人员在岗, held_on: 2026-03-02, attendees: 林海、周宁}
  - {training_id: T2, title: 保密法规, training_type: 全员集中教育, held_on: 2026-05-02, attendees: 周宁}
documents_received:
  - {reg_no: 收1, received_on: 2026-02-05, registered_on: 2026-02-05, level: 机密, title: 示例通知, copies: 5, status: 已清退}
returns:
  - {return_id: R1, reg_no: 收1, copies: 2, returned_on: 2026-05-01}
  - {return_id: R2, reg_no: 收1, copies: 1, returned_on: 2026-06-01}
copying:
  - {copy_id: F1, title: 示例通知, level: 机密, copied_on: 2026-03-05, made_copies: 5, serials: '001、002、002、004', stamped: 是, returned_copies: 3}
meetings:
  - {meeting_id: H1, title: 专题会, level: 机密, held_on: 2026-04-10, docs_issued: 20, docs_collected: 17, docs_taken_approved: 1}
duty_roster:
  - {duty_id: Z1, start_at: 2026-10-01 00:00, end_at: 2026-10-03 08:00, person: 林海}
  - {duty_id: Z2, start_at: 2026-10-03 18:00, end_at: 2026-10-08 00:00, person: 周宁}
stocktakes:
  - {stocktake_id: Q1, stocktake_type: 季度清查, stocktake_on: 2026-03-28}
";

/// One finding as people meet it: subject, what should be, what is, the cells.
fn told(finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap().to_owned();
    let cells = finding["evidence"].as_array().unwrap().iter().map(|cell| {
        let place = match cell["row"].as_u64() {
            Some(row) => format!("第{row}行"),
            None => "没有找到".to_owned(),
        };
        let (field, value) = (cell["field"].as_str(), cell["value"].as_str());
        format!("{place} {} {}", field.unwrap(), value.unwrap())
    });
    format!(
        "{} {}\n应为：{}\n实为：{}\n依据：{}\n",
        text("control"),
        finding["subject"]["key"].as_str().unwrap(),
        text("expected"),
        text("actual"),
        cells.collect::<Vec<_>>().join("；")
    )
}

#[test]
fn what_was_counted_what_is_uncovered_and_what_is_missing_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("数据.yaml"), LEDGERS).unwrap();
    let args = [
        "check",
        "--as-of=2026-12-31",
        "--checklist=all",
        "--festival=national-day",
    ];
    let rest = ["--year=2026", "--format=json", "--out=结果"];
    let mut command = Command::cargo_bin("zicha").unwrap();
    command.current_dir(dir.path()).args(args).args(rest);
    assert_eq!(command.output().unwrap().status.code(), Some(1));
    let results = fs::read_to_string(dir.path().join("结果/results.json")).unwrap();
    let results: Value = serde_json::from_str(&results).unwrap();
    let wanted = [
        "TRN-001", "TRN-002", "KEY-011", "CPY-007", "DOC-009", "DOC-043", "MTG-006",
    ];
    let findings = results["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|f| wanted.iter().any(|id| f["control"] == *id));
    let text: Vec<_> = findings.map(told).collect();
    insta::assert_snapshot!("evidence", text.join("\n"));
}
