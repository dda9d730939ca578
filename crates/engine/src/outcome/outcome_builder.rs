//! Collects what the clauses of one control say of each subject, and makes the outcome of it.

use super::{Outcome, Suggestion, Unanswered, Undecided, Violation};
use crate::context::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::{SubjectRef, fingerprint};
use crate::explanation::{Explanation, UnknownReason, extend, reasons, words};
use crate::outcome::decided::{Decided, Singles};
use crate::row_set::RowSet;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{schema::LedgerId, verdict::Verdict};
use zicha_rule::pack::Compiled;

/// What all clauses say of one subject.
#[derive(Debug, Default)]
struct Entry {
    failed: Option<Explanation>,
    doubt: Option<UnknownReason>,
}

/// The results of a control while its clauses are judged.
#[derive(Debug, Default)]
pub(crate) struct OutcomeBuilder {
    /// Records in order so far.
    passed: BTreeMap<LedgerId, RowSet>,
    /// Whoever is not, and subjects that are no records.
    entries: BTreeMap<SubjectRef, Entry>,
    /// Records that packs leave out.
    passed_over: BTreeMap<LedgerId, RowSet>,
    /// Keys of groups that turned out to have one member: evidence that a duplicate is gone.
    proven: BTreeSet<(LedgerId, String)>,
    /// The same for rows found by columns.
    singles: Vec<Singles>,
    suggestions: Vec<(LedgerId, u32, Explanation)>,
    unanswered: BTreeSet<Unanswered>,
    missing: BTreeSet<LedgerId>,
    reasons: Vec<String>,
    /// Coverage was decided for the whole time asked for.
    every_stretch: bool,
    /// Something that concerns no single subject could not be told.
    open: bool,
}

impl OutcomeBuilder {
    /// The subject is in order so far.
    pub(crate) fn pass(&mut self, who: SubjectRef) {
        match who {
            SubjectRef::Row(ledger, row) => self.passed.entry(ledger).or_default().insert(row),
            who => {
                self.entries.entry(who).or_default();
            }
        }
    }

    /// These records are in order so far.
    pub(crate) fn pass_all(&mut self, ledger: LedgerId, rows: RowSet) {
        if !rows.is_empty() {
            self.passed.entry(ledger).or_default().add(&rows);
        }
    }

    /// The record is meant, but packs leave it out.
    pub(crate) fn pass_over(&mut self, ledger: LedgerId, row: u32) {
        self.passed_over.entry(ledger).or_default().insert(row);
    }

    /// A key that several records could share has one.
    pub(crate) fn prove(&mut self, ledger: LedgerId, key: String) {
        self.proven.insert((ledger, key));
    }

    /// These records are in order, and none of them shares a key with another.
    pub(crate) fn prove_all(&mut self, singles: Singles) {
        self.pass_all(singles.ledger, singles.rows.clone());
        self.singles.push(singles);
    }

    /// The subject violates a clause.
    pub(crate) fn fail(&mut self, who: SubjectRef, explanation: Explanation) {
        let failed = &mut self.entries.entry(who).or_default().failed;
        failed.get_or_insert_default().join(explanation);
    }

    /// The subject could not be decided.
    pub(crate) fn undecided(&mut self, who: SubjectRef, doubt: UnknownReason) {
        self.missing.extend(doubt.missing.iter().copied());
        let entry = self.entries.entry(who).or_default();
        entry.doubt.get_or_insert_default().join(doubt);
    }

    /// Coverage was decided: a gap that is not among the findings is closed.
    pub(crate) fn every_stretch(&mut self) {
        self.every_stretch = true;
    }

    /// A whole clause could not be judged.
    pub(crate) fn leave_open(&mut self, doubt: UnknownReason) {
        self.open = true;
        self.missing.extend(doubt.missing);
        extend(&mut self.reasons, doubt.reasons);
    }

    /// A remark on why it ended so.
    pub(crate) fn remark(&mut self, reason: String) {
        extend(&mut self.reasons, vec![reason]);
    }

    /// A case for a proposal.
    pub(crate) fn suggest(&mut self, ledger: LedgerId, row: u32, explanation: Explanation) {
        self.pass(SubjectRef::Row(ledger, row));
        self.suggestions.push((ledger, row, explanation));
    }

    /// A question without an answer.
    pub(crate) fn unanswered(&mut self, unanswered: Unanswered) {
        self.unanswered.insert(unanswered);
    }

    /// The violations found so far.
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&SubjectRef, &Explanation)> {
        let entries = self.entries.iter();
        entries.filter_map(|(who, entry)| Some((who, entry.failed.as_ref()?)))
    }

    fn verdict(&self) -> Verdict {
        let any = |of: fn(&Entry) -> bool| self.entries.values().any(of);
        if any(|entry| entry.failed.is_some()) {
            Verdict::Fail
        } else if self.open || any(|entry| entry.doubt.is_some()) {
            Verdict::Unknown
        } else if !self.unanswered.is_empty() {
            Verdict::NotChecked
        } else if !self.entries.is_empty() || !self.passed.is_empty() {
            Verdict::Pass
        } else {
            Verdict::NotApplicable
        }
    }

    /// The outcome, in an order that depends on nothing but the records' keys.
    pub(crate) fn outcome(
        self,
        index: usize,
        compiled: &Compiled,
        context: &EvalContext<'_>,
    ) -> Outcome {
        let mut outcome = Outcome {
            control: index,
            verdict: self.verdict(),
            reasons: self.reasons,
            subjects: 0,
            violations: Vec::new(),
            undecided: Vec::new(),
            decided: Decided::default(),
            suggestions: suggestions(self.suggestions, context),
            unanswered: self.unanswered.into_iter().collect(),
            passed_over: self.passed_over.values().map(|r| r.len() as u32).sum(),
            missing_ledgers: self
                .missing
                .iter()
                .map(|&ledger| context.schemas().ledger(ledger).id.clone())
                .collect(),
        };
        if outcome.verdict != Verdict::NotApplicable {
            outcome
                .reasons
                .retain(|reason| reason != reasons::DOES_NOT_APPLY);
        } else if outcome.reasons.is_empty() {
            outcome.reasons.push(match outcome.passed_over {
                0 => reasons::NO_SUBJECT.to_owned(),
                records => reasons::all_passed_over(records),
            });
        }
        for (ledger, key) in self.proven {
            let ledger = context.schemas().ledger(ledger).id.clone();
            outcome.decided.add((ledger, key));
        }
        outcome.decided.add_singles(self.singles);
        if self.every_stretch {
            let (ledger, _) = context.identity(&SubjectRef::Unit);
            let every = crate::EVERY_STRETCH.to_owned();
            outcome.decided.add((ledger, every));
        }
        let mut settlement = Settlement {
            compiled,
            context,
            rows: self.passed,
            outcome,
        };
        for (id, (who, entry)) in merged(self.entries, context) {
            settlement.settle(id, &who, entry);
        }
        settlement.finish()
    }
}

/// Subjects of different clauses that are the same record become one.
fn merged(
    entries: BTreeMap<SubjectRef, Entry>,
    context: &EvalContext<'_>,
) -> BTreeMap<(String, String), (SubjectRef, Entry)> {
    let mut merged: BTreeMap<(String, String), (SubjectRef, Entry)> = BTreeMap::new();
    for (who, entry) in entries {
        let (ledger, key) = context.identity(&who);
        match merged.get_mut(&(ledger.clone(), key.clone())) {
            None => {
                merged.insert((ledger, key), (who, entry));
            }
            Some((_, known)) => {
                if let Some(explanation) = entry.failed {
                    known.failed.get_or_insert_default().join(explanation);
                }
                if let Some(doubt) = entry.doubt {
                    known.doubt.get_or_insert_default().join(doubt);
                }
            }
        }
    }
    merged
}

/// An outcome in the making.
struct Settlement<'w> {
    compiled: &'w Compiled,
    context: &'w EvalContext<'w>,
    /// Records decided.
    rows: BTreeMap<LedgerId, RowSet>,
    outcome: Outcome,
}

impl Settlement<'_> {
    /// Makes a violation or an undecided subject of an entry, and notes whether it was decided.
    fn settle(&mut self, id: (String, String), who: &SubjectRef, entry: Entry) {
        let is_open = entry.failed.is_none() && entry.doubt.is_some();
        if let Some(explanation) = entry.failed {
            let violation = violation(who, explanation, self.compiled, self.context);
            self.outcome.violations.push(violation);
        } else if let Some(doubt) = entry.doubt {
            self.outcome.undecided.push(Undecided {
                subject: self.context.subject(who),
                reason: doubt.reasons.join(words::ALSO),
                evidence: self.context.all_evidence(&doubt.evidence),
            });
        }
        match (who, is_open) {
            (SubjectRef::Row(ledger, row), false) => {
                self.rows.entry(*ledger).or_default().insert(*row)
            }
            (SubjectRef::Row(ledger, row), true) => {
                self.rows.entry(*ledger).or_default().remove(*row);
                self.outcome.subjects += 1;
            }
            (_, true) => self.outcome.subjects += 1,
            (_, false) => {
                self.outcome.decided.add(id);
                self.outcome.subjects += 1;
            }
        }
    }

    /// The outcome with all that was decided.
    fn finish(mut self) -> Outcome {
        for (ledger, rows) in self.rows {
            self.outcome.subjects += rows.len() as u32;
            self.outcome.decided.add_rows(ledger, rows);
        }
        self.outcome
    }
}

fn violation(
    who: &SubjectRef,
    mut explanation: Explanation,
    compiled: &Compiled,
    context: &EvalContext<'_>,
) -> Violation {
    let subject = context.subject(who);
    if let SubjectRef::Row(ledger, row) | SubjectRef::Group(ledger, _, row) = who {
        let own =
            |p: &EvidenceRef| matches!(p, EvidenceRef::Cell(l, r, _) if l == ledger && r == row);
        if !explanation.evidence.iter().any(own) {
            extend(&mut explanation.evidence, context.key_cells(*ledger, *row));
        }
    }
    let actual = explanation.actual.join(words::ALSO);
    Violation {
        fingerprint: fingerprint(&compiled.control.id, &subject.ledger, &subject.key),
        message: words::message(
            &context.who_for_people(who),
            &actual,
            &compiled.control.title,
        ),
        problem: context.problem_sentence(&compiled.control, who, &explanation),
        expected: explanation.expected.join(words::ALSO),
        actual,
        evidence: context.all_evidence(&explanation.evidence),
        subject,
    }
}

fn suggestions(
    found: Vec<(LedgerId, u32, Explanation)>,
    context: &EvalContext<'_>,
) -> Vec<Suggestion> {
    let mut suggestions: Vec<_> = found
        .into_iter()
        .map(|(ledger, row, explanation)| Suggestion {
            subject: context.subject(&SubjectRef::Row(ledger, row)),
            row,
            evidence: context.all_evidence(&explanation.evidence),
        })
        .collect();
    suggestions.sort_by(|a, b| (&a.subject, a.row).cmp(&(&b.subject, b.row)));
    suggestions
}
