//! Months of a year: `2026-05`, `2026年5月份`, `2026.5`, `202605`, `5月` with the sheet's year.

use crate::formats::grid::CellKind;
use crate::values::coerce::dates::{self, Reckoning};
use crate::values::coerce::reading::{Note, Reading, Value};
use crate::values::normalise;
use crate::values::words;

/// The month as the text `2026-05`; a day counts as its month.
pub(super) fn read(plain: &str, kind: CellKind, days: Reckoning) -> Reading {
    let text = normalise::arabic(&normalise::squeezed(plain));
    let text = text.trim_end_matches(['份', '度', '。']);
    if let Some(month) = alone(text) {
        let year = days.year.map(|year| written(year, month));
        return Reading {
            note: year.is_some().then_some(Note::SheetYear),
            ..Reading::of(
                year.map_or_else(|| Value::Unreadable(words::expect_month()), Value::Text),
            )
        };
    }
    match dates::when(text, kind, days, false) {
        // Of a span of days or months nobody knows which month is meant.
        Ok(when) if when.note != Some(Note::Range) => {
            let month = i32::try_from(when.day.month()).unwrap_or_default();
            Reading {
                note: when.note.filter(|note| *note != Note::MonthOnly),
                ..Reading::of(Value::Text(written(when.day.year(), month)))
            }
        }
        _ => Reading::of(Value::Unreadable(words::expect_month())),
    }
}

/// `5月` and `5`, with no year.
fn alone(text: &str) -> Option<i32> {
    let digits = text.strip_suffix('月').unwrap_or(text);
    let short = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let month = short.then(|| digits.parse().ok()).flatten();
    month.filter(|month| (1..=12).contains(month))
}

fn written(year: i32, month: i32) -> String {
    format!("{year:04}-{month:02}")
}
