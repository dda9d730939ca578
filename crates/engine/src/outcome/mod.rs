//! What a control came to.
//!
//! `outcome_builder` collects what the clauses say of each subject and makes an [`Outcome`] of it;
//! `decided` keeps which subjects were decided, a bit each.

pub(crate) mod decided;
pub(crate) mod outcome_builder;

use crate::Subjects;
use crate::outcome::decided::{Decided, EVERY_STRETCH};
use std::collections::BTreeSet;
use zicha_model::{
    results::{Evidence, Subject},
    verdict::Verdict,
};

/// How one control ended, before waivers, baseline and score.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Index in [`Catalogue::controls`].
    pub control: usize,
    /// How it ended.
    pub verdict: Verdict,
    /// Why, where it is not plain from the findings: ledger not provided, no subject, disabled
    /// because …, not yet due.
    pub reasons: Vec<String>,
    /// Distinct subjects judged.
    pub subjects: u32,
    /// Violations, one a subject.
    pub violations: Vec<Violation>,
    /// Subjects that could not be decided.
    pub undecided: Vec<Undecided>,
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
}

impl Outcome {
    /// True if the control decided this very subject: without a finding of it, it is in order.
    pub fn has_decided(&self, subjects: &Subjects<'_>, ledger: &str, key: &str) -> bool {
        let has = |key: &str| self.decided.contains(&subjects.0, ledger, key);
        let is_open = |u: &Undecided| u.subject.ledger == ledger && u.subject.key == key;
        has(key) || has(EVERY_STRETCH) && !self.undecided.iter().any(is_open)
    }
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
