//! Writes a workbook with one large ledger of received documents, for measuring.
//!
//! `cargo run --release --example make-big-workbook FILE [ROWS]`, 1,000,000 rows by default.

use std::{env, fs::File, io, io::BufWriter};

mod make_big_workbook;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "big.xlsx".into());
    let rows = arguments.next().and_then(|rows| rows.parse().ok());
    let file = BufWriter::new(File::create(path)?);
    let rows = rows.unwrap_or(1_000_000);
    make_big_workbook::write(file, rows, make_big_workbook::Fault::Nothing)
}
