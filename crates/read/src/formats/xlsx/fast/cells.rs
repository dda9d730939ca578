//! One plain sheet → its cells and the facts that the guard tells of others.
//!
//! The same elements mean the same as in [`crate::formats::package::xml`] and in calamine; tests compare.

use crate::formats::grid::CellKind;
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::look::Look;
use crate::formats::package::Facts;
use crate::formats::package::attributes;
use crate::formats::xlsx::fast::lean::Dating;
use crate::formats::xlsx::fast::parts::Unusual;
use crate::formats::xlsx::fast::strings::{Shared, decode, string};
use crate::formats::xlsx::fast::tags::{Tags, Token};
use crate::formats::xlsx::fast::written::{Type, address, is_shortest, kind, number, truth};
use crate::formats::{cell_text, limits};
use calamine::{CellErrorType, ExcelDateTime};
use std::{
    io::Read,
    str::from_utf8,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

/// What all sheets of a workbook share.
pub(super) struct Book<'a> {
    /// The shared strings.
    pub(super) strings: Vec<Shared>,
    /// For each style the kind of date that its numbers are.
    pub(super) styles: Vec<Option<Dating>>,
    /// For each style what it does to the text of a cell; empty if none does anything.
    pub(super) looks: Vec<Look>,
    /// The bounds in force.
    pub(super) limits: &'a Limits,
    /// Cells with content that all sheets together may still have.
    pub(super) cells: AtomicU64,
}

/// The cell that is open.
#[derive(Clone, Copy, Default)]
struct Place {
    row: u32,
    column: u32,
    style: Option<usize>,
    kind: Type,
    formula: bool,
    value: bool,
    /// True if the formula shows a picture in the cell, as WPS has it.
    picture: bool,
    /// True if the value says something, be it an empty text.
    computed: bool,
    /// True if the value is of a rich type, such as a picture in the cell.
    rich: bool,
}

/// Reads a sheet.
pub(super) fn read(
    source: impl Read,
    book: &Book<'_>,
    gather: &mut Gather,
) -> Result<Facts, Unusual> {
    let mut tags = Tags::new(source, 2 * book.limits.text_run_bytes);
    let mut walk = Walk {
        book,
        gather,
        facts: Facts::default(),
        row: 0,
        text: String::new(),
        last_date: None,
    };
    tags.begin()?;
    while let Some(token) = tags.next()? {
        match token.name() {
            b"sheetData" if token.closed() => break,
            b"sheetData" => {
                walk.rows(&mut tags)?;
                return walk.rest(&mut tags);
            }
            b"col" => walk.column(token)?,
            _ => {}
        }
    }
    walk.rest(&mut tags)
}

struct Walk<'a, 'b> {
    book: &'a Book<'b>,
    gather: &'a mut Gather,
    facts: Facts,
    /// The row that is open, 1-based.
    row: u32,
    text: String,
    /// The date rendered last: most columns of dates have few.
    last_date: Option<(f64, Dating, String, CellKind)>,
}

impl Walk<'_, '_> {
    /// The rows up to the end of the sheet's data.
    fn rows(&mut self, tags: &mut Tags<impl Read>) -> Result<(), Unusual> {
        let (mut begin, mut cells) = (tags.position(), 0);
        loop {
            let token = tags.expect()?;
            match token.name() {
                b"c" if token.closed() => {
                    self.place(token)?;
                }
                b"c" => {
                    let place = self.place(token)?;
                    self.cell(place, tags)?;
                    cells += 1;
                }
                b"row" => self.open_row(token)?,
                b"/row" => {
                    self.take_cells(std::mem::take(&mut cells))?;
                    begin = tags.position();
                }
                b"/sheetData" => return Ok(()),
                _ => return Err(Unusual),
            }
            if tags.position() - begin > self.book.limits.record_bytes {
                return Err(Unusual);
            }
        }
    }

    fn take_cells(&self, cells: u64) -> Result<(), Unusual> {
        let left = &self.book.cells;
        let taken = left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(cells));
        taken.map(|_| ()).map_err(|_| Unusual)
    }

    fn open_row(&mut self, token: Token<'_>) -> Result<(), Unusual> {
        let (mut row, mut hidden) = (None, false);
        token.attributes(|name, value| match name {
            b"r" => row = number(value),
            b"hidden" => hidden = truth(value),
            _ => {}
        })?;
        self.row = row.ok_or(Unusual)?;
        if !(1..=limits::ROWS).contains(&self.row) {
            return Err(Unusual);
        }
        if hidden {
            self.facts.hidden_rows.push(self.row);
        }
        Ok(())
    }

    fn place(&self, token: Token<'_>) -> Result<Place, Unusual> {
        let mut place = Place::default();
        let mut found = None;
        let mut known = true;
        token.attributes(|name, value| match name {
            b"r" => found = address(value),
            b"s" => place.style = number(value).map(|style| style as usize),
            b"vm" => place.rich = true,
            b"t" => {
                let kind = kind(value);
                known &= kind.is_some();
                place.kind = kind.unwrap_or_default();
            }
            _ => {}
        })?;
        (place.row, place.column) = found.ok_or(Unusual)?;
        match known && place.row == self.row {
            true => Ok(place),
            false => Err(Unusual),
        }
    }

    /// What stands within a cell.
    fn cell(&mut self, mut place: Place, tags: &mut Tags<impl Read>) -> Result<(), Unusual> {
        loop {
            let token = tags.expect()?;
            match (token.name(), token.closed()) {
                (b"v", closed) if !place.value => {
                    place.value = true;
                    place.computed |= place.kind == Type::Text;
                    if closed {
                        continue;
                    }
                    let value = tags.expect()?;
                    if value.name() != b"/v" {
                        return Err(Unusual);
                    }
                    place.computed |= !value.text.is_empty();
                    self.value(place, value.text)?;
                }
                (b"is", closed) if place.kind == Type::Inline && !place.value => {
                    (place.value, place.computed) = (true, true);
                    self.text.clear();
                    let mut struck = false;
                    if !closed {
                        struck = string(tags, b"/is", &mut self.text)?;
                    }
                    self.inline(place, struck);
                }
                (b"f", closed) if !place.value => {
                    place.formula = true;
                    if closed {
                        continue;
                    }
                    let formula = tags.expect()?;
                    if formula.name() != b"/f" {
                        return Err(Unusual);
                    }
                    place.picture = memchr::memmem::find(formula.text, b"DISPIMG(").is_some();
                }
                (b"/c", _) => {
                    self.end(place);
                    return Ok(());
                }
                _ => return Err(Unusual),
            }
        }
    }

    /// Takes a text that stands in the cell itself, as its style shows it.
    fn inline(&mut self, place: Place, struck_part: bool) {
        let (row, column) = (place.row, place.column);
        if struck_part {
            self.gather.strike_part(row, column);
        }
        let look = place.style.and_then(|at| self.book.looks.get(at));
        if look.is_some_and(|look| look.struck) && !self.text.trim().is_empty() {
            self.gather.strike(row, column);
        }
        match look.and_then(|look| look.numbers.text(&self.text)) {
            Some(shown) if !self.text.trim().is_empty() => {
                self.gather.push_shown((row, column), &shown, &self.text);
            }
            _ => self.gather.push(row, column, &self.text, CellKind::Text),
        }
    }

    fn value(&mut self, place: Place, written: &[u8]) -> Result<(), Unusual> {
        let (row, column) = (place.row, place.column);
        let plain = from_utf8(written).map_err(|_| Unusual)?;
        if written.is_empty() {
            return Ok(());
        }
        if let Some(look) = place.style.and_then(|at| self.book.looks.get(at)) {
            if look.struck {
                self.gather.strike(row, column);
            }
            if self.shown(place, plain, look)? {
                return Ok(());
            }
        }
        match place.kind {
            Type::Shared => {
                let index: u32 = number(written).ok_or(Unusual)?;
                let shared = self.book.strings.get(index as usize).ok_or(Unusual)?;
                self.gather
                    .push_known(row, column, shared.text, shared.done);
                if shared.struck {
                    self.gather.strike_part(row, column);
                }
            }
            Type::Number => return self.number(place, plain),
            Type::Bool => {
                let text = match plain {
                    "0" => "FALSE",
                    "1" => "TRUE",
                    _ => return Err(Unusual),
                };
                self.gather.push(row, column, text, CellKind::Bool);
            }
            // A picture in the cell: programs that do not know it show this error.
            Type::Error if place.rich && plain == "#VALUE!" => {
                self.gather.picture(row, column);
            }
            Type::Error => {
                let error: CellErrorType = plain.parse().map_err(|_| Unusual)?;
                let text = error.to_string();
                self.gather.push(row, column, &text, CellKind::Error);
            }
            Type::Text => {
                self.text.clear();
                decode(written, &mut self.text)?;
                if self.text.contains("DISPIMG(") {
                    self.gather.picture(row, column);
                } else {
                    self.gather.push(row, column, &self.text, CellKind::Text);
                }
            }
            Type::Date => {
                let text = cell_text::iso_date(plain);
                self.gather.push(row, column, &text, CellKind::Date);
            }
            // The value stands in the text element.
            Type::Inline => return Err(Unusual),
        }
        Ok(())
    }

    /// Takes a cell whose style shows it otherwise than it is stored; false if it does not.
    fn shown(&mut self, place: Place, plain: &str, look: &Look) -> Result<bool, Unusual> {
        if look.numbers.is_plain() {
            return Ok(false);
        }
        let stored = match place.kind {
            Type::Number => {
                let number = plain.parse().map_err(|_| Unusual)?;
                cell_text::shortest(number)
            }
            Type::Shared => {
                let index: u32 = number(plain.as_bytes()).ok_or(Unusual)?;
                let shared = self.book.strings.get(index as usize).ok_or(Unusual)?;
                match shared.text {
                    Some(text) => self.gather.text(text).to_owned(),
                    None => return Ok(false),
                }
            }
            _ => return Ok(false),
        };
        let shown = match place.kind {
            Type::Number => look.numbers.number(&stored),
            _ => look.numbers.text(&stored),
        };
        let Some(shown) = shown else {
            return Ok(false);
        };
        self.gather
            .push_shown((place.row, place.column), &shown, &stored);
        Ok(true)
    }

    fn number(&mut self, place: Place, plain: &str) -> Result<(), Unusual> {
        let (row, column) = (place.row, place.column);
        let style = place.style.and_then(|at| self.book.styles.get(at));
        let Some(&dating) = style.and_then(Option::as_ref) else {
            if is_shortest(plain.as_bytes()) {
                self.gather.push(row, column, plain, CellKind::Number);
            } else {
                let number = plain.parse().map_err(|_| Unusual)?;
                let text = cell_text::shortest(number);
                self.gather.push(row, column, &text, CellKind::Number);
            }
            return Ok(());
        };
        let number: f64 = plain.parse().map_err(|_| Unusual)?;
        let same = |(last, its, ..): &(f64, Dating, String, CellKind)| {
            last.to_bits() == number.to_bits() && *its == dating
        };
        if !self.last_date.as_ref().is_some_and(same) {
            let (text, kind) = cell_text::date(&ExcelDateTime::new(number, dating.0, dating.1));
            self.last_date = Some((number, dating, text, kind));
        }
        if let Some((_, _, text, kind)) = &self.last_date {
            self.gather.push(row, column, text, *kind);
        }
        Ok(())
    }

    /// What a formula without a value says nobody knows, which must be told.
    fn end(&mut self, place: Place) {
        if place.picture && !place.computed {
            self.gather.picture(place.row, place.column);
        } else if place.formula && !place.computed {
            self.facts.uncomputed += 1;
            let at = (place.row, place.column);
            self.facts.uncomputed_at.push(at);
        }
    }

    /// What stands behind the data.
    fn rest(mut self, tags: &mut Tags<impl Read>) -> Result<Facts, Unusual> {
        let mut ended = false;
        while let Some(token) = tags.next()? {
            match token.name() {
                b"mergeCell" => self.merge(token)?,
                b"/worksheet" => ended = true,
                b"sheetData" | b"row" | b"c" => return Err(Unusual),
                _ => {}
            }
        }
        if ended { Ok(self.facts) } else { Err(Unusual) }
    }

    fn column(&mut self, token: Token<'_>) -> Result<(), Unusual> {
        let (mut first, mut last, mut hidden) = (None, None, false);
        token.attributes(|name, value| match name {
            b"min" => first = number(value),
            b"max" => last = number(value),
            b"hidden" => hidden = truth(value),
            _ => {}
        })?;
        if let (true, Some(first), Some(last)) = (hidden, first, last) {
            let inside = |column: u32| column.clamp(1, limits::COLUMNS) - 1;
            let span = (inside(first), inside(last));
            self.facts.hidden_columns.push(span);
        }
        Ok(())
    }

    fn merge(&mut self, token: Token<'_>) -> Result<(), Unusual> {
        let mut region = None;
        token.attributes(|name, value| {
            if name == b"ref" {
                region = from_utf8(value).ok();
            }
        })?;
        let region = region.ok_or(Unusual)?;
        let (from, to) = region.split_once(':').unwrap_or((region, region));
        let corners = attributes::address(from).zip(attributes::address(to));
        let (a, b) = corners.ok_or(Unusual)?;
        self.facts.merged.push((a.0, a.1, b.0, b.1));
        if self.facts.merged.len() > limits::MERGED_REGIONS {
            return Err(Unusual);
        }
        Ok(())
    }
}
