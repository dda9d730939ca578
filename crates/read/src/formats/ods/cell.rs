//! One cell of an OpenDocument table → its text and kind.

use crate::formats::cell_text::{iso_date, iso_time, shortest};
use crate::formats::grid::CellKind;
use crate::formats::package::attributes::{attribute, number};
use quick_xml::events::BytesStart;

/// The cell that is open.
#[derive(Default)]
pub(super) struct Cell {
    /// How often it is repeated.
    pub(super) repeats: u64,
    value: Option<(CellKind, String)>,
    /// What people see: its paragraphs, joined by line feeds; struck-out parts left out.
    pub(super) shown: String,
    paragraphs: u32,
    /// True if the style of the cell strikes it through.
    pub(super) struck: bool,
    /// True if a part of it was left out because it is struck through.
    pub(super) part_struck: bool,
    /// True if a picture is anchored in it.
    pub(super) picture: bool,
    text_value: bool,
    /// What somebody commented on it.
    pub(super) comment: String,
}

impl Cell {
    /// A cell as its element says.
    pub(super) fn of(tag: &BytesStart<'_>, struck: bool) -> Self {
        let kind = attribute(tag, "office:value-type").unwrap_or_default();
        let attr = |name| attribute(tag, name);
        let number_of = |text: String| text.trim().parse::<f64>().ok().map(shortest);
        let error = attr("calcext:value-type").as_deref() == Some("error");
        let value = match kind.as_str() {
            "float" | "percentage" | "currency" => attr("office:value")
                .and_then(number_of)
                .map(|text| (CellKind::Number, text)),
            "date" => attr("office:date-value").map(|text| (CellKind::Date, iso_date(&text))),
            "time" => attr("office:time-value").map(|text| (CellKind::Date, iso_time(&text))),
            "boolean" => {
                attr("office:boolean-value").map(|text| (CellKind::Bool, text.to_uppercase()))
            }
            "string" if !error => attr("office:string-value").map(|text| (CellKind::Text, text)),
            _ => None,
        };
        Self {
            repeats: number(tag, "table:number-columns-repeated").unwrap_or(1),
            value,
            text_value: kind == "string" && !error,
            struck,
            ..Self::default()
        }
    }

    /// A paragraph begins.
    pub(super) fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.shown.push('\n');
        }
        self.paragraphs += 1;
    }

    /// The number that is stored where people see more than it.
    pub(super) fn stored(&self) -> Option<&str> {
        let shown = self.shown.trim();
        match &self.value {
            Some((CellKind::Number, number)) if shows_more(shown, number) => Some(number),
            _ => None,
        }
    }

    /// What the cell says; `None` if it says nothing.
    pub(super) fn say(&self) -> Option<(&str, CellKind)> {
        let shown = self.shown.trim();
        match &self.value {
            Some((CellKind::Number, number)) if shows_more(shown, number) => {
                Some((shown, CellKind::Text))
            }
            Some((CellKind::Text, text)) if self.paragraphs == 0 => Some((text, CellKind::Text)),
            Some((CellKind::Text, _)) => Some((&self.shown, CellKind::Text)),
            Some((kind, text)) => Some((text, *kind)),
            None if shown.is_empty() => None,
            None if self.text_value => Some((&self.shown, CellKind::Text)),
            None if shown.starts_with('#') => Some((shown, CellKind::Error)),
            None => Some((&self.shown, CellKind::Text)),
        }
    }
}

/// True if a number is shown with letters before it or filled up with zeros, as codes are.
fn shows_more(shown: &str, number: &str) -> bool {
    const MONEY: [char; 5] = ['¥', '￥', '$', '€', '£'];
    let Some(first) = shown.chars().next().filter(|c| !MONEY.contains(c)) else {
        return false;
    };
    let same = |digits: &str| digits.trim_start_matches('0') == number.trim_start_matches('0');
    // 收字〔2026〕011号 shows 11 behind a year that the format adds.
    let mut runs = shown.split(|c: char| !c.is_ascii_digit());
    let within = runs.any(|run| !run.is_empty() && same(run));
    let filled = shown.len() > number.len() && shown.bytes().all(|b| b.is_ascii_digit());
    let said = first.is_alphabetic() || matches!(first, '〔' | '[' | '【');
    !number.contains('.') && within && (said || filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_people_see() {
        for (shown, number, more) in [
            ("GX-08", "8", true),
            ("008", "8", true),
            ("收字〔2026〕011号", "11", true),
            ("〔2026〕011号", "11", true),
            ("1,200", "1200", false),
            ("¥12", "12", false),
            ("8.00", "8", false),
            ("12%", "0.12", false),
            ("8", "8", false),
        ] {
            assert_eq!(shows_more(shown, number), more, "{shown}");
        }
    }
}
