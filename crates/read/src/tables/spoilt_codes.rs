//! Codes that a spreadsheet spoilt: what their column tells about them.
//!
//! What enters: a column once it is read, and what may have happened to its cells. What leaves: the
//! column with codes turned back where the others leave no doubt, and what is to be told, once a column.

use crate::values::coerce::Note;
use crate::values::spoilt::{self, Wear};
use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Column, Interner, Sym},
    schema::{FieldId, LedgerId, Schemas},
};

/// What a column may have suffered.
#[derive(Default)]
pub(crate) struct Suffered {
    /// Cells whose codes a spreadsheet may have spoilt: record and what it may be.
    pub(crate) worn: Vec<(u32, Wear)>,
    /// A bit for each width of numbers that begin with a zero.
    pub(crate) zero_widths: u32,
}

impl Suffered {
    /// Notes what may have happened to the cell of a record.
    pub(crate) fn note(&mut self, at: u32, wear: Wear) {
        match wear {
            Wear::Digits(width) => self.zero_widths |= 1 << width,
            wear => self.worn.push((at, wear)),
        }
    }
}

/// Mends a column; returns the cells of which something is to be told. `linked`: the field refers to
/// another one, or another one to it.
pub(crate) fn mend(
    cells: &mut Column,
    suffered: &Suffered,
    texts: &mut Interner,
    linked: impl Fn() -> bool,
) -> Vec<(u32, Note)> {
    let told = suffered.worn.iter().filter_map(|&(at, wear)| match wear {
        Wear::Long => Some((at, Note::DigitsLost)),
        Wear::Scientific => Some((at, Note::Scientific)),
        Wear::Date(..) | Wear::Digits(_) => None,
    });
    let mut column = Spoilt {
        told: told.collect(),
        cells,
        texts,
    };
    column.dates(&suffered.worn);
    column.zeros(suffered.zero_widths, linked);
    column.told
}

struct Spoilt<'a> {
    told: Vec<(u32, Note)>,
    cells: &'a mut Column,
    texts: &'a mut Interner,
}

impl Spoilt<'_> {
    fn put(&mut self, at: u32, text: &str, note: Note) {
        self.cells.words[at as usize] = self.texts.intern(text).0 as i32;
        self.told.push((at, note));
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
            self.put(at, &format!("{month}{stroke}{day}"), Note::MadeDate);
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
        let cells = &self.cells;
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
    fn zeros(&mut self, widths: u32, linked: impl Fn() -> bool) {
        if widths.count_ones() != 1 {
            return;
        }
        let width = widths.trailing_zeros() as usize;
        let lost = |text: &str| {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            digits && text.len() < width && text != "0"
        };
        let word = |at: u32| Sym(self.cells.words[at as usize] as u32);
        let short: Vec<u32> = self
            .filled()
            .filter(|&(at, _)| lost(self.texts.resolve(word(at))))
            .map(|(at, _)| at)
            .collect();
        let linked = !short.is_empty() && linked();
        for at in short {
            if linked {
                self.told.push((at, Note::ZerosLost));
                continue;
            }
            let word = Sym(self.cells.words[at as usize] as u32);
            let filled = format!("{:0>width$}", self.texts.resolve(word));
            self.put(at, &filled, Note::ZerosFilled);
        }
    }
}

/// True if the field refers to another one, or another one to it: both sides would have to change.
pub(crate) fn is_linked(schemas: &Schemas, ledger: LedgerId, field: FieldId) -> bool {
    let mut fields = schemas.ledgers.iter().flat_map(|ledger| &ledger.fields);
    schemas.field(ledger, field).reference.is_some()
        || fields.any(|other| other.reference == Some((ledger, field)))
}
