//! What a run found: the content of `results.json` (schema `zicha/results/1`, binding), and what
//! the reports need besides.
//!
//! Field order here is key order in the file.

mod past;
mod run;
mod score;

pub use past::{ChangedCell, Past, PastCause, Told};
pub use run::{Input, InputSheet, PackRef, PerChecklist, Run};
pub use score::{ControlScore, DepartmentScore, Score, ScorePart, ScoreStep};

use super::{
    plan::Checklist,
    rectification::{Column, ListRead, OwnItem, Rectification, Unmatched},
    time::Day,
    verdict::{Severity, Verdict},
};
use serde::{Deserialize, Serialize};

/// The whole of `results.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Results {
    /// `zicha/results/1`.
    pub schema: String,
    /// The program.
    pub tool: Tool,
    /// The unit.
    pub unit: Unit,
    /// What was run.
    pub run: Run,
    /// The files read.
    pub inputs: Vec<Input>,
    /// Every control of the checklists that ran, in catalogue order.
    pub controls: Vec<ControlResult>,
    /// Findings, worst first, then by control and subject.
    pub findings: Vec<Finding>,
    /// The score.
    pub score: Score,
    /// Reward and penalty proposals.
    pub discipline: Vec<Proposal>,
    /// Comparison with the baseline.
    pub follow_up: FollowUp,
    /// What was noticed in the inputs.
    pub diagnostics: Vec<DiagnosticRecord>,
    /// The departments compared, the best first; empty where the data name none or nothing is scored.
    #[serde(default)]
    pub departments: Vec<DepartmentScore>,
    /// Missing ledgers and columns, those first that would decide the most controls.
    #[serde(default)]
    pub advice: Vec<Advice>,
    /// How departments and persons answered their own sheets; absent where no sheet and no sample lies there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<LevelCounts>,
}

/// Answers of departments and persons, counted. Names stand in the diagnostics, each with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelCounts {
    /// Departments and persons that are to answer.
    pub asked: usize,
    /// Those that answered everything.
    pub whole: usize,
    /// Those that answered a part.
    pub part: usize,
    /// Those that answered nothing.
    pub none: usize,
    /// Answers that another answer, a ledger or a sample contradicts.
    pub contradictions: usize,
}

/// The program that ran.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tool {
    /// `zicha`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self {
            name: "zicha".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// As documents name it.
    pub fn label(&self) -> String {
        format!("保密自查 {} {}", self.name, self.version)
    }
}

/// The unit that was checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// Name.
    pub name: String,
    /// Value id of enumeration `unit_type`; empty if not known.
    pub kind: String,
}

/// How a control ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ControlResult {
    /// Control id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Item of 条例 §58 (`"1"` to `"13"`).
    pub chapter: String,
    /// Checklists it stands on.
    pub checklists: Vec<Checklist>,
    /// Severity.
    pub severity: Severity,
    /// Source clauses.
    pub basis: Vec<String>,
    /// How it ended.
    pub verdict: Verdict,
    /// Distinct subjects judged.
    pub subjects: u32,
    /// Subjects that violate it (waived ones not counted).
    pub failed: u32,
    /// Subjects that could not be decided.
    pub unknown: u32,
    /// Violations under a valid waiver.
    pub waived: u32,
    /// Its part in the score, if any item of the model covers it.
    pub score: Option<ControlScore>,
    /// What packs of the unit left out of it; absent for nearly all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrowed: Option<Narrowed>,
    /// What leaves records undecided, by cause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Undecided>,
}

/// Why records could not be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// A ledger was not provided.
    MissingLedger,
    /// No sheet of the ledger has the column.
    MissingColumn,
    /// The cell is empty, or says less than is needed.
    Empty,
    /// The cell cannot be read, or may mean several things.
    Unreadable,
    /// The day has not come.
    NotDue,
    /// No record of another ledger belongs to it.
    NoPartner,
    /// A question that the unit has not answered.
    Unanswered,
}

/// What leaves records of a control undecided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undecided {
    /// Why.
    pub cause: CauseKind,
    /// Id of the ledger concerned; empty if none is.
    pub ledger: String,
    /// Id of the field concerned; empty if none is.
    pub field: String,
    /// Records that it leaves undecided; 0 where the whole control hangs on it.
    pub records: u32,
    /// A few of them.
    pub examples: Vec<UndecidedExample>,
}

/// A record that could not be decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UndecidedExample {
    /// The record.
    pub subject: Subject,
    /// Why, one sentence.
    pub reason: String,
    /// The cells that were needed.
    pub evidence: Vec<Evidence>,
}

/// A ledger or column whose addition would help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// Id of the ledger.
    pub ledger: String,
    /// Id of the missing column's field; empty where the whole ledger is missing.
    pub field: String,
    /// Controls that lack nothing else.
    pub controls: u32,
}

/// What packs of the unit left out of a control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Narrowed {
    /// Records that the control means and that were not judged.
    pub records: u32,
    /// The packs' conditions, in the order of the packs; a record must meet all of them.
    pub by: Vec<NarrowedBy>,
}

/// A pack's condition for the records of a control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NarrowedBy {
    /// Title of the pack.
    pub pack: String,
    /// Ledger id.
    pub ledger: String,
    /// Only records that meet this are judged.
    #[serde(rename = "where")]
    pub condition: String,
    /// Why.
    pub reason: String,
}

/// Why a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// A control is violated.
    Violation,
    /// A cell could not be read.
    Unreadable,
}

/// A finding compared with the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not in the baseline.
    New,
    /// In the baseline and still there.
    Open,
    /// Fixed before and back again.
    Reopened,
    /// In the baseline, and the control decided that very subject in order.
    Fixed,
}

impl State {
    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "新增",
            Self::Open => "未整改",
            Self::Reopened => "再次出现",
            Self::Fixed => "已整改",
        }
    }
}

/// One fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// Stable identity: control + ledger + record key.
    pub fingerprint: String,
    /// Control id; null for an unreadable cell.
    pub control: Option<String>,
    /// Severity.
    pub severity: Severity,
    /// Why it stands.
    pub kind: FindingKind,
    /// Compared with the baseline.
    pub state: State,
    /// Under a valid waiver.
    pub waived: bool,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong, one sentence.
    pub message: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub actual: String,
    /// What to do.
    pub remedy: String,
    /// Day first found.
    pub found: Day,
    /// Day it is due.
    pub due: Day,
    /// The cells that decided.
    pub evidence: Vec<Evidence>,
    /// What people filled in for it, and what follows.
    #[serde(default, skip_serializing_if = "Rectification::is_empty")]
    pub rectification: Rectification,
    /// Only of a finding of an earlier run that this run neither found nor proved mended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub past: Option<Box<Past>>,
    /// The sentence for papers: what is wrong, as an office says it. Empty in results of earlier versions.
    #[serde(default)]
    pub problem: String,
}

impl Finding {
    /// True if this run found it and no waiver covers it.
    pub fn stands(&self) -> bool {
        !self.waived && self.state != State::Fixed && self.past.is_none()
    }

    /// The department responsible: people's word in the list before the ledgers'.
    pub fn department(&self) -> Option<&str> {
        let entered = self.rectification.cell(Column::Department);
        let named = entered.or(self.subject.department.as_deref());
        named.filter(|name| !name.trim().is_empty())
    }

    /// True if an earlier run found it and this run could not tell whether it is mended.
    pub fn is_unproven(&self) -> bool {
        !self.waived && self.past.is_some()
    }
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// Ledger id.
    pub ledger: String,
    /// Record key.
    pub key: String,
    /// Department responsible, named as the register names it; null if the data do not tell.
    pub department: Option<String>,
    /// Person responsible, by name; null if the data do not tell.
    pub person: Option<String>,
}

/// One cell that decided, or the place where something was looked for and not found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Path relative to the workspace; null where the evidence is that a ledger has no such record.
    pub file: Option<String>,
    /// Sheet.
    pub sheet: Option<String>,
    /// Row as Excel shows it, or line.
    pub row: Option<u32>,
    /// Column letter.
    pub column: Option<String>,
    /// Field id, or the ledger id in which something was looked for.
    pub field: String,
    /// The cell as it stands in the file; for something absent, what was looked for.
    pub value: String,
    /// What states the value, if not the record's own cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What somebody commented on the cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What states a value that the record's own cell does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A cell above the table.
    Title,
    /// The sheet's name.
    Sheet,
    /// The file's or its folder's name.
    File,
    /// A row that heads a group of records.
    Section,
    /// Another value of the same record.
    Derived,
    /// Nothing: it is taken to be so unless something says otherwise.
    Assumed,
}

/// Reward or penalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProposalKind {
    /// 奖.
    Reward,
    /// 惩.
    Penalty,
}

/// A proposal; the competent authority decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Reward or penalty.
    pub kind: ProposalKind,
    /// Whom it concerns.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// Source clauses.
    pub basis: Vec<String>,
    /// Lightest measure of the band; the suggested award for a reward.
    pub from: String,
    /// Heaviest measure of the band; empty for a reward.
    pub to: String,
    /// Circumstances that make it heavier (or lighter), and what is missing for a decision.
    pub aggravating: Vec<String>,
    /// The cells that decided.
    pub evidence: Vec<Evidence>,
    /// Category of the person (核心涉密人员 …), where the register tells it.
    #[serde(default)]
    pub category: Option<String>,
    /// What was decided already: measures or awards; empty if nothing was.
    #[serde(default)]
    pub decided: String,
    /// Who decided.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// When.
    #[serde(default)]
    pub decided_on: Option<Day>,
}

/// Comparison with an earlier run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FollowUp {
    /// Path of the baseline; empty without one.
    pub baseline: String,
    /// New findings.
    pub new: u32,
    /// Still open.
    pub open: u32,
    /// Fixed.
    pub fixed: u32,
    /// Back again.
    pub reopened: u32,
    /// Besides the open ones: not found by this run, and not proven mended.
    #[serde(default)]
    pub unproven: u32,
    /// Marked as mended by people, but still found.
    #[serde(default)]
    pub claimed: u32,
    /// Not found any more, but never signed off.
    #[serde(default)]
    pub unsigned: u32,
    /// Overdue, own items included.
    #[serde(default)]
    pub overdue: u32,
    /// Lists read so far, by hash.
    #[serde(default)]
    pub lists: Vec<ListRead>,
    /// Items that people added to the list.
    #[serde(default)]
    pub own: Vec<OwnItem>,
    /// Rows that fit no finding.
    #[serde(default)]
    pub unmatched: Vec<Unmatched>,
}

/// A diagnostic in `results.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiagnosticRecord {
    /// `error`, `warning` or `note`.
    pub severity: crate::diag::Severity,
    /// Kind.
    pub code: String,
    /// What.
    pub message: String,
    /// File.
    pub file: Option<String>,
    /// Line.
    pub line: Option<u32>,
    /// Column.
    pub column: Option<u32>,
    /// Sheet.
    pub sheet: Option<String>,
    /// Cell.
    pub cell: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl From<&crate::diag::Diagnostic> for DiagnosticRecord {
    fn from(diagnostic: &crate::diag::Diagnostic) -> Self {
        let locus = diagnostic.locus.clone();
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code.name().to_owned(),
            message: diagnostic.message.clone(),
            file: locus.file,
            line: locus.line,
            column: locus.column,
            sheet: locus.sheet,
            cell: locus.cell,
            hint: diagnostic.hint.clone(),
        }
    }
}
