//! Who is on duty over the holiday, for 节前检查报告.

use super::{Align, Block, Row, Span, source::Source, tables};
use crate::model::{
    dataset::CellState,
    time::{Day, Moment},
};

/// The duty roster over the days off, or that none was provided.
pub(super) fn roster(source: &Source<'_>) -> Vec<Block> {
    let Some((_, festival)) = &source.data.plan.festival else {
        return Vec::new();
    };
    let Some(rows) = rows(source, festival.start, festival.end) else {
        return told("没有提供值班安排，节日值班情况未检查。");
    };
    if rows.is_empty() {
        return told("值班安排中没有节日期间的记录。");
    }
    let table = tables::plain(
        "roster",
        "节日值班安排",
        &[
            ("值班开始", 22, Align::Start),
            ("值班结束", 22, Align::Start),
            ("值班人", 20, Align::Start),
            ("交接", 10, Align::Start),
        ],
        rows,
    );
    vec![Block::Table { table }]
}

fn told(text: &str) -> Vec<Block> {
    vec![Block::Paragraph {
        spans: vec![Span::plain(text)],
    }]
}

/// Shifts that touch the days off, in order of time; `None` without a roster.
fn rows(source: &Source<'_>, from: Day, to: Day) -> Option<Vec<Row>> {
    let (schema, table) = source.table("duty_roster")?;
    let field = |id| schema.field_by_id(id);
    let (start, end) = (field("start_at")?, field("end_at")?);
    let shown = [start, end, field("person")?, field("handed_over")?];
    let mut shifts: Vec<_> = (0..table.len() as u32)
        .filter_map(|row| {
            let (began, ended) = (table.cell(row, start), table.cell(row, end));
            let known = began.0 == CellState::Value && ended.0 == CellState::Value;
            let (began, ended) = (Moment(began.1), Moment(ended.1));
            let touches = known && began.day() <= to && from <= ended.day();
            touches.then_some((began.minutes(), row))
        })
        .collect();
    shifts.sort_unstable();
    let rows = shifts
        .into_iter()
        .map(|(_, row)| Row::of(shown.map(|field| source.cell(table, row, field))));
    Some(rows.collect())
}
