//! Identifiers and stamps that depend on the content only.

use uuid::Uuid;
use zicha_model::{results::Results, time::Day};

/// Names our identifiers among all UUIDs of version 5.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0b_5b0e_9d3c_5c1e_8a54_7a69_6368_6101);

/// Namespace of the properties that OSCAL does not have.
pub(super) const OWN: &str = "urn:zicha:results:1";

/// The identifier of a part of this run's documents.
pub(super) fn of_run(results: &Results, part: &str) -> String {
    let run = &results.run;
    let lists: Vec<_> = run.checklists.iter().map(|list| list.label()).collect();
    of(&[
        &results.unit.name,
        &run.as_of.to_string(),
        &lists.join(","),
        part,
    ])
}

/// The identifier of a thing that outlasts a run: a finding, a unit, a file.
pub(super) fn of(parts: &[&str]) -> String {
    let name = parts.join("\u{1f}");
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

/// Midnight in China, where the days of the program are days.
pub(super) fn moment(day: Day) -> String {
    format!("{day}T00:00:00+08:00")
}
