//! What was not checked, could not be decided or was left out, and why. Nothing here counts as
//! passed; every kind has a table of its own so that none is overlooked.

use super::{Align, Block, Row, Span, Table, problems, source::Source, tables, words};
use crate::check::Outcome;
use crate::diag::{Severity, human};
use crate::model::{control::Control, results::FindingKind, verdict::Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Undecided subjects and unanswered scopes named in a row; the number is always told.
const NAMED: usize = 5;

/// The open matters, counted and told.
pub(super) struct Open {
    /// One line each, for the overview; empty only if everything was checked.
    pub(super) lines: Vec<String>,
    /// The tables with their headings.
    pub(super) blocks: Vec<Block>,
    /// Level of these headings: one below the heading that they stand under.
    level: u8,
    /// Ledgers that were missing or empty.
    pub(super) ledgers: usize,
    /// Controls with unanswered on-site questions.
    pub(super) questions: usize,
    /// Records that could not be decided.
    pub(super) undecided: usize,
    /// Cells that could not be read.
    pub(super) unreadable: usize,
}

/// Collects everything that is open, under headings of a level.
pub(super) fn collect(source: &Source<'_>, level: u8) -> Open {
    let ledgers = missing_ledgers(source);
    let questions = questions(source);
    let unknown = undecided(source);
    let mut open = Open {
        lines: Vec::new(),
        blocks: Vec::new(),
        level,
        ledgers: ledgers.rows.len(),
        questions: questions.rows.len(),
        undecided: source.data.outcomes.iter().map(|o| o.undecided.len()).sum(),
        unreadable: problems::count_kind(source, FindingKind::Unreadable),
    };
    let records = format!("项有记录无法判定（共{}条记录）", open.undecided);
    open.add(
        "台账未提供或者为空",
        "本台账未提供或者没有记录，依赖它的检查项无法判定",
        ledgers,
    );
    open.add(
        "现场检查事项未答复",
        "项现场检查事项没有答复，未检查",
        questions,
    );
    open.add("记录无法判定", &records, unknown);
    open.cells();
    open.add(
        "未选用的检查项",
        "项检查项由本单位停用，未检查",
        not_selected(source),
    );
    open.add(
        "已豁免的问题",
        "个问题在豁免期内，未计入问题",
        waived(source),
    );
    open.add(
        "读取文件时发现的情况",
        "处文件读取问题，有关内容可能没有纳入检查",
        diagnostics(source),
    );
    open.add(
        "没有使用的工作表和列",
        "处工作表或者列没有被识别，其内容未纳入检查",
        unused(source),
    );
    open.add_quietly("不适用的检查项", not_applicable(source));
    open
}

impl Open {
    /// Adds a table and its line in the overview.
    fn add(&mut self, title: &str, line: &str, table: Table) {
        if !table.rows.is_empty() {
            let count = table.rows.len();
            self.lines.push(format!("{count}{line}。"));
        }
        self.add_quietly(title, table);
    }

    /// Adds a table that people should find but need not be warned of.
    fn add_quietly(&mut self, title: &str, table: Table) {
        if !table.rows.is_empty() {
            self.heading(title, &table.id.clone());
            self.blocks.push(Block::Table { table });
        }
    }

    fn heading(&mut self, title: &str, id: &str) {
        let headings = self.blocks.iter();
        let before = headings
            .filter(|b| matches!(b, Block::Heading { .. }))
            .count();
        let number = match self.level {
            2 => format!("（{}）", words::chinese_number(before + 1)),
            _ => format!("{}. ", before + 1),
        };
        self.blocks.push(Block::Heading {
            level: self.level,
            id: format!("h-{id}"),
            text: format!("{number}{title}"),
        });
    }

    fn cells(&mut self) {
        if self.unreadable == 0 {
            return;
        }
        let told = format!(
            "{}个单元格内容无法识读，需要它的检查项不能判定。",
            self.unreadable
        );
        self.lines.push(told.clone());
        self.heading("单元格内容无法识读", "unreadable");
        self.blocks.push(Block::Paragraph {
            spans: vec![
                Span::plain(told),
                Span::plain("逐个位置列入"),
                Span {
                    text: "发现的问题".to_owned(),
                    strong: false,
                    link: Some("#p-unreadable".to_owned()),
                },
                Span::plain("和《整改清单》。"),
            ],
        });
    }
}

/// Outcomes that ended so, with their controls.
fn ended<'a>(
    source: &'a Source<'_>,
    verdict: Verdict,
) -> impl Iterator<Item = (&'a Outcome, &'a Control)> {
    let outcomes = source
        .data
        .outcomes
        .iter()
        .filter(move |o| o.verdict == verdict);
    outcomes.filter_map(|o| Some((o, control(source, o)?)))
}

fn control<'a>(source: &Source<'a>, outcome: &Outcome) -> Option<&'a Control> {
    let compiled = source.data.catalogue.controls.get(outcome.control);
    compiled.map(|c| &c.control)
}

/// Every missing ledger once, with all controls that hang on it.
fn missing_ledgers(source: &Source<'_>) -> Table {
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

fn questions(source: &Source<'_>) -> Table {
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

/// Controls that could not be decided for another reason than a missing ledger, and controls that
/// were decided for some records only.
fn undecided(source: &Source<'_>) -> Table {
    let outcomes = source.data.outcomes.iter();
    let rows = outcomes
        .filter(|o| {
            let other_reason = o.verdict == Verdict::Unknown && o.missing_ledgers.is_empty();
            other_reason || !o.undecided.is_empty()
        })
        .filter_map(|outcome| {
            let control = control(source, outcome)?;
            Some(Row::of([
                control.id.clone(),
                control.title.clone(),
                outcome.undecided.len().to_string(),
                reasons(source, outcome),
            ]))
        });
    let mut table = control_table(
        "undecided",
        "无法判定的记录",
        "记录数",
        "原因和位置",
        rows.collect(),
    );
    table.columns[2].align = Align::End;
    table.columns[2].width = 6;
    table
}

/// Reasons of the outcome, then the first records with theirs.
fn reasons(source: &Source<'_>, outcome: &Outcome) -> String {
    let records = outcome.undecided.iter().take(NAMED).map(|u| {
        let ledger = &u.subject.ledger;
        let cells = u.evidence.iter().map(|e| source.place(e, ledger).place);
        let cells: Vec<_> = cells.collect();
        let place = tables::some_of(&cells, 3, "处");
        let place = if place.is_empty() {
            u.subject.key.clone()
        } else {
            place
        };
        format!("{place}：{}", u.reason)
    });
    let mut lines: Vec<_> = outcome.reasons.iter().cloned().chain(records).collect();
    if let Some(rest) = outcome
        .undecided
        .len()
        .checked_sub(NAMED)
        .filter(|n| *n > 0)
    {
        lines.push(format!("另有{rest}条记录"));
    }
    lines.join("\n")
}

fn not_selected(source: &Source<'_>) -> Table {
    let rows = ended(source, Verdict::NotSelected).map(with_reasons);
    reason_table("not-selected", "未选用的检查项", rows.collect())
}

fn not_applicable(source: &Source<'_>) -> Table {
    let rows = ended(source, Verdict::NotApplicable).map(with_reasons);
    reason_table("not-applicable", "不适用的检查项", rows.collect())
}

fn with_reasons((outcome, control): (&Outcome, &Control)) -> Row {
    let reasons = match outcome.reasons.as_slice() {
        [] => "没有需要检查的对象".to_owned(),
        reasons => reasons.join("；"),
    };
    Row::of([control.id.clone(), control.title.clone(), reasons])
}

fn waived(source: &Source<'_>) -> Table {
    let findings = source.data.results.findings.iter().filter(|f| f.waived);
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
}

fn diagnostics(source: &Source<'_>) -> Table {
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
}

fn unused(source: &Source<'_>) -> Table {
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

fn reason_table(id: &str, caption: &str, rows: Vec<Row>) -> Table {
    let columns = [
        ("检查项", 10, Align::Start),
        ("内容", 26, Align::Start),
        ("原因", 44, Align::Start),
    ];
    tables::plain(id, caption, &columns, rows)
}
