//! A finding of an earlier run that this run neither found nor proved mended.

use super::Evidence;
use serde::{Deserialize, Serialize};

/// Why it is not proven mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PastCause {
    /// Its control could not decide the subject.
    Undecided,
    /// Its record is not in the ledger any more.
    Gone,
    /// Its record is there, but is none that the control looks at now.
    OutOfScope,
    /// Its control is switched off or stands on no checklist of the run.
    NotChecked,
}

impl PastCause {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 4] = [
        Self::Undecided,
        Self::Gone,
        Self::OutOfScope,
        Self::NotChecked,
    ];

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Undecided => "本次无法判定",
            Self::Gone => "记录已不在台账中",
            Self::OutOfScope => "记录已不在检查范围内",
            Self::NotChecked => "本次未检查该项",
        }
    }
}

/// What was told of it when it was found last, and what has changed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Why it is not proven mended.
    pub cause: PastCause,
    /// As it was told when it was found.
    pub told: Told,
    /// Cells named then that say something else now.
    #[serde(default)]
    pub changed: Vec<ChangedCell>,
}

/// The words of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What was wrong.
    pub message: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub actual: String,
    /// The cells that decided.
    pub evidence: Vec<Evidence>,
}

/// A cell that says something else than when the finding was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedCell {
    /// Field id.
    pub field: String,
    /// What stood there; empty if nothing did.
    pub then: String,
    /// What stands there now.
    pub now: String,
}
