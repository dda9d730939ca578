//! The rule language: text of a control → typed intermediate form ([`ir`]).
//!
//! Parsing → resolving names and types against the ledgers → [`ir::Rule`]. Every mistake is told
//! with its place before any data is read. `docs/rules.md` is the reference for people.

mod files;
pub mod ir;
mod syntax;
mod types;

pub use files::{narrow, pack, waiver_names, window};
pub use ir::{left_out, walk};

use files::file_keys;
use syntax::spelling;

/// Every word of the language in both spellings: keywords, functions, inputs.
pub fn words_of_the_language() -> Vec<&'static str> {
    spelling::all()
}

/// The keys and words of pack files: English spelling, Chinese spelling.
pub fn keys_of_pack_files() -> &'static [(&'static str, &'static str)] {
    file_keys::all()
}
