//! What goes wrong in the faulty workspace. Every fault is noted where it is made.

use super::faults::Fault;
use super::layout::Sheet;
use super::sower::Sower;
use super::world::World;

mod activity;
mod devices;
mod further;
mod movements;
mod papers;
mod persons;
mod slips;
mod untidy;

/// Sows the faults into the world and the sheets.
pub(crate) fn sow(world: &mut World, sheets: &mut Vec<Sheet>) -> Vec<Fault> {
    let mut sower = Sower::new(world);
    persons::sow(&mut sower);
    papers::sow(&mut sower);
    movements::sow(&mut sower);
    devices::sow(&mut sower);
    activity::sow(&mut sower);
    further::sow(&mut sower);
    slips::sow(&mut sower);
    untidy::unreadable(&mut sower);
    untidy::sow(&mut sower, sheets);
    sower.faults
}
