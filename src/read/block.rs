//! One table of a sheet → typed columns with their own strings, to be joined later.
//!
//! Runs in parallel, so it interns into its own [`Block::strings`]; [`super::table`] translates.

use super::{
    coerce::{Coercer, Note, Reading, Term, Value, levels},
    grid::{self, CellKind, Form},
    normalise,
    section::{Section, Source},
    words,
};
use crate::model::{
    dataset::{CellState, Interner, Lists, SheetUse, Sym},
    schema::{FieldId, FieldType, LedgerId, LedgerSchema, Schemas},
    time::{Day, Moment},
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
struct Known {
    cell: Cell,
    note: Option<Note>,
    term: Option<Term>,
    expected: Option<String>,
    pending: Option<Term>,
}

/// The cell of a column that the rows below may refer to.
#[derive(Clone, Copy)]
struct Held<'g> {
    cell: grid::Cell<'g>,
    row: u32,
}

/// Working state of one column.
struct Cursor<'g> {
    column: u32,
    field: FieldId,
    known: HashMap<(&'g str, CellKind), Known>,
    cells: Vec<Cell>,
    /// Last record's cell, for 同上.
    above: Option<Held<'g>>,
    /// Merged regions of this column that reach down, sorted.
    merged: Vec<(u32, u32)>,
    /// Top cell of the merged region that the rows are in.
    top: Option<Held<'g>>,
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

fn cursors<'g>(source: Source<'g>, section: &Section) -> Vec<Cursor<'g>> {
    let columns = section.columns.iter();
    columns
        .map(|&(column, field, _)| {
            let down = source
                .grid
                .merged
                .iter()
                .filter(|m| m.1 == column && m.2 > m.0);
            let mut merged: Vec<(u32, u32)> = down.map(|m| (m.0, m.2)).collect();
            merged.sort_unstable();
            merged.reverse();
            Cursor {
                column,
                field,
                known: HashMap::new(),
                cells: Vec::with_capacity(section.records.len()),
                above: None,
                merged,
                top: None,
            }
        })
        .collect()
}

impl<'g> Cursor<'g> {
    /// The cell that counts in this row, and whether it stands in another one.
    fn resolve(&mut self, own: Option<grid::Cell<'g>>, row: u32) -> (Option<Held<'g>>, bool) {
        while self.merged.last().is_some_and(|&(_, last)| last < row) {
            self.merged.pop();
            self.top = None;
        }
        let region = self
            .merged
            .last()
            .filter(|&&(first, _)| first <= row)
            .copied();
        let own = own.map(|cell| Held { cell, row });
        let (held, carried) = match (own, region) {
            (Some(own), _) if is_ditto(own.cell.text) && self.above.is_some() => (self.above, true),
            (Some(own), _) => (Some(own), false),
            (None, Some((first, _))) if first < row => (self.top, self.top.is_some()),
            (None, _) => (None, false),
        };
        if region.is_some_and(|(first, _)| first == row) {
            self.top = held;
        }
        self.above = held;
        (held, carried)
    }
}

/// 同上 and the marks that stand for it.
fn is_ditto(text: &str) -> bool {
    text.len() <= 24
        && matches!(
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

/// Brings the terms that level cells bear, and terms until a day, into the term column.
struct Terms<'b, 'c> {
    block: &'b mut Block,
    schema: &'c LedgerSchema,
    terms: HashMap<u32, (Term, u32, Sym)>,
    pending: Vec<(u32, FieldId, Term)>,
    coercer: &'c Coercer<'c>,
    nothing: Sym,
}

impl Terms<'_, '_> {
    fn finish(mut self) {
        for (row, field, term) in std::mem::take(&mut self.pending) {
            let cell = self.decide(row, term);
            self.put(row, field, cell);
        }
        let Some(field) = self.schema.field_by_id("secrecy_years") else {
            return;
        };
        if self.terms.is_empty() {
            return;
        }
        let own = self.block.columns[usize::from(field.0)].is_some();
        if !own {
            self.stand_in(field);
        }
        let mut terms: Vec<_> = std::mem::take(&mut self.terms).into_iter().collect();
        terms.sort_unstable_by_key(|(row, _)| *row);
        for (row, (term, column, raw)) in terms {
            self.fill(row, field, term, (column, raw), own);
        }
    }

    /// No column for the term: the level column is that column too.
    fn stand_in(&mut self, field: FieldId) {
        let level = self
            .schema
            .fields
            .iter()
            .position(|f| self.coercer.is_level(f));
        let empty = Cell {
            word: 0,
            state: CellState::Empty,
            raw: self.nothing,
        };
        self.block.columns[usize::from(field.0)] = Some(vec![empty; self.block.rows.len()]);
        self.block.places[usize::from(field.0)] = level.and_then(|at| self.block.places[at]);
    }

    fn fill(&mut self, row: u32, field: FieldId, term: Term, (column, raw): (u32, Sym), own: bool) {
        let (state, word) = self.decide(row, term);
        let Some(column_cells) = &mut self.block.columns[usize::from(field.0)] else {
            return;
        };
        let cell = &mut column_cells[row as usize];
        let number = self.block.rows[row as usize];
        if cell.state == CellState::Empty {
            *cell = Cell { word, state, raw };
            if own {
                let yaml = self.block.lines.is_some();
                let at = self.block.carried.get(&(row, self.level())).copied();
                if !yaml {
                    self.block
                        .carried
                        .insert((row, field), at.unwrap_or((number, column)));
                }
            }
            self.copy_line(row, field);
            if matches!(term, Term::Until(_)) && state == CellState::Unreadable {
                let expected = words::NO_START_OF_TERM.to_owned();
                self.block.unreadable.push((row, field, expected));
            }
        } else if cell.state == CellState::Value && state == CellState::Value && cell.word != word {
            let own = self.block.strings.resolve(cell.raw).to_owned();
            let mark = self.block.strings.resolve(raw).to_owned();
            self.block.differences.push((number, column, own, mark));
        }
    }

    /// In YAML the term's line is that of the level.
    fn copy_line(&mut self, row: u32, field: FieldId) {
        let level = self.level();
        let width = self.block.columns.len();
        if let Some(lines) = &mut self.block.lines {
            let start = row as usize * width;
            lines[start + usize::from(field.0)] = lines[start + usize::from(level.0)];
        }
    }

    fn level(&self) -> FieldId {
        let at = self
            .schema
            .fields
            .iter()
            .position(|f| self.coercer.is_level(f));
        FieldId(at.unwrap_or(0) as u16)
    }

    fn put(&mut self, row: u32, field: FieldId, (state, word): (CellState, i32)) {
        if let Some(cells) = &mut self.block.columns[usize::from(field.0)] {
            let cell = &mut cells[row as usize];
            (cell.state, cell.word) = (state, word);
        }
        if state == CellState::Unreadable
            && !self
                .block
                .conditions
                .contains(&self.block.rows[row as usize])
        {
            self.block
                .unreadable
                .push((row, field, words::NO_START_OF_TERM.to_owned()));
        }
    }

    /// Years of a term; a condition, or a day without a start, cannot be told.
    fn decide(&mut self, row: u32, term: Term) -> (CellState, i32) {
        match term {
            Term::Years(years) => (CellState::Value, years),
            Term::Until(until) => match self.start(row) {
                Some(start) => (CellState::Value, levels::years_until(start, until)),
                None => (CellState::Unreadable, 0),
            },
            Term::Condition => {
                self.block.conditions.push(self.block.rows[row as usize]);
                (CellState::Unreadable, 0)
            }
        }
    }

    /// The day that the secret was decided on, else the day that the record is about.
    fn start(&self, row: u32) -> Option<Day> {
        let decided = self.schema.field_by_id("decided_on");
        [decided, self.schema.event_date]
            .into_iter()
            .flatten()
            .find_map(|field| {
                let cell = self.block.columns[usize::from(field.0)].as_ref()?[row as usize];
                let known = cell.state == CellState::Value;
                known.then(|| match self.schema.fields[usize::from(field.0)].ty {
                    FieldType::DateTime => Moment(cell.word).day(),
                    _ => Day(cell.word),
                })
            })
    }
}
