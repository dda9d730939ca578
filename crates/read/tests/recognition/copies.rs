//! Records that stand in two tables; tables beside each other; two days in a cell.

use super::{grid, read, usage, values, workbook};
use zicha_model::{dataset::Dataset, profile::Profile};
use zicha_read::formats::grid::{Grid, RawFile};
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

const TITLE: &str = "涉密计算机台账";
const HEADING: &str = "资产编号|密级|使用部门|责任人|启用日期|状态";
const ROWS: [&str; 6] = [
    "JS-01|机密|办公室|孟夏|2020.1.1|在用",
    "JS-02|秘密|办公室|江涛|2020.1.2|在用",
    "JS-03|秘密|人事科|白露|2021.3.1|在用",
    "JS-04|机密|人事科|方圆|2021.3.2|在用",
    "JS-05|秘密|财务科|罗成|2022.5.1|在用",
    "JS-06|秘密|财务科|章程|2022.5.2|在用",
];

fn sheet(name: &str, rows: &[&str]) -> Grid {
    let mut lines = vec![TITLE, HEADING];
    lines.extend(rows);
    grid(name, &lines)
}

fn understood(files: &[RawFile]) -> (usize, Vec<String>) {
    let schemas = schemas();
    let dataset = understand(files, &schemas, &Profile::default());
    let table = dataset.table(ledger_id(&schemas, "computers"));
    (table.map_or(0, |table| table.len()), told(&dataset))
}

fn told(dataset: &Dataset) -> Vec<String> {
    let of = dataset
        .diagnostics
        .iter()
        .filter(|told| told.code.name() == "records-copied");
    of.map(|told| {
        format!(
            "{} {}",
            told.locus.file.as_deref().unwrap_or_default(),
            told.message
        )
    })
    .collect()
}

#[test]
fn a_copied_sheet_counts_once() {
    let names = ["2026年 (2)", "2026年备份", "Sheet2", "2026年 - 副本", "旧"];
    for name in names {
        let file = workbook(
            "台账.xlsx",
            vec![sheet("2026年", &ROWS), sheet(name, &ROWS)],
        );
        let (rows, told) = understood(&[file]);
        assert_eq!((rows, told.len()), (6, 1), "{name}: {told:?}");
        assert!(
            told[0].contains("“2026年”") && told[0].contains('6'),
            "{told:?}"
        );
    }
}

#[test]
fn an_older_backup_gives_way_whatever_it_holds() {
    let older: Vec<&str> = ROWS[..4].to_vec();
    let file = |path: &str, rows: &[&str]| {
        let mut file = workbook(path, vec![sheet("台账", rows)]);
        file.digests.sha256 = format!("{path}{}", rows.len());
        file
    };
    let now = file("计算机.xlsx", &ROWS);
    let backup = file("计算机（备份）.xlsx", &older);
    let (rows, told) = understood(&[now.clone(), backup]);
    assert_eq!(rows, 6);
    assert!(told[0].starts_with("计算机（备份）.xlsx"), "{told:?}");
    // What the backup alone has stays, and is told.
    let mut more: Vec<&str> = ROWS.to_vec();
    more.push("JS-07|秘密|财务科|章程|2019.5.2|在用");
    let backup = file("计算机（备份）.xlsx", &more);
    let (rows, told) = understood(&[now, backup]);
    assert_eq!((rows, told.len()), (7, 1), "{told:?}");
}

#[test]
fn an_extract_gives_way_to_the_register() {
    let extract = grid(
        "待报废设备",
        &[
            "待报废涉密计算机",
            "资产编号|密级|责任人|状态",
            "JS-02|秘密|江涛|在用",
            "JS-05|秘密|罗成|在用",
        ],
    );
    let file = workbook("台账.xlsx", vec![extract, sheet("台账", &ROWS)]);
    let (rows, told) = understood(&[file]);
    assert_eq!((rows, told.len()), (6, 1), "{told:?}");
    assert!(told[0].contains("摘录"), "{told:?}");
}

#[test]
fn a_second_register_is_never_left_out() {
    let others = [
        "JS-11|机密|办公室|孟夏|2020.1.1|在用",
        "JS-12|秘密|办公室|江涛|2020.1.2|在用",
    ];
    let same_numbers = [
        "JS-01|秘密|基建科|何雨|2019.7.1|停用",
        "JS-02|机密|信访科|贺敏|2018.7.2|停用",
    ];
    let other_department = [
        "JS-01|机密|基建科|孟夏|2020.1.1|在用",
        "JS-02|秘密|基建科|江涛|2020.1.2|在用",
    ];
    for second in [others, same_numbers, other_department] {
        let file = workbook(
            "台账.xlsx",
            vec![sheet("一楼", &ROWS), sheet("二楼", &second)],
        );
        let (rows, told) = understood(&[file]);
        assert_eq!((rows, told.len()), (8, 0), "{told:?}");
    }
}

#[test]
fn registers_beside_each_other_are_each_read() {
    let sheet = grid(
        "柜具",
        &[
            "保密柜台账||||||保密笔记本发放登记||||",
            "保密柜编号|柜型|位置|责任人|容器密级||本号|领取人|密级|领用日期|交回日期",
            "GX-01|密码保险柜|BW01|孟夏|绝密||BJ001|江涛|秘密|2026.1.8|",
            "GX-02|铁皮文件柜|BW01|孟夏|秘密||BJ002|白露|秘密|2026.1.8|",
            "||||||BJ003|方圆|秘密|2026.1.9|",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let ledgers: Vec<&str> = dataset.inputs[0]
        .sheets
        .iter()
        .filter_map(|sheet| {
            sheet
                .ledger
                .map(|ledger| schemas.ledger(ledger).id.as_str())
        })
        .collect();
    assert_eq!(ledgers, ["containers", "notebooks"]);
    assert_eq!((usage(&dataset, 0).rows, usage(&dataset, 1).rows), (2, 3));
    let told = dataset
        .diagnostics
        .iter()
        .filter(|told| told.code.name() == "tables-side-by-side");
    let told: Vec<&str> = told.map(|told| told.message.as_str()).collect();
    assert!(
        told.len() == 2 && told.iter().any(|told| told.contains("G—K")),
        "{told:?}"
    );
}

#[test]
fn an_empty_column_within_a_register_parts_nothing() {
    let sheet = grid(
        "借阅",
        &[
            "涉密文件借阅登记簿",
            "借阅编号|文件名称|密级|借阅人||借阅日期|应还日期|归还日期",
            "JY-1|某通知|秘密|孟夏||2026.3.3|2026.3.10|2026.3.8",
        ],
    );
    let (_, dataset) = read(vec![sheet]);
    assert_eq!(dataset.inputs[0].sheets.len(), 1);
}

#[test]
fn two_days_in_a_cell_are_begin_and_end() {
    let cells = [
        "2026.5.1-5.7",
        "2026/05/01-2026/05/07",
        "2026年5月1日至5月7日",
        "2026.5.1—2026.5.7",
        "2026-05-01 至 2026-05-07",
    ];
    for cell in cells {
        let row = format!("1|孟夏|日本|{cell}|2026.4.10");
        let sheet = grid(
            "Sheet1",
            &[
                "涉密人员因私出国（境）台账",
                "序号|姓名|前往国家|出行日期|批准日期",
                &row,
            ],
        );
        let (schemas, dataset) = read(vec![sheet]);
        let days = values(
            &schemas,
            &dataset,
            "exits_abroad",
            &["departed_on", "returned_on"],
        );
        assert_eq!(days, [["2026-05-01", "2026-05-07"]], "{cell}");
        assert!(
            usage(&dataset, 0)
                .remarks
                .iter()
                .any(|told| told.contains("起止两个日期"))
        );
    }
}

#[test]
fn the_row_that_is_nearest_to_a_heading_is_named_as_excel_shows_it() {
    let sheet = grid(
        "Sheet1",
        &[
            "2026年情况",
            "序号|名称|负责人|联系电话|在编人员数量|备注",
            "1|办公室|孟夏|5550001|8|",
        ],
    );
    let (_, dataset) = read(vec![sheet]);
    let why = &usage(&dataset, 0).why;
    assert!(why.contains("第 2 行"), "{why}");
}
