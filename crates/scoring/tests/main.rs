//! The crate from outside: forms made by the tests go in, come back filled in.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod filling;
mod importing;
mod reckoning;
