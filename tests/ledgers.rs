//! How `zicha ledgers` tells what was understood of a sheet.

use zicha::cli::ledgers::Report;
use zicha_model::{
    dataset::Dataset,
    profile::Profile,
    schema::{FieldId, Schemas},
};
use zicha_read::formats::grid::{CellKind, Form, Grid, RawFile};
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

const HEADING: &str = "登记号|收文日期|登记日期|登记人|来文单位|文号|文件标题|密级|份数|保管人";

/// A sheet from rows of cells parted by `|`; row numbers count from 1.
fn grid(name: &str, rows: &[&str]) -> Grid {
    let mut grid = Grid::new(name);
    for (number, row) in (1..).zip(rows) {
        for (column, text) in (0..).zip(row.split('|')) {
            grid.push(number, column, text, CellKind::Text);
        }
    }
    grid
}

fn read(grids: Vec<Grid>) -> (Schemas, Dataset) {
    let schemas = schemas();
    let file = RawFile {
        path: "台账.xlsx".to_owned(),
        readable: true,
        form: Form::Workbook,
        grids,
        ..RawFile::default()
    };
    let dataset = understand(&[file], &schemas, &Profile::default());
    (schemas, dataset)
}

#[test]
fn the_report_explains_every_row_and_column() {
    let sheet = grid(
        "收文登记簿",
        &[
            "收文登记",
            HEADING,
            "收1|2026-3-5|2026-3-5|张三|某局|甲1|关于甲|机密|2|李四",
            "合计||||||||2",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let id = ledger_id(&schemas, "documents_received");
    let status = schemas.ledger(id).field_by_id("status").expect("field");
    let absent = ledger_id(&schemas, "borrowing");
    let needs = [
        ((id, status), vec!["DOC-001".to_owned()]),
        ((absent, FieldId(0)), vec!["DOC-020".to_owned()]),
    ];
    let needs = needs.into();
    let report = Report {
        dataset: &dataset,
        schemas: &schemas,
        needs: &needs,
    };
    let text = report.human();
    for part in [
        "收文登记簿",
        "标题行在第 2 行",
        "第 4 行（合计行）",
        "“状态”：条目 DOC-001",
        "涉密文件借阅登记簿：条目 DOC-020",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let json = report.json();
    assert_eq!(
        json["files"][0]["sheets"][0]["absent_fields"][0]["field"],
        "status"
    );
    assert_eq!(json["absent_ledgers"][0]["ledger"], "borrowing");
}

/// Each of two tables of one ledger on one sheet lists its own cells, and of long ones the beginning.
#[test]
fn unreadable_cells_are_listed_once_with_their_table() {
    let staff = "赵明远、".repeat(20);
    let sheet = grid(
        "收文",
        &[
            HEADING,
            &format!("收1|五月初|2026-3-5|张三|某局|甲1|关于甲|机密|{staff}|李四"),
            "",
            "涉密文件收文登记簿（续）",
            "收文日期|登记号|登记日期|登记人|来文单位|文号|文件标题|密级|份数|保管人",
            "2026-02-30|收2|2026-3-5|张三|某局|甲2|关于乙|机密|2|李四",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    assert_eq!(dataset.inputs[0].sheets.len(), 2);
    let report = Report {
        dataset: &dataset,
        schemas: &schemas,
        needs: &Default::default(),
    };
    let text = report.human();
    let told: Vec<&str> = text.lines().filter(|l| l.contains("读不出")).collect();
    assert_eq!(told.len(), 3, "{text}");
    assert!(told[1].contains("……（共80字）"), "{text}");
    assert!(told[2].contains("A6“2026-02-30”"), "{text}");
    let sheets = &report.json()["files"][0]["sheets"];
    let counts = [0, 1].map(|at| sheets[at]["unreadable"].as_array().map(Vec::len));
    assert_eq!(counts, [Some(2), Some(1)]);
}
