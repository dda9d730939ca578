//! What must hold for every file that could be opened: nothing is dropped without a line that says
//! so, and every cell leads back to the place where its text stands.

use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Dataset, SheetUse},
    schema::{FieldId, Schemas},
};
use zicha_read::formats::grid::{Form, Grid, RawFile};

/// Panics if a promise is broken.
pub(crate) fn hold(file: &RawFile, dataset: &Dataset, schemas: &Schemas) {
    let sheets = &dataset.inputs[0].sheets;
    for grid in &file.grids {
        let uses: Vec<&SheetUse> = sheets.iter().filter(|s| s.name == grid.name).collect();
        assert!(!uses.is_empty(), "sheet {:?} is told nowhere", grid.name);
        if file.form == Form::Workbook && once(file, grid) {
            every_row_is_told(grid, &uses, dataset);
        }
    }
    cells_have_places(dataset, schemas);
}

fn once(file: &RawFile, grid: &Grid) -> bool {
    file.grids.iter().filter(|g| g.name == grid.name).count() == 1
}

/// Rows with something in them are records, headings, or passed over for a reason.
fn every_row_is_told(grid: &Grid, uses: &[&SheetUse], dataset: &Dataset) {
    if uses.iter().any(|usage| usage.ledger.is_none()) {
        return;
    }
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for usage in uses {
        let heading = usage.heading_row.unwrap_or(0);
        told.extend(heading..heading + 3);
        told.extend(usage.skipped.iter().flat_map(|s| &s.rows));
    }
    for table in dataset.tables.iter().flatten() {
        for origin in &table.origins {
            let part = &table.parts[origin.part as usize];
            if part.sheet.as_deref() == Some(grid.name.as_str()) {
                told.insert(origin.row);
            }
        }
    }
    for row in grid.rows() {
        let number = row.number();
        assert!(told.contains(&number), "row {number} is told nowhere");
    }
}

fn cells_have_places(dataset: &Dataset, schemas: &Schemas) {
    for table in dataset.tables.iter().flatten() {
        for row in 0..table.len() as u32 {
            for field in (0..table.columns.len() as u16).map(FieldId) {
                let state = table.cell(row, field).0;
                if matches!(state, CellState::Value | CellState::Unreadable) {
                    assert!(dataset.place(table, row, field).row > 0);
                    let shown = dataset.display(schemas, table, row, field);
                    assert!(!shown.is_empty() || state == CellState::Value);
                }
            }
        }
    }
}
