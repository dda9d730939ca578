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

/// A unit's figures.
pub(super) fn unit(place: usize, entry: &Entry) -> Vec<String> {
    let tally = &entry.tally;
    let score = |of: fn(&Grade) -> String| tally.score.as_ref().map(of).unwrap_or_default();
    let cells = &entry.cells;
    vec![
        place.to_string(),
        display_text::display(&entry.key.name),
        names::kind(&tally.kind).to_owned(),
        tally.as_of.to_string(),
        score(|s| s.percent.one_decimal()),
        score(|s| s.highest.one_decimal()),
        score(|s| display_text::display(&s.grade)),
        score(|s| s.vetoes.to_string()),
        tally.critical.to_string(),
        tally.serious.to_string(),
        tally.general.to_string(),
        tally.hint.to_string(),
        tally.overdue.to_string(),
        tally.reopened.to_string(),
        tally.fixed.to_string(),
        cells.count(Verdict::Fail).to_string(),
        cells.count(Verdict::Unknown).to_string(),
        cells.count(Verdict::NotChecked).to_string(),
        display_text::display(&tally.tool),
        if tally.verified {
            "已核对"
        } else {
            "未附校验清单"
        }
        .to_owned(),
    ]
}

/// A control's figures over all units.
pub(super) fn control(figures: &ControlFigures<'_>) -> Vec<String> {
    let of = |verdict| figures.of(verdict);
    vec![
        display_text::display(&figures.info.id),
        display_text::display(&figures.info.title),
        chapter_name(figures.info.chapter.parse().unwrap_or(0)),
        figures.info.severity.label().to_owned(),
        figures.applicable().to_string(),
        of(Verdict::Fail).to_string(),
        share(of(Verdict::Fail), figures.applicable()),
        figures.findings.to_string(),
        of(Verdict::Unknown).to_string(),
        of(Verdict::NotChecked).to_string(),
        of(Verdict::Waived).to_string(),
    ]
}

/// A chapter's figures over all units.
pub(super) fn chapter(figures: &ChapterFigures) -> Vec<String> {
    let of = |verdict| figures.of(verdict);
    vec![
        chapter_name(figures.chapter),
        figures.units_failing.to_string(),
        of(Verdict::Fail).to_string(),
        of(Verdict::Pass).to_string(),
        share(of(Verdict::Pass), figures.applicable()),
        (of(Verdict::Unknown) + of(Verdict::NotChecked)).to_string(),
        figures.findings.to_string(),
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
            rows.push(own.into_iter().chain(unit(*place, entry)).collect());
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
