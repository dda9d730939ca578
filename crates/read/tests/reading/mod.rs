//! Reading: files of every format, honest and hostile, and finding them.
#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

mod budget;
mod discovery;
mod fixtures;
mod formats;
mod fuzzed;
mod hostile;
mod looks;
mod odd_files;
mod packages;
mod plain;
mod quotes;
mod roundtrip;
