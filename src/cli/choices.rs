//! What options accept.

use super::clock;
use clap::ValueEnum;
use zicha_model::{
    plan::{FestivalKind, Period},
    time::Day,
    verdict::Severity,
};
use zicha_report::{Fonts, Format};

/// `--checklist`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChecklistChoice {
    #[value(alias = "年度")]
    Annual,
    #[value(alias = "节前")]
    Festival,
    #[value(alias = "全部")]
    All,
}

/// `--festival`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FestivalChoice {
    #[value(alias = "春节")]
    SpringFestival,
    #[value(aliases = ["五一", "劳动节"])]
    MayDay,
    #[value(aliases = ["国庆", "国庆节"])]
    NationalDay,
    #[value(alias = "自动")]
    Auto,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatChoice {
    Html,
    Pdf,
    Docx,
    Xlsx,
    Json,
    Csv,
    Oscal,
}

/// `lint --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LintFormat {
    #[value(alias = "文字")]
    Text,
    Sarif,
}

/// `--fonts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FontsChoice {
    #[value(alias = "自动")]
    Auto,
    #[value(alias = "内置")]
    Embedded,
}

/// `--fail-on`: a severity, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FailOn(pub(super) Option<Severity>);

impl FestivalChoice {
    pub(super) fn kind(self) -> Option<FestivalKind> {
        match self {
            Self::SpringFestival => Some(FestivalKind::SpringFestival),
            Self::MayDay => Some(FestivalKind::MayDay),
            Self::NationalDay => Some(FestivalKind::NationalDay),
            Self::Auto => None,
        }
    }
}

impl From<FormatChoice> for Format {
    fn from(choice: FormatChoice) -> Self {
        match choice {
            FormatChoice::Html => Self::Html,
            FormatChoice::Pdf => Self::Pdf,
            FormatChoice::Docx => Self::Docx,
            FormatChoice::Xlsx => Self::Xlsx,
            FormatChoice::Json => Self::Json,
            FormatChoice::Csv => Self::Csv,
            FormatChoice::Oscal => Self::Oscal,
        }
    }
}

impl From<FontsChoice> for Fonts {
    fn from(choice: FontsChoice) -> Self {
        match choice {
            FontsChoice::Auto => Self::Auto,
            FontsChoice::Embedded => Self::Embedded,
        }
    }
}

/// A day as people write it: `2026-09-28`, `2026.9.28`, `2026/9/28`, `2026年9月28日`, `20260928`, 今天.
pub(super) fn parse_day(text: &str) -> Result<Day, String> {
    let text = text.trim();
    if matches!(text, "今天" | "今日" | "today") {
        return Ok(clock::today());
    }
    numbers(text)
        .and_then(|(year, month, day)| Day::of(year, month, day))
        .ok_or_else(|| {
            "日期要写成 2026-09-28 或者 2026.9.28 的样子，并且确有这一天；也可以写 今天".to_owned()
        })
}

/// Year, month and day of a spelling.
fn numbers(text: &str) -> Option<(i32, u32, u32)> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at(4);
        let (month, day) = rest.split_at(2);
        return Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?));
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let mut parts = text.split(['-', '.', '/', '年', '月']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some((year, month, day))
}

/// Two days with `..`, 至, 到 or ~ between them.
pub(super) fn parse_period(text: &str) -> Result<Period, String> {
    let wrong = || "期间要写成 2026-01-01..2026-12-31 的样子".to_owned();
    let between = ["..", "至", "到", "~", "～"];
    let (from, to) = between
        .iter()
        .find_map(|sign| text.split_once(sign))
        .ok_or_else(wrong)?;
    let (from, to) = (parse_day(from)?, parse_day(to)?);
    if from > to {
        return Err("期间的起日晚于止日".to_owned());
    }
    Ok(Period { from, to })
}

pub(super) fn parse_fail_on(text: &str) -> Result<FailOn, String> {
    if matches!(text, "never" | "从不") {
        return Ok(FailOn(None));
    }
    let severity = Severity::parse(text)
        .ok_or_else(|| "要写 重大、严重、一般、提示 或 never（从不）".to_owned())?;
    Ok(FailOn(Some(severity)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = Day::parse("2026-09-04");
        for text in [
            "2026-09-04",
            "2026.9.4",
            "2026/9/4",
            "2026年9月4日",
            "20260904",
            " 2026-9-4 ",
        ] {
            assert_eq!(parse_day(text).ok(), day, "{text}");
        }
        for text in [
            "2026-02-30",
            "9.4",
            "26.9.4",
            "2026.9",
            "2026.9.4.1",
            "明天",
            "",
        ] {
            assert!(parse_day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn periods_take_the_signs_that_stand_between_two_days() {
        for text in [
            "2026-01-01..2026-12-31",
            "2026.1.1..2026.12.31",
            "2026年1月1日至2026年12月31日",
            "2026/1/1~2026/12/31",
        ] {
            assert!(parse_period(text).is_ok(), "{text}");
        }
        assert!(parse_period("2026-12-31..2026-01-01").is_err());
    }
}
