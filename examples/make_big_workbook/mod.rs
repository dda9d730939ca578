//! A workbook with one large ledger of received documents: twelve columns of invented texts, dates,
//! numbers and enumerations; every row has two texts of its own.
//!
//! Written part by part as Excel writes it (shared strings, cells with references and styles), since
//! a writer library would hold all cells in memory.

use std::{
    collections::HashMap,
    io::{self, Seek, Write},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const HEADINGS: [&str; 12] = [
    "登记号",
    "收文日期",
    "登记日期",
    "登记人",
    "来文单位",
    "发文字号",
    "文件标题",
    "密级",
    "保密期限(年)",
    "份数",
    "保管人",
    "存放柜号",
];
const NAMES: [&str; 8] = [
    "赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八",
];
const UNITS: [&str; 5] = ["甲省某局", "乙市某办", "丙县某中心", "丁区某处", "戊所"];
const LEVELS: [(&str, u32); 3] = [("机密", 20), ("秘密", 10), ("内部", 0)];
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// What is wrong with the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Nothing,
    /// Six of the twelve columns are of no use: rules that need them cannot tell.
    Columns,
    /// One date in ten cannot be read.
    Cells,
    /// One record in five was registered weeks after it came in.
    Late,
}

impl std::str::FromStr for Fault {
    type Err = io::Error;

    fn from_str(missing: &str) -> io::Result<Self> {
        match missing {
            "none" => Ok(Self::Nothing),
            "half" => Ok(Self::Columns),
            "cells" => Ok(Self::Cells),
            "late" => Ok(Self::Late),
            other => Err(io::Error::other(format!("--missing {other}?"))),
        }
    }
}

/// Columns that [`Fault::Columns`] takes away.
const TAKEN: [usize; 6] = [2, 3, 7, 8, 10, 11];

/// Writes the workbook with so many records.
pub(crate) fn write(out: impl Write + Seek, rows: u32, fault: Fault) -> io::Result<()> {
    let mut zip = ZipWriter::new(out);
    let options = SimpleFileOptions::default().compression_level(Some(6));
    for (name, content) in frame() {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    let mut strings = Strings::default();
    zip.start_file("xl/worksheets/sheet1.xml", options)?;
    sheet(&mut zip, rows, fault, &mut strings)?;
    zip.start_file("xl/sharedStrings.xml", options)?;
    zip.write_all(strings.part().as_bytes())?;
    zip.finish()?.flush()
}

/// The small parts.
fn frame() -> [(&'static str, String); 4] {
    let links =
        |inner: String| format!("<Relationships xmlns=\"{PACKAGE_LINKS}\">{inner}</Relationships>");
    let link = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{LINKS}/{kind}\" Target=\"{target}\"/>")
    };
    let book = [
        link("rId1", "worksheet", "worksheets/sheet1.xml"),
        link("rId2", "styles", "styles.xml"),
        link("rId3", "sharedStrings", "sharedStrings.xml"),
    ];
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>\
         <sheet name=\"收文登记\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    [
        (
            "_rels/.rels",
            links(link("rId1", "officeDocument", "xl/workbook.xml")),
        ),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links(book.concat())),
        ("xl/styles.xml", styles),
    ]
}

/// The shared strings in the order of their first use.
#[derive(Default)]
struct Strings {
    known: HashMap<String, usize>,
    items: String,
}

impl Strings {
    fn index(&mut self, text: &str) -> usize {
        if let Some(&index) = self.known.get(text) {
            return index;
        }
        let index = self.known.len();
        self.known.insert(text.to_owned(), index);
        self.items.push_str(&format!("<si><t>{text}</t></si>"));
        index
    }

    fn part(&self) -> String {
        let count = self.known.len();
        format!(
            "<sst xmlns=\"{MAIN}\" uniqueCount=\"{count}\">{}</sst>",
            self.items
        )
    }
}

fn sheet(out: &mut impl Write, rows: u32, fault: Fault, strings: &mut Strings) -> io::Result<()> {
    write!(out, "<worksheet xmlns=\"{MAIN}\"><sheetData>")?;
    let mut headings = HEADINGS.map(|heading| Value::Text(heading.to_owned()));
    if fault == Fault::Columns {
        for (number, column) in (1..).zip(TAKEN) {
            headings[column] = Value::Text(format!("内部用{number}"));
        }
    }
    row(out, 1, &headings, strings)?;
    for number in 0..rows {
        row(out, number + 2, &faulty(number, fault), strings)?;
    }
    write!(out, "</sheetData></worksheet>")
}

enum Value {
    Nothing,
    Text(String),
    Number(u32),
    /// A serial day.
    Day(u32),
}

fn faulty(n: u32, fault: Fault) -> [Value; 12] {
    let mut record = record(n);
    match (fault, n) {
        (Fault::Cells, n) if n % 10 == 0 => record[2] = Value::Text("三月初".to_owned()),
        (Fault::Cells, n) if n % 10 == 5 => record[1] = Value::Text("上周".to_owned()),
        (Fault::Late, n) if n % 5 == 0 => {
            if let Value::Day(day) = record[1] {
                record[2] = Value::Day(day + 40);
            }
        }
        _ => {}
    }
    record
}

fn record(n: u32) -> [Value; 12] {
    let pick = |list: &[&str], step: u32| list[(n / step) as usize % list.len()].to_owned();
    let (level, years) = LEVELS[(n / 3) as usize % LEVELS.len()];
    let day = 45_658 + n / 7 % 700;
    let term = match years {
        0 => Value::Nothing,
        years => Value::Number(years),
    };
    [
        Value::Text(format!("收〔2026〕{n}号")),
        Value::Day(day),
        Value::Day(day + n % 3),
        Value::Text(pick(&NAMES, 1)),
        Value::Text(pick(&UNITS, 2)),
        Value::Text(format!("函〔2026〕{}号", n / 4)),
        Value::Text(format!("关于第{n}项工作安排的通知")),
        Value::Text(level.to_owned()),
        term,
        Value::Number(1 + n % 5),
        Value::Text(pick(&NAMES, 4)),
        Value::Text(format!("{}号柜", n % 60)),
    ]
}

fn row(
    out: &mut impl Write,
    number: u32,
    cells: &[Value],
    strings: &mut Strings,
) -> io::Result<()> {
    write!(out, "<row r=\"{number}\">")?;
    for (column, value) in ('A'..).zip(cells) {
        let place = format!("{column}{number}");
        match value {
            Value::Nothing => write!(out, "<c r=\"{place}\" s=\"0\"/>")?,
            Value::Text(text) => {
                let index = strings.index(text);
                write!(out, "<c r=\"{place}\" t=\"s\"><v>{index}</v></c>")?;
            }
            Value::Number(number) => write!(out, "<c r=\"{place}\"><v>{number}</v></c>")?,
            Value::Day(day) => write!(out, "<c r=\"{place}\" s=\"1\"><v>{day}</v></c>")?,
        }
    }
    write!(out, "</row>")
}
