//! The score in `results.json`, step by step, and the departments compared by it.

use crate::points::Points;
use serde::{Deserialize, Serialize};

/// The score with every step.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Score {
    /// Model id.
    pub model: String,
    /// Points reached, as evidenced.
    pub points: Points,
    /// Points of the items that apply.
    pub of: Points,
    /// 100 × points ÷ of.
    pub percent: Points,
    /// Grade.
    pub grade: String,
    /// Veto items that strike.
    pub vetoes: Vec<String>,
    /// How it came about, item by item.
    pub steps: Vec<ScoreStep>,
    /// Points if everything still open turned out in order.
    #[serde(default)]
    pub highest: Points,
    /// Grade in that case; a veto that strikes is not undone by it.
    #[serde(default)]
    pub highest_grade: String,
    /// Points of the items as far as they are decided, whether reached or lost.
    #[serde(default)]
    pub decided: Points,
    /// Points lost for what was found.
    #[serde(default)]
    pub lost: Points,
    /// Points that nobody can tell yet: their matters are not checked or not decidable.
    #[serde(default)]
    pub open: Points,
    /// Grade if everything still open turned out a fault.
    #[serde(default)]
    pub lowest_grade: String,
}

/// One item of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreStep {
    /// Item id.
    pub item: String,
    /// Item title.
    pub title: String,
    /// Points of the item; 0 if it does not apply.
    pub points: Points,
    /// True if the unit has the matter.
    pub applies: bool,
    /// Cases counted.
    pub cases: u32,
    /// Deducted before the cap.
    pub deduction: Points,
    /// Deducted after the cap at the item's points.
    pub deducted: Points,
    /// Controls of the item that were not checked or unknown.
    pub open: u32,
    /// Points withheld for them: their share of the item.
    pub withheld: Points,
    /// Points as evidenced.
    pub lowest: Points,
    /// Points if all open controls turned out in order.
    pub highest: Points,
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
    pub per_case: Points,
    /// Cases × points for each, before the item's cap.
    pub deduction: Points,
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
    pub deducted: Points,
    /// Points left.
    pub points: Points,
    /// Points of the items that apply to the unit.
    pub of: Points,
    /// 100 × points ÷ of.
    pub percent: Points,
    /// Grade.
    pub grade: String,
}

/// A control's part in the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ControlScore {
    /// Points of the item.
    pub points: Points,
    /// Points deducted for this control.
    pub deducted: Points,
}
