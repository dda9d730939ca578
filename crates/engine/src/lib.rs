//! Runs compiled controls over the tables, in parallel, into verdicts and violations.
//!
//! What enters: a [`Catalogue`], a [`Dataset`], a [`Plan`]. What leaves: one [`Outcome`] for every
//! control of the checklists that run, in catalogue order, whatever the number of threads.

use rayon::prelude::*;
use std::collections::BTreeSet;
use world::World;
use zicha_model::{
    control::Scope,
    dataset::Dataset,
    plan::Plan,
    profile::Profile,
    results::{Evidence, Subject},
    schema::LedgerId,
    verdict::Verdict,
};
use zicha_rule::pack::Catalogue;

pub use decided::{Decided, EVERY_STRETCH};

mod attest;
mod batch;
mod binding;
mod clause;
mod columns;
mod compare;
mod control;
mod covered;
mod decided;
mod describe;
mod doubt;
mod eval;
pub mod examples;
mod explain;
mod function;
mod gather;
mod given;
mod groups;
mod hashed;
mod identity;
mod index;
mod integrity;
mod keys;
mod leaf;
mod node;
mod phrase;
mod probe;
mod query;
mod ranges;
mod reach;
mod reasons;
mod scalar;
mod scopes;
mod seek;
mod show;
mod sieve;
mod span;
mod tally;
mod truths;
mod unique;
mod value;
mod ways;
mod words;
mod world;

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
    /// Subjects decided as in order or failed: the proof that `fixed` needs.
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

/// Names the records of a dataset: for findings that no control raises, such as unreadable cells.
pub struct Subjects<'a>(World<'a>);

impl<'a> Subjects<'a> {
    /// Looks at the registers once.
    pub fn new(
        catalogue: &'a Catalogue,
        dataset: &'a Dataset,
        plan: &'a Plan,
        profile: &'a Profile,
    ) -> Self {
        Self(World::new(catalogue, dataset, plan, profile))
    }

    /// The record with its key, department and person.
    pub fn of(&self, ledger: LedgerId, row: u32) -> Subject {
        self.0.subject(&identity::Who::Row(ledger, row))
    }

    /// Whom on-site questions of a scope are about, as an answer names them; `None` for the whole
    /// unit and where the register has no rows.
    pub fn in_scope(&self, scope: Scope) -> Option<Vec<String>> {
        scopes::in_scope(&self.0, scope)
    }

    /// The key of a record.
    pub fn key(&self, ledger: LedgerId, row: u32) -> String {
        self.0.key(ledger, row)
    }

    /// True if a record of the ledger has this key.
    pub fn has(&self, ledger: LedgerId, key: &str) -> bool {
        self.0.row_of(ledger, key).is_some()
    }
}

/// An on-site question without an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unanswered {
    /// Scope of the missing answer in words: 全单位, a department's or site's name.
    pub scope: String,
    /// The question.
    pub question: String,
}

/// Judges every control of the plan's checklists.
pub fn run(
    catalogue: &Catalogue,
    dataset: &Dataset,
    plan: &Plan,
    profile: &Profile,
) -> Vec<Outcome> {
    run_counted(catalogue, dataset, plan, profile).0
}

/// The same with the number of rows and conditions looked at, which grows with the data, never with
/// its square.
pub fn run_counted(
    catalogue: &Catalogue,
    dataset: &Dataset,
    plan: &Plan,
    profile: &Profile,
) -> (Vec<Outcome>, u64) {
    judge_all(&World::new(catalogue, dataset, plan, profile))
}

/// Judges every record by itself. Slow; what is judged by columns must come to the same.
pub fn run_one_by_one(
    catalogue: &Catalogue,
    dataset: &Dataset,
    plan: &Plan,
    profile: &Profile,
) -> Vec<Outcome> {
    let mut world = World::new(catalogue, dataset, plan, profile);
    world.one_by_one = true;
    judge_all(&world).0
}

fn judge_all(world: &World<'_>) -> (Vec<Outcome>, u64) {
    let (catalogue, plan) = (world.catalogue, world.plan);
    let running = plan.checklists();
    let chosen: Vec<usize> = (0..catalogue.controls.len())
        .filter(|&index| {
            let own = &catalogue.controls[index].control.checklists;
            own.iter().any(|checklist| running.contains(checklist))
        })
        .collect();
    let tallies = in_parallel(chosen.len(), |at| {
        control::judge(world, &catalogue.controls[chosen[at]])
    });
    let outcomes = control::finish(world, &chosen, tallies);
    let work = world.work();
    (outcomes, work)
}

/// Does so many pieces of work on all processors; the results come in their order.
fn in_parallel<T: Send>(pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..pieces).into_par_iter().map(work).collect()
}
