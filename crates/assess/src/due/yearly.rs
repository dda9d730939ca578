//! Numbers that must be reached by the end of the year, and duties before holidays.

use super::{
    DueDates, Entry, Look, Matter, meets,
    rules::{BeforeFestival, Minimum},
};
use crate::records::Records;
use std::collections::BTreeMap;
use zicha_model::{
    dataset::{CellState, Sym},
    time::Day,
};

/// Who has too few records in the year of the check.
pub(super) fn minimum(look: &Look<'_>, rule: &Minimum, dates: &mut DueDates) -> Matter {
    let mut matter = look.matter(&rule.matter, &rule.ledger);
    let year = look.input.plan.as_of.year();
    let wanted = look.parameter(&rule.at_least, None);
    let end = Day::of(year, 12, 31);
    let (Some(records), Some(wanted), Some(due)) = (look.records(&rule.ledger), wanted, end) else {
        return matter;
    };
    let in_year = |row: &u32| {
        records
            .any_day(*row, &rule.on)
            .is_some_and(|d| d.year() == year)
    };
    let rows: Vec<u32> = records.rows().filter(in_year).collect();
    matter.undated = records
        .rows()
        .filter(|&row| records.any_day(row, &rule.on).is_none())
        .count();
    let mut entry = |done: usize, department, person| {
        let missing = i32::try_from(done).map_or(0, |done| wanted - done);
        if missing > 0 {
            let entry = Entry {
                due,
                matter: rule.matter.clone(),
                item: format!("{year}年至少{wanted}次，已有{done}次，还差{missing}次"),
                department,
                person,
                source: matter.source.clone(),
                place: None,
            };
            dates.add(&mut matter, entry);
        }
    };
    match (&rule.persons, look.staff.records) {
        (None, _) => entry(rows.len(), None, None),
        (Some(_), None) => {}
        (Some(field), Some(staff)) => {
            let counts = counts(records, &rows, field);
            for (person, &row) in &look.staff.rows {
                if meets(staff, row, &rule.holders) == Some(true) {
                    let who = look.subjects.of(staff.ledger(), row);
                    let done = counts.get(person).copied().unwrap_or(0);
                    entry(done, who.department, staff.text(row, "name"));
                }
            }
        }
    }
    if let Some(field) = &rule.persons {
        let unread = |row: &&u32| records.state(**row, field) != Some(CellState::Value);
        matter.unclear = rows.iter().filter(unread).count();
    }
    matter
}

/// How many of the records name each person.
fn counts(records: Records<'_>, rows: &[u32], field: &str) -> BTreeMap<Sym, usize> {
    let mut counts = BTreeMap::new();
    for person in rows.iter().flat_map(|&row| records.syms(row, field)) {
        *counts.entry(person).or_default() += 1;
    }
    counts
}

/// Each holiday to come before which no record stands yet.
pub(super) fn before_festivals(
    look: &Look<'_>,
    rule: &BeforeFestival,
    dates: &mut DueDates,
) -> Matter {
    let mut matter = look.matter(&rule.matter, &rule.ledger);
    let (records, lead) = (look.records(&rule.ledger), look.parameter(&rule.lead, None));
    let (Some(records), Some(lead)) = (records, lead) else {
        return matter;
    };
    for festival in look.input.festivals {
        let window = festival.start.add_days(-lead)..=festival.start;
        let done = records.rows().any(|row| {
            records
                .any_day(row, &rule.on)
                .is_some_and(|day| window.contains(&day))
                && records.says(row, &rule.festival, festival.kind.id())
                && meets(records, row, &rule.only) == Some(true)
        });
        if !done {
            let entry = Entry {
                due: festival.start.add_days(-1),
                matter: rule.matter.clone(),
                item: format!(
                    "{}，{}放假",
                    festival.kind.label(),
                    festival.start.chinese()
                ),
                department: None,
                person: None,
                source: matter.source.clone(),
                place: None,
            };
            dates.add(&mut matter, entry);
        }
    }
    matter
}
