//! The integration tests of this crate in one binary.
mod coercion;
mod reading;
mod recognition;
