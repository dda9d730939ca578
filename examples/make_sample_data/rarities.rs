//! Matters that come up once or twice a year, each done as it should be: one line each in
//! `rarities.csv`, a record that is copied and what differs in it (see [`super::written`]).

use super::world::World;
use super::written;

const RARITIES: &str = include_str!("rarities.csv");

/// Writes the records.
pub(crate) fn fill(world: &mut World) {
    for line in RARITIES.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&'static str> = line.split(',').collect();
        let [ledger, like, changes] = <[&'static str; 3]>::try_from(cells).expect("three columns");
        let fit = written::picked(world, ledger, like);
        let uid = written::copy(world, ledger, *fit.first().expect("a record to copy"));
        written::change(world.row_mut(ledger, uid), changes);
    }
}
