//! 汇总报告: for each checklist the state in short, ranking, common faults, matters, controls, and what is
//! missing.

use crate::document::{chart, tables as make, wide};
use crate::redaction::display_text;
use crate::rollup::tables::Cell;
use crate::rollup::{names, open, tables};
use crate::view::{Align, Block, Chart, Document, Row, Section, Span, Table};
use zicha_model::points::Points;
use zicha_model::verdict::Verdict;
use zicha_rollup::{
    Entry, Summary,
    figures::{self, Group},
};

/// Common faults listed in the report; all controls are in the workbook.
const COMMON: usize = 30;
/// Rows of a table on paper; all are in the workbook.
const PRINTED: usize = 400;

/// The whole report.
pub(super) fn document(summary: &Summary, groups: &[Group<'_>], bureau: &str) -> Document {
    let mut sections = Vec::new();
    for (group, number) in groups.iter().zip(0..) {
        sections.extend(of_group(group, number));
    }
    sections.push(wide::section(
        "open",
        "没有计入和需要核实的结果",
        open::blocks(summary, groups),
    ));
    sections.push(wide::section("about", "说明", vec![about()]));
    let title = format!("{}保密自查情况汇总报告", display_text::display(bureau));
    wide::document(names::STEM, title, sections)
}

fn of_group(group: &Group<'_>, number: usize) -> Vec<Section> {
    let name = names::group(group);
    let one = |id: &str, title: &str, blocks| {
        wide::section(
            &format!("{id}-{number}"),
            &format!("{name}：{title}"),
            blocks,
        )
    };
    let table = |table: Table| {
        let table = table.continued_in(names::REST).on_paper(PRINTED);
        vec![Block::Table { table }]
    };
    let mut state = vec![wide::paragraph(in_short(group))];
    if !group.grades.is_empty() {
        state.extend(table(grades(group, number)));
    }
    state.push(Block::Chart {
        chart: matters_chart(group, number),
    });
    vec![
        one("state", "总体情况", state),
        one("ranking", "各单位情况", table(ranking(group, number))),
        one("common", "共性问题", table(common(group, number))),
        one("matters", "按检查事项", table(matters(group, number))),
        one("controls", "按检查项", table(controls(group, number))),
    ]
}

/// The state in a few sentences.
fn in_short(group: &Group<'_>) -> String {
    let units = group.ranking.len();
    let entries = || group.ranking.iter().map(|(_, entry)| *entry);
    let sum = |of: fn(&Entry) -> u32| entries().map(|e| u64::from(of(e))).sum::<u64>();
    let findings = sum(|e| e.tally.findings());
    let mut text = format!(
        "计入{units}个单位的结果，发现问题{findings}处，其中重大{}处、严重{}处、一般{}处、提示{}处；逾期未改{}处，再次出现{}处，已整改{}处。",
        sum(|e| e.tally.critical),
        sum(|e| e.tally.serious),
        sum(|e| e.tally.general),
        sum(|e| e.tally.hint),
        sum(|e| e.tally.overdue),
        sum(|e| e.tally.reopened),
        sum(|e| e.tally.fixed),
    );
    let percents = entries().filter_map(|e| e.tally.score.as_ref());
    let mut percents: Vec<_> = percents.map(|s| s.percent).collect();
    percents.sort_unstable();
    if let (Some(lowest), Some(highest)) = (percents.first(), percents.last()) {
        let middle = percents[percents.len() / 2];
        let shown = |percent: Points| format!("{}%", percent.one_decimal());
        text.push_str(&format!(
            "得分率最低{}，居中{}，最高{}。",
            shown(*lowest),
            shown(middle),
            shown(*highest)
        ));
    }
    let open = sum(|e| e.cells.count(Verdict::Unknown) + e.cells.count(Verdict::NotChecked));
    text.push_str(&format!(
        "另有{open}项次无法判定或者没有检查，都不作为符合要求处理。"
    ));
    text
}

fn grades(group: &Group<'_>, number: usize) -> Table {
    let units = group.ranking.len() as u32;
    let rows = group.grades.iter().map(|(grade, names)| {
        let count = names.len() as u32;
        let names: Vec<_> = names.iter().map(|n| display_text::display(n)).collect();
        Row::of([
            display_text::display(grade),
            count.to_string(),
            tables::share(count, units),
            make::some_of(&names, 20, "个单位"),
        ])
    });
    let columns = [
        ("等次", 10, Align::Start),
        ("单位数", 8, Align::End),
        ("比例（%）", 8, Align::End),
        ("单位", 60, Align::Start),
    ];
    make::plain(
        &format!("grades-{number}"),
        "按等次",
        &columns,
        rows.collect(),
    )
}

fn matters_chart(group: &Group<'_>, number: usize) -> Chart {
    let bars: Vec<_> = group
        .chapters
        .iter()
        .map(|figures| {
            let of = |v| figures.of(v) as usize;
            let other = [
                Verdict::Waived,
                Verdict::NotApplicable,
                Verdict::NotSelected,
            ];
            chart::Bar {
                label: tables::chapter(figures).swap_remove(0).into_text(),
                parts: vec![
                    of(Verdict::Pass),
                    of(Verdict::Fail),
                    of(Verdict::Unknown),
                    of(Verdict::NotChecked),
                    other.into_iter().map(of).sum(),
                ],
            }
        })
        .collect();
    let title = "各检查事项的结论（项次）";
    chart::bars(
        &format!("matters-chart-{number}"),
        title,
        &chart::VERDICTS,
        &bars,
    )
}

/// All units; the columns that paper has room for.
fn ranking(group: &Group<'_>, number: usize) -> Table {
    const SHOWN: [usize; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17];
    let rows: Vec<_> = group
        .ranking
        .iter()
        .map(|(place, entry)| {
            let cells = tables::unit(*place, entry);
            row(SHOWN.iter().map(|&at| cells[at].clone()).collect())
        })
        .collect();
    let columns: Vec<_> = SHOWN
        .iter()
        .map(|&at| {
            let wide = at == 1;
            let align = match at {
                1 | 2 | 6 => Align::Start,
                3 => Align::Center,
                _ => Align::End,
            };
            (tables::UNIT[at], if wide { 22 } else { 6 }, align)
        })
        .collect();
    let caption = "各单位情况，名次靠前的在前";
    make::plain(&format!("ranking-table-{number}"), caption, &columns, rows)
}

/// A caption that says what is left out and where it is.
fn rest(caption: &str, all: usize, shown: usize) -> String {
    if all <= shown {
        return caption.to_owned();
    }
    format!(
        "{caption}（共 {all} 个，这里列前 {shown} 个，其余见{}）",
        names::REST
    )
}

fn row(cells: Vec<Cell>) -> Row {
    Row {
        cells: cells.into_iter().map(Cell::into_text).collect(),
        ..Row::default()
    }
}

fn common(group: &Group<'_>, number: usize) -> Table {
    let common = figures::common(group);
    let rows = common.iter().take(COMMON).map(|f| row(tables::control(f)));
    let caption = rest(
        "两个以上单位都有的问题，涉及单位多的在前",
        common.len(),
        COMMON,
    );
    make::plain(
        &format!("common-table-{number}"),
        &caption,
        &control_columns(),
        rows.collect(),
    )
}

fn controls(group: &Group<'_>, number: usize) -> Table {
    let failing = group.controls.iter().filter(|f| f.of(Verdict::Fail) > 0);
    let rows = failing.map(|f| row(tables::control(f)));
    let caption = format!("有单位不符合的检查项（全部检查项见{}）", names::REST);
    make::plain(
        &format!("control-table-{number}"),
        &caption,
        &control_columns(),
        rows.collect(),
    )
}

fn control_columns() -> Vec<(&'static str, u16, Align)> {
    let columns = tables::CONTROL.iter().zip(0..);
    columns
        .map(|(&title, at)| match at {
            0 => (title, 8, Align::Start),
            1 | 2 => (title, 20, Align::Start),
            3 => (title, 7, Align::Start),
            _ => (title, 7, Align::End),
        })
        .collect()
}

fn matters(group: &Group<'_>, number: usize) -> Table {
    let rows = group.chapters.iter().map(|f| row(tables::chapter(f)));
    let columns = tables::CHAPTER.iter().zip(0..);
    let columns: Vec<_> = columns
        .map(|(&title, at)| match at {
            0 => (title, 30, Align::Start),
            _ => (title, 10, Align::End),
        })
        .collect();
    make::plain(
        &format!("matter-table-{number}"),
        "各检查事项",
        &columns,
        rows.collect(),
    )
}

fn about() -> Block {
    let lines = [
        "名次先比得分率（没有报送、没有查清的不得分），得分率相同的先比没有查清的项数所占比例，少的在前，再比符合要求的项数所占比例，然后依次比重大、严重、一般、提示问题的处数；数字完全相同的名次并列。",
        "得分率按已有凭据计算，没有查清的项目不得分；“最高可达”是没有查清的全部符合时的得分率。",
        "不同检查的结果分别汇总，不相加；同一单位、同一检查、同一年度只计最近的一份。",
        "问题的处数不含已整改和已豁免的；比例以适用的单位或项次为分母，没有查清的也在分母之内。",
        "本报告只汇总数字，不列人员姓名和问题原文；具体问题见各单位的自查报告。",
    ];
    Block::List {
        ordered: true,
        items: lines.iter().map(|line| vec![Span::plain(*line)]).collect(),
    }
}
