//! Festivals, days off and periods: turns the command line's wishes into a [`Plan`].

mod festival;

use festival::DaysOff;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    plan::{Festival, FestivalKind, Period, Plan},
    profile::Profile,
    time::Day,
};

/// What the user asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day the run stands on.
    pub as_of: Day,
    /// Run the annual checklist.
    pub annual: bool,
    /// Run the festival checklist.
    pub festival: bool,
    /// A named festival; the next one after `as_of` if absent.
    pub festival_kind: Option<FestivalKind>,
    /// The year; that of `as_of` if absent.
    pub year: Option<i32>,
    /// Overrides the period that the checklist implies.
    pub period: Option<Period>,
}

/// Works out periods and festival. Notes tell where statutory days stand in for missing data.
pub fn plan(request: &Request, profile: &Profile) -> (Plan, Vec<Diagnostic>) {
    let mut told = Vec::new();
    let year = request.year.unwrap_or_else(|| request.as_of.year());
    let chosen = request
        .festival
        .then(|| choose(request, &DaysOff::new(profile)));
    let festival = match chosen {
        Some(None) => {
            told.push(unknown_festival(year));
            None
        }
        Some(Some(festival)) => Some((festival_period(request, &festival), festival)),
        None => None,
    };
    if let Some((_, festival)) = &festival {
        told.extend(remarks(request, festival));
    }
    if request.annual && year > request.as_of.year() {
        told.push(future_year(request.as_of, year));
    }
    let plan = Plan {
        as_of: request.as_of,
        year,
        annual: request.annual.then(|| annual_period(request, year)),
        festival,
    };
    (plan, told)
}

/// The holidays whose first day off lies after `from`, up to `until`, in order.
pub fn festivals(from: Day, until: Day, profile: &Profile) -> Vec<Festival> {
    let days_off = DaysOff::new(profile);
    let mut found: Vec<_> = (from.year()..=until.year())
        .flat_map(|year| FestivalKind::ALL.map(|kind| (kind, year)))
        .filter_map(|(kind, year)| days_off.festival(kind, year))
        .filter(|festival| from < festival.start && festival.start <= until)
        .collect();
    found.sort_by_key(|festival| festival.start);
    found
}

/// The calendar year, unless the user said otherwise.
fn annual_period(request: &Request, year: i32) -> Period {
    request.period.unwrap_or(Period {
        from: Day::of(year, 1, 1).unwrap_or(request.as_of),
        to: Day::of(year, 12, 31).unwrap_or(request.as_of),
    })
}

/// From the year's first day to the last day off, unless the user said otherwise.
fn festival_period(request: &Request, festival: &Festival) -> Period {
    request.period.unwrap_or(Period {
        from: Day::of(festival.end.year(), 1, 1).unwrap_or(festival.start),
        to: festival.end,
    })
}

/// The festival: of the kinds asked for the first whose last day off is not yet past. With a year,
/// only that year's; where all of them are past, the last one.
fn choose(request: &Request, days_off: &DaysOff) -> Option<Festival> {
    let kinds = match request.festival_kind {
        Some(kind) => vec![kind],
        None => FestivalKind::ALL.to_vec(),
    };
    let years = match request.year {
        Some(year) => year..=year,
        None => request.as_of.year()..=request.as_of.year() + 1,
    };
    let mut festivals: Vec<_> = years
        .flat_map(|year| {
            let of_year = kinds.iter().map(move |&kind| (kind, year));
            of_year.filter_map(|(kind, year)| days_off.festival(kind, year))
        })
        .collect();
    let next = festivals.iter().position(|f| f.end >= request.as_of);
    match next {
        Some(next) => Some(festivals.swap_remove(next)),
        None => festivals.pop(),
    }
}

/// What the user should know about the festival that was chosen.
fn remarks(request: &Request, festival: &Festival) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let (year, label) = (festival.end.year(), festival.kind.label());
    let span = format!("{}至{}", festival.start.chinese(), festival.end.chinese());
    if festival.statutory_only {
        let message = format!("{year} 年{label}的放假调休安排未收录，按法定节假日{span}计算");
        let hint = "请按国务院办公厅当年公布的通知，在 zicha.yaml 的 holidays 中填写放假首日和末日";
        let told_ = Diagnostic::new(codes::HOLIDAY_STATUTORY, message, Locus::default());
        told.push(told_.with_hint(hint));
    }
    if festival.end < request.as_of {
        let as_of = request.as_of.chinese();
        let message = format!("{year} 年{label}假期（{span}）在检查基准日{as_of}之前，已经结束");
        let hint = "要检查下一个节日，请去掉 --year，或改写 --as-of";
        told.push(Diagnostic::new(codes::FESTIVAL_PAST, message, Locus::default()).with_hint(hint));
    }
    told
}

fn unknown_festival(year: i32) -> Diagnostic {
    let message = format!("{year} 年没有农历数据，无法推算春节，节日检查清单没有执行");
    Diagnostic::new(codes::FESTIVAL_UNKNOWN, message, Locus::default())
        .with_hint("请核对 --year 和 --as-of；农历数据收录 1901 至 2100 年")
}

fn future_year(as_of: Day, year: i32) -> Diagnostic {
    let message = format!(
        "检查年度 {year} 年晚于检查基准日{}，多数记录尚未发生",
        as_of.chinese()
    );
    Diagnostic::new(codes::YEAR_AHEAD, message, Locus::default())
        .with_hint("请核对 --year 和 --as-of")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a date")
    }

    fn request(as_of: &str) -> Request {
        Request {
            as_of: day(as_of),
            annual: true,
            festival: true,
            festival_kind: None,
            year: None,
            period: None,
        }
    }

    fn festival(request: &Request) -> (FestivalKind, Day, Day) {
        let (plan, _) = plan(request, &Profile::default());
        let (_, festival) = plan.festival.expect("a festival");
        (festival.kind, festival.start, festival.end)
    }

    #[test]
    fn the_next_festival_is_the_first_that_is_not_past() {
        use FestivalKind::{MayDay, NationalDay, SpringFestival};
        let expected = [
            ("2026-01-05", SpringFestival, "2026-02-15", "2026-02-23"),
            ("2026-02-23", SpringFestival, "2026-02-15", "2026-02-23"),
            ("2026-02-24", MayDay, "2026-05-01", "2026-05-05"),
            ("2026-09-28", NationalDay, "2026-10-01", "2026-10-07"),
            ("2026-12-30", SpringFestival, "2027-02-05", "2027-02-08"),
        ];
        for (as_of, kind, start, end) in expected {
            let found = festival(&request(as_of));
            assert_eq!(found, (kind, day(start), day(end)), "{as_of}");
        }
    }

    #[test]
    fn a_named_festival_may_lie_in_the_next_year_unless_the_year_is_given() {
        let mut asked = request("2026-06-30");
        asked.festival_kind = Some(FestivalKind::MayDay);
        assert_eq!(festival(&asked).1, day("2027-05-01"));
        asked.year = Some(2026);
        assert_eq!(festival(&asked).1, day("2026-05-01"));
        let (_, told) = plan(&asked, &Profile::default());
        assert_eq!(told[0].code, "festival-past");
    }

    #[test]
    fn periods_are_the_calendar_year_and_up_to_the_last_day_off() {
        let (done, told) = plan(&request("2026-09-28"), &Profile::default());
        let annual = done.annual.expect("asked for");
        assert_eq!(
            (annual.from, annual.to),
            (day("2026-01-01"), day("2026-12-31"))
        );
        let (period, _) = done.festival.expect("asked for");
        assert_eq!(
            (period.from, period.to),
            (day("2026-01-01"), day("2026-10-07"))
        );
        assert!(told.is_empty());
    }

    #[test]
    fn the_holidays_to_come_are_listed_in_order() {
        let kinds = |from, until| {
            let found = festivals(day(from), day(until), &Profile::default());
            found.iter().map(|f| f.kind).collect::<Vec<_>>()
        };
        use FestivalKind::{MayDay, NationalDay, SpringFestival};
        assert_eq!(
            kinds("2026-09-24", "2027-05-01"),
            [NationalDay, SpringFestival, MayDay]
        );
        assert_eq!(kinds("2026-10-01", "2026-12-31"), []);
    }

    #[test]
    fn a_period_given_overrides_both() {
        let mut asked = request("2026-09-28");
        let given = Period {
            from: day("2026-04-01"),
            to: day("2026-06-30"),
        };
        asked.period = Some(given);
        let (done, _) = plan(&asked, &Profile::default());
        assert_eq!(done.annual, Some(given));
        assert_eq!(done.festival.expect("asked for").0, given);
    }

    #[test]
    fn missing_data_is_told_and_the_profile_can_supply_it() {
        let mut asked = request("2027-01-10");
        asked.annual = false;
        let (_, told) = plan(&asked, &Profile::default());
        assert_eq!(told[0].code, "holiday-statutory");
        let mut profile = Profile::default();
        let days = (day("2027-02-04"), day("2027-02-10"));
        let of_year = [("spring_festival".to_owned(), days)].into();
        profile.holidays.insert(2027, of_year);
        let (done, told) = plan(&asked, &profile);
        assert!(told.is_empty());
        assert_eq!(done.festival.expect("asked for").1.end, days.1);
        assert_eq!(done.annual, None);
    }
}
