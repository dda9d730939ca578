//! Writes a workspace of all ledgers with many records, for measuring.
//!
//! `cargo run --release --example make-large-workspace FOLDER [RECORDS]`, 50,000 by default: the
//! orderly sample as many times as that takes.

#![expect(clippy::print_stdout, reason = "it says what it made")]

use std::{env, io, path::Path};

mod make_large_workspace;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "large".into());
    let wanted = arguments.next().and_then(|records| records.parse().ok());
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/orderly");
    let once = make_large_workspace::write(&from, Path::new(&folder), 1)?;
    let copies = wanted.unwrap_or(50_000_usize).div_ceil(once);
    let records = make_large_workspace::write(&from, Path::new(&folder), copies)?;
    println!("{records} records ({copies} copies of {once}) in {folder}");
    Ok(())
}
