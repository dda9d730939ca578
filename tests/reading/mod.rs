//! Reading: files of every format, honest and hostile, and finding them.
#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

mod discovery;
mod formats;
mod hostile;
mod packages;
