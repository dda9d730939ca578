//! What follows from the verdicts: waivers, comparison with the baseline, score, proposals.
//!
//! What enters: outcomes of [`crate::check`]. What leaves: [`Assessment`], all that reports show.

use crate::check::Outcome;
use crate::diag::Diagnostic;
use crate::model::{
    dataset::Dataset,
    plan::Plan,
    profile::{Profile, Waiver},
    results::Results,
};
use crate::rule::pack::Catalogue;

/// Everything a run knows once it is judged.
pub struct Input<'a> {
    /// What was checked against.
    pub catalogue: &'a Catalogue,
    /// What was read.
    pub dataset: &'a Dataset,
    /// What was to be done.
    pub plan: &'a Plan,
    /// The unit's profile.
    pub profile: &'a Profile,
    /// The unit's waivers.
    pub waivers: &'a [Waiver],
    /// How the controls ended.
    pub outcomes: Vec<Outcome>,
    /// Problems noticed so far (profile, packs, reading).
    pub diagnostics: Vec<Diagnostic>,
    /// An earlier run to compare with, and its path.
    pub baseline: Option<(String, Results)>,
}

/// What the reports show.
pub struct Assessment<'a> {
    /// The content of `results.json`.
    pub results: Results,
    /// The outcomes (undecided subjects, unanswered questions, reasons), waivers applied.
    pub outcomes: Vec<Outcome>,
    /// What was checked against: titles, requirements, parameters with their origin.
    pub catalogue: &'a Catalogue,
    /// What was read, for the basic figures.
    pub dataset: &'a Dataset,
    /// What was to be done.
    pub plan: &'a Plan,
    /// Letterhead, addressee, marking.
    pub profile: &'a Profile,
    /// All diagnostics, settled.
    pub diagnostics: Vec<Diagnostic>,
}

/// Applies waivers and baseline, computes score and proposals, and puts everything in order.
pub fn assess(_input: Input<'_>) -> Assessment<'_> {
    unimplemented!("assess helper")
}
