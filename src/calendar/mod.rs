//! Festivals, days off and periods: turns the command line's wishes into a [`Plan`].
use crate::diag::Diagnostic;
use crate::model::{
    plan::{FestivalKind, Period, Plan},
    profile::Profile,
    time::Day,
};

/// What the user asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day the run stands on.
    pub as_of: Day,
    /// Run the annual checklist.
    pub annual: bool,
    /// Run the festival checklist.
    pub festival: bool,
    /// A named festival; the next one after `as_of` if absent.
    pub festival_kind: Option<FestivalKind>,
    /// The year; that of `as_of` if absent.
    pub year: Option<i32>,
    /// Overrides the period that the checklist implies.
    pub period: Option<Period>,
}

/// Works out periods and festival. Notes tell where statutory days stand in for missing data.
pub fn plan(_request: &Request, _profile: &Profile) -> (Plan, Vec<Diagnostic>) {
    unimplemented!("assess helper")
}
