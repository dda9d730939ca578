//! 自评表 by a bureau's score table: what each item lost and why, and which records prove it.

use crate::document::blocks::{Align, Block, Row, Section, Span, Table};
use crate::document::paper::Document;
use crate::document::tables;
use crate::view::source::Source;
use crate::view::words;
use serde::Serialize;
use std::collections::BTreeSet;
use zicha_scoring::fill::Note;
use zicha_scoring::reckon::{ItemScore, Reckoned, WayScore};
use zicha_scoring::standard::{Item, Nature, Way};

/// Cases told in a cell; the rest stands in the list.
const CASES: usize = 3;
/// Ledgers named as proof of one item.
const LEDGERS: usize = 4;

/// The form as the papers show it.
#[derive(Clone, Debug, Serialize)]
pub struct FormView {
    /// As a document of its own.
    pub document: Document,
    /// What is written beside each item.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

/// The form, where the run is scored by one.
pub(crate) fn view(source: &Source<'_>) -> Option<FormView> {
    let notes = notes(source)?;
    let form = source.data.form.as_ref()?;
    let title = form.own.standard.title.clone();
    let mut blocks = vec![Block::Table {
        table: table(source, &notes)?,
    }];
    blocks.extend(result(&form.reckoned));
    Some(FormView {
        document: Document {
            stem: "自评表".to_owned(),
            title: format!("{title}（{}年度自评）", source.data.plan.year),
            landscape: true,
            official: false,
            leaflets: false,
            sections: vec![Section {
                id: "form".to_owned(),
                title: String::new(),
                annex: false,
                landscape: true,
                screen: false,
                blocks,
            }],
            annexes: Vec::new(),
        },
        notes,
    })
}

/// The form as an annex of the report.
pub(crate) fn annex(form: &FormView) -> Vec<Section> {
    let blocks = form.document.sections.iter().flat_map(|s| s.blocks.clone());
    vec![Section {
        id: "annex-form".to_owned(),
        title: "附件　自评表".to_owned(),
        annex: true,
        landscape: true,
        screen: false,
        blocks: blocks.collect(),
    }]
}

fn table(source: &Source<'_>, notes: &[Note]) -> Option<Table> {
    let form = source.data.form.as_ref()?;
    let items = form.own.standard.items.iter().zip(&form.reckoned.items);
    let rows = items
        .zip(notes)
        .map(|((item, score), note)| row(item, score, note));
    Some(tables::plain(
        "form-items",
        "自评表",
        &[
            ("序号", 5, Align::Center),
            ("自查内容", 34, Align::Start),
            ("分值", 6, Align::End),
            ("实有项目", 7, Align::Center),
            ("扣分情况", 34, Align::Start),
            ("得分", 8, Align::End),
            ("佐证", 20, Align::Start),
        ],
        rows.collect(),
    ))
}

fn row(item: &Item, score: &ItemScore, note: &Note) -> Row {
    let own = item
        .points
        .map(words::points)
        .unwrap_or_else(|| item.nature.word().to_owned());
    let star = if score.presence.has {
        "★"
    } else {
        "无此项"
    };
    Row::of([
        item.number.clone(),
        item.text.clone(),
        own,
        if item.nature == Nature::Scored {
            star.to_owned()
        } else {
            String::new()
        },
        note.deducted.clone(),
        reached(item, score),
        note.evidence.clone(),
    ])
}

fn reached(item: &Item, score: &ItemScore) -> String {
    let (low, high) = (
        words::points(score.lowest()),
        words::points(score.highest()),
    );
    match item.nature {
        Nature::Scored if !score.counts => "—".to_owned(),
        Nature::Scored if low == high => low,
        Nature::Scored => format!("{low}至{high}"),
        Nature::Heavy if score.lost.is_positive() => format!("-{}", words::points(score.lost)),
        _ if score.is_open() => "待定".to_owned(),
        _ => "—".to_owned(),
    }
}

/// The lines at the end of the form.
fn result(reckoned: &Reckoned) -> Vec<Block> {
    let (low, high) = (
        words::points(reckoned.lowest),
        words::points(reckoned.highest),
    );
    let reached = if low == high {
        low
    } else {
        format!("{low}至{high}")
    };
    let rate = |points: zicha_model::points::Points| words::points(points.percent_of(reckoned.of));
    let (worst, best) = (rate(reckoned.lowest), rate(reckoned.highest));
    let rate = if worst == best {
        worst
    } else {
        format!("{worst}%至{best}")
    };
    let mut lines = vec![
        format!(
            "实有项目总分值 {} 分，总得分 {reached} 分，得分率 {rate}%。",
            words::points(reckoned.of)
        ),
        format!(
            "其中已判定 {} 分，已扣 {} 分，未定 {} 分。考评结果：{}。",
            words::points(reckoned.decided()),
            words::points(reckoned.lost),
            words::points(reckoned.open),
            reckoned.grade
        ),
    ];
    lines.extend(
        reckoned
            .vetoes
            .iter()
            .map(|title| format!("{title}：已发生，直接决定结果。")),
    );
    if !reckoned.missing.is_empty() {
        lines.push(format!("尚缺：{}。", reckoned.missing.join("；")));
    }
    let paragraph = |text: String| Block::Paragraph {
        spans: vec![Span::plain(text)],
    };
    lines.into_iter().map(paragraph).collect()
}

/// What is written beside each item, in the order of the items.
fn notes(source: &Source<'_>) -> Option<Vec<Note>> {
    let form = source.data.form.as_ref()?;
    let items = form.own.standard.items.iter().zip(&form.reckoned.items);
    let note = |(item, score): (&Item, &ItemScore)| Note {
        deducted: deducted(source, item, score),
        evidence: evidence(source, item, score),
    };
    Some(items.map(note).collect())
}

fn deducted(source: &Source<'_>, item: &Item, score: &ItemScore) -> String {
    if !score.presence.has {
        return format!("无此项：{}", score.presence.reason);
    }
    let ways = item.ways.iter().zip(&score.ways);
    let mut lines: Vec<String> = ways
        .filter_map(|(way, result)| line(source, way, result))
        .collect();
    if let Some(decided) = item.decided {
        lines.push(format!(
            "由本单位评定扣{}分：{}",
            words::points(decided),
            item.reason
        ));
    }
    if score.deducted > score.lost && item.nature == Nature::Scored {
        lines.push(format!(
            "合计应扣{}分，扣完为止",
            words::points(score.deducted)
        ));
    }
    if !score.reason.is_empty() {
        lines.push(score.reason.clone());
    }
    lines.join("\n")
}

/// What one way cost, or why it is open.
fn line(source: &Source<'_>, way: &Way, result: &WayScore) -> Option<String> {
    let state = result.state.words();
    if result.cases == 0 {
        let decided = way.decided.filter(|points| points.is_positive());
        let decided = decided.map(|points| {
            format!(
                "{}：扣{}分（由本单位评定）",
                way.text,
                words::points(points)
            )
        });
        return decided.or_else(|| (!state.is_empty()).then(|| format!("{state}：{}", way.text)));
    }
    let cases = cases(source, result);
    let lost = words::points(result.lost);
    let proposal = result
        .proposal
        .map(|p| format!("，建议扣{}分", words::points(p)))
        .unwrap_or_default();
    let cost = match state {
        "" => format!("扣{lost}分"),
        state => format!("{state}{proposal}"),
    };
    Some(format!("{}起，{cost}：{cases}", result.cases))
}

/// The cases as sentences, a few of them.
fn cases(source: &Source<'_>, result: &WayScore) -> String {
    let controls: BTreeSet<&str> = result.found_by.iter().map(|(id, _)| id.as_str()).collect();
    let found = source
        .standing()
        .filter(|f| f.control.as_deref().is_some_and(|id| controls.contains(id)));
    let sentences: Vec<String> = found
        .map(|f| {
            if f.problem.is_empty() {
                f.message.clone()
            } else {
                f.problem.clone()
            }
        })
        .map(|text| text.trim_end_matches('。').to_owned())
        .collect();
    let shown = sentences
        .iter()
        .take(CASES)
        .cloned()
        .collect::<Vec<_>>()
        .join("；");
    if sentences.len() > CASES {
        return format!("{shown}等，见整改清单");
    }
    shown
}

/// The ledgers that the item's controls look at, with how many records each has.
fn evidence(source: &Source<'_>, item: &Item, score: &ItemScore) -> String {
    if !score.presence.has {
        return String::new();
    }
    let wanted: BTreeSet<&str> = item.ways.iter().flat_map(Way::told_by).collect();
    let controls = source.data.catalogue.controls.iter();
    let controls = controls.filter(|c| wanted.contains(c.control.id.as_str()));
    let ledgers: BTreeSet<_> = controls.flat_map(|c| c.reads().into_keys()).collect();
    let kept = ledgers.into_iter().filter_map(|id| {
        let records = source.data.dataset.table(id)?.len();
        let label = &source.schemas().ledger(id).label;
        (records > 0).then(|| format!("《{label}》{records}条"))
    });
    tables::some_of(&kept.collect::<Vec<_>>(), LEDGERS, "本台账")
}
