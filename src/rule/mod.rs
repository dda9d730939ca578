//! The rule language: text of a control → typed intermediate form ([`ir`]).
//!
//! Parsing → resolving names and types against the ledgers → [`ir::Rule`]. Every mistake is told
//! with its place before any data is read. `docs/rules.md` is the reference for people.

pub mod ir;
pub mod pack;
