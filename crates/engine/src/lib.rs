//! Runs compiled controls over the tables, in parallel, into verdicts and violations.
//!
//! What enters: a [`Catalogue`], a [`Dataset`], a [`Plan`]. What leaves: one [`Outcome`] for every
//! control of the checklists that run, in catalogue order, whatever the number of threads.

mod columnar;
mod context;
pub mod examples;
mod explanation;
mod indexes;
mod judge;
mod lowering;
mod order;
mod outcome;
mod row_set;
mod rows;
mod value;

pub use outcome::decided::{Decided, EVERY_STRETCH};
pub use outcome::{
    CellRuns, Outcome, Suggestion, Unanswered, Undecided, UndecidedCause, Violation,
};

use context::{EvalContext, question_scopes, subject};
use judge::controls;
use rayon::prelude::*;
use zicha_model::{
    control::Scope, dataset::Dataset, plan::Plan, profile::Profile, results::Subject,
    schema::LedgerId,
};
use zicha_rule::pack::Catalogue;

/// Violations that a run describes; beyond them they are counted.
pub const VIOLATIONS: usize = 200_000;

/// Names the records of a dataset: for findings that no control raises, such as unreadable cells.
pub struct Subjects<'a>(EvalContext<'a>);

impl<'a> Subjects<'a> {
    /// Looks at the registers once.
    pub fn new(
        catalogue: &'a Catalogue,
        dataset: &'a Dataset,
        plan: &'a Plan,
        profile: &'a Profile,
    ) -> Self {
        Self(EvalContext::new(catalogue, dataset, plan, profile))
    }

    /// The record with its key, department and person.
    pub fn of(&self, ledger: LedgerId, row: u32) -> Subject {
        self.0.subject(&subject::SubjectRef::Row(ledger, row))
    }

    /// Whom on-site questions of a scope are about, as an answer names them; `None` for the whole
    /// unit and where the register has no rows.
    pub fn in_scope(&self, scope: Scope) -> Option<Vec<String>> {
        question_scopes::in_scope(&self.0, scope)
    }

    /// The key of a record.
    pub fn key(&self, ledger: LedgerId, row: u32) -> String {
        self.0.key(ledger, row)
    }

    /// True if a record of the ledger has this key.
    pub fn has(&self, ledger: LedgerId, key: &str) -> bool {
        self.row(ledger, key).is_some()
    }

    /// The row of the record with this key.
    pub fn row(&self, ledger: LedgerId, key: &str) -> Option<u32> {
        self.0.row_of(ledger, key)
    }
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
    judge_all(&EvalContext::new(catalogue, dataset, plan, profile))
}

/// Judges every record by itself. Slow; what is judged by columns must come to the same.
pub fn run_one_by_one(
    catalogue: &Catalogue,
    dataset: &Dataset,
    plan: &Plan,
    profile: &Profile,
) -> Vec<Outcome> {
    let mut context = EvalContext::new(catalogue, dataset, plan, profile);
    context.one_by_one = true;
    judge_all(&context).0
}

fn judge_all(context: &EvalContext<'_>) -> (Vec<Outcome>, u64) {
    let (catalogue, plan) = (context.catalogue, context.plan);
    let running = plan.checklists();
    let chosen: Vec<usize> = (0..catalogue.controls.len())
        .filter(|&index| {
            let own = &catalogue.controls[index].control.checklists;
            own.iter().any(|checklist| running.contains(checklist))
        })
        .collect();
    let builders = in_parallel(chosen.len(), |at| {
        controls::judge(context, &catalogue.controls[chosen[at]])
    });
    let outcomes = controls::finish(context, &chosen, builders, VIOLATIONS);
    let work = context.work();
    (outcomes, work)
}

/// Does so many pieces of work on all processors; the results come in their order.
fn in_parallel<T: Send>(pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..pieces).into_par_iter().map(work).collect()
}
