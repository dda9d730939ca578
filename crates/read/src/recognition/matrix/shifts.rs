//! Who is on duty when → the records of a roster.
//!
//! What enters: [`Slot`]s, one for each cell that says or should say who is on duty. What leaves: a
//! [`Laid`] with a record for each person, and one without a person for each shift that nobody has.

use super::clock::{self, Shift};
use super::days::RosterDay;
use super::laid::{Laid, Place};
use super::people::People;
use super::sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::dataset::column_letter;
use zicha_model::diag::codes;

/// The ledger of rosters.
pub(super) const LEDGER: &str = "duty_roster";
/// Its fields that a roster states.
const FIELDS: [&str; 3] = ["start_at", "end_at", "person"];

/// Cells that are named in a message.
const MOST_TOLD: usize = 10;

/// Slots of one shift on one day: the day, the shift, hours of its own, the block of the sheet.
type ShiftKey = (RosterDay, Option<usize>, Option<(i32, i32)>, u32);

/// A cell that says who is on duty.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) day: RosterDay,
    /// The last day, where a span of days is written.
    pub(super) last: Option<RosterDay>,
    /// Where the day stands.
    pub(super) day_place: Place,
    /// Its shift, among those of the roster.
    pub(super) shift: Option<usize>,
    /// Hours that its row states.
    pub(super) hours: Option<(i32, i32)>,
    pub(super) people: Vec<String>,
    pub(super) place: Place,
    /// Several cells of one group are one shift; of them one need be filled.
    pub(super) group: u32,
    /// What else is said of the shift, by field.
    pub(super) extras: Vec<(&'static str, String, Place)>,
}

impl Slot {
    fn extra(&self, id: &str) -> (String, Place) {
        let found = self.extras.iter().find(|extra| extra.0 == id);
        found.map_or((String::new(), self.place), |(_, text, place)| {
            (text.clone(), *place)
        })
    }

    fn key(&self) -> ShiftKey {
        (self.day, self.shift, self.hours, self.group)
    }
}

/// All that a roster says.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub(super) slots: Vec<Slot>,
    pub(super) shifts: Vec<Shift>,
    /// Texts beside the table that may state hours.
    pub(super) notes: Vec<String>,
}

impl Roster {
    /// The number of a shift among those of the roster.
    pub(super) fn shift(&mut self, shift: &Shift) -> usize {
        match self.shifts.iter().position(|known| known == shift) {
            Some(at) => at,
            None => {
                self.shifts.push(shift.clone());
                self.shifts.len() - 1
            }
        }
    }

    /// The records, below the rows above the heading.
    pub(super) fn lay(mut self, sheet: Sheet<'_>, above: usize, why: &'static str) -> Option<Laid> {
        if !self.slots.iter().any(|slot| !slot.people.is_empty()) {
            return None;
        }
        let schema = sheet.schemas.ledger(sheet.schemas.ledger_by_id(LEDGER)?);
        let extras: BTreeSet<&'static str> = self
            .slots
            .iter()
            .flat_map(|slot| slot.extras.iter().map(|extra| extra.0))
            .collect();
        let fields: Vec<&'static str> = FIELDS.into_iter().chain(extras).collect();
        let label = |id: &&str| {
            schema
                .field_by_id(id)
                .map(|f| schema.fields[usize::from(f.0)].label.as_str())
        };
        let names: Vec<&str> = fields.iter().filter_map(label).collect();
        let mut laid = Laid::new(sheet.grid, above, LEDGER, &names);
        laid.why = why;
        for shift in &mut self.shifts {
            shift.complete(&self.notes);
        }
        let common = self.notes.iter().find_map(|note| clock::hours(note));
        let filled: BTreeSet<_> = self.filled().map(Slot::key).collect();
        let hours = self.hours(common, &filled, &mut laid);
        let mut empty = BTreeSet::new();
        let mut without: Vec<(RosterDay, Place)> = Vec::new();
        for (slot, hours) in self.slots.iter().zip(hours) {
            let until = slot.last.unwrap_or(slot.day);
            let mut cells = vec![
                (slot.day.text(hours.map(|h| h.0)), slot.day_place),
                (until.text(hours.map(|h| h.1)), slot.day_place),
            ];
            let nobody = !filled.contains(&slot.key()) && empty.insert(slot.key());
            if nobody {
                without.push((slot.day, slot.place));
            }
            let none = nobody.then(String::new);
            for person in slot.people.iter().cloned().chain(none) {
                cells.truncate(2);
                cells.push((person, slot.place));
                cells.extend(fields.iter().skip(FIELDS.len()).map(|id| slot.extra(id)));
                laid.record(slot.place.0, &cells);
            }
        }
        if let Some((day, place)) = without.first() {
            let cells: Vec<String> = without
                .iter()
                .take(MOST_TOLD)
                .map(|(_, place)| cell(*place))
                .collect();
            let more = if without.len() > MOST_TOLD { "等" } else { "" };
            let words = format!(
                "自 {} 起有 {} 个班次没有填写值班人（{}{more}），按无人值班计",
                day.text(None),
                without.len(),
                cells.join("、")
            );
            laid.remarks.push(words.clone());
            laid.told
                .push((codes::SHIFT_WITHOUT_ANYBODY, *place, words));
        }
        Some(laid)
    }

    fn filled(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| !slot.people.is_empty())
    }

    /// For each slot the minutes at which it begins and ends; `None` for the whole day.
    fn hours(
        &self,
        common: Option<(i32, i32)>,
        filled: &BTreeSet<ShiftKey>,
        laid: &mut Laid,
    ) -> Vec<Option<(i32, i32)>> {
        let open: Vec<Shift> = self
            .shifts
            .iter()
            .filter(|s| s.hours.is_none())
            .cloned()
            .collect();
        let spans = clock::assumed(&open);
        let span = |shift: &Shift| open.iter().position(|s| s == shift).map(|at| spans[at]);
        // A day on which some shift is nobody's is not made whole by the others.
        let mut whole: BTreeMap<RosterDay, bool> = BTreeMap::new();
        for slot in &self.slots {
            let day = whole
                .entry(slot.day)
                .or_insert_with(|| clock::reach_round(&open));
            *day &= slot.shift.is_none() || filled.contains(&slot.key());
        }
        let (mut all_day, mut parted, mut noted) = (false, false, false);
        let hours = self.slots.iter().map(|slot| {
            let shift = slot.shift.and_then(|at| self.shifts.get(at));
            let stated = slot.hours.or(shift.and_then(|shift| shift.hours));
            if stated.is_some() {
                return stated;
            }
            match shift.filter(|shift| !shift.whole) {
                None if common.is_some() => {
                    noted = true;
                    common
                }
                None => {
                    all_day = true;
                    None
                }
                Some(shift) => {
                    parted = true;
                    span(shift).filter(|_| !whole.get(&slot.day).is_some_and(|whole| *whole))
                }
            }
        });
        let hours: Vec<Option<(i32, i32)>> = hours.collect();
        if let Some((begin, end)) = common.filter(|_| noted) {
            let told = format!(
                "值班时刻按表中说明，自 {} 至 {}",
                clock_text(begin),
                clock_text(end)
            );
            laid.remarks.push(told);
        }
        if all_day {
            let told = "没有写明值班的起止时刻，按当日全天计（假定）";
            laid.remarks.push(told.to_owned());
        }
        if parted {
            let told: Vec<String> = open
                .iter()
                .zip(&spans)
                .map(|(shift, span)| {
                    format!(
                        "{} {}—{}",
                        shift.name,
                        clock_text(span.0),
                        clock_text(span.1)
                    )
                })
                .collect();
            laid.remarks.push(format!(
                "班次没有写明起止时刻：各班都有人的日子按全天有人计，其余按{}计（假定）",
                told.join("、")
            ));
        }
        hours
    }
}

/// A place as Excel names it.
fn cell((row, column): Place) -> String {
    format!("{}{row}", column_letter(column))
}

fn clock_text(minute: i32) -> String {
    let (day, minute) = (minute.div_euclid(clock::DAY), minute.rem_euclid(clock::DAY));
    let time = format!("{:02}:{:02}", minute / 60, minute % 60);
    match (day, minute) {
        (1, 0) => "24:00".to_owned(),
        (0, _) => time,
        _ => format!("次日 {time}"),
    }
}

/// People of a sheet, read with the words of its ledgers.
pub(super) fn people(sheet: Sheet<'_>) -> Option<People<'_>> {
    let trainings = sheet
        .schemas
        .ledger(sheet.schemas.ledger_by_id("trainings")?);
    let list = trainings.field_by_id("attendees")?;
    Some(People {
        coercer: sheet.coercer,
        list: trainings.fields.get(usize::from(list.0))?,
    })
}
