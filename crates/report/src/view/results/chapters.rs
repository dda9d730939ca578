//! The thirteen items of 条例 §58, one after the other, and the controls that they are made of.

use crate::document::blocks::{Align, Block, Problem, Row, Span, Table, Tags};
use crate::document::{chart, tables};
use crate::view::source::Source;
use crate::view::words;
use std::collections::BTreeSet;
use zicha_model::{chapter::CHAPTERS, results::ControlResult, verdict::Verdict};

/// Problems of an item that are named; the number is always told.
const NAMED: usize = 3;

/// Verdicts of a set of controls, in the order of [`Verdict::ALL`].
pub(crate) fn count<'a>(controls: impl Iterator<Item = &'a ControlResult>) -> [usize; 7] {
    let mut counts = [0; 7];
    for control in controls {
        if let Some(at) = Verdict::ALL.iter().position(|v| *v == control.verdict) {
            counts[at] += 1;
        }
    }
    counts
}

/// The controls of an item, 1 to 13.
fn of_item<'a>(source: &'a Source<'_>, item: usize) -> impl Iterator<Item = &'a ControlResult> {
    let controls = source.data.results.controls.iter();
    controls.filter(move |c| c.chapter.parse() == Ok(item))
}

/// Items against verdicts, with a row of totals.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let mut rows: Vec<_> = (1..=CHAPTERS.len())
        .map(|item| {
            let name = format!("{}、{}", words::chinese_number(item), CHAPTERS[item - 1]);
            row(name, count(of_item(source, item)))
        })
        .collect();
    rows.push(row(
        "合计".to_owned(),
        count(source.data.results.controls.iter()),
    ));
    let mut columns = vec![("检查内容", 26, Align::Start), ("检查项", 8, Align::End)];
    columns.extend(Verdict::ALL.map(|v| (v.label(), 8, Align::End)));
    tables::plain("items", "逐项检查结果统计表", &columns, rows)
}

fn row(name: String, counts: [usize; 7]) -> Row {
    let total: usize = counts.iter().sum();
    let counts = std::iter::once(total).chain(counts);
    Row {
        cells: std::iter::once(name)
            .chain(counts.map(|count| count.to_string()))
            .collect(),
        ..Row::default()
    }
}

/// Verdicts by item as a chart; items without any control are left out.
pub(crate) fn chart(source: &Source<'_>) -> crate::document::blocks::Chart {
    let bars = (1..=CHAPTERS.len()).filter_map(|item| {
        let [
            fail,
            unknown,
            notchecked,
            waived,
            pass,
            not_applicable,
            not_selected,
        ] = count(of_item(source, item));
        let bar = chart::Bar {
            label: CHAPTERS[item - 1].to_owned(),
            parts: vec![
                pass,
                fail,
                unknown,
                notchecked,
                waived + not_applicable + not_selected,
            ],
        };
        (bar.parts.iter().sum::<usize>() > 0).then_some(bar)
    });
    let bars: Vec<_> = bars.collect();
    chart::bars(
        "chart-items",
        "各项检查内容的结论（项）",
        &chart::VERDICTS,
        &bars,
    )
}

/// One heading, one paragraph and the problems for every item.
pub(crate) fn blocks(source: &Source<'_>, problems: &[Problem]) -> Vec<Block> {
    (1..=CHAPTERS.len())
        .flat_map(|item| {
            let here: Vec<_> = problems
                .iter()
                .filter(|p| usize::from(p.chapter) == item)
                .collect();
            let heading = Block::Heading {
                level: 3,
                id: format!("item-{item}"),
                text: format!("{item}. {}", CHAPTERS[item - 1]),
            };
            let told = Span::plain(told(count(of_item(source, item)), here.len()));
            let spans = std::iter::once(told).chain(named(&here)).collect();
            [heading, Block::Paragraph { spans }]
        })
        .collect()
}

/// How an item ended, in a sentence or two. Never says more than was checked.
fn told(counts: [usize; 7], problems: usize) -> String {
    let total: usize = counts.iter().sum();
    if total == 0 {
        return "本次所用清单没有这一方面的检查项，未作检查。".to_owned();
    }
    let parts = Verdict::ALL.iter().zip(counts).filter(|(_, n)| *n > 0);
    let parts: Vec<_> = parts.map(|(v, n)| format!("{}{n}项", v.label())).collect();
    let [_, _, _, waived, pass, ..] = counts;
    let mut told = format!("共{total}项，其中{}。", parts.join("、"));
    if pass > 0 && problems == 0 {
        told.push_str("已判定的检查项未发现问题。");
    }
    if waived > 0 {
        told.push_str("豁免期内的问题见下文“已豁免的问题”。");
    }
    told
}

/// The worst problems of an item by name, each leading to its entry, and how many there are.
fn named(problems: &[&Problem]) -> Vec<Span> {
    if problems.is_empty() {
        return Vec::new();
    }
    let mut spans = vec![Span::plain("发现的主要问题：")];
    for (index, problem) in problems.iter().take(NAMED).enumerate() {
        if index > 0 {
            spans.push(Span::plain("、"));
        }
        spans.push(Span {
            link: Some(format!("#{}", problem.id)),
            ..Span::plain(problem.title.clone())
        });
        let (number, severity, count) = (problem.number, &problem.severity, problem.count);
        spans.push(Span::plain(format!(
            "（第{number}项，{severity}，{count}处）"
        )));
    }
    let end = match problems.len() {
        all if all > NAMED => format!("等{all}项。"),
        _ => "。".to_owned(),
    };
    spans.push(Span::plain(end));
    spans
}

/// Every control with its verdict: for looking up, not for paper.
pub(crate) fn controls(source: &Source<'_>, problems: &[Problem]) -> Table {
    let found: BTreeSet<&str> = problems.iter().map(|p| p.control.as_str()).collect();
    let rows = source.data.results.controls.iter().map(|control| Row {
        cells: vec![
            control.id.clone(),
            control.title.clone(),
            control.severity.label().to_owned(),
            control.verdict.label().to_owned(),
            control.subjects.to_string(),
            control.failed.to_string(),
            control.unknown.to_string(),
        ],
        tags: Tags {
            severity: words::severity_id(control.severity).to_owned(),
            chapter: control.chapter.clone(),
            control: control.id.clone(),
            anchor: format!("c-{}", control.id),
            link: match found.contains(control.id.as_str()) {
                true => format!("#p-{}", control.id),
                false => String::new(),
            },
            ..Tags::default()
        },
    });
    let columns = [
        ("检查项", 10),
        ("内容", 34),
        ("严重程度", 9),
        ("结论", 9),
        ("对象数", 8),
        ("不符合", 8),
        ("无法判定", 9),
    ];
    tables::interactive("controls", "检查项一览", &columns, rows.collect())
}
