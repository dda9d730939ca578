//! The one integration-test binary: every further one would link typst again. See `README.md`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where something is not as it must be"
)]

mod architecture;
mod bureau;
mod cli;
mod commands;
mod cycle;
mod diagnostic_codes;
mod documents;
mod due;
mod end_to_end;
mod evidence;
mod first_run;
mod front_door;
mod ledgers;
mod levels;
mod lint;
mod machines;
mod package;
mod portable;
mod sample;
mod score_table;
mod tailoring;
