//! The one integration-test binary: every further one would link typst again. See `README.md`.

mod architecture;
mod check;
mod cli;
mod coercion;
mod controls;
mod pdf;
mod reading;
mod recognition;
mod rules;
mod sample;
mod support;
