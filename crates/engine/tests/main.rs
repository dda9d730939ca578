//! The integration tests of this crate in one binary.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test stops where something is not as it must be"
)]

#[path = "../../../benches/rules/ground.rs"]
mod ground;
#[path = "../../../benches/rules/kinds.rs"]
mod kinds;
#[path = "../../../benches/rules/table.rs"]
mod table;

mod breakage;
mod check;
mod controls;
mod measured;
mod mutation;
mod packs;
mod problems;
mod reference;
mod year_end;
