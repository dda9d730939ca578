//! Instants of programs: `2026-01-04T16:00:00.000Z`, with an offset, or counted since 1970.
//!
//! What leaves: the day and time in China, UTC+8, whatever the zone of the program was.

use crate::values::coerce::english;
use zicha_model::time::Day;

/// Minutes that China is ahead of universal time.
const CHINA: i32 = 8 * 60;
const MINUTES_A_DAY: i32 = 24 * 60;

/// An instant in the time of China.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instant {
    pub(super) day: Day,
    /// Minutes since midnight; none at midnight, which is how programs write a day alone.
    pub(super) minute: Option<i32>,
    /// True if it was written in another time.
    pub(super) converted: bool,
}

/// The instant, if the text is one; `local` reads a day with a time.
pub(super) fn read(plain: &str, local: impl Fn(&str) -> Option<(Day, i32)>) -> Option<Instant> {
    if plain.len() < 10 {
        return None;
    }
    if plain.bytes().all(|b| b.is_ascii_digit()) {
        return since_1970(plain);
    }
    let (text, offset) = parted(plain)?;
    let text = english::months(text).unwrap_or_else(|| text.to_owned());
    let (day, minute) = local(text.trim())?;
    Some(in_china(day, minute + CHINA - offset, offset != CHINA))
}

fn in_china(day: Day, minutes: i32, converted: bool) -> Instant {
    let minute = minutes.rem_euclid(MINUTES_A_DAY);
    Instant {
        day: day.add_days(minutes.div_euclid(MINUTES_A_DAY)),
        minute: (minute > 0).then_some(minute),
        converted,
    }
}

/// Seconds or milliseconds, of the years 2001 to 2029: no other number of a register is as long.
fn since_1970(digits: &str) -> Option<Instant> {
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let minutes = i32::try_from(seconds / 60).ok()?;
    let year = (1_000_000_000..1_900_000_000).contains(&seconds);
    // 1990123112 is the hour of a day rather than seconds.
    year.then(|| in_china(Day(0), minutes + CHINA, true))
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
