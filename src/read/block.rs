//! One table of a sheet → typed columns with their own strings, to be joined later.
//!
//! Runs in parallel, so it interns into its own [`Block::strings`]; [`super::table`] translates.

use super::{
    coerce::{Coercer, Note, Reading, Term, Value},
    cursor::{cursors, is_ditto},
    grid::Form,
    section::{Section, Source},
    terms::Terms,
    words,
};
use crate::model::{
    dataset::{CellState, Interner, Lists, SheetUse, Sym},
    schema::{FieldId, LedgerId, Schemas},
};
use std::collections::{BTreeMap, HashMap};

/// One cell as read.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// The word in the block's own strings and lists.
    pub word: i32,
    /// Its state.
    pub state: CellState,
    /// Its text in the file.
    pub raw: Sym,
}

/// A table read, before it is joined with others of its ledger.
#[derive(Debug)]
pub struct Block {
    /// The ledger.
    pub ledger: LedgerId,
    /// For each field its cells; `None` where the sheet has no such column.
    pub columns: Vec<Option<Vec<Cell>>>,
    /// For each field the 0-based column it was read from.
    pub places: Vec<Option<u32>>,
    /// Row numbers (or lines) of the records.
    pub rows: Vec<u32>,
    /// Strings that the cells refer to.
    pub strings: Interner,
    /// Lists that the cells refer to.
    pub lists: Lists,
    /// For each list whether its items are strings (names) rather than enumeration values.
    pub list_of_names: Vec<bool>,
    /// Cells that could not be read: row of the block, field, what would be readable.
    pub unreadable: Vec<(u32, FieldId, String)>,
    /// Cells whose text stands elsewhere.
    pub carried: BTreeMap<(u32, FieldId), (u32, u32)>,
    /// Lines of the cells for YAML, rows × fields.
    pub lines: Option<Vec<u32>>,
    /// Fields read from a column called 序号.
    pub weak: Vec<FieldId>,
    /// How the sheet was understood.
    pub usage: SheetUse,
    /// What was decided while reading: (field, note) → how often, and where first.
    pub notes: BTreeMap<(FieldId, Note), (u32, u32, u32)>,
    /// Terms of level cells that differ from the term column: row number, both texts.
    pub differences: Vec<(u32, u32, String, String)>,
    /// Terms that are conditions: row numbers.
    pub conditions: Vec<u32>,
}

/// A memorised reading of one distinct text of a column.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) cell: Cell,
    pub(super) note: Option<Note>,
    pub(super) term: Option<Term>,
    pub(super) expected: Option<String>,
    pub(super) pending: Option<Term>,
}

/// Reads the cells of a section.
pub fn build(
    source: Source<'_>,
    section: Section,
    coercer: &Coercer<'_>,
    schemas: &Schemas,
) -> Block {
    let fields = &schemas.ledger(section.ledger).fields;
    let mut block = empty(source, &section, fields.len());
    let nothing = block.strings.intern("");
    let mut cursors = cursors(source, &section);
    let mut terms: HashMap<u32, (Term, u32, Sym)> = HashMap::new();
    let mut pending: Vec<(u32, FieldId, Term)> = Vec::new();
    for (at, &index) in (0u32..).zip(&section.records) {
        let row = source.grid.row(index);
        block.rows.push(row.number());
        for cursor in &mut cursors {
            let own = row.cell(cursor.column);
            let (held, carried) = cursor.resolve(own, row.number());
            if let (Some(lines), Some(cell)) = (&mut block.lines, own) {
                lines[at as usize * fields.len() + usize::from(cursor.field.0)] = cell.line;
            }
            if carried && let Some(held) = held {
                block
                    .carried
                    .insert((at, cursor.field), (held.row, cursor.column));
            }
            let Some(held) = held else {
                cursor.cells.push(Cell {
                    word: 0,
                    state: CellState::Empty,
                    raw: nothing,
                });
                continue;
            };
            let field = &fields[usize::from(cursor.field.0)];
            let key = (held.cell.text, held.cell.kind);
            let known = cursor.known.entry(key).or_insert_with(|| {
                let reading = if !carried && is_ditto(held.cell.text) {
                    Reading {
                        value: Value::Unreadable(words::NOTHING_ABOVE.to_owned()),
                        note: None,
                        term: None,
                    }
                } else {
                    coercer.read(field, held.cell.text, held.cell.kind, section.year)
                };
                settle(
                    reading,
                    held.cell.text,
                    &mut block.strings,
                    &mut block.lists,
                    &mut block.list_of_names,
                )
            });
            cursor.cells.push(known.cell);
            if let Some(expected) = &known.expected {
                block.unreadable.push((at, cursor.field, expected.clone()));
            }
            if let Some(note) = known.note {
                let first = (0, held.row, cursor.column);
                block.notes.entry((cursor.field, note)).or_insert(first).0 += 1;
            }
            if let Some(term) = known.term {
                terms
                    .entry(at)
                    .or_insert((term, cursor.column, known.cell.raw));
            }
            if let Some(term) = known.pending {
                pending.push((at, cursor.field, term));
            }
        }
    }
    for cursor in cursors {
        block.columns[usize::from(cursor.field.0)] = Some(cursor.cells);
    }
    let schema = schemas.ledger(section.ledger);
    Terms {
        block: &mut block,
        schema,
        terms,
        pending,
        coercer,
        nothing,
    }
    .finish();
    block.usage = section.usage;
    block
}

fn empty(source: Source<'_>, section: &Section, fields: usize) -> Block {
    let mut places = vec![None; fields];
    for &(column, field, _) in &section.columns {
        places[usize::from(field.0)] = (source.form != Form::Yaml).then_some(column);
    }
    Block {
        ledger: section.ledger,
        columns: vec![None; fields],
        places,
        rows: Vec::with_capacity(section.records.len()),
        strings: Interner::default(),
        lists: Lists::default(),
        list_of_names: Vec::new(),
        unreadable: Vec::new(),
        carried: BTreeMap::new(),
        lines: (source.form == Form::Yaml).then(|| vec![0; fields * section.records.len()]),
        weak: section
            .columns
            .iter()
            .filter(|c| c.2)
            .map(|c| c.1)
            .collect(),
        usage: SheetUse::default(),
        notes: BTreeMap::new(),
        differences: Vec::new(),
        conditions: Vec::new(),
    }
}

/// Interns a reading.
fn settle(
    reading: Reading,
    text: &str,
    strings: &mut Interner,
    lists: &mut Lists,
    list_of_names: &mut Vec<bool>,
) -> Known {
    let raw = strings.intern(text);
    let mut expected = None;
    let mut pending = None;
    let mut sym = |text: &str| strings.intern(text).0 as i32;
    let (state, word) = match reading.value {
        Value::Empty => (CellState::Empty, 0),
        Value::Word(word) => (CellState::Value, word),
        Value::Text(text) => (CellState::Value, sym(&text)),
        Value::Words(words) => {
            list_of_names.push(false);
            (CellState::Value, lists.push(words).0 as i32)
        }
        Value::Texts(names) => {
            list_of_names.push(true);
            let syms: Vec<i32> = names.iter().map(|name| sym(name)).collect();
            (CellState::Value, lists.push(syms).0 as i32)
        }
        Value::Term(term) => {
            pending = Some(term);
            (CellState::Unreadable, 0)
        }
        Value::Unreadable(wanted) => {
            expected = Some(wanted);
            (CellState::Unreadable, 0)
        }
    };
    Known {
        cell: Cell { word, state, raw },
        note: reading.note,
        term: reading.term,
        expected,
        pending,
    }
}
