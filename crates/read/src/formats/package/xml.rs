//! The guard's walk over an XML part: counts cells and records, collects merged regions and hidden
//! rows and columns of xlsx worksheets.

use crate::formats::limits::Limits;
use crate::formats::package::attributes::{address, attribute, number, row_number, truth};
use crate::formats::package::comments::Comments;
use crate::formats::package::drawings::{self, Drawing};
use crate::formats::package::facts::{Facts, Package};
use crate::formats::{limits, read_errors};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::BufRead;
use zicha_model::diag::Diagnostic;

/// Walks one part and leaves what it learned in the package.
pub(crate) fn walk(
    input: impl BufRead,
    name: &str,
    limits: &Limits,
    package: &mut Package,
) -> Result<(), Diagnostic> {
    let mut reader = Reader::from_reader(input);
    // Pictures within a package (vml) are often not well-formed.
    reader.config_mut().check_end_names = false;
    let mut walk = Walk {
        limits,
        package,
        relationships: name.ends_with("workbook.xml.rels") || name.ends_with("workbook.bin.rels"),
        facts: Facts::default(),
        drawing: name.contains("/drawings/").then(Drawing::default),
        comments: Comments::are_in(name).then(Comments::default),
        sheet_links: name.starts_with("xl/worksheets/_rels/").then_some(name),
        depth: 0,
        record_start: None,
        claimed_strings: 0,
        rows: 0,
        current: Current::default(),
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let at = reader.buffer_position();
        match event.map_err(read_errors::broken)? {
            Event::Start(tag) => walk.open(&tag, at, false)?,
            Event::Empty(tag) => walk.open(&tag, at, true)?,
            Event::End(tag) => walk.close(tag.local_name().as_ref(), at)?,
            Event::Eof => break,
            Event::CData(_) | Event::GeneralRef(_) => {
                walk.current.value |= walk.current.in_value;
                walk.measure(at)?;
            }
            Event::Text(text) => {
                walk.current.value |= walk.current.in_value && !text.is_empty();
                if let Some(drawing) = &mut walk.drawing {
                    drawing.text(&text);
                }
                if let Some(comments) = &mut walk.comments {
                    comments.text(&text);
                }
                walk.measure(at)?;
            }
            _ => walk.measure(at)?,
        }
    }
    walk.finish(name, reader.buffer_position())
}

struct Walk<'a> {
    limits: &'a Limits,
    package: &'a mut Package,
    /// True in the part that says where the sheets lie.
    relationships: bool,
    facts: Facts,
    /// In a drawing: the pictures so far.
    drawing: Option<Drawing>,
    /// In a part of comments: those so far.
    comments: Option<Comments>,
    /// In the relationships of a sheet: the name of the part.
    sheet_links: Option<&'a str>,
    depth: usize,
    /// Position at which the current row or shared string began; `None` outside of both.
    record_start: Option<u64>,
    /// What the shared strings claim to be many.
    claimed_strings: u64,
    /// Row elements so far: the number of a row that does not name its own.
    rows: u32,
    current: Current,
}

/// The cell that is open.
#[derive(Default)]
struct Current {
    place: Option<String>,
    formula: bool,
    value: bool,
    /// It is a text, which may well be empty.
    is_text: bool,
    /// Within the element that holds the value.
    in_value: bool,
}

impl Walk<'_> {
    fn open(&mut self, tag: &BytesStart<'_>, at: u64, empty: bool) -> Result<(), Diagnostic> {
        if !empty {
            self.depth += 1;
        }
        if self.depth > limits::XML_DEPTH {
            return Err(read_errors::limit("XML 嵌套层数", limits::XML_DEPTH));
        }
        self.measure(at)?;
        if let Some(drawing) = &mut self.drawing {
            drawing.open(tag.local_name().as_ref());
        }
        if let Some(comments) = &mut self.comments {
            comments.open(tag);
        }
        match tag.local_name().as_ref() {
            "c" if !empty => self.cell(tag),
            "f" => {
                self.current.formula = true;
                Ok(())
            }
            "v" => {
                self.current.value |= self.current.is_text;
                self.current.in_value = !empty;
                Ok(())
            }
            "is" => {
                self.current.value = true;
                Ok(())
            }
            "row" => self.row(tag),
            "sheetData" => {
                self.record_start = Some(at);
                Ok(())
            }
            "col" => self.column(tag),
            "mergeCell" => self.merge(tag),
            "sst" => {
                self.record_start = Some(at);
                self.claimed_strings = number(tag, "uniqueCount").unwrap_or(0);
                Ok(())
            }
            "sheet" => self.sheet(tag),
            "Relationship" if self.relationships => self.relationship(tag),
            "Relationship" => {
                if let Some(name) = self.sheet_links {
                    drawings::link(tag, name, self.package);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, local: &str, at: u64) -> Result<(), Diagnostic> {
        self.depth = self.depth.saturating_sub(1);
        if let Some(drawing) = &mut self.drawing {
            drawing.close(local);
        }
        if let Some(comments) = &mut self.comments {
            comments.close(local);
        }
        match local {
            "c" => self.end_cell(),
            "v" => self.current.in_value = false,
            "row" | "si" if self.record_start.is_some() => self.record_start = Some(at),
            "sheetData" | "sst" => self.record_start = None,
            _ => {}
        }
        Ok(())
    }

    fn measure(&self, at: u64) -> Result<(), Diagnostic> {
        let most = self.limits.record_bytes;
        match self.record_start {
            Some(start) if at - start > most => Err(read_errors::limit(
                "一行内容的长度",
                read_errors::size(most),
            )),
            _ => Ok(()),
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        self.package.cells += 1;
        if self.package.cells > self.limits.cells {
            return Err(read_errors::limit("有内容的单元格数", self.limits.cells));
        }
        self.current = Current {
            place: attribute(tag, "r"),
            is_text: attribute(tag, "t").as_deref() == Some("str"),
            ..Current::default()
        };
        match &self.current.place {
            Some(place) if address(place).is_none() => Err(read_errors::outside_grid(place)),
            _ => Ok(()),
        }
    }

    /// What a formula without a value says nobody knows, which must be told.
    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.current);
        if !cell.formula || cell.value {
            return;
        }
        self.facts.uncomputed += 1;
        let place = cell.place.and_then(|place| address(&place));
        self.facts.uncomputed_at.extend(place);
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        let row = match attribute(tag, "r") {
            Some(text) => row_number(&text).ok_or_else(|| read_errors::outside_grid(&text))?,
            None => self.rows + 1,
        };
        if row > limits::ROWS {
            return Err(read_errors::outside_grid(&row.to_string()));
        }
        self.rows = row;
        if truth(tag, "hidden") {
            self.facts.hidden_rows.push(row);
        }
        Ok(())
    }

    fn column(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        let (first, last) = (number(tag, "min"), number(tag, "max"));
        if let (true, Some(first), Some(last)) = (truth(tag, "hidden"), first, last) {
            let most = u64::from(limits::COLUMNS);
            let (first, last) = (first.clamp(1, most), last.clamp(1, most));
            self.facts
                .hidden_columns
                .push((first as u32 - 1, last as u32 - 1));
        }
        Ok(())
    }

    fn merge(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        let Some(region) = attribute(tag, "ref") else {
            return Ok(());
        };
        let (from, to) = region.split_once(':').unwrap_or((&region, &region));
        let corners = address(from).zip(address(to));
        let (a, b) = corners.ok_or_else(|| read_errors::outside_grid(&region))?;
        self.facts.merged.push((a.0, a.1, b.0, b.1));
        if self.facts.merged.len() > limits::MERGED_REGIONS {
            return Err(read_errors::limit(
                "合并单元格的个数",
                limits::MERGED_REGIONS,
            ));
        }
        Ok(())
    }

    fn sheet(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        let id = tag
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().as_ref() == "id");
        if let (Some(name), Some(id)) = (attribute(tag, "name"), id) {
            self.package.sheets.push((name, id.value.to_string()));
        }
        if self.package.sheets.len() > limits::SHEETS {
            return Err(read_errors::limit("工作表个数", limits::SHEETS));
        }
        Ok(())
    }

    fn relationship(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            if let Some(kind) = attribute(tag, "Type") {
                self.package.kinds.insert(id.clone(), kind);
            }
            self.package.targets.insert(id, target);
        }
        Ok(())
    }

    fn finish(self, name: &str, bytes: u64) -> Result<(), Diagnostic> {
        // Each string takes at least `<si/>`; calamine reserves room for as many as are claimed.
        if self.claimed_strings > bytes / 4 && self.claimed_strings > 1_000 {
            return Err(read_errors::limit(
                "共享字符串表声称的条数（uniqueCount）",
                format!("实际内容至多 {} 条", bytes / 4),
            ));
        }
        if let Some(drawing) = self.drawing {
            drawing.finish(name, self.package);
        }
        if let Some(comments) = self.comments {
            comments.finish(name, self.package);
        }
        self.package.parts.insert(name.to_owned(), self.facts);
        Ok(())
    }
}
