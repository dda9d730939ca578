//! What points rest on.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::results::ControlResult;

/// What the points rest on.
pub struct Facts<'a> {
    /// Results by control id.
    pub controls: BTreeMap<&'a str, &'a ControlResult>,
    /// Ledgers that the unit declares to have no matter for.
    pub not_kept: BTreeSet<&'a str>,
    /// Ledgers with records.
    pub kept: BTreeSet<&'a str>,
}
