//! A ledger's records by field name, for assessments that read ledgers directly.

use zicha_model::{
    dataset::{CellState, Dataset, ListId, Place, Sym, Table},
    results::Evidence,
    schema::{FieldId, FieldType, LedgerId, Schemas},
    time::{Day, Moment},
};

/// One ledger with its names.
#[derive(Clone, Copy)]
pub(super) struct Records<'a> {
    schemas: &'a Schemas,
    dataset: &'a Dataset,
    table: &'a Table,
    ledger: LedgerId,
}

impl<'a> Records<'a> {
    /// The records of a ledger, if it was provided.
    pub(super) fn of(schemas: &'a Schemas, dataset: &'a Dataset, ledger: &str) -> Option<Self> {
        let ledger = schemas.ledger_by_id(ledger)?;
        let table = dataset.table(ledger)?;
        Some(Self {
            schemas,
            dataset,
            table,
            ledger,
        })
    }

    /// Row numbers of its records.
    pub(super) fn rows(self) -> std::ops::Range<u32> {
        0..self.table.len() as u32
    }

    /// The value in people's words; `None` if absent, unreadable or without such a column.
    pub(super) fn text(self, row: u32, field: &str) -> Option<String> {
        let (id, _) = self.value(row, field)?;
        Some(self.dataset.display(self.schemas, self.table, row, id))
    }

    /// True if the cell holds something that could not be read.
    pub(super) fn is_unreadable(self, row: u32, field: &str) -> bool {
        let id = self.schemas.ledger(self.ledger).field_by_id(field);
        id.is_some_and(|id| self.table.cell(row, id).0 == CellState::Unreadable)
    }

    /// The interned text of a text, person or department cell.
    pub(super) fn sym(self, row: u32, field: &str) -> Option<Sym> {
        self.value(row, field).map(|(_, word)| Sym(word as u32))
    }

    /// The number of an integer cell.
    pub(super) fn integer(self, row: u32, field: &str) -> Option<i32> {
        self.value(row, field).map(|(_, word)| word)
    }

    /// The id of an enumeration's value.
    pub(super) fn choice(self, row: u32, field: &str) -> Option<&'a str> {
        let (id, word) = self.value(row, field)?;
        self.choice_id(id, word)
    }

    /// The ids of an enumeration list's values.
    pub(super) fn choices(self, row: u32, field: &str) -> Vec<&'a str> {
        let Some((id, word)) = self.value(row, field) else {
            return Vec::new();
        };
        let FieldType::EnumList(_) = self.schemas.field(self.ledger, id).ty else {
            return self.choice_id(id, word).into_iter().collect();
        };
        let items = self.dataset.lists.get(ListId(word as u32));
        items
            .iter()
            .filter_map(|&item| self.choice_id(id, item))
            .collect()
    }

    /// True only if the cell says 是.
    pub(super) fn yes(self, row: u32, field: &str) -> bool {
        self.value(row, field).is_some_and(|(_, word)| word == 1)
    }

    /// The day of a date cell.
    pub(super) fn day(self, row: u32, field: &str) -> Option<Day> {
        self.value(row, field).map(|(_, word)| Day(word))
    }

    /// The day of a date-and-time cell.
    pub(super) fn moment_day(self, row: u32, field: &str) -> Option<Day> {
        self.value(row, field).map(|(_, word)| Moment(word).day())
    }

    /// The day of a date or of a date-and-time cell.
    pub(super) fn any_day(self, row: u32, field: &str) -> Option<Day> {
        let (id, word) = self.value(row, field)?;
        match self.schemas.field(self.ledger, id).ty {
            FieldType::Date => Some(Day(word)),
            FieldType::DateTime => Some(Moment(word).day()),
            _ => None,
        }
    }

    /// The ledger.
    pub(super) fn ledger(self) -> LedgerId {
        self.ledger
    }

    /// The state of a cell, if the ledger has the field.
    pub(super) fn state(self, row: u32, field: &str) -> Option<CellState> {
        let id = self.schemas.ledger(self.ledger).field_by_id(field)?;
        Some(self.table.cell(row, id).0)
    }

    /// True if an enumeration's cell has the value, alone or among others, or a truth value is
    /// written so (是, 否).
    pub(super) fn says(self, row: u32, field: &str, value: &str) -> bool {
        self.choices(row, field).contains(&value) || self.text(row, field).as_deref() == Some(value)
    }

    /// The persons of a list, as interned.
    pub(super) fn syms(self, row: u32, field: &str) -> Vec<Sym> {
        let Some((_, word)) = self.value(row, field) else {
            return Vec::new();
        };
        let items = self.dataset.lists.get(ListId(word as u32));
        items.iter().map(|&item| Sym(item as u32)).collect()
    }

    /// Where a cell stands, if the ledger has the field.
    pub(super) fn place(self, row: u32, field: &str) -> Option<Place> {
        let id = self.schemas.ledger(self.ledger).field_by_id(field)?;
        Some(self.dataset.place(self.table, row, id))
    }

    /// The cell as evidence, if the ledger has the field.
    pub(super) fn evidence(self, row: u32, field: &str) -> Option<Evidence> {
        let id = self.schemas.ledger(self.ledger).field_by_id(field)?;
        Some(self.dataset.evidence(self.schemas, self.table, row, id))
    }

    fn value(self, row: u32, field: &str) -> Option<(FieldId, i32)> {
        let id = self.schemas.ledger(self.ledger).field_by_id(field)?;
        let (state, word) = self.table.cell(row, id);
        (state == CellState::Value).then_some((id, word))
    }

    fn choice_id(self, field: FieldId, word: i32) -> Option<&'a str> {
        match self.schemas.field(self.ledger, field).ty {
            FieldType::Enum(e) | FieldType::EnumList(e) => self
                .schemas
                .enumeration(e)
                .values
                .get(word as usize)
                .map(|v| v.id.as_str()),
            _ => None,
        }
    }
}
