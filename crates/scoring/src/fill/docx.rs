//! Runs put into the cells of `word/document.xml`.

use super::cells::box_before;
use super::entry::{Change, Entries, Entry};
use super::package;
use super::splice::{Splices, escaped};
use crate::table::{DOCUMENT, FormFile};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::BTreeMap;
use std::io;

/// Fills the document in.
pub(super) fn fill(bytes: &[u8], _file: &FormFile, entries: &Entries) -> io::Result<Vec<u8>> {
    let part = package::part(bytes, DOCUMENT)?.unwrap_or_default();
    let mut walk = Walk::new(&part, entries);
    let mut reader = Reader::from_str(&part);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(io::Error::other)?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Eof => break,
            Event::Start(tag) => walk.start(&tag, start),
            Event::Empty(tag) => walk.empty(&tag, start, end),
            Event::End(tag) => walk.end(tag.local_name().as_ref(), start, end),
            Event::Text(_) if walk.in_text => walk.texts.push((start, end)),
            _ => {}
        }
    }
    let filled = walk.splices.apply(&part);
    package::replaced(bytes, &BTreeMap::from([(DOCUMENT.to_owned(), filled)]))
}

/// Where we are, by the same count of rows and columns as the reading.
struct Walk<'a> {
    part: &'a str,
    entries: &'a Entries,
    splices: Splices,
    depth: u32,
    tables: usize,
    row: u32,
    column: u32,
    span: u32,
    in_cell: bool,
    in_text: bool,
    /// Texts of the cell: ranges of bytes.
    texts: Vec<(usize, usize)>,
    /// Where the last paragraph of the cell ends: before `</w:p>`, or an empty `<w:p/>`.
    paragraph: Option<(usize, usize)>,
    properties: Option<String>,
    properties_from: Option<usize>,
    nested: u32,
}

impl<'a> Walk<'a> {
    fn new(part: &'a str, entries: &'a Entries) -> Self {
        Self {
            part,
            entries,
            splices: Splices::default(),
            depth: 0,
            tables: 0,
            row: 0,
            column: 0,
            span: 1,
            in_cell: false,
            in_text: false,
            texts: Vec::new(),
            paragraph: None,
            properties: None,
            properties_from: None,
            nested: 0,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: usize) {
        match tag.local_name().as_ref() {
            "tbl" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.tables += 1;
                    self.row = 0;
                }
            }
            "rPr" if self.here() && self.properties.is_none() => {
                self.properties_from.get_or_insert(start);
                self.nested += 1;
            }
            "t" if self.here() => self.in_text = true,
            _ => self.common(tag),
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>, start: usize, end: usize) {
        if tag.local_name().as_ref() == "p" && self.here() {
            self.paragraph = Some((start, end));
        }
        self.common(tag);
        if tag.local_name().as_ref() == "tc" && self.depth == 1 {
            self.close_cell();
        }
    }

    fn common(&mut self, tag: &BytesStart<'_>) {
        if self.depth != 1 {
            return;
        }
        match tag.local_name().as_ref() {
            "tr" => {
                self.row += 1;
                self.column = 0;
            }
            "gridBefore" => self.column += number(tag).unwrap_or(0).min(200),
            "tc" => {
                self.in_cell = true;
                self.span = 1;
                self.texts.clear();
                self.paragraph = None;
                self.properties = None;
                self.properties_from = None;
                self.nested = 0;
            }
            "gridSpan" => self.span = number(tag).unwrap_or(1).clamp(1, 200),
            _ => {}
        }
    }

    /// In a cell of the table itself, not of one within it.
    fn here(&self) -> bool {
        self.in_cell && self.depth == 1
    }

    fn end(&mut self, name: &str, start: usize, end: usize) {
        match name {
            "tbl" => self.depth = self.depth.saturating_sub(1),
            "t" => self.in_text = false,
            "p" if self.here() => self.paragraph = Some((start, start)),
            "rPr" if self.here() && self.nested > 0 => {
                self.nested -= 1;
                if self.nested == 0
                    && let Some(from) = self.properties_from
                {
                    self.properties = Some(self.part[from..end].to_owned());
                }
            }
            "tc" if self.depth == 1 => self.close_cell(),
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        self.in_cell = false;
        let column = self.column;
        self.column += self.span;
        let table = self.entries.get(&(self.tables.wrapping_sub(1)));
        let wanted = |entry: &&Entry| (entry.row, entry.column) == (self.row, column);
        let Some(entry) = table.and_then(|table| table.iter().find(wanted)) else {
            return;
        };
        match &entry.change {
            Change::Text(text) | Change::Append(text, _) => self.put(text),
            Change::Number(points) => self.put(&points.to_string()),
            Change::Tick(label, _) => self.tick(label),
        }
    }

    /// A run at the end of the cell's last paragraph.
    fn put(&mut self, text: &str) {
        let Some((from, to)) = self.paragraph else {
            return;
        };
        let properties = self.properties.clone().unwrap_or_default();
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)))
            .collect();
        let run = format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"));
        if from == to {
            self.splices.insert(from, run);
        } else {
            let open = self.part[from..to].trim_end_matches("/>").trim_end();
            self.splices
                .replace(from, to, format!("{open}>{run}</w:p>"));
        }
    }

    /// The box before a word, wherever the runs are cut.
    fn tick(&mut self, label: &str) {
        let whole: String = self
            .texts
            .iter()
            .map(|(from, to)| &self.part[*from..*to])
            .collect();
        let Some(at) = box_before(&whole, label) else {
            return;
        };
        let mut before = 0;
        for (from, to) in &self.texts {
            let length = to - from;
            if at < before + length {
                let place = from + at - before;
                let sign = self.part[place..].chars().next().map_or(0, char::len_utf8);
                self.splices.replace(place, place + sign, "☑".to_owned());
                return;
            }
            before += length;
        }
    }
}

fn number(tag: &BytesStart<'_>) -> Option<u32> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|a| a.key.local_name().as_ref() == "val")?;
    found.value.parse().ok()
}
