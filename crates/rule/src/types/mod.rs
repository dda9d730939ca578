//! Clauses → typed clauses ([`crate::ir`]).
//!
//! [`resolve`] gives variables their slots and names their ledgers and fields ([`scope`], [`names`]),
//! [`infer`], [`operators`] and [`calls`] type the expressions, [`join_keys`] splits filters into
//! equalities that a hash can answer and the rest.

pub(crate) mod calls;
pub(crate) mod infer;
pub(crate) mod join_keys;
pub(crate) mod names;
pub(crate) mod operators;
pub(crate) mod options;
pub(crate) mod resolve;
pub(crate) mod scope;
pub(crate) mod type_messages;
