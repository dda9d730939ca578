//! Measures how long many small sheets take to be understood, against calamine's bare reading of them.
//!
//! `cargo run --release --example measure-recognition [FILES] [SHEETS] [ROUNDS]`; 200 files of 30 sheets
//! without arguments. Sheets bear the titles and headings of all ledgers in turn, with twenty records each.
//! The ratio of understanding (reading with everything, less the bare reading) to calamine's reading is to
//! stay below 2.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measuring program stops at the first surprise, prints and looks at the clock"
)]

use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use std::{env, fs::File, io::BufReader, path::Path, time::Instant};
use zicha_model::{profile::Profile, schema::Schemas};

const ROWS: u32 = 20;

fn main() {
    let mut arguments = env::args().skip(1).filter_map(|n| n.parse::<usize>().ok());
    let files = arguments.next().unwrap_or(200);
    let sheets = arguments.next().unwrap_or(30);
    let rounds = arguments.next().unwrap_or(3);
    let schemas = zicha_rule::pack::load(Path::new("."), &Profile::default())
        .0
        .schemas;
    let folder = tempfile::tempdir().unwrap();
    for file in 0..files {
        let path = folder.path().join(format!("台账{file}.xlsx"));
        workbook(&schemas, file, sheets).save(path).unwrap();
    }
    for round in 1..=rounds {
        let start = Instant::now();
        let dataset = zicha_read::read(
            folder.path(),
            &schemas,
            &Profile::default(),
            &zicha_read::Options::default(),
        );
        let ours = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let cells: usize = (0..files)
            .map(|file| bare(&folder.path().join(format!("台账{file}.xlsx"))))
            .sum();
        let bare = start.elapsed().as_secs_f64();
        let records: usize = dataset.tables.iter().flatten().map(|t| t.len()).sum();
        println!(
            "round {round}: {records} records understood in {ours:.2} s; bare reading of {cells} cells {bare:.2} s; \
             ratio {:.2}",
            ours / bare
        );
    }
}

fn workbook(schemas: &Schemas, file: usize, sheets: usize) -> Workbook {
    let mut workbook = Workbook::new();
    for at in 0..sheets {
        let ledger = &schemas.ledgers[(file + at) % schemas.ledgers.len()];
        let sheet = workbook.add_worksheet();
        let title = format!("{}（{}）", ledger.label, 2000 + file);
        sheet.write_string(0, 0, title).unwrap();
        for (column, field) in (0u16..).zip(ledger.fields.iter().take(12)) {
            let heading = field.aliases.first().unwrap_or(&field.label);
            sheet.write_string(1, column, heading).unwrap();
            for row in 0..ROWS {
                let text = format!("示例{}-{row}", file * sheets + at);
                sheet.write_string(row + 2, column, text).unwrap();
            }
        }
    }
    workbook
}

/// Cells of all sheets as calamine reads them.
fn bare(path: &Path) -> usize {
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).unwrap();
    let names = book.sheet_names();
    let sheets = names.iter().map(|name| book.worksheet_range(name).unwrap());
    sheets.map(|range| range.used_cells().count()).sum()
}
