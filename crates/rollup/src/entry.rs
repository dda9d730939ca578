//! What is kept of one unit's result: figures, no persons, no texts of findings.

use super::cells::Cells;
use serde::{Deserialize, Serialize};
use zicha_model::{
    points::Points,
    results::{ControlResult, PackRef},
    time::Day,
    verdict::{Severity, Verdict},
};

/// Which results may stand for one another: of the same unit, checklist and year the newest counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// `annual`, `spring-festival`, `may-day`, `national-day` or `all`.
    pub checklist: String,
    /// Year checked.
    pub year: i32,
    /// The unit's name.
    pub name: String,
}

/// One unit's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Unit, checklist, year.
    pub key: Key,
    /// Everything that counts whole.
    pub tally: Tally,
    /// How every control ended.
    pub cells: Cells,
}

/// The figures of one result, in the order in which `rollup.json` has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Value id of enumeration `unit_type`; empty if not known.
    pub kind: String,
    /// The day the result stands on.
    pub as_of: Day,
    /// Version of the program that made it.
    pub tool: String,
    /// Packs that were in force.
    pub packs: Vec<PackRef>,
    /// SHA-256 of the unit's `results.json`.
    pub sha256: String,
    /// It was compared with the manifest beside it.
    pub verified: bool,
    /// The score; `None` where none was made.
    pub score: Option<Grade>,
    /// Standing findings (neither fixed nor waived): 重大.
    pub critical: u32,
    /// 严重.
    pub serious: u32,
    /// 一般.
    pub general: u32,
    /// 提示.
    pub hint: u32,
    /// Of these: past their due day.
    pub overdue: u32,
    /// Of these: fixed before and back again.
    pub reopened: u32,
    /// Of these: cells that could not be read.
    pub unreadable: u32,
    /// Found by an earlier run; this one could not tell whether they are mended.
    #[serde(default)]
    pub unproven: u32,
    /// Fixed since the run before.
    pub fixed: u32,
    /// Findings under a waiver.
    pub waived: u32,
    /// Reward proposals.
    pub rewards: u32,
    /// Penalty proposals.
    pub penalties: u32,
}

/// A score in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grade {
    /// Grade.
    pub grade: String,
    /// 100 × points ÷ of, two decimals.
    pub percent: Points,
    /// The same if everything open turned out in order.
    pub highest: Points,
    /// Veto items that struck.
    pub vetoes: u32,
}

/// One unit's result with its controls still by id.
pub(super) struct Read {
    /// Its figures; cells are still empty.
    pub(super) entry: Entry,
    /// Its controls.
    pub(super) controls: Vec<ReadControl>,
}

/// A control as a result tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ReadControl {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) chapter: String,
    pub(super) severity: Severity,
    pub(super) verdict: Verdict,
    pub(super) failed: u32,
}

impl ReadControl {
    pub(super) fn of(control: &ControlResult) -> Self {
        Self {
            id: control.id.clone(),
            title: control.title.clone(),
            chapter: control.chapter.clone(),
            severity: control.severity,
            verdict: control.verdict,
            failed: control.failed,
        }
    }
}

impl Tally {
    /// Standing findings in all.
    pub fn findings(&self) -> u32 {
        self.critical + self.serious + self.general + self.hint
    }

    /// Counts a standing finding.
    pub(super) fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Critical => self.critical += 1,
            Severity::Serious => self.serious += 1,
            Severity::General => self.general += 1,
            Severity::Hint => self.hint += 1,
        }
    }

    /// What decides which of two results of the same key counts: the newer day, then the newer
    /// program, then an order without meaning that is the same everywhere.
    pub(super) fn order(&self) -> (Day, Vec<u32>, &str) {
        (self.as_of, version(&self.tool), &self.sha256)
    }
}

/// `1.10.2` → 1, 10, 2: versions compare by number.
pub(super) fn version(text: &str) -> Vec<u32> {
    let parts = text.split(|c: char| !c.is_ascii_digit());
    let numbers = parts.filter(|part| !part.is_empty());
    numbers
        .map(|part| part.parse().unwrap_or(u32::MAX))
        .collect()
}
