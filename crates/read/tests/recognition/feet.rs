//! Rows that are no records: signatures, examples, sums, 以下空白, 无, numbers in advance.

use super::{grid, read, skipped, usage};
use proptest::prelude::*;
use std::collections::BTreeSet;
use zicha_model::dataset::Dataset;

const HEADING: &str = "序号|载体名称|密级|份数|借阅人|借阅日期|归还日期";
const RECORD: &str = "1|关于示例的通知|秘密|2|孟夏|2026.3.3|2026.3.8";

/// Rows that became records, and why others did not.
fn with(rows: &[&str]) -> (Vec<u32>, Vec<(String, Vec<u32>)>) {
    let mut lines = vec!["涉密文件借阅登记簿", HEADING, RECORD];
    lines.extend(rows);
    let (_, dataset) = read(vec![grid("借阅", &lines)]);
    (records(&dataset), skipped(usage(&dataset, 0)))
}

fn records(dataset: &Dataset) -> Vec<u32> {
    let tables = dataset.tables.iter().flatten();
    let mut rows: Vec<u32> = tables
        .flat_map(|table| table.origins.iter().map(|o| o.row))
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

#[test]
fn rows_that_are_no_records_are_passed_over_with_their_reason() {
    let cases = [
        ("制表人：孟夏||审核：江涛||日期：2026.9.20||", "签字栏"),
        ("填表人|孟夏||审核人|江涛|日期|2026.9.20", "签字栏"),
        ("销毁人|孟夏||批准人|江涛||", "签字栏"),
        ("监销人：江涛||||经办人：白露||", "签字栏"),
        ("单位负责人（签字）：|||填报日期：|年 月 日||", "签字栏"),
        ("清点人：江涛|白露|||监督人：孟夏||", "签字栏"),
        ("审批意见：同意||||签名：|江涛|", "签字栏"),
        ("||||||年   月   日", "签字栏"),
        ("保密办（盖章）||||||", "签字栏"),
        ("打印时间：2026-03-05 10:00|||第1页/共1页|||", "签字栏"),
        ("此表一式两份，保密办各存一份||||||", "说明"),
        ("填写要求|必填|秘密或机密|数字|姓名|年月日|", "示例"),
        ("（填写示例）1|关于某事的通知|机密|1|张三|2026.1.1|", "示例"),
        ("|保密员签字：||部门领导签章：|||2026年  月  日", "签字栏"),
        ("示例|关于某事的通知|机密|1|张三|2026.1.1|2026.1.9", "示例"),
        ("例：|关于某事的通知|机密|1|张三|2026.1.1|2026.1.9", "示例"),
        ("（例）|关于某事的通知|机密|1|张三|2026.1.1|", "示例"),
        ("填写示例|关于某事的通知|机密|1|张三||", "示例"),
        ("0|关于某事的通知|机密|1|张三|2026.1.1|示例", "示例"),
        ("|以下空白|||||", "以下空白"),
        ("2|（以下空白）|||||", "以下空白"),
        ("——以下空白——||||||", "以下空白"),
        ("以|下|空|白|||", "以下空白"),
        ("以下无内容||||||", "以下空白"),
        ("无||||||", "无"),
        ("/|/|/|/|/|/|/", "无"),
        ("2|—|—|—|—|—|—", "无"),
        ("|本年度无|||||", "无"),
        ("暂无||||||", "无"),
        ("|合计||2|||", "合计"),
        ("||小计|2|||", "合计"),
        ("||||共20个||", "合计"),
        ("||本季度小计：12件||||", "合计"),
        ("实发总计|||2份|||", "合计"),
        ("2||||||", "序号"),
        ("注：密件一律登记。||||||", "说明"),
        ("填表说明：一律用黑色笔。||||||", "说明"),
        ("第1页||||共3页||", "说明"),
    ];
    for (row, why) in cases {
        let (records, skipped) = with(&[row]);
        assert_eq!(records, [3], "{row}: {skipped:?}");
        let told = skipped.iter().find(|(_, rows)| rows.contains(&4));
        assert!(
            told.is_some_and(|(told, _)| told.contains(why)),
            "{row}: {skipped:?}"
        );
    }
}

#[test]
fn a_row_with_content_of_its_own_is_a_record() {
    let rows = [
        "2|关于合计工资的通知|秘密|1|江涛|2026.3.4|",
        "2|示例单位年度总结|秘密|1|江涛|2026.3.4|2026.3.9",
        "2|以下空白处填写办法|秘密|1|江涛|2026.3.4|",
        "2|无线电管理规定|秘密|1|江涛|2026.3.4|",
        "2|关于示例的通知|无|1|江涛||",
        "无|关于示例的通知|秘密|1|江涛|2026.3.4|",
        "2|日期|秘密|1|江涛|2026.3.4|",
        "|共青团工作要点|秘密|1|江涛||",
        "2|审核人|秘密||江涛|2026.3.4|",
        "2|第1页至第3页复印件|秘密|1|江涛||",
    ];
    for row in rows {
        let (records, skipped) = with(&[row]);
        assert_eq!(records, [3, 4], "{row}: {skipped:?}");
    }
}

#[test]
fn numbers_written_in_advance_below_the_last_record_are_empty_lines() {
    let lines = [
        "涉密文件借阅登记簿",
        "借阅编号|文件名称|密级|借阅人|借阅日期|归还日期",
        "QT001|关于示例的通知|秘密|孟夏|2026.3.3|2026.3.8",
        "QT002|||||",
        "QT003|关于样表的通知|秘密|江涛|2026.3.4|2026.3.9",
        "QT004|||||",
        "QT005|||||",
    ];
    let (_, dataset) = read(vec![grid("借阅", &lines)]);
    assert_eq!(records(&dataset), [3, 4, 5]);
    assert_eq!(usage(&dataset, 0).skipped[1].rows, [6, 7]);
}

#[test]
fn a_register_that_says_none_is_empty_and_known() {
    for none in ["无", "本年度无", "/", "无失泄密事件"] {
        let lines = ["涉密文件借阅登记簿", HEADING, none];
        let (_, dataset) = read(vec![grid("借阅", &lines)]);
        assert_eq!(records(&dataset), [] as [u32; 0], "{none}");
        let usage = usage(&dataset, 0);
        assert!(usage.ledger.is_some() && usage.rows == 0, "{none}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every row is a record, the heading, or told as passed over.
    #[test]
    fn every_row_is_accounted_for(picks in prop::collection::vec(0usize..16, 0..14)) {
        let rows = [
            RECORD, "", "合计|||2|||", "无", "2", "注：密件一律登记。", "制表人|孟夏|审核人|江涛|||",
            "示例|某件|秘密|1|张三|2026.1.1|", "一、办公室", "|以下空白", HEADING, "3|另一件|机密",
            "第 1 页 共 2 页", "2026年密件登记", "|||||2026.3.3|", "4|又一件|秘密|2|白露||",
        ];
        let mut lines = vec!["涉密文件借阅登记簿", HEADING];
        lines.extend(picks.iter().map(|&at| rows[at]));
        let (_, dataset) = read(vec![grid("借阅", &lines)]);
        let mut seen: BTreeSet<u32> = records(&dataset).into_iter().collect();
        for sheet in &dataset.inputs[0].sheets {
            seen.extend(sheet.heading_row);
            seen.extend(sheet.skipped.iter().flat_map(|skipped| skipped.rows.iter().copied()));
        }
        for (number, line) in (1..).zip(&lines) {
            if !line.is_empty() {
                prop_assert!(seen.contains(&number), "row {} “{}” of {:?}", number, line, lines);
            }
        }
    }
}
