//! One table of an OpenDocument spreadsheet → a grid.

use crate::formats::grid_builder::Gather;
use crate::formats::limits::{self, Limits};
use crate::formats::ods::cell::Cell;
use crate::formats::package::Facts;
use crate::formats::package::attributes::{attribute, number};
use crate::formats::read_errors;
use quick_xml::events::BytesStart;
use zicha_model::diag::Diagnostic;

/// What all tables of a file together may still hold.
pub(super) struct Left {
    /// Cells with content, repetitions counted.
    pub(super) cells: u64,
    /// Bytes of text, repetitions counted.
    pub(super) text: u64,
}

/// The table that is open.
pub(super) struct Table {
    /// The cells so far.
    pub(super) gather: Gather,
    /// Merged and hidden regions so far.
    pub(super) facts: Facts,
    /// Rows before the current one.
    rows: u64,
    row_repeats: u64,
    /// Columns before the current cell.
    columns: u64,
    /// Columns declared so far.
    declared: u64,
}

impl Table {
    /// A table as its element says.
    pub(super) fn of(tag: &BytesStart<'_>, hidden: bool) -> Self {
        let name = attribute(tag, "table:name").unwrap_or_default();
        Self {
            gather: Gather::new(&name, hidden),
            facts: Facts::default(),
            rows: 0,
            row_repeats: 1,
            columns: 0,
            declared: 0,
        }
    }

    /// A column is declared.
    pub(super) fn column(&mut self, tag: &BytesStart<'_>) {
        let most = u64::from(limits::COLUMNS) - 1;
        let first = self.declared.min(most);
        let repeats = number(tag, "table:number-columns-repeated").unwrap_or(1);
        self.declared = self.declared.saturating_add(repeats);
        if is_hidden(tag) && repeats > 0 {
            let last = (self.declared - 1).min(most);
            self.facts.hidden_columns.push((first as u32, last as u32));
        }
    }

    /// A row begins.
    pub(super) fn open_row(&mut self, tag: &BytesStart<'_>) {
        self.row_repeats = number(tag, "table:number-rows-repeated").unwrap_or(1);
        self.columns = 0;
        if is_hidden(tag) {
            let last = self.rows.saturating_add(self.row_repeats);
            let last = last.min(u64::from(limits::ROWS)) as u32;
            let first = (self.rows as u32).saturating_add(1);
            self.facts.hidden_rows.extend(first..=last);
        }
    }

    /// A row ends.
    pub(super) fn close_row(&mut self) {
        self.rows = self.rows.saturating_add(self.row_repeats);
        self.row_repeats = 1;
    }

    /// Notes that the cell about to be read is merged with others.
    pub(super) fn merge(&mut self, tag: &BytesStart<'_>) {
        let span = |name| number(tag, name).unwrap_or(1).max(1);
        let across = span("table:number-columns-spanned");
        let down = span("table:number-rows-spanned");
        let (rows, columns) = (u64::from(limits::ROWS), u64::from(limits::COLUMNS) - 1);
        if (across == 1 && down == 1) || self.facts.merged.len() >= limits::MERGED_REGIONS {
            return;
        }
        let row = self.rows.saturating_add(1).min(rows);
        let last_row = (row.saturating_add(down) - 1).min(rows);
        let last_column = (self.columns.saturating_add(across) - 1).min(columns);
        let first = self.columns.min(columns) as u32;
        let region = (row as u32, first, last_row as u32, last_column as u32);
        self.facts.merged.push(region);
    }

    /// Takes a cell that has ended.
    pub(super) fn take(
        &mut self,
        cell: &Cell,
        left: &mut Left,
        limits: &Limits,
    ) -> Result<(), Diagnostic> {
        let first = self.columns;
        self.columns = self.columns.saturating_add(cell.repeats);
        if !cell.comment.is_empty() && self.rows < u64::from(limits::ROWS) {
            let column = first.min(u64::from(limits::COLUMNS) - 1) as u32;
            self.gather
                .comment(self.rows as u32 + 1, column, &cell.comment);
        }
        let said = cell.say();
        if said.is_none() && !cell.picture && !cell.part_struck {
            return Ok(());
        }
        let (rows, columns) = (u64::from(limits::ROWS), u64::from(limits::COLUMNS));
        let to_row = self.rows.saturating_add(self.row_repeats).min(rows);
        let to_column = self.columns.min(columns);
        let times = to_row.saturating_sub(self.rows) * to_column.saturating_sub(first);
        let text = said.map_or(0, |(text, _)| text.len() as u64);
        count(&mut left.cells, times, || {
            read_errors::limit("有内容的单元格数", limits.cells)
        })?;
        count(&mut left.text, times.saturating_mul(text), || {
            let most = read_errors::size(limits.text_bytes);
            read_errors::limit("各单元格文字的总长度", most)
        })?;
        for row in self.rows..to_row {
            for column in first..to_column {
                self.put(cell, (row as u32 + 1, column as u32));
            }
        }
        Ok(())
    }

    fn put(&mut self, cell: &Cell, (row, column): (u32, u32)) {
        match (cell.say(), cell.stored()) {
            (Some((shown, _)), Some(stored)) => {
                self.gather.push_shown((row, column), shown, stored);
            }
            (Some((text, kind)), None) => self.gather.push(row, column, text, kind),
            (None, _) => {}
        }
        if cell.struck {
            self.gather.strike(row, column);
        } else if cell.part_struck {
            self.gather.strike_part(row, column);
        }
        if cell.picture {
            self.gather.picture(row, column);
        }
    }
}

fn count(
    left: &mut u64,
    amount: u64,
    refusal: impl FnOnce() -> Diagnostic,
) -> Result<(), Diagnostic> {
    *left = left.checked_sub(amount).ok_or_else(refusal)?;
    Ok(())
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    let visibility = attribute(tag, "table:visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}
