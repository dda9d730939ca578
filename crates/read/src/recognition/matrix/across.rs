//! Rosters with a column for each day: shifts, posts, places or people down the side.

use super::clock::Shift;
use super::days::{self, Calendar, RosterDay};
use super::headings::{self, Kind};
use super::laid::{Laid, Place};
use super::people::{self, People};
use super::sheet::Sheet;
use super::shifts::{self, Roster, Slot};
use crate::formats::grid::Row;
use crate::values::normalise;
use std::collections::BTreeSet;
use zicha_model::diag::codes::{self, Code};

/// Rows that may be the heading.
const DEEPEST: usize = 15;
/// Days that make a heading; numbers alone must be more.
const FEWEST_DAYS: usize = 2;
const FEWEST_NUMBERS: usize = 5;

/// The records of such a roster.
pub(super) fn lay_down(sheet: Sheet<'_>) -> Option<Laid> {
    (0..sheet.grid.len().min(DEEPEST)).find_map(|at| Table::at(sheet, at)?.lay())
}

struct Table<'a> {
    sheet: Sheet<'a>,
    people: People<'a>,
    at: usize,
    days: Vec<(u32, RosterDay)>,
}

impl<'a> Table<'a> {
    fn at(sheet: Sheet<'a>, at: usize) -> Option<Self> {
        let mut calendar = Calendar::of(sheet.surroundings(at));
        let month_known = calendar.month.is_some();
        let (mut days, mut named, mut before) = (Vec::new(), 0, 0);
        for cell in sheet.grid.row(at).cells() {
            let Some((first, last, rest)) = days::written(cell.text) else {
                continue;
            };
            let idle = rest.is_empty()
                || rest.starts_with('t')
                || rest.starts_with("00:00")
                || headings::kind(&rest) != Kind::Other;
            if last.is_some() || !idle || (first.bare && !month_known) {
                continue;
            }
            let Some(day) = calendar.day(first) else {
                continue;
            };
            // A telephone or a count among numbers breaks their order.
            if day.day.0 <= before {
                return None;
            }
            before = day.day.0;
            named += usize::from(!first.bare);
            days.push((cell.column, day));
        }
        let enough = named >= FEWEST_DAYS || days.len() >= FEWEST_NUMBERS;
        let people = shifts::people(sheet)?;
        enough.then_some(Self {
            sheet,
            people,
            at,
            days,
        })
    }

    fn first(&self) -> u32 {
        self.days.first().map_or(0, |(column, _)| *column)
    }

    fn body(&self) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let grid = self.sheet.grid;
        (self.at + 1..grid.len()).map(|at| grid.row(at))
    }

    fn cells(&self, row: Row<'a>) -> impl Iterator<Item = (u32, RosterDay, &'a str)> {
        self.days
            .iter()
            .map(move |&(column, day)| (column, day, row.text(column)))
    }

    fn labels(&self, row: Row<'a>) -> impl Iterator<Item = (u32, &'a str)> {
        let first = self.first();
        row.cells()
            .take_while(move |cell| cell.column < first)
            .map(|cell| (cell.column, cell.text.trim()))
    }

    fn lay(self) -> Option<Laid> {
        let grid = self.sheet.grid;
        let (mut marks, mut filled) = (0, 0);
        for row in self.body().filter(|row| !self.is_of_weekdays(*row)) {
            for (_, _, text) in self.cells(row).filter(|(_, _, text)| !text.is_empty()) {
                filled += 1;
                marks += usize::from(
                    people::is_on(text) || people::is_off(text) || letter(text).is_some(),
                );
            }
        }
        let mut roster = Roster::default();
        roster
            .notes
            .extend(self.sheet.surroundings(self.at).map(str::to_owned));
        let mut skipped: Vec<(u32, &'static str)> = (0..self.at)
            .map(|at| (grid.row(at).number(), "标题行以上的表名和说明"))
            .collect();
        let of_people = marks * 2 > filled;
        let mut told = Vec::new();
        let used = match of_people {
            true => self.by_person(&mut roster, &mut skipped, &mut told)?,
            false => self.by_row(&mut roster, &mut skipped)?,
        };
        let why = match of_people {
            true => "人员在左、日期在上，以记号表示值班的值班表",
            false => "日期在上的值班表",
        };
        let mut laid = roster.lay(self.sheet, self.at, why)?;
        laid.told.extend(told);
        for row in self.body() {
            let number = row.number();
            if !laid.has_row(number) && !skipped.iter().any(|(known, _)| *known == number) {
                skipped.push((number, "没有值班安排的行"));
            }
        }
        laid.skipped = skipped;
        for cell in grid.row(self.at).cells() {
            let heading = normalise::text(cell.text);
            let day = self.days.iter().any(|(column, _)| *column == cell.column);
            match (day, used.contains(&cell.column)) {
                (true, _) => {
                    laid.used.push((cell.column, heading.clone(), "start_at"));
                    if !of_people {
                        laid.used.push((cell.column, heading, "person"));
                    }
                }
                (false, true) => laid.used.push((cell.column, heading, "person")),
                (false, false) => laid.unused.push((cell.column, heading)),
            }
        }
        Some(laid)
    }

    fn is_of_weekdays(&self, row: Row<'a>) -> bool {
        let mut cells = self
            .cells(row)
            .filter(|(_, _, text)| !text.is_empty())
            .peekable();
        cells.peek().is_some() && cells.all(|(_, _, text)| days::is_weekday(text))
    }

    /// Rows of shifts, posts or places, with people in the cells.
    fn by_row(
        &self,
        roster: &mut Roster,
        skipped: &mut Vec<(u32, &'static str)>,
    ) -> Option<BTreeSet<u32>> {
        let kind = |row: Row<'a>| {
            let kinds: Vec<Kind> = self
                .labels(row)
                .map(|(_, text)| headings::kind(text))
                .collect();
            let mut found = kinds.iter().filter(|kind| **kind != Kind::Other);
            found.next().cloned().unwrap_or(Kind::Other)
        };
        let rows: Vec<(Row<'a>, Kind)> = self.body().map(|row| (row, kind(row))).collect();
        let is_shift = |kind: &Kind| matches!(kind, Kind::Shift(_));
        let shifts = rows.iter().any(|(_, kind)| is_shift(kind));
        let others = rows.iter().any(|(row, kind)| {
            matches!(kind, Kind::Shift(_) | Kind::Role | Kind::Other)
                && self.cells(*row).any(|(_, _, text)| !text.is_empty())
        });
        for (row, kind) in rows {
            let number = row.number();
            let empty = self.cells(row).all(|(_, _, text)| text.is_empty());
            let reason = match kind {
                _ if self.is_of_weekdays(row) => Some("星期"),
                Kind::Phone => Some("电话"),
                Kind::Leader if others => Some("带班领导，不计为在岗值班人"),
                Kind::Other | Kind::Role if empty => Some("表下说明或签字栏"),
                Kind::Role | Kind::Other if shifts => Some("有班次的表中不属于班次的行"),
                _ => None,
            };
            if let Some(reason) = reason {
                roster
                    .notes
                    .extend(row.cells().map(|cell| cell.text.to_owned()));
                skipped.push((number, reason));
                continue;
            }
            let shift = match &kind {
                Kind::Shift(shift) => Some(roster.shift(shift)),
                _ => None,
            };
            let group = if kind == Kind::Other { number } else { 0 };
            for (column, day, text) in self.cells(row) {
                let people = self.people.of(text);
                roster
                    .slots
                    .push(self.slot(day, column, (number, column), (shift, group), people));
            }
        }
        Some(BTreeSet::new())
    }

    /// Rows of people, with marks in the cells.
    fn by_person(
        &self,
        roster: &mut Roster,
        skipped: &mut Vec<(u32, &'static str)>,
        told: &mut Vec<(Code, Place, String)>,
    ) -> Option<BTreeSet<u32>> {
        let heading = self.sheet.grid.row(self.at);
        let named = ["姓名", "值班人", "人员", "名字"];
        let mut heads = self
            .labels(heading)
            .filter(|(_, text)| named.iter().any(|word| text.contains(word)));
        let last = || {
            self.body()
                .find_map(|row| self.labels(row).last().map(|(column, _)| column))
        };
        let names = heads.next().map(|(column, _)| column).or_else(last)?;
        let mut unknown: BTreeSet<RosterDay> = BTreeSet::new();
        let mut strange: Vec<(Place, &str)> = Vec::new();
        for row in self.body() {
            let number = row.number();
            let person = row.text(names);
            if self.is_of_weekdays(row) {
                skipped.push((number, "星期"));
                continue;
            }
            if self.cells(row).all(|(_, _, text)| text.is_empty()) {
                roster
                    .notes
                    .extend(row.cells().map(|cell| cell.text.to_owned()));
                continue;
            }
            for (column, day, text) in self.cells(row).filter(|(_, _, text)| !text.is_empty()) {
                let shift = letter(text);
                if people::is_on(text) || shift.is_some() {
                    let shift = shift.map(|shift| roster.shift(&shift));
                    let people = self.people.of(person);
                    roster
                        .slots
                        .push(self.slot(day, column, (number, names), (shift, 0), people));
                } else if !people::is_off(text) {
                    unknown.insert(day);
                    strange.push(((number, column), text));
                }
            }
        }
        if let Some(((row, column), text)) = strange.first() {
            let words = format!(
                "“{text}”等 {} 格看不出是否值班，没有计入；请改为 √、白、夜 等，不值班的留空或写“休”",
                strange.len()
            );
            told.push((codes::ROSTER_MARK_UNKNOWN, (*row, *column), words));
        }
        self.nobody(roster, &unknown);
        Some(BTreeSet::from([names]))
    }

    /// Days without a mark are nobody's.
    fn nobody(&self, roster: &mut Roster, unknown: &BTreeSet<RosterDay>) {
        let number = self.sheet.grid.row(self.at).number();
        let shifts: BTreeSet<Option<usize>> = roster.slots.iter().map(|slot| slot.shift).collect();
        let plain = shifts.contains(&None);
        for &(column, day) in self.days.iter().filter(|(_, day)| !unknown.contains(day)) {
            for &shift in &shifts {
                let whole = |slot: &Slot| {
                    slot.day == day && (slot.shift == shift || (plain && slot.shift.is_none()))
                };
                if !roster.slots.iter().any(whole)
                    && (shift.is_none() || !plain || shifts.len() == 1)
                {
                    roster.slots.push(self.slot(
                        day,
                        column,
                        (number, column),
                        (shift, 0),
                        Vec::new(),
                    ));
                }
            }
        }
    }

    fn slot(
        &self,
        day: RosterDay,
        column: u32,
        place: (u32, u32),
        (shift, group): (Option<usize>, u32),
        people: Vec<String>,
    ) -> Slot {
        Slot {
            day,
            last: None,
            day_place: (self.sheet.grid.row(self.at).number(), column),
            shift,
            hours: None,
            people,
            place,
            group,
            extras: Vec::new(),
        }
    }
}

/// A mark that names a shift: 白, 夜班, 早.
fn letter(text: &str) -> Option<Shift> {
    const LONGEST: usize = 4;
    if text.chars().count() > LONGEST {
        return None;
    }
    Shift::of(text).or_else(|| (text.trim() == "全").then(|| Shift::of("全天")).flatten())
}
