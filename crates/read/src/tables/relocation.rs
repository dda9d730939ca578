//! Records of matrices and forms, read as rows → the places in the sheet that their cells stand in.

use crate::recognition::matrix::laid::Laid;
use crate::recognition::sheet::Upright;
use crate::tables::block::Block;
use std::collections::BTreeMap;
use zicha_model::schema::FieldId;

/// Leads every cell of the block to its place in the sheet.
pub(crate) fn lead_back(laid: &Laid, block: &mut Block) {
    let mut carried = BTreeMap::new();
    for (at, &row) in (0u32..).zip(&block.rows) {
        for (field, column) in (0..).zip(&block.places) {
            if let Some(column) = column {
                carried.insert((at, FieldId(field)), laid.place(row, *column));
            }
        }
    }
    let first = block.rows.first().copied();
    for column in block.places.iter_mut().flatten() {
        *column = first.map_or(*column, |row| laid.place(row, *column).1);
    }
    for noticed in block.notes.values_mut() {
        noticed.place = laid.place(noticed.place.0, noticed.place.1);
    }
    for row in &mut block.rows {
        *row = laid.row(*row);
    }
    block.carried = carried;
}

/// As [`lead_back`], for the one record of a form.
pub(crate) fn lead_back_form(form: &Upright, block: &mut Block) {
    let first = form.places.first().map_or(1, |((row, _), _)| *row);
    block.rows.fill(first);
    block.conditions.fill(first);
    for place in block.carried.values_mut() {
        *place = form.value(place.1);
    }
    for (field, column) in (0..).zip(&mut block.places) {
        if let Some(column) = column {
            let place = form.value(*column);
            *column = place.1;
            block.carried.entry((0, FieldId(field))).or_insert(place);
        }
    }
    for noticed in block.notes.values_mut() {
        noticed.place = form.value(noticed.place.1);
    }
    for (row, column, ..) in &mut block.differences {
        (*row, *column) = form.value(*column);
    }
}
