//! Days and moments as small integers, the form in which columns keep them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use std::fmt;

/// A calendar day: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a calendar date; `None` for a date that does not exist (2026-02-30).
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }

    /// Reads `2026-09-28`, the one spelling the command line and YAML settings use.
    pub fn parse(text: &str) -> Option<Self> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()
            .map(Self::from)
    }

    /// As a chrono date, for arithmetic. Saturates at the ends of chrono's range.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or(NaiveDate::MAX)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// `n` months later (earlier if negative); the 31st becomes the last day of a shorter month.
    #[must_use]
    pub fn add_months(self, n: i32) -> Self {
        let months = chrono::Months::new(n.unsigned_abs());
        let date = self.date();
        let moved = if n < 0 {
            date.checked_sub_months(months)
        } else {
            date.checked_add_months(months)
        };
        moved.map_or(self, Self::from)
    }

    /// `n` days later.
    #[must_use]
    pub fn add_days(self, n: i32) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// For people: `2026年9月28日`.
    pub fn chinese(self) -> String {
        let date = self.date();
        format!("{}年{}月{}日", date.year(), date.month(), date.day())
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("日期应写作 2026-09-28 的形式，而不是“{text}”"))
        })
    }
}

/// A moment to the minute, which remembers whether only its day was written. Stored in one word:
/// twice the minutes since 1970-01-01 00:00, plus one if the time of day was not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment(pub i32);

impl Moment {
    /// A moment with hour and minute known.
    pub fn at(day: Day, hour: u32, minute: u32) -> Self {
        Self((day.0 * 1440 + (hour * 60 + minute) as i32) * 2)
    }

    /// A moment of which only the day is known (compares as 00:00).
    pub fn day_only(day: Day) -> Self {
        Self(day.0 * 1440 * 2 + 1)
    }

    /// Seconds are dropped.
    pub fn from_datetime(at: NaiveDateTime) -> Self {
        Self::at(Day::from(at.date()), at.hour(), at.minute())
    }

    /// Minutes since 1970-01-01 00:00.
    pub fn minutes(self) -> i32 {
        self.0 >> 1
    }

    /// True if the time of day was not given.
    pub fn is_day_only(self) -> bool {
        self.0 & 1 == 1
    }

    /// The day it falls on.
    pub fn day(self) -> Day {
        Day(self.minutes().div_euclid(1440))
    }

    /// Minutes since midnight.
    pub fn minute_of_day(self) -> i32 {
        self.minutes().rem_euclid(1440)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day_only() {
            return self.day().fmt(f);
        }
        let minute = self.minute_of_day();
        write!(f, "{} {:02}:{:02}", self.day(), minute / 60, minute % 60)
    }
}
