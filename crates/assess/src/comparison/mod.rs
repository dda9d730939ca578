//! This run held against the ones before it.
//!
//! What enters: the run's findings and outcomes, the baseline. What leaves: each finding's state
//! and the counts ([`compare`]); what the standard of the two runs has in common; a run's line in the
//! history ([`past_run`]).

mod follow_up;
mod look;
pub(super) mod past_run;
mod unproven;

pub(super) use follow_up::{changed_standard, compare};
