//! The tables of what was not checked, could not be decided or was left out. What they share: a
//! cause stands once, with everything that hangs on it.

use crate::document::blocks::{Align, Row, Table};
use crate::document::tables;
use crate::view::findings::problems;
use crate::view::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::Outcome;
use zicha_model::diag::{Severity, human};
use zicha_model::{control::Control, results::NarrowedBy, verdict::Verdict};

/// Unanswered scopes named in a row; the number is always told.
const NAMED: usize = 5;

/// Rows of these tables that are printed; the page has them all.
const ON_PAPER: usize = 40;

/// Outcomes with their controls.
pub(crate) fn with_controls<'a>(
    source: &'a Source<'_>,
) -> impl Iterator<Item = (&'a Outcome, &'a Control)> + use<'a> {
    let outcomes = source.data.outcomes.iter();
    outcomes.filter_map(|o| Some((o, control(source, o)?)))
}

/// Outcomes that ended so, with their controls.
fn ended<'a>(
    source: &'a Source<'_>,
    verdict: Verdict,
) -> impl Iterator<Item = (&'a Outcome, &'a Control)> + use<'a> {
    with_controls(source).filter(move |(o, _)| o.verdict == verdict)
}

fn control<'a>(source: &Source<'a>, outcome: &Outcome) -> Option<&'a Control> {
    let compiled = source.data.catalogue.controls.get(outcome.control);
    compiled.map(|c| &c.control)
}

/// Every missing ledger once, with all controls that hang on it.
pub(crate) fn missing_ledgers(source: &Source<'_>) -> Table {
    let mut ledgers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (outcome, control) in ended(source, Verdict::Unknown) {
        for ledger in &outcome.missing_ledgers {
            ledgers.entry(ledger).or_default().insert(&control.id);
        }
    }
    let rows = ledgers.into_iter().map(|(ledger, controls)| {
        let state = match source.table(ledger) {
            None => "未提供",
            Some(_) => "没有记录",
        };
        Row::of([
            source.ledger_label(ledger),
            state.to_owned(),
            controls.len().to_string(),
            controls.into_iter().collect::<Vec<_>>().join("、"),
        ])
    });
    tables::plain(
        "missing-ledgers",
        "未提供或者为空的台账",
        &[
            ("台账", 22, Align::Start),
            ("情况", 8, Align::Start),
            ("项数", 6, Align::End),
            ("无法判定的检查项", 44, Align::Start),
        ],
        rows.collect(),
    )
}

pub(crate) fn questions(source: &Source<'_>) -> Table {
    let outcomes = source
        .data
        .outcomes
        .iter()
        .filter(|o| !o.unanswered.is_empty());
    let rows = outcomes.filter_map(|outcome| {
        let control = control(source, outcome)?;
        let scopes: Vec<_> = outcome.unanswered.iter().map(|u| u.scope.clone()).collect();
        let question = outcome.unanswered.first().map(|u| u.question.clone());
        Some(Row::of([
            control.id.clone(),
            control.title.clone(),
            question.unwrap_or_default(),
            tables::some_of(&scopes, NAMED, "个对象"),
        ]))
    });
    control_table(
        "questions",
        "未答复的现场检查事项",
        "待答复问题",
        "待答复范围",
        rows.collect(),
    )
}

pub(crate) fn not_selected(source: &Source<'_>) -> Table {
    by_reason(
        source,
        Verdict::NotSelected,
        "not-selected",
        "未选用的检查项",
    )
}

/// Controls of which packs left records out, each with the conditions and the number of records.
pub(crate) fn narrowed(source: &Source<'_>) -> Table {
    let controls = source.data.results.controls.iter();
    let narrowed = controls.filter_map(|c| Some((c, c.narrowed.as_ref()?)));
    let rows = narrowed.map(|(control, narrowed)| {
        let told = |of: &dyn Fn(&NarrowedBy) -> String| {
            let told: Vec<_> = narrowed.by.iter().map(of).collect();
            told.join("；")
        };
        Row::of([
            format!("{} {}", control.id, control.title),
            told(&|by| {
                format!(
                    "{}中符合“{}”的",
                    source.ledger_label(&by.ledger),
                    by.condition
                )
            }),
            told(&|by| format!("清单包“{}”：{}", by.pack, by.reason)),
            narrowed.records.to_string(),
        ])
    });
    tables::plain(
        "narrowed",
        "收窄的检查项",
        &[
            ("检查项", 20, Align::Start),
            ("只检查的记录", 26, Align::Start),
            ("理由", 24, Align::Start),
            ("未检查的记录", 10, Align::End),
        ],
        rows.collect(),
    )
}

pub(crate) fn not_applicable(source: &Source<'_>) -> Table {
    by_reason(
        source,
        Verdict::NotApplicable,
        "not-applicable",
        "不适用的检查项",
    )
}

/// Controls that ended so, by the reason that they share.
fn by_reason(source: &Source<'_>, verdict: Verdict, id: &str, caption: &str) -> Table {
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (outcome, control) in ended(source, verdict) {
        let controls = reasons.entry(reason(outcome)).or_default();
        controls.push(format!("{} {}", control.id, control.title));
    }
    let rows = reasons.into_iter().map(|(reason, controls)| {
        let count = controls.len().to_string();
        Row::of([reason, count, controls.join("；")])
    });
    tables::plain(
        id,
        caption,
        &[
            ("原因", 22, Align::Start),
            ("项数", 6, Align::End),
            ("检查项", 52, Align::Start),
        ],
        rows.collect(),
    )
}

fn reason(outcome: &Outcome) -> String {
    match outcome.reasons.as_slice() {
        [] => "没有需要检查的对象".to_owned(),
        reasons => reasons.join("；"),
    }
}

pub(crate) fn waived(source: &Source<'_>) -> Table {
    let findings = source.findings().filter(|f| f.waived);
    let rows = findings.map(|f| {
        Row::of([
            f.control.clone().unwrap_or_default(),
            f.message.clone(),
            problems::subject(source, f),
        ])
    });
    tables::plain(
        "waived",
        "豁免期内的问题",
        &[
            ("检查项", 10, Align::Start),
            ("问题", 40, Align::Start),
            ("对象", 30, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(ON_PAPER)
}

pub(crate) fn diagnostics(source: &Source<'_>) -> Table {
    let told = source.data.diagnostics.iter();
    let told = told.filter(|d| d.severity != Severity::Note);
    let rows = told.map(|d| {
        let level = match d.severity {
            Severity::Error => "错误",
            Severity::Warning => "注意",
            Severity::Note => "说明",
        };
        Row::of([
            level.to_owned(),
            d.message.clone(),
            human::place(d),
            d.hint.clone().unwrap_or_default(),
        ])
    });
    tables::plain(
        "diagnostics",
        "读取文件时发现的情况",
        &[
            ("程度", 6, Align::Start),
            ("情况", 30, Align::Start),
            ("位置", 22, Align::Start),
            ("办法", 22, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(ON_PAPER)
}

pub(crate) fn unused(source: &Source<'_>) -> Table {
    let inputs = source.data.results.inputs.iter();
    let rows = inputs.flat_map(|input| {
        let sheets = input.sheets.iter();
        sheets.filter_map(move |sheet| {
            let what = match (&sheet.ledger, sheet.unused_columns.as_slice()) {
                (None, _) => "没有识别出是哪本台账，整表未检查".to_owned(),
                (Some(_), []) => return None,
                (Some(_), columns) => format!("未使用的列：{}", columns.join("、")),
            };
            Some(Row::of([input.path.clone(), sheet.name.clone(), what]))
        })
    });
    tables::plain(
        "unused",
        "没有使用的工作表和列",
        &[
            ("文件", 26, Align::Start),
            ("工作表", 16, Align::Start),
            ("情况", 38, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(ON_PAPER)
}

fn control_table(id: &str, caption: &str, third: &str, fourth: &str, rows: Vec<Row>) -> Table {
    let columns = [
        ("检查项", 10, Align::Start),
        ("内容", 20, Align::Start),
        (third, 26, Align::Start),
        (fourth, 24, Align::Start),
    ];
    tables::plain(id, caption, &columns, rows)
}
