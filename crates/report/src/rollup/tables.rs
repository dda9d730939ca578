//! The figures as rows of text, the same for page, workbook and CSV.

use crate::redaction::display_text;
use crate::rollup::names;
use zicha_model::{chapter, verdict::Verdict};
use zicha_rollup::{
    Entry, Grade,
    figures::{ChapterFigures, ControlFigures, Group},
};

/// Headings of a unit's row.
pub(super) const UNIT: [&str; 20] = [
    "名次",
    "单位",
    "单位性质",
    "检查基准日",
    "得分率（%）",
    "最高可达（%）",
    "等次",
    "否决项",
    "重大",
    "严重",
    "一般",
    "提示",
    "逾期未改",
    "再次出现",
    "已整改",
    "不符合项",
    "无法判定项",
    "未检查项",
    "程序版本",
    "核对",
];

/// Headings of a control's row.
pub(super) const CONTROL: [&str; 11] = [
    "编号",
    "检查项",
    "检查事项",
    "严重程度",
    "适用单位",
    "不符合单位",
    "不符合比例（%）",
    "问题（处）",
    "无法判定单位",
    "未检查单位",
    "豁免单位",
];

/// Headings of a chapter's row.
pub(super) const CHAPTER: [&str; 7] = [
    "检查事项",
    "有问题的单位",
    "不符合（项次）",
    "符合（项次）",
    "符合比例（%）",
    "没有查清（项次）",
    "问题（处）",
];

/// A cell until a writer writes it. A figure is a number in workbooks; a text never becomes one: a unit
/// called 007 stays 007.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words, names, days.
    Text(String),
    /// A number in decimal; empty where there is none.
    Figure(String),
}

use Cell::{Figure, Text};

impl Cell {
    /// As pages and CSV show it.
    pub(super) fn into_text(self) -> String {
        match self {
            Text(text) | Figure(text) => text,
        }
    }
}

fn figure(number: impl std::fmt::Display) -> Cell {
    Figure(number.to_string())
}

/// A unit's figures.
pub(super) fn unit(place: usize, entry: &Entry) -> Vec<Cell> {
    let tally = &entry.tally;
    let score = |of: fn(&Grade) -> String| tally.score.as_ref().map(of).unwrap_or_default();
    let cells = &entry.cells;
    let verified = match tally.verified {
        true => "已核对",
        false => "未附校验清单",
    };
    vec![
        figure(place),
        Text(display_text::display(&entry.key.name)),
        Text(names::kind(&tally.kind).to_owned()),
        Text(tally.as_of.to_string()),
        Figure(score(|s| s.percent.one_decimal())),
        Figure(score(|s| s.highest.one_decimal())),
        Text(score(|s| display_text::display(&s.grade))),
        Figure(score(|s| s.vetoes.to_string())),
        figure(tally.critical),
        figure(tally.serious),
        figure(tally.general),
        figure(tally.hint),
        figure(tally.overdue),
        figure(tally.reopened),
        figure(tally.fixed),
        figure(cells.count(Verdict::Fail)),
        figure(cells.count(Verdict::Unknown)),
        figure(cells.count(Verdict::NotChecked)),
        Text(display_text::display(&tally.tool)),
        Text(verified.to_owned()),
    ]
}

/// A control's figures over all units.
pub(super) fn control(figures: &ControlFigures<'_>) -> Vec<Cell> {
    let of = |verdict| figures.of(verdict);
    vec![
        Text(display_text::display(&figures.info.id)),
        Text(display_text::display(&figures.info.title)),
        Text(chapter_name(figures.info.chapter.parse().unwrap_or(0))),
        Text(figures.info.severity.label().to_owned()),
        figure(figures.applicable()),
        figure(of(Verdict::Fail)),
        Figure(share(of(Verdict::Fail), figures.applicable())),
        figure(figures.findings),
        figure(of(Verdict::Unknown)),
        figure(of(Verdict::NotChecked)),
        figure(of(Verdict::Waived)),
    ]
}

/// A chapter's figures over all units.
pub(super) fn chapter(figures: &ChapterFigures) -> Vec<Cell> {
    let of = |verdict| figures.of(verdict);
    vec![
        Text(chapter_name(figures.chapter)),
        figure(figures.units_failing),
        figure(of(Verdict::Fail)),
        figure(of(Verdict::Pass)),
        Figure(share(of(Verdict::Pass), figures.applicable())),
        figure(of(Verdict::Unknown) + of(Verdict::NotChecked)),
        figure(figures.findings),
    ]
}

fn chapter_name(number: u8) -> String {
    match number {
        0 => chapter::name(0).to_owned(),
        number => format!("{number}. {}", chapter::name(number)),
    }
}

/// A share in percent with one decimal; empty of nothing.
pub(super) fn share(part: u32, whole: u32) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = (u64::from(part) * 1000 + u64::from(whole) / 2) / u64::from(whole);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// All units of all checklists, the heading first.
pub(super) fn csv(groups: &[Group<'_>]) -> Vec<Vec<String>> {
    let head = ["检查", "年度"].into_iter().chain(UNIT);
    let mut rows = vec![head.map(str::to_owned).collect()];
    for group in groups {
        for (place, entry) in &group.ranking {
            let own = [
                names::checklist(group.checklist).to_owned(),
                group.year.to_string(),
            ];
            let figures = unit(*place, entry).into_iter().map(Cell::into_text);
            rows.push(own.into_iter().chain(figures).collect());
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_a_tenth_and_nothing_has_none() {
        assert_eq!(share(1, 3), "33.3");
        assert_eq!(share(2, 3), "66.7");
        assert_eq!(share(0, 0), "");
    }
}
