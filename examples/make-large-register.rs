//! Writes a workspace with one large ledger that is not in order, for measuring what disorder costs.
//!
//! `cargo run --release --example make-large-register FOLDER ROWS --missing half|none|cells`: half of the
//! columns that rules need are not there; none is missing; one date in ten cannot be read. With `--violated` in
//! its place one record in five was registered too late.

#![expect(clippy::print_stdout, reason = "it says what it made")]

use std::{env, fs, fs::File, io, io::BufWriter, path::Path};

mod make_big_workbook;

use make_big_workbook::Fault;

/// Rows where none are asked for.
const ROWS: u32 = 100_000;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = arguments.first().map_or("large-register", String::as_str);
    let rows = arguments.get(1).and_then(|rows| rows.parse().ok());
    let rows = rows.unwrap_or(ROWS);
    let missing = arguments.iter().skip_while(|a| *a != "--missing").nth(1);
    let fault = match arguments.iter().any(|a| a == "--violated") {
        true => "late",
        false => missing.map_or("none", String::as_str),
    };
    let fault: Fault = fault.parse()?;
    fs::create_dir_all(folder)?;
    let path = Path::new(folder).join("收文登记簿.xlsx");
    make_big_workbook::write(BufWriter::new(File::create(&path)?), rows, fault)?;
    println!("{rows} records in {}", path.display());
    Ok(())
}
