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
mod kleene;
mod lowering;
mod order;
mod outcome;
mod parallel;
mod row_set;
mod rows;
mod value;

pub use context::subjects::Subjects;
pub use outcome::decided::{Decided, EVERY_STRETCH};
pub use outcome::{
    CellRuns, Outcome, Suggestion, Unanswered, Undecided, UndecidedCause, Violation,
};

use context::EvalContext;
use judge::controls;
use parallel::in_parallel;
use zicha_model::{dataset::Dataset, plan::Plan, profile::Profile};
use zicha_rule::pack::Catalogue;

/// Violations that a run describes; beyond them they are counted.
pub const VIOLATIONS: usize = 200_000;

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
