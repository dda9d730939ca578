//! Who is on duty over the holiday, for 节前检查记录表: every shift with its hours, persons, leader and
//! telephone, and every hour for which nobody is named.

use crate::document::blocks::{Align, Block, Row, Span};
use crate::document::tables;
use crate::view::source::Source;
use zicha_model::{
    dataset::CellState,
    time::{Day, Moment},
};

/// What stands where nobody is on duty.
const NOBODY: &str = "无人值班，须补排";

/// What stands for a shift whose cell names nobody.
const NOT_NAMED: &str = "未填写值班人，须补排";

/// The duty roster over the days off, or that none was provided.
pub(crate) fn roster(source: &Source<'_>) -> Vec<Block> {
    let Some((_, festival)) = &source.data.plan.festival else {
        return Vec::new();
    };
    let Some(mut shifts) = shifts(source, festival.start, festival.end) else {
        return told("没有提供值班安排，节日值班情况未检查。");
    };
    if shifts.is_empty() {
        return told("值班安排中没有节日期间的记录。");
    }
    shifts.extend(gaps(&shifts, festival.start, festival.end));
    shifts.sort_by_key(|shift| shift.start.minutes());
    let rows = shifts.iter().map(|shift| {
        Row::of([
            shift.start.day().chinese(),
            shift.hours(),
            shift.on_duty(),
            shift.phone.clone(),
            shift.led_by(),
        ])
    });
    let columns = [
        ("日期", 17, Align::Start),
        ("时间", 17, Align::Start),
        ("值班人", 20, Align::Start),
        ("值班电话", 12, Align::Start),
        ("带班领导及电话", 16, Align::Start),
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
    /// Names, parted by 、; or that nobody is named.
    person: String,
    phone: String,
    leader: String,
    leader_phone: String,
    /// Whether it was handed over, as the roster says it; empty before it began.
    handed_over: String,
}

impl Shift {
    /// Hours for which no shift stands.
    fn gap(start: Moment, end: Moment) -> Self {
        Self {
            start,
            end,
            person: NOBODY.to_owned(),
            phone: String::new(),
            leader: String::new(),
            leader_phone: String::new(),
            handed_over: String::new(),
        }
    }

    /// `18:00—次日08:00`.
    fn hours(&self) -> String {
        let end = match self.end.day().0 - self.start.day().0 {
            0 => clock(self.end),
            1 => format!("次日{}", clock(self.end)),
            _ => format!("{}{}", self.end.day().chinese(), clock(self.end)),
        };
        match (self.start.is_day_only(), end.as_str()) {
            (true, "") => "全天".to_owned(),
            (true, end) => format!("至{end}"),
            (false, "") => format!("{}起", clock(self.start)),
            (false, end) => format!("{}—{end}", clock(self.start)),
        }
    }

    /// `梁允恭、郑丽（交接：是）`.
    fn on_duty(&self) -> String {
        match (self.person.as_str(), self.handed_over.as_str()) {
            ("", _) => NOT_NAMED.to_owned(),
            (person, "") => person.to_owned(),
            (person, told) => format!("{person}（交接：{told}）"),
        }
    }

    fn led_by(&self) -> String {
        match self.leader_phone.as_str() {
            "" => self.leader.clone(),
            phone => format!("{}　{phone}", self.leader).trim().to_owned(),
        }
    }

    /// The first minute of it, and the first after it: a day alone is the whole day, 23:59 its end.
    fn span(&self) -> (i32, i32) {
        let start = match self.start.is_day_only() {
            true => midnight(self.start.day()),
            false => self.start.minutes(),
        };
        let whole = self.end.is_day_only() || self.end.minute_of_day() == LAST_MINUTE;
        let end = match whole {
            true => midnight(self.end.day().add_days(1)),
            false => self.end.minutes(),
        };
        (start, end)
    }
}

/// The first minute of a day.
fn midnight(day: Day) -> i32 {
    Moment::at(day, 0, 0).minutes()
}

/// A minute as a moment.
fn moment(minutes: i32) -> Moment {
    let minute = minutes.rem_euclid(DAY).unsigned_abs();
    Moment::at(Day(minutes.div_euclid(DAY)), minute / 60, minute % 60)
}

/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// 23:59, which people write for the end of a day.
const LAST_MINUTE: i32 = DAY - 1;

/// `08:00`; nothing if only the day is known.
fn clock(moment: Moment) -> String {
    let minute = moment.minute_of_day();
    match moment.is_day_only() {
        true => String::new(),
        false => format!("{:02}:{:02}", minute / 60, minute % 60),
    }
}

/// The hours of the days off that no shift with a person covers; shifts come in order of time.
fn gaps(shifts: &[Shift], from: Day, to: Day) -> Vec<Shift> {
    let end = midnight(to.add_days(1));
    let mut covered = midnight(from);
    let mut gaps = Vec::new();
    let manned = shifts.iter().filter(|shift| !shift.person.is_empty());
    for (start, until) in manned.map(Shift::span) {
        let start = start.min(end);
        if covered < start {
            gaps.push(Shift::gap(moment(covered), moment(start)));
        }
        covered = covered.max(until);
    }
    if covered < end {
        gaps.push(Shift::gap(moment(covered), moment(end)));
    }
    // A shift without a name is told as such: the hours are not told twice.
    let unnamed = shifts.iter().filter(|shift| shift.person.is_empty());
    let unnamed: Vec<_> = unnamed.map(Shift::span).collect();
    gaps.retain(|gap| {
        let (from, to) = gap.span();
        let within = |&(start, until): &(i32, i32)| start <= from && to <= until;
        !unnamed.iter().any(within)
    });
    gaps
}

/// Shifts that touch the days off, in order of time; `None` without a roster.
fn shifts(source: &Source<'_>, from: Day, to: Day) -> Option<Vec<Shift>> {
    let (schema, table) = source.table("duty_roster")?;
    let field = |id| schema.field_by_id(id);
    let (start, end, person) = (field("start_at")?, field("end_at")?, field("person")?);
    let mut shifts: Vec<_> = (0..table.len() as u32)
        .filter_map(|row| {
            let (began, ended) = (table.cell(row, start), table.cell(row, end));
            let known = began.0 == CellState::Value && ended.0 == CellState::Value;
            let cell = |id| field(id).map_or_else(String::new, |f| source.cell(table, row, f));
            let names = |id| field(id).map_or_else(String::new, |f| source.names(table, row, f));
            let shift = Shift {
                start: Moment(began.1),
                end: Moment(ended.1),
                person: source.names(table, row, person),
                phone: cell("phone"),
                leader: names("leader"),
                leader_phone: cell("leader_phone"),
                handed_over: cell("handed_over"),
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

    fn first() -> Day {
        Day::of(2026, 10, 1).expect("a day")
    }

    fn at(days: i32, hour: u32) -> Moment {
        Moment::at(first().add_days(days), hour, 0)
    }

    fn shift(start: Moment, end: Moment, person: &str) -> Shift {
        Shift {
            person: person.to_owned(),
            ..Shift::gap(start, end)
        }
    }

    #[test]
    fn a_shift_is_told_with_its_hours_and_the_day_on_which_it_ends() {
        let hours = |start, end| shift(start, end, "甲").hours();
        assert_eq!(hours(at(0, 8), at(0, 18)), "08:00—18:00");
        assert_eq!(hours(at(0, 18), at(1, 8)), "18:00—次日08:00");
        assert_eq!(hours(at(0, 8), at(2, 8)), "08:00—2026年10月3日08:00");
        let days = (
            Moment::day_only(first()),
            Moment::day_only(first().add_days(1)),
        );
        assert_eq!(hours(days.0, days.1), "至次日");
        assert_eq!(hours(days.0, days.0), "全天");
    }

    #[test]
    fn a_shift_without_a_name_says_so() {
        assert_eq!(shift(at(0, 8), at(0, 18), "").on_duty(), NOT_NAMED);
        let handed_over = Shift {
            handed_over: "是".to_owned(),
            ..shift(at(0, 8), at(0, 18), "甲、乙")
        };
        assert_eq!(handed_over.on_duty(), "甲、乙（交接：是）");
    }

    #[test]
    fn every_hour_without_anybody_is_a_gap() {
        let shifts = [
            shift(at(0, 8), at(0, 18), "甲"),
            shift(at(0, 18), Moment::at(first(), 23, 59), "乙"),
            shift(at(1, 0), at(1, 12), ""),
        ];
        let gaps = gaps(&shifts, first(), first().add_days(1));
        let told: Vec<_> = gaps.iter().map(Shift::hours).collect();
        assert_eq!(told, ["00:00—08:00", "00:00—次日00:00"]);
    }
}
