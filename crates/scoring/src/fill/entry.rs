//! Cells to be filled in.

use std::collections::BTreeMap;
use zicha_model::points::Points;

/// Entries by table, by its index in the file.
pub(super) type Entries = BTreeMap<usize, Vec<Entry>>;

/// What people write beside an item, by item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// What was deducted, with its cases.
    pub deducted: String,
    /// Which ledgers and records prove the item.
    pub evidence: String,
}

/// A cell to be filled in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) change: Change,
}

/// What is done to a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// A text into an empty cell.
    Text(String),
    /// A number into an empty cell.
    Number(Points),
    /// A text behind the one that stands there; with the text as it will be.
    Append(String, String),
    /// The box before this word is ticked; with the text as it will be.
    Tick(String, String),
}
