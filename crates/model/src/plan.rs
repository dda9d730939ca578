//! What a run is to do: the day it stands on, the checklists and their periods, the festival.

use super::time::Day;
use serde::{Deserialize, Serialize};

/// One of the two checklists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checklist {
    /// The annual self-inspection (年度自查清单).
    Annual,
    /// The inspection before a holiday (节日检查清单).
    Festival,
}

impl Checklist {
    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Annual => "年度自查清单",
            Self::Festival => "节日检查清单",
        }
    }
}

/// A holiday before which the unit inspects itself (seed 001 十六).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FestivalKind {
    /// 春节.
    SpringFestival,
    /// 五一.
    MayDay,
    /// 国庆.
    NationalDay,
}

impl FestivalKind {
    /// All festivals in the order of the year.
    pub const ALL: [Self; 3] = [Self::SpringFestival, Self::MayDay, Self::NationalDay];

    /// Id in data, also the value id of enumeration `festival`.
    pub fn id(self) -> &'static str {
        match self {
            Self::SpringFestival => "spring_festival",
            Self::MayDay => "may_day",
            Self::NationalDay => "national_day",
        }
    }

    /// Spelling on the command line and in folder names.
    pub fn slug(self) -> &'static str {
        match self {
            Self::SpringFestival => "spring-festival",
            Self::MayDay => "may-day",
            Self::NationalDay => "national-day",
        }
    }

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::SpringFestival => "春节",
            Self::MayDay => "五一",
            Self::NationalDay => "国庆",
        }
    }
}

/// A festival of a certain year with its days off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Festival {
    /// Which one.
    pub kind: FestivalKind,
    /// First day off.
    pub start: Day,
    /// Last day off, included.
    pub end: Day,
    /// True if the days off of that year were not in the data and the statutory days stand in.
    pub statutory_only: bool,
}

/// First and last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
}

impl Period {
    /// True if the day lies in the period.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

/// What a run is to do. All dates of the program come from here: there is no other clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day the check stands on (检查基准日).
    pub as_of: Day,
    /// The year checked.
    pub year: i32,
    /// The annual checklist's period, if it runs.
    pub annual: Option<Period>,
    /// The festival checklist's period and festival, if it runs.
    pub festival: Option<(Period, Festival)>,
}

impl Plan {
    /// The checklists that run, annual first.
    pub fn checklists(&self) -> Vec<Checklist> {
        let annual = self.annual.map(|_| Checklist::Annual);
        let festival = self.festival.as_ref().map(|_| Checklist::Festival);
        annual.into_iter().chain(festival).collect()
    }

    /// `annual`, the festival's slug, or `all`: part of folder and file names.
    pub fn checklist_name(&self) -> &'static str {
        match (&self.annual, &self.festival) {
            (Some(_), Some(_)) => "all",
            (None, Some((_, festival))) => festival.kind.slug(),
            _ => "annual",
        }
    }

    /// The period whose records are subjects of a control of these checklists: the annual one if
    /// the control stands on a running annual checklist, else the festival's.
    pub fn period_for(&self, checklists: &[Checklist]) -> Option<Period> {
        let annual = self
            .annual
            .filter(|_| checklists.contains(&Checklist::Annual));
        let festival = self
            .festival
            .as_ref()
            .filter(|_| checklists.contains(&Checklist::Festival));
        annual.or(festival.map(|(period, _)| *period))
    }
}
