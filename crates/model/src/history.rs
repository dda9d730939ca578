//! One run in the short history of runs: what is needed to see the course of things, and whether
//! two runs can be compared at all. It names no person and carries no finding's text.

use super::{
    points::Points,
    time::Day,
    verdict::{Severity, Verdict},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema mark of a line.
pub const SCHEMA: &str = "zicha/history/1";

/// One run; a line of `out/history/runs.jsonl`, keys in this order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastRun {
    /// [`SCHEMA`].
    pub schema: String,
    /// The day it stands on.
    pub as_of: Day,
    /// `annual`, the festival's slug, or `all`.
    pub checklist: String,
    /// Version of the program.
    pub tool: String,
    /// Controls by how they ended.
    pub verdicts: BTreeMap<Verdict, u32>,
    /// Findings that stand (neither fixed nor waived) by severity.
    pub findings: BTreeMap<Severity, u32>,
    /// The score; null where none is made.
    pub score: Option<PastScore>,
    /// What it was judged by.
    pub standard: Standard,
}

/// A run's score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastScore {
    /// Per cent, as evidenced.
    pub percent: Points,
    /// Per cent if everything still open turned out in order.
    pub highest: Points,
    /// Grade.
    pub grade: String,
}

/// What a run was judged by, as digests: equal digests, comparable figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Of packs and controls.
    pub packs: String,
    /// Of the parameters in force.
    pub parameters: String,
    /// Of the controls switched off.
    pub disabled: String,
    /// Of the scoring model's text; null where only the run's results are left to tell.
    pub scoring: Option<String>,
}

impl Standard {
    /// What differs, for people; empty if figures can be compared.
    pub fn changes(&self, earlier: &Self) -> Vec<&'static str> {
        let both = self.scoring.as_ref().zip(earlier.scoring.as_ref());
        let changed = [
            ("检查条目", self.packs != earlier.packs),
            ("参数", self.parameters != earlier.parameters),
            ("停用的检查项", self.disabled != earlier.disabled),
            ("评分模型", both.is_some_and(|(now, then)| now != then)),
        ];
        let changed = changed.into_iter().filter(|(_, differs)| *differs);
        changed.map(|(name, _)| name).collect()
    }
}
