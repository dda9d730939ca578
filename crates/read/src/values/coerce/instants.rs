//! Instants of programs: `2026-01-04T16:00:00.000Z`, with an offset, or counted since 1970.
//!
//! What leaves: the day and time in China, UTC+8, whatever the zone of the program was.

use crate::values::coerce::dates::{self, When};
use crate::values::coerce::{Note, english};
use zicha_model::time::Day;

/// Minutes that China is ahead of universal time.
const CHINA: i32 = 8 * 60;
const MINUTES_A_DAY: i32 = 24 * 60;

/// The instant, if the text is one.
pub(super) fn read(plain: &str) -> Option<When> {
    if plain.len() < 10 {
        return None;
    }
    if plain.bytes().all(|b| b.is_ascii_digit()) {
        return since_1970(plain);
    }
    let (local, offset) = parted(plain)?;
    let local = english::months(local).unwrap_or_else(|| local.to_owned());
    let when = dates::one(local.trim(), None)
        .ok()
        .filter(|when| when.note.is_none())?;
    let minutes = when.minute? + CHINA - offset;
    let told = (offset != CHINA).then_some(Note::Zone);
    Some(in_china(when.day, minutes, told))
}

/// Midnight is how programs write a day alone.
fn in_china(day: Day, minutes: i32, note: Option<Note>) -> When {
    let minute = minutes.rem_euclid(MINUTES_A_DAY);
    When {
        day: day.add_days(minutes.div_euclid(MINUTES_A_DAY)),
        minute: (minute > 0).then_some(minute),
        note,
    }
}

/// Seconds or milliseconds, of the years 2001 to 2029: no other number of a register is as long.
fn since_1970(digits: &str) -> Option<When> {
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let minutes = i32::try_from(seconds / 60).ok()?;
    let year = (1_000_000_000..1_900_000_000).contains(&seconds);
    // 1990123112 is the hour of a day rather than seconds.
    year.then(|| in_china(Day(0), minutes + CHINA, Some(Note::Zone)))
}

/// The local time and the minutes that it is ahead of universal time.
fn parted(plain: &str) -> Option<(&str, i32)> {
    let plain = plain
        .split_once('(')
        .map_or(plain, |(before, _)| before)
        .trim_end();
    let clock = plain.find(':')?;
    for zone in ["Z", "z", " UTC", " GMT", "UTC", "GMT"] {
        if let Some(local) = plain.strip_suffix(zone) {
            return Some((local, 0));
        }
    }
    let at = clock + plain[clock..].find(['+', '-'])?;
    let (local, zone) = plain.split_at(at);
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = match digits.get(2..)? {
        "" => 0,
        rest if rest.len() == 2 => rest.parse().ok()?,
        _ => return None,
    };
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let local = local.trim_end_matches(['G', 'M', 'T', 'U', 'C', ' ']);
    // 8:00-17 is a span of hours, not a zone: programs write the seconds or a T.
    let written = local.contains('T') || local.matches(':').count() == 2;
    (written && hours <= 14 && minutes < 60).then_some((local, sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_turned_into_the_time_of_china() {
        for (text, day, minute, told) in [
            ("2026-01-04T16:00:00.000Z", 5, None, true),
            ("2026-01-04T16:30:00Z", 5, Some(30), true),
            ("2026-01-04T16:00Z", 5, None, true),
            ("2026-01-04 16:00:00 UTC", 5, None, true),
            ("2026-01-04 16:00:00+00:00", 5, None, true),
            ("2026-01-05T00:00:00+08:00", 5, None, false),
            ("2026-01-05T09:15:00+0800", 5, Some(555), false),
            ("2026-01-05T00:00:00+09", 4, Some(1380), true),
            (
                "Mon Jan 05 2026 00:00:00 GMT+0800 (中国标准时间)",
                5,
                None,
                false,
            ),
            ("1767542400000", 5, None, true),
            ("1767542400", 5, None, true),
        ] {
            let when = read(text).expect(text);
            let january = Day::of(2026, 1, day).expect("a day");
            assert_eq!((when.day, when.minute), (january, minute), "{text}");
            assert_eq!(when.note.is_some(), told, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_instants() {
        for text in [
            "2026-01-05 8:00-17:30",
            "2026-01-05 09:00",
            "202601051200",
            "2026年1月5日",
            "11010519900101",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
