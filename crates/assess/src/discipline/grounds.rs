//! What proposals rest on, as `checklists/discipline/proposals.yaml` has it.

use serde::Deserialize;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};

/// What proposals rest on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grounds {
    pub(super) bands: Vec<Band>,
    /// Unit kinds whose staff the bands of public servants apply to.
    pub(super) band_unit_types: Vec<String>,
    pub(super) aggravating: Vec<Circumstance>,
    pub(super) judicial: Judicial,
    pub(super) others: Vec<Other>,
    /// Duties about incidents whose neglect calls for a measure.
    pub(super) incidents: Vec<IncidentDuty>,
    pub(super) rewards: Vec<Reward>,
    pub(super) default_award: String,
    /// Said with every proposal of an enterprise.
    pub(super) enterprise_note: String,
}

/// What late or concealed reports call for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IncidentDuty {
    /// The control whose violation shows it.
    pub(super) control: String,
    pub(super) text: String,
    /// Gravity, which gives the measures.
    pub(super) gravity: String,
    /// Gravity if the report was concealed.
    pub(super) concealed: String,
    pub(super) basis: Vec<String>,
}

/// The band for leaking a secret of a level.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Band {
    pub(super) level: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) basis: Vec<String>,
    pub(super) note: Option<String>,
}

/// A truth-value field of the case that weighs it heavier.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Circumstance {
    pub(super) field: String,
    pub(super) text: String,
    pub(super) basis: String,
}

/// What a suspected crime calls for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Judicial {
    pub(super) measure: String,
    pub(super) text: String,
    pub(super) basis: Vec<String>,
}

/// Measures for violations that are no leak, by gravity.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Other {
    pub(super) gravity: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) enterprise_to: Option<String>,
    pub(super) basis: Vec<String>,
}

/// The clauses of a reward condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reward {
    pub(super) condition: String,
    pub(super) basis: Vec<String>,
}

/// Reads the grounds' YAML.
pub(crate) fn parse(file: &str, text: &str) -> Result<Grounds, Diagnostic> {
    serde_yaml::from_str(text).map_err(|error| {
        Diagnostic::new(
            codes::DISCIPLINE_DATA,
            format!("奖惩依据无法识读：{error}"),
            Locus::file(file),
        )
    })
}
