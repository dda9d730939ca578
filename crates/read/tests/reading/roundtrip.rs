//! Any register written by a writer is read as what was written, whatever the order of its columns,
//! however many titles stand above it, and however its clerk spells days and truth.

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use std::sync::OnceLock;
use zicha_model::{dataset::Dataset, profile::Profile, schema::Schemas};
use zicha_read::discovery::files;
use zicha_read::formats::limits::Limits;
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

const HEADINGS: [&str; 6] = [
    "登记号",
    "收文日期",
    "文件标题",
    "密级",
    "份数",
    "是否须清退",
];
const FIELDS: [&str; 6] = [
    "reg_no",
    "received_on",
    "title",
    "level",
    "copies",
    "must_return",
];
const LEVELS: [&str; 5] = ["绝密", "机密", "秘密", "内部", "公开"];

#[derive(Clone, Debug)]
struct Record {
    day: (u16, u8, u8),
    title: String,
    level: usize,
    copies: u16,
    returns: bool,
    /// How the clerk spells it.
    spelling: usize,
}

fn record() -> impl Strategy<Value = Record> {
    let day = (1990u16..2100, 1u8..=12, 1u8..=28);
    let title = "[一-龥][一-龥a-z0-9=+@'\"<&,;|（）]{0,16}";
    (day, title, 0..5usize, 1..2_000u16, any::<bool>(), 0..4usize).prop_map(
        |(day, title, level, copies, returns, spelling)| Record {
            day,
            title,
            level,
            copies,
            returns,
            spelling,
        },
    )
}

impl Record {
    /// The cells as text, in one of the clerk's spellings; the first are those of the typed values.
    fn texts(&self, number: usize) -> [String; 6] {
        let (y, m, d) = self.day;
        let day = match self.spelling {
            0 => format!("{y}-{m:02}-{d:02}"),
            1 => format!("{y}.{m}.{d}"),
            2 => format!("{y}年{m}月{d}日"),
            _ => format!("{y}{m:02}{d:02}"),
        };
        let truth = match (self.spelling, self.returns) {
            (0, truth) => truth.to_string().to_uppercase(),
            (1, true) => "√".to_owned(),
            (1, false) => "×".to_owned(),
            (_, true) => "是".to_owned(),
            (_, false) => "否".to_owned(),
        };
        let copies = match self.spelling {
            0 | 1 => self.copies.to_string(),
            _ => format!("{}份", self.copies),
        };
        let level = LEVELS[self.level].to_owned();
        [
            format!("收{number}"),
            day,
            self.title.clone(),
            level,
            copies,
            truth,
        ]
    }

    fn typed(&self, number: usize) -> [String; 6] {
        let (y, m, d) = self.day;
        [
            format!("收{number}"),
            format!("{y}-{m:02}-{d:02}"),
            zicha_read::values::normalise::text(&self.title),
            LEVELS[self.level].to_owned(),
            self.copies.to_string(),
            if self.returns { "是" } else { "否" }.to_owned(),
        ]
    }
}

/// Writes one cell, those of the first spelling as real dates, numbers and truth values.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    record: &Record,
    number: usize,
    at: usize,
) {
    let (y, m, d) = record.day;
    let written = match (record.spelling, at) {
        (0, 1) => {
            let day = ExcelDateTime::from_ymd(y, m, d).expect("a day");
            let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
            sheet.write_datetime_with_format(row, column, day, &format)
        }
        (0, 4) => sheet.write_number(row, column, record.copies),
        (0, 5) => sheet.write_boolean(row, column, record.returns),
        _ => sheet.write_string(row, column, &record.texts(number)[at]),
    };
    written.expect("written");
}

fn workbook(records: &[Record], order: &[usize], titles: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("收文登记").expect("a name");
    let top = titles as u32;
    for row in 0..top {
        let title = format!("某中心收文登记说明第{}条", row + 1);
        sheet.write_string(row, 0, title).expect("written");
    }
    for (column, &at) in (0u16..).zip(order) {
        sheet
            .write_string(top, column, HEADINGS[at])
            .expect("written");
        for (number, record) in records.iter().enumerate() {
            write(sheet, (top + 1 + number as u32, column), record, number, at);
        }
    }
    book.save_to_buffer().expect("saved")
}

fn delimited(records: &[Record], order: &[usize]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(order.iter().map(|&at| HEADINGS[at]))
        .expect("written");
    for (number, record) in records.iter().enumerate() {
        let texts = record.texts(number);
        writer
            .write_record(order.iter().map(|&at| &texts[at]))
            .expect("written");
    }
    writer.into_inner().expect("flushed")
}

fn read(path: &str, bytes: &[u8]) -> Dataset {
    static SCHEMAS: OnceLock<Schemas> = OnceLock::new();
    let file = files::from_bytes(path, bytes, &Limits::default());
    assert!(file.readable, "{:?}", file.diagnostics);
    understand(&[file], SCHEMAS.get_or_init(schemas), &Profile::default())
}

fn typed(schemas: &Schemas, dataset: &Dataset) -> Vec<Vec<String>> {
    let id = ledger_id(schemas, "documents_received");
    let table = dataset.table(id).expect("recognised");
    let cell = |row: u32, name: &str| {
        let field = schemas.ledger(id).field_by_id(name).expect("a field");
        dataset.display(schemas, table, row, field)
    };
    let rows = 0..table.len() as u32;
    rows.map(|row| FIELDS.iter().map(|name| cell(row, name)).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_register_is_read_as_it_was_written(
        records in proptest::collection::vec(record(), 1..8),
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        titles in 0usize..6,
    ) {
        let schemas = schemas();
        let expected: Vec<Vec<String>> = records.iter().enumerate().map(|(n, r)| r.typed(n).to_vec()).collect();
        let book = read("台账.xlsx", &workbook(&records, &order, titles));
        prop_assert_eq!(&typed(&schemas, &book), &expected);
        prop_assert_eq!(&book.inputs[0].sheets[0].heading_row, &Some(titles as u32 + 1));
        let text = read("收文登记.csv", &delimited(&records, &order));
        prop_assert_eq!(&typed(&schemas, &text), &expected);
        prop_assert!(book.unreadable.is_empty() && text.unreadable.is_empty());
    }
}
