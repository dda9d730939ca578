//! Classification marks: `机密★5年`, `绝密★长期`, `机密★2027年10月1日`, `机密★会议开始前`, or just 机密.

use crate::formats::grid::CellKind;
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::enums::EnumWords;
use crate::values::coerce::reading::{Note, Reading, Term, Value};
use crate::values::coerce::{dates, numbers};
use crate::values::normalise;
use crate::values::words;
use zicha_model::time::Day;

/// 长期 in years, the catalogue's convention.
const FOR_LONG: i32 = 999;

/// Words that tell a condition for lifting the classification.
const CONDITION_WORDS: [&str; 12] = [
    "前", "后", "时", "启用", "开始", "结束", "公布", "发布", "公开", "完成", "解密", "条件",
];

/// Reads a level cell, with the term it may bear.
pub(super) fn level(words: &EnumWords, plain: &str, days: Reckoning) -> Reading {
    let mark = normalise::squeezed(plain).replace(['☆', '*', '⭐'], "★");
    let (level, term) = parts(words, mark.trim_matches('★'));
    let term = term
        .map(|term| term.trim_matches('★'))
        .filter(|t| !t.is_empty());
    let Some(level) = level else {
        return Reading::of(Value::Unreadable(words::expect_level()));
    };
    let Some(term) = term else {
        return Reading::of(Value::Word(level));
    };
    match parse_term(term, CellKind::Text, days) {
        Some((term, note)) => Reading {
            value: Value::Word(level),
            note,
            term: Some(term),
        },
        None => Reading::of(Value::Unreadable(words::expect_level())),
    }
}

/// The level's index and the text of the term.
fn parts<'t>(words: &EnumWords, mark: &'t str) -> (Option<i32>, Option<&'t str>) {
    let stem = |text: &str| {
        let mut bare = text;
        for suffix in ["文件", "件", "级"] {
            bare = bare.strip_suffix(suffix).unwrap_or(bare);
        }
        words.find(text).or_else(|| words.find(bare))
    };
    if let Some(level) = stem(mark) {
        return (Some(level), None);
    }
    if let Some((level, term)) = mark.split_once('★') {
        return (stem(level), Some(term));
    }
    match words.prefix(mark) {
        Some((level, term)) => (
            Some(level),
            Some(term.trim_start_matches(['级', ',', '、'])),
        ),
        None => (None, None),
    }
}

/// Reads a cell of a retention column.
pub(super) fn years(plain: &str, kind: CellKind, days: Reckoning) -> Reading {
    let text = normalise::squeezed(plain);
    let text = match text.rsplit_once(['★', '☆']) {
        Some((_, term)) => term.to_owned(),
        None => text,
    };
    let Some((term, note)) = parse_term(&text, kind, days) else {
        return Reading::of(Value::Unreadable(words::expect_term()));
    };
    let value = match term {
        Term::Years(years) => Value::Word(years),
        term => Value::Term(term),
    };
    Reading {
        value,
        note,
        term: None,
    }
}

fn parse_term(text: &str, kind: CellKind, days: Reckoning) -> Option<(Term, Option<Note>)> {
    if matches!(text, "长期" | "永久" | "长期保密") {
        return Some((Term::Years(FOR_LONG), None));
    }
    let by_months = text.ends_with("个月") || text.ends_with('半') || text.contains("半年");
    if let Some(months) = by_months.then(|| numbers::months(text)).flatten() {
        let years = months.checked_add(11)? / 12;
        return Some((Term::Years(years), Some(Note::MonthsToYears)));
    }
    if let Some(years) = numbers::integer(text).filter(|years| (0..=FOR_LONG).contains(years)) {
        return Some((Term::Years(years), None));
    }
    let day = text
        .trim_start_matches(['至', '到'])
        .trim_end_matches("解密")
        .trim_end_matches(['前', '止']);
    if let Ok(when) = dates::when(day, kind, days, false) {
        return Some((Term::Until(when.day), None));
    }
    let looks_like_date = text.chars().next().is_some_and(|c| c.is_ascii_digit());
    let condition = CONDITION_WORDS.iter().any(|word| text.contains(word));
    (condition && !looks_like_date).then_some((Term::Condition, None))
}

/// Whole years from a day until another, rounded up.
pub fn years_until(from: Day, until: Day) -> i32 {
    let mut years = (until.year() - from.year()).max(0);
    if years > 0 && from.add_months((years - 1) * 12) >= until {
        years -= 1;
    }
    if from.add_months(years * 12) < until {
        years += 1;
    }
    years
}
