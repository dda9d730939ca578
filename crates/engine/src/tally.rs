//! Collects what the clauses of one control say of each subject, and makes the outcome of it.

use super::decided::{Decided, Rows, Singles};
use super::doubt::Doubt;
use super::explain::{Account, extend};
use super::identity::{Who, fingerprint};
use super::world::World;
use super::{Outcome, Suggestion, Unanswered, Undecided, Violation, reasons, words};
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{schema::LedgerId, verdict::Verdict};
use zicha_rule::pack::Compiled;

/// What all clauses say of one subject.
#[derive(Debug, Default)]
struct Entry {
    failed: Option<Account>,
    doubt: Option<Doubt>,
}

/// The results of a control while its clauses are judged.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Records in order so far.
    passed: BTreeMap<LedgerId, Rows>,
    /// Whoever is not, and subjects that are no records.
    entries: BTreeMap<Who, Entry>,
    /// Records that packs leave out.
    passed_over: BTreeMap<LedgerId, Rows>,
    /// Keys of groups that turned out to have one member: proof that a duplicate is gone.
    proven: BTreeSet<(LedgerId, String)>,
    /// The same for rows found by columns.
    singles: Vec<Singles>,
    suggestions: Vec<(LedgerId, u32, Account)>,
    unanswered: BTreeSet<Unanswered>,
    missing: BTreeSet<LedgerId>,
    reasons: Vec<String>,
    /// Coverage was decided for the whole time asked for.
    every_stretch: bool,
    /// Something that concerns no single subject could not be told.
    open: bool,
}

impl Tally {
    /// The subject is in order so far.
    pub(super) fn pass(&mut self, who: Who) {
        match who {
            Who::Row(ledger, row) => self.passed.entry(ledger).or_default().insert(row),
            who => {
                self.entries.entry(who).or_default();
            }
        }
    }

    /// These records are in order so far.
    pub(super) fn pass_all(&mut self, ledger: LedgerId, rows: Rows) {
        if rows.len() > 0 {
            self.passed.entry(ledger).or_default().add(&rows);
        }
    }

    /// The record is meant, but packs leave it out.
    pub(super) fn pass_over(&mut self, ledger: LedgerId, row: u32) {
        self.passed_over.entry(ledger).or_default().insert(row);
    }

    /// A key that several records could share has one.
    pub(super) fn prove(&mut self, ledger: LedgerId, key: String) {
        self.proven.insert((ledger, key));
    }

    /// These records are in order, and none of them shares a key with another.
    pub(super) fn prove_all(&mut self, singles: Singles) {
        self.pass_all(singles.ledger, singles.rows.clone());
        self.singles.push(singles);
    }

    /// The subject violates a clause.
    pub(super) fn fail(&mut self, who: Who, account: Account) {
        let failed = &mut self.entries.entry(who).or_default().failed;
        failed.get_or_insert_default().join(account);
    }

    /// The subject could not be decided.
    pub(super) fn doubt(&mut self, who: Who, doubt: Doubt) {
        self.missing.extend(doubt.missing.iter().copied());
        let entry = self.entries.entry(who).or_default();
        entry.doubt.get_or_insert_default().join(doubt);
    }

    /// Coverage was decided: a gap that is not among the findings is closed.
    pub(super) fn every_stretch(&mut self) {
        self.every_stretch = true;
    }

    /// A whole clause could not be judged.
    pub(super) fn leave_open(&mut self, doubt: Doubt) {
        self.open = true;
        self.missing.extend(doubt.missing);
        extend(&mut self.reasons, doubt.reasons);
    }

    /// A remark on why it ended so.
    pub(super) fn remark(&mut self, reason: String) {
        extend(&mut self.reasons, vec![reason]);
    }

    /// A case for a proposal.
    pub(super) fn suggest(&mut self, ledger: LedgerId, row: u32, account: Account) {
        self.pass(Who::Row(ledger, row));
        self.suggestions.push((ledger, row, account));
    }

    /// A question without an answer.
    pub(super) fn unanswered(&mut self, unanswered: Unanswered) {
        self.unanswered.insert(unanswered);
    }

    /// The violations found so far.
    pub(super) fn failures(&self) -> impl Iterator<Item = (&Who, &Account)> {
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
    pub(super) fn outcome(self, index: usize, compiled: &Compiled, world: &World<'_>) -> Outcome {
        let mut outcome = Outcome {
            control: index,
            verdict: self.verdict(),
            reasons: self.reasons,
            subjects: 0,
            violations: Vec::new(),
            undecided: Vec::new(),
            decided: Decided::default(),
            suggestions: suggestions(self.suggestions, world),
            unanswered: self.unanswered.into_iter().collect(),
            passed_over: self.passed_over.values().map(|r| r.len() as u32).sum(),
            missing_ledgers: self
                .missing
                .iter()
                .map(|&ledger| world.schemas().ledger(ledger).id.clone())
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
            let ledger = world.schemas().ledger(ledger).id.clone();
            outcome.decided.add((ledger, key));
        }
        outcome.decided.add_singles(self.singles);
        if self.every_stretch {
            let (ledger, _) = world.identity(&Who::Unit);
            let every = super::EVERY_STRETCH.to_owned();
            outcome.decided.add((ledger, every));
        }
        let mut settlement = Settlement {
            compiled,
            world,
            rows: self.passed,
            outcome,
        };
        for (id, (who, entry)) in merged(self.entries, world) {
            settlement.settle(id, &who, entry);
        }
        settlement.finish()
    }
}

/// Subjects of different clauses that are the same record become one.
fn merged(
    entries: BTreeMap<Who, Entry>,
    world: &World<'_>,
) -> BTreeMap<(String, String), (Who, Entry)> {
    let mut merged: BTreeMap<(String, String), (Who, Entry)> = BTreeMap::new();
    for (who, entry) in entries {
        let (ledger, key) = world.identity(&who);
        match merged.get_mut(&(ledger.clone(), key.clone())) {
            None => {
                merged.insert((ledger, key), (who, entry));
            }
            Some((_, known)) => {
                if let Some(account) = entry.failed {
                    known.failed.get_or_insert_default().join(account);
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
    world: &'w World<'w>,
    /// Records decided.
    rows: BTreeMap<LedgerId, Rows>,
    outcome: Outcome,
}

impl Settlement<'_> {
    /// Makes a violation or an undecided subject of an entry, and notes whether it was decided.
    fn settle(&mut self, id: (String, String), who: &Who, entry: Entry) {
        let is_open = entry.failed.is_none() && entry.doubt.is_some();
        if let Some(account) = entry.failed {
            let violation = violation(who, account, self.compiled, self.world);
            self.outcome.violations.push(violation);
        } else if let Some(doubt) = entry.doubt {
            self.outcome.undecided.push(Undecided {
                subject: self.world.subject(who),
                reason: doubt.reasons.join(words::ALSO),
                evidence: self.world.all_evidence(&doubt.proof),
            });
        }
        match (who, is_open) {
            (Who::Row(ledger, row), false) => self.rows.entry(*ledger).or_default().insert(*row),
            (Who::Row(ledger, row), true) => {
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

fn violation(who: &Who, mut account: Account, compiled: &Compiled, world: &World<'_>) -> Violation {
    let subject = world.subject(who);
    if let Who::Row(ledger, row) | Who::Group(ledger, _, row) = who {
        use super::explain::Proof;
        let own = |p: &Proof| matches!(p, Proof::Cell(l, r, _) if l == ledger && r == row);
        if !account.proof.iter().any(own) {
            extend(&mut account.proof, world.key_cells(*ledger, *row));
        }
    }
    let actual = account.actual.join(words::ALSO);
    Violation {
        fingerprint: fingerprint(&compiled.control.id, &subject.ledger, &subject.key),
        message: words::message(&world.who_for_people(who), &actual, &compiled.control.title),
        expected: account.expected.join(words::ALSO),
        actual,
        evidence: world.all_evidence(&account.proof),
        subject,
    }
}

fn suggestions(found: Vec<(LedgerId, u32, Account)>, world: &World<'_>) -> Vec<Suggestion> {
    let mut suggestions: Vec<_> = found
        .into_iter()
        .map(|(ledger, row, account)| Suggestion {
            subject: world.subject(&Who::Row(ledger, row)),
            row,
            evidence: world.all_evidence(&account.proof),
        })
        .collect();
    suggestions.sort_by(|a, b| (&a.subject, a.row).cmp(&(&b.subject, b.row)));
    suggestions
}
