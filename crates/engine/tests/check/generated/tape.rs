//! Rules and records made out of a row of numbers: each number is one choice, and where the row ends the
//! first is taken. So what fails shrinks to something simple.

use std::collections::BTreeMap;

/// The fields of both ledgers: name, type, what a cell may hold.
pub(super) const FIELDS: [(&str, &str, &[&str]); 15] = [
    ("code", "text", &["一", "二", "三", "四", "五", "六"]),
    (
        "title",
        "text",
        &["甲", "乙", "李四", "P1", "张三", "办公室"],
    ),
    ("who", "person", &["P1", "李四", "P2", "张三", "王五"]),
    ("dept", "department", &["D1", "办公室", "财务处", "D9"]),
    ("number", "integer", &["1", "2", "3", "0", "-2"]),
    ("amount", "decimal", &["1", "2.5", "0", "3"]),
    ("sealed", "bool", &["是", "否"]),
    (
        "made_on",
        "date",
        &["2026-03-01", "2026-03-02", "2026-03-05", "2025-12-31"],
    ),
    (
        "due_on",
        "date",
        &["2026-03-02", "2026-03-04", "2027-01-01"],
    ),
    (
        "start_at",
        "datetime",
        &[
            "2026-03-02 08:00",
            "2026-03-01 09:30",
            "2026-03-02",
            "2026-03-05 00:00",
        ],
    ),
    (
        "end_at",
        "datetime",
        &[
            "2026-03-02 12:00",
            "2026-03-02 08:00",
            "2026-03-05",
            "2026-03-09 18:00",
        ],
    ),
    (
        "level",
        "enum\n    enum: level",
        &["secret", "public", "confidential", "internal"],
    ),
    (
        "kind",
        "enum\n    enum: unit_type",
        &["school", "enterprise", "other"],
    ),
    (
        "kinds",
        "enum list\n    enum: unit_type",
        &["school", "school、other", "enterprise、school"],
    ),
    (
        "people",
        "person list",
        &["P1", "P1、李四", "张三、P2", "王五"],
    ),
];

/// Of so many cells one is empty.
const FLAWED: usize = 8;

/// Columns with cells that cannot be read.
const ILLEGIBLE: usize = 3;

/// Choices, taken one after the other.
pub(super) struct Tape<'t>(std::slice::Iter<'t, u8>);

impl<'t> Tape<'t> {
    pub(super) fn new(choices: &'t [u8]) -> Self {
        Self(choices.iter())
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % n
    }

    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Up to so many records of a ledger.
    pub(super) fn records(&mut self, most: usize) -> Vec<BTreeMap<String, String>> {
        let rows = self.below(most + 1);
        self.records_of(rows)
    }

    /// So many records of a ledger, of which some columns cannot be read throughout.
    pub(super) fn records_of(&mut self, rows: usize) -> Vec<BTreeMap<String, String>> {
        let illegible: [usize; ILLEGIBLE] = std::array::from_fn(|_| self.below(FIELDS.len()));
        (0..rows).map(|_| self.record(&illegible)).collect()
    }

    fn record(&mut self, illegible: &[usize]) -> BTreeMap<String, String> {
        let cells = FIELDS.iter().enumerate().map(|(at, (field, _, values))| {
            let value = match self.below(FLAWED) {
                1 => "",
                2 | 3 if illegible.contains(&at) => "#REF!",
                _ => self.one(values),
            };
            ((*field).to_owned(), value.to_owned())
        });
        cells.collect()
    }
}
