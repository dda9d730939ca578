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

use criterion::Criterion;
use ground::Ground;
use kinds::{Kind, kinds};
use std::hint::black_box;
use std::time::{Duration, Instant};
use zicha_engine as check;
use zicha_model::verdict::Verdict;

/// Rows of each large ledger.
const ROWS: u32 = 1_000_000;

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "table");
    if arguments.next().is_some() {
        let part = arguments.next().unwrap_or_default();
        let wanted = |kind: &&Kind| kind.name.contains(&part);
        kinds().iter().filter(wanted).for_each(print_line);
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

fn print_line(kind: &Kind) {
    let ground = Ground::new(&kind.rules, ROWS);
    let (rules, bare) = (fastest(|| judge(&ground)), fastest(|| (kind.bare)(&ground)));
    println!(
        "{:<26} {rules:>7.3} s  bare {bare:>7.3} s  x {:>5.1}  limit {:.1} s",
        kind.name,
        rules / bare,
        kind.limit
    );
}

/// Judges all rules; nothing in this data violates any.
fn judge(ground: &Ground) -> u32 {
    let outcomes = check::run(
        &ground.catalogue,
        &ground.data,
        &ground.plan,
        &ground.profile,
    );
    let passed = |o: &check::Outcome| matches!(o.verdict, Verdict::Pass | Verdict::NotApplicable);
    assert!(outcomes.iter().all(passed), "{outcomes:?}");
    outcomes.iter().map(|outcome| outcome.subjects).sum()
}

/// Seconds of the fastest of three runs.
fn fastest<T>(mut run: impl FnMut() -> T) -> f64 {
    let once = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64()
    };
    (0..3).map(once).fold(f64::INFINITY, f64::min)
}
