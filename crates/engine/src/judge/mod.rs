//! Judges controls.
//!
//! What enters: a compiled control and the [`EvalContext`](crate::context::EvalContext). What leaves: an
//! [`OutcomeBuilder`](crate::outcome::outcome_builder::OutcomeBuilder) that has heard of every subject.
//! `controls` judges a control clause by clause; `clauses` decides a clause, `eligibility` who its subjects
//! are, `columnar_filter` most of them by columns; `duplicates`, `coverage` and `integrity` judge clauses
//! about many records at once, `on_site_answers` what people answered.

pub(crate) mod clauses;
pub(crate) mod columnar_filter;
pub(crate) mod controls;
pub(crate) mod coverage;
pub(crate) mod duplicates;
pub(crate) mod eligibility;
pub(crate) mod integrity;
pub(crate) mod on_site_answers;
