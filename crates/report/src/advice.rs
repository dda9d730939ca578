//! What would help most, and what was taken for granted, in lines for people.
//!
//! What enters: the advice of the results, the ledgers and what was read. What leaves: one line an item.

use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Dataset, Table},
    results::{Advice, Origin},
    schema::{FieldId, Schemas},
};

/// Ledgers and columns that are told.
const TOLD: usize = 10;

/// What adding a ledger or a column would decide, the most first, each with what to write where: the
/// heading of the column, or the line for a ledger of which the unit has no matter.
pub fn lines(schemas: &Schemas, advice: &[Advice]) -> Vec<String> {
    advice
        .iter()
        .filter_map(|wanted| line(schemas, wanted))
        .take(TOLD)
        .collect()
}

fn line(schemas: &Schemas, wanted: &Advice) -> Option<String> {
    let ledger = schemas.ledger(schemas.ledger_by_id(&wanted.ledger)?);
    let (label, controls) = (&ledger.label, wanted.controls);
    if wanted.field.is_empty() {
        return Some(format!(
            "{controls} 项：补《{label}》；没有此类事项的，在 zicha.yaml 写 not_kept: {{{label}: 理由}}"
        ));
    }
    let field = ledger.fields.iter().find(|f| f.id == wanted.field)?;
    Some(format!(
        "{controls} 项：在《{label}》加一列“{}”",
        field.label
    ))
}

/// What was taken for granted of a ledger's records, one line a field.
pub fn assumed(schemas: &Schemas, dataset: &Dataset) -> Vec<String> {
    let tables = dataset.tables.iter().flatten();
    let lines = tables.flat_map(|table| {
        let parts = table.parts.iter().flat_map(|part| &part.given);
        let assumed = parts.filter(|(_, given)| given.origin == Origin::Assumed);
        let fields: BTreeSet<FieldId> = assumed.map(|(field, _)| *field).collect();
        let fields = fields.into_iter();
        fields.filter_map(|field| {
            let value = given_value(schemas, dataset, table, field)?;
            let ledger = &schemas.ledger(table.ledger).label;
            let field = &schemas.field(table.ledger, field).label;
            Some(format!("《{ledger}》没有写明“{field}”的按“{value}”计"))
        })
    });
    lines.collect()
}

/// The first value of the field that is taken for granted.
fn given_value(
    schemas: &Schemas,
    dataset: &Dataset,
    table: &Table,
    field: FieldId,
) -> Option<String> {
    let mut rows = 0..table.len() as u32;
    let row = rows.find(|&row| {
        dataset.origin(table, row, field) == Some(Origin::Assumed)
            && table.cell(row, field).0 == CellState::Value
    })?;
    Some(dataset.display(schemas, table, row, field))
}
