//! The score in `results.json`, step by step, and the departments compared by it.

use serde::{Deserialize, Serialize};

/// The score with every step.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Score {
    /// Model id.
    pub model: String,
    /// Points reached, as evidenced.
    pub points: f64,
    /// Points of the items that apply.
    pub of: f64,
    /// 100 × points ÷ of.
    pub percent: f64,
    /// Grade.
    pub grade: String,
    /// Veto items that strike.
    pub vetoes: Vec<String>,
    /// How it came about, item by item.
    pub steps: Vec<ScoreStep>,
    /// Points if everything still open turned out in order.
    #[serde(default)]
    pub highest: f64,
    /// Grade in that case; a veto that strikes is not undone by it.
    #[serde(default)]
    pub highest_grade: String,
}

/// One item of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreStep {
    /// Item id.
    pub item: String,
    /// Item title.
    pub title: String,
    /// Points of the item; 0 if it does not apply.
    pub points: f64,
    /// True if the unit has the matter.
    pub applies: bool,
    /// Cases counted.
    pub cases: u32,
    /// Deducted before the cap.
    pub deduction: f64,
    /// Deducted after the cap at the item's points.
    pub deducted: f64,
    /// Controls of the item that were not checked or unknown.
    pub open: u32,
    /// Points withheld for them: their share of the item.
    pub withheld: f64,
    /// Points as evidenced.
    pub lowest: f64,
    /// Points if all open controls turned out in order.
    pub highest: f64,
    /// Explanation for people.
    pub note: String,
    /// The controls that cost points.
    #[serde(default)]
    pub parts: Vec<ScorePart>,
}

/// What one control cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScorePart {
    /// Control id.
    pub control: String,
    /// Cases.
    pub cases: u32,
    /// Points for each.
    pub per_case: f64,
    /// Cases × points for each, before the item's cap.
    pub deduction: f64,
}

/// A department compared with the others (检查评比).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DepartmentScore {
    /// Place; departments with the same percentage share it.
    pub rank: u32,
    /// Department.
    pub department: String,
    /// Findings that name it.
    pub cases: u32,
    /// Points deducted, each item at most its points.
    pub deducted: f64,
    /// Points left.
    pub points: f64,
    /// Points of the items that apply to the unit.
    pub of: f64,
    /// 100 × points ÷ of.
    pub percent: f64,
    /// Grade.
    pub grade: String,
}

/// A control's part in the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ControlScore {
    /// Points of the item.
    pub points: f64,
    /// Points deducted for this control.
    pub deducted: f64,
}
