//! The one integration-test binary: every further one would link typst again. See `README.md`.

mod architecture;
mod check;
mod cli;
mod reading;
mod rules;
mod sample;
