//! Rosters that look like a calendar: weeks as rows, weekdays as headings, people below the days.

use super::clock::Shift;
use super::days::{self, Calendar, RosterDay};
use super::laid::{Laid, Place};
use super::people::{self, People};
use super::sheet::Sheet;
use super::shifts::{self, Roster, Slot};
use crate::formats::grid::Row;
use crate::values::normalise;

/// Rows that may be the heading, and weekdays that it has.
const DEEPEST: usize = 15;
const FEWEST: usize = 5;

/// The records of such a roster.
pub(super) fn lay_down(sheet: Sheet<'_>) -> Option<Laid> {
    let at = (0..sheet.grid.len().min(DEEPEST)).find(|&at| {
        let weekdays = sheet
            .grid
            .row(at)
            .cells()
            .filter(|cell| days::is_weekday(cell.text));
        weekdays.count() >= FEWEST
    })?;
    let columns = sheet
        .grid
        .row(at)
        .cells()
        .filter(|cell| days::is_weekday(cell.text));
    Month {
        sheet,
        people: shifts::people(sheet)?,
        at,
        columns: columns.map(|cell| cell.column).collect(),
    }
    .lay()
}

struct Month<'a> {
    sheet: Sheet<'a>,
    people: People<'a>,
    at: usize,
    columns: Vec<u32>,
}

/// A day of the calendar, with the people in its own cell if any.
struct Numbered {
    column: u32,
    place: Place,
    day: RosterDay,
    beside: Option<String>,
    /// Somebody was looked for below it.
    asked: bool,
}

impl Month<'_> {
    fn lay(self) -> Option<Laid> {
        let grid = self.sheet.grid;
        let mut calendar = Calendar::of(self.sheet.surroundings(self.at));
        calendar.month?;
        let mut roster = Roster::default();
        roster
            .notes
            .extend(self.sheet.surroundings(self.at).map(str::to_owned));
        let mut skipped: Vec<(u32, &'static str)> = (0..self.at)
            .map(|at| (grid.row(at).number(), "标题行以上的表名和说明"))
            .collect();
        let mut week: Vec<Numbered> = Vec::new();
        let mut last = 0;
        for at in self.at + 1..grid.len() {
            let row = grid.row(at);
            if let Some(days) = self.days(row, &mut calendar, &mut last) {
                self.close(&mut roster, &mut week);
                skipped.push((row.number(), "日期行"));
                week = days;
                self.beside(&mut roster, &mut week);
                continue;
            }
            let inside = self
                .columns
                .iter()
                .any(|&column| !row.text(column).is_empty());
            let shift = self.shift(row);
            if week.is_empty() || (!inside && shift.is_none()) || is_note(row) {
                roster
                    .notes
                    .extend(row.cells().map(|cell| cell.text.to_owned()));
                skipped.push((row.number(), "表下说明或签字栏"));
                continue;
            }
            let shift = shift.map(|shift| roster.shift(&shift));
            for day in &mut week {
                day.asked = true;
                let people = self.people.of(row.text(day.column));
                roster
                    .slots
                    .push(slot(day, shift, people, (row.number(), day.column)));
            }
        }
        self.close(&mut roster, &mut week);
        roster.slots.sort_by_key(|slot| slot.day);
        let mut laid = roster.lay(self.sheet, self.at, "按月历排列的值班表")?;
        for at in self.at + 1..grid.len() {
            let number = grid.row(at).number();
            if !laid.has_row(number) && !skipped.iter().any(|(known, _)| *known == number) {
                skipped.push((number, "没有值班人的行"));
            }
        }
        skipped.retain(|(number, _)| !laid.has_row(*number));
        laid.skipped = skipped;
        for cell in grid.row(self.at).cells() {
            let heading = normalise::text(cell.text);
            match self.columns.contains(&cell.column) {
                true => {
                    laid.used.push((cell.column, heading.clone(), "start_at"));
                    laid.used.push((cell.column, heading, "person"));
                }
                false => laid.unused.push((cell.column, heading)),
            }
        }
        Some(laid)
    }

    /// The days of a row that numbers them.
    fn days(&self, row: Row<'_>, calendar: &mut Calendar, last: &mut i32) -> Option<Vec<Numbered>> {
        let cells = self
            .columns
            .iter()
            .filter_map(|&column| Some((column, row.cell(column)?)));
        let cells: Vec<_> = cells.collect();
        let read: Vec<_> = cells
            .iter()
            .filter_map(|(column, cell)| {
                let lines: Vec<&str> = cell.text.trim().splitn(2, ['\n', ' ']).collect();
                let (first, _, rest) = days::written(lines.first()?)?;
                let beside = match lines.get(1) {
                    Some(beside) if rest.is_empty() => Some((*beside).to_owned()),
                    _ => (!rest.is_empty()).then_some(rest),
                };
                Some((*column, first, beside))
            })
            .collect();
        if read.is_empty() || read.len() * 2 <= cells.len() {
            return None;
        }
        let first_of_month = read.iter().position(|(_, day, _)| day.number() == 1);
        let mut days = Vec::new();
        for (at, (column, written, beside)) in read.into_iter().enumerate() {
            let before = *last == 0
                && written.number() > 20
                && first_of_month.is_some_and(|first| at < first);
            let day = calendar.numbered(written, before)?;
            *last = day.day.0;
            days.push(Numbered {
                column,
                place: (row.number(), column),
                day,
                beside,
                asked: false,
            });
        }
        Some(days)
    }

    /// People in the cells of the days themselves.
    fn beside(&self, roster: &mut Roster, week: &mut [Numbered]) {
        for day in week.iter_mut() {
            if let Some(text) = &day.beside {
                let people = self.people.of(text);
                let own = slot(day, None, people, day.place);
                roster.slots.push(own);
                day.asked = true;
            }
        }
    }

    /// Days below which nobody was looked for have nobody.
    fn close(&self, roster: &mut Roster, week: &mut Vec<Numbered>) {
        for day in week.drain(..).filter(|day| !day.asked) {
            roster.slots.push(slot(&day, None, Vec::new(), day.place));
        }
    }

    /// The shift that the left of a row names.
    fn shift(&self, row: Row<'_>) -> Option<Shift> {
        let first = self.columns.first().copied().unwrap_or(0);
        let mut labels = row.cells().take_while(|cell| cell.column < first);
        labels.find_map(|cell| Shift::of(cell.text))
    }
}

fn slot(day: &Numbered, shift: Option<usize>, people: Vec<String>, place: Place) -> Slot {
    Slot {
        day: day.day,
        last: None,
        day_place: day.place,
        shift,
        hours: None,
        people,
        place,
        group: 0,
        extras: Vec::new(),
    }
}

/// A row of one cell that tells more than names.
fn is_note(row: Row<'_>) -> bool {
    let mut cells = row.cells();
    let first = cells.next().map_or("", |cell| cell.text);
    let long = first.chars().count() > 12 || first.contains(['：', ':']);
    cells.next().is_none() && long && !people::is_off(first)
}
