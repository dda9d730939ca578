//! Cells of a sheet that could not be read, for `zicha ledgers`: where, what stands there, what would
//! be readable.

use serde_json::{Value, json};
use zicha_model::{
    brief::brief,
    dataset::{Dataset, Place, UnreadableCell},
    schema::Schemas,
};

/// A sheet with more of them is told by the first and the count; `--json` tells all.
const SHOWN: usize = 20;
/// Characters of a cell that are shown; its address leads to the rest.
const CELL: usize = 40;

/// A table: index of its file in [`Dataset::inputs`], and in the sheets of that.
pub(super) type At = (usize, usize);

/// The unreadable cells of a table with their places, in the order of the ledger.
fn cells(dataset: &Dataset, at: At) -> impl Iterator<Item = (&UnreadableCell, Place, &str)> {
    dataset.unreadable.iter().filter_map(move |cell| {
        let table = dataset.table(cell.ledger)?;
        let origin = table.origins.get(cell.row as usize)?;
        let part = table.parts.get(origin.part as usize)?;
        let place = || dataset.place(table, cell.row, cell.field);
        let here = (part.input, part.told) == at;
        here.then(|| (cell, place(), dataset.raw(table, cell.row, cell.field)))
    })
}

fn address(place: &Place) -> String {
    match &place.column {
        Some(column) => format!("{column}{}", place.row),
        None => format!("第 {} 行", place.row),
    }
}

/// Appends a line a cell.
pub(super) fn of_sheet(dataset: &Dataset, schemas: &Schemas, at: At, text: &mut String) {
    let mut count = 0;
    for (cell, place, raw) in cells(dataset, at) {
        count += 1;
        if count <= SHOWN {
            let label = &schemas.field(cell.ledger, cell.field).label;
            let (address, raw) = (address(&place), brief(raw, CELL));
            let line = format!(
                "    读不出：{address}“{raw}”（{label}），可读的写法：{}\n",
                cell.expected
            );
            text.push_str(&line);
        }
    }
    if count > SHOWN {
        text.push_str(&format!(
            "    读不出的单元格共 {count} 个，以上是前 {SHOWN} 个\n"
        ));
    }
}

/// The same for programs.
pub(super) fn json(dataset: &Dataset, schemas: &Schemas, at: At) -> Value {
    let cells = cells(dataset, at).map(|(cell, place, raw)| {
        let field = &schemas.field(cell.ledger, cell.field).id;
        json!({"row": place.row, "column": place.column, "field": field, "value": raw, "expected": &*cell.expected})
    });
    cells.collect()
}
