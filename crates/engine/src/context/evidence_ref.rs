//! What a decision rests on, before it is written for people.

use zicha_model::schema::{FieldId, LedgerId};

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EvidenceRef {
    /// A cell.
    Cell(LedgerId, u32, FieldId),
    /// A ledger has no such record.
    Sought(LedgerId, String),
}
