//! Values put into the cells of a workbook's sheets.

use super::entry::{Change, Entries, Entry};
use super::package;
use super::splice::{Splices, escaped};
use crate::table::FormFile;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::BTreeMap;
use std::io;
use zicha_model::dataset::column_letter;

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// Fills the workbook in.
pub(super) fn fill(bytes: &[u8], file: &FormFile, entries: &Entries) -> io::Result<Vec<u8>> {
    let sheets = sheets(bytes)?;
    let mut parts = BTreeMap::new();
    for (at, list) in entries {
        let Some(part) = file
            .tables
            .get(*at)
            .and_then(|table| sheets.get(&table.name))
        else {
            continue;
        };
        let Some(text) = package::part(bytes, part)? else {
            continue;
        };
        parts.insert(part.clone(), filled(&text, list)?);
    }
    package::replaced(bytes, &parts)
}

/// The part of each sheet, by its name.
fn sheets(bytes: &[u8]) -> io::Result<BTreeMap<String, String>> {
    let relations = package::part(bytes, RELATIONS)?.unwrap_or_default();
    let targets: BTreeMap<String, String> = tags(&relations, "Relationship")?
        .into_iter()
        .filter_map(|mut tag| Some((tag.remove("Id")?, tag.remove("Target")?)))
        .collect();
    let workbook = package::part(bytes, WORKBOOK)?.unwrap_or_default();
    let mut sheets = BTreeMap::new();
    for mut tag in tags(&workbook, "sheet")? {
        let (Some(name), Some(id)) = (tag.remove("name"), tag.remove("id")) else {
            continue;
        };
        if let Some(target) = targets.get(&id) {
            let part = target
                .strip_prefix('/')
                .map_or_else(|| format!("xl/{target}"), str::to_owned);
            sheets.insert(name, part);
        }
    }
    Ok(sheets)
}

/// The attributes of all elements of a name, by local name.
fn tags(part: &str, name: &str) -> io::Result<Vec<BTreeMap<String, String>>> {
    let mut reader = Reader::from_str(part);
    let mut found = Vec::new();
    loop {
        match reader.read_event().map_err(io::Error::other)? {
            Event::Eof => return Ok(found),
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name => {
                found.push(attributes(&tag))
            }
            _ => {}
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let plain = |value: &str| {
        let value = value
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"");
        value.replace("&apos;", "'").replace("&amp;", "&")
    };
    let attributes = tag.attributes().flatten();
    attributes
        .map(|a| (a.key.local_name().as_ref().to_owned(), plain(&a.value)))
        .collect()
}

/// A sheet with the entries in it.
fn filled(part: &str, entries: &[Entry]) -> io::Result<String> {
    let mut walk = Walk {
        part,
        splices: Splices::default(),
        pending: entries
            .iter()
            .map(|entry| ((entry.row, entry.column), entry))
            .collect(),
        prefix: String::new(),
        row: 0,
        column: 0,
        cell: None,
    };
    let mut reader = Reader::from_str(part);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(io::Error::other)?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Eof => break,
            Event::Start(tag) => walk.open(&tag, start),
            Event::Empty(tag) => walk.empty(&tag, start, end),
            Event::End(tag) => walk.close(tag.local_name().as_ref(), start, end),
            _ => {}
        }
    }
    Ok(walk.splices.apply(part))
}

struct Walk<'a> {
    part: &'a str,
    splices: Splices,
    /// Cells still to be filled in.
    pending: BTreeMap<(u32, u32), &'a Entry>,
    prefix: String,
    row: u32,
    column: u32,
    cell: Option<Cell>,
}

/// A cell that is open.
struct Cell {
    from: usize,
    style: Option<String>,
    value: Option<(usize, usize)>,
    formula: bool,
}

impl Walk<'_> {
    fn open(&mut self, tag: &BytesStart<'_>, start: usize) {
        match tag.local_name().as_ref() {
            "sheetData" => self.prefix = prefix(tag.name().as_ref()),
            "row" => self.begin_row(tag, start),
            "c" => self.begin_cell(tag, start),
            "f" => self.mark_formula(),
            "v" => {
                if let Some(cell) = &mut self.cell {
                    cell.value = Some((start, start));
                }
            }
            _ => {}
        }
    }

    fn mark_formula(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.formula = true;
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>, start: usize, end: usize) {
        match tag.local_name().as_ref() {
            "sheetData" => {
                let name = tag.name().as_ref().to_owned();
                self.prefix = prefix(&name);
                let rows = self.rows_before(u32::MAX);
                if !rows.is_empty() {
                    self.splices
                        .replace(start, end, format!("<{name}>{rows}</{name}>"));
                }
            }
            "row" => {
                self.begin_row(tag, start);
                let cells = self.cells_before(u32::MAX);
                if !cells.is_empty() {
                    let open = self.part[start..end].trim_end_matches("/>").trim_end();
                    let text = format!("{open}>{cells}</{}row>", self.prefix);
                    self.splices.replace(start, end, text);
                }
            }
            "c" => {
                self.begin_cell(tag, start);
                self.end_cell(end);
            }
            "f" => self.mark_formula(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, start: usize, end: usize) {
        match name {
            "c" => self.end_cell(end),
            "v" => {
                if let Some((from, _)) = self.cell.as_mut().and_then(|cell| cell.value) {
                    let value = Some((from, end));
                    self.cell = self.cell.take().map(|cell| Cell { value, ..cell });
                }
            }
            "row" => {
                let cells = self.cells_before(u32::MAX);
                self.splices.insert(start, cells);
            }
            "sheetData" => {
                let rows = self.rows_before(u32::MAX);
                self.splices.insert(start, rows);
            }
            _ => {}
        }
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>, start: usize) {
        let number = attributes(tag).get("r").and_then(|r| r.parse().ok());
        let number = number.unwrap_or(self.row + 1);
        let rows = self.rows_before(number);
        self.splices.insert(start, rows);
        self.row = number;
        self.column = 0;
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>, start: usize) {
        let mut attributes = attributes(tag);
        let column = attributes
            .get("r")
            .and_then(|name| column(name))
            .unwrap_or(self.column);
        let cells = self.cells_before(column);
        self.splices.insert(start, cells);
        self.column = column;
        self.cell = Some(Cell {
            from: start,
            style: attributes.remove("s"),
            value: None,
            formula: false,
        });
    }

    fn end_cell(&mut self, end: usize) {
        let Some(cell) = self.cell.take() else { return };
        let (row, column) = (self.row, self.column);
        self.column += 1;
        let Some(entry) = self.pending.remove(&(row, column)) else {
            return;
        };
        match (cell.formula, cell.value, &entry.change) {
            // The formula stays; what it showed when it was last reckoned is brought up to date.
            (true, Some((from, to)), Change::Number(points)) => {
                let value = format!("<{0}v>{points}</{0}v>", self.prefix);
                self.splices.replace(from, to, value);
            }
            (true, ..) => {}
            (false, ..) => {
                let text = self.cell_text(row, column, cell.style.as_deref(), &entry.change);
                self.splices.replace(cell.from, end, text);
            }
        }
    }

    /// Cells of the present row that the sheet does not have, left of a column.
    fn cells_before(&mut self, column: u32) -> String {
        let here: Vec<_> = self
            .pending
            .range((self.row, 0)..(self.row, column))
            .map(|(at, _)| *at)
            .collect();
        self.cells(&here)
    }

    /// Rows that the sheet does not have, above a row.
    fn rows_before(&mut self, row: u32) -> String {
        let above: Vec<_> = self
            .pending
            .range((self.row + 1, 0)..(row, 0))
            .map(|(at, _)| *at)
            .collect();
        let mut text = String::new();
        for cells in above.chunk_by(|a, b| a.0 == b.0) {
            let inside = self.cells(cells);
            text.push_str(&format!(
                "<{0}row r=\"{1}\">{inside}</{0}row>",
                self.prefix, cells[0].0
            ));
        }
        text
    }

    fn cells(&mut self, places: &[(u32, u32)]) -> String {
        let mut text = String::new();
        for place in places {
            if let Some(entry) = self.pending.remove(place) {
                text.push_str(&self.cell_text(place.0, place.1, None, &entry.change));
            }
        }
        text
    }

    fn cell_text(&self, row: u32, column: u32, style: Option<&str>, change: &Change) -> String {
        let p = &self.prefix;
        let style = style
            .map(|style| format!(" s=\"{style}\""))
            .unwrap_or_default();
        let name = format!("{}{row}", column_letter(column));
        match change {
            Change::Number(points) => {
                format!("<{p}c r=\"{name}\"{style}><{p}v>{points}</{p}v></{p}c>")
            }
            Change::Text(text) | Change::Append(_, text) | Change::Tick(_, text) => format!(
                "<{p}c r=\"{name}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is></{p}c>",
                escaped(text)
            ),
        }
    }
}

fn prefix(name: &str) -> String {
    name.rsplit_once(':')
        .map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}

/// The 0-based column of `C14`.
fn column(name: &str) -> Option<u32> {
    let letters = name.chars().take_while(char::is_ascii_uppercase);
    let mut number: u32 = 0;
    for letter in letters {
        number = number
            .checked_mul(26)?
            .checked_add(u32::from(letter) - 64)?;
    }
    number.checked_sub(1)
}
