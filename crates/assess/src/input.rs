//! What the assessment starts from.

use zicha_engine::Outcome;
use zicha_model::{
    dataset::Dataset,
    diag::Diagnostic,
    history::PastRun,
    plan::{Festival, Plan},
    profile::{Profile, Waiver},
    rectification::List,
    results::Results,
};
use zicha_rule::pack::Catalogue;
use zicha_scoring::own::OwnScoring;

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
    /// Earlier runs of the same checklist, the oldest first.
    pub history: Vec<PastRun>,
    /// Rectification lists found outside the folders that are read for ledgers.
    pub lists: Vec<List>,
    /// The results that lay in the output folder before this run.
    pub beside: Option<Results>,
    /// The holidays of the months to come, for what is due before them.
    pub festivals: &'a [Festival],
    /// The unit's own scoring model or score table.
    pub scoring: Option<OwnScoring>,
}

impl Input<'_> {
    /// The earlier results: beside the output first, then the baseline.
    pub(crate) fn earlier(&self) -> impl Iterator<Item = &Results> {
        let baseline = self.baseline.iter().map(|(_, results)| results);
        self.beside.iter().chain(baseline)
    }
}
