//! Columns that are only understood together with those beside them.

use super::{grid, read, usage, values};

/// Starts and ends of a register of computer use whose heading is given.
fn usage_of(heading: &str, rows: &[&str]) -> Vec<Vec<String>> {
    let mut lines = vec!["涉密计算机使用登记簿", heading];
    lines.extend(rows);
    let (schemas, dataset) = read(vec![grid("上机", &lines)]);
    values(
        &schemas,
        &dataset,
        "computer_usage",
        &["start_at", "end_at"],
    )
}

#[test]
fn a_time_takes_its_day_from_the_column_beside_it() {
    let heading = "日期|计算机编号|使用人|上机时间|下机时间|工作内容";
    let rows = [
        "2026.8.3|JSJ-01|孟夏|9:00|上午11时30分|起草",
        "〃|JSJ-01|孟夏|14:30|16:05|修改",
        "2026.8.4|JSJ-01|孟夏|2026-08-05 08:00|2026-08-05 09:00|修改",
    ];
    assert_eq!(
        usage_of(heading, &rows),
        [
            ["2026-08-03 09:00", "2026-08-03 11:30"],
            ["2026-08-03 14:30", "2026-08-03 16:05"],
            ["2026-08-05 08:00", "2026-08-05 09:00"],
        ]
    );
}

#[test]
fn a_time_without_a_day_and_an_end_before_its_start_stay_unreadable() {
    let heading = "日期|计算机编号|使用人|上机时间|下机时间|工作内容";
    let rows = [
        "2026.8.3|JSJ-01|孟夏|22:00|1:00|值守",
        "|JSJ-01|孟夏|9:00|10:00|起草",
        "不详|JSJ-01|孟夏|9:00|10:00|起草",
        "2026.8.4|JSJ-01|孟夏|9:00|10:00|起草",
    ];
    let mut lines = vec!["涉密计算机使用登记簿", heading];
    lines.extend(rows);
    let (schemas, dataset) = read(vec![grid("上机", &lines)]);
    let field = |cell: &zicha_model::dataset::UnreadableCell| {
        let id = schemas.field(cell.ledger, cell.field).id.clone();
        (cell.row, id)
    };
    let mut told: Vec<_> = dataset.unreadable.iter().map(field).collect();
    told.sort();
    let (start, end) = ("start_at".to_owned(), "end_at".to_owned());
    let expected = [
        (0, end.clone()),
        (1, end.clone()),
        (1, start.clone()),
        (2, end),
        (2, start),
    ];
    assert_eq!(told, expected);
    let late = dataset.unreadable.iter().find(|cell| cell.row == 0);
    let late = &late.expect("told").expected;
    assert!(late.contains("次日"), "{late}");
}

#[test]
fn a_day_takes_its_time_from_the_column_to_its_right() {
    let lines = [
        "传真收发登记簿",
        "日期|时间|收/发|对方单位|文件名称|密级|批准人",
        "2026.2.5|10:12|发|市局|进度表|秘密|江涛",
        "2026.2.6||收|市局|通知|秘密|江涛",
    ];
    let (schemas, dataset) = read(vec![grid("传真", &lines)]);
    let got = values(&schemas, &dataset, "fax_log", &["sent_at"]);
    assert_eq!(got, [["2026-02-05 10:12"], ["2026-02-06"]]);
    let told = usage(&dataset, 0);
    let named = "“收发时间”由A 列“日期”的日期和B 列“时间”的时刻合成";
    assert!(told.remarks.iter().any(|r| r == named), "{told:?}");
    assert!(told.unused_columns.is_empty(), "{told:?}");
}

#[test]
fn a_bare_number_beside_a_running_number_is_not_the_number_of_an_event() {
    let lines = [
        "涉密载体移交清单",
        "序号|编号|移交物品名称|移交人|接收人|移交日期",
        "1|U-012|优盘|方明|孟夏|2026.3.30",
        "2|U-013|优盘|方明|孟夏|2026.3.30",
    ];
    let (schemas, dataset) = read(vec![grid("移交", &lines)]);
    let got = values(&schemas, &dataset, "handovers", &["handover_id"]);
    assert_eq!(got, [["1"], ["2"]]);
    let told = &usage(&dataset, 0).remarks;
    assert!(told.iter().any(|r| r.contains("B 列“编号”")), "{told:?}");
    // Where no running number stands beside it, it is the key.
    let lines = [
        "移交清单",
        "编号|移交人|接收人|移交日期",
        "YJ-1|方明|孟夏|2026.3.30",
    ];
    let (schemas, dataset) = read(vec![grid("移交", &lines)]);
    let got = values(&schemas, &dataset, "handovers", &["handover_id"]);
    assert_eq!(got, [["YJ-1"]]);
}

#[test]
fn the_number_that_the_ledger_gives_goes_before_that_of_the_property_register() {
    let lines = [
        "涉密计算机台账",
        "资产编号|保密编号|类型|密级|使用科室|责任人|状态",
        "ZC-0091|SM-011|台式机|机密|设计所|孟夏|在用",
    ];
    let (schemas, dataset) = read(vec![grid("计算机", &lines)]);
    let got = values(&schemas, &dataset, "computers", &["asset_no", "department"]);
    assert_eq!(got, [["SM-011", "设计所"]]);
}

#[test]
fn of_two_names_of_a_field_the_better_one_counts() {
    let lines = [
        "保密制度目录",
        "制度名称|制度类别|发布日期|实施日期",
        "责任制规定|保密工作责任制|2026-04-01|2026-05-01",
    ];
    let (schemas, dataset) = read(vec![grid("制度", &lines)]);
    let got = values(&schemas, &dataset, "regimes", &["effective_on"]);
    assert_eq!(got, [["2026-05-01"]]);
}

#[test]
fn a_remark_in_brackets_that_no_value_holds_is_told() {
    let sheet = super::grid(
        "介质",
        &[
            "移动存储介质台账",
            "介质编号|介质种类|密级|保管人|领用日期|签领|介质状态",
            "SM-01|U盘|机密（拟降）|杜若衡（代管）|2026-1-2（补登）|√|在用",
            "SM-02|U盘|秘密（5年）|方喆|2026-1-5（周一）|√|在用",
        ],
    );
    let (_, dataset) = super::read(vec![sheet]);
    let remarks = &super::usage(&dataset, 0).remarks;
    let told: Vec<&String> = remarks.iter().filter(|r| r.contains("括注")).collect();
    assert_eq!(told.len(), 2, "{remarks:?}");
    assert!(
        told.iter()
            .any(|r| r.contains("密级") && r.contains("1 格")),
        "{told:?}"
    );
    assert!(told.iter().any(|r| r.contains("补登")), "{told:?}");
}
