//! The one integration-test binary: every further one would link typst again. See `README.md`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where something is not as it must be"
)]

mod architecture;
mod breakage;
mod bureau;
mod check;
mod cli;
mod coercion;
mod controls;
mod cycle;
mod documents;
mod end_to_end;
mod lint;
mod packs;
mod pdf;
mod reading;
mod recognition;
mod reference;
mod rules;
mod sample;
mod support;
mod tailoring;
