//! Puts the view together: gathers the parts, fills in the narrative, heads the documents.

use crate::redaction::display_text;
use crate::view::findings::{list, measures, notices, problems};
use crate::view::framing::{figures, head, marking, parameters, roster};
use crate::view::prose::narrative::Parts;
use crate::view::prose::{narrative, values};
use crate::view::results::{chapters, history, proposals, score, trend};
use crate::view::source::Source;
use crate::view::unresolved::open;
use crate::view::unresolved::open::Open;
use crate::view::{Block, Chart, Document, Problem, Span, Table, View, overview};

/// Everything that several documents need, worked out once.
pub(crate) struct Gathered {
    pub(crate) problems: Vec<Problem>,
    pub(crate) open: Open,
    pub(crate) list: list::List,
    pub(crate) proposals: Table,
    pub(crate) marking_notice: Option<String>,
}

/// Builds the view.
pub(crate) fn view(source: &Source<'_>, redacted: bool) -> View {
    let gathered = Gathered {
        problems: problems::group(source),
        // In the short report they stand right under the chapter.
        open: open::collect(source, if head::festival_only(source) { 2 } else { 3 }),
        list: list::rectification(source),
        proposals: proposals::table(source),
        marking_notice: marking::notice(source),
    };
    let data = &source.data;
    let context = values::context(source, &gathered);
    View {
        unit: head::unit(source),
        tool: data.results.tool.label(),
        date: data.plan.as_of.chinese(),
        as_of: data.plan.as_of.to_string(),
        year: data.plan.year,
        festival_only: head::festival_only(source),
        redacted,
        letterhead: head::letterhead(source, gathered.marking_notice.clone()),
        facts: head::facts(source),
        overview: overview::overview(source, &gathered),
        report: report(source, &gathered, &context),
        list: list(source, &gathered, &context),
        summary: summary(source, &gathered, &context),
        notices: notices::document(source, &marking_part(&gathered)),
        sheets: gathered.list.sheets,
    }
}

fn report(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let festival = head::festival_only(source);
    let (narrative, title, annexes) = if festival {
        let festival = source.data.plan.festival.as_ref();
        let name = festival.map_or("", |(_, f)| f.kind.label());
        let about = format!("{}年{name}节前保密检查", source.data.plan.year);
        let title = head::title(source, &about);
        ("festival.md", title, vec!["整改清单（另册）"])
    } else {
        let about = format!("{}年度保密自查自评", source.data.plan.year);
        let title = head::title(source, &about);
        (
            "report.md",
            title,
            vec!["评分表", "整改清单（另册）", "奖惩汇总（另册）"],
        )
    };
    Document {
        stem: "自查报告".to_owned(),
        title,
        landscape: false,
        official: true,
        leaflets: false,
        sections: narrative::sections(source, narrative, context, &report_parts(source, gathered)),
        annexes: annexes.into_iter().map(str::to_owned).collect(),
    }
}

fn report_parts(source: &Source<'_>, gathered: &Gathered) -> Parts {
    let table = |table: Table| vec![Block::Table { table }];
    let chart = |chart: Chart| vec![Block::Chart { chart }];
    let problems = &gathered.problems;
    let shown = problems.iter().map(|problem| Block::Problem {
        problem: Box::new(problem.clone()),
    });
    let mut parts = Parts::from([
        ("unchecked", unchecked(&gathered.open)),
        ("facts", table(head::facts_table(source))),
        ("figures", table(figures::table(source))),
        ("items-table", table(chapters::table(source))),
        ("items-chart", chart(chapters::chart(source))),
        ("items", chapters::blocks(source, problems)),
        ("open", gathered.open.blocks.clone()),
        ("problems", shown.collect()),
        ("causes", table(problems::causes(source, problems))),
        ("deadlines", table(measures::by_deadline(source, problems))),
        ("departments", table(measures::by_department(source))),
        ("short", table(measures::short(source, problems))),
        ("controls", table(chapters::controls(source, problems))),
        ("parameters", table(parameters::table(source))),
        ("next", next(gathered)),
        ("score", table(score::table(source))),
        ("score-sums", score::sums(source)),
        ("score-parts", score::parts(source)),
        ("department-scores", score::departments(source)),
        ("roster", roster::roster(source)),
        ("signatures", vec![signatures(source)]),
        ("marking", marking_part(gathered)),
    ]);
    if let Some(drawn) = overview::departments(source) {
        parts.insert("departments-chart", chart(drawn));
    }
    if let Some(drawn) = trend::chart(source) {
        parts.insert("trend-chart", chart(drawn));
    }
    if let Some(drawn) = history::chart(source) {
        parts.insert("history-chart", chart(drawn));
    }
    if let Some(listed) = history::table(source) {
        parts.insert("history-table", table(listed));
    }
    parts
}

fn signatures(source: &Source<'_>) -> Block {
    let named = source.data.profile.signatories.iter();
    let named: Vec<_> = named
        .map(|role| display_text::display(&source.masked(role)))
        .collect();
    let usual = ["检查人员", "检查组组长", "分管领导"];
    Block::Signatures {
        roles: match named.is_empty() {
            true => usual.map(str::to_owned).into(),
            false => named,
        },
    }
}

/// The box that cannot be overlooked.
fn unchecked(open: &Open) -> Vec<Block> {
    if open.lines.is_empty() {
        return Vec::new();
    }
    vec![Block::Notice {
        title: "没有检查和无法判定的事项（不作为符合要求处理）".to_owned(),
        lines: open.lines.clone(),
    }]
}

fn marking_part(gathered: &Gathered) -> Vec<Block> {
    let notice = gathered.marking_notice.iter().map(|line| Block::Notice {
        title: "定密提示".to_owned(),
        lines: vec![line.clone()],
    });
    notice.collect()
}

/// What the data say is to be done next.
fn next(gathered: &Gathered) -> Vec<Block> {
    let mut items = Vec::new();
    let mut add = |count: usize, text: String| {
        if count > 0 {
            items.push(vec![Span::plain(text)]);
        }
    };
    let open = &gathered.open;
    let urgent = gathered
        .problems
        .iter()
        .filter(|p| p.due == "立行立改")
        .count();
    let problems = gathered.problems.len();
    add(
        urgent,
        format!("对{urgent}项要求立行立改的问题立即整改，并留存佐证材料。"),
    );
    add(
        problems,
        format!(
            "对照《整改清单》落实{problems}项问题的责任部门、责任人和时限，整改完成后逐处复核销号。"
        ),
    );
    add(
        open.ledgers,
        format!(
            "补齐{}本未提供或者为空的台账，对依赖这些台账的检查项补充检查。",
            open.ledgers
        ),
    );
    add(
        open.questions,
        format!("完成{}项现场检查事项的检查和答复。", open.questions),
    );
    add(
        open.undecided,
        format!(
            "核实{}条无法判定的记录，补全所缺内容后重新检查。",
            open.undecided
        ),
    );
    add(
        open.unreadable,
        format!("更正{}个无法识读的单元格。", open.unreadable),
    );
    let proposals = gathered.proposals.rows.len();
    add(
        proposals,
        format!("将{proposals}项奖惩建议按照权限提交有权机关研究决定。"),
    );
    add(
        1,
        "整改完成后重新运行检查，核对问题是否消除、有无新的问题。".to_owned(),
    );
    vec![Block::List {
        ordered: true,
        items,
    }]
}

fn list(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let table = |index: usize| {
        vec![Block::Table {
            table: gathered.list.parts[index].clone(),
        }]
    };
    let extra = |table: &Option<Table>| {
        let tables = table.iter().cloned();
        tables.map(|table| Block::Table { table }).collect()
    };
    let parts = Parts::from([
        ("new", table(0)),
        ("open", table(1)),
        ("fixed", table(2)),
        ("own-items", extra(&gathered.list.own)),
        ("unmatched", extra(&gathered.list.unmatched)),
        ("marking", marking_part(gathered)),
    ]);
    Document {
        stem: "整改清单".to_owned(),
        title: format!("{}保密自查问题整改清单", head::unit(source)),
        landscape: true,
        official: false,
        leaflets: false,
        sections: narrative::sections(source, "list.md", context, &parts),
        annexes: Vec::new(),
    }
}

fn summary(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let table = Block::Table {
        table: gathered.proposals.clone(),
    };
    let parts = Parts::from([
        ("proposals", vec![table]),
        ("marking", marking_part(gathered)),
    ]);
    Document {
        stem: "奖惩汇总".to_owned(),
        title: format!("{}保密工作奖惩建议汇总", head::unit(source)),
        landscape: true,
        official: false,
        leaflets: false,
        sections: narrative::sections(source, "summary.md", context, &parts),
        annexes: Vec::new(),
    }
}
