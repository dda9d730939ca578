//! Days and moments in every spelling a clerk uses.
//!
//! `2026-3-5`, `2026.3.5`, `2026/03/05`, `2026年3月5日`, `26.3.5`, `20260305`, `3月5日` with the
//! sheet's year, `二〇二六年三月五日`, Excel serials, ranges, months; times with 上午 and 下午.

use crate::formats::grid::CellKind;
use crate::values::coerce::reading::{Note, Reading, Value};
use crate::values::coerce::{english, instants, times};
use crate::values::normalise;
use crate::values::words;
use zicha_model::time::{Day, Moment};

/// Excel's serial of 1970-01-01 in the 1900 system.
const SERIAL_OF_EPOCH: i32 = 25_569;
/// Days from the first serial of the 1900 system to that of the 1904 system.
const DAYS_TO_1904: i32 = 1_462;
/// Serials that can be meant: 1927 to 2199. Smaller numbers are counts, larger ones mistakes.
const SERIALS: std::ops::RangeInclusive<i32> = 10_000..=109_574;
/// Years that can be meant; the bounds also keep every moment within its word.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// What the dates of a sheet are to be understood by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// The year of the sheet, for dates written without one.
    pub year: Option<i32>,
    /// True if the workbook counts its serials from 1904, as Excel for Mac did.
    pub since_1904: bool,
}

/// A day, perhaps with a time of day in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub day: Day,
    /// Minutes since midnight; 1440 for 24:00.
    pub minute: Option<i32>,
    /// What was decided in reading it.
    pub note: Option<Note>,
}

/// Reads a cell of a date column; a time of day is dropped.
pub(super) fn date(plain: &str, kind: CellKind, days: Reckoning, end: bool) -> Reading {
    match when(plain, kind, days, end) {
        Ok(when) => Reading {
            value: Value::Word(when.day.0),
            note: when.note,
            term: None,
        },
        Err(expected) => Reading::of(Value::Unreadable(expected)),
    }
}

/// Reads a cell of a date-and-time column; a day alone stays a day.
pub(super) fn moment(plain: &str, kind: CellKind, days: Reckoning, end: bool) -> Reading {
    match when(plain, kind, days, end) {
        Ok(when) => Reading {
            value: Value::Word(moment_of(when).0),
            note: when.note,
            term: None,
        },
        Err(expected) => Reading::of(Value::Unreadable(expected)),
    }
}

fn moment_of(when: When) -> Moment {
    match when.minute {
        None => Moment::day_only(when.day),
        Some(minute) => {
            let day = when.day.add_days(minute.div_euclid(1440));
            let minute = minute.rem_euclid(1440).unsigned_abs();
            Moment::at(day, minute / 60, minute % 60)
        }
    }
}

/// Reads a day or moment, or tells what would be readable. `end`: of a range its last day counts.
pub fn when(plain: &str, kind: CellKind, days: Reckoning, end: bool) -> Result<When, String> {
    if let Some(instant) = instants::read(plain, day_and_minute) {
        return Ok(When {
            day: instant.day,
            minute: instant.minute,
            note: instant.converted.then_some(Note::Zone),
        });
    }
    let numeric = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && plain.matches('.').count() <= 1
        && !plain.ends_with('.');
    if numeric {
        return number(plain, kind, days);
    }
    let text = normalise::arabic(&without_weekday(&normalise::without_brackets(plain)));
    let text = with_hyphens(&text.trim_start_matches('\'').replace("元月", "1月"));
    let text = english::months(&text).unwrap_or(text);
    match range(&text) {
        Some((first, last)) => of_range(first, last, days.year, end),
        None => one(text.trim(), days.year),
    }
}

/// A day written whole with a time of day.
fn day_and_minute(text: &str) -> Option<(Day, i32)> {
    let when = one(text, None).ok().filter(|when| when.note.is_none())?;
    Some((when.day, when.minute?))
}

/// Numbers: `20260305`, `260305`, `202603`, serials, `2026.3`, `3.5`.
fn number(text: &str, kind: CellKind, days: Reckoning) -> Result<When, String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let value: i64 = whole.parse().map_err(|_| words::expect_date())?;
    let part = |from: usize, to: usize| whole.get(from..to).and_then(|p| p.parse().ok());
    let this_century = whole.starts_with("19") || whole.starts_with("20");
    match (whole.len(), fraction.is_empty()) {
        (8, true) => eight_digits(whole),
        (12 | 14, true) => {
            let mut when = eight_digits(whole)?;
            when.minute = times::clock(part(8, 10), part(10, 12));
            when.minute.map(|_| when).ok_or_else(words::expect_date)
        }
        (6, true) if this_century => month(part(0, 4), part(4, 6)),
        (6, true) => full(part(0, 2).map(century), part(2, 4), part(4, 6)),
        (5 | 6, _) => serial(value, fraction, days.since_1904),
        // As a number 2026.1 may have been 2026.10: nobody can tell.
        (4, false) if this_century && !(kind == CellKind::Number && fraction == "1") => {
            month(part(0, 4), fraction.parse().ok())
        }
        (1 | 2, false) if kind == CellKind::Text => {
            of_sheet_year(days.year, part(0, whole.len()), fraction.parse().ok())
        }
        _ => Err(words::expect_date()),
    }
}

/// The day of `20260305`, whatever follows.
fn eight_digits(text: &str) -> Result<When, String> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|p| p.parse().ok());
    full(part(0, 4), part(4, 6), part(6, 8))
}

fn serial(value: i64, fraction: &str, since_1904: bool) -> Result<When, String> {
    let later = if since_1904 { DAYS_TO_1904 } else { 0 };
    let days = i32::try_from(value)
        .ok()
        .map(|days| days + later)
        .filter(|days| SERIALS.contains(days))
        .ok_or_else(words::expect_date)?;
    let share: f64 = format!("0.{fraction}0").parse().unwrap_or(0.0);
    let minute = (share * 1440.0).round() as i32;
    Ok(When {
        day: Day(days - SERIAL_OF_EPOCH),
        minute: (!fraction.is_empty() && minute > 0).then_some(minute),
        note: None,
    })
}

/// Numbers parted by 年, 月, dots, slashes or hyphens, and what follows them.
struct Groups<'t> {
    numbers: Vec<&'t str>,
    year_named: bool,
    rest: &'t str,
}

fn groups(text: &str) -> Groups<'_> {
    let mut found = Groups {
        numbers: Vec::new(),
        year_named: false,
        rest: text,
    };
    while found.numbers.len() < 3 {
        let digits = found.rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            break;
        }
        let (number, rest) = found.rest.split_at(digits);
        // A colon or 时 behind it: the hour, not a part of the date.
        if rest.trim_start().starts_with([':', '时', '点']) && !found.numbers.is_empty() {
            break;
        }
        found.numbers.push(number);
        let rest = rest.trim_start();
        match rest.chars().next() {
            Some(c @ ('年' | '月' | '.' | '/' | '-' | '、' | '–')) if found.numbers.len() < 3 =>
            {
                found.year_named |= c == '年';
                found.rest = rest[c.len_utf8()..].trim_start();
            }
            Some(c @ ('日' | '号')) => {
                found.rest = rest[c.len_utf8()..].trim_start();
                break;
            }
            // 1-3月 behind a year is a span of months, not the third of January.
            Some('月') if found.numbers.len() < 3 => {
                found.rest = &rest['月'.len_utf8()..];
                break;
            }
            _ => {
                found.rest = rest;
                break;
            }
        }
    }
    found.rest = found
        .rest
        .trim_start_matches(['.', ',', 'T', 't', ' ', '日', '号']);
    found
}

/// A single date, perhaps with a time behind it.
fn one(text: &str, year: Option<i32>) -> Result<When, String> {
    let groups = groups(text);
    let at = |i: usize| groups.numbers.get(i).and_then(|n| n.parse::<i32>().ok());
    let long = |i: usize| groups.numbers.get(i).is_some_and(|n| n.len() == 4);
    let mut when = match groups.numbers.len() {
        3 if long(0) => full(at(0), at(1), at(2)),
        3 if long(2) => day_first(at(0), at(1), at(2)),
        // 3/5/26 may be March or May; 6.3.5 with dots is how 2006 is shortened here.
        3 if groups.numbers[0].len() < 2 && text.contains('/') => Err(words::expect_date()),
        3 => full(at(0).map(century), at(1), at(2)),
        2 if long(0) => month(at(0), at(1)),
        2 if groups.year_named => month(at(0).map(century), at(1)),
        2 => of_sheet_year(year, at(0), at(1)),
        1 if groups.numbers[0].len() == 8 => eight_digits(groups.numbers[0]),
        _ => Err(words::expect_date()),
    }?;
    when.minute = times::read(groups.rest).map_err(|()| words::expect_date())?;
    Ok(when)
}

/// `3/25/2026` and `25/3/2026`, where only one reading is possible.
fn day_first(a: Option<i32>, b: Option<i32>, year: Option<i32>) -> Result<When, String> {
    match (a, b) {
        (Some(a), Some(b)) if a > 12 || a == b => full(year, Some(b), Some(a)),
        (Some(_), Some(b_day)) if b_day > 12 => full(year, a, b),
        _ => Err(words::expect_date()),
    }
}

/// `26` → 2026, `98` → 1998.
fn century(short: i32) -> i32 {
    match short {
        0..70 => 2000 + short,
        70..100 => 1900 + short,
        _ => short,
    }
}

fn full(year: Option<i32>, month: Option<i32>, day: Option<i32>) -> Result<When, String> {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Err(words::expect_date());
    };
    if !YEARS.contains(&year) {
        return Err(words::expect_date());
    }
    Day::of(year, month.unsigned_abs(), day.unsigned_abs())
        .map(|day| When {
            day,
            minute: None,
            note: None,
        })
        .ok_or_else(|| words::no_such_day(year, month, day))
}

fn month(year: Option<i32>, month: Option<i32>) -> Result<When, String> {
    let when = full(year, month, Some(1))?;
    Ok(When {
        note: Some(Note::MonthOnly),
        ..when
    })
}

fn of_sheet_year(year: Option<i32>, month: Option<i32>, day: Option<i32>) -> Result<When, String> {
    if year.is_none() {
        return Err(words::expect_year());
    }
    Ok(When {
        note: Some(Note::SheetYear),
        ..full(year, month, day)?
    })
}

/// The two ends of a range, if the text is one.
fn range(text: &str) -> Option<(&str, &str)> {
    for mark in ["至", "到", "~", "——", "—", "--"] {
        if let Some((first, last)) = text.split_once(mark).filter(|(_, last)| !last.is_empty()) {
            return (!first.is_empty()).then_some((first.trim(), last.trim()));
        }
    }
    let (first, last) = text.split_once('-')?;
    let complete = groups(first);
    let whole = complete.numbers.len() == 3
        || first.trim_end().ends_with(['日', '号'])
        || (complete.numbers.len() == 2 && complete.numbers[0].len() < 4 && !first.contains('年'));
    (whole && complete.rest.is_empty() && !last.is_empty()).then_some((first.trim(), last.trim()))
}

fn of_range(first: &str, last: &str, year: Option<i32>, end: bool) -> Result<When, String> {
    let start = one(first, year)?;
    let noted = |when: When| When {
        note: Some(Note::Range),
        ..when
    };
    if !end {
        return Ok(noted(start));
    }
    // 2026.5.1-5.7 ends on a day, 2026.5.1 8.30-17.30 at a time.
    let later = |when: &When| start.minute.is_none() && when.day >= start.day;
    if last.contains('.')
        && !last.contains([':', '时', '点'])
        && let Some(day) = one(last, Some(start.day.year())).ok().filter(later)
    {
        return Ok(noted(day));
    }
    if let Ok(Some(minute)) = times::read(last) {
        return Ok(noted(When {
            minute: Some(minute),
            ..start
        }));
    }
    for word in ["次日", "翌日", "第2天", "次晨"] {
        if let Some(Ok(Some(minute))) = last.strip_prefix(word).map(times::read) {
            let minute = Some(minute + 1440);
            return Ok(noted(When { minute, ..start }));
        }
    }
    let groups = groups(last);
    if let [day] = groups.numbers[..] {
        let month = i32::try_from(start.day.month()).ok();
        return full(Some(start.day.year()), month, day.parse().ok()).map(noted);
    }
    one(last, Some(start.day.year())).map(noted)
}

/// `2026—3—5` and `2026 3 5` as `2026-3-5`: three numbers that only these part are no span.
fn with_hyphens(text: &str) -> String {
    let parts: Vec<&str> = text.split(['—', ' ']).collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let date =
        parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(|p| number(p) && p.len() < 5);
    if date {
        parts.join("-")
    } else {
        text.to_owned()
    }
}

/// Drops 星期三, 周三, 礼拜三.
fn without_weekday(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["星期", "礼拜", "周"] {
        while let Some(at) = text.find(name) {
            let after = at + name.len();
            let day = text[after..]
                .chars()
                .next()
                .filter(|c| "一二三四五六日天末".contains(*c))
                .map_or(0, char::len_utf8);
            text.replace_range(at..after + day, " ");
        }
    }
    text
}
