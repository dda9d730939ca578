//! Tables of a form, the same for every format.

use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};

/// A file once opened.
#[derive(Clone, Debug, Default)]
pub struct FormFile {
    /// What the file is: decides whether it can be given back filled in.
    pub kind: Kind,
    /// Its tables in order.
    pub tables: Vec<FormTable>,
    /// Paragraphs outside the tables, in order.
    pub paragraphs: Vec<String>,
    /// What was noticed while it was opened.
    pub told: Vec<Diagnostic>,
}

/// What a form's file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A Word file: filled in as one.
    Docx,
    /// An Excel workbook of the newer format: filled in as one.
    Xlsx,
    /// Read only: xls, et, ods, csv.
    #[default]
    Other,
}

/// A table of a form.
#[derive(Clone, Debug, Default)]
pub struct FormTable {
    /// Sheet name of a workbook; `表1`, `表2` … of a Word file.
    pub name: String,
    cells: BTreeMap<(u32, u32), String>,
    merged: Vec<Area>,
    /// The last row that has a cell, and one more than the last column.
    size: (u32, u32),
}

/// A merged area, all bounds included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first: (u32, u32),
    pub(crate) last: (u32, u32),
}

impl FormTable {
    /// A table without cells.
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Sets the text of a cell.
    pub(crate) fn put(&mut self, row: u32, column: u32, text: &str) {
        self.size = (self.size.0.max(row), self.size.1.max(column + 1));
        let text = text.trim();
        if !text.is_empty() {
            self.cells.insert((row, column), text.to_owned());
        }
    }

    /// Declares a merged area.
    pub(crate) fn merge(&mut self, area: Area) {
        self.size = (
            self.size.0.max(area.last.0),
            self.size.1.max(area.last.1 + 1),
        );
        self.merged.push(area);
    }

    /// Declares a merged area, or a row more of one that is known.
    pub(crate) fn grow(&mut self, area: Area) {
        match self
            .merged
            .iter_mut()
            .find(|known| known.first == area.first)
        {
            Some(known) => {
                known.last = area.last;
                self.size.0 = self.size.0.max(area.last.0);
            }
            None => self.merge(area),
        }
    }

    /// The number of the last row.
    pub fn rows(&self) -> u32 {
        self.size.0
    }

    /// How many columns there are.
    pub fn columns(&self) -> u32 {
        self.size.1
    }

    /// Where the cell that covers a place begins.
    pub fn anchor(&self, row: u32, column: u32) -> (u32, u32) {
        let covers = |a: &&Area| {
            (a.first.0..=a.last.0).contains(&row) && (a.first.1..=a.last.1).contains(&column)
        };
        let area = self.merged.iter().find(covers);
        area.map_or((row, column), |area| area.first)
    }

    /// The text of the cell that covers a place.
    pub fn text(&self, row: u32, column: u32) -> &str {
        let anchor = self.anchor(row, column);
        self.cells.get(&anchor).map_or("", String::as_str)
    }

    /// The text of a cell that begins in this row; empty where one from above reaches down.
    pub fn own(&self, row: u32, column: u32) -> &str {
        if self.anchor(row, column).0 == row {
            self.text(row, column)
        } else {
            ""
        }
    }

    /// True if a cell from a row above reaches down to this place.
    pub fn is_covered_from_above(&self, row: u32, column: u32) -> bool {
        self.anchor(row, column).0 < row
    }

    /// The cells that begin in a row and hold text: column and text, from the left.
    pub fn row(&self, row: u32) -> Vec<(u32, &str)> {
        let cells = self.cells.range((row, 0)..(row + 1, 0));
        cells
            .map(|((_, column), text)| (*column, text.as_str()))
            .collect()
    }
}

/// A file that cannot be read as a form.
pub(crate) fn unreadable(path: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(codes::SCORING_FORM, message, Locus::file(path))
        .with_hint("请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后再导入。")
}
