//! Numbers, dates and times of cells → the text that people see in them.

use crate::formats::grid::CellKind;
use calamine::ExcelDateTime;
use chrono::{Datelike, Timelike};

/// A number in the shortest form with the 15 digits that spreadsheets keep: `0.3`, not
/// `0.30000000000000004`.
pub(crate) fn shortest(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    let rounded: f64 = if rounded == 0.0 { 0.0 } else { rounded };
    rounded.to_string()
}

/// A date as `2026-03-05` or `2026-03-05 14:30`; a time of day alone as `14:30`; what no calendar
/// has as the number that it is.
pub(crate) fn date(at: &ExcelDateTime) -> (String, CellKind) {
    let number = || (shortest(at.as_f64()), CellKind::Number);
    let days = at.as_f64();
    if !(0.0..2_958_466.0).contains(&days) {
        return number();
    }
    let Some(moment) = at.as_datetime() else {
        return number();
    };
    // Serial times carry rounding errors below a second: 14:29:59.999 is half past two.
    let moment = moment + chrono::Duration::milliseconds(500);
    let (hour, minute) = (moment.hour(), moment.minute());
    let day = || {
        format!(
            "{:04}-{:02}-{:02}",
            moment.year(),
            moment.month(),
            moment.day()
        )
    };
    let text = match (hour, minute) {
        _ if days < 1.0 || at.is_duration() => format!("{hour:02}:{minute:02}"),
        (0, 0) => day(),
        _ => format!("{} {hour:02}:{minute:02}", day()),
    };
    (text, CellKind::Date)
}

/// `2026-03-05T14:30:00` → `2026-03-05 14:30`; with a time zone as it stands.
pub(crate) fn iso_date(text: &str) -> String {
    match text.split_once('T') {
        Some((_, time)) if time.contains(['Z', 'z', '+', '-']) => text.to_owned(),
        Some((day, time)) if time.starts_with("00:00") => day.to_owned(),
        Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
        None => text.to_owned(),
    }
}

/// `PT08H30M00S` → `08:30`; anything else as it stands.
pub(crate) fn iso_time(text: &str) -> String {
    let parts = text.strip_prefix("PT").and_then(|t| t.split_once('H'));
    let minutes = parts.and_then(|(_, rest)| rest.split_once('M'));
    match parts.zip(minutes) {
        Some(((hours, _), (minutes, _))) => format!("{hours:0>2}:{minutes:0>2}"),
        None => text.to_owned(),
    }
}

/// What a text says that a program or a person marked as text for Excel: `="01"` and `'01` say 01.
/// `None` for other texts.
pub(crate) fn marked_text(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_prefix("=\"") {
        let inner = inner.strip_suffix('"')?;
        return (!inner.contains('"')).then_some(inner);
    }
    let inner = text.strip_prefix('\'')?;
    let marks = ['\'', '’'];
    (!inner.is_empty() && !inner.starts_with(marks) && !inner.ends_with(marks)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::DateTime;

    #[test]
    fn numbers_take_their_shortest_form() {
        assert_eq!(shortest(0.1 + 0.2), "0.3");
        assert_eq!(shortest(20_260_305.0), "20260305");
        assert_eq!(shortest(-0.0), "0");
        assert_eq!(shortest(1200.5), "1200.5");
    }

    #[test]
    fn texts_marked_for_excel_are_what_they_mark() {
        for (text, meant) in [
            ("=\"SM-C01\"", Some("SM-C01")),
            ("=\"\"", Some("")),
            ("'00123", Some("00123")),
            ("'", None),
            ("''", None),
            ("'甲'", None),
            ("=\"A\"&\"B\"", None),
            ("=A1", None),
            ("甲", None),
        ] {
            assert_eq!(marked_text(text), meant, "{text}");
        }
    }

    #[test]
    fn serial_dates_become_iso_in_both_epochs() {
        let text = |value, is_1904| date(&ExcelDateTime::new(value, DateTime, is_1904)).0;
        assert_eq!(text(46086.0, false), "2026-03-05");
        assert_eq!(text(46086.0 - 1462.0, true), "2026-03-05");
        assert_eq!(text(46086.0 + 14.5 / 24.0, false), "2026-03-05 14:30");
        assert_eq!(text(0.354_166_666_666_667, false), "08:30");
        assert_eq!(text(-5.0, false), "-5");
    }

    #[test]
    fn dates_of_open_documents_look_the_same() {
        assert_eq!(iso_date("2026-03-05T00:00:00"), "2026-03-05");
        assert_eq!(iso_date("2026-03-05T14:30:00"), "2026-03-05 14:30");
        assert_eq!(iso_time("PT8H5M00S"), "08:05");
        assert_eq!(iso_date("2026-01-04T16:00:00Z"), "2026-01-04T16:00:00Z");
    }
}
