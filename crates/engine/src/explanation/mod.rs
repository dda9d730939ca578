//! Why a subject fails or cannot be decided: what was expected, what was found, which cells decided.
//!
//! What enters: an [`Evaluator`] whose variables are bound to the subject, and a condition. What leaves: an
//! [`Explanation`] or an [`UnknownReason`]. Nothing here decides anything; a condition is evaluated again,
//! for the few subjects that are shown.
//!
//! `blame` finds the parts of a condition that fail and the cells they read; `unknown_reason` the parts that
//! cannot be told. Both speak through `phrase` (a condition as a sentence), `describe` (what an expression
//! is called) and `show` (values and records). `words` and `reasons` hold the Chinese text.

pub(crate) mod blame;
pub(crate) mod describe;
mod fault;
pub(crate) mod fault_words;
pub(crate) mod phrase;
mod problem_sentence;
pub(crate) mod reasons;
pub(crate) mod show;
pub(crate) mod unknown_reason;
pub(crate) mod words;

use crate::context::evidence_ref::EvidenceRef;
use crate::rows::{Bound, Evaluator};
use crate::value::Why;
use zicha_model::schema::LedgerId;
use zicha_rule::ir::Slot;

/// Combinations of one subject, and causes of one doubt, that are explained one by one.
pub(crate) const EXPLAINED: usize = 10;

/// Explains conditions for the records that an evaluator has bound.
pub(crate) struct Explainer<'e, 'a> {
    pub(crate) eval: &'e mut Evaluator<'a>,
    /// Variables whose fields are named without their ledger.
    homes: Vec<Slot>,
}

impl<'e, 'a> Explainer<'e, 'a> {
    /// Names fields of the subject's variable without their ledger.
    pub(crate) fn new(eval: &'e mut Evaluator<'a>, home: Option<Slot>) -> Self {
        let homes = home.into_iter().collect();
        Self { eval, homes }
    }

    /// While `f` runs, fields of the variable are named without their ledger.
    pub(crate) fn at_home<T>(&mut self, slot: Slot, f: impl FnOnce(&mut Self) -> T) -> T {
        self.homes.push(slot);
        let result = f(self);
        self.homes.pop();
        result
    }

    /// True if fields of the variable are named without their ledger.
    fn is_home(&self, slot: Slot) -> bool {
        self.homes.contains(&slot)
    }

    /// True if a record of the ledger is the one that is spoken of.
    fn is_home_ledger(&self, ledger: LedgerId) -> bool {
        let is_row =
            |slot: &Slot| matches!(self.eval.bound(*slot), Bound::Row(l, _) if *l == ledger);
        self.homes.iter().any(is_row)
    }
}

/// Why a subject fails.
#[derive(Clone, Debug, Default)]
pub(crate) struct Explanation {
    pub(crate) expected: Vec<String>,
    pub(crate) actual: Vec<String>,
    /// What is wrong as an office says it, a phrase a failing part.
    pub(crate) faults: Vec<String>,
    pub(crate) evidence: Vec<EvidenceRef>,
}

impl Explanation {
    /// True if all that stands against the record is that the unit's rules forbid the matter.
    fn is_forbidden(&self) -> bool {
        self.actual.iter().all(|actual| actual == words::FORBIDDEN)
    }

    /// Joins the explanation of another clause or combination.
    pub(crate) fn join(&mut self, other: Self) {
        extend(&mut self.expected, other.expected);
        extend(&mut self.actual, other.actual);
        extend(&mut self.faults, other.faults);
        extend(&mut self.evidence, other.evidence);
    }
}

/// Appends what is not yet there.
pub(crate) fn extend<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// Why a subject could not be decided.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnknownReason<'a> {
    pub(crate) reasons: Vec<String>,
    pub(crate) evidence: Vec<EvidenceRef>,
    /// The ledgers whose absence is the reason.
    pub(crate) missing: Vec<LedgerId>,
    /// The causes, each of its own record.
    pub(crate) whys: Vec<Why<'a>>,
}

impl UnknownReason<'_> {
    /// Joins the doubt of another clause or combination.
    pub(crate) fn join(&mut self, other: Self) {
        if self.reasons.len() >= EXPLAINED {
            return;
        }
        extend(&mut self.reasons, other.reasons);
        extend(&mut self.evidence, other.evidence);
        extend(&mut self.missing, other.missing);
        extend(&mut self.whys, other.whys);
    }
}
