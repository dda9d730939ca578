//! What ledgers in use lack: whole ledgers, and columns of those that are there.
//!
//! What enters: what was read of the folder. What leaves: workbooks to be filled in, with the people,
//! departments and records that are known already. A workbook of columns bears the key of every record, so
//! that the next reading joins the two.

use super::ANSWERS;
use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, Dataset, Sym, Table},
    profile::Profile,
    schema::{FieldId, FieldType, LedgerId, LedgerSchema, Schemas},
};
use zicha_report::blank::{self, Form, Kind};
use zicha_rule::pack::Catalogue;

/// The workbooks with their names, in the order of the ledgers.
pub(super) fn forms(
    catalogue: &Catalogue,
    profile: &Profile,
    dataset: &Dataset,
    all: bool,
) -> Vec<(String, Form)> {
    let look = Look {
        schemas: &catalogue.schemas,
        dataset,
        needed: needed(catalogue),
        unit: &profile.unit_name,
    };
    let ledgers = look.schemas.ledger_ids().filter_map(|ledger| {
        let schema = look.schemas.ledger(ledger);
        let not_kept = [&schema.id, &schema.label]
            .iter()
            .any(|name| profile.not_kept.contains_key(*name));
        if not_kept || schema.id == ANSWERS {
            return None;
        }
        match dataset.table(ledger) {
            None if schema.core || all => Some((schema.label.clone(), look.whole(schema))),
            None => None,
            Some(table) => {
                let form = look.columns(ledger, schema, table)?;
                Some((form.title.clone(), form))
            }
        }
    });
    ledgers.collect()
}

/// Fields that controls need.
fn needed(catalogue: &Catalogue) -> BTreeSet<(LedgerId, FieldId)> {
    let clauses = catalogue.controls.iter().flat_map(|c| &c.rule.clauses);
    clauses
        .flat_map(|clause| clause.needs.iter().copied())
        .collect()
}

struct Look<'a> {
    schemas: &'a Schemas,
    dataset: &'a Dataset,
    needed: BTreeSet<(LedgerId, FieldId)>,
    unit: &'a str,
}

impl Look<'_> {
    /// A ledger that nobody keeps yet.
    fn whole(&self, schema: &LedgerSchema) -> Form {
        let mut form = blank::of_ledger(self.schemas, schema);
        let per_person = schema.event_date.is_none()
            && schema.fields.iter().any(|f| f.id == "person" && f.required);
        let known: Vec<(&str, Vec<String>)> = match schema.id.as_str() {
            "unit_profile" if !self.unit.is_empty() => {
                vec![("unit_name", vec![self.unit.to_owned()])]
            }
            "departments" => self.numbered("dept_id", "D", "name", self.departments()),
            "personnel" => self.numbered("person_id", "P", "name", self.persons()),
            _ if per_person => vec![("person", self.persons())],
            _ => Vec::new(),
        };
        let rows = known
            .iter()
            .map(|(_, texts)| texts.len())
            .max()
            .unwrap_or(0);
        form.rows = (0..rows)
            .map(|at| {
                let cell = |field: &str| {
                    let known = known.iter().find(|(id, _)| *id == field);
                    let text = known.and_then(|(_, texts)| texts.get(at));
                    text.cloned().unwrap_or_default()
                };
                schema.fields.iter().map(|field| cell(&field.id)).collect()
            })
            .collect();
        form
    }

    fn numbered<'f>(
        &self,
        id: &'f str,
        letter: &str,
        name: &'f str,
        names: Vec<String>,
    ) -> Vec<(&'f str, Vec<String>)> {
        let ids = (1..=names.len()).map(|at| format!("{letter}{at:03}"));
        vec![(id, ids.collect()), (name, names)]
    }

    /// The columns that controls need and no sheet of the ledger has, for each record.
    fn columns(&self, ledger: LedgerId, schema: &LedgerSchema, table: &Table) -> Option<Form> {
        let of = |field: FieldId| &table.columns[usize::from(field.0)].states;
        let lacks = |field: FieldId| of(field).iter().all(|s| *s == CellState::NoColumn);
        let fields = (0..schema.fields.len() as u16).map(FieldId);
        let lacking: Vec<FieldId> = fields
            .filter(|&field| self.needed.contains(&(ledger, field)) && lacks(field))
            .collect();
        let whole = |field: FieldId| of(field).iter().all(|s| *s == CellState::Value);
        let &[key] = schema.primary_key.as_slice() else {
            return None;
        };
        if lacking.is_empty() || table.is_empty() || !whole(key) {
            return None;
        }
        let names = ["name", "title", "department"];
        let names = names.iter().filter_map(|id| schema.field_by_id(id));
        let own: Vec<FieldId> = std::iter::once(key)
            .chain(names.filter(|&name| name != key && !lacks(name)))
            .collect();
        let mut form = blank::of_ledger(self.schemas, schema);
        form.title = format!("{}（补列）", schema.label);
        let all = own.iter().chain(&lacking);
        form.columns = all
            .map(|field| {
                let mut column = form.columns[usize::from(field.0)].clone();
                if own.contains(field) {
                    column.kind = Kind::Given;
                }
                column
            })
            .collect();
        form.rows = (0..table.len() as u32)
            .map(|row| {
                let known = own.iter().map(|&field| self.written(table, row, field));
                known.chain(lacking.iter().map(|_| String::new())).collect()
            })
            .collect();
        Some(form)
    }

    /// A cell as the clerk wrote it, or in the program's words where nobody did.
    fn written(&self, table: &Table, row: u32, field: FieldId) -> String {
        match self.dataset.raw(table, row, field) {
            "" => self.dataset.display(self.schemas, table, row, field),
            raw => raw.to_owned(),
        }
    }

    /// Departments that any ledger names.
    fn departments(&self) -> Vec<String> {
        self.distinct(|ty| ty == FieldType::Department)
    }

    /// Those of the roster; without one the persons that any ledger names.
    fn persons(&self) -> Vec<String> {
        let roster = self.schemas.ledger_by_id("personnel");
        let name = |ledger: LedgerId| self.schemas.ledger(ledger).field_by_id("name");
        let listed = roster.and_then(|ledger| {
            let table = self.dataset.table(ledger)?;
            let name = name(ledger)?;
            let rows = 0..table.len() as u32;
            Some(rows.map(|row| self.written(table, row, name)).collect())
        });
        listed.unwrap_or_else(|| self.distinct(|ty| ty == FieldType::Person))
    }

    /// Every text in columns of a kind, each once.
    fn distinct(&self, wanted: impl Fn(FieldType) -> bool) -> Vec<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        for table in self.dataset.tables.iter().flatten() {
            let fields = &self.schemas.ledger(table.ledger).fields;
            for (column, _) in table
                .columns
                .iter()
                .zip(fields)
                .filter(|(_, f)| wanted(f.ty))
            {
                let cells = column.words.iter().zip(&column.states);
                let filled = cells.filter(|(_, state)| **state == CellState::Value);
                let texts = filled.map(|(word, _)| self.dataset.strings.resolve(Sym(*word as u32)));
                found.extend(texts.map(str::to_owned));
            }
        }
        found.into_iter().collect()
    }
}
