//! When a festival is: the days off as published, else the statutory days.

use icu_calendar::{Date, types::Month};
use serde::Deserialize;
use std::collections::BTreeMap;
use zicha_model::{
    plan::{Festival, FestivalKind},
    profile::Profile,
    time::Day,
};

/// Where the published days off stand among the built-in texts.
const PUBLISHED: &str = "checklists/calendar/holidays.yaml";

/// The days off of one year as published.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i32,
    #[expect(dead_code, reason = "for those who read the data")]
    source: String,
    days_off: BTreeMap<String, (Day, Day)>,
}

/// The days off that are known: the unit's own entries first, then the built-in ones.
pub(super) struct DaysOff {
    known: BTreeMap<(i32, String), (Day, Day)>,
}

impl DaysOff {
    /// The built-in data, extended and corrected by the profile.
    pub(super) fn new(profile: &Profile) -> Self {
        let text = zicha_embedded::text(PUBLISHED).unwrap_or_default();
        let years: Vec<Year> = serde_yaml::from_str(text).unwrap_or_default();
        let built_in = years.into_iter().map(|y| (y.year, y.days_off));
        let own = profile.holidays.clone().into_iter();
        let known = built_in
            .chain(own)
            .flat_map(|(year, days)| days.into_iter().map(move |(kind, off)| ((year, kind), off)))
            .collect();
        Self { known }
    }

    /// The festival of a year; `None` outside the years that the lunar calendar is known for.
    pub(super) fn festival(&self, kind: FestivalKind, year: i32) -> Option<Festival> {
        let published = self.known.get(&(year, kind.id().to_owned())).copied();
        let (start, end) = match published {
            Some(days) => days,
            None => statutory(kind, year)?,
        };
        Some(Festival {
            kind,
            start,
            end,
            statutory_only: published.is_none(),
        })
    }
}

/// The statutory days. Since 2025 New Year's Eve by the lunar calendar and 2 May belong to them
/// (State Council decree 795); from 2008 to 2013 the eve took the place of the third day.
fn statutory(kind: FestivalKind, year: i32) -> Option<(Day, Day)> {
    match kind {
        FestivalKind::SpringFestival => {
            let first = lunar_new_year(year)?;
            let (before, after) = match year {
                2025.. => (1, 2),
                2008..=2013 => (1, 1),
                _ => (0, 2),
            };
            Some((first.add_days(-before), first.add_days(after)))
        }
        FestivalKind::MayDay => {
            let last = if year >= 2025 { 2 } else { 1 };
            Some((Day::of(year, 5, 1)?, Day::of(year, 5, last)?))
        }
        FestivalKind::NationalDay => Some((Day::of(year, 10, 1)?, Day::of(year, 10, 3)?)),
    }
}

/// The first day of the lunar year that begins in a calendar year (农历正月初一).
pub(super) fn lunar_new_year(year: i32) -> Option<Day> {
    // Beyond these years astronomers themselves only approximate.
    const KNOWN: std::ops::RangeInclusive<i32> = 1901..=2100;
    const EPOCH: i64 = 719_163;
    if !KNOWN.contains(&year) {
        return None;
    }
    let date = Date::try_new_chinese_traditional(year, Month::new(1), 1).ok()?;
    let days = date.to_rata_die().to_i64_date() - EPOCH;
    i32::try_from(days).ok().map(Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a date")
    }

    #[test]
    fn lunar_new_years_fall_on_the_known_days() {
        let known = [
            (2020, "2020-01-25"),
            (2023, "2023-01-22"),
            (2026, "2026-02-17"),
            (2027, "2027-02-06"),
            (2033, "2033-01-31"),
        ];
        for (year, text) in known {
            assert_eq!(lunar_new_year(year), Some(day(text)));
        }
        assert_eq!(lunar_new_year(2500), None);
    }

    #[test]
    fn every_published_holiday_is_read_and_covers_the_statutory_days() {
        let days_off = DaysOff::new(&Profile::default());
        assert_eq!(days_off.known.len(), 7 * 3);
        for year in 2020..=2026 {
            for kind in FestivalKind::ALL {
                let festival = days_off.festival(kind, year).expect("known");
                let (first, last) = statutory(kind, year).expect("known");
                assert!(!festival.statutory_only);
                assert!(
                    festival.start <= first && last <= festival.end,
                    "{festival:?}"
                );
                assert_eq!(festival.end.year(), year);
            }
        }
    }

    #[test]
    fn statutory_days_follow_the_law_of_their_year() {
        let spring = |year| statutory(FestivalKind::SpringFestival, year);
        assert_eq!(spring(2027), Some((day("2027-02-05"), day("2027-02-08"))));
        assert_eq!(spring(2019), Some((day("2019-02-05"), day("2019-02-07"))));
        let may = |year| statutory(FestivalKind::MayDay, year);
        assert_eq!(may(2027), Some((day("2027-05-01"), day("2027-05-02"))));
        assert_eq!(may(2019), Some((day("2019-05-01"), day("2019-05-01"))));
    }
}
