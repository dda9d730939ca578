//! Facts dated after the day of the check: told at their cells, and kept from deciding anything.

use super::{CellState, Dataset, Table, UnreadableCell};
use crate::{
    schema::{FieldId, FieldType, Schemas},
    time::{Day, Moment},
};
use std::sync::Arc;

impl Dataset {
    /// Takes the value from every cell that says that something happened after `as_of`, and notes
    /// the cell among the unreadable ones. A comparison in a rule then cannot be told whichever side
    /// it looks at, so that no rule has to say "and not later than today".
    pub fn hold_back_future_facts(&mut self, schemas: &Schemas, as_of: Day) {
        let expected = expected(as_of);
        for table in self.tables.iter_mut().flatten() {
            let ledger = table.ledger;
            let planned = planned(schemas, table, as_of);
            let fields = schemas.ledger(ledger).fields.iter().enumerate();
            for (index, field) in fields.filter(|(_, field)| field.is_fact()) {
                let column = &mut table.columns[index];
                for (row, state) in column.states.iter_mut().enumerate() {
                    let word = &mut column.words[row];
                    if *state == CellState::Value && day_of(field.ty, *word) > as_of {
                        (*state, *word) = (CellState::Future, 0);
                        if planned.get(row).copied().unwrap_or(false) {
                            continue;
                        }
                        self.unreadable.push(UnreadableCell {
                            ledger,
                            row: row as u32,
                            field: FieldId(index as u16),
                            expected: Arc::clone(&expected),
                        });
                    }
                }
            }
        }
        self.unreadable
            .sort_by_key(|cell| (cell.ledger, cell.row, cell.field));
    }
}

/// For each record whether what it is about is itself planned for later: the day of return of a journey
/// that has not begun is a plan and no mistake.
fn planned(schemas: &Schemas, table: &Table, as_of: Day) -> Vec<bool> {
    let schema = schemas.ledger(table.ledger);
    let plan = |field: &FieldId| !schema.fields[usize::from(field.0)].is_fact();
    let Some(event) = schema.event_date.filter(plan) else {
        return Vec::new();
    };
    let ty = schema.fields[usize::from(event.0)].ty;
    let column = &table.columns[usize::from(event.0)];
    let cells = column.states.iter().zip(&column.words);
    cells
        .map(|(state, word)| *state == CellState::Value && day_of(ty, *word) > as_of)
        .collect()
}

fn day_of(ty: FieldType, word: i32) -> Day {
    match ty {
        FieldType::DateTime => Moment(word).day(),
        _ => Day(word),
    }
}

fn expected(as_of: Day) -> Arc<str> {
    format!("已经发生的事项的日期，不晚于检查基准日 {as_of}").into()
}
