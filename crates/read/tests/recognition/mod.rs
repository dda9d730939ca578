//! Recognising ledgers, headings and rows on sheets as clerks leave them.
#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

mod clerks;
mod columns;
mod copies;
mod duty;
mod feet;
mod layouts;
mod lean;
mod rosters;
mod short;

use proptest::prelude::*;
use zicha_model::{
    dataset::{CellState, Dataset, Match, SheetUse},
    profile::Profile,
    schema::Schemas,
};
use zicha_read::formats::grid::{CellKind, Form, Grid, RawFile};
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

/// A sheet from rows of cells parted by `|`; row numbers count from 1, empty rows are left out.
fn grid(name: &str, rows: &[&str]) -> Grid {
    let mut grid = Grid::new(name);
    for (number, row) in (1..).zip(rows) {
        for (column, text) in (0..).zip(row.split('|')) {
            grid.push(number, column, text, CellKind::Text);
        }
    }
    grid
}

fn workbook(path: &str, grids: Vec<Grid>) -> RawFile {
    RawFile {
        path: path.to_owned(),
        readable: true,
        form: Form::Workbook,
        grids,
        ..RawFile::default()
    }
}

fn read(grids: Vec<Grid>) -> (Schemas, Dataset) {
    let schemas = schemas();
    let dataset = understand(
        &[workbook("台账.xlsx", grids)],
        &schemas,
        &Profile::default(),
    );
    (schemas, dataset)
}

/// The typed cells of some fields, row by row.
fn values(schemas: &Schemas, dataset: &Dataset, ledger: &str, fields: &[&str]) -> Vec<Vec<String>> {
    let id = ledger_id(schemas, ledger);
    let Some(table) = dataset.table(id) else {
        return Vec::new();
    };
    let at = |f: &&str| schemas.ledger(id).field_by_id(f).expect("a field");
    (0..table.len() as u32)
        .map(|row| {
            fields
                .iter()
                .map(|f| dataset.display(schemas, table, row, at(f)))
                .collect()
        })
        .collect()
}

fn usage(dataset: &Dataset, at: usize) -> &SheetUse {
    &dataset.inputs[0].sheets[at]
}

fn skipped(usage: &SheetUse) -> Vec<(String, Vec<u32>)> {
    usage
        .skipped
        .iter()
        .map(|s| (s.why.clone(), s.rows.clone()))
        .collect()
}

/// Every cell's place leads to a cell of the grid that holds its raw text.
fn assert_places(schemas: &Schemas, dataset: &Dataset, grids: &[Grid]) {
    let mut seen = 0;
    for table in dataset.tables.iter().flatten() {
        for row in 0..table.len() as u32 {
            for field in (0..table.columns.len() as u16).map(zicha_model::schema::FieldId) {
                if matches!(
                    table.cell(row, field).0,
                    CellState::Empty | CellState::NoColumn
                ) {
                    continue;
                }
                // What is taken for granted stands nowhere.
                if dataset.origin(table, row, field).is_some() {
                    continue;
                }
                let place = dataset.place(table, row, field);
                let grid = grids
                    .iter()
                    .find(|g| Some(&g.name) == place.sheet.as_ref())
                    .expect("sheet");
                let line = grid.rows().find(|r| r.number() == place.row).expect("row");
                let held = line
                    .cells()
                    .find(|c| Some(zicha_model::dataset::column_letter(c.column)) == place.column);
                let raw = dataset.raw(table, row, field);
                assert_eq!(
                    held.map(|c| c.text),
                    Some(raw),
                    "{} {place:?}",
                    schemas.field(table.ledger, field).label
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "nothing was read");
}

const HEADING: &str = "登记号|收文日期|登记日期|登记人|来文单位|文号|文件标题|密级|份数|保管人";

#[test]
fn titles_totals_notes_and_repeated_headings_are_no_records() {
    let sheet = grid(
        "2026年",
        &[
            "某中心涉密文件收文登记簿",
            "单位：某中心",
            HEADING,
            "收1|3月5日|3月5日|张三|某局|甲1|关于甲|机密★5年|2|李四",
            "收2|3月6日|〃|同上|某局|甲2|关于乙|秘密|1|李四",
            "",
            HEADING,
            "收3|3月7日|3月7日|张三|某局|甲3|关于丙|内部|1|李四",
            "合 计||||||||4|",
            "注：本表每月核对一次。",
            "制表人：张三||审核人：李四",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let got = values(
        &schemas,
        &dataset,
        "documents_received",
        &["reg_no", "registered_on", "registrar", "secrecy_years"],
    );
    assert_eq!(
        got,
        [
            ["收1", "2026-03-05", "张三", "5"],
            ["收2", "2026-03-05", "张三", ""],
            ["收3", "2026-03-07", "张三", ""],
        ]
    );
    let usage = usage(&dataset, 0);
    assert_eq!((usage.heading_row, usage.rows), (Some(3), 3));
    let told = skipped(usage);
    let rows: Vec<u32> = told.iter().flat_map(|(_, rows)| rows.clone()).collect();
    assert_eq!(rows, [1, 2, 6, 7, 9, 10, 11], "{told:?}");
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn headings_in_two_rows_join_the_group_with_the_column() {
    let mut sheet = grid(
        "借阅",
        &[
            "涉密文件借阅登记簿",
            "登记号|文件登记号|借阅人|审批||借出日期|归还情况|",
            "|||批准人|批准人层级||应还日期|归还日期",
            "借1|收1|张三|李四|分管领导|2026-03-05|2026-03-10|2026-03-09",
        ],
    );
    sheet.merged = vec![
        (2, 0, 3, 0),
        (2, 1, 3, 1),
        (2, 2, 3, 2),
        (2, 3, 2, 4),
        (2, 5, 3, 5),
        (2, 6, 2, 7),
    ];
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let fields = ["borrower", "approved_by", "due_on", "returned_on"];
    let got = values(&schemas, &dataset, "borrowing", &fields);
    assert_eq!(got, [["张三", "李四", "2026-03-10", "2026-03-09"]]);
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn merged_cells_hold_for_all_their_rows() {
    let mut sheet = grid(
        "收文",
        &[
            HEADING,
            "收1|2026-3-5|2026-3-5|张三|某局|甲1|关于甲|机密|2|李四",
            "收2||2026-3-5|张三|某局|甲2|关于乙|秘密|1|李四",
            "收3||2026-3-6|张三|某局|甲3|关于丙|秘密|1|李四",
        ],
    );
    sheet.merged = vec![(2, 1, 3, 1)];
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let got = values(&schemas, &dataset, "documents_received", &["received_on"]);
    assert_eq!(got, [["2026-03-05"], ["2026-03-05"], [""]]);
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn brackets_width_and_breaks_in_headings_do_not_matter() {
    let sheet = grid(
        "收文登记",
        &[
            "登 记\n号|收文日期（年月日）|登记时间|经手人|来文机关|文　号|标题|密级|份数(份)|保管人＊",
            "收1|2026-3-5|2026-3-5|张三|某局|甲1|关于甲|机密|2|李四",
        ],
    );
    let (_, dataset) = read(vec![sheet]);
    let usage = usage(&dataset, 0);
    assert_eq!(usage.columns.len(), 10, "{:?}", usage.unused_columns);
    assert_eq!(usage.columns[1].matched, Match::Similar);
}

#[test]
fn the_better_match_gets_the_field_and_equal_ones_are_told() {
    let rows = [
        "序号|登记号|收文日期|登记日期|登记人|密级|密级|状况",
        "1|收1|2026-3-5|2026-3-5|张三|机密|秘密|在",
    ];
    let (schemas, dataset) = read(vec![grid("收文登记簿", &rows)]);
    assert_eq!(
        values(
            &schemas,
            &dataset,
            "documents_received",
            &["reg_no", "level"]
        ),
        [["收1", "机密"]]
    );
    let told: Vec<&str> = dataset.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(told, ["column-twice"]);
    let usage = usage(&dataset, 0);
    assert_eq!(usage.unused_columns.len(), 3);
    assert_eq!(usage.remarks.len(), 2, "{:?}", usage.remarks);
}

#[test]
fn sheets_of_one_ledger_are_joined_and_running_numbers_are_no_key_then() {
    let sheet = |name: &str, title: &str| {
        grid(
            name,
            &[
                "序号|收文日期|登记日期|登记人|文号|文件标题|密级",
                &format!("1|3月5日|3月5日|张三|甲|{title}|机密"),
            ],
        )
    };
    let (schemas, dataset) = read(vec![
        sheet("收文2025年", "去年"),
        sheet("收文2026年", "今年"),
    ]);
    let got = values(
        &schemas,
        &dataset,
        "documents_received",
        &["title", "received_on", "reg_no"],
    );
    assert_eq!(
        got,
        [["去年", "2025-03-05", ""], ["今年", "2026-03-05", ""]]
    );
    let id = ledger_id(&schemas, "documents_received");
    let table = dataset.table(id).expect("joined");
    assert_eq!(table.parts.len(), 2);
    let key = schemas.ledger(id).field_by_id("reg_no").expect("field");
    assert_eq!(table.cell(0, key).0, CellState::NoColumn);
}

#[test]
fn tables_stacked_in_one_sheet_are_each_their_own() {
    let sheet = grid(
        "登记",
        &[
            "文件清退登记簿",
            "登记号|文件登记号|清退份数|清退日期|交件人|接收单位",
            "退1|收1|1|2026-3-5|张三|某局",
            "",
            "涉密文件借阅登记簿",
            "登记号|文件登记号|借阅人|批准人|借出日期|应还日期|归还日期",
            "借1|收1|张三|李四|2026-03-05|2026-03-10|2026-03-09",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    assert_eq!(
        values(&schemas, &dataset, "returns", &["return_id"]),
        [["退1"]]
    );
    assert_eq!(
        values(&schemas, &dataset, "borrowing", &["borrow_id"]),
        [["借1"]]
    );
    assert_eq!(dataset.inputs[0].sheets.len(), 2);
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn sheets_that_are_no_ledger_say_why_and_hidden_ones_are_read() {
    let mut hidden = grid(
        "收文登记簿",
        &[
            HEADING,
            "收1|2026-3-5|2026-3-5|张三|某局|甲1|关于甲|机密|2|李四",
        ],
    );
    hidden.hidden = true;
    hidden.hidden_rows = vec![2];
    let menu = grid("食堂菜单", &["星期|早餐|午餐", "一|粥|面"]);
    let (_, dataset) = read(vec![menu, hidden, grid("Sheet3", &[])]);
    assert!(usage(&dataset, 0).ledger.is_none() && usage(&dataset, 0).why.contains("标题行"));
    assert_eq!(
        (usage(&dataset, 1).rows, usage(&dataset, 1).remarks.len()),
        (1, 2)
    );
    assert!(usage(&dataset, 2).why.contains("空表"));
    let codes: Vec<&str> = dataset.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(
        codes,
        ["sheet-unrecognised", "hidden-content", "hidden-content"]
    );
}

#[test]
fn a_table_of_counts_is_no_register_whatever_it_is_called() {
    let rows = [
        "月份|密级|份数|已归档|已清退|在库",
        "1月|秘密|12|3|4|5",
        "1月|机密|2|1|0|1",
        "2月|秘密|9|2|2|5",
    ];
    let titled = [&["2026年收文统计表"][..], &rows].concat();
    let (_, dataset) = read(vec![grid("汇总", &titled), grid("收文月度统计", &rows)]);
    assert_eq!(usage(&dataset, 0).ledger, None);
    assert_eq!(usage(&dataset, 1).ledger, None);
}

#[test]
fn the_profile_decides_on_sheets_and_columns() {
    let schemas = schemas();
    let rows = [
        "号头|收文日期|登记日期|登记人|密级",
        "收1|2026-3-5|2026-3-5|张三|机密",
    ];
    let file = workbook("台账.xlsx", vec![grid("甲", &rows)]);
    let mut profile = Profile::default();
    profile
        .sheets
        .insert("台账.xlsx#甲".to_owned(), "收文登记本".to_owned());
    let aliases = [("登记号".to_owned(), vec!["号头".to_owned()])].into();
    profile
        .columns
        .insert("documents_received".to_owned(), aliases);
    let dataset = understand(&[file], &schemas, &profile);
    assert_eq!(
        values(&schemas, &dataset, "documents_received", &["reg_no"]),
        [["收1"]]
    );
    assert_eq!(usage(&dataset, 0).columns[0].matched, Match::Profile);
    assert!(usage(&dataset, 0).why.contains("sheets"));
}

#[test]
fn mappings_of_the_profile_that_lead_nowhere_are_errors() {
    let mut profile = Profile::default();
    profile
        .columns
        .insert("没有的台账".to_owned(), Default::default());
    profile
        .sheets
        .insert("甲.xlsx".to_owned(), "也没有".to_owned());
    let dataset = understand(&[], &schemas(), &profile);
    let codes: Vec<&str> = dataset.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(codes, ["profile-mapping", "profile-mapping"]);
}

#[test]
fn every_label_and_alias_is_recognised_as_its_own_ledger() {
    let schemas = schemas();
    for ledger in schemas.ledger_ids() {
        let schema = schemas.ledger(ledger);
        let labels: Vec<&str> = schema.fields.iter().map(|f| f.label.as_str()).collect();
        let filler = vec!["x"; labels.len()].join("|");
        let sheet = grid("Sheet1", &[&labels.join("|"), &filler]);
        let dataset = understand(
            &[workbook("甲.xlsx", vec![sheet])],
            &schemas,
            &Profile::default(),
        );
        let usage = usage(&dataset, 0);
        assert_eq!(usage.ledger, Some(ledger), "{}: {}", schema.id, usage.why);
        assert_eq!(
            usage.columns.len(),
            labels.len(),
            "{}: {:?}",
            schema.id,
            usage.unused_columns
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Column order and title rows change nothing.
    #[test]
    fn permuted_columns_and_title_rows_read_the_same(
        order in Just((0usize..10).collect::<Vec<_>>()).prop_shuffle(),
        titles in 0usize..6,
    ) {
        let rows = [HEADING, "收1|2026-3-5|2026-3-5|张三|某局|甲1|关于甲|机密★5年|2|李四", "收2|2026-3-6|2026-3-6|张三|某局|甲2|关于乙|秘密|1|李四"];
        let permuted = |row: &str| {
            let cells: Vec<&str> = row.split('|').collect();
            order.iter().map(|&at| cells[at]).collect::<Vec<_>>().join("|")
        };
        let mut moved: Vec<String> = (0..titles).map(|n| format!("某中心第{n}处")).collect();
        moved.extend(rows.iter().map(|row| permuted(row)));
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        let plain = grid("收文", &rows);
        let sheet = grid("收文", &moved);
        let (schemas, first) = read(vec![plain]);
        let (_, second) = read(vec![sheet.clone()]);
        let id = ledger_id(&schemas, "documents_received");
        let fields: Vec<&str> = schemas.ledger(id).fields.iter().map(|f| f.id.as_str()).collect();
        prop_assert_eq!(values(&schemas, &first, "documents_received", &fields), values(&schemas, &second, "documents_received", &fields));
        assert_places(&schemas, &second, &[sheet]);
    }
}

/// The sample workspace is read whole: every sheet but the two that are none.
#[test]
fn the_sample_workspace_is_understood() {
    let root = zicha_testing::root().join("sample-data/faulty");
    if !root.exists() {
        return;
    }
    let dataset = zicha_read::read(&root, &schemas(), &Profile::default(), &Default::default());
    let others: Vec<&str> = dataset
        .inputs
        .iter()
        .flat_map(|input| &input.sheets)
        .filter(|sheet| sheet.ledger.is_none())
        .map(|sheet| sheet.name.as_str())
        .collect();
    assert_eq!(others, ["填表说明", "食堂菜单"]);
}
