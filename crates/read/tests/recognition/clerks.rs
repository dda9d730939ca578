//! Registers with the titles, headings and words that offices really use (`tests/data/clerks.txt`):
//! each is taken for its ledger, each column for its field, and every cell is read that can be.

use super::{grid, workbook};
use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Dataset, column_letter},
    profile::Profile,
    schema::{FieldId, Schemas},
};
use zicha_read::understand;
use zicha_testing::schemas;

/// Marks a cell of the table that cannot be read.
const UNREADABLE: &str = "!!";
/// Stands for the ledger of a table that is none.
const NONE: &str = "none";

struct Register {
    ledger: &'static str,
    sheet: &'static str,
    title: &'static str,
    /// Headings with the field that each is, if any.
    columns: Vec<(&'static str, Option<&'static str>)>,
    rows: Vec<Vec<&'static str>>,
}

fn registers() -> Vec<Register> {
    let text = include_str!("../data/clerks.txt");
    let blocks = text.split("\n\n").filter(|b| !b.starts_with('#'));
    blocks.map(register).collect()
}

fn register(block: &'static str) -> Register {
    let mut lines = block.lines().filter(|line| !line.is_empty());
    let mut head = lines.next().expect("a head").split(" : ").map(str::trim);
    let mut part = || head.next().unwrap_or_default().trim_end_matches(" :");
    let columns = cells(lines.next().expect("headings"))
        .map(|cell| {
            cell.split_once('=')
                .map_or((cell, None), |(h, f)| (h, Some(f)))
        })
        .collect();
    Register {
        ledger: part(),
        sheet: part(),
        title: part(),
        columns,
        rows: lines.map(|line| cells(line).collect()).collect(),
    }
}

fn cells(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split('|').map(str::trim)
}

impl Register {
    fn read(&self, schemas: &Schemas) -> Dataset {
        let headings: Vec<&str> = self.columns.iter().map(|(heading, _)| *heading).collect();
        let mut lines = vec![self.title.to_owned(), headings.join("|")];
        lines.extend(
            self.rows
                .iter()
                .map(|row| row.join("|").replace(UNREADABLE, "")),
        );
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let file = workbook("台账.xlsx", vec![grid(self.sheet, &lines)]);
        understand(&[file], schemas, &Profile::default())
    }

    /// What differs from the table, in words.
    fn differences(&self, schemas: &Schemas) -> Vec<String> {
        let dataset = self.read(schemas);
        let usage = &dataset.inputs[0].sheets[0];
        let Some(ledger) = usage.ledger else {
            if self.ledger == NONE {
                return Vec::new();
            }
            return vec![format!("taken for none: {}", usage.why)];
        };
        let taken = &schemas.ledger(ledger).id;
        if taken != self.ledger {
            return vec![format!("taken for {taken}: {}", usage.why)];
        }
        let mut told = Vec::new();
        for (at, &(heading, expected)) in (0..).zip(&self.columns) {
            let used = usage.columns.iter().find(|c| c.column == at);
            let got = used.map(|c| schemas.field(ledger, c.field).id.as_str());
            if got != expected {
                told.push(format!("{heading}: {got:?}, not {expected:?}"));
            }
        }
        let (got, expected) = (unreadable(&dataset), self.expected_unreadable());
        if got != expected {
            told.push(format!("unreadable {got:?}, not {expected:?}"));
        }
        told
    }

    fn expected_unreadable(&self) -> BTreeSet<(u32, String)> {
        let rows = (3..).zip(&self.rows);
        rows.flat_map(|(number, row)| {
            let marked = (0..)
                .zip(row)
                .filter(|(_, cell)| cell.ends_with(UNREADABLE));
            marked.map(move |(column, _)| (number, column_letter(column)))
        })
        .collect()
    }
}

/// Row and column of every cell that could not be read.
fn unreadable(dataset: &Dataset) -> BTreeSet<(u32, String)> {
    let mut found = BTreeSet::new();
    for table in dataset.tables.iter().flatten() {
        for row in 0..table.len() as u32 {
            for field in (0..table.columns.len() as u16).map(FieldId) {
                if table.cell(row, field).0 == CellState::Unreadable {
                    let place = dataset.place(table, row, field);
                    found.insert((place.row, place.column.unwrap_or_default()));
                }
            }
        }
    }
    found
}

#[test]
fn registers_of_offices_are_understood_as_a_person_would() {
    let schemas = schemas();
    let told: Vec<String> = registers()
        .iter()
        .flat_map(|register| {
            let name = format!("{} “{}”", register.ledger, register.title);
            let differences = register.differences(&schemas).into_iter();
            differences.map(move |difference| format!("{name}: {difference}"))
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_ledger_stands_in_the_table_of_registers() {
    let shown: BTreeSet<&str> = registers().iter().map(|r| r.ledger).collect();
    let schemas = schemas();
    let missing: Vec<&str> = schemas
        .ledgers
        .iter()
        .map(|ledger| ledger.id.as_str())
        .filter(|id| !shown.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
