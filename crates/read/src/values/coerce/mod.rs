//! One cell's text → one typed value, or what would be readable instead.
//!
//! What enters: the text and kind of a cell, its field, how its sheet reckons days. What leaves: a
//! [`Reading`]. The type decides first; words for "nothing entered" come after it, so that 无 in a
//! column of yes and no is a no.

mod bools;
pub mod dates;
mod departments;
pub(crate) mod english;
mod enums;
mod instants;
pub mod levels;
mod marks;
mod months;
mod numbers;
mod persons;
mod reading;
mod times;

use crate::formats::grid::CellKind;
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::enums::EnumWords;
use crate::values::coerce::persons::is_separator;
pub use crate::values::coerce::reading::{Note, Reading, Term, Value};
use crate::values::normalise;
use crate::values::placeholders::{self, Blank};
use crate::values::words;
use zicha_model::schema::{EnumId, FieldSchema, FieldType, Schemas};

/// How the cells of a column are to be read: its type, refined by what the field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// By type alone.
    Plain(FieldType),
    /// Years of a retention term.
    Years,
    /// Months, also written as years.
    Months,
    /// A month of a year, as the text `2026-05`.
    Month,
}

/// Everything that reading cells needs besides the cell: enumerations prepared for look-up.
pub struct Coercer<'a> {
    schemas: &'a Schemas,
    enums: Vec<EnumWords>,
    level: Option<EnumId>,
}

impl<'a> Coercer<'a> {
    /// Prepares the enumerations.
    pub fn new(schemas: &'a Schemas) -> Self {
        Self {
            schemas,
            enums: schemas.enums.iter().map(EnumWords::new).collect(),
            level: schemas.enum_by_id("level"),
        }
    }

    /// True if the field's cells are classification levels, which may bear a term.
    pub fn is_level(&self, field: &FieldSchema) -> bool {
        matches!(field.ty, FieldType::Enum(e) if Some(e) == self.level)
    }

    /// True if the text is a value of the enumeration as its lists have it.
    pub(crate) fn is_value(&self, id: EnumId, text: &str) -> bool {
        self.words(id).find(&normalise::plain(text)).is_some()
    }

    /// What a text says as a value of a type, whatever field asks for it.
    pub(crate) fn read_as(&self, ty: FieldType, text: &str, days: Reckoning) -> Value {
        let field = FieldSchema {
            id: String::new(),
            label: String::new(),
            aliases: Vec::new(),
            ty,
            required: false,
            date_kind: Default::default(),
            reference: None,
            description: String::new(),
        };
        self.read(&field, text, CellKind::Text, days).value
    }

    /// True if a word of the enumeration holds the text: 保密柜 is one of 保险柜（保密柜）.
    pub(crate) fn says(&self, id: EnumId, text: &str) -> bool {
        let values = self.schemas.enumeration(id).values.iter();
        let mut words = values.flat_map(|value| value.aliases.iter().chain([&value.label]));
        words.any(|word| normalise::plain(word).contains(text))
    }

    /// True if the text is a value of any enumeration.
    pub(crate) fn knows(&self, text: &str) -> bool {
        let plain = normalise::plain(text);
        self.enums.iter().any(|words| words.find(&plain).is_some())
    }

    /// Reads one cell. `days`: what the dates of its sheet are to be understood by.
    pub fn read(
        &self,
        field: &FieldSchema,
        text: &str,
        kind: CellKind,
        days: Reckoning,
    ) -> Reading {
        let plain = normalise::plain(text);
        if plain.is_empty() {
            return Reading::of(Value::Empty);
        }
        if kind == CellKind::Error {
            return Reading::of(Value::Unreadable(words::FORMULA_ERROR.to_owned()));
        }
        if normalise::is_dash(&plain) {
            return Reading::of(Value::Empty);
        }
        let reading = self.typed(field, text, &plain, kind, days);
        if matches!(reading.value, Value::Word(_) | Value::Words(_)) {
            return reading;
        }
        match placeholders::of(&plain) {
            _ if plain == "无" => Reading::of(Value::Empty),
            Some(blank) => self.blank(field, blank),
            None => reading,
        }
    }

    /// What a word for nothing means in a column: of enumerations and levels a blank may mean something
    /// itself, so that only what programs write for an empty cell is one there.
    fn blank(&self, field: &FieldSchema, blank: Blank) -> Reading {
        use FieldType::{Bool, Date, DateTime, Decimal, Enum, EnumList, Integer};
        let choice = matches!(field.ty, Enum(_) | EnumList(_) | Bool);
        let figure = matches!(field.ty, Date | DateTime | Decimal | Integer);
        let (note, empty) = match blank {
            Blank::Null => (Note::Null, true),
            Blank::Pending => (Note::Pending, !choice),
            Blank::Unknown => (Note::NotKnown, !choice && !figure),
        };
        Reading {
            note: Some(note),
            ..Reading::of(if empty { Value::Empty } else { Value::NotNamed })
        }
    }

    /// True if the field's cells are months.
    pub(crate) fn is_month(&self, field: &FieldSchema) -> bool {
        shape(field) == Shape::Month
    }

    fn typed(
        &self,
        field: &FieldSchema,
        text: &str,
        plain: &str,
        kind: CellKind,
        days: Reckoning,
    ) -> Reading {
        let end = is_end(&field.id);
        match shape(field) {
            Shape::Years => levels::years(plain, kind, days),
            Shape::Months => Reading::word(numbers::months(plain), words::expect_months),
            Shape::Month => months::read(plain, kind, days),
            Shape::Plain(ty) => match ty {
                // Where the blank means all of them: 各处室.
                FieldType::Department if !field.required && departments::is_whole_unit(plain) => {
                    Reading {
                        note: Some(Note::WholeUnit),
                        ..Reading::of(Value::Empty)
                    }
                }
                FieldType::Text | FieldType::Department => {
                    Reading::of(Value::Text(normalise::text(text)))
                }
                FieldType::Person => Reading::of(Value::Text(normalise::text(text))),
                FieldType::PersonList => persons::read(text),
                FieldType::Integer => Reading::word(numbers::integer(plain), words::expect_integer),
                FieldType::Decimal => decimal(plain),
                FieldType::Bool => self.truth(field, plain),
                FieldType::Date => dates::date(plain, kind, days, end),
                FieldType::DateTime => dates::moment(plain, kind, days, end),
                FieldType::Enum(e) if Some(e) == self.level => {
                    levels::level(self.words(e), plain, days)
                }
                FieldType::Enum(e) => self.one_of(e, plain),
                FieldType::EnumList(e) => self.enum_list(e, plain),
            },
        }
    }

    /// A yes or no; failing that what clerks write in its place in such a column.
    fn truth(&self, field: &FieldSchema, plain: &str) -> Reading {
        if let Some(reading) = marks::disabled(field, plain) {
            return reading;
        }
        let reading = bools::read(plain);
        if !matches!(reading.value, Value::Unreadable(_)) {
            return reading;
        }
        if marks::is_classification(field) {
            return marks::classified(plain, self.level_rank(plain));
        }
        let named = marks::is_signature(field).then(|| marks::signature(plain));
        named.flatten().unwrap_or(reading)
    }

    /// The rank of a level, where the text is one.
    fn level_rank(&self, plain: &str) -> Option<i32> {
        let id = self.level?;
        let index = usize::try_from(self.words(id).find(plain)?).ok()?;
        self.schemas.enumeration(id).values.get(index)?.rank
    }

    /// A value of an enumeration; of kinds of things also by the word that it ends with, as 激光打印机
    /// is a printer.
    fn one_of(&self, id: EnumId, plain: &str) -> Reading {
        let words = self.words(id);
        if let Some(word) = words.find(plain) {
            return Reading::of(Value::Word(word));
        }
        let schema = self.schemas.enumeration(id);
        let kinds = schema.id.ends_with("_type") && schema.values.iter().all(|v| v.rank.is_none());
        match kinds.then(|| words.suffix(plain)).flatten() {
            Some(word) => Reading {
                note: Some(Note::ByEnding),
                ..Reading::of(Value::Word(word))
            },
            None => match words.part(plain) {
                Some(word) => Reading {
                    note: Some(Note::ByPart),
                    ..Reading::of(Value::Word(word))
                },
                None => Reading::word(None, || self.expect_one_of(id)),
            },
        }
    }

    fn words(&self, id: EnumId) -> &EnumWords {
        &self.enums[usize::from(id.0)]
    }

    fn expect_one_of(&self, id: EnumId) -> String {
        words::expect_one_of(self.schemas.enumeration(id))
    }

    fn enum_list(&self, id: EnumId, plain: &str) -> Reading {
        let words = self.words(id);
        if let Some(one) = words.find(plain) {
            return Reading::of(Value::Words(vec![one]));
        }
        let found: Option<Vec<i32>> = split(plain).map(|part| words.find(part)).collect();
        Reading::of(found.map_or_else(
            || Value::Unreadable(self.expect_one_of(id)),
            |mut found| {
                dedup(&mut found);
                Value::Words(found)
            },
        ))
    }
}

/// What a field means beyond its type. The special meanings go by the field's name, which is
/// permanent: the catalogue has no type of its own for them.
fn shape(field: &FieldSchema) -> Shape {
    match field.ty {
        FieldType::Integer if field.id == "secrecy_years" => Shape::Years,
        FieldType::Integer if field.id.ends_with("_months") => Shape::Months,
        FieldType::Text if field.id == "month" => Shape::Month,
        ty => Shape::Plain(ty),
    }
}

/// True for fields that say when something ended: of a span of days the last one counts.
fn is_end(field: &str) -> bool {
    let begins = ["end_", "returned_", "expires_", "due_", "valid_until"];
    begins.iter().any(|word| field.starts_with(word)) || field.contains("_end_")
}

/// Minutes since midnight where the text is a time of day and nothing else, in words or with a colon.
pub(crate) fn time_of_day(text: &str) -> Option<i32> {
    times::alone(&normalise::plain(text))
}

/// The parts of a list.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| is_separator(c) || c.is_whitespace())
        .filter(|part| !part.is_empty())
}

fn dedup(items: &mut Vec<i32>) {
    let mut seen = Vec::new();
    items.retain(|item| {
        let new = !seen.contains(item);
        seen.push(*item);
        new
    });
}

/// A decimal, told if it was rounded.
fn decimal(plain: &str) -> Reading {
    let read = numbers::decimal(plain);
    let rounded = read.is_some_and(|(_, rounded)| rounded);
    Reading {
        note: rounded.then_some(Note::Rounded),
        ..Reading::word(read.map(|(word, _)| word), words::expect_decimal)
    }
}

#[cfg(test)]
mod tests;
