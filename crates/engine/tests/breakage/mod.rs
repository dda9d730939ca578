//! Every control can be broken alone: one record of the orderly sample is changed in a way that the
//! control forbids, and what comes to light is one finding of that control, at that cell, and besides
//! it only what the control's examples declare under `also`.
//!
//! The changes are made up from the control's own failing examples ([`candidates`]); all of them are
//! told by `cargo test --test main breakage -- --nocapture`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot be set up has failed, and what it tried is told on request"
)]

mod bench;
mod candidates;
mod change;
mod model;
mod search;

use bench::Bench;
use change::{Change, Deed};
use rayon::prelude::*;
use search::Found;
use std::{collections::BTreeSet, sync::LazyLock};

/// Controls that no change to one record breaks alone, and why.
const EXCEPT: [(&str, &str); 7] = [
    (
        "PER-029",
        "a transfer has to be both early and without special approval",
    ),
    (
        "DOC-043",
        "every department counts each quarter, so one count less is not missed",
    ),
    (
        "DOC-044",
        "falls due at the end of the year, which the sample has not reached",
    ),
    (
        "TRN-001",
        "everybody attends more trainings than are required",
    ),
    ("TRN-004", "leaders attend more trainings than are required"),
    (
        "TRN-012",
        "officers of key departments attend several trainings",
    ),
    (
        "PEN-013",
        "a case without measures fails the control of its measures too",
    ),
];

/// So many of the others are shown at the very cell that was changed. The rest are told by the record
/// that lacks another one, or by the unit.
const AT_CELL: usize = 225;

static BENCH: LazyLock<Bench> = LazyLock::new(Bench::new);

#[test]
fn breaking_one_record_gives_one_finding_at_its_cell() {
    let bench = &*BENCH;
    let except: BTreeSet<&str> = EXCEPT.iter().map(|(id, _)| *id).collect();
    let tried: Vec<usize> = (0..bench.catalogue.controls.len())
        .filter(|&control| bench.can_fail(control) && !except.contains(bench.id(control)))
        .collect();
    let found: Vec<Found> = tried
        .par_iter()
        .map_init(
            || bench.orderly.clone(),
            |data, &control| search::search(bench, data, control),
        )
        .collect();
    let mut never = Vec::new();
    for (&control, found) in tried.iter().zip(&found) {
        let (id, at_cell) = (bench.id(control), found.at_cell);
        let alone = found.alone.as_deref().unwrap_or("-");
        println!("{id} | {alone} | {at_cell} | {:?}", found.with);
        if found.alone.is_none() {
            never.push(format!("{id}, only with {:?}", found.with));
        }
    }
    let at_cell = found.iter().filter(|found| found.at_cell).count();
    println!(
        "{} controls broken alone, {at_cell} at the cell",
        tried.len() - never.len()
    );
    assert_eq!(
        never,
        Vec::<String>::new(),
        "declare `also`, or say why not"
    );
    assert!(at_cell >= AT_CELL, "only {at_cell} at the cell");
}

#[test]
fn controls_that_do_not_read_a_ledger_end_as_before_when_it_changes() {
    let bench = &*BENCH;
    let mut data = bench.orderly.clone();
    for table in bench.orderly.tables.iter().flatten() {
        let change = Change {
            ledger: table.ledger,
            row: 0,
            deed: Deed::Remove,
            cells: Vec::new(),
        };
        change.apply(&mut data);
        let of = |found: std::collections::BTreeMap<usize, Vec<_>>| {
            found
                .into_keys()
                .map(|control| bench.id(control))
                .collect::<Vec<_>>()
        };
        let all = of(bench.all_findings(&data, 0, |_| true));
        assert_eq!(
            of(bench.findings(&data, 0, table.ledger)),
            all,
            "{}",
            bench.ledger(table.ledger)
        );
        let at = usize::from(table.ledger.0);
        data.tables[at].clone_from(&bench.orderly.tables[at]);
    }
}
