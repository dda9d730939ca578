//! Results of the controls → points of every item, decided, lost and open; the result and its grade.
//!
//! What is not known is never a point reached and never a point lost: it is open, and the result has a
//! least and a most. Points are fixed-point numbers throughout.

mod facts;
mod item;
mod present;

pub use facts::Facts;
pub use item::{ItemScore, WayScore, WayState};
pub use present::{Presence, Source as PresenceSource};

use crate::standard::{Nature, Standard};
use zicha_model::points::Points;

/// In the place of a grade where too few points are decided.
pub const NOT_GRADED: &str = "暂不评定";

/// The points of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reckoned {
    /// One entry an item, in order.
    pub items: Vec<ItemScore>,
    /// Points of the items that count.
    pub of: Points,
    /// Points lost for sure.
    pub lost: Points,
    /// Points that nobody can tell yet.
    pub open: Points,
    /// Points reached in the worst case: everything open turns out a fault.
    pub lowest: Points,
    /// Points reached in the best case.
    pub highest: Points,
    /// Items that decide alone and did.
    pub vetoes: Vec<String>,
    /// Items that decide alone and are not answered yet.
    pub open_vetoes: Vec<String>,
    /// The grade, or [`NOT_GRADED`].
    pub grade: String,
    /// The grade in the worst case.
    pub lowest_grade: String,
    /// The grade in the best case.
    pub highest_grade: String,
    /// What is missing for a grade, one line each.
    pub missing: Vec<String>,
}

impl Reckoned {
    /// Per cent reached in the worst case.
    pub fn percent(&self) -> Points {
        self.lowest.percent_of(self.of)
    }

    /// Points decided, reached or lost.
    pub fn decided(&self) -> Points {
        self.of.less(self.open)
    }
}

/// Reckons the points of every item and the result.
pub fn reckon(standard: &Standard, facts: &Facts<'_>) -> Reckoned {
    let items: Vec<ItemScore> = standard
        .items
        .iter()
        .map(|item| item::score(standard, item, facts))
        .collect();
    let mut reckoned = Reckoned {
        of: items
            .iter()
            .filter(|score| score.counts)
            .map(|score| score.points)
            .sum(),
        items,
        ..Reckoned::default()
    };
    sum_up(standard, &mut reckoned);
    decide(standard, &mut reckoned);
    reckoned
}

/// What items with points lose of their own; what the others cost is taken from the total.
fn sum_up(standard: &Standard, reckoned: &mut Reckoned) {
    let pairs = || standard.items.iter().zip(&reckoned.items);
    let lost: Points = pairs().map(|(_, score)| score.lost).sum();
    let open: Points = pairs().map(|(_, score)| score.open).sum();
    let vetoes = pairs().filter(|(item, score)| item.nature.decides_alone() && score.strikes());
    let open_vetoes =
        pairs().filter(|(item, score)| item.nature.decides_alone() && score.is_open());
    let vetoes: Vec<String> = vetoes.map(|(item, _)| named(item)).collect();
    let open_vetoes: Vec<String> = open_vetoes.map(|(item, _)| named(item)).collect();
    reckoned.lost = lost.min(reckoned.of);
    reckoned.highest = reckoned.of.less(lost);
    reckoned.lowest = reckoned.highest.less(open);
    reckoned.open = reckoned.highest - reckoned.lowest;
    reckoned.vetoes = vetoes;
    reckoned.open_vetoes = open_vetoes;
}

fn named(item: &crate::standard::Item) -> String {
    format!("第{}项 {}", item.number, item.text)
}

/// The grade, if enough is decided.
fn decide(standard: &Standard, reckoned: &mut Reckoned) {
    let grade = |points: Points, struck: bool| {
        let reached = if struck {
            standard.grades.last()
        } else {
            standard.grade(points.percent_of(reckoned.of))
        };
        reached.map(|grade| grade.label.clone()).unwrap_or_default()
    };
    let struck = !reckoned.vetoes.is_empty();
    let lowest = grade(reckoned.lowest, struck || !reckoned.open_vetoes.is_empty());
    let highest = grade(reckoned.highest, struck);
    let missing = missing(standard, reckoned);
    // Where nothing open could change the grade it stands, whatever the share.
    let sure =
        !lowest.is_empty() && lowest == highest && unclear(standard, reckoned).next().is_none();
    reckoned.grade = match () {
        () if !reckoned.of.is_positive() || standard.grades.is_empty() => NOT_GRADED.to_owned(),
        () if struck => lowest.clone(),
        () if sure || missing.is_empty() => lowest.clone(),
        () => NOT_GRADED.to_owned(),
    };
    reckoned.missing = missing;
    reckoned.lowest_grade = lowest;
    reckoned.highest_grade = highest;
}

/// Items without points of their own that nobody can reckon: what they cost is not understood.
fn unclear<'a>(standard: &'a Standard, reckoned: &'a Reckoned) -> impl Iterator<Item = &'a str> {
    let pairs = standard.items.iter().zip(&reckoned.items);
    let unclear =
        pairs.filter(|(item, score)| item.nature == Nature::Heavy && !score.reason.is_empty());
    unclear.map(|(item, _)| item.number.as_str())
}

/// Open items named where a grade is missing; the table has all of them.
const NAMED: usize = 10;

/// What stands in the way of a grade.
fn missing(standard: &Standard, reckoned: &Reckoned) -> Vec<String> {
    let mut missing = Vec::new();
    if standard.grades.is_empty() {
        missing.push("评分表没有等次的界线".to_owned());
    }
    for title in &reckoned.open_vetoes {
        missing.push(format!("{title}：还没有答复，一经发生即决定结果"));
    }
    for number in unclear(standard, reckoned) {
        missing.push(format!("第{number}项：扣分办法没有读懂"));
    }
    let share = reckoned.decided().percent_of(reckoned.of);
    if share < standard.decided_at_least {
        let open = standard.items.iter().zip(&reckoned.items);
        let open: Vec<_> = open
            .filter(|(item, score)| score.open.is_positive() && item.nature != Nature::Veto)
            .collect();
        let named = open
            .iter()
            .take(NAMED)
            .map(|(item, _)| item.number.as_str());
        let named = named.collect::<Vec<_>>().join("、");
        let more = if open.len() > NAMED { "等" } else { "" };
        let points: Points = open.iter().map(|(_, score)| score.open).sum();
        missing.push(format!(
            "已判定的分值占{share}%，不足{}%，未定的有第{named}项{more}，共{}项、{points}分",
            standard.decided_at_least,
            open.len(),
        ));
    }
    missing
}
