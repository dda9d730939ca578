//! What a rollup left out, and what should be looked at before its figures are used.

use crate::document::{tables as make, wide};
use crate::redaction::display_text;
use crate::rollup::names;
use crate::view::Block;
use zicha_rollup::{Entry, LeftOut, Summary, figures::Group};

/// Names in a list before the rest is only counted.
const NAMED: usize = 200;

/// What was not counted, and what should be looked at before the figures are used.
pub(super) fn blocks(summary: &Summary, groups: &[Group<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let left_out = |l: &LeftOut| {
        format!(
            "{}：{}",
            display_text::display(&l.place),
            display_text::display(&l.reason)
        )
    };
    let lines: Vec<_> = summary.left_out.iter().map(left_out).collect();
    blocks.extend(notice("没有计入的结果", lines));
    for group in groups {
        let name = names::group(group);
        let entry = |e: &&Entry| display_text::display(&e.key.name);
        let unverified = group
            .ranking
            .iter()
            .map(|(_, e)| *e)
            .filter(|e| !e.tally.verified);
        let lists: [(&str, Vec<String>); 5] = [
            (
                "应报未报的单位",
                group
                    .missing
                    .iter()
                    .map(|n| display_text::display(n))
                    .collect(),
            ),
            (
                "只有以前年度结果的单位",
                group
                    .outdated
                    .iter()
                    .map(|e| format!("{}（{}年）", entry(e), e.key.year))
                    .collect(),
            ),
            (
                "程序或检查标准版本较旧的单位，数字不完全可比",
                group
                    .behind
                    .iter()
                    .map(|e| format!("{}（{}）", entry(e), display_text::display(&e.tally.tool)))
                    .collect(),
            ),
            (
                "同一基准日有几份不同结果的单位，已取其中一份",
                group
                    .ambiguous
                    .iter()
                    .map(|s| display_text::display(&s.key.name))
                    .collect(),
            ),
            (
                "没有附校验清单、无从核对的单位",
                unverified.map(|e| entry(&e)).collect(),
            ),
        ];
        for (title, names) in lists {
            blocks.extend(notice(&format!("{name}：{title}"), grouped(names)));
        }
    }
    let older = summary.superseded.len();
    if older > 0 {
        blocks.push(wide::paragraph(format!(
            "另有{older}份结果因同一单位、同一检查有更新的结果而没有计入，逐份列在 {}。",
            names::JSON
        )));
    }
    if blocks.is_empty() {
        blocks.push(wide::paragraph("没有。".to_owned()));
    }
    blocks
}

/// Names in one line, cut where there are too many.
fn grouped(mut names: Vec<String>) -> Vec<String> {
    names.dedup();
    if names.is_empty() {
        return names;
    }
    let count = names.len();
    vec![format!(
        "共{count}个：{}",
        make::some_of(&names, NAMED, "个")
    )]
}

fn notice(title: &str, mut lines: Vec<String>) -> Option<Block> {
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(format!("另有{more}份，见 {}。", names::JSON));
    }
    (!lines.is_empty()).then(|| Block::Notice {
        title: title.to_owned(),
        lines,
    })
}
