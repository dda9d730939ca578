//! How a value comes to be written in a cell.

use super::layout::Column;
use super::people::DEPARTMENTS;
use super::prng::mix;
use super::world::{Day, Row, Value, Who, World};
use chrono::{Datelike, NaiveDateTime, Timelike};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(i64),
    /// A real date of the spreadsheet.
    Date(Day),
    /// A real date with time.
    Moment(NaiveDateTime),
}

impl Written {
    /// The cell as a reader sees it: dates in ISO form.
    pub(crate) fn raw(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

/// Writes a field of a record the way the column's clerk does.
pub(crate) fn written(world: &World, row: &Row, column: &Column) -> Written {
    let Some(field) = column.field else {
        return spare(row, column);
    };
    if field == "level" && column.has("term") {
        return level_with_term(row);
    }
    let chance = mix(&format!("{field} {}", row.uid));
    let text = match row.get(field) {
        Value::Empty => return empty(column),
        Value::Literal(text) => return Written::Text(text.clone()),
        Value::Day(day) => return date(*day, column, chance),
        Value::At(at) => return moment(*at, column, chance),
        Value::Number(number) => return count(*number, column, chance),
        Value::Bool(yes) => truth(*yes, column).to_owned(),
        Value::Text(text) => words(text, field, column, chance),
        Value::Person(who) => person(world, *who, column),
        Value::Persons(people) => list(world, people, column),
        Value::Department(department) => section(*department, column),
    };
    Written::Text(text)
}

fn empty(column: &Column) -> Written {
    let mark = column
        .habits
        .iter()
        .find_map(|habit| habit.strip_prefix("empty="));
    mark.map_or(Written::Blank, |mark| Written::Text(mark.to_owned()))
}

fn spare(row: &Row, column: &Column) -> Written {
    let chance = mix(&format!("{} {}", column.heading, row.uid));
    match column.habits.last() {
        Some(&"~pages") => Written::Number(1 + (chance % 18) as i64),
        Some(&"~remark") if chance.is_multiple_of(9) => Written::Text("已核".into()),
        Some(&"~sign") => Written::Text("（签名）".into()),
        _ => Written::Blank,
    }
}

fn level_with_term(row: &Row) -> Written {
    match (row.get("level"), row.get("secrecy_years")) {
        (Value::Text(level), Value::Number(years)) => Written::Text(format!("{level}★{years}年")),
        (Value::Text(level), _) => Written::Text(level.clone()),
        (Value::Literal(level), _) => Written::Text(level.clone()),
        _ => Written::Blank,
    }
}

fn date(day: Day, column: &Column, chance: u64) -> Written {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let style = column.habits.first().copied().unwrap_or("iso");
    let style = match style {
        "mix" => ["real", "dot", "cn", "slash", "iso", "dot", "short", "real"][chance as usize % 8],
        "dots" => ["dot", "dot", "cn", "short"][chance as usize % 4],
        style => style,
    };
    let text = match style {
        "real" => return Written::Date(day),
        "serial" => {
            return Written::Number(
                (day - Day::from_ymd_opt(1899, 12, 30).unwrap_or(day)).num_days(),
            );
        }
        "dot" => format!("{y}.{m}.{d}"),
        "short" => format!("{}.{m}.{d}", y % 100),
        "cn" => format!("{y}年{m}月{d}日"),
        "slash" => format!("{y}/{m}/{d}"),
        "compact" => format!("{y}{m:02}{d:02}"),
        "wide" => wide(&format!("{y}.{m}.{d}")),
        _ => day.to_string(),
    };
    Written::Text(text)
}

fn moment(at: NaiveDateTime, column: &Column, chance: u64) -> Written {
    let day = at.date();
    let (h, m) = (at.hour(), at.minute());
    let style = column.habits.first().copied().unwrap_or("iso");
    let style = if style == "mix" {
        ["real", "iso", "dot", "slash"][chance as usize % 4]
    } else {
        style
    };
    let text = match style {
        "real" => return Written::Moment(at),
        "dot" => format!("{}.{}.{} {h}:{m:02}", day.year(), day.month(), day.day()),
        "slash" => format!("{}/{}/{} {h}:{m:02}", day.year(), day.month(), day.day()),
        _ => at.format("%Y-%m-%d %H:%M").to_string(),
    };
    Written::Text(text)
}

fn count(number: i64, column: &Column, chance: u64) -> Written {
    let unit = column
        .habits
        .iter()
        .find_map(|habit| habit.strip_prefix("unit="));
    if let Some(unit) = unit.filter(|_| !chance.is_multiple_of(3)) {
        return Written::Text(format!("{}{unit}", thousands(number)));
    }
    match column.has("wide") && chance.is_multiple_of(4) {
        true => Written::Text(wide(&number.to_string())),
        false => Written::Number(number),
    }
}

fn thousands(number: i64) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", number / 1000, number % 1000)
    }
}

/// Full-width digits, as an input method leaves them.
fn wide(text: &str) -> String {
    let shift = |c: char| {
        char::from_u32(c as u32 + 0xFEE0)
            .filter(|_| c.is_ascii_digit() || c == '.')
            .unwrap_or(c)
    };
    text.chars().map(shift).collect()
}

fn truth(yes: bool, column: &Column) -> &'static str {
    let style = column.habits.first().copied().unwrap_or("");
    match (style, yes) {
        ("have", true) => "有",
        ("have", false) => "无",
        ("tick", true) => "√",
        ("tick", false) => "×",
        ("done", true) => "已",
        ("done", false) => "未",
        (_, true) => "是",
        (_, false) => "否",
    }
}

fn words(text: &str, field: &str, column: &Column, chance: u64) -> String {
    let level = field.ends_with("level") || field.starts_with("level");
    if level && column.has("class") && matches!(text, "秘密" | "机密" | "绝密") {
        return match chance % 4 {
            0 => format!("{text}级"),
            1 => format!("★{text}"),
            2 => text.chars().map(String::from).collect::<Vec<_>>().join(" "),
            _ => text.to_owned(),
        };
    }
    text.to_owned()
}

fn person(world: &World, who: Who, column: &Column) -> String {
    let person = &world.people[who.0];
    if column.has("id") {
        return person.id.clone();
    }
    let mut letters = person.name.chars();
    match (
        column.has("gap"),
        letters.next(),
        letters.next(),
        letters.next(),
    ) {
        (true, Some(first), Some(second), None) => format!("{first}　{second}"),
        _ => person.name.clone(),
    }
}

fn list(world: &World, people: &[Who], column: &Column) -> String {
    let separator = match column.habits.first() {
        Some(&"semi") => "；",
        Some(&"comma") => "，",
        Some(&"lines") => "\n",
        _ => "、",
    };
    let names: Vec<String> = people
        .iter()
        .map(|&who| person(world, who, column))
        .collect();
    names.join(separator)
}

fn section(department: usize, column: &Column) -> String {
    if column.has("id") {
        format!("BM{:02}", department + 1)
    } else {
        DEPARTMENTS[department].0.to_owned()
    }
}
