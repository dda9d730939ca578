//! Papers referred to by the number that their maker gave them → the number of the register.
//!
//! What enters: the joined tables. What leaves: cells that refer to a paper received hold its number in
//! the register where they named it by its 文号, and one paper only bears that. What was found so is told.

use crate::values::normalise;
use std::collections::{BTreeMap, HashMap, HashSet};
use zicha_model::diag::{Diagnostic, Locus, codes};
use zicha_model::{
    dataset::{CellState, Dataset, Sym, Table},
    schema::{FieldId, FieldType, LedgerId, Schemas},
};

/// The register of papers, its own number and the maker's.
const REGISTER: (&str, &str, &str) = ("documents_received", "reg_no", "doc_no");

/// Resolves all references to papers.
pub(crate) fn link(dataset: &mut Dataset, schemas: &Schemas) -> Option<()> {
    let ledger = schemas.ledger_by_id(REGISTER.0)?;
    let schema = schemas.ledger(ledger);
    let own = schema.field_by_id(REGISTER.1)?;
    let numbers = {
        let table = dataset.table(ledger)?;
        by_maker(dataset, table, own, schema.field_by_id(REGISTER.2)?)
    };
    if numbers.is_empty() {
        return None;
    }
    for other in schemas.ledger_ids() {
        for (at, field) in (0..).zip(&schemas.ledger(other).fields) {
            let refers = field.reference == Some((ledger, own));
            if refers && field.ty == FieldType::Text {
                resolve(dataset, schemas, (other, FieldId(at)), ledger, &numbers);
            }
        }
    }
    Some(())
}

/// `示办发〔2026〕5号` however its brackets are written.
fn key(text: &str) -> String {
    let squeezed = normalise::squeezed(text);
    let squeezed = squeezed.chars().map(|c| match c {
        '〔' | '[' | '【' | '（' | '﹝' => '(',
        '〕' | ']' | '】' | '）' | '﹞' => ')',
        c => c,
    });
    squeezed.collect()
}

/// For the maker's number of a paper its own; of several with the same number none.
fn by_maker(
    dataset: &Dataset,
    table: &Table,
    own: FieldId,
    maker: FieldId,
) -> HashMap<String, i32> {
    let mut numbers: HashMap<String, Option<i32>> = HashMap::new();
    for row in 0..table.len() as u32 {
        let (CellState::Value, number) = table.cell(row, own) else {
            continue;
        };
        let (CellState::Value, word) = table.cell(row, maker) else {
            continue;
        };
        let key = key(dataset.strings.resolve(Sym(word as u32)));
        let known = numbers.entry(key).or_insert(Some(number));
        *known = known.filter(|known| *known == number);
    }
    let numbers = numbers.into_iter();
    numbers
        .filter_map(|(key, number)| Some((key, number?)))
        .collect()
}

fn resolve(
    dataset: &mut Dataset,
    schemas: &Schemas,
    (ledger, field): (LedgerId, FieldId),
    register: LedgerId,
    numbers: &HashMap<String, i32>,
) {
    let own: HashSet<i32> = numbers.values().copied().collect();
    let Some(mut table) = dataset.tables[usize::from(ledger.0)].take() else {
        return;
    };
    let column = &mut table.columns[usize::from(field.0)];
    let mut found: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for row in 0..column.words.len() {
        let word = column.words[row];
        if column.states[row] != CellState::Value || own.contains(&word) {
            continue;
        }
        let text = dataset.strings.resolve(Sym(word as u32));
        if let Some(&number) = numbers.get(&key(text)) {
            column.words[row] = number;
            let part = table.origins[row].part;
            found.entry(part).or_insert((0, row as u32)).0 += 1;
        }
    }
    for (count, first) in found.into_values() {
        let place = dataset.place(&table, first, field);
        let label = &schemas.field(ledger, field).label;
        let register = &schemas.ledger(register).label;
        let message = format!("“{label}”有 {count} 格写的是发文字号，已按“{register}”对应到登记号");
        let cell = format!("{}{}", place.column.unwrap_or_default(), place.row);
        let locus = Locus::cell(&place.file, place.sheet.as_deref(), cell);
        let told = Diagnostic::new(codes::VALUE_INTERPRETED, message, locus);
        dataset.diagnostics.push(told);
    }
    dataset.tables[usize::from(ledger.0)] = Some(table);
}
