//! The invented unit before anybody writes it down: ledgers as rows of typed values.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};
use std::collections::BTreeMap;

/// A calendar day.
pub(crate) type Day = NaiveDate;

/// The day on which both workspaces are meant to be checked.
pub(crate) const AS_OF: (i32, u32, u32) = (2026, 9, 24);

/// An index in [`World::people`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who(pub usize);

/// A person of the register.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Number in the register.
    pub(crate) id: String,
    /// Invented name.
    pub(crate) name: String,
}

/// What a cell means; how it is written is the layout's matter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Nothing to write.
    Empty,
    /// Words, and enumeration labels.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A day.
    Day(Day),
    /// A day with hour and minute.
    At(NaiveDateTime),
    /// 是 / 否 in some spelling.
    Bool(bool),
    /// A person, written by name or number.
    Person(Who),
    /// Several persons.
    Persons(Vec<Who>),
    /// A department, written by name or number: index in [`super::people::DEPARTMENTS`].
    Department(usize),
    /// Text that is written exactly so, whatever the column's habits: unreadable cells.
    Literal(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<NaiveDateTime> for Value {
    fn from(at: NaiveDateTime) -> Self {
        Self::At(at)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<Who> for Value {
    fn from(who: Who) -> Self {
        Self::Person(who)
    }
}

impl From<Vec<Who>> for Value {
    fn from(people: Vec<Who>) -> Self {
        Self::Persons(people)
    }
}

impl From<usize> for Value {
    fn from(department: usize) -> Self {
        Self::Department(department)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// One record.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Number within its ledger that no fault changes.
    pub(crate) uid: usize,
    /// Field id → value; fields not named are empty.
    pub(crate) cells: BTreeMap<&'static str, Value>,
}

impl Row {
    /// The value of a field.
    pub(crate) fn get(&self, field: &str) -> &Value {
        self.cells.get(field).unwrap_or(&Value::Empty)
    }

    /// Its words, empty if it is no text.
    pub(crate) fn text(&self, field: &str) -> &str {
        match self.get(field) {
            Value::Text(text) => text,
            _ => "",
        }
    }

    /// Its day, the day of a moment, or the first day of time.
    pub(crate) fn day(&self, field: &str) -> Day {
        match self.get(field) {
            Value::Day(day) => *day,
            Value::At(at) => at.date(),
            _ => Day::MIN,
        }
    }

    /// Its person.
    pub(crate) fn who(&self, field: &str) -> Option<Who> {
        match self.get(field) {
            Value::Person(who) => Some(*who),
            _ => None,
        }
    }

    /// True if nothing is to be written.
    pub(crate) fn empty(&self, field: &str) -> bool {
        *self.get(field) == Value::Empty
    }

    /// Writes a field.
    pub(crate) fn set(&mut self, field: &'static str, value: impl Into<Value>) {
        self.cells.insert(field, value.into());
    }
}

/// Everything that the unit keeps.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    /// Register of persons, [`Who`] indexes it.
    pub(crate) people: Vec<Person>,
    /// Ledger id → records.
    pub(crate) ledgers: BTreeMap<&'static str, Vec<Row>>,
}

impl World {
    /// Appends a record and returns its number.
    pub(crate) fn add(&mut self, ledger: &'static str, cells: Vec<(&'static str, Value)>) -> usize {
        let rows = self.ledgers.entry(ledger).or_default();
        let uid = rows.iter().map(|row| row.uid + 1).max().unwrap_or(0);
        let cells = cells.into_iter().collect();
        rows.push(Row { uid, cells });
        uid
    }

    /// The records of a ledger.
    pub(crate) fn rows(&self, ledger: &str) -> &[Row] {
        self.ledgers.get(ledger).map_or(&[], Vec::as_slice)
    }

    /// A record that is known to exist.
    pub(crate) fn row_mut(&mut self, ledger: &str, uid: usize) -> &mut Row {
        let rows = self.ledgers.get_mut(ledger).expect("a ledger of the unit");
        rows.iter_mut()
            .find(|row| row.uid == uid)
            .expect("a record of the ledger")
    }
}

/// Appends a record: `add!(world, "returns"; reg_no: number, copies: 1);`
macro_rules! add {
    ($world:expr, $ledger:expr; $($field:ident : $value:expr),* $(,)?) => {
        $world.add($ledger, vec![$((stringify!($field), Value::from($value))),*])
    };
}
pub(crate) use add;

/// A day that exists.
pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).expect("a day that exists")
}

/// The day of the check.
pub(crate) fn as_of() -> Day {
    day(AS_OF.0, AS_OF.1, AS_OF.2)
}

/// So many days later.
pub(crate) fn plus(day: Day, days: i64) -> Day {
    day + Duration::days(days)
}

/// The same day so many months later.
pub(crate) fn months(day: Day, months: u32) -> Day {
    day.checked_add_months(chrono::Months::new(months))
        .expect("a day in range")
}

/// A moment of that day.
pub(crate) fn at(day: Day, hour: i64, minute: i64) -> NaiveDateTime {
    day.and_hms_opt(hour as u32, minute as u32, 0)
        .expect("a time that exists")
}

/// The day itself or the Monday after a weekend.
pub(crate) fn working(day: Day) -> Day {
    match day.weekday() {
        Weekday::Sat => plus(day, 2),
        Weekday::Sun => plus(day, 1),
        _ => day,
    }
}
