//! The rule language: text of a control → typed intermediate form ([`ir`]).
//!
//! Parsing → resolving names and types against the ledgers → [`ir::Rule`]. Every mistake is told
//! with its place before any data is read. `docs/rules.md` is the reference for people.

mod ast;
mod calls;
mod clause_file;
mod compile;
mod control_file;
mod file_keys;
mod infer;
pub mod ir;
mod keys;
mod lex;
mod merged;
mod mistake;
mod names;
pub mod narrow;
mod operators;
pub mod pack;
mod pack_head;
mod page;
mod parameter_file;
mod parameter_value;
mod parse;
mod parse_expr;
mod profile_file;
mod resolve;
mod schema_file;
mod scope;
mod shown;
mod source;
mod spelling;
mod suggest;
pub mod waiver_names;
pub mod walk;
pub mod window;
mod words;

/// Every word of the language in both spellings: keywords, functions, inputs.
pub fn words_of_the_language() -> Vec<&'static str> {
    spelling::all()
}

/// The keys and words of pack files: English spelling, Chinese spelling.
pub fn keys_of_pack_files() -> &'static [(&'static str, &'static str)] {
    file_keys::all()
}
