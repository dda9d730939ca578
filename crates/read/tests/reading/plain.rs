//! The fast way into plain workbooks against calamine, which reads whatever is not plain.
//!
//! A comment within the data makes any workbook unusual without changing what it says: so the same
//! workbook is read both ways.

use super::formats::opened;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook, XlsxError};
use std::{
    fs,
    io::{Cursor, Read, Write},
    path::Path,
};
use zicha_read::formats::limits::Limits;
use zicha_read::formats::open;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The same package with a comment in every sheet and in the shared strings.
pub(super) fn commented(bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("sound");
        if name.ends_with("sharedStrings.xml") || name.contains("worksheets/sheet") {
            let text = String::from_utf8(content).expect("text");
            let text = text.replace("<sheetData/>", "<sheetData></sheetData>");
            let text = text.replace("</sheetData>", "<!-- --></sheetData>");
            content = text.replace("</sst>", "<!-- --></sst>").into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        out.write_all(&content).expect("written");
    }
    out.finish().expect("a package").into_inner()
}

/// Everything that was read, in words.
fn read(bytes: &[u8]) -> String {
    let told = match open::read("a.xlsx", bytes, &Limits::default()) {
        Ok(read) => read,
        Err(told) => return format!("{told:#?}"),
    };
    let mut shown = format!("{:#?}\n", told.notes);
    for grid in &told.grids {
        let about = (
            &grid.name,
            grid.hidden,
            &grid.merged,
            &grid.hidden_rows,
            &grid.hidden_columns,
        );
        shown.push_str(&format!("{about:?}\n"));
        for row in grid.rows() {
            let cells: Vec<_> = row.cells().map(|c| (c.column, c.text, c.kind)).collect();
            shown.push_str(&format!("{} {cells:?}\n", row.number()));
        }
    }
    shown
}

fn workbooks(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|e| e == "xlsx" || e == "xlsm") {
            found.push(path);
        }
    }
}

#[test]
fn every_workbook_at_hand_reads_the_same_both_ways() {
    let root = zicha_testing::root();
    let mut found = Vec::new();
    workbooks(&root.join("tests/fixtures"), &mut found);
    workbooks(&root.join("sample-data"), &mut found);
    assert!(found.len() > 10, "{found:?}");
    for path in found {
        let bytes = fs::read(&path).expect("readable");
        // A locked workbook is no package.
        if !bytes.starts_with(b"PK") {
            continue;
        }
        assert_eq!(read(&bytes), read(&commented(&bytes)), "{}", path.display());
    }
}

/// A cell of any kind that the writer knows.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(f64),
    Date(f64, &'static str),
    Bool(bool),
    Formula(&'static str, String),
    Merged(String),
}

fn value() -> impl Strategy<Value = Value> {
    let text = "[一-龥a-z0-9<&>'\"\u{3000} \n\t，（〔_x]{0,9}";
    let formats = prop::sample::select(vec![
        "yyyy-mm-dd",
        "yyyy/m/d h:mm",
        "[h]:mm",
        "上午/下午h:mm",
        "0.00",
    ]);
    let number = prop_oneof![
        any::<i32>().prop_map(f64::from),
        -1.0..1.0f64,
        0.0..1e18f64,
        (0..1_000_000i32).prop_map(|n| f64::from(n) / 1000.0),
    ];
    let results = prop::sample::select(vec!["7", "TRUE", "甲&乙", "#N/A", ""]);
    prop_oneof![
        4 => text.prop_map(Value::Text),
        2 => number.prop_map(Value::Number),
        2 => (0.0..80_000.0f64, formats).prop_map(|(n, f)| Value::Date(n, f)),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => results.prop_map(|result| Value::Formula("=A1", result.to_owned())),
        1 => "[一-龥]{1,4}".prop_map(Value::Merged),
    ]
}

fn written(rows: &[Vec<Value>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_hidden(rows.len().is_multiple_of(2))
        .set_name("空 & 表")?;
    let sheet = book.add_worksheet();
    for (r, row) in (0u32..).zip(rows) {
        for (c, value) in (0u16..).zip(row) {
            let (r, c) = (r * 2, c * 2);
            match value {
                Value::Text(text) => sheet.write_string(r, c, text)?,
                Value::Number(number) => sheet.write_number(r, c, *number)?,
                Value::Date(serial, format) => {
                    let format = Format::new().set_num_format(*format);
                    sheet.write_number_with_format(r, c, *serial, &format)?
                }
                Value::Bool(truth) => sheet.write_boolean(r, c, *truth)?,
                Value::Formula(text, result) => {
                    sheet.write_formula(r, c, Formula::new(*text).set_result(result))?
                }
                Value::Merged(text) => {
                    sheet.merge_range(r, c, r + 1, c + 1, text, &Format::new())?
                }
            };
        }
        if row.len().is_multiple_of(3) {
            sheet.set_row_hidden(r * 2)?;
        }
    }
    sheet.set_column_hidden(1)?;
    book.read_only_recommended();
    book.save_to_buffer()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_writer_writes_reads_the_same_both_ways(
        rows in prop::collection::vec(prop::collection::vec(value(), 0..9), 0..9))
    {
        let bytes = written(&rows).expect("written");
        prop_assert_eq!(read(&bytes), read(&commented(&bytes)));
        prop_assert_eq!(opened("a.xlsx", &bytes).grids.len(), 2);
    }
}
