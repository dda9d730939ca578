//! What the cells of one column were read as: the same text is read once and not a thousand times.
//!
//! A column of a few hundred texts is remembered whole. Of a million texts each is likely to stand
//! there once, so the memory has a fixed size and a text that finds its place taken is read anew.

use crate::formats::grid::CellKind;
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Note, Reading, Term, Value};
use crate::values::lookalikes::{self, Odd};
use crate::values::spoilt::{self, Wear};
use crate::values::words;
use crate::values::{normalise, placeholders};
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Interner, Lists, Sym},
    schema::{FieldSchema, FieldType},
};

/// Readings remembered at most.
const PLACES: usize = 4096;

/// The readings of one column.
pub(crate) struct Memo {
    places: Vec<Option<Known>>,
}

/// The reading of one text.
pub(crate) struct Known {
    text: Sym,
    kind: CellKind,
    /// What is known of the cell.
    pub(crate) state: CellState,
    /// The word in the sheet's texts and the block's lists.
    pub(crate) word: i32,
    /// True for 同上 and its like: the cell above counts, if there is one.
    pub(crate) ditto: bool,
    /// What was decided in reading it.
    pub(crate) note: Option<Note>,
    /// The retention term that a level bears.
    pub(crate) term: Option<Term>,
    /// Of an unreadable cell what would be readable.
    pub(crate) expected: Option<Arc<str>>,
    /// A term that needs the record's date.
    pub(crate) pending: Option<Term>,
    /// What a spreadsheet may have done to a code.
    pub(crate) wear: Option<Wear>,
}

/// What reading a cell of the column needs, and where strings and lists go.
pub(crate) struct Shelf<'a> {
    /// Reads texts.
    pub(crate) coercer: &'a Coercer<'a>,
    /// The column's field.
    pub(crate) field: &'a FieldSchema,
    /// What the sheet's dates are to be understood by.
    pub(crate) days: Reckoning,
    /// The sheet's texts.
    pub(crate) texts: &'a mut Interner,
    /// The block's lists.
    pub(crate) lists: &'a mut Lists,
    /// For each list whether its items are names.
    pub(crate) list_of_names: &'a mut Vec<bool>,
}

impl Memo {
    /// For a column of so many cells.
    pub(crate) fn for_cells(cells: usize) -> Self {
        let places = cells.next_power_of_two().min(PLACES);
        let places = (0..places).map(|_| None).collect();
        Self { places }
    }

    /// What a text was read as.
    pub(crate) fn look(&mut self, text: Sym, kind: CellKind, shelf: &mut Shelf<'_>) -> &Known {
        let at = text.0 as usize & (self.places.len() - 1);
        let place = &mut self.places[at];
        if place
            .as_ref()
            .is_some_and(|known| (known.text, known.kind) != (text, kind))
        {
            *place = None;
        }
        place.get_or_insert_with(|| shelf.read(text, kind))
    }
}

impl Shelf<'_> {
    fn read(&mut self, text: Sym, kind: CellKind) -> Known {
        let written = self.texts.resolve(text);
        let names = match self.field.ty {
            FieldType::Text | FieldType::Person => true,
            FieldType::Department => self.field.required,
            _ => false,
        };
        if is_ditto(written) {
            let nothing = Value::Unreadable(words::NOTHING_ABOVE.to_owned());
            let mut known = self.keep(text, kind, Reading::of(nothing));
            known.ditto = true;
            known
        } else if names && kind != CellKind::Error && self.is_plain(written) {
            let wear = self
                .is_code()
                .then(|| spoilt::wear(written, kind))
                .flatten();
            let mut known = self.keep(text, kind, Reading::of(Value::Empty));
            (known.state, known.word) = (CellState::Value, text.0 as i32);
            known.wear = wear;
            known
        } else {
            let wear = self
                .is_code()
                .then(|| spoilt::wear(written, kind))
                .flatten();
            let odd = lookalikes::odd(written);
            let mut reading = self.coercer.read(self.field, written, kind, self.days);
            reading.note = reading.note.or(odd.map(|odd| match odd {
                Odd::Twin => Note::LookAlike,
                Odd::Private => Note::PrivateUse,
            }));
            if reading.note.is_none()
                && reading.term.is_none()
                && matches!(reading.value, Value::Word(_))
                && self.has_remark(written)
            {
                reading.note = Some(Note::Remark);
            }
            let mut known = self.keep(text, kind, reading);
            known.wear = wear;
            known
        }
    }

    /// True if brackets hold words that the value read leaves out. Texts and names keep them.
    fn has_remark(&self, written: &str) -> bool {
        let value = match self.field.ty {
            FieldType::Text | FieldType::Person | FieldType::Department => return false,
            FieldType::Enum(id) => Some(id),
            _ => None,
        };
        let Some(remark) = normalise::bracketed(written) else {
            return false;
        };
        let words = remark.chars().filter(|&c| normalise::is_cjk(c)).count() >= 2;
        let weekday = remark.starts_with(['周', '星']);
        words && !weekday && !value.is_some_and(|id| self.coercer.says(id, &remark))
    }

    /// True if the text is its own comparable form and says something.
    fn is_plain(&self, written: &str) -> bool {
        normalise::is_normal(written)
            && placeholders::of(written).is_none()
            && !self.coercer.is_month(self.field)
    }

    /// True if the column may hold codes.
    fn is_code(&self) -> bool {
        self.field.ty == FieldType::Text && !self.coercer.is_month(self.field)
    }

    /// Interns a reading.
    fn keep(&mut self, text: Sym, kind: CellKind, reading: Reading) -> Known {
        let mut known = Known {
            text,
            kind,
            state: CellState::Value,
            word: 0,
            ditto: false,
            note: reading.note,
            term: reading.term,
            expected: None,
            pending: None,
            wear: None,
        };
        match reading.value {
            Value::Empty => known.state = CellState::Empty,
            Value::Word(word) => known.word = word,
            Value::Text(text) => known.word = self.texts.intern(&text).0 as i32,
            Value::Words(words) => known.word = self.list(words, false),
            Value::Texts(names) => {
                let syms = names.iter().map(|name| self.texts.intern(name).0 as i32);
                let syms = syms.collect();
                known.word = self.list(syms, true);
            }
            Value::Term(term) => {
                known.pending = Some(term);
                known.state = CellState::Unreadable;
            }
            Value::NotNamed => known.state = CellState::Unreadable,
            Value::Unreadable(wanted) => {
                known.expected = Some(wanted.into());
                known.state = CellState::Unreadable;
            }
        }
        known
    }

    fn list(&mut self, items: Vec<i32>, names: bool) -> i32 {
        self.list_of_names.push(names);
        self.lists.push(items).0 as i32
    }
}

/// 同上 and the marks that stand for it.
pub(crate) fn is_ditto(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || ('一'..='龥').contains(&c);
    let begins = text.chars().next();
    if text.len() > 24 || begins.is_some_and(|c| letter(c) && !"同上".contains(c)) {
        return false;
    }
    matches!(
        normalise::squeezed(text).as_str(),
        "同上"
            | "同上行"
            | "〃"
            | "″"
            | "\""
            | "''"
            | "’’"
            | "”"
            | "“"
            | "“”"
            | "々"
            | "上同"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_for_the_cell_above_are_known_however_they_are_spaced() {
        for text in [
            "同上",
            " 同　上",
            "〃",
            "\"",
            "＂",
            "上同",
            "々",
            "\u{feff}同上行",
        ] {
            assert!(is_ditto(text), "{text}");
        }
        for text in ["同意", "上海", "", "1", "收1", "同上同上同上同上同上"] {
            assert!(!is_ditto(text), "{text}");
        }
    }
}
