//! One register written by many programs in every format gives the same typed rows.
//!
//! `scripts/make-fixtures.py` wrote the files of `tests/fixtures/`.

use zicha_model::diag::Diagnostic;
use zicha_model::{dataset::Dataset, profile::Profile, schema::Schemas};
use zicha_read::discovery::files;
use zicha_read::formats::limits::Limits;
use zicha_read::formats::open;
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

const WORKBOOKS: [&str; 8] = [
    "ledger-openpyxl.xlsx",
    "ledger-xlsxwriter-1904.xlsx",
    "ledger-libreoffice.xlsx",
    "ledger-libreoffice.xlsm",
    "ledger-libreoffice.xls",
    "ledger-libreoffice.ods",
    "ledger-xlwt.xls",
    "ledger-sheetjs.xlsb",
];
const TEXTS: [&str; 7] = [
    "ledger-libreoffice.csv",
    "ledger-utf8.csv",
    "ledger-utf8-bom.csv",
    "ledger-utf16le.csv",
    "ledger-utf16be.csv",
    "ledger-gb18030.csv",
    "ledger-utf8.tsv",
];

fn bytes(name: &str) -> Vec<u8> {
    let folder = zicha_testing::root().join("tests/fixtures");
    std::fs::read(folder.join(name)).expect("a fixture")
}

/// Reads a fixture under another name, since names decide nothing but CSV and YAML.
fn read_as(path: &str, fixture: &str, schemas: &Schemas) -> Dataset {
    let file = files::from_bytes(path, &bytes(fixture), &Limits::default());
    assert_eq!(file.diagnostics, [], "{fixture}");
    understand(&[file], schemas, &Profile::default())
}

fn refused(path: &str, fixture: &str) -> Diagnostic {
    let told = open::read(path, &bytes(fixture), &Limits::default()).expect_err("refused");
    told.into_iter().next().expect("a reason")
}

/// The typed cells of some fields, row by row.
fn typed(schemas: &Schemas, dataset: &Dataset, ledger: &str, fields: &[&str]) -> Vec<Vec<String>> {
    let id = ledger_id(schemas, ledger);
    let table = dataset.table(id).expect("the ledger was recognised");
    let row = |row: u32| {
        let cell = |name: &&str| {
            let field = schemas.ledger(id).field_by_id(name).expect("a field");
            dataset.display(schemas, table, row, field)
        };
        fields.iter().map(cell).collect()
    };
    (0..table.len() as u32).map(row).collect()
}

fn assert_register(name: &str, schemas: &Schemas, dataset: &Dataset) {
    let fields = [
        "reg_no",
        "received_on",
        "registered_on",
        "registrar",
        "from_unit",
        "doc_no",
        "title",
        "level",
        "secrecy_years",
        "copies",
        "authorised_readers",
        "must_return",
        "return_due_on",
        "custodian",
    ];
    let expected = [
        [
            "收字〔2026〕1号",
            "2026-03-05",
            "2026-03-05",
            "赵明远",
            "云山市机要局",
            "云机发〔2026〕3号",
            "关于做好2026年机要交通工作的通知",
            "机密",
            "5",
            "2",
            "赵明远、钱立",
            "是",
            "2026-12-20",
            "钱立",
        ],
        [
            "收字〔2026〕2号",
            "2026-03-09",
            "2026-03-05",
            "赵明远",
            "云山市机要局",
            "云机发〔2026〕5号",
            "关于印发《保管办法(试行)》的通知",
            "秘密",
            "",
            "3",
            "赵明远、钱立、孙佳",
            "否",
            "",
            "钱立",
        ],
        [
            "收字〔2026〕3号",
            "2026-04-01",
            "2026-04-01",
            "孙佳",
            "松江区办公室",
            "松办〔2026〕11号",
            "季度情况通报",
            "内部",
            "",
            "1",
            "",
            "否",
            "",
            "孙佳",
        ],
    ];
    assert_eq!(
        typed(schemas, dataset, "documents_received", &fields),
        expected,
        "{name}"
    );
    let usage = &dataset.inputs[0].sheets[0];
    assert_eq!((usage.rows, usage.unused_columns.len()), (3, 1), "{name}");
    assert_eq!(dataset.unreadable, [], "{name}");
}

fn skipped(dataset: &Dataset) -> Vec<&str> {
    let skipped = &dataset.inputs[0].sheets[0].skipped;
    skipped.iter().map(|rows| rows.why.as_str()).collect()
}

#[test]
fn every_format_of_every_writer_gives_the_same_rows() {
    let schemas = schemas();
    for name in WORKBOOKS.into_iter().chain(TEXTS) {
        let dataset = read_as(name, name, &schemas);
        assert_register(name, &schemas, &dataset);
        let reasons = [
            "标题行以上的表名和说明",
            "空行",
            "合计行",
            "表下说明或签字栏",
        ];
        // A delimited text does not number the blank line that Excel would.
        let blank = skipped(&dataset).contains(&"空行");
        let told: Vec<_> = reasons
            .into_iter()
            .filter(|r| blank || *r != "空行")
            .collect();
        assert_eq!(skipped(&dataset), told, "{name}");
    }
}

#[test]
fn hidden_sheets_and_merged_names_are_read_in_every_workbook() {
    let schemas = schemas();
    for name in WORKBOOKS {
        let dataset = read_as(name, name, &schemas);
        let fields = ["borrow_id", "borrower", "borrowed_on", "returned_on"];
        let expected = [
            ["借1", "钱立", "2026-04-02", "2026-04-08"],
            ["借2", "钱立", "2026-04-02", ""],
        ];
        assert_eq!(
            typed(&schemas, &dataset, "borrowing", &fields),
            expected,
            "{name}"
        );
        let codes: Vec<_> = dataset.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["hidden-content"], "{name}");
    }
}

#[test]
fn bare_serial_numbers_count_from_where_their_workbook_counts() {
    let schemas = schemas();
    for name in [
        "serials-xlwt.xls",
        "serials-openpyxl.xlsx",
        "serials-sheetjs.xlsb",
    ] {
        let dataset = read_as(name, name, &schemas);
        let fields = ["borrow_id", "borrowed_on", "due_on", "returned_on"];
        let expected = [
            ["借1", "2026-04-02", "2026-04-09", "2026-04-08"],
            ["借2", "2026-04-02", "2026-04-09", ""],
        ];
        assert_eq!(
            typed(&schemas, &dataset, "borrowing", &fields),
            expected,
            "{name}"
        );
    }
}

#[test]
fn workbooks_of_the_other_office_are_read_whatever_is_inside() {
    let schemas = schemas();
    for inside in [
        "ledger-libreoffice.xls",
        "ledger-xlwt.xls",
        "ledger-openpyxl.xlsx",
    ] {
        let dataset = read_as("收文.et", inside, &schemas);
        assert_register(inside, &schemas, &dataset);
    }
}

#[test]
fn exported_mappings_give_the_rows_with_their_lines() {
    let schemas = schemas();
    let dataset = read_as("收文.yaml", "ledger-pyyaml.yaml", &schemas);
    let fields = [
        "reg_no",
        "received_on",
        "copies",
        "must_return",
        "secrecy_years",
    ];
    let expected = [
        ["收字〔2026〕1号", "2026-03-05", "2", "是", "5"],
        ["收字〔2026〕2号", "2026-03-09", "3", "否", ""],
        ["收字〔2026〕3号", "2026-04-01", "1", "否", ""],
    ];
    assert_eq!(
        typed(&schemas, &dataset, "documents_received", &fields),
        expected
    );
    let id = ledger_id(&schemas, "documents_received");
    let table = dataset.table(id).expect("recognised");
    let received = schemas
        .ledger(id)
        .field_by_id("received_on")
        .expect("a field");
    assert_eq!(dataset.place(table, 0, received).row, 3);
}

#[test]
fn what_is_no_workbook_says_what_it_is_and_how_to_save_it() {
    let cases = [
        ("收文.xls", "page-libreoffice.xls", "网页"),
        ("收文.xls", "xml2003-sheetjs.xls", "2003"),
        ("收文.xlsx", "locked-msoffcrypto.xlsx", "密码"),
        ("收文.xls", "locked-libreoffice.xls", "密码"),
        ("收文.ods", "locked-libreoffice.ods", "密码"),
    ];
    for (path, fixture, word) in cases {
        let told = refused(path, fixture);
        assert!(told.message.contains(word), "{}", told.message);
        assert_eq!(told.locus.file.as_deref(), Some(path));
        assert!(told.hint.is_some(), "{}", told.message);
    }
}
