//! One line a kind.

use crate::ground::Ground;
use crate::kinds::Kind;
use std::hint::black_box;
use std::time::Instant;
use zicha_engine as check;
use zicha_model::verdict::Verdict;

/// Time of the rules, time of the bare loop, their ratio, the limit.
pub(crate) fn line(kind: &Kind, rows: u32) -> String {
    let ground = Ground::new(&kind.rules, rows);
    let (rules, bare) = (fastest(|| judge(&ground)), fastest(|| (kind.bare)(&ground)));
    format!(
        "{:<26} {rules:>7.3} s  bare {bare:>7.3} s  x {:>5.1}  limit {:.1} s",
        kind.name,
        rules / bare,
        kind.limit
    )
}

/// Judges all rules; nothing in this data violates any.
pub(crate) fn judge(ground: &Ground) -> u32 {
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
