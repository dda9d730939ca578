//! Rosters with a row or a few for each day.

use super::clock::{self, Shift};
use super::days::{self, Calendar, RosterDay};
use super::headings::{self, Column, Kind};
use super::laid::{Laid, Place};
use super::people::{self, People};
use super::sheet::Sheet;
use super::shifts::{self, Roster, Slot};
use crate::formats::grid::Row;
use crate::values::coercion_cache::is_ditto;
use crate::values::normalise;

/// Rows that may be the heading.
const DEEPEST: usize = 15;
/// Words of headings that no day of duty stands below.
const NO_DAYS: [&str; 7] = ["开始", "结束", "起止", "交接", "填", "制表", "出生"];

/// The records of such a roster.
pub(super) fn lay_down(sheet: Sheet<'_>) -> Option<Laid> {
    (0..sheet.grid.len().min(DEEPEST)).find_map(|at| Table::at(sheet, at)?.lay())
}

struct Table<'a> {
    sheet: Sheet<'a>,
    people: People<'a>,
    at: usize,
    height: usize,
    dates: u32,
    /// The column that states the shift or the hours of each row.
    shifts: Option<u32>,
    handed_over: Option<u32>,
    columns: Vec<Column>,
    /// Those that say who is on duty.
    duty: Vec<Column>,
}

impl<'a> Table<'a> {
    fn at(sheet: Sheet<'a>, at: usize) -> Option<Self> {
        let row = sheet.grid.row(at);
        if row.cells().len() < 2 {
            return None;
        }
        let dates = row
            .cells()
            .map(|cell| cell.column)
            .find(|&column| is_of_days(sheet, at, column))?;
        let (columns, height) = headings::columns(sheet.grid, at, dates);
        let others = || columns.iter().filter(|column| column.column != dates);
        let shifts = others().find(|column| is_of_shifts(sheet, at + height, column));
        let shifts = shifts.map(|column| column.column);
        let duty = on_duty(others().filter(|column| Some(column.column) != shifts));
        if duty.is_empty() {
            return None;
        }
        let people = shifts::people(sheet)?;
        let handed_over = others().find(|column| {
            ["交接", "签字", "签名"]
                .iter()
                .any(|word| column.heading.contains(word))
        });
        Some(Self {
            handed_over: handed_over.map(|column| column.column),
            sheet,
            people,
            at,
            height,
            dates,
            shifts,
            columns,
            duty,
        })
    }

    fn lay(self) -> Option<Laid> {
        let grid = self.sheet.grid;
        let mut calendar = Calendar::of(self.sheet.surroundings(self.at));
        let mut roster = Roster::default();
        roster
            .notes
            .extend(self.sheet.surroundings(self.at).map(str::to_owned));
        let heading = grid.row(self.at).text(self.dates);
        roster.notes.push(heading.to_owned());
        let mut skipped: Vec<(u32, &'static str)> = (0..self.at)
            .map(|at| (grid.row(at).number(), "标题行以上的表名和说明"))
            .collect();
        skipped.extend(
            (self.at + 1..self.at + self.height).map(|at| (grid.row(at).number(), "标题行")),
        );
        let mut day: Option<Day> = None;
        for at in self.at + self.height..grid.len() {
            let row = grid.row(at);
            match self.day(row, &mut calendar) {
                Some(own) => day = Some(own),
                None if day.is_some() && self.goes_on(row) => {}
                None => {
                    roster
                        .notes
                        .extend(row.cells().map(|cell| cell.text.to_owned()));
                    skipped.push((row.number(), "表下说明或签字栏"));
                    continue;
                }
            }
            if let Some(day) = &day {
                self.slots(at, *day, &mut roster);
            }
        }
        let mut laid = roster.lay(self.sheet, self.at, "按日期逐行排列的值班表")?;
        let quiet = (self.at + self.height..grid.len()).map(|at| grid.row(at).number());
        for number in quiet {
            if !laid.has_row(number) && !skipped.iter().any(|(known, _)| *known == number) {
                skipped.push((number, "没有值班人的行"));
            }
        }
        laid.skipped = skipped;
        self.tell(&mut laid);
        Some(laid)
    }

    fn day(&self, row: Row<'_>, calendar: &mut Calendar) -> Option<Day> {
        let (first, last, _) = days::written(row.text(self.dates)).filter(|(first, _, rest)| {
            let bare = first.bare && calendar.month.is_none();
            !bare && (is_idle(rest) || clock::hours(row.text(self.dates)).is_some())
        })?;
        let first = calendar.day(first)?;
        Some(Day {
            first,
            last: last.and_then(|last| calendar.day(last)),
            hours: clock::hours(row.text(self.dates)),
            place: (row.number(), self.dates),
        })
    }

    /// A row without a day that goes on with the day above: its shift stands there, or the day's cell
    /// reaches down to it.
    fn goes_on(&self, row: Row<'_>) -> bool {
        if !row.text(self.dates).is_empty() {
            return is_ditto(row.text(self.dates));
        }
        let shift = self
            .shifts
            .is_some_and(|column| Shift::of(row.text(column)).is_some());
        let number = row.number();
        let merged = self.sheet.grid.merged.iter().any(|&(r0, c0, r1, c1)| {
            r0 < number && number <= r1 && c0 <= self.dates && self.dates <= c1
        });
        shift || merged
    }

    fn slots(&self, at: usize, day: Day, roster: &mut Roster) {
        let row = self.sheet.grid.row(at);
        let stated = self.shifts.and_then(|column| Shift::of(row.text(column)));
        let by_row = stated.as_ref().map(|shift| roster.shift(shift));
        for column in &self.duty {
            let shift = match &column.kind {
                Kind::Shift(shift) => Some(roster.shift(shift)),
                _ => by_row,
            };
            roster.slots.push(Slot {
                day: day.first,
                last: day.last,
                day_place: day.place,
                shift,
                hours: day.hours,
                people: self.people.of(self.text(at, column.column)),
                place: (row.number(), column.column),
                group: 0,
                extras: self.extras(at, column),
            });
        }
    }

    /// The text of a cell, or of the one above for 同上, or of the merged cell that it lies in.
    fn text(&self, at: usize, column: u32) -> &'a str {
        let grid = self.sheet.grid;
        let number = grid.row(at).number();
        let own = grid.row(at).text(column);
        let top = grid
            .merged
            .iter()
            .find(|&&(r0, c0, r1, c1)| r0 < number && number <= r1 && c0 == column && column <= c1);
        let above = match (own.is_empty(), top) {
            (true, Some(&(top, ..))) => {
                (self.at..at).rev().find(|&up| grid.row(up).number() == top)
            }
            _ if is_ditto(own) => (self.at + self.height < at).then(|| at - 1),
            _ => None,
        };
        above.map_or(own, |up| self.text(up, column))
    }

    /// What else a row says of the shift in a column.
    fn extras(&self, at: usize, duty: &Column) -> Vec<(&'static str, String, Place)> {
        let number = self.sheet.grid.row(at).number();
        let mut extras = Vec::new();
        if let Some(column) = self.handed_over {
            extras.push((
                "handed_over",
                self.text(at, column).to_owned(),
                (number, column),
            ));
        }
        for column in self.leaders() {
            let text = self.text(at, column.column);
            let place = (number, column.column);
            let names = self.people.of(text);
            extras.push(("leader", names.join("、"), place));
            let phone = self.phone(column.column).map_or_else(
                || (people::telephones(text), place),
                |phone| (self.text(at, phone).to_owned(), (number, phone)),
            );
            extras.push(("leader_phone", phone.0, phone.1));
        }
        let text = self.text(at, duty.column);
        let phone = self.phone(duty.column).map_or_else(
            || (people::telephones(text), (number, duty.column)),
            |phone| (self.text(at, phone).to_owned(), (number, phone)),
        );
        extras.push(("phone", phone.0, phone.1));
        extras.retain(|(_, text, _)| !text.is_empty());
        extras
    }

    /// Who leads, where others are on duty.
    fn leaders(&self) -> impl Iterator<Item = &Column> {
        let duty = |column: &Column| self.duty.iter().any(|duty| duty.column == column.column);
        let leads = move |column: &&Column| column.kind == Kind::Leader && !duty(column);
        self.columns.iter().filter(leads).take(1)
    }

    /// The column of telephones right of a column of people, nobody else's between.
    fn phone(&self, people: u32) -> Option<u32> {
        let mut right = self.columns.iter().filter(|column| column.column > people);
        let next = right.find(|column| column.kind != Kind::Other)?;
        (next.kind == Kind::Phone).then_some(next.column)
    }

    fn tell(&self, laid: &mut Laid) {
        let mut beside = Vec::new();
        for column in &self.columns {
            let of = |found: bool, field: &'static str| found.then_some(field);
            let duty = self.duty.iter().any(|duty| duty.column == column.column);
            let field = of(column.column == self.dates, "start_at")
                .or(of(duty, "person"))
                .or(of(Some(column.column) == self.handed_over, "handed_over"));
            let leads = self.leaders().any(|leader| leader.column == column.column);
            let phones = self
                .leaders()
                .chain(&self.duty)
                .filter_map(|people| self.phone(people.column));
            if let Some(field) = field {
                laid.used
                    .push((column.column, column.heading.clone(), field));
            } else if Some(column.column) == self.shifts {
                let told = format!("“{}”说明各行的班次和时刻", column.heading);
                laid.remarks.push(told);
            } else if leads || phones.into_iter().any(|phone| phone == column.column) {
                beside.push(column.heading.as_str());
            } else {
                laid.unused.push((column.column, column.heading.clone()));
            }
        }
        if !beside.is_empty() {
            let told = format!("“{}”随班次记录，不计为在岗值班人", beside.join("、"));
            laid.remarks.push(told);
        }
    }
}

/// The day that rows are about.
#[derive(Clone, Copy)]
struct Day {
    first: RosterDay,
    last: Option<RosterDay>,
    hours: Option<(i32, i32)>,
    place: Place,
}

fn is_idle(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with('t')
        || rest.starts_with("00:00")
        || headings::kind(rest) != Kind::Other
        || days::is_weekday(rest)
        || rest.chars().count() <= 4
}

/// The columns that say who is on duty: those of shifts; without such those of posts; leaders only
/// where nobody else is named.
fn on_duty<'c>(columns: impl Iterator<Item = &'c Column> + Clone) -> Vec<Column> {
    let of = |wanted: fn(&Kind) -> bool| -> Vec<Column> {
        columns
            .clone()
            .filter(|column| wanted(&column.kind))
            .cloned()
            .collect()
    };
    let shifts = of(|kind| matches!(kind, Kind::Shift(_)));
    if !shifts.is_empty() {
        return shifts;
    }
    let roles = of(|kind| *kind == Kind::Role);
    if !roles.is_empty() {
        return roles;
    }
    of(|kind| *kind == Kind::Leader)
}

/// True if most cells of a column are days.
fn is_of_days(sheet: Sheet<'_>, at: usize, column: u32) -> bool {
    const LOOKED_AT: usize = 20;
    let heading = normalise::squeezed(sheet.grid.row(at).text(column));
    if NO_DAYS.iter().any(|word| heading.contains(word)) || days::is_weekday(&heading) {
        return false;
    }
    let named = heading.contains('日') || heading.contains("时间");
    let rows = (at + 1..sheet.grid.len()).map(|at| sheet.grid.row(at).text(column));
    let texts: Vec<&str> = rows
        .filter(|text| !text.is_empty())
        .take(LOOKED_AT)
        .collect();
    let is_day = |text: &&&str| {
        let found = days::written(text);
        found.is_some_and(|(first, _, rest)| {
            (!first.bare || named) && (is_idle(&rest) || clock::hours(text).is_some())
        })
    };
    let found = texts.iter().filter(is_day).count();
    found > 0 && found * 2 >= texts.len()
}

/// True for a column that states the shift or the hours of each row.
fn is_of_shifts(sheet: Sheet<'_>, from: usize, column: &Column) -> bool {
    let named = ["班次", "班别", "时段", "时间", "时刻"];
    if !named.iter().any(|word| column.heading.contains(word)) {
        return false;
    }
    let rows = (from..sheet.grid.len()).map(|at| sheet.grid.row(at).text(column.column));
    let texts: Vec<&str> = rows.filter(|text| !text.is_empty()).take(20).collect();
    let found = texts
        .iter()
        .filter(|text| Shift::of(text).is_some())
        .count();
    found > 0 && found * 2 >= texts.len()
}
