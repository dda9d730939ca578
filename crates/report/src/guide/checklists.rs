//! 自查指南: both checklists chapter by chapter, and the parameters in force.

use crate::document::{tables, wide};
use crate::guide::contents::Guide;
use crate::guide::parameters;
use crate::view::{Align, Block, Document, Row, Section, Tags};
use std::collections::BTreeMap;
use zicha_model::{chapter, control::Control, plan::Checklist, verdict::Severity};
use zicha_rule::{
    narrow,
    pack::{self, Compiled},
    window,
};

/// Columns that are named of a ledger before the rest is only counted.
const NAMED: usize = 8;

const COLUMNS: [(&str, u16); 7] = [
    ("编号", 7),
    ("检查项和要求", 26),
    ("检查依据", 13),
    ("查什么", 26),
    ("严重程度", 6),
    ("不符合的怎样整改", 20),
    ("检查记录", 14),
];

/// What an inspector fills in by hand.
const BOXES: &str = "□是　□否　□不适用\n检查人：\n日　期：\n备　注：";
const BY_PROGRAM: &str = "程序按台账检查\n□符合　□不符合";

/// The whole document.
pub(super) fn document(guide: &Guide<'_>) -> Document {
    let mut sections = vec![wide::section("about", "使用说明", vec![about(guide)])];
    for (checklist, id) in [
        (Checklist::Annual, "annual"),
        (Checklist::Festival, "festival"),
    ] {
        sections.push(part(guide, checklist, id));
    }
    sections.push(wide::section(
        "parameters",
        "检查尺度一览",
        vec![parameters(guide)],
    ));
    wide::document("自查指南", format!("{}自查指南", unit(guide)), sections)
}

fn unit(guide: &Guide<'_>) -> String {
    match guide.profile.unit_name.as_str() {
        "" => "保密".to_owned(),
        name => format!("{}保密", crate::redaction::display_text::display(name)),
    }
}

fn about(guide: &Guide<'_>) -> Block {
    let on = |checklist| of_checklist(guide, checklist).count();
    let controls = guide.catalogue.controls.iter();
    let asked = controls.filter(|c| record(guide, &c.control) == BOXES);
    wide::list(&[
        format!(
            "年度自查清单 {} 项，节日检查清单 {} 项；同时列入两张清单的，在两处分别列出。",
            on(Checklist::Annual),
            on(Checklist::Festival)
        ),
        format!(
            "“检查记录”栏带“□是　□否　□不适用”的 {} 项要到现场查看后填写，答“是”表示符合要求；其余由程序按台账检查。",
            asked.count()
        ),
        "依据中 000 至 004 为五份来源制度的编号，“法”为《中华人民共和国保守国家秘密法》，“条例”为其实施条例。".to_owned(),
        "“查什么”列出检查所看的台账和列；台账没有提供、内容无法识读的，程序不作为符合处理。".to_owned(),
        "检查尺度注明来历；“本程序设定”的没有原文数字，单位可以在 zicha.yaml 中改写。".to_owned(),
    ])
}

fn of_checklist<'a>(
    guide: &'a Guide<'_>,
    checklist: Checklist,
) -> impl Iterator<Item = &'a Compiled> {
    let controls = guide.catalogue.controls.iter();
    controls.filter(move |c| c.control.checklists.contains(&checklist))
}

/// One checklist: a table for each chapter that has controls on it.
fn part(guide: &Guide<'_>, checklist: Checklist, id: &str) -> Section {
    let mut blocks = vec![wide::paragraph(format!("{}。", window::period(checklist)))];
    for number in 1..=chapter::CHAPTERS.len() as u8 {
        let own = of_checklist(guide, checklist).filter(|c| c.control.chapter == number);
        let rows: Vec<_> = own.map(|c| row(guide, c)).collect();
        if rows.is_empty() {
            continue;
        }
        let name = chapter::name(number);
        let anchor = format!("{id}-{number}");
        blocks.push(wide::heading(
            format!("h-{anchor}"),
            format!("{number}. {name}"),
        ));
        blocks.push(wide::table(tables::interactive(
            &anchor, name, &COLUMNS, rows,
        )));
    }
    wide::section(id, checklist.label(), blocks)
}

fn row(guide: &Guide<'_>, compiled: &Compiled) -> Row {
    let control = &compiled.control;
    Row {
        cells: vec![
            control.id.clone(),
            what(guide, compiled),
            control.basis.join("；"),
            looked_at(guide, compiled),
            control.severity.label().to_owned(),
            format!("{}（{}）", control.remedy, deadline(control.deadline_days)),
            record(guide, control),
        ],
        tags: Tags {
            severity: severity_id(control.severity).to_owned(),
            chapter: control.chapter.to_string(),
            ..Tags::default()
        },
    }
}

/// Title, requirement, the measures in force, and what packs leave out.
fn what(guide: &Guide<'_>, compiled: &Compiled) -> String {
    let control = &compiled.control;
    let mut text = format!("【{}】\n{}", control.title, control.requirement);
    for line in parameters::lines(guide.catalogue, compiled) {
        text.push_str(&format!("\n尺度　{line}"));
    }
    for line in narrow::lines(&guide.catalogue.schemas, compiled) {
        text.push_str(&format!("\n{line}"));
    }
    text
}

/// What is filled in by hand, who judges otherwise, or why nobody does.
fn record(guide: &Guide<'_>, control: &Control) -> String {
    match guide.catalogue.not_judged(guide.profile, control) {
        Some(reason) => reason,
        None if control.ask.is_some() => BOXES.to_owned(),
        None => BY_PROGRAM.to_owned(),
    }
}

fn deadline(days: u16) -> String {
    match days {
        0 => "立行立改".to_owned(),
        days => format!("{days} 日内"),
    }
}

fn severity_id(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Serious => "serious",
        Severity::General => "general",
        Severity::Hint => "hint",
    }
}

/// The evidence, and which records count.
fn looked_at(guide: &Guide<'_>, compiled: &Compiled) -> String {
    let mut text = evidence(guide, compiled);
    if compiled.control.merged_into.is_empty() {
        for line in window::subjects(guide.catalogue, compiled) {
            text.push_str(&format!("\n期间　{line}"));
        }
    }
    text
}

/// What counts as evidence: the columns that the rule reads, and the question on site.
pub(super) fn evidence(guide: &Guide<'_>, compiled: &Compiled) -> String {
    let mut lines = Vec::new();
    if let Some(ask) = &compiled.control.ask {
        lines.push(format!("现场看：{}", ask.question));
    }
    let schemas = &guide.catalogue.schemas;
    for (ledger, fields) in compiled.reads() {
        let labels = fields
            .iter()
            .map(|&f| schemas.field(ledger, f).label.clone());
        let labels = tables::some_of(&labels.collect::<Vec<_>>(), NAMED, "列");
        let colon = if labels.is_empty() { "" } else { "：" };
        lines.push(format!(
            "《{}》{colon}{labels}",
            schemas.ledger(ledger).label
        ));
    }
    lines.join("\n")
}

/// Every parameter with its value in force and where it comes from.
fn parameters(guide: &Guide<'_>) -> Block {
    let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for compiled in &guide.catalogue.controls {
        for parameter in guide.catalogue.parameters_of(compiled) {
            let ids = users.entry(&parameter.name).or_default();
            ids.push(compiled.control.id.clone());
        }
    }
    let rows = guide.catalogue.parameters.values().map(|parameter| {
        let users = users.get(parameter.name.as_str());
        Row::of([
            parameter.label.clone(),
            parameter.name.clone(),
            pack::shown(parameter, &guide.catalogue.schemas),
            pack::provenance(parameter),
            tables::some_of(users.map_or(&[], Vec::as_slice), 12, "项"),
        ])
    });
    let columns = [
        ("检查尺度", 22, Align::Start),
        ("参数名", 16, Align::Start),
        ("现在的值", 16, Align::Start),
        ("来历", 22, Align::Start),
        ("用在", 24, Align::Start),
    ];
    wide::table(tables::plain(
        "parameter-table",
        "检查尺度",
        &columns,
        rows.collect(),
    ))
}
