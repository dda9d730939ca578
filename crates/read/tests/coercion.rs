//! Cell values in the spellings of clerks, through the whole of reading.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

use std::collections::BTreeMap;
use zicha_model::{
    dataset::{CellState, Dataset},
    schema::Schemas,
};
use zicha_testing::{ledger_id, schemas};

/// Reads texts as one field of a ledger, each in a record of its own.
fn read(schemas: &Schemas, ledger: &str, field: &str, texts: &[&str]) -> (Dataset, Vec<String>) {
    let record = |text: &&str| BTreeMap::from([(field.to_owned(), (*text).to_owned())]);
    let records = BTreeMap::from([(ledger.to_owned(), texts.iter().map(record).collect())]);
    let dataset = zicha_read::from_records(schemas, &records);
    let shown = shown(schemas, &dataset, ledger, field);
    (dataset, shown)
}

/// What the cells of a field became: the value, `空`, or `!` and what would be readable.
fn shown(schemas: &Schemas, dataset: &Dataset, ledger: &str, field: &str) -> Vec<String> {
    let id = ledger_id(schemas, ledger);
    let table = dataset.table(id).expect("the ledger was given");
    let at = schemas.ledger(id).field_by_id(field).expect("a field");
    (0..table.len() as u32)
        .map(|row| match table.cell(row, at).0 {
            CellState::Value => dataset.display(schemas, table, row, at),
            CellState::Empty => "空".to_owned(),
            CellState::NoColumn => "无列".to_owned(),
            CellState::Future => panic!("reading knows no day of the check"),
            CellState::Unreadable => {
                let cell = dataset
                    .unreadable
                    .iter()
                    .find(|u| u.row == row && u.field == at);
                format!("!{}", cell.map_or("", |u| &*u.expected))
            }
        })
        .collect()
}

fn check(ledger: &str, field: &str, cases: &[(&str, &str)]) {
    let schemas = schemas();
    let texts: Vec<&str> = cases.iter().map(|c| c.0).collect();
    let (_, shown) = read(&schemas, ledger, field, &texts);
    for ((text, wanted), got) in cases.iter().zip(shown) {
        let ok = match wanted.strip_prefix('!') {
            Some(part) => got.starts_with('!') && got.contains(part),
            None => got == *wanted,
        };
        assert!(ok, "{ledger}.{field} {text:?}: {got}, not {wanted}");
    }
}

#[test]
fn days_in_every_spelling() {
    let meant = "2026-03-05";
    let spellings = [
        "2026-3-5",
        "2026-03-05",
        "2026.3.5",
        "2026/03/05",
        "2026年3月5日",
        "2026年03月05日",
        "26.3.5",
        "26-3-5",
        "20260305",
        "260305",
        "２０２６年３月５日",
        "二〇二六年三月五日",
        "二O二六年三月五日",
        "2026 年 3 月 5 日",
        "2026. 3. 5",
        "2026年3月5",
        "2026-3-5 08:30",
        "2026年3月5日（星期四）",
        "2026年3月5日 周四",
        "2026-03-05T00:00:00",
        "2026.3.5日",
        "2026、3、5",
        "46086",
        "2026年3月5日前",
        "2026.3.5.",
        "2026.3.5-2026.3.9",
        "2026年3月5日至9日",
        "2026-3-5至2026-3-9",
        "2026年3月5日—3月9日",
        "2026—3—5",
        "2026 3 5",
        "二零二六年三月五日",
        "贰零贰陆年叁月伍日",
        "2026年3月5号",
        "2026年3月5日上午",
        "20260305 0830",
        "'2026-3-5",
        "2026.3.5(补)",
    ];
    let cases: Vec<(&str, &str)> = spellings.iter().map(|s| (*s, meant)).collect();
    check("documents_received", "received_on", &cases);
}

#[test]
fn dates_that_cannot_be_told_say_what_would_be_readable() {
    check(
        "documents_received",
        "received_on",
        &[
            ("2026-02-30", "!没有 2026年2月30日"),
            ("2026年13月1日", "!没有 2026年13月1日"),
            ("3月5日", "!带年份"),
            ("2026年", "!日期"),
            ("待定", "空"),
            ("不详", "!"),
            ("5", "!日期"),
            ("99999999", "!日期"),
            ("3/4/2026", "!日期"),
            ("3/5/26", "!日期"),
            ("6.3.5", "2006-03-05"),
            ("2026年3月上旬", "!日期"),
            ("1900-01-00", "!没有 1900年1月0日"),
            ("-", "空"),
            ("／", "空"),
            ("——", "空"),
            ("无", "空"),
            ("  ", "空"),
            ("2026年3月", "2026-03-01"),
            ("2026-03", "2026-03-01"),
            ("202603", "2026-03-01"),
            ("2026.3", "2026-03-01"),
            ("25/3/2026", "2026-03-25"),
            ("3/25/2026", "2026-03-25"),
        ],
    );
}

#[test]
fn moments_with_morning_and_afternoon() {
    check(
        "duty_roster",
        "start_at",
        &[
            ("2026-3-5 8:30", "2026-03-05 08:30"),
            ("2026年3月5日8时30分", "2026-03-05 08:30"),
            ("2026年3月5日 下午3时", "2026-03-05 15:00"),
            ("2026年3月5日下午3点半", "2026-03-05 15:30"),
            ("2026.3.5 上午9:05", "2026-03-05 09:05"),
            ("2026/3/5 晚8:00", "2026-03-05 20:00"),
            ("2026-3-5 24:00", "2026-03-06 00:00"),
            ("2026-03-05T17:30:00", "2026-03-05 17:30"),
            ("2026-3-5 3:00 PM", "2026-03-05 15:00"),
            ("2026-3-5 12:10 AM", "2026-03-05 00:10"),
            ("46086.5", "2026-03-05 12:00"),
            ("2026-3-5", "2026-03-05"),
            ("2026-3-5 8:00-17:00", "2026-03-05 08:00"),
            ("2026-3-5 8:00至2026-3-6 8:00", "2026-03-05 08:00"),
            ("2026-3-5 15时30分00秒", "2026-03-05 15:30"),
            ("2026-3-5 早8点", "2026-03-05 08:00"),
            ("2026.3.5 20.30", "2026-03-05 20:30"),
            ("2026-3-5 全天", "2026-03-05"),
            ("2026-3-5 25:00", "!日期"),
            ("2026-3-5 好", "!日期"),
        ],
    );
}

#[test]
fn the_end_of_a_span_is_its_last_moment() {
    check(
        "duty_roster",
        "end_at",
        &[
            ("2026-3-5 8:00至2026-3-6 8:00", "2026-03-06 08:00"),
            ("2026年3月5日8:00至17:30", "2026-03-05 17:30"),
            ("2026年3月5日至9日", "2026-03-09"),
            ("2026-3-5 20:00至次日8:00", "2026-03-06 08:00"),
            ("2026-3-5 20:00—翌日8时", "2026-03-06 08:00"),
        ],
    );
}

#[test]
fn levels_as_marks_are_written() {
    check(
        "documents_received",
        "level",
        &[
            ("机密", "机密"),
            ("机密级", "机密"),
            ("★机密", "机密"),
            ("机 密", "机密"),
            ("机密★5年", "机密"),
            ("绝密★长期", "绝密"),
            ("机密★2027年10月1日", "机密"),
            ("机密★会议开始前", "机密"),
            ("秘密☆1年", "秘密"),
            ("秘密5年", "秘密"),
            ("国家秘密（机密级）", "机密"),
            ("内部资料", "内部"),
            ("secret", "机密"),
            ("公开", "公开"),
            ("机密件", "机密"),
            ("内部文件", "内部"),
            ("机密、秘密", "!密级"),
            ("超级机密", "!密级"),
            ("机密★乱写", "!密级"),
        ],
    );
}

#[test]
fn the_level_cell_also_gives_the_term() {
    let schemas = schemas();
    let record = |level: &str, years: &str| {
        BTreeMap::from([
            ("level".to_owned(), level.to_owned()),
            ("secrecy_years".to_owned(), years.to_owned()),
            ("received_on".to_owned(), "2026-03-05".to_owned()),
        ])
    };
    let rows = vec![
        record("机密★5年", ""),
        record("绝密★长期", ""),
        record("机密★2027年10月1日", ""),
        record("机密★会议开始前", ""),
        record("机密", ""),
        record("机密★5年", "10年"),
        record("机密", "十年"),
        record("机密", "2036年3月5日"),
        record("机密", "启用后"),
        record("机密", "不知道"),
        record("机密", "6个月"),
        record("机密", "一年半"),
        record("机密", "1年6个月"),
    ];
    let records = BTreeMap::from([("documents_received".to_owned(), rows)]);
    let dataset = zicha_read::from_records(&schemas, &records);
    let got = shown(&schemas, &dataset, "documents_received", "secrecy_years");
    assert_eq!(
        got[..9],
        ["5", "999", "2", "!", "空", "10", "10", "10", "!"]
    );
    // Nobody knows: told once for the column, no mistake of the cell.
    assert_eq!(got[9], "!");
    assert_eq!(got[10..], ["1", "2", "2"]);
    let told: Vec<&str> = dataset.diagnostics.iter().map(|d| d.code.name()).collect();
    assert!(told.contains(&"term-differs"), "{told:?}");
    let id = ledger_id(&schemas, "documents_received");
    let table = dataset.table(id).expect("given");
    let years = schemas
        .ledger(id)
        .field_by_id("secrecy_years")
        .expect("field");
    let level = schemas.ledger(id).field_by_id("level").expect("field");
    assert_eq!(
        dataset.place(table, 0, years),
        dataset.place(table, 0, level)
    );
    assert_eq!(dataset.raw(table, 0, years), "机密★5年");
}

#[test]
fn yes_and_no_in_words_and_signs() {
    let mut cases: Vec<(&str, &str)> = Vec::new();
    for yes in [
        "是",
        "有",
        "已",
        "√",
        "✓",
        "Y",
        "1",
        "TRUE",
        "合格",
        "完好",
        "已注明",
        "是（补）",
        "☑是 □否",
        "对",
        "V",
        "是√ 否",
    ] {
        cases.push((yes, "是"));
    }
    for no in [
        "否",
        "无",
        "未",
        "×",
        "✗",
        "N",
        "0",
        "false",
        "不合格",
        "损坏",
        "未注明",
        "没有",
        "□是 ☑否",
        "X",
        "是 否√",
        "不",
    ] {
        cases.push((no, "否"));
    }
    cases.extend([
        ("-", "空"),
        ("/", "空"),
        ("不适用", "空"),
        ("大概", "!是 或 否"),
        // Nothing is chosen on a form that nobody filled in.
        ("是/否", "!是 或 否"),
        ("□是 □否", "!是 或 否"),
    ]);
    check("documents_received", "must_return", &cases);
}

#[test]
fn whole_numbers_with_units_and_separators() {
    check(
        "documents_received",
        "copies",
        &[
            ("3", "3"),
            ("3份", "3"),
            ("３ 份", "3"),
            ("三份", "3"),
            ("十二", "12"),
            ("1,200份", "1200"),
            ("3.0", "3"),
            ("共5件", "5"),
            ("3份（含附件1份）", "3"),
            ("一式三份", "3"),
            ("各1份", "!整数"),
            ("1份/人", "!整数"),
            ("3.5", "!整数"),
            ("3-5", "!整数"),
            ("12,34", "!整数"),
            ("若干", "!整数"),
            ("无", "空"),
        ],
    );
    check(
        "departures",
        "period_months",
        &[
            ("2年", "24"),
            ("6个月", "6"),
            ("1年6个月", "18"),
            ("半年", "6"),
            ("1年半", "18"),
            ("18", "18"),
            ("三年", "36"),
        ],
    );
    check(
        "allowances",
        "amount",
        &[
            ("1,200.5元", "1200.5"),
            ("300", "300"),
            ("¥300元/月", "300"),
            ("0.3万元", "3000"),
            ("面议", "!数字"),
        ],
    );
    check(
        "commitments",
        "year",
        &[("2026年度", "2026"), ("2026", "2026")],
    );
}

#[test]
fn lists_of_persons_and_kinds() {
    check(
        "documents_received",
        "authorised_readers",
        &[
            ("张三、李四", "张三、李四"),
            ("张三,李四；王五", "张三、李四、王五"),
            ("张三 李四", "张三、李四"),
            ("张 三、李四", "张三、李四"),
            ("张三\n李四", "张三、李四"),
            ("张三、张三", "张三"),
            ("无", "空"),
        ],
    );
    check(
        "trainings",
        "training_type",
        &[
            ("涉密人员在岗、节前教育", "!教育培训类别"),
            ("在岗培训、保密法学习", "涉密人员在岗、保密法规学习"),
            ("出国（境）前", "出国(境)前"),
            ("出国境前", "出国(境)前"),
        ],
    );
}

#[test]
fn enumerations_by_id_label_and_alias() {
    check(
        "documents_received",
        "status",
        &[
            ("在库", "在库"),
            ("in_store", "在库"),
            (" 在 柜 ", "在库"),
            ("送走了", "!载体状态之一"),
            ("/", "空"),
        ],
    );
    check(
        "personnel",
        "category",
        &[("无", "非涉密人员"), ("核心", "核心涉密人员")],
    );
}

#[test]
fn names_resolve_to_the_register() {
    let schemas = schemas();
    let person = |id: &str, name: &str| {
        BTreeMap::from([
            ("person_id".to_owned(), id.to_owned()),
            ("name".to_owned(), name.to_owned()),
        ])
    };
    let custodian = |name: &str| BTreeMap::from([("custodian".to_owned(), name.to_owned())]);
    let records = BTreeMap::from([
        (
            "personnel".to_owned(),
            vec![
                person("Z1", "张三"),
                person("Z2", "李四"),
                person("Z3", "李四"),
            ],
        ),
        (
            "documents_received".to_owned(),
            ["张 三", "Z1", "张三（处长）", "李四", "Z3", "外来人"]
                .map(custodian)
                .to_vec(),
        ),
    ]);
    let dataset = zicha_read::from_records(&schemas, &records);
    let got = shown(&schemas, &dataset, "documents_received", "custodian");
    assert_eq!(
        got,
        ["Z1", "Z1", "Z1", "!用人员编号区分同名者", "Z3", "外来人"]
    );
    assert_eq!(dataset.ambiguous_persons.len(), 1);
}

#[test]
fn one_doubtful_name_leaves_the_rest_of_a_list_readable() {
    let schemas = schemas();
    let person = |id: &str, name: &str| {
        BTreeMap::from([
            ("person_id".to_owned(), id.to_owned()),
            ("name".to_owned(), name.to_owned()),
        ])
    };
    let attended = BTreeMap::from([(
        "attendees".to_owned(),
        "张三、李四（科长）、外来人".to_owned(),
    )]);
    let register = vec![
        person("Z1", "张三"),
        person("Z2", "李四"),
        person("Z3", "李四"),
    ];
    let records = BTreeMap::from([
        ("personnel".to_owned(), register),
        ("trainings".to_owned(), vec![attended]),
    ]);
    let dataset = zicha_read::from_records(&schemas, &records);
    let got = shown(&schemas, &dataset, "trainings", "attendees");
    assert_eq!(got, ["Z1、李四、外来人"]);
    let [doubtful] = dataset.unreadable.as_slice() else {
        unreachable!("one cell is told: {:?}", dataset.unreadable)
    };
    assert!(
        doubtful.expected.contains("“李四”"),
        "{}",
        doubtful.expected
    );
}

#[test]
fn names_serve_as_ids_where_the_register_has_none() {
    let schemas = schemas();
    let record = |field: &str, value: &str| BTreeMap::from([(field.to_owned(), value.to_owned())]);
    let records = BTreeMap::from([
        (
            "departments".to_owned(),
            vec![record("name", "办公室"), record("name", "人事处")],
        ),
        ("personnel".to_owned(), vec![record("department", "办公室")]),
    ]);
    let dataset = zicha_read::from_records(&schemas, &records);
    assert_eq!(
        shown(&schemas, &dataset, "personnel", "department"),
        ["办公室"]
    );
}

#[test]
fn unknown_ledgers_and_fields_of_an_example_are_told() {
    let schemas = schemas();
    let records = BTreeMap::from([
        ("no_such".to_owned(), vec![]),
        (
            "personnel".to_owned(),
            vec![BTreeMap::from([("nickname".to_owned(), "甲".to_owned())])],
        ),
    ]);
    let dataset = zicha_read::from_records(&schemas, &records);
    assert_eq!(dataset.diagnostics.len(), 2);
}

/// What is told of the cells of a field.
fn told(ledger: &str, field: &str, texts: &[&str]) -> Vec<String> {
    let (dataset, _) = read(&schemas(), ledger, field, texts);
    dataset.diagnostics.into_iter().map(|d| d.message).collect()
}

#[test]
fn words_for_nothing_are_no_names_and_told_once_a_column() {
    let words = [
        "NULL", "(null)", "N/A", "NaN", "暂无", "待定", "略", "—", "不详", "#N/A", "吴敏",
    ];
    let (dataset, shown) = read(&schemas(), "fax_log", "approved_by", &words);
    assert_eq!(shown[..10], ["空"; 10]);
    assert_eq!(shown[10], "吴敏");
    assert!(dataset.unreadable.is_empty());
    let told = told("fax_log", "approved_by", &words);
    for part in [
        "4 格写的是软件导出的空值标记",
        "3 格写的是“暂无”",
        "2 格写的是“不详”",
    ] {
        let found = told.iter().filter(|message| message.contains(part)).count();
        assert_eq!(found, 1, "{part}: {told:?}");
    }
}

#[test]
fn where_a_blank_would_say_something_a_word_for_nothing_cannot_be_told() {
    let (dataset, shown) = read(
        &schemas(),
        "documents_received",
        "level",
        &["机密", "待定", "NULL", "#N/A", "不详"],
    );
    assert_eq!(
        (shown[1].as_str(), shown[3].as_str(), shown[4].as_str()),
        ("!", "!", "!")
    );
    assert!(dataset.unreadable.is_empty());
}

#[test]
fn months_are_one_text_in_every_spelling() {
    let month = "2026-05";
    let spellings = [
        "2026-05",
        "2026.5",
        "2026/5",
        "202605",
        "2026年5月",
        "2026年05月份",
        "二〇二六年五月",
        "2026-05-01",
        "26年5月",
        "2026年5月份",
        "May-26",
    ];
    let cases: Vec<(&str, &str)> = spellings.iter().map(|s| (*s, month)).collect();
    check("allowances", "month", &cases);
    check(
        "allowances",
        "month",
        &[
            ("2026年1-3月", "!月份"),
            ("5月", "!月份"),
            ("每月", "!月份"),
        ],
    );
}

#[test]
fn instants_of_other_zones_are_days_of_china_and_told() {
    let texts = [
        "2026-01-04T16:00:00.000Z",
        "2026-01-04 16:00:00+00:00",
        "2026-01-05T00:00:00+08:00",
        "1767542400000",
    ];
    let cases: Vec<(&str, &str)> = texts.iter().map(|s| (*s, "2026-01-05")).collect();
    check("documents_received", "received_on", &cases);
    let told = told("documents_received", "received_on", &texts);
    assert!(
        told.iter().any(|m| m.contains("3 格写的是带时区的时间")),
        "{told:?}"
    );
}

#[test]
fn numbers_that_became_dates_are_turned_back_where_the_others_are_codes() {
    let texts = [
        "8-2", "13-40", "8月1日", "9-3", "1-Aug", "10-12", "12-1", "3-31",
    ];
    let (_, shown) = read(&schemas(), "documents_received", "register_book", &texts);
    assert_eq!(
        shown,
        ["8-2", "13-40", "8-1", "9-3", "8-1", "10-12", "12-1", "3-31"]
    );
    let prose = ["8月1日", "见附件", "已交回"];
    let (_, shown) = read(&schemas(), "documents_received", "register_book", &prose);
    assert_eq!(shown[0], "8月1日");
}

#[test]
fn digits_that_a_spreadsheet_loses_are_told_once() {
    let texts = ["2.02601E+17", "1.2E+20", "1.5"];
    let told = told("documents_received", "serial_no", &texts);
    let lost = told
        .iter()
        .filter(|m| m.contains("2 格是科学计数法写的编号"));
    assert_eq!(lost.count(), 1, "{told:?}");
}

#[test]
fn zeros_that_others_of_the_column_have_are_filled_up() {
    let texts = ["000012", "12", "000013", "7", "0", "12A"];
    let (_, shown) = read(&schemas(), "documents_received", "serial_no", &texts);
    assert_eq!(shown, ["000012", "000012", "000013", "000007", "0", "12A"]);
    // Two widths say nothing about the others, nor do codes that other ledgers refer to.
    let (_, shown) = read(
        &schemas(),
        "documents_received",
        "serial_no",
        &["012", "0012", "5"],
    );
    assert_eq!(shown[2], "5");
    let (_, shown) = read(&schemas(), "documents_received", "reg_no", &["001", "2"]);
    assert_eq!(shown[1], "2");
}

#[test]
fn what_looks_alike_is_one_name_and_told() {
    let texts = ["阿依古丽·买买提", "阿依古丽•买买提", "⽯砺", "\u{E863}"];
    let (_, shown) = read(&schemas(), "personnel", "name", &texts);
    assert_eq!(shown, ["阿依古丽·买买提", "阿依古丽·买买提", "石砺", "䶮"]);
    let told = told("personnel", "name", &texts);
    for part in ["“阿依古丽•买买提”按“阿依古丽·买买提”比对", "U+E863"] {
        assert!(told.iter().any(|m| m.contains(part)), "{part}: {told:?}");
    }
}

#[test]
fn what_cannot_be_meant_is_told_once_a_column() {
    let schemas = schemas();
    let mut text = "登记号,收文日期,登记日期,文件名称,密级,份数\n".to_owned();
    for day in 1..=20 {
        let received = if day == 4 {
            "2062-03-04".to_owned()
        } else {
            format!("2026-03-{day:02}")
        };
        let registered = if day == 7 { "1926-03-07" } else { "2026-03-21" };
        let copies = match day {
            5 => -3,
            6 => -1,
            _ => 1,
        };
        text.push_str(&format!(
            "收{day},{received},{registered},文件{day},秘密,{copies}\n"
        ));
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("收文登记簿.csv"), text).expect("written");
    let (profile, options) = (Default::default(), Default::default());
    let dataset = zicha_read::read(folder.path(), &schemas, &profile, &options);
    let odd = dataset
        .diagnostics
        .iter()
        .filter(|d| d.code.name() == "value-implausible");
    let told: Vec<&str> = odd.map(|d| d.message.as_str()).collect();
    for part in [
        "2 格小于零（如“-3”）",
        "1 格的年份不在 1949 年至 2100 年之间（如“1926-03-07”）",
        "1 格不是 2026 年的日期",
    ] {
        assert_eq!(
            told.iter().filter(|m| m.contains(part)).count(),
            1,
            "{part}: {told:?}"
        );
    }
    assert_eq!(told.len(), 3, "{told:?}");
}
