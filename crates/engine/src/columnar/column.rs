//! A column of a ledger as a variable shows it.

use zicha_model::{
    dataset::{self, Table},
    schema::{FieldId, LedgerId},
};
use zicha_rule::ir::Slot;

/// A column as the variable in a slot shows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a> {
    pub(crate) slot: Slot,
    pub(crate) ledger: LedgerId,
    pub(crate) field: FieldId,
    pub(crate) cells: &'a dataset::Column,
}

/// A column of a table.
pub(crate) fn column(table: &Table, slot: Slot, field: FieldId) -> Column<'_> {
    Column {
        slot,
        ledger: table.ledger,
        field,
        cells: &table.columns[usize::from(field.0)],
    }
}
