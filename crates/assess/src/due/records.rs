//! Records that fall due on a day that they state, or so long after the last time.

use super::{
    DueDates, Entry, Look, Matter, meets,
    rules::{Plus, RecordRule},
};
use crate::records::Records;
use std::collections::BTreeMap;
use zicha_model::{dataset::CellState, time::Day};

/// What is known of the day on which a record falls due.
enum Due {
    On(Day),
    /// No day stands there.
    Undated,
    /// Something stands there that cannot be read, or the column is not kept.
    Unclear,
}

/// Looks at every record of the rule's ledger.
pub(super) fn look(look: &Look<'_>, rule: &RecordRule, dates: &mut DueDates) -> Matter {
    let mut matter = look.matter(&rule.matter, &rule.ledger);
    let Some(records) = look.records(&rule.ledger) else {
        return matter;
    };
    for row in rows(look, rule, records, &mut matter) {
        match due(look, rule, records, row) {
            Due::On(day) if rule.event && day < look.input.plan.as_of => {}
            Due::On(day) => dates.add(&mut matter, entry(look, rule, records, row, day)),
            Due::Undated => matter.undated += 1,
            Due::Unclear => matter.unclear += 1,
        }
    }
    matter
}

/// The records that are open; of those that supersede one another only the latest.
fn rows(look: &Look<'_>, rule: &RecordRule, records: Records<'_>, matter: &mut Matter) -> Vec<u32> {
    let mut open = Vec::new();
    for row in records.rows() {
        match is_open(look, rule, records, row) {
            Some(true) => open.push(row),
            Some(false) => {}
            None => matter.unclear += 1,
        }
    }
    let Some(by) = &rule.latest_by else {
        return open;
    };
    let mut latest: BTreeMap<Vec<Option<String>>, (Option<Day>, u32)> = BTreeMap::new();
    for row in open {
        let group = by.iter().map(|field| records.text(row, field)).collect();
        let day = last(rule, records, row);
        let so_far = latest.entry(group).or_insert((day, row));
        if day > so_far.0 {
            *so_far = (day, row);
        }
    }
    latest.into_values().map(|(_, row)| row).collect()
}

/// `None` if it cannot be told whether the matter is done or is one of those meant.
fn is_open(look: &Look<'_>, rule: &RecordRule, records: Records<'_>, row: u32) -> Option<bool> {
    let states = || rule.done.iter().map(|field| records.state(row, field));
    if states().any(|state| state == Some(CellState::Value)) {
        return Some(false);
    }
    if !rule.holders.is_empty() {
        let person = records.sym(row, "person");
        if person.is_some_and(|person| !look.staff.is(person, &rule.holders)) {
            return Some(false);
        }
    }
    let meant = meets(records, row, &rule.only);
    if meant == Some(false) {
        return meant;
    }
    let untold = states().any(|state| state != Some(CellState::Empty));
    if untold { None } else { meant }
}

/// The day from which the rule counts, or the day stated.
fn last(rule: &RecordRule, records: Records<'_>, row: u32) -> Option<Day> {
    let fields = rule.on.iter().chain(&rule.since);
    fields.filter_map(|field| records.any_day(row, field)).max()
}

fn due(look: &Look<'_>, rule: &RecordRule, records: Records<'_>, row: u32) -> Due {
    let Some(day) = last(rule, records, row) else {
        let mut fields = rule.on.iter().chain(&rule.since);
        let empty = fields.any(|field| records.state(row, field) == Some(CellState::Empty));
        return if empty { Due::Undated } else { Due::Unclear };
    };
    match &rule.plus {
        None => Due::On(day),
        Some(plus) => match after(look, plus, records, row, day) {
            Some(day) => Due::On(day),
            None => Due::Undated,
        },
    }
}

fn after(look: &Look<'_>, plus: &Plus, records: Records<'_>, row: u32, day: Day) -> Option<Day> {
    let key = plus
        .by
        .as_ref()
        .and_then(|field| records.choice(row, field));
    let number = |name: &str| match name.starts_with('$') {
        true => look.parameter(name, key),
        false => records.integer(row, name),
    };
    if let Some(days) = &plus.days {
        return number(days).map(|days| day.add_days(days));
    }
    if let Some(months) = &plus.months {
        return number(months).map(|months| day.add_months(months));
    }
    let years = plus.years.as_deref().and_then(number)?;
    Some(day.add_months(years.saturating_mul(12)))
}

fn entry(look: &Look<'_>, rule: &RecordRule, records: Records<'_>, row: u32, due: Day) -> Entry {
    let subject = look.subjects.of(records.ledger(), row);
    let named = rule
        .item
        .iter()
        .filter_map(|field| records.text(row, field));
    let named: Vec<_> = named.collect();
    let mut stated = rule.on.iter().chain(&rule.since);
    let last = stated.rfind(|field| records.any_day(row, field).is_some());
    Entry {
        due,
        matter: rule.matter.clone(),
        item: named.join(" "),
        department: subject.department,
        person: subject.person,
        source: look.matter(&rule.matter, &rule.ledger).source,
        place: last.and_then(|field| records.place(row, field)),
    }
}
