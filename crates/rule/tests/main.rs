//! The integration tests of this crate in one binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it must be"
)]

mod left_out;
mod rules;
