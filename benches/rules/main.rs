//! How fast rules are judged, beside a bare loop for the same question in the same run.
//!
//! `cargo bench --bench rules` measures with criterion; `cargo bench --bench rules -- table` prints one
//! line a kind within seconds: time of the rules, time of the bare loop, their ratio, the limit;
//! `-- table overlap` only the kinds with that in their name.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench stops where something is not as it must be, prints, and measures time"
)]

mod ground;
mod kinds;
mod table;

use criterion::Criterion;
use ground::Ground;
use kinds::{Kind, kinds};
use std::hint::black_box;
use std::time::Duration;
use table::judge;

/// Rows of each large ledger.
const ROWS: u32 = 1_000_000;

fn main() {
    // `cargo bench` adds `--bench` of its own.
    let arguments = std::env::args().filter(|argument| !argument.starts_with("--"));
    let mut arguments = arguments.skip_while(|argument| argument != "table");
    if arguments.next().is_some() {
        let part = arguments.next().unwrap_or_default();
        let wanted = |kind: &&Kind| kind.name.contains(&part);
        for kind in kinds().iter().filter(wanted) {
            println!("{}", table::line(kind, ROWS));
        }
        return;
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .configure_from_args();
    for kind in kinds() {
        measure(&mut criterion, &kind);
    }
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, kind: &Kind) {
    let ground = Ground::new(&kind.rules, ROWS);
    let mut group = criterion.benchmark_group(kind.name);
    group.bench_function("rules", |b| b.iter(|| judge(&ground)));
    group.bench_function("bare", |b| b.iter(|| black_box((kind.bare)(&ground))));
    group.finish();
}
