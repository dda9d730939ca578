//! Every control can be broken alone: one record of the orderly sample is changed in a way that the
//! control forbids, and what comes to light is one finding of that control, at that cell, and besides
//! it only what the control's examples declare under `also`.

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
use rayon::prelude::*;
use search::Found;

/// Controls with a rule, and how many of them must be broken alone, and at the very cell.
const ALONE: usize = 260;
const AT_CELL: usize = 200;

#[test]
fn breaking_one_record_gives_one_finding_at_its_cell() {
    let bench = Bench::new();
    let ruled: Vec<usize> = (0..bench.catalogue.controls.len())
        .filter(|&control| bench.can_fail(control))
        .collect();
    let found: Vec<Found> = ruled
        .par_iter()
        .map_init(
            || bench.orderly.clone(),
            |data, &control| search::search(&bench, data, control),
        )
        .collect();
    for (&control, found) in ruled.iter().zip(&found) {
        let alone = found.alone.as_deref().unwrap_or("-");
        let (id, at_cell, with) = (bench.id(control), found.at_cell, &found.with);
        println!("{id} | {alone} | {at_cell} | {with:?}");
    }
    let alone = found.iter().filter(|f| f.alone.is_some()).count();
    let at_cell = found.iter().filter(|f| f.at_cell).count();
    println!(
        "{} controls, {alone} alone, {at_cell} at the cell",
        ruled.len()
    );
    assert!(
        alone >= ALONE && at_cell >= AT_CELL,
        "{alone} alone, {at_cell} at the cell"
    );
}
