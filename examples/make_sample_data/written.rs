//! Records picked and changed by what is written about them in a table: `slips.csv`, `rarities.csv`.
//!
//! Conditions are parted by `;`: `field=text`, `field!=text`, `field>text`, `field<text`, `field`
//! (filled in), `!field` (empty), and `field->ledger.condition` of the record of another ledger that
//! has the same in its field of that name. Changes too: `field=text`. Dates are written 2026-03-05, persons by
//! number, departments by name, truth as 是 and 否; a date or number may count from another of the
//! record: `returned_on=due_on+3`, `returned_at=delivered_at+0@17:50`. No text empties the field, `?text` is written exactly so, readable
//! or not. Changes tell besides which cells show what is wrong: those changed but for `(field=text)`,
//! and `field` without a new text.

use super::people::DEPARTMENTS;
use super::world::{Day, Row, Value, Who, World, plus};
use chrono::{NaiveDateTime, NaiveTime};

/// The records of a ledger that meet all conditions.
pub(crate) fn picked(world: &World, ledger: &str, conditions: &str) -> Vec<usize> {
    let meets = |row: &&Row| parts(conditions).all(|condition| holds(world, row, condition));
    let rows = world.rows(ledger).iter().filter(meets);
    rows.map(|row| row.uid).collect()
}

/// Writes the changes into a record; returns the fields whose cells show them.
pub(crate) fn change(row: &mut Row, changes: &'static str) -> Vec<&'static str> {
    let mut shown = Vec::new();
    for part in parts(changes) {
        let hidden = part
            .strip_prefix('(')
            .and_then(|part| part.strip_suffix(')'));
        let (field, text) = match hidden.unwrap_or(part).split_once('=') {
            Some((field, text)) => (field, Some(text)),
            None => (part, None),
        };
        if let Some(text) = text {
            row.set(field, value(row, field, text));
        }
        if hidden.is_none() {
            shown.push(field);
        }
    }
    shown
}

/// Adds a copy of a record; returns its number.
pub(crate) fn copy(world: &mut World, ledger: &'static str, like: usize) -> usize {
    let cells = world.row_mut(ledger, like).cells.clone();
    world.add(ledger, cells.into_iter().collect())
}

fn parts<'t>(text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
    text.split(';').filter(|part| !part.is_empty())
}

fn holds(world: &World, row: &Row, condition: &str) -> bool {
    let is = |field: &str| shown(world, row.get(field));
    if let Some((field, (ledger, condition))) = condition
        .split_once("->")
        .and_then(|(field, rest)| Some((field, rest.split_once('.')?)))
    {
        let same = |other: &&Row| other.get(field) == row.get(field);
        let other = world.rows(ledger).iter().find(same);
        return other.is_some_and(|other| holds(world, other, condition));
    }
    if let Some(field) = condition.strip_prefix('!') {
        return row.empty(field);
    }
    if let Some((field, text)) = condition.split_once("!=") {
        return is(field) != text;
    }
    if let Some((field, text)) = condition.split_once('=') {
        return is(field) == text;
    }
    match (condition.split_once('>'), condition.split_once('<')) {
        (Some((field, text)), _) => is(field).as_str() > text,
        (_, Some((field, text))) => is(field).as_str() < text,
        _ => !row.empty(condition),
    }
}

/// A value as the conditions write it.
fn shown(world: &World, value: &Value) -> String {
    let number = |who: &Who| world.people[who.0].id.clone();
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Literal(text) => text.clone(),
        Value::Number(n) => n.to_string(),
        Value::Day(day) => day.to_string(),
        Value::At(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Person(who) => number(who),
        Value::Persons(all) => all.iter().map(number).collect::<Vec<_>>().join("、"),
        Value::Department(n) => DEPARTMENTS[*n].0.to_owned(),
    }
}

/// A text read as the kind that stands in the field, or as what it looks like.
fn value(row: &Row, field: &str, text: &str) -> Value {
    match row.get(field) {
        _ if text.is_empty() => Value::Empty,
        _ if text.starts_with('?') => Value::Literal(text[1..].to_owned()),
        Value::Text(_) => text.into(),
        Value::Persons(_) => persons(text).map_or(Value::Empty, Value::Persons),
        _ => later(row, text)
            .or_else(|| looks_like(text))
            .unwrap_or_else(|| text.into()),
    }
}

/// So many days after another date of the record, or so much more than another number.
fn later(row: &Row, text: &str) -> Option<Value> {
    let (field, days) = text.split_once('+')?;
    let (days, time) = days.split_once('@').unwrap_or((days, ""));
    let days = days.parse().ok()?;
    Some(match row.get(field) {
        Value::At(at) => {
            let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap_or(at.time());
            Value::At(plus(at.date(), days).and_time(time))
        }
        Value::Number(n) => Value::Number(n + days),
        _ => Value::Day(plus(row.day(field), days)),
    })
}

fn looks_like(text: &str) -> Option<Value> {
    let truth = match text {
        "是" => Some(Value::Bool(true)),
        "否" => Some(Value::Bool(false)),
        _ => None,
    };
    let at = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok();
    let department = || DEPARTMENTS.iter().position(|(name, _)| *name == text);
    let several = || persons(text).filter(|all| all.len() > 1);
    truth
        .or_else(|| text.parse().ok().map(Value::Number))
        .or_else(|| text.parse::<Day>().ok().map(Value::Day))
        .or_else(|| at().map(Value::At))
        .or_else(|| several().map(Value::Persons))
        .or_else(|| person(text).map(Value::Person))
        .or_else(|| department().map(Value::Department))
}

fn persons(text: &str) -> Option<Vec<Who>> {
    text.split('、').map(person).collect()
}

fn person(text: &str) -> Option<Who> {
    let number: usize = text.strip_prefix("CH")?.parse().ok()?;
    Some(Who(number - 1))
}
