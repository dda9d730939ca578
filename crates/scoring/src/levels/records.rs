//! Records of a ledger by field names.

use zicha_model::dataset::{CellState, Dataset, ListId, Place, Sym, Table};
use zicha_model::schema::{FieldId, FieldType, LedgerSchema, Schemas};

/// A ledger that was provided.
#[derive(Clone, Copy)]
pub(super) struct Records<'a> {
    schemas: &'a Schemas,
    dataset: &'a Dataset,
    table: &'a Table,
}

impl<'a> Records<'a> {
    pub(super) fn of(schemas: &'a Schemas, dataset: &'a Dataset, ledger: &str) -> Option<Self> {
        let table = dataset.table(schemas.ledger_by_id(ledger)?)?;
        Some(Self {
            schemas,
            dataset,
            table,
        })
    }

    pub(super) fn rows(self) -> std::ops::Range<u32> {
        0..self.table.len() as u32
    }

    pub(super) fn schema(self) -> &'a LedgerSchema {
        self.schemas.ledger(self.table.ledger)
    }

    /// The cell in people's words; empty without a value.
    pub(super) fn text(self, row: u32, field: &str) -> String {
        let id = self.schema().field_by_id(field);
        id.map(|id| self.shown(row, id)).unwrap_or_default()
    }

    /// The same of a field already found.
    pub(super) fn shown(self, row: u32, field: FieldId) -> String {
        self.dataset.display(self.schemas, self.table, row, field)
    }

    /// Where a cell stands.
    pub(super) fn place(self, row: u32, field: &str) -> Option<Place> {
        let id = self.schema().field_by_id(field)?;
        Some(self.dataset.place(self.table, row, id))
    }

    /// True if a field of persons names this one.
    pub(super) fn names(self, row: u32, person: Sym) -> bool {
        let fields = (0..).zip(&self.schema().fields);
        fields.into_iter().any(|(at, field)| {
            let (state, word) = self.table.cell(row, FieldId(at));
            state == CellState::Value
                && match field.ty {
                    FieldType::Person => Sym(word as u32) == person,
                    FieldType::PersonList => self
                        .dataset
                        .lists
                        .get(ListId(word as u32))
                        .contains(&(person.0 as i32)),
                    _ => false,
                }
        })
    }

    /// The symbol of a text cell.
    pub(super) fn sym(self, row: u32, field: &str) -> Option<Sym> {
        let id = self.schema().field_by_id(field)?;
        let (state, word) = self.table.cell(row, id);
        (state == CellState::Value).then_some(Sym(word as u32))
    }

    /// A record in a few words: its first filled fields.
    pub(super) fn brief(self, row: u32, most: usize) -> String {
        let fields = (0..).zip(&self.schema().fields);
        let texts =
            fields.filter(|(_, f)| !matches!(f.ty, FieldType::Person | FieldType::PersonList));
        let texts = texts
            .map(|(at, _)| self.shown(row, FieldId(at)))
            .filter(|text| !text.is_empty());
        texts.take(most).collect::<Vec<_>>().join(" ")
    }
}
