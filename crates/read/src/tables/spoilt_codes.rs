//! Codes that a spreadsheet spoilt: what their column tells about them.
//!
//! What enters: a column once it is read, and what may have happened to its cells. What leaves: the
//! column with codes turned back where the others leave no doubt, and what is to be told, once a column.

use crate::tables::block::Block;
use crate::tables::column_reader::Cursor;
use crate::values::coerce::Note;
use crate::values::spoilt::{self, Wear};
use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Interner, Sym},
    schema::{FieldId, LedgerId, Schemas},
};

/// Mends a column and notes what was found.
pub(crate) fn mend(
    cursor: &mut Cursor,
    block: &mut Block,
    schemas: &Schemas,
    texts: &mut Interner,
) {
    let worn = std::mem::take(&mut cursor.worn);
    if worn.is_empty() && cursor.zero_widths == 0 {
        return;
    }
    let mut column = Spoilt {
        cursor,
        block,
        texts,
    };
    for &(at, wear) in &worn {
        match wear {
            Wear::Long => column.tell(at, Note::DigitsLost),
            Wear::Scientific => column.tell(at, Note::Scientific),
            Wear::Date(..) | Wear::Digits(_) => {}
        }
    }
    column.dates(&worn);
    column.zeros(schemas);
}

struct Spoilt<'a> {
    cursor: &'a mut Cursor,
    block: &'a mut Block,
    texts: &'a mut Interner,
}

impl Spoilt<'_> {
    fn tell(&mut self, at: u32, note: Note) {
        let raw = self.cursor.cells.raw[at as usize];
        let text = self.texts.resolve(raw).to_owned();
        let place = (self.block.rows[at as usize], self.cursor.column);
        self.block.note(self.cursor.field, note, place, &text);
    }

    fn put(&mut self, at: u32, text: &str) {
        self.cursor.cells.words[at as usize] = self.texts.intern(text).0 as i32;
    }

    /// Dates in a column of codes were two numbers with a stroke between them.
    fn dates(&mut self, worn: &[(u32, Wear)]) {
        let dated: Vec<(u32, u8, u8)> = worn
            .iter()
            .filter_map(|&(at, wear)| match wear {
                Wear::Date(month, day) => Some((at, month, day)),
                _ => None,
            })
            .collect();
        if dated.is_empty() || !self.others_are_codes(&dated) {
            return;
        }
        let stroke = self.stroke();
        for (at, month, day) in dated {
            self.put(at, &format!("{month}{stroke}{day}"));
            self.tell(at, Note::MadeDate);
        }
    }

    /// True if at least twice as many other cells are filled, and nearly all of them hold codes.
    fn others_are_codes(&self, dated: &[(u32, u8, u8)]) -> bool {
        let is_dated: BTreeSet<u32> = dated.iter().map(|&(at, ..)| at).collect();
        let (mut others, mut codes) = (0, 0);
        for (at, text) in self.filled() {
            if !is_dated.contains(&at) {
                others += 1;
                codes += usize::from(spoilt::looks_like_code(text));
            }
        }
        others >= 2 * dated.len() && codes * 10 >= others * 8
    }

    fn filled(&self) -> impl Iterator<Item = (u32, &str)> {
        let cells = &self.cursor.cells;
        let states = (0u32..).zip(&cells.states);
        let filled = states.filter(|(_, state)| **state == CellState::Value);
        filled.map(|(at, _)| (at, self.texts.resolve(cells.raw[at as usize])))
    }

    /// What stands between the numbers of codes that were not spoilt, such as 13-40.
    fn stroke(&self) -> char {
        let two = |text: &str, stroke: char| {
            let parts = text.split_once(stroke);
            let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            parts.is_some_and(|(first, last)| number(first) && number(last))
        };
        let slashes = self.filled().filter(|(_, text)| two(text, '/')).count();
        let dashes = self.filled().filter(|(_, text)| two(text, '-')).count();
        if slashes > dashes { '/' } else { '-' }
    }

    /// Numbers shorter than the only width of those that begin with zeros have lost theirs.
    fn zeros(&mut self, schemas: &Schemas) {
        let widths = self.cursor.zero_widths;
        if widths.count_ones() != 1 {
            return;
        }
        let width = widths.trailing_zeros() as usize;
        let lost = |text: &str| {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            digits && text.len() < width && text != "0"
        };
        let word = |at: u32| Sym(self.cursor.cells.words[at as usize] as u32);
        let short: Vec<u32> = self
            .filled()
            .filter(|&(at, _)| lost(self.texts.resolve(word(at))))
            .map(|(at, _)| at)
            .collect();
        let linked = !short.is_empty() && is_linked(schemas, self.block.ledger, self.cursor.field);
        for at in short {
            if linked {
                self.tell(at, Note::ZerosLost);
                continue;
            }
            let word = Sym(self.cursor.cells.words[at as usize] as u32);
            let filled = format!("{:0>width$}", self.texts.resolve(word));
            self.put(at, &filled);
            self.tell(at, Note::ZerosFilled);
        }
    }
}

/// True if the field refers to another one, or another one to it: both sides would have to change.
fn is_linked(schemas: &Schemas, ledger: LedgerId, field: FieldId) -> bool {
    let mut fields = schemas.ledgers.iter().flat_map(|ledger| &ledger.fields);
    schemas.field(ledger, field).reference.is_some()
        || fields.any(|other| other.reference == Some((ledger, field)))
}
