//! Rows grouped and ordered by key, for joins and look-ups.
//!
//! `key_hash` numbers the keys, `key_groups` keeps the rows of every key side by side, `interval_index` puts
//! the rows of a group in an order in which an interval finds its neighbours.

pub(crate) mod interval_index;
pub(crate) mod key_groups;
pub(crate) mod key_hash;
