//! Word files: the tables of `word/document.xml`.

use super::form::{Area, FormFile, FormTable, Kind, unreadable};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::{Cursor, Read};
use zicha_model::diag::Diagnostic;

/// The part that holds the text.
pub(crate) const DOCUMENT: &str = "word/document.xml";
/// Bytes that the part may inflate to.
const PART_BYTES: u64 = 64 << 20;
/// Columns of a table; what claims more is broken.
const COLUMNS: u32 = 200;

/// The text part, if the bytes are a Word file.
pub(super) fn document_part(bytes: &[u8]) -> Option<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = package.by_name(DOCUMENT).ok()?;
    let mut text = String::new();
    part.take(PART_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Reads the tables of the part.
pub(super) fn read(path: &str, document: &str) -> Result<FormFile, Vec<Diagnostic>> {
    let mut walk = Walk::default();
    let mut reader = Reader::from_str(document);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => walk.event(&event),
            Err(_) => return Err(vec![unreadable(path, "Word 文件内容损坏，读不出表格")]),
        }
    }
    Ok(FormFile {
        kind: Kind::Docx,
        tables: walk.tables,
        paragraphs: walk.paragraphs,
        told: Vec::new(),
    })
}

/// A walk over the elements; tables within cells are text of the cell.
#[derive(Default)]
struct Walk {
    tables: Vec<FormTable>,
    paragraphs: Vec<String>,
    /// How many tables are open.
    depth: u32,
    row: u32,
    column: u32,
    span: u32,
    continues: bool,
    /// For each column of the table where the cell that may reach down begins, and its width.
    open: Vec<Option<(u32, u32)>>,
    text: String,
    in_text: bool,
    deleted: u32,
}

impl Walk {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.tag(tag);
                self.in_text |= tag.local_name().as_ref() == "t" && self.deleted == 0;
            }
            Event::Empty(tag) => {
                self.tag(tag);
                self.end(tag.local_name().as_ref());
            }
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) if self.in_text => {
                let decoded = text.xml10_content();
                self.text.push_str(&decoded);
            }
            Event::GeneralRef(reference) if self.in_text => {
                self.text.push_str(&entity(reference));
            }
            _ => {}
        }
    }

    fn tag(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "del" | "moveFrom" => self.deleted += 1,
            "tbl" => self.open_table(),
            "tr" if self.depth == 1 => {
                self.row += 1;
                self.column = 0;
            }
            "gridBefore" if self.depth == 1 => self.column += value(tag).unwrap_or(0).min(COLUMNS),
            "tc" if self.depth == 1 => {
                self.span = 1;
                self.continues = false;
                self.text.clear();
            }
            "gridSpan" if self.depth == 1 => self.span = value(tag).unwrap_or(1).clamp(1, COLUMNS),
            "vMerge" if self.depth == 1 => {
                self.continues = attribute(tag).as_deref() != Some("restart")
            }
            "br" | "cr" => self.text.push('\n'),
            "tab" => self.text.push(' '),
            _ => {}
        }
    }

    fn open_table(&mut self) {
        if self.depth == 0 {
            self.paragraph();
            let name = format!("表{}", self.tables.len() + 1);
            self.tables.push(FormTable::new(&name));
            self.row = 0;
            self.open.clear();
        }
        self.depth += 1;
    }

    fn end(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "t" => self.in_text = false,
            "p" if self.depth == 0 => self.paragraph(),
            "p" => self.text.push('\n'),
            "tc" if self.depth == 1 => self.cell(),
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.text.clear();
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.paragraphs.push(text.trim().to_owned());
        }
    }

    /// A cell ends: its text goes into the table, or the cell above reaches down here.
    fn cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (row, column) = (self.row, self.column);
        let last = column + self.span - 1;
        self.column = last + 1;
        self.open
            .resize(self.open.len().max(column as usize + 1), None);
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let above = self.open[column as usize].filter(|_| self.continues);
        let begins = above.map_or(row, |(top, _)| top);
        if above.is_none() {
            self.open[column as usize] = Some((row, last));
            table.put(row, column, &text);
        }
        if begins != row || last > column {
            let area = Area {
                first: (begins, column),
                last: (row, last),
            };
            table.grow(area);
        }
    }
}

fn attribute(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|a| a.key.local_name().as_ref() == "val")?;
    Some(found.value.into_owned())
}

fn value(tag: &BytesStart<'_>) -> Option<u32> {
    attribute(tag)?.parse().ok()
}

/// The character of a reference such as `&amp;` or `&#8212;`.
fn entity(name: &str) -> String {
    let number = name
        .strip_prefix('#')
        .and_then(|digits| match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
    if let Some(sign) = number.and_then(char::from_u32) {
        return sign.to_string();
    }
    let known = [
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
    ];
    let found = known.iter().find(|(known, _)| *known == name);
    found.map_or_else(String::new, |(_, text)| (*text).to_owned())
}
