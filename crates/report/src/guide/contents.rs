//! What a guide is made of.

use zicha_model::{profile::Profile, time::Day};
use zicha_rule::pack::Catalogue;

/// What a guide is made of.
pub struct Guide<'a> {
    /// Controls, ledgers, parameters in force, clauses.
    pub catalogue: &'a Catalogue,
    /// The unit, if it has a profile.
    pub profile: &'a Profile,
    /// The day printed on it.
    pub as_of: Day,
}
