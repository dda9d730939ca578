//! What was run and what was read, as `results.json` says it.

use crate::digest::FileDigests;
use crate::{
    plan::{Checklist, FestivalKind, Period},
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What was run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// The day it stands on.
    pub as_of: Day,
    /// The checklists, annual first.
    pub checklists: Vec<Checklist>,
    /// The festival; for `--checklist all` a map by checklist.
    pub festival: Option<PerChecklist<FestivalKind>>,
    /// The period; for `--checklist all` a map by checklist.
    pub period: PerChecklist<Period>,
    /// Packs in force.
    pub packs: Vec<PackRef>,
    /// Parameters in force, by name.
    pub parameters: Map<String, Value>,
}

/// A value that stands alone, or per checklist when both ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PerChecklist<T> {
    /// One checklist ran.
    One(T),
    /// Both ran.
    Each {
        /// The annual checklist's.
        #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
        annual: Option<T>,
        /// The festival checklist's.
        festival: T,
    },
}

/// A pack with its content's hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackRef {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over its files.
    pub sha256: String,
}

/// A file read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Input {
    /// Path relative to the workspace.
    pub path: String,
    /// `sha256` and `sm3` of its bytes.
    #[serde(flatten)]
    pub digests: FileDigests,
    /// Length.
    pub bytes: u64,
    /// How its sheets were understood.
    pub sheets: Vec<InputSheet>,
}

/// How a sheet was understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InputSheet {
    /// Sheet name.
    pub name: String,
    /// Ledger id, or null.
    pub ledger: Option<String>,
    /// 1-based heading row.
    pub heading_row: Option<u32>,
    /// Records.
    pub rows: u32,
    /// Headings not used.
    pub unused_columns: Vec<String>,
}
