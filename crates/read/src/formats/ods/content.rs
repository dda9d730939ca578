//! The XML of an OpenDocument spreadsheet → its tables.
//!
//! White space and comments between elements mean nothing; text counts within paragraphs of cells
//! only, and within paragraphs of notes on cells as comments.

use crate::formats::limits::{self, Limits};
use crate::formats::ods::cell::Cell;
use crate::formats::ods::styles::Styles;
use crate::formats::ods::table::{Left, Table};
use crate::formats::package::attributes::{attribute, number};
use crate::formats::read_errors;
use crate::formats::sheets::{Sheets, finish, reckoned};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::BufRead;
use zicha_model::diag::Diagnostic;

/// Spaces that one element may stand for.
const SPACES: u64 = 1_000;

/// Reads all tables.
pub(super) fn read(input: &mut impl BufRead, limits: &Limits) -> Result<Sheets, Diagnostic> {
    let mut reader = Reader::from_reader(input);
    let mut walk = Walk {
        limits,
        styles: Styles::default(),
        left: Left {
            cells: limits.cells,
            text: limits.text_bytes,
        },
        table: None,
        cell: None,
        paragraphs: 0,
        notes: 0,
        in_note: false,
        struck: Vec::new(),
        depth: 0,
        since_1904: false,
        sheets: Sheets::default(),
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(read_errors::broken)? {
            Event::Start(tag) => walk.open(&tag)?,
            Event::Empty(tag) => {
                walk.open(&tag)?;
                walk.close(tag.name().as_ref())?;
            }
            Event::End(tag) => walk.close(tag.name().as_ref())?,
            Event::Text(text) => walk.text(&collapsed(&text.xml10_content())),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(reference) => walk.text(&resolved(&reference)?),
            Event::Eof => break,
            _ => {}
        }
    }
    if walk.depth > 0 {
        return Err(read_errors::broken("内容没有写完"));
    }
    Ok(reckoned(walk.sheets, walk.since_1904))
}

/// Text with every run of white space as one blank, as OpenDocument has it.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' if out.ends_with(' ') => {}
            ' ' | '\t' | '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// What an entity stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, Diagnostic> {
    if let Some(c) = reference.resolve_char_ref().map_err(read_errors::broken)? {
        return Ok(c.to_string());
    }
    let known = resolve_predefined_entity(reference);
    Ok(known.unwrap_or_default().to_owned())
}

struct Walk<'a> {
    limits: &'a Limits,
    styles: Styles,
    left: Left,
    table: Option<Table>,
    cell: Option<Cell>,
    /// Paragraphs that are open within the cell.
    paragraphs: u32,
    /// Notes that are open.
    notes: u32,
    /// True within a paragraph of a note.
    in_note: bool,
    /// For each open span whether it is struck through.
    struck: Vec<bool>,
    depth: usize,
    since_1904: bool,
    sheets: Sheets,
}

impl Walk<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        self.depth += 1;
        if self.depth > limits::XML_DEPTH {
            return Err(read_errors::limit("XML 嵌套层数", limits::XML_DEPTH));
        }
        let name = tag.name();
        let name = name.as_ref();
        if name.starts_with("style:") {
            self.styles.open(tag);
        } else if name.starts_with("table:") {
            self.open_table(name, tag)?;
        } else if let Some(cell) = &mut self.cell {
            let shown = self.notes == 0 && !self.struck.contains(&true);
            match name {
                "office:annotation" => self.notes += 1,
                "draw:image" if self.notes == 0 => cell.picture = true,
                "text:p" | "text:h" if self.notes == 0 => {
                    self.paragraphs += 1;
                    cell.paragraph();
                }
                "text:p" if !self.in_note => {
                    self.in_note = true;
                    cell.comment.push(' ');
                }
                "text:span" => self
                    .struck
                    .push(self.styles.strikes(tag, "text:style-name")),
                "text:s" if shown => {
                    let count = number(tag, "text:c").unwrap_or(1).min(SPACES);
                    cell.shown.extend((0..count).map(|_| ' '));
                }
                "text:tab" if shown => cell.shown.push('\t'),
                "text:line-break" if shown => cell.shown.push('\n'),
                _ => {}
            }
        }
        Ok(())
    }

    fn open_table(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        match (name, &mut self.table) {
            ("table:null-date", _) => {
                let day = attribute(tag, "table:date-value");
                self.since_1904 = day.as_deref() == Some("1904-01-01");
            }
            // A table within a cell is no sheet.
            ("table:table", None) => {
                if self.sheets.0.len() >= limits::SHEETS {
                    return Err(read_errors::limit("工作表个数", limits::SHEETS));
                }
                self.table = Some(Table::of(tag, self.styles.hides(tag)));
            }
            ("table:table-column", Some(table)) => table.column(tag),
            ("table:table-row", Some(table)) => table.open_row(tag),
            ("table:table-cell" | "table:covered-table-cell", Some(table)) => {
                table.merge(tag);
                let struck = self.styles.strikes(tag, "table:style-name");
                self.cell = Some(Cell::of(tag, struck));
                self.struck.clear();
                (self.paragraphs, self.notes, self.in_note) = (0, 0, false);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Diagnostic> {
        self.depth = self.depth.saturating_sub(1);
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                if let (Some(cell), Some(table)) = (self.cell.take(), &mut self.table) {
                    table.take(&cell, &mut self.left, self.limits)?;
                }
            }
            "table:table-row" => {
                if let Some(table) = &mut self.table {
                    table.close_row();
                }
            }
            "table:table" if self.cell.is_none() => {
                if let Some(table) = self.table.take() {
                    finish(table.gather, table.facts, &mut self.sheets);
                }
            }
            "text:p" if self.notes > 0 => self.in_note = false,
            "text:p" | "text:h" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "text:span" => {
                self.struck.pop();
            }
            "office:annotation" => self.notes = self.notes.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else {
            return;
        };
        if self.notes > 0 && self.in_note {
            if cell.comment.len() + text.len() <= limits::COMMENT_BYTES {
                cell.comment.push_str(text);
            }
            return;
        }
        if self.notes > 0 || self.paragraphs == 0 {
            return;
        }
        if self.struck.contains(&true) {
            cell.part_struck |= !text.trim().is_empty();
        } else {
            cell.shown.push_str(text);
        }
    }
}
