//! What a cell says, and what was decided in reading it.

use zicha_model::time::Day;

/// A value as read, before its strings and lists are interned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing entered.
    Empty,
    /// The word of the field's type.
    Word(i32),
    /// A text, a person or a department, normalised.
    Text(String),
    /// Indexes of enumeration values.
    Words(Vec<i32>),
    /// Names of persons.
    Texts(Vec<String>),
    /// A retention term that needs the record's date to become years, or never can.
    Term(Term),
    /// Something that the cell does not name, as persons of whom nobody is meant to be named: cannot
    /// tell. It is told once a column and is no mistake of the cell.
    NotNamed,
    /// Not readable; what would be.
    Unreadable(String),
}

/// Something that the reader decided and the user should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// Only the month was written: its first day.
    MonthOnly,
    /// A range was written: its first (or, for an end, last) day.
    Range,
    /// No year was written: that of the sheet.
    SheetYear,
    /// A term in months: rounded up to years.
    MonthsToYears,
    /// A name stands where a yes for the signature was expected.
    SignedByName,
    /// A decimal with more than three places: rounded to thousandths.
    Rounded,
    /// A kind of thing told by the word that it ends with.
    ByEnding,
    /// A value told by a word within a longer text.
    ByPart,
    /// Words for all departments: the whole unit.
    WholeUnit,
    /// A remark in brackets stands behind the value, and says nothing of it: 在用（借出）.
    Remark,
    /// Persons of whom nobody is named.
    NotNamed,
    /// What programs write for an empty cell: empty.
    Null,
    /// What people write where there is nothing yet: empty, or cannot tell.
    Pending,
    /// Something is there and nobody knows what: empty, or cannot tell.
    NotKnown,
    /// An instant of another time zone, or counted since 1970: in the time of China.
    Zone,
    /// Characters that look like others: taken for these.
    LookAlike,
    /// Characters that fonts cannot show.
    PrivateUse,
    /// A number of a code that the spreadsheet made a date of: turned back.
    MadeDate,
    /// A number with more digits than a spreadsheet keeps.
    DigitsLost,
    /// A code in scientific notation.
    Scientific,
    /// A code without the leading zeros that others of the column have: filled up.
    ZerosFilled,
    /// The same in a column that others refer to: left as it is.
    ZerosLost,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value.
    pub value: Value,
    /// What was decided in reading it.
    pub note: Option<Note>,
    /// The retention term that a level cell bears beside the level.
    pub term: Option<Term>,
}

impl Reading {
    /// A value and nothing else.
    pub(crate) fn of(value: Value) -> Self {
        Self {
            value,
            note: None,
            term: None,
        }
    }

    pub(super) fn word(word: Option<i32>, expected: impl FnOnce() -> String) -> Self {
        Self::of(word.map_or_else(|| Value::Unreadable(expected()), Value::Word))
    }
}

/// How long a secret stays one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Years; 999 for 长期.
    Years(i32),
    /// Until a day: years only count from the record's own date.
    Until(Day),
    /// Until something happens: cannot be compared with years.
    Condition,
}
