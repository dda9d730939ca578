//! Three-valued predicates and expressions over whole columns.
//!
//! What enters: a [`Predicate`] and a batch of records, each a row for every variable bound so far. What
//! leaves: a truth for every record, a byte each. `column` and `batch` hold the records, `predicate` the types;
//! `column_expr` evaluates numbers, `hash_join` look-ups into other ledgers, `kernels` predicates. `causes` tells of
//! records that a predicate leaves unknown which cells are to blame.

pub(crate) mod batch;
pub(crate) mod causes;
mod column;
pub(crate) mod column_expr;
pub(crate) mod hash_join;
pub(crate) mod kernels;
mod predicate;

pub(crate) use column::{Column, column};
pub(crate) use predicate::{
    ColumnExpr, Edge, HashJoin, Nearby, Predicate, RecordPredicate, all, any,
};
