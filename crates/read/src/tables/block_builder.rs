//! One table of a sheet → typed columns, to be joined later.
//!
//! What enters: a [`Section`] and the sheet's cells. What leaves: a [`Block`], whose words and raw
//! texts are symbols of the sheet's own texts; [`crate::tables::join`] translates.

use crate::formats::grid::Form;
use crate::recognition::sheet::Section;
use crate::tables::block::{Block, Sheet};
use crate::tables::column_reader::{cursors, push};
use crate::tables::given_values::GivenValues;
use crate::tables::retention_terms::{Found, Terms};
use crate::tables::{split_datetime, spoilt_codes};
use crate::values::coerce::Coercer;
use crate::values::coerce::dates::Reckoning;
use crate::values::coercion_cache::Shelf;
use std::collections::BTreeMap;
use zicha_model::{
    dataset::{CellState, Lists, SheetUse},
    schema::Schemas,
};

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
