//! What a control came to.
//!
//! `outcome_builder` collects what the clauses say of each subject and makes an [`Outcome`] of it;
//! `causes` what leaves them open, `decided` which subjects were decided, a bit each.

pub(crate) mod causes;
pub(crate) mod decided;
pub(crate) mod outcome_builder;

use crate::context::subjects::Subjects;
use crate::outcome::decided::{Decided, EVERY_STRETCH};
use std::collections::BTreeSet;
use zicha_model::{
    results::{CauseKind, Evidence, Subject},
    verdict::Verdict,
};

/// How one control ended, before waivers, baseline and score.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Index in [`zicha_rule::pack::Catalogue::controls`].
    pub control: usize,
    /// How it ended.
    pub verdict: Verdict,
    /// Why, where it is not plain from the findings: ledger not provided, no subject, disabled
    /// because …, not yet due.
    pub reasons: Vec<String>,
    /// Distinct subjects judged.
    pub subjects: u32,
    /// Violations, one a subject, up to [`crate::VIOLATIONS`] in a run.
    pub violations: Vec<Violation>,
    /// Records that violate it beyond those.
    pub unlisted: u32,
    /// What leaves subjects undecided, by cause. A subject may have several causes.
    pub undecided: Vec<UndecidedCause>,
    /// Distinct subjects that could not be decided.
    pub undecided_subjects: u32,
    /// Subjects decided as in order or failed: the evidence that `fixed` needs.
    pub decided: Decided,
    /// Cases for reward or penalty proposals (clauses ending in `suggest`).
    pub suggestions: Vec<Suggestion>,
    /// On-site answers still missing.
    pub unanswered: Vec<Unanswered>,
    /// Records that a pack's narrowing left out though the control means them.
    pub passed_over: u32,
    /// Ledgers (ids) it needs that were not provided or are empty without being allowed to.
    pub missing_ledgers: BTreeSet<String>,
    /// Ledger and key of undecided subjects that are no records.
    pub open_keys: BTreeSet<(String, String)>,
}

impl Outcome {
    /// Nothing judged yet of a control.
    pub fn new(control: usize) -> Self {
        Self {
            control,
            verdict: Verdict::NotSelected,
            reasons: Vec::new(),
            subjects: 0,
            violations: Vec::new(),
            unlisted: 0,
            undecided: Vec::new(),
            undecided_subjects: 0,
            decided: Decided::default(),
            suggestions: Vec::new(),
            unanswered: Vec::new(),
            passed_over: 0,
            missing_ledgers: BTreeSet::new(),
            open_keys: BTreeSet::new(),
        }
    }

    /// True if the control decided this very subject: without a finding of it, it is in order.
    pub fn has_decided(&self, subjects: &Subjects<'_>, ledger: &str, key: &str) -> bool {
        let has = |key: &str| self.decided.contains(&subjects.0, ledger, key);
        let id = || (ledger.to_owned(), key.to_owned());
        has(key) || has(EVERY_STRETCH) && !self.open_keys.contains(&id())
    }

    /// The undecided subjects that are kept as examples, each once.
    pub fn examples(&self) -> Vec<&Undecided> {
        let mut seen = BTreeSet::new();
        let all = self.undecided.iter().flat_map(|cause| &cause.examples);
        all.filter(|example| seen.insert(&example.subject))
            .collect()
    }
}

/// What leaves subjects of a control undecided.
#[derive(Clone, Debug)]
pub struct UndecidedCause {
    /// Why.
    pub cause: CauseKind,
    /// Id of the ledger concerned; empty if none is.
    pub ledger: String,
    /// Id of the field concerned; empty if none is.
    pub field: String,
    /// Why, in words that name no record.
    pub reason: String,
    /// Subjects that it leaves undecided; 0 where the whole control hangs on it.
    pub records: u32,
    /// Where the cells to blame stand.
    pub places: Vec<CellRuns>,
    /// A few of the subjects.
    pub examples: Vec<Undecided>,
}

/// Cells of one column of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellRuns {
    /// File.
    pub file: String,
    /// Sheet, if the file has any.
    pub sheet: Option<String>,
    /// Column letter, if the file has any.
    pub column: Option<String>,
    /// First and last row of each run, up to a hundred.
    pub runs: Vec<(u32, u32)>,
    /// Rows in all.
    pub rows: u32,
}

/// A subject that violates a control.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Control + ledger + key.
    pub fingerprint: String,
    /// Whom it concerns.
    pub subject: Subject,
    /// One sentence: what is wrong.
    pub message: String,
    /// What was expected, in plain Chinese.
    pub expected: String,
    /// What was found, in plain Chinese.
    pub actual: String,
    /// The cells that decided.
    pub evidence: Vec<Evidence>,
    /// The sentence for papers: what is wrong, as an office says it.
    pub problem: String,
}

/// A subject that could not be decided.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// Whom it concerns.
    pub subject: Subject,
    /// Why: which cell is empty or unreadable, which ledger is absent.
    pub reason: String,
    /// The cells that were needed.
    pub evidence: Vec<Evidence>,
}

/// A case for a proposal: a record that a `suggest` clause selected.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The record.
    pub subject: Subject,
    /// Row of the record in its ledger's table.
    pub row: u32,
    /// The cells that decided.
    pub evidence: Vec<Evidence>,
}

/// An on-site question without an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unanswered {
    /// Scope of the missing answer in words: 全单位, a department's or site's name.
    pub scope: String,
    /// The question.
    pub question: String,
}
