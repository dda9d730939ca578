//! Who is on duty over the holiday, for 节前检查报告.

use crate::document::tables;
use crate::view::source::Source;
use crate::view::{Align, Block, Row, Span};
use std::collections::BTreeSet;
use zicha_model::{
    dataset::CellState,
    time::{Day, Moment},
};

/// The duty roster over the days off, or that none was provided.
pub(crate) fn roster(source: &Source<'_>) -> Vec<Block> {
    let Some((_, festival)) = &source.data.plan.festival else {
        return Vec::new();
    };
    let Some(shifts) = shifts(source, festival.start, festival.end) else {
        return told("没有提供值班安排，节日值班情况未检查。");
    };
    if shifts.is_empty() {
        return told("值班安排中没有节日期间的记录。");
    }
    let days: BTreeSet<Day> = shifts.iter().map(|shift| shift.start.day()).collect();
    let rows = days.into_iter().map(|day| {
        let here = shifts.iter().filter(|shift| shift.start.day() == day);
        Row::of([
            day.chinese(),
            here.map(Shift::told).collect::<Vec<_>>().join("；"),
        ])
    });
    let columns = [
        ("日期", 16, Align::Start),
        ("值班时间和值班人", 60, Align::Start),
    ];
    let table = tables::plain("roster", "节日值班安排", &columns, rows.collect());
    vec![Block::Table { table }]
}

fn told(text: &str) -> Vec<Block> {
    vec![Block::Paragraph {
        spans: vec![Span::plain(text)],
    }]
}

/// Somebody's time on duty.
struct Shift {
    start: Moment,
    end: Moment,
    person: String,
    /// Whether it was handed over, as the roster says it; empty before it began.
    handed_over: String,
}

impl Shift {
    /// `18:00—次日08:00 梁允恭（交接：是）`.
    fn told(&self) -> String {
        let end = match self.end.day().0 - self.start.day().0 {
            0 => clock(self.end),
            1 => format!("次日{}", clock(self.end)),
            _ => format!("{}{}", self.end.day().chinese(), clock(self.end)),
        };
        let handed_over = match self.handed_over.as_str() {
            "" => String::new(),
            told => format!("（交接：{told}）"),
        };
        let hours = match (self.start.is_day_only(), end.as_str()) {
            (true, "") => "全天".to_owned(),
            (true, end) => format!("至{end}"),
            (false, end) => format!("{}—{end}", clock(self.start)),
        };
        format!("{hours} {}{handed_over}", self.person)
    }
}

/// `08:00`; nothing if only the day is known.
fn clock(moment: Moment) -> String {
    let minute = moment.minute_of_day();
    match moment.is_day_only() {
        true => String::new(),
        false => format!("{:02}:{:02}", minute / 60, minute % 60),
    }
}

/// Shifts that touch the days off, in order of time; `None` without a roster.
fn shifts(source: &Source<'_>, from: Day, to: Day) -> Option<Vec<Shift>> {
    let (schema, table) = source.table("duty_roster")?;
    let field = |id| schema.field_by_id(id);
    let (start, end) = (field("start_at")?, field("end_at")?);
    let (person, handed_over) = (field("person")?, field("handed_over")?);
    let mut shifts: Vec<_> = (0..table.len() as u32)
        .filter_map(|row| {
            let (began, ended) = (table.cell(row, start), table.cell(row, end));
            let known = began.0 == CellState::Value && ended.0 == CellState::Value;
            let shift = Shift {
                start: Moment(began.1),
                end: Moment(ended.1),
                person: source.cell(table, row, person),
                handed_over: source.cell(table, row, handed_over),
            };
            let touches = known && shift.start.day() <= to && from <= shift.end.day();
            touches.then_some(shift)
        })
        .collect();
    shifts.sort_by_key(|shift| shift.start.minutes());
    Some(shifts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_told_with_its_hours_and_the_day_on_which_it_ends() {
        let told = |start, end, handed_over: &str| {
            let person = "甲".to_owned();
            let handed_over = handed_over.to_owned();
            Shift {
                start,
                end,
                person,
                handed_over,
            }
            .told()
        };
        let first = Day::of(2026, 10, 1).expect("a day");
        let at = |days, hour| Moment::at(first.add_days(days), hour, 0);
        assert_eq!(told(at(0, 8), at(0, 18), ""), "08:00—18:00 甲");
        assert_eq!(
            told(at(0, 18), at(1, 8), "是"),
            "18:00—次日08:00 甲（交接：是）"
        );
        assert_eq!(told(at(0, 8), at(2, 8), ""), "08:00—2026年10月3日08:00 甲");
        let days = (Moment::day_only(first), Moment::day_only(first.add_days(1)));
        assert_eq!(told(days.0, days.1, ""), "至次日 甲");
        assert_eq!(told(days.0, days.0, ""), "全天 甲");
    }
}
