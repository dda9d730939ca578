//! One table of a sheet → typed columns, to be joined later.
//!
//! What enters: a [`Section`] and the sheet's cells. What leaves: a [`Block`], whose words and raw
//! texts are symbols of the sheet's own texts; [`crate::tables::join`] translates.

use crate::formats::grid::{Cells, Form, Grid};
use crate::recognition::sheet::Section;
use crate::tables::column_reader::{cursors, push};
use crate::tables::given_values::GivenValues;
use crate::tables::retention_terms::{Found, Terms};
use crate::tables::{split_datetime, spoilt_codes};
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Note};
use crate::values::coercion_cache::Shelf;
use std::collections::BTreeMap;
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Column, Given, Interner, Lists, SheetUse},
    schema::{FieldId, LedgerId, Schemas},
};

/// A table read, before it is joined with others of its ledger.
#[derive(Debug)]
pub struct Block {
    /// The ledger.
    pub ledger: LedgerId,
    /// For each field its cells; `None` where the sheet has no such column.
    pub columns: Vec<Option<Column>>,
    /// For each field the 0-based column it was read from.
    pub places: Vec<Option<u32>>,
    /// Row numbers (or lines) of the records.
    pub rows: Vec<u32>,
    /// Lists that the cells refer to.
    pub lists: Lists,
    /// For each list whether its items are strings (names) rather than enumeration values.
    pub list_of_names: Vec<bool>,
    /// Cells that could not be read: row of the block, field, what would be readable.
    pub unreadable: Vec<(u32, FieldId, Arc<str>)>,
    /// Cells whose text stands elsewhere.
    pub carried: BTreeMap<(u32, FieldId), (u32, u32)>,
    /// Lines of the cells for YAML, rows × fields.
    pub lines: Option<Vec<u32>>,
    /// Fields read from a column called 序号.
    pub weak: Vec<FieldId>,
    /// How the sheet was understood.
    pub usage: SheetUse,
    /// What was decided while reading.
    pub notes: BTreeMap<(FieldId, Note), Noticed>,
    /// Terms of level cells that differ from the term column: row number, both texts.
    pub differences: Vec<(u32, u32, String, String)>,
    /// Terms that are conditions: row numbers.
    pub conditions: Vec<u32>,
    /// Fields whose values no cell of their own states.
    pub given: BTreeMap<FieldId, Given>,
    /// Values that contradict what follows from another: row number, column, what is told.
    pub contradictions: Vec<(u32, u32, String)>,
    /// The rows are another ledger's, which state records of this one as well.
    pub projected: bool,
}

/// What was decided in several cells of a column.
#[derive(Clone, Debug, Default)]
pub struct Noticed {
    /// How many cells.
    pub count: u32,
    /// Row number and column of the first.
    pub place: (u32, u32),
    /// What is written in the first, cut.
    pub example: String,
}

impl Block {
    /// Notes a cell by its row number and column, and what is written in it.
    pub(crate) fn note(&mut self, field: FieldId, note: Note, place: (u32, u32), text: &str) {
        const SHOWN: usize = 40;
        let noticed = self.notes.entry((field, note)).or_insert_with(|| Noticed {
            count: 0,
            place,
            example: text.trim().replace('\n', " ").chars().take(SHOWN).collect(),
        });
        noticed.count += 1;
    }
}

impl Block {
    /// Takes records out; `rows`: which, in order.
    pub(crate) fn drop_rows(&mut self, rows: &[u32]) {
        let total = self.rows.len();
        let mut kept: Vec<Option<u32>> = vec![None; total];
        let mut next = 0;
        for (row, slot) in (0u32..).zip(&mut kept) {
            if rows.binary_search(&row).is_err() {
                *slot = Some(next);
                next += 1;
            }
        }
        let now = |row: u32| kept.get(row as usize).copied().flatten();
        let gone: Vec<u32> = rows
            .iter()
            .filter_map(|&row| self.rows.get(row as usize).copied())
            .collect();
        for column in self.columns.iter_mut().flatten() {
            retain(&mut column.words, &kept);
            retain(&mut column.states, &kept);
            retain(&mut column.raw, &kept);
        }
        if let Some(lines) = &mut self.lines {
            let width = self.columns.len();
            let mut at = 0;
            lines.retain(|_| {
                at += 1;
                now(((at - 1) / width.max(1)) as u32).is_some()
            });
        }
        retain(&mut self.rows, &kept);
        let unreadable = std::mem::take(&mut self.unreadable).into_iter();
        let unreadable = unreadable.filter_map(|(row, field, told)| Some((now(row)?, field, told)));
        self.unreadable = unreadable.collect();
        let carried = std::mem::take(&mut self.carried).into_iter();
        let carried = carried.filter_map(|((row, field), place)| Some(((now(row)?, field), place)));
        self.carried = carried.collect();
        self.differences.retain(|(row, ..)| !gone.contains(row));
        self.conditions.retain(|row| !gone.contains(row));
        self.contradictions.retain(|(row, ..)| !gone.contains(row));
    }
}

/// Keeps the items that have a new place.
fn retain<T>(items: &mut Vec<T>, kept: &[Option<u32>]) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        kept.get(at - 1).is_some_and(Option::is_some)
    });
}

/// The sheet that a table stands in.
pub(crate) struct Sheet<'g> {
    /// What kind of file it is from.
    pub(crate) form: Form,
    /// Its merged regions.
    pub(crate) merged: &'g [(u32, u32, u32, u32)],
    /// True if its serials count from 1904.
    pub(crate) since_1904: bool,
    /// Its cells.
    pub(crate) cells: &'g Cells,
    /// The texts of its cells; what reading them yields is added.
    pub(crate) texts: &'g mut Interner,
}

impl<'g> Sheet<'g> {
    /// A grid's cells, and room for what they say.
    pub(crate) fn of(grid: &'g mut Grid, form: Form) -> Self {
        Self {
            form,
            merged: &grid.merged,
            since_1904: grid.since_1904,
            cells: &grid.cells,
            texts: &mut grid.texts,
        }
    }
}

/// Reads the cells of a section.
pub(crate) fn build(
    sheet: Sheet<'_>,
    section: Section,
    coercer: &Coercer<'_>,
    schemas: &Schemas,
) -> Block {
    let schema = schemas.ledger(section.ledger);
    let mut block = empty(&sheet, &section, schema.fields.len());
    let nothing = sheet.texts.intern("");
    let mut cursors = cursors(&sheet, &section);
    let days = Reckoning {
        year: section.year,
        since_1904: sheet.since_1904,
    };
    let mut companions = split_datetime::companions(&sheet, &section.clocks, section.records.len());
    let mut found = Found::default();
    let (mut lists, mut list_of_names) = (Lists::default(), Vec::new());
    for (at, &index) in (0u32..).zip(&section.records) {
        let number = sheet.cells.number(index);
        block.rows.push(number);
        for cursor in &mut cursors {
            let own = sheet.cells.find(index, cursor.column);
            if let (Some(lines), Some((_, line))) = (&mut block.lines, own) {
                lines[at as usize * schema.fields.len() + usize::from(cursor.field.0)] = line;
            }
            let mut shelf = Shelf {
                coercer,
                field: &schema.fields[usize::from(cursor.field.0)],
                days,
                texts: &mut *sheet.texts,
                lists: &mut lists,
                list_of_names: &mut list_of_names,
            };
            let own = own.map(|(cell, _)| cell);
            let (held, carried) = cursor.resolve(own, number, &mut shelf);
            match held {
                None => push(&mut cursor.cells, CellState::Empty, 0, nothing),
                Some(held) => cursor.read(at, held, carried, shelf, &mut block, &mut found),
            }
        }
        for companion in &mut companions {
            let shelf = Shelf {
                coercer,
                field: &schema.fields[usize::from(companion.field().0)],
                days,
                texts: &mut *sheet.texts,
                lists: &mut lists,
                list_of_names: &mut list_of_names,
            };
            companion.look(sheet.cells, index, shelf);
        }
    }
    for mut cursor in cursors {
        let (field, ledger) = (cursor.field, block.ledger);
        let linked = || spoilt_codes::is_linked(schemas, ledger, field);
        let told = spoilt_codes::mend(&mut cursor.cells, &cursor.suffered, sheet.texts, linked);
        for (at, note) in told {
            let place = (block.rows[at as usize], cursor.column);
            let text = sheet.texts.resolve(cursor.cells.raw[at as usize]);
            block.note(field, note, place, text);
        }
        block.columns[usize::from(cursor.field.0)] = Some(cursor.cells);
    }
    split_datetime::join(&companions, &mut block, schema, sheet.texts);
    Terms {
        block: &mut block,
        schema,
        found,
        coercer,
        texts: sheet.texts,
        nothing,
    }
    .finish();
    block.usage = section.usage;
    GivenValues {
        block: &mut block,
        schemas,
        coercer,
        texts: sheet.texts,
        of_secrets: section.of_secrets,
    }
    .complete(&section.stated);
    Block {
        lists,
        list_of_names,
        ..block
    }
}

fn empty(sheet: &Sheet<'_>, section: &Section, fields: usize) -> Block {
    let mut places = vec![None; fields];
    for &(column, field, _) in &section.columns {
        places[usize::from(field.0)] = (sheet.form != Form::Yaml).then_some(column);
    }
    let weak = section.columns.iter().filter(|c| c.2);
    Block {
        ledger: section.ledger,
        columns: vec![None; fields],
        places,
        rows: Vec::with_capacity(section.records.len()),
        lists: Lists::default(),
        list_of_names: Vec::new(),
        unreadable: Vec::new(),
        carried: BTreeMap::new(),
        lines: (sheet.form == Form::Yaml).then(|| vec![0; fields * section.records.len()]),
        weak: weak.map(|c| c.1).collect(),
        usage: SheetUse::default(),
        notes: BTreeMap::new(),
        differences: Vec::new(),
        conditions: Vec::new(),
        given: BTreeMap::new(),
        contradictions: Vec::new(),
        projected: section.projected,
    }
}
