//! Cells of a sheet that could not be read, for `zicha ledgers`: where, what stands there, what would
//! be readable.

use crate::model::{
    dataset::{Dataset, InputFile, Place, SheetUse, UnreadableCell},
    schema::Schemas,
};
use serde_json::{Value, json};

/// A sheet with more of them is told by the first and the count; `--json` tells all.
const SHOWN: usize = 20;

/// The cells with their places, in the order of the ledger.
fn cells<'d>(
    dataset: &'d Dataset,
    (input, sheet): (&'d InputFile, &'d SheetUse),
) -> impl Iterator<Item = (&'d UnreadableCell, Place, &'d str)> {
    dataset.unreadable.iter().filter_map(move |cell| {
        let table = dataset.table(cell.ledger)?;
        let place = dataset.place(table, cell.row, cell.field);
        let named = place.sheet.as_ref().is_none_or(|name| *name == sheet.name);
        let here = place.file == input.path && named && sheet.ledger == Some(cell.ledger);
        here.then(|| (cell, place, dataset.raw(table, cell.row, cell.field)))
    })
}

fn address(place: &Place) -> String {
    match &place.column {
        Some(column) => format!("{column}{}", place.row),
        None => format!("第 {} 行", place.row),
    }
}

/// Appends a line a cell.
pub(super) fn of_sheet(
    dataset: &Dataset,
    schemas: &Schemas,
    place: (&InputFile, &SheetUse),
    text: &mut String,
) {
    let mut count = 0;
    for (cell, place, raw) in cells(dataset, place) {
        count += 1;
        if count <= SHOWN {
            let label = &schemas.field(cell.ledger, cell.field).label;
            let address = address(&place);
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
pub(super) fn json(dataset: &Dataset, schemas: &Schemas, place: (&InputFile, &SheetUse)) -> Value {
    let cells = cells(dataset, place).map(|(cell, place, raw)| {
        let field = &schemas.field(cell.ledger, cell.field).id;
        json!({"row": place.row, "column": place.column, "field": field, "value": raw, "expected": cell.expected})
    });
    cells.collect()
}
