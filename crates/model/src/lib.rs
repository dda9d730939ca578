//! What the program talks about, without any input or output: ledgers and their typed tables with
//! the origin of every cell, controls, verdicts, findings.
//!
//! Everything above this module (`read`, `rule`, `check`, `assess`, `report`) exchanges these
//! types and nothing else.

pub mod brief;
pub mod chapter;
pub mod control;
pub mod dataset;
pub mod diag;
pub mod digest;
pub mod history;
pub mod interner;
pub mod invisible;
pub mod manifest;
pub mod plan;
pub mod points;
pub mod problem;
pub mod profile;
pub mod rectification;
pub mod results;
pub mod schema;
pub mod time;
pub mod verdict;
