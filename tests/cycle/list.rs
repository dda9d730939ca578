//! 整改清单.xlsx as a person edits it: read whole, changed, written anew by another program.

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use std::path::Path;

/// A sheet from its heading on.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The title row above the heading.
    title: String,
    pub(super) heading: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The sheets that hold rows of the list.
pub(super) fn read(path: &Path) -> Vec<Sheet> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = ["新增", "推进落实", "已办结销号", "自行登记"];
    names.map(|name| sheet(&mut workbook, name)).into()
}

fn sheet(workbook: &mut Xlsx<std::io::BufReader<std::fs::File>>, name: &str) -> Sheet {
    let range = workbook.worksheet_range(name).unwrap();
    let mut rows: Vec<Vec<String>> = range
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let heading = rows.remove(1);
    let title = rows.remove(0).remove(0);
    rows.retain(|row| row.iter().any(|text| !text.is_empty()));
    Sheet {
        name: name.to_owned(),
        title,
        heading,
        rows,
    }
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(day) => day.as_datetime().unwrap().date().to_string(),
        other => other.to_string(),
    }
}

/// Writes the sheets as an office program would: no protection, no hidden columns.
pub(super) fn write(path: &Path, sheets: &[Sheet]) {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        let out = workbook.add_worksheet();
        out.set_name(&sheet.name).unwrap();
        out.write_string(0, 0, &sheet.title).unwrap();
        let lines = std::iter::once(&sheet.heading).chain(&sheet.rows);
        for (line, row) in lines.zip(1..) {
            for (text, column) in line.iter().zip(0..) {
                out.write_string(row, column, text).unwrap();
            }
        }
    }
    workbook.save(path).unwrap();
}

impl Sheet {
    fn at(&self, heading: &str) -> usize {
        let at = self.heading.iter().position(|h| h == heading);
        at.unwrap_or_else(|| panic!("no column {heading} in {:?}", self.heading))
    }

    pub(super) fn get(&self, row: usize, heading: &str) -> &str {
        &self.rows[row][self.at(heading)]
    }

    pub(super) fn set(&mut self, row: usize, heading: &str, text: &str) {
        let at = self.at(heading);
        self.rows[row][at] = text.to_owned();
    }

    /// The row of a finding.
    pub(super) fn find(&self, fingerprint: &str) -> Option<usize> {
        let at = self.at("识别号");
        self.rows.iter().position(|row| row[at] == fingerprint)
    }

    /// Inserts an empty column before another.
    pub(super) fn insert(&mut self, before: &str, heading: &str) {
        let at = self.at(before);
        self.heading.insert(at, heading.to_owned());
        self.rows
            .iter_mut()
            .for_each(|row| row.insert(at, String::new()));
    }

    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let at = self.at(from);
        self.heading[at] = to.to_owned();
    }

    pub(super) fn remove(&mut self, heading: &str) {
        let at = self.at(heading);
        self.heading.remove(at);
        self.rows.iter_mut().for_each(|row| {
            row.remove(at);
        });
    }

    /// Adds an empty row; its number.
    pub(super) fn add(&mut self) -> usize {
        self.rows.push(vec![String::new(); self.heading.len()]);
        self.rows.len() - 1
    }
}
