//! What a spreadsheet may have done to a code: a date made of 3-1, digits cut, zeros dropped.
//!
//! One cell tells only what may be; its column decides (`tables/spoilt_codes.rs`).

use crate::formats::grid::CellKind;
use crate::values::coerce::dates::{self, Reckoning};
use crate::values::coerce::english;

/// Digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;
/// Codes with more digits are filled up with zeros by nobody.
const WIDEST: usize = 12;

/// What may have happened to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wear {
    /// It may have been two numbers with a stroke between: month and day of the date that it is now.
    Date(u8, u8),
    /// It has more digits than are kept.
    Long,
    /// It is in scientific notation.
    Scientific,
    /// So many digits and nothing else, of which the first is a zero.
    Digits(u8),
}

/// What may have happened to a text of a column of codes.
pub(crate) fn wear(written: &str, kind: CellKind) -> Option<Wear> {
    let text = written.trim();
    if (kind == CellKind::Date || text.ends_with('日') || text.contains('-'))
        && let Some((month, day)) = month_and_day(text, kind)
    {
        return Some(Wear::Date(month, day));
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits && text.len() > KEPT {
        return (kind == CellKind::Number).then_some(Wear::Long);
    }
    if digits {
        let filled = text.starts_with('0') && (2..=WIDEST).contains(&text.len());
        return filled.then_some(Wear::Digits(text.len() as u8));
    }
    if let Some(width) = width_of_range(text) {
        return Some(Wear::Digits(width));
    }
    is_scientific(text).then_some(Wear::Scientific)
}

/// The width of the numbers of `000012-000014`.
fn width_of_range(text: &str) -> Option<u8> {
    let (first, last) = text.split_once(['-', '~', '至', '—', '–'])?;
    let number = |part: &str| part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit());
    let alike = first.len() == last.len() && (2..=WIDEST).contains(&first.len());
    (alike && number(first) && number(last)).then_some(first.len() as u8)
}

/// Of a cell that is a date, of `8月1日` and of `1-Aug`.
fn month_and_day(text: &str, kind: CellKind) -> Option<(u8, u8)> {
    if kind == CellKind::Date {
        let mut parts = text.get(..10)?.split('-').skip(1);
        let whole = text.len() == 10;
        let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        return whole.then_some((month, day));
    }
    let numbers = match text.strip_suffix('日') {
        Some(text) => text.replace('月', "-"),
        None => english::months(text)?,
    };
    let (month, day) = numbers.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// `2.02601E+17`.
fn is_scientific(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let power = power.strip_prefix('+').unwrap_or("");
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(power) && whole.len() == 1 && digits(whole) && digits(fraction)
}

/// True for what is written as a code is: short, with a digit, and no date.
pub(crate) fn looks_like_code(text: &str) -> bool {
    const LONGEST: usize = 24;
    let short = text.chars().count() <= LONGEST && text.bytes().any(|b| b.is_ascii_digit());
    let day = |text: &str| {
        let read = dates::when(text, CellKind::Text, Reckoning::default(), false);
        read.is_ok_and(|when| when.note.is_none())
    };
    short && !day(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_happened_is_seen_cell_by_cell() {
        for (text, kind, worn) in [
            ("2026-08-01", CellKind::Date, Some(Wear::Date(8, 1))),
            ("2026-08-01 09:00", CellKind::Date, None),
            ("8月1日", CellKind::Text, Some(Wear::Date(8, 1))),
            ("1-Aug", CellKind::Text, Some(Wear::Date(8, 1))),
            ("2026-08-01", CellKind::Text, None),
            ("GX-01", CellKind::Text, None),
            ("202601080000000123", CellKind::Text, None),
            ("202601080000000000", CellKind::Number, Some(Wear::Long)),
            ("2.02601E+17", CellKind::Text, Some(Wear::Scientific)),
            ("1E-5", CellKind::Text, None),
            ("000012-000014", CellKind::Text, Some(Wear::Digits(6))),
            ("2026-0001", CellKind::Text, None),
            ("000012", CellKind::Text, Some(Wear::Digits(6))),
            ("12", CellKind::Number, None),
        ] {
            assert_eq!(wear(text, kind), worn, "{text}");
        }
        assert!(looks_like_code("GX-01") && looks_like_code("2026-003") && looks_like_code("8-13"));
        assert!(!looks_like_code("2026-03-05") && !looks_like_code("见附件"));
    }
}
