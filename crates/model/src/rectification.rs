//! The rectification list (整改清单) as people fill it in: its columns, its rows as they stand in a
//! file, and what is carried on with a finding.

mod column;

use crate::digest::Hasher;
use crate::time::Day;
pub use column::Column;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Texts by column.
pub type Cells = BTreeMap<Column, String>;

/// What a status says, however it is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the four words of enumeration rect_status")]
pub enum Status {
    Open,
    Doing,
    Done,
    SignedOff,
}

impl Status {
    /// The words of the drop-down.
    pub const ALL: [Self; 4] = [Self::Open, Self::Doing, Self::Done, Self::SignedOff];

    /// As the drop-down words it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "待整改",
            Self::Doing => "整改中",
            Self::Done => "已完成",
            Self::SignedOff => "已复核销号",
        }
    }

    /// Reads the word of the drop-down.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.label() == text.trim())
    }
}

/// What people filled in for a finding, and what follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// What people entered; columns that still say what the program put there are absent.
    #[serde(default)]
    pub filled: Cells,
    /// Columns that people added: heading → text.
    #[serde(default)]
    pub extra: BTreeMap<String, String>,
    /// What a hand-kept rectification ledger says of it.
    #[serde(default)]
    pub ledger: Cells,
    /// Sign-offs of earlier rounds, where the fault came back.
    #[serde(default)]
    pub earlier: Vec<String>,
    /// What does not fit together, in words.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Days since the day it was to be mended; 0 if it is not overdue.
    #[serde(default)]
    pub overdue_days: u32,
    /// What people changed from run to run, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Change>,
}

/// An entry that people changed between two runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The day of the run that read it.
    pub on: Day,
    /// The column.
    pub column: Column,
    /// What stood there before; empty if nothing did.
    pub from: String,
    /// What stands there now; empty if it was taken out.
    pub to: String,
    /// The list that says so; empty if none of those read does.
    pub file: String,
}

impl Rectification {
    /// True if there is nothing to carry on or to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is entered in a column: people's word first, then the ledger's.
    pub fn cell(&self, column: Column) -> Option<&str> {
        let cell = self
            .filled
            .get(&column)
            .or_else(|| self.ledger.get(&column));
        cell.map(String::as_str)
    }

    /// The status entered, if it is one of the four.
    pub fn status(&self) -> Option<Status> {
        Status::parse(self.cell(Column::Status)?)
    }

    /// True if people say that it is mended.
    pub fn says_done(&self) -> bool {
        self.status().is_some_and(|s| s >= Status::Done) || self.is_signed_off()
    }

    /// True if people signed it off.
    pub fn is_signed_off(&self) -> bool {
        self.status() == Some(Status::SignedOff) || self.cell(Column::Closed).is_some()
    }
}

/// An item that people added to the list themselves, or a row that fits no finding any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnItem {
    /// Stable identity, kept in the column 识别号.
    pub id: String,
    /// What stands in its columns.
    pub filled: Cells,
    /// Columns that people added.
    #[serde(default)]
    pub extra: BTreeMap<String, String>,
    /// Days overdue; 0 if it is not.
    #[serde(default)]
    pub overdue_days: u32,
}

/// A row of a list that fits no finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unmatched {
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: Option<String>,
    /// Row as Excel shows it.
    pub row: u32,
    /// What the row is about.
    pub problem: String,
    /// Why it fits none.
    pub reason: String,
}

/// A list that was read, so that it is not taken for news again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListRead {
    /// Path it was read from.
    pub path: String,
    /// SHA-256.
    pub sha256: String,
    /// Rows with something in them.
    pub rows: u32,
    /// Rows that fit a finding.
    pub matched: u32,
}

/// Where a list lay, the most binding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In the output folder of this run, or beside the named baseline.
    Own,
    /// In the output folder of an earlier run of the same checklist.
    Earlier,
    /// Somewhere in the workspace: a copy that a department filled in.
    Workspace,
    /// In the output folder of another checklist.
    Other,
    /// A copy kept under `history`.
    Kept,
    /// A hand-kept ledger without fingerprints.
    Ledger,
}

/// A list as it stands in a file.
#[derive(Clone, Debug)]
pub struct List {
    /// Path to show.
    pub path: String,
    /// SHA-256.
    pub sha256: String,
    /// Where it lay.
    pub origin: Origin,
    /// Its rows.
    pub rows: Vec<ListRow>,
    /// Fingerprints that the run beside it knows: rows that belong there need no match here.
    pub known: std::collections::BTreeSet<String>,
}

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Sheet.
    pub sheet: Option<String>,
    /// Row as Excel shows it.
    pub row: u32,
    /// What stands in the known columns; days in ISO form, the status in the words of the drop-down.
    pub cells: Cells,
    /// What stands in other columns: heading → text.
    pub extra: BTreeMap<String, String>,
}

/// The sheet on which people enter what the check did not find.
pub const OWN_SHEET: &str = "自行登记";

impl ListRow {
    /// True if it stands on [`OWN_SHEET`].
    pub fn is_own(&self) -> bool {
        self.sheet.as_deref() == Some(OWN_SHEET)
    }

    /// The fingerprint it bears.
    pub fn fingerprint(&self) -> Option<&str> {
        self.cells.get(&Column::Fingerprint).map(String::as_str)
    }

    /// What the row is about, short.
    pub fn about(&self) -> String {
        let text = self.cells.get(&Column::Problem).cloned();
        let text = text.unwrap_or_default().replace('\n', " ");
        match text.char_indices().nth(60) {
            None => text,
            Some((at, _)) => format!("{}……", &text[..at]),
        }
    }
}

/// The content of the column 校验 for what the program puts into the open columns.
pub fn check(defaults: &Cells) -> String {
    let marks = Column::CHECKED.map(|column| mark(defaults.get(&column).map_or("", |t| t)));
    marks.join(".")
}

/// The columns whose text differs from what the program had put there. Without a readable 校验
/// the texts are compared with `fallback`.
pub fn edited(cells: &Cells, fallback: &Cells) -> Cells {
    let marks: Option<Vec<_>> = cells
        .get(&Column::Check)
        .map(|text| text.split('.').map(str::to_owned).collect());
    let marks = marks.filter(|marks: &Vec<String>| marks.len() == Column::CHECKED.len());
    let untouched = |column: Column, text: &str| {
        let Some(at) = Column::CHECKED.iter().position(|&c| c == column) else {
            return false;
        };
        match &marks {
            Some(marks) => marks[at] == mark(text),
            None => fallback.get(&column).is_some_and(|own| same(own, text)),
        }
    };
    let open = Column::OPEN.into_iter().filter_map(|column| {
        let text = cells.get(&column)?;
        (!text.is_empty() && !untouched(column, text)).then(|| (column, text.clone()))
    });
    open.collect()
}

/// True if two texts differ at most in blanks and line breaks.
pub fn same(a: &str, b: &str) -> bool {
    squeezed(a) == squeezed(b)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn mark(text: &str) -> String {
    Hasher::of(squeezed(text)).hex_prefix(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(pairs: &[(Column, &str)]) -> Cells {
        pairs.iter().map(|&(c, t)| (c, t.to_owned())).collect()
    }

    #[test]
    fn only_what_people_changed_counts_as_entered() {
        let written = cells(&[
            (Column::Department, "办公室"),
            (Column::Measure, "补登记。\n说明原因"),
            (Column::Status, "待整改"),
        ]);
        let mut row = written.clone();
        row.insert(Column::Check, check(&written));
        row.insert(Column::Measure, "补登记。说明原因".into());
        assert_eq!(edited(&row, &Cells::new()), Cells::new());
        row.insert(Column::Status, "已完成".into());
        row.insert(Column::Proof, "照片".into());
        let expected = cells(&[(Column::Status, "已完成"), (Column::Proof, "照片")]);
        assert_eq!(edited(&row, &Cells::new()), expected);
    }

    #[test]
    fn without_the_check_column_texts_are_compared_with_the_programs_own() {
        let row = cells(&[(Column::Status, "待整改"), (Column::Responsible, "吴敏")]);
        let own = cells(&[(Column::Status, "待整改"), (Column::Responsible, "林海")]);
        assert_eq!(edited(&row, &own), cells(&[(Column::Responsible, "吴敏")]));
    }

    #[test]
    fn a_closing_day_is_a_sign_off() {
        let mut entry = Rectification::default();
        assert!(!entry.says_done());
        entry.filled = cells(&[(Column::Closed, "2026-10-01")]);
        assert!(entry.says_done() && entry.is_signed_off());
        entry.filled = cells(&[(Column::Status, "已完成")]);
        assert!(entry.says_done() && !entry.is_signed_off());
    }
}
