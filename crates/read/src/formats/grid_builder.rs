//! Cells in whatever order they come → a [`Grid`] in order, its texts clean.

use crate::formats::grid::{CellKind, Grid};
use crate::formats::marks::{Marks, Tally};
use crate::formats::text::{self, Cleaned};
use crate::formats::{cell_text, read_errors};
use std::borrow::Cow;
use zicha_model::dataset::{Interner, Sym};
use zicha_model::diag::Diagnostic;

/// Collects the cells of one sheet.
pub(crate) struct Gather {
    grid: Grid,
    /// True until a cell comes before one that is already there.
    ordered: bool,
    stripped: Tally,
    cut: Tally,
    /// Texts marked as such for Excel.
    marked: Tally,
    marks: Marks,
}

impl Gather {
    /// An empty sheet.
    pub(crate) fn new(name: &str, hidden: bool) -> Self {
        let mut grid = Grid::new(&text::clean(name).0);
        grid.hidden = hidden;
        Self {
            grid,
            ordered: true,
            stripped: Tally::default(),
            cut: Tally::default(),
            marked: Tally::default(),
            marks: Marks::default(),
        }
    }

    /// An empty sheet whose texts continue those given.
    pub(crate) fn with_texts(name: &str, hidden: bool, texts: Interner) -> Self {
        let mut gather = Self::new(name, hidden);
        gather.grid.texts = texts;
        gather
    }

    /// Adds a cell; `row` counts from 1, `column` from 0. Blank texts are no cells.
    pub(crate) fn push(&mut self, row: u32, column: u32, raw: &str, kind: CellKind) {
        let (text, done) = text::clean(raw);
        let (text, done) = match kind {
            CellKind::Text => unmarked(text, done),
            _ => (text, done),
        };
        self.note(row, column, done);
        self.ordered &= self.grid.push(row, column, &text, kind);
    }

    /// As [`Gather::push`], for a text that was cleaned and interned before; `None` if it is blank.
    pub(crate) fn push_known(&mut self, row: u32, column: u32, text: Option<Sym>, done: Cleaned) {
        self.note(row, column, done);
        if let Some(text) = text {
            self.ordered &= self.grid.cells.push(row, column, text, CellKind::Text);
        }
    }

    fn note(&mut self, row: u32, column: u32, done: Cleaned) {
        if done.stripped {
            self.stripped.note(row, column);
        }
        if done.marked {
            self.marked.note(row, column);
        }
        if done.cut {
            self.cut.note(row, column);
        }
    }

    /// A text that was interned before.
    pub(crate) fn text(&self, text: Sym) -> &str {
        self.grid.texts.resolve(text)
    }

    /// Says that a cell is struck through as a whole.
    pub(crate) fn strike(&mut self, row: u32, column: u32) {
        self.marks.struck.push((row, column));
    }

    /// Says that a part of a cell's text was left out because it is struck through.
    pub(crate) fn strike_part(&mut self, row: u32, column: u32) {
        self.marks.parts.note(row, column);
    }

    /// Says that a picture lies over a cell.
    pub(crate) fn picture(&mut self, row: u32, column: u32) {
        self.marks.pictures.push((row, column));
    }

    /// Notes what somebody commented on a cell, line breaks as blanks.
    pub(crate) fn comment(&mut self, row: u32, column: u32, said: &str) {
        let (said, _) = text::clean(said);
        let said: Vec<&str> = said.split_whitespace().collect();
        if !said.is_empty() {
            self.grid.comments.push((row, column, said.join(" ")));
        }
    }

    /// Adds a cell by what people see, which differs from what is stored.
    pub(crate) fn push_shown(&mut self, (row, column): (u32, u32), shown: &str, stored: &str) {
        self.marks.shown.note(row, column);
        if self.marks.example.is_none() {
            self.marks.example = Some((shown.to_owned(), stored.to_owned()));
        }
        self.push(row, column, shown, CellKind::Text);
    }

    /// Begins a row, even if one of the same number is there; a cell of it must follow.
    pub(crate) fn open(&mut self, row: u32) {
        self.grid.cells.open(row);
    }

    /// As [`Gather::push`], with the line that the cell stands in.
    pub(crate) fn push_at(
        &mut self,
        line: u32,
        (row, column): (u32, u32),
        raw: &str,
        kind: CellKind,
    ) {
        self.push(row, column, raw, kind);
        self.grid.cells.set_line(line);
    }

    /// The sheet in order, and what was noticed. `named`: the sheet has a name that people see.
    pub(crate) fn finish(mut self, named: bool) -> (Grid, Vec<Diagnostic>) {
        if !self.ordered {
            self.grid.sort();
        }
        let mut notes = self.marks.apply(&mut self.grid, named);
        let sheet = named.then_some(self.grid.name.as_str());
        if self.stripped.count > 0 {
            notes.push(read_errors::cleaned(
                sheet,
                &self.stripped.first,
                self.stripped.count,
            ));
        }
        if self.marked.count > 0 {
            let Tally { count, first } = &self.marked;
            notes.push(read_errors::marked_text(sheet, first, *count));
        }
        if self.cut.count > 0 {
            notes.push(read_errors::cut(sheet, &self.cut.first, self.cut.count));
        }
        (self.grid, notes)
    }
}

/// A text without the marks that say that it is one.
pub(crate) fn unmarked(text: Cow<'_, str>, mut done: Cleaned) -> (Cow<'_, str>, Cleaned) {
    if !text.starts_with(['=', '\'']) {
        return (text, done);
    }
    match cell_text::marked_text(text.trim()).map(str::to_owned) {
        Some(inner) => {
            done.marked = true;
            (Cow::Owned(inner), done)
        }
        None => (text, done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_told_once_with_the_first_place() {
        let mut gather = Gather::new("表", false);
        gather.push(2, 3, "甲\0", CellKind::Text);
        gather.push(3, 3, "乙\u{202e}", CellKind::Text);
        let (grid, notes) = gather.finish(true);
        assert_eq!(grid.row(0).text(3), "甲");
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].locus.cell.as_deref(), Some("D2"));
    }
}
