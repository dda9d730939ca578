//! Points of one item: every way to lose some, capped.

use super::facts::Facts;
use super::present::{self, Presence};
use crate::standard::{Item, Nature, Standard, Way};
use zicha_model::points::Points;
use zicha_model::verdict::Verdict;

/// How an item ended.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemScore {
    /// Whether the unit has the matter.
    pub presence: Presence,
    /// Its points are part of the total.
    pub counts: bool,
    /// Its points; 0 if it does not count or has none of its own.
    pub points: Points,
    /// Lost for sure, capped.
    pub lost: Points,
    /// Lost for sure before the cap.
    pub deducted: Points,
    /// Open, capped by what is left.
    pub open: Points,
    /// How its ways ended.
    pub ways: Vec<WayScore>,
    /// Why something is open, where no way says it.
    pub reason: String,
}

/// How a way to lose points ended.
#[derive(Clone, Debug, PartialEq)]
pub struct WayScore {
    /// Cases that count.
    pub cases: u32,
    /// Lost for sure.
    pub lost: Points,
    /// May be lost yet.
    pub open: Points,
    /// Whether it is decided.
    pub state: WayState,
    /// Where the form leaves a range: what the program would take.
    pub proposal: Option<Points>,
    /// The controls that found cases, with how many.
    pub found_by: Vec<(String, u32)>,
}

/// Whether a way is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayState {
    /// By results or by people.
    Decided,
    /// The form leaves a range to people.
    Range,
    /// Its controls are proposed only.
    Unconfirmed,
    /// A result or an answer is missing.
    Unknown,
}

impl WayState {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Decided => "",
            Self::Range => "扣分幅度待定",
            Self::Unconfirmed => "检查项待确认",
            Self::Unknown => "待核查",
        }
    }
}

impl ItemScore {
    /// Something is open.
    pub fn is_open(&self) -> bool {
        self.open.is_positive()
            || self
                .ways
                .iter()
                .any(|way| way.state == WayState::Unknown || way.state == WayState::Unconfirmed)
    }

    /// A case was found.
    pub fn strikes(&self) -> bool {
        self.ways
            .iter()
            .any(|way| way.cases > 0 && way.state != WayState::Unconfirmed)
    }

    /// Points reached in the worst case.
    pub fn lowest(&self) -> Points {
        self.points.less(self.lost + self.open)
    }

    /// Points reached in the best case.
    pub fn highest(&self) -> Points {
        self.points.less(self.lost)
    }
}

/// Reckons an item.
pub(super) fn score(standard: &Standard, item: &Item, facts: &Facts<'_>) -> ItemScore {
    let presence = present::presence(item, facts);
    let counts = presence.has || standard.absent_counts_full;
    let own = item.points.filter(|_| counts).unwrap_or_default();
    let mut score = ItemScore {
        counts,
        points: own,
        lost: Points::ZERO,
        deducted: Points::ZERO,
        open: Points::ZERO,
        ways: Vec::new(),
        reason: String::new(),
        presence,
    };
    if !score.presence.has {
        return score;
    }
    score.ways = item
        .ways
        .iter()
        .map(|way| self::way(item, way, facts))
        .collect();
    score.deducted = score.ways.iter().map(|way| way.lost).sum();
    let mut open: Points = score.ways.iter().map(|way| way.open).sum();
    if let Some(decided) = item.decided {
        score.deducted = decided;
        open = Points::ZERO;
    } else if item.nature == Nature::Scored && (!item.unread.is_empty() || item.ways.is_empty()) {
        open = own;
        score.reason = "评分方法没有读懂，由人评定".to_owned();
    }
    let unread = item.decided.is_none() && !item.unread.is_empty();
    if item.nature == Nature::Heavy && unread {
        score.reason = "扣分办法没有读懂，由人评定".to_owned();
    }
    match item.nature {
        Nature::Scored => {
            score.lost = score.deducted.min(own);
            score.open = open.min(own - score.lost);
        }
        Nature::Heavy => (score.lost, score.open) = (score.deducted, open),
        Nature::Veto | Nature::Basic => {}
    }
    score
}

fn way(item: &Item, way: &Way, facts: &Facts<'_>) -> WayScore {
    let mut tally = Tally::default();
    for id in way.told_by() {
        tally.add(id, facts);
    }
    let mut score = WayScore {
        cases: tally.cases,
        lost: Points::ZERO,
        open: Points::ZERO,
        state: WayState::Decided,
        proposal: None,
        found_by: tally.found_by.clone(),
    };
    let (least, most) = costs(item, way, tally.cases);
    if let Some(decided) = way.decided {
        score.lost = decided;
        return score;
    }
    if !way.is_settled() {
        score.state = WayState::Unconfirmed;
        score.open = room(item, way);
        score.proposal = (tally.cases > 0).then(|| proposed(least, most, tally.cases));
        return score;
    }
    score.lost = least;
    if most > least {
        score.state = WayState::Range;
        score.open = most - least;
        score.proposal = Some(proposed(least, most, tally.cases));
    }
    let more_could_come = tally.cases == 0 || !way.cost.per.is_empty();
    if tally.unknown && more_could_come {
        score.state = WayState::Unknown;
        score.open = room(item, way).less(score.lost);
    }
    score
}

/// What a number of cases costs: least and most.
fn costs(item: &Item, way: &Way, cases: u32) -> (Points, Points) {
    let times = if way.cost.per.is_empty() {
        cases.min(1)
    } else {
        cases
    };
    let each = |points: Points| {
        let points = if way.cost.whole {
            item.points.unwrap_or_default()
        } else {
            points
        };
        let all = points * times;
        way.cost.cap.map_or(all, |cap| all.min(cap))
    };
    (each(way.cost.least), each(way.cost.most))
}

/// The most that a way can still cost: nobody knows how many cases there are, so where each costs it is
/// all that the item has. What is taken from the total is counted as one case.
fn room(item: &Item, way: &Way) -> Points {
    let once = costs(item, way, 1).1;
    let all = match (item.nature, way.cost.per.is_empty()) {
        (Nature::Scored, false) => item.points.unwrap_or(once),
        _ => once,
    };
    way.cost.cap.map_or(all, |cap| all.min(cap))
}

/// Within a range: the least for one case, the middle for two, the most for three and more.
fn proposed(least: Points, most: Points, cases: u32) -> Points {
    match cases {
        0 | 1 => least,
        2 => (least + most).share(1, 2),
        _ => most,
    }
}

#[derive(Default)]
struct Tally {
    cases: u32,
    unknown: bool,
    found_by: Vec<(String, u32)>,
}

impl Tally {
    fn add(&mut self, id: &str, facts: &Facts<'_>) {
        let Some(result) = facts.controls.get(id) else {
            self.unknown = true;
            return;
        };
        match result.verdict {
            Verdict::Fail => {
                let cases = result.failed.max(1);
                self.cases += cases;
                self.unknown |= result.unknown > 0;
                self.found_by.push((id.to_owned(), cases));
            }
            Verdict::Unknown | Verdict::NotChecked | Verdict::NotSelected => self.unknown = true,
            Verdict::Pass | Verdict::NotApplicable | Verdict::Waived => {}
        }
    }
}
