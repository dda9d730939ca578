//! What falls due when, as `checklists/due_dates.yaml` has it.

use serde::Deserialize;
use std::collections::BTreeMap;
use zicha_embedded as embedded;

/// Where the rules stand.
const FILE: &str = "checklists/due_dates.yaml";

/// Field → ids of the values that count; of a truth value 是 or 否.
pub(super) type Condition = BTreeMap<String, Vec<String>>;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    /// How many months ahead are told.
    pub(super) months: i32,
    /// Fields that are terms, but nothing to be done (`ledger.field`).
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a test holds the terms of the ledgers against it")
    )]
    pub(super) not_due: Vec<String>,
    pub(super) records: Vec<RecordRule>,
    pub(super) minima: Vec<Minimum>,
    pub(super) festivals: Vec<BeforeFestival>,
}

/// A record falls due on a day of its own, or so long after another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordRule {
    pub(super) matter: String,
    pub(super) ledger: String,
    /// The field that states the day.
    pub(super) on: Option<String>,
    /// The latest of these, if no field states it.
    #[serde(default)]
    pub(super) since: Vec<String>,
    pub(super) plus: Option<Plus>,
    /// Happens by itself: what is past is not told.
    #[serde(default)]
    pub(super) event: bool,
    /// Done as soon as one of these has a value.
    #[serde(default)]
    pub(super) done: Vec<String>,
    #[serde(default)]
    pub(super) only: Condition,
    /// What the staff register says of the person.
    #[serde(default)]
    pub(super) holders: Condition,
    /// Of the records that agree in these fields only the latest counts.
    pub(super) latest_by: Option<Vec<String>>,
    /// The fields that name the matter.
    pub(super) item: Vec<String>,
}

/// A stretch of time: a parameter (`$name`) or a field of the record.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plus {
    pub(super) days: Option<String>,
    pub(super) months: Option<String>,
    pub(super) years: Option<String>,
    /// The field whose value picks the number, where the parameter has several.
    pub(super) by: Option<String>,
}

/// So many records a year, of the unit or of each person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Minimum {
    pub(super) matter: String,
    pub(super) ledger: String,
    pub(super) on: String,
    /// The list of persons whom a record counts for.
    pub(super) persons: Option<String>,
    pub(super) at_least: String,
    #[serde(default)]
    pub(super) holders: Condition,
}

/// A record before each holiday.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BeforeFestival {
    pub(super) matter: String,
    pub(super) ledger: String,
    pub(super) on: String,
    pub(super) festival: String,
    #[serde(default)]
    pub(super) only: Condition,
    /// Days before the holiday in which it counts.
    pub(super) lead: String,
}

/// The rules; the reason if the built-in file is broken, which a test keeps from happening.
pub(super) fn load() -> Result<Rules, String> {
    let text = embedded::text(FILE).unwrap_or_default();
    serde_yaml::from_str(text).map_err(|error| format!("{FILE}：{error}"))
}
