//! Days as headings and cells of a roster write them, often without year or month.

use crate::values::normalise;
use zicha_model::time::Day;

/// A day, with what is written of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    year: Option<i32>,
    month: Option<u32>,
    day: u32,
    /// Nothing but a number says that it is a day.
    pub(super) bare: bool,
}

impl Written {
    /// The day of the month.
    pub(super) fn number(self) -> u32 {
        self.day
    }
}

/// A day whose year may be unknown; then it is one of a leap year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RosterDay {
    pub(super) day: Day,
    year_known: bool,
}

impl RosterDay {
    /// As a cell writes it: the day, and the time if there is one.
    pub(super) fn text(self, minute: Option<i32>) -> String {
        let day = self.day.add_days(minute.unwrap_or(0).div_euclid(1440));
        let date = match self.year_known {
            true => day.to_string(),
            false => {
                let date = day.to_string();
                let mut parts = date
                    .split('-')
                    .skip(1)
                    .map(|part| part.trim_start_matches('0'));
                let (month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
                format!("{month}月{day}日")
            }
        };
        match minute.map(|minute| minute.rem_euclid(1440)) {
            Some(minute) => format!("{date} {:02}:{:02}", minute / 60, minute % 60),
            None => date,
        }
    }
}

/// What the title and the names of a sheet say of its days.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Calendar {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    last: Option<(i32, u32)>,
    numbered: Option<u32>,
}

impl Calendar {
    /// The first year and month that one of the texts names.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        Self {
            year: texts.clone().find_map(year_in),
            month: texts.clone().find_map(month_in),
            last: None,
            numbered: None,
        }
    }

    /// The day of a calendar's cell: a number below the one before is of the next month. `before`: it is
    /// of the month before.
    pub(super) fn numbered(&mut self, written: Written, before: bool) -> Option<RosterDay> {
        if written.month.is_some() {
            return self.day(written);
        }
        let (year, month) = self
            .last
            .unwrap_or((self.year.unwrap_or(2000), self.month?));
        let first = Day::of(year, month, 1)?;
        let first = match self.numbered {
            _ if before => first.add_months(-1),
            Some(last) if last > written.day => first.add_months(1),
            _ => first,
        };
        if !before {
            self.last = Some((first.year(), first.month()));
            self.numbered = Some(written.day);
        }
        Some(RosterDay {
            day: Day::of(first.year(), first.month(), written.day)?,
            year_known: self.year.is_some(),
        })
    }

    /// The day that is meant; the months of a roster follow on each other.
    pub(super) fn day(&mut self, written: Written) -> Option<RosterDay> {
        let mut year = written.year.or(self.last.map(|last| last.0)).or(self.year);
        let month = written
            .month
            .or(self.last.map(|last| last.1))
            .or(self.month)?;
        if written.year.is_none() && self.last.is_some_and(|last| last.1 == 12 && month == 1) {
            year = year.map(|year| year + 1);
        }
        let day = Day::of(year.unwrap_or(2000), month, written.day)?;
        if let Some(year) = year {
            self.last = Some((year, month));
        }
        Some(RosterDay {
            day,
            year_known: year.is_some(),
        })
    }
}

/// The day, and the last day of a span, at the beginning of a text; and what stands behind.
pub(super) fn written(text: &str) -> Option<(Written, Option<Written>, String)> {
    let plain = normalise::arabic(&normalise::squeezed(text));
    let plain = without_weekday(&normalise::without_brackets(&plain));
    let (first, rest) = one(&plain)?;
    let mut rest = rest.trim_start_matches([',', ' ']);
    let mut last = None;
    if let Some(behind) = rest.strip_prefix(['-', '~', '至', '—', '–', '到'])
        && let Some((until, rest_behind)) = one(behind)
    {
        let month = until.month.or(first.month);
        last = Some(Written { month, ..until });
        rest = rest_behind;
    }
    let bare = first.bare && last.is_none_or(|last| last.bare);
    let month = first.month.or(last.and_then(|last| last.month));
    Some((
        Written {
            bare,
            month,
            ..first
        },
        last,
        rest.to_owned(),
    ))
}

/// True for a span of days: 2026.5.1-5.7, 5月1日至7日.
pub(crate) fn is_span(text: &str) -> bool {
    written(text).is_some_and(|(first, last, _)| !first.bare && last.is_some())
}

/// A text that is a day or a span of days and nothing else.
pub(super) fn alone(text: &str) -> Option<(Written, Option<Written>)> {
    let (first, last, rest) = written(text)?;
    let idle = rest.is_empty() || rest == "t00:00:00" || rest == "00:00:00" || rest == "00:00";
    idle.then_some((first, last))
}

/// 星期四, 周四, 礼拜四 say nothing that the day does not.
fn without_weekday(text: &str) -> String {
    let mut text = text.to_owned();
    for word in ["星期", "礼拜", "周"] {
        for day in "一二三四五六日天1234567".chars() {
            text = text.replace(&format!("{word}{day}"), "");
        }
    }
    text
}

fn one(text: &str) -> Option<(Written, &str)> {
    let (first, digits, rest) = number(text)?;
    if digits == 8 {
        let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
        return checked(Some(year as i32), Some(month), day, false, rest);
    }
    if digits == 4 {
        let rest = rest.strip_prefix(['年', '-', '.', '/'])?;
        let (month, _, rest) = number(rest)?;
        let rest = rest.strip_prefix(['月', '-', '.', '/'])?;
        let (day, _, rest) = number(rest)?;
        let rest = rest.trim_start_matches(['日', '号']);
        return checked(Some(first as i32), Some(month), day, false, rest);
    }
    if digits > 2 {
        return None;
    }
    let month = rest.strip_prefix(['月', '.', '/']);
    // 1-3 is rather a span of days than a day of January, unless 日 does not follow.
    let month = month.or_else(|| {
        rest.strip_prefix('-')
            .filter(|rest| !rest.contains(['日', '号']))
    });
    if let Some((day, _, behind)) = month.and_then(number) {
        let behind = behind.trim_start_matches(['日', '号']);
        return checked(None, Some(first), day, false, behind);
    }
    if let Some(rest) = rest.strip_prefix(['日', '号']) {
        return checked(None, None, first, false, rest);
    }
    checked(None, None, first, true, rest)
}

fn checked(
    year: Option<i32>,
    month: Option<u32>,
    day: u32,
    bare: bool,
    rest: &str,
) -> Option<(Written, &str)> {
    let possible = (1..=31).contains(&day)
        && month.is_none_or(|month| (1..=12).contains(&month))
        && year.is_none_or(|year| (1990..=2099).contains(&year));
    possible.then_some((
        Written {
            year,
            month,
            day,
            bare,
        },
        rest,
    ))
}

fn number(text: &str) -> Option<(u32, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..digits)?.parse().ok()?;
    Some((value, digits, &text[digits..]))
}

/// A year such as 2026 or 二〇二六年 in a text, not being part of a longer number.
pub(crate) fn year_in(text: &str) -> Option<i32> {
    let text = normalise::arabic(&normalise::plain(text));
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1990..=2099).contains(year))
}

/// The month of 2026年4月, 4月份, 2026-04.
fn month_in(text: &str) -> Option<u32> {
    let text = normalise::arabic(&normalise::squeezed(text));
    let month = |digits: &str| digits.parse().ok().filter(|month| (1..=12).contains(month));
    let named = text.match_indices('月').find_map(|(at, _)| {
        let before = &text[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        month(&before[before.len() - digits..])
    });
    named.or_else(|| {
        let dashed = text.match_indices(['-', '.']).find(|(at, _)| {
            let year = text[..*at]
                .bytes()
                .rev()
                .take_while(u8::is_ascii_digit)
                .count();
            year == 4
        });
        dashed.and_then(|(at, _)| {
            let behind = &text[at + 1..];
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            month(&behind[..digits])
        })
    })
}

/// True for 星期四, 周四, 四.
pub(super) fn is_weekday(text: &str) -> bool {
    let text = normalise::squeezed(text);
    let day = ["星期", "礼拜", "周"]
        .iter()
        .find_map(|word| text.strip_prefix(word));
    let day = day.unwrap_or(&text);
    let mut chars = day.chars();
    chars.next().is_some_and(|c| "一二三四五六日天".contains(c)) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_spelling() {
        let mut calendar = Calendar::of(["值班安排（2026年4月）"].into_iter());
        let mut day = |text: &str| {
            let (first, _, rest) = written(text)?;
            Some((calendar.day(first)?.text(None), rest))
        };
        let cases = [
            ("4月1日", "2026-04-01", ""),
            ("2日值班人员/职务", "2026-04-02", "值班人员/职务"),
            ("2026年4月3日（星期五）", "2026-04-03", ""),
            ("4.4", "2026-04-04", ""),
            ("4/5 周日", "2026-04-05", ""),
            ("2026-04-06", "2026-04-06", ""),
            ("20260407", "2026-04-07", ""),
            ("8", "2026-04-08", ""),
            ("9号", "2026-04-09", ""),
        ];
        for (text, wanted, rest) in cases {
            assert_eq!(
                day(text),
                Some((wanted.to_owned(), rest.to_owned())),
                "{text}"
            );
        }
        for text in ["合计", "13900000000", "5550001", "32"] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn a_roster_over_new_year_goes_on_in_the_next_year() {
        let mut calendar = Calendar::of(["2026年12月值班表"].into_iter());
        let mut day = |text: &str| {
            let (first, ..) = written(text)?;
            Some(calendar.day(first)?.text(Some(1440)))
        };
        assert_eq!(day("12月31日").as_deref(), Some("2027-01-01 00:00"));
        assert_eq!(day("1月1日").as_deref(), Some("2027-01-02 00:00"));
    }

    #[test]
    fn a_span_of_days_has_a_last_one() {
        let last = |text| {
            written(text)
                .and_then(|(_, last, _)| last)
                .map(|w| (w.month, w.day))
        };
        assert_eq!(last("10月1日-3日"), Some((Some(10), 3)));
        assert_eq!(last("9.28—10.4"), Some((Some(10), 4)));
        assert_eq!(last("10月1日"), None);
    }
}
