//! Reading ledgers into typed tables, beside the bare walk of the same cells by calamine.
//!
//! `cargo bench --bench read`. 100,000 records of twelve columns; for a million and for the peak of
//! memory see `examples/measure-reading.rs`.

#![expect(clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use calamine::{Reader, Xlsx, open_workbook};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reading_measured::{tables, walk};
use std::{fs::File, hint::black_box, io::BufWriter, path::Path};
use zicha_model::profile::Profile;
use zicha_rule::pack;

#[path = "../examples/make_big_workbook/mod.rs"]
mod make_big_workbook;
use make_big_workbook::Fault;
#[path = "../examples/reading_measured/mod.rs"]
mod reading_measured;

const ROWS: u32 = 100_000;

fn reading(criterion: &mut Criterion) {
    let schemas = pack::load(Path::new("."), &Profile::default()).0.schemas;
    let folders = [(1, "one workbook"), (4, "four workbooks")];
    let folders = folders.map(|(files, name)| (workbooks(files), files, name));
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for (folder, files, name) in &folders {
        group.throughput(Throughput::Elements(u64::from(files * ROWS)));
        group.bench_function(*name, |b| {
            b.iter(|| black_box(tables(folder.path(), &schemas)))
        });
    }
    let folder = folders[0].0.path();
    group.throughput(Throughput::Elements(u64::from(ROWS)));
    group.bench_function("bare walk by calamine", |b| {
        b.iter(|| black_box(walk(&folder.join("1.xlsx"))))
    });
    let csv = csv(&folder.join("1.xlsx"));
    group.bench_function("one csv", |b| {
        b.iter(|| black_box(tables(csv.path(), &schemas)))
    });
    group.finish();
}

fn workbooks(files: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in 1..=files {
        let out = File::create(folder.path().join(format!("{file}.xlsx"))).unwrap();
        // The same file twice would be read once.
        make_big_workbook::write(BufWriter::new(out), ROWS + file, Fault::Nothing).unwrap();
    }
    folder
}

/// The same table as delimited text.
fn csv(workbook: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut book: Xlsx<_> = open_workbook(workbook).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut writer = csv::Writer::from_path(folder.path().join("1.csv")).unwrap();
    for row in book.worksheet_range(&name).unwrap().rows() {
        writer
            .write_record(row.iter().map(ToString::to_string))
            .unwrap();
    }
    writer.flush().unwrap();
    folder
}

criterion_group!(benches, reading);
criterion_main!(benches);
