//! Every format gives the same table.

use super::packages::{cell, ods, xlsb, xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use zicha_model::diag::Diagnostic;
use zicha_read::formats::grid::{CellKind, Form, Grid};
use zicha_read::formats::limits::Limits;
use zicha_read::formats::open;
use zicha_read::formats::open::Opened;

const XLS: &[u8] = include_bytes!("../../../../tests/fixtures/plain-xlwt.xls");
const OPENPYXL: &[u8] = include_bytes!("../../../../tests/fixtures/plain-openpyxl.xlsx");
const EPOCH_1904: &[u8] = include_bytes!("../../../../tests/fixtures/plain-xlsxwriter-1904.xlsx");

pub(crate) fn opened(path: &str, bytes: &[u8]) -> Opened {
    open::read(path, bytes, &Limits::default()).expect("readable")
}

fn texts(grid: &Grid) -> Vec<(u32, Vec<&str>)> {
    let rows = grid.rows();
    rows.map(|row| (row.number(), row.cells().map(|c| c.text).collect()))
        .collect()
}

fn codes(notes: &[Diagnostic]) -> Vec<&str> {
    notes.iter().map(|note| note.code.name()).collect()
}

#[test]
fn workbooks_of_other_writers_give_the_same_table() {
    for (path, bytes) in [
        ("a.xls", XLS),
        ("a.et", XLS),
        ("a.xlsx", OPENPYXL),
        ("b.xlsx", EPOCH_1904),
    ] {
        let read = opened(path, bytes);
        assert_eq!((read.form, codes(&read.notes)), (Form::Workbook, vec![]));
        let [sheet, hidden] = read.grids.as_slice() else {
            unreachable!("two sheets in {path}")
        };
        let expected = [
            (1, vec!["收文登记"]),
            (
                2,
                vec!["编号", "收文日期", "登记时间", "份数", "是否归档", "备注"],
            ),
            (
                3,
                vec![
                    "甲〔2026〕1号",
                    "2026-03-05",
                    "2026-03-05 14:30",
                    "3",
                    "TRUE",
                    "第一行\n第二行",
                ],
            ),
            (
                4,
                vec![
                    "甲〔2026〕2号",
                    "2026-03-06",
                    "2026-03-06 08:05",
                    "0.1",
                    "FALSE",
                ],
            ),
        ];
        assert_eq!(texts(sheet), expected, "{path}");
        let kinds: Vec<_> = sheet.row(2).cells().map(|c| c.kind).collect();
        use CellKind::{Bool, Date, Number, Text};
        assert_eq!(kinds, [Text, Date, Date, Number, Bool, Text], "{path}");
        assert_eq!(sheet.merged, [(1, 0, 1, 5)], "{path}");
        assert_eq!(sheet.hidden_rows, [4], "{path}");
        assert_eq!(sheet.hidden_columns, [5], "{path}");
        assert_eq!((sheet.name.as_str(), sheet.hidden), ("收文", false));
        assert_eq!((hidden.name.as_str(), hidden.hidden), ("隐藏", true));
    }
}

#[test]
fn an_ods_says_whether_its_days_count_from_1904() {
    let row = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"44624\">\
               <text:p>44624</text:p></table:table-cell></table:table-row>";
    let table = format!("<table:table table:name=\"表\">{row}</table:table>");
    for (day, since_1904) in [("1899-12-30", false), ("1904-01-01", true)] {
        let settings = format!(
            "<table:calculation-settings><table:null-date table:date-value=\"{day}\"/>\
             </table:calculation-settings>"
        );
        let read = opened("a.ods", &ods(&(settings + &table)));
        assert_eq!(read.grids[0].since_1904, since_1904, "{day}");
    }
}

#[test]
fn the_content_decides_and_a_wrong_extension_is_told() {
    let read = opened("台账/收文.xls", OPENPYXL);
    assert_eq!(codes(&read.notes), ["extension-differs"]);
    assert_eq!(read.notes[0].locus.file.as_deref(), Some("台账/收文.xls"));
    let read = opened("收文.xlsx", "编号,标题\n1,甲\n".as_bytes());
    assert_eq!(
        (read.form, codes(&read.notes)),
        (Form::Csv, vec!["extension-differs"])
    );
}

#[test]
fn open_documents_are_read_with_repeated_and_hidden_rows() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-05\"><text:p>3月5日</text:p></table:table-cell>";
    let table = format!(
        "<table:table table:name=\"收文\"><table:table-column/>\
         <table:table-column table:visibility=\"collapse\"/>\
         <table:table-row><table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\"><text:p>收文登记</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row table:visibility=\"collapse\">{}{date}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>\
         </table:table>",
        cell("甲")
    );
    let read = opened("a.ods", &ods(&table));
    let grid = &read.grids[0];
    assert_eq!(
        texts(grid),
        [(1, vec!["收文登记"]), (4, vec!["甲", "2026-03-05"])]
    );
    assert_eq!(grid.merged, [(1, 0, 1, 1)]);
    assert_eq!(
        (&grid.hidden_rows, &grid.hidden_columns),
        (&vec![4], &vec![1])
    );
}

#[test]
fn binary_workbooks_are_read() {
    let bytes = xlsb(&[(0, &[(0, "编号"), (2, "标题")]), (4, &[(0, "甲1")])]);
    let read = opened("a.xlsb", &bytes);
    assert_eq!(
        texts(&read.grids[0]),
        [(1, vec!["编号", "标题"]), (5, vec!["甲1"])]
    );
    assert_eq!(read.grids[0].row(0).text(2), "标题");
}

#[test]
fn cells_far_apart_are_read_where_they_stand() {
    let rows = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        cell("A1", "甲"),
        cell("XFD1048576", "乙")
    );
    let read = opened("a.xlsx", &xlsx(&rows, &[]));
    let last = read.grids[0].row(1);
    assert_eq!((last.number(), last.text(16_383)), (1_048_576, "乙"));
}

#[test]
fn formulas_without_a_result_are_told() {
    let rows = "<sheetData><row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\"><f>A2</f></c>\
                <c r=\"C2\"><f>A2</f><v></v></c><c r=\"D2\" t=\"str\"><f>A2</f><v></v></c></row>\
                <row r=\"3\"><c r=\"C3\"><f>A3</f></c></row></sheetData>";
    let plain = xlsx(rows, &[]);
    for bytes in [&plain, &super::plain::commented(&plain)] {
        let read = opened("a.xlsx", bytes);
        let none = "（公式没有计算结果）";
        assert_eq!(texts(&read.grids[0]), [(2, vec!["2", none, none])]);
        let kinds: Vec<_> = read.grids[0].row(0).cells().map(|c| c.kind).collect();
        assert_eq!(kinds[1..], [CellKind::Error; 2]);
        assert_eq!(codes(&read.notes), ["formula-uncomputed"]);
        let told = &read.notes[0];
        assert!(told.message.starts_with("3 个"), "{}", told.message);
        assert_eq!(told.locus.cell.as_deref(), Some("B2"));
    }
}

#[test]
fn delimited_text_is_read_in_every_usual_encoding() {
    let text = "编号,标题\n1,\"甲\n乙\"\n2,丙\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    for bytes in [text.as_bytes(), &gbk] {
        let read = opened("台账/收文.csv", bytes);
        assert_eq!(
            (read.form, read.grids[0].name.as_str()),
            (Form::Csv, "收文")
        );
        let numbers: Vec<_> = read.grids[0].rows().map(|r| r.number()).collect();
        assert_eq!(numbers, [1, 2, 4]);
    }
    let read = opened("a.tsv", "编号\t标题\n1\t甲,乙\n".as_bytes());
    assert_eq!(texts(&read.grids[0])[1].1, ["1", "甲,乙"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(rows in proptest::collection::vec(
        proptest::collection::vec("([一-龥a-z0-9+\"<&\u{3000}〔〕,;][一-龥a-z0-9=+\"'<&\u{3000}〔〕,;]{0,11})?", 1..8), 1..12))
    {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let mut expected = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate() {
                sheet.write_string(r as u32, c as u16, text.as_str()).expect("written");
                if !text.trim().is_empty() {
                    expected.push((r as u32 + 1, c as u32, text.clone()));
                }
            }
        }
        let bytes = book.save_to_buffer().expect("saved");
        let read = opened("a.xlsx", &bytes);
        let found: Vec<_> = read.grids[0].rows().flat_map(|row| {
            row.cells().map(move |cell| (row.number(), cell.column, cell.text.to_owned()))
        }).collect();
        prop_assert_eq!(found, expected);
    }
}
