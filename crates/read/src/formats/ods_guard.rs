//! The guard's eye on OpenDocument tables: how large the area is that calamine would lay out, which
//! cells are merged, which rows and columns are hidden.
//!
//! Rows and cells may be repeated a million times by one attribute, so everything is counted with
//! its repetitions.

use crate::formats::limits::Limits;
use crate::formats::package_guard::Facts;
use crate::formats::xml_guard::{attribute, number};
use crate::formats::{limits, read_errors};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;
use zicha_model::diag::Diagnostic;

/// The tables of one `content.xml`.
#[derive(Default)]
pub(crate) struct Tables {
    done: BTreeMap<String, Facts>,
    /// Cells with content, repetitions counted, over all tables.
    cells: u64,
    name: Option<String>,
    facts: Facts,
    /// Rows before the current one.
    rows: u64,
    row_repeats: u64,
    /// Columns before the current cell.
    columns: u64,
    cell_repeats: u64,
    /// Declared columns so far.
    declared: u64,
    /// Cells with content in the current row, repetitions counted.
    row_cells: u64,
    last_row: u64,
    last_column: u64,
}

impl Tables {
    /// True for the elements that matter here. The prefixes are literal, as in calamine.
    pub(crate) fn knows(&self, tag: &BytesStart<'_>) -> bool {
        let name = tag.name();
        let name = name.as_ref();
        name.starts_with("table:") || (name == "text:p" && self.name.is_some())
    }

    /// An element begins.
    pub(crate) fn open(
        &mut self,
        local: &str,
        tag: &BytesStart<'_>,
        empty: bool,
        limits: &Limits,
    ) -> Result<(), Diagnostic> {
        match local {
            "table" => self.table(tag),
            "table-column" => self.column(tag),
            "table-row" => self.row(tag),
            "table-cell" | "covered-table-cell" => self.cell(tag),
            "p" => self.content(),
            _ => {}
        }
        if empty {
            self.close(local, limits)?;
        }
        Ok(())
    }

    /// An element ends.
    pub(crate) fn close(&mut self, local: &str, limits: &Limits) -> Result<(), Diagnostic> {
        match local {
            "table-cell" | "covered-table-cell" => {
                self.columns = self.columns.saturating_add(self.cell_repeats);
                self.cell_repeats = 0;
            }
            "table-row" => return self.end_row(limits),
            "table" => self.end_table(),
            _ => {}
        }
        Ok(())
    }

    /// The facts of every table by its name.
    pub(crate) fn finish(self) -> BTreeMap<String, Facts> {
        self.done
    }

    fn table(&mut self, tag: &BytesStart<'_>) {
        self.end_table();
        self.name = attribute(tag, "table:name");
        (self.rows, self.declared) = (0, 0);
        (self.last_row, self.last_column) = (0, 0);
    }

    fn end_table(&mut self) {
        let facts = std::mem::take(&mut self.facts);
        if let Some(name) = self.name.take() {
            self.done.insert(name, facts);
        }
    }

    fn column(&mut self, tag: &BytesStart<'_>) {
        let first = self.declared.min(u64::from(limits::COLUMNS) - 1);
        let repeats = number(tag, "table:number-columns-repeated").unwrap_or(1);
        self.declared = self.declared.saturating_add(repeats);
        if hidden(tag) && repeats > 0 {
            let last = (self.declared - 1).min(u64::from(limits::COLUMNS) - 1);
            self.facts.hidden_columns.push((first as u32, last as u32));
        }
    }

    fn row(&mut self, tag: &BytesStart<'_>) {
        self.row_repeats = number(tag, "table:number-rows-repeated").unwrap_or(1);
        (self.columns, self.row_cells) = (0, 0);
        if hidden(tag) {
            let last = self.rows.saturating_add(self.row_repeats);
            let last = last.min(u64::from(limits::ROWS)) as u32;
            self.facts.hidden_rows.extend(self.rows as u32 + 1..=last);
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) {
        self.cell_repeats = number(tag, "table:number-columns-repeated").unwrap_or(1);
        if attribute(tag, "office:value-type").is_some() {
            self.content();
        }
        let span = |name| number(tag, name).unwrap_or(1).max(1);
        let across = span("table:number-columns-spanned");
        let down = span("table:number-rows-spanned");
        if across > 1 || down > 1 {
            self.merge(across, down);
        }
    }

    fn merge(&mut self, across: u64, down: u64) {
        let row = self.rows.saturating_add(1).min(u64::from(limits::ROWS));
        let last_row = (row.saturating_add(down) - 1).min(u64::from(limits::ROWS));
        let last_column = (self.columns.saturating_add(across) - 1).min(16_383);
        if self.facts.merged.len() < limits::MERGED_REGIONS {
            let first = self.columns.min(16_383) as u32;
            let region = (row as u32, first, last_row as u32, last_column as u32);
            self.facts.merged.push(region);
        }
    }

    /// The current cell holds something. May be told twice of one cell.
    fn content(&mut self) {
        let end = self.columns.saturating_add(self.cell_repeats.max(1));
        if end > self.row_cells {
            self.row_cells = end;
        }
        self.last_column = self.last_column.max(end);
    }

    fn end_row(&mut self, limits: &Limits) -> Result<(), Diagnostic> {
        self.rows = self.rows.saturating_add(self.row_repeats);
        if self.row_cells > 0 {
            self.last_row = self.rows;
            self.cells = self
                .cells
                .saturating_add(self.row_cells.saturating_mul(self.row_repeats));
        }
        (self.row_repeats, self.row_cells) = (0, 0);
        let area = self.last_row.saturating_mul(self.last_column);
        if area > limits.dense_cells || self.cells > limits.cells {
            return Err(read_errors::limit(
                "工作表使用区域的单元格数",
                limits.dense_cells,
            ));
        }
        Ok(())
    }
}

fn hidden(tag: &BytesStart<'_>) -> bool {
    let visibility = attribute(tag, "table:visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}
