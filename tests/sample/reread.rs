//! Reads single cells again, by other ways than the program's own reading.

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use zicha_model::results::Evidence;

/// The files of a workspace, each opened once.
pub(super) struct Reread {
    root: PathBuf,
    sheets: BTreeMap<(String, String), Range<Data>>,
    lines: BTreeMap<String, Vec<Vec<String>>>,
}

impl Reread {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            sheets: BTreeMap::new(),
            lines: BTreeMap::new(),
        }
    }

    /// The text of the cell that the evidence names.
    pub(super) fn cell(&mut self, evidence: &Evidence) -> String {
        let file = evidence.file.clone().expect("evidence with a file");
        let row = evidence.row.expect("evidence with a row");
        let column = evidence.column.as_deref().map(number);
        match (&evidence.sheet, column) {
            (Some(sheet), Some(column)) => self
                .sheet(&file, sheet)
                .get_value((row - 1, column))
                .map_or(String::new(), text),
            (None, Some(column)) => self.record(&file, row)[column as usize].clone(),
            (None, None) => value_of_line(&self.record(&file, row)[0]),
            (Some(_), None) => panic!("a sheet without column: {evidence:?}"),
        }
    }

    fn sheet(&mut self, file: &str, sheet: &str) -> &Range<Data> {
        let path = self.root.join(file);
        self.sheets
            .entry((file.to_owned(), sheet.to_owned()))
            .or_insert_with(|| {
                let mut workbook: Xlsx<_> = open_workbook(path).expect("a workbook");
                workbook.worksheet_range(sheet).expect("a sheet")
            })
    }

    /// The cells of a CSV line; the whole line of a YAML file.
    fn record(&mut self, file: &str, row: u32) -> &Vec<String> {
        let path = self.root.join(file);
        let lines = self.lines.entry(file.to_owned()).or_insert_with(|| {
            let bytes = fs::read(path).expect("a file");
            let text = match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => encoding_rs::GBK.decode(error.as_bytes()).0.into_owned(),
            };
            let csv = file.ends_with(".csv");
            let cells = |line: &str| {
                if csv {
                    split(line)
                } else {
                    vec![line.to_owned()]
                }
            };
            text.trim_start_matches('\u{feff}')
                .lines()
                .map(cells)
                .collect()
        });
        &lines[row as usize - 1]
    }
}

fn split(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(line.as_bytes());
    let record = reader
        .records()
        .next()
        .expect("a record")
        .expect("a line of CSV");
    record.iter().map(str::to_owned).collect()
}

fn value_of_line(line: &str) -> String {
    let (_, value) = line.split_once(':').expect("a key");
    value.trim().trim_matches('"').to_owned()
}

/// `A` → 0, `AA` → 26.
fn number(letters: &str) -> u32 {
    letters
        .bytes()
        .fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1)
        - 1
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(_) => {
            let at = cell.as_datetime().expect("a date");
            let text = at.format("%Y-%m-%d %H:%M").to_string();
            text.trim_end_matches(" 00:00").to_owned()
        }
        other => other.to_string(),
    }
}
