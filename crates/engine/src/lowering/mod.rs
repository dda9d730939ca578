//! Expressions of the rule language → predicates, numbers and joins over columns.
//!
//! What enters: an expression, and an [`Evaluator`](crate::rows::Evaluator) for the parts of it that are the
//! same for every row. What leaves: a [`Predicate`](crate::columnar::Predicate). `lower_predicate` lowers
//! conditions, `lower_expr` what they compare, `join_plan` look-ups into other ledgers; `each_record` what no
//! kernel is written for.

mod each_record;
pub(crate) mod join_plan;
pub(crate) mod lower_expr;
pub(crate) mod lower_predicate;
