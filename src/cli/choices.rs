//! What options accept.

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
    Annual,
    Festival,
    All,
}

/// `--festival`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FestivalChoice {
    SpringFestival,
    MayDay,
    NationalDay,
    Auto,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatChoice {
    Html,
    Pdf,
    Xlsx,
    Json,
}

/// `--fonts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FontsChoice {
    Auto,
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
            FormatChoice::Xlsx => Self::Xlsx,
            FormatChoice::Json => Self::Json,
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

pub(super) fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "日期要写成 2026-09-28 的样子，并且确有这一天".to_owned())
}

pub(super) fn parse_period(text: &str) -> Result<Period, String> {
    let wrong = || "期间要写成 2026-01-01..2026-12-31 的样子".to_owned();
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let (from, to) = (parse_day(from.trim())?, parse_day(to.trim())?);
    if from > to {
        return Err("期间的起日晚于止日".to_owned());
    }
    Ok(Period { from, to })
}

pub(super) fn parse_fail_on(text: &str) -> Result<FailOn, String> {
    if text == "never" {
        return Ok(FailOn(None));
    }
    let severity =
        Severity::parse(text).ok_or_else(|| "要写 重大、严重、一般、提示 或 never".to_owned())?;
    Ok(FailOn(Some(severity)))
}
