//! What goes wrong in the faulty workspace. Every fault is noted where it is made.

use super::faults::Fault;
use super::layout::Sheet;
use super::sower::Sower;
use super::world::World;

mod slips;
mod twice;
mod untidy;

/// Sows the faults into the world and the sheets.
pub(crate) fn sow(world: &mut World, sheets: &mut Vec<Sheet>) -> Vec<Fault> {
    let mut sower = Sower::new(world);
    slips::sow(&mut sower);
    twice::sow(&mut sower);
    untidy::sow(&mut sower, sheets);
    sower.faults
}
