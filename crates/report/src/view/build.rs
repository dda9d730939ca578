//! Puts the view together: gathers the parts, fills in the narrative, heads the documents.

use crate::document::blocks::{Block, Chart, Span, Table};
use crate::document::paper::Document;
use crate::redaction::display_text;
use crate::view::findings::{list, measures, problems};
use crate::view::framing::{figures, head, parameters, roster};
use crate::view::gathered::Gathered;
use crate::view::model::View;
use crate::view::papers::{
    duty, notices, questions, record, shortcomings, steps, to_return, work, year,
};
use crate::view::prose::narrative;
use crate::view::prose::narrative::Parts;
use crate::view::results::{chapters, entry_changes, form, history, levels, score, trend};
use crate::view::source::Source;
use crate::view::unresolved::open::Open;
use crate::view::{narrative_values, overview};
use zicha_model::plan::Checklist;

/// Builds the view.
pub(crate) fn view(source: &Source<'_>, redacted: bool) -> View {
    let gathered = Gathered::of(source);
    let data = &source.data;
    let context = narrative_values::context(source, &gathered);
    let listed = list::rectification(source);
    let leaflets = notices::notices(source, &marking_part(&gathered), &listed.sheets);
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
        form: form::view(source),
        questions: questions::open(source),
        working_paper: working_paper(source, &gathered, &context),
        yearly: yearly(source, &gathered, &context),
        festival: festival(source, &context),
        list: list_paper(source, &listed, &gathered, &context),
        summary: summary(source, &gathered, &context),
        notices: notices::document(source, &leaflets),
        leaflets,
        sheets: listed.sheets,
        due: source.data.due.clone(),
    }
}

/// 自查报告; the paper before a holiday where only that was run.
fn report(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    if head::festival_only(source) {
        return festival_report(source, gathered, context);
    }
    let about = format!("{}年度保密自查自评", source.data.plan.year);
    let parts = Parts::from([
        ("not-checked", steps::not_checked(source, &gathered.open)),
        ("work", work::blocks(source)),
        ("shortcomings", shortcomings::by_matter(source)),
        ("terms", table(steps::terms(source))),
        ("steps", steps::next(gathered)),
    ]);
    let form = form::view(source);
    let own = if form.is_some() {
        "自评表"
    } else {
        "自评表（见《自查工作底稿》）"
    };
    let annexes = [own, "整改清单（另册）", "奖惩汇总（另册）"];
    let mut sections = narrative::sections(source, "report.md", context, &parts);
    sections.extend(form.iter().flat_map(form::annex));
    Document {
        stem: "自查报告".to_owned(),
        title: head::title(source, &about),
        landscape: false,
        official: true,
        leaflets: false,
        sections,
        annexes: annexes.map(str::to_owned).into(),
    }
}

/// 年度保密工作情况报告, which every unit sends to the secrecy administration of its level.
fn yearly(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Option<Document> {
    source.data.plan.annual?;
    let parts = Parts::from([
        ("counts", year::counts(source)),
        ("assessed", year::assessed(source)),
        ("not-checked", steps::not_checked(source, &gathered.open)),
        ("gravest", shortcomings::gravest(source)),
        ("mended", year::mended(source)),
        ("steps", steps::next(gathered)),
    ]);
    Some(Document {
        stem: "年度保密工作情况报告".to_owned(),
        title: head::title(source, &format!("{}年度保密工作", source.data.plan.year)),
        landscape: false,
        official: true,
        leaflets: false,
        sections: narrative::sections(source, "yearly.md", context, &parts),
        annexes: vec!["整改清单（另册）".to_owned()],
    })
}

/// What a festival is called with its year: `2026年国庆节`.
fn festival_name(source: &Source<'_>) -> String {
    let festival = source.data.plan.festival.as_ref();
    let name = festival.map_or("", |(_, f)| f.kind.label());
    format!("{}年{name}", source.data.plan.year)
}

/// 节前保密检查情况报告.
fn festival_report(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let about = format!("{}节前保密检查", festival_name(source));
    let parts = Parts::from([
        ("not-checked", steps::not_checked(source, &gathered.open)),
        ("gravest", shortcomings::gravest(source)),
        ("before-leaving", steps::before_leaving(source, gathered)),
        ("duty", duty::blocks(source)),
    ]);
    let annexes = ["节前保密检查记录表", "整改清单（另册）"];
    Document {
        stem: "节前保密检查情况报告".to_owned(),
        title: head::title(source, &about),
        landscape: false,
        official: true,
        leaflets: false,
        sections: narrative::sections(source, "festival.md", context, &parts),
        annexes: annexes.map(str::to_owned).into(),
    }
}

/// 节前保密检查记录表.
fn record(source: &Source<'_>, context: &tera::Context) -> Document {
    let parts = Parts::from([
        ("record", table(record::table(source))),
        ("duty", duty::faults(source)),
        ("roster", roster::roster(source)),
        ("to-return", to_return::blocks(source)),
        ("signatures", vec![signatures(source)]),
    ]);
    Document {
        stem: "节前保密检查记录表".to_owned(),
        title: format!(
            "{}{}节前保密检查记录表",
            head::unit(source),
            festival_name(source)
        ),
        landscape: false,
        official: false,
        leaflets: false,
        sections: narrative::sections(source, "record.md", context, &parts),
        annexes: Vec::new(),
    }
}

/// The papers before a holiday that stand beside the report.
fn festival(source: &Source<'_>, context: &tera::Context) -> Vec<Document> {
    if source.data.plan.festival.is_none() {
        return Vec::new();
    }
    let report = source.data.plan.annual.is_some();
    let report = report.then(|| {
        // It counts what was checked before the holiday, not the whole year.
        let source = source.only(Checklist::Festival);
        let gathered = Gathered::of(&source);
        let context = narrative_values::context(&source, &gathered);
        festival_report(&source, &gathered, &context)
    });
    report
        .into_iter()
        .chain([record(source, context)])
        .collect()
}

/// 自查工作底稿: everything, for the file.
fn working_paper(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let (narrative, about) = match head::festival_only(source) {
        true => (
            "festival-working.md",
            format!("{}节前保密检查", festival_name(source)),
        ),
        false => (
            "working.md",
            format!("{}年度保密自查", source.data.plan.year),
        ),
    };
    let parts = working_parts(source, gathered);
    let mut sections = narrative::sections(source, narrative, context, &parts);
    sections.extend(levels::section(source));
    Document {
        stem: "自查工作底稿".to_owned(),
        title: format!("{}{about}工作底稿", head::unit(source)),
        landscape: false,
        official: false,
        leaflets: false,
        sections,
        annexes: Vec::new(),
    }
}

fn table(table: Table) -> Vec<Block> {
    vec![Block::Table { table }]
}

fn working_parts(source: &Source<'_>, gathered: &Gathered) -> Parts {
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
    if let Some(changed) = entry_changes::table(source) {
        parts.insert("entry-changes", table(changed));
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

fn list_paper(
    source: &Source<'_>,
    listed: &list::List,
    gathered: &Gathered,
    context: &tera::Context,
) -> Document {
    let table = |index: usize| {
        vec![Block::Table {
            table: listed.parts[index].clone(),
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
        ("own-items", extra(&listed.own)),
        ("unmatched", extra(&listed.unmatched)),
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
