//! 整改清单.xlsx as a person edits it: read, changed, written anew by another program.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::{path::Path, process::Command};

/// A sheet from its heading on.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The title row above the heading.
    title: String,
    pub(super) heading: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The sheets that hold rows of the list; a notice has some of them.
pub(super) fn read(path: &Path) -> Vec<Sheet> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = ["新增", "推进落实", "已办结销号", "自行登记"];
    let there = workbook.sheet_names();
    let names = names
        .into_iter()
        .filter(|name| there.iter().any(|sheet| sheet == name));
    names.map(|name| sheet(&mut workbook, name)).collect()
}

/// Every cell of every sheet, for a search.
pub(super) fn all_cells(path: &Path) -> String {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = workbook.worksheets();
    let rows = sheets.iter().flat_map(|(_, range)| range.rows());
    rows.flatten().map(|cell| format!("{cell}\n")).collect()
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

/// Edits the list as a person would: with openpyxl, or, where that is missing, by our own hands. `edits`
/// is told in `edit-list.py`.
pub(super) fn edit(path: &Path, edits: &Value) {
    if openpyxl_is_there() {
        return edit_with_openpyxl(path, edits);
    }
    eprintln!("SKIPPED: editing the list with openpyxl: no python3 with openpyxl on this machine");
    let mut sheets = read(path);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let named = |name: &Value| {
        let name = text(name);
        sheets.iter().position(|sheet| sheet.name == name).unwrap()
    };
    let (mine, own) = (named(&edits["sheet"]), named(&edits["add"][0]));
    let sheet = &mut sheets[mine];
    let by = sheet.at(&text(&edits["sort"]));
    sheet.rows.sort_by(|a, b| b[by].cmp(&a[by]));
    sheet.insert(&text(&edits["insert"][0]), &text(&edits["insert"][1]));
    for (from, to) in edits["rename"].as_object().unwrap() {
        sheet.rename(from, &text(to));
    }
    for (fingerprint, cells) in edits["fill"].as_object().unwrap() {
        let row = sheet.find(fingerprint).unwrap();
        sheet.fill(row, cells);
    }
    let row = sheets[own].add();
    sheets[own].fill(row, &edits["add"][1]);
    write(path, &sheets);
}

fn openpyxl_is_there() -> bool {
    let imported = Command::new("python3")
        .args(["-c", "import openpyxl"])
        .output();
    imported.is_ok_and(|output| output.status.success())
}

fn edit_with_openpyxl(path: &Path, edits: &Value) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cycle/edit-list.py");
    let mut command = assert_cmd::Command::new("python3");
    let command = command.arg(script).arg(path);
    command.write_stdin(edits.to_string()).assert().success();
}

impl Sheet {
    fn fill(&mut self, row: usize, cells: &Value) {
        for (heading, text) in cells.as_object().unwrap() {
            self.set(row, heading, text.as_str().unwrap());
        }
    }

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
