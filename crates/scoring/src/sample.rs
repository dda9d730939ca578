//! A sample to look at on site: papers, computers, media, people. Seeded and reproducible: the same unit, year
//! and records give the same sample, whatever the order of the rows.

use crate::levels::{Level, Line, Sheet, questions};
use zicha_model::dataset::{CellState, Dataset, Table};
use zicha_model::digest::Hasher;
use zicha_model::schema::{FieldId, LedgerSchema, Schemas};

/// Up to so many, all are looked at.
const ALL: usize = 10;
/// Never more than so many.
const MOST: usize = 50;
/// Questions put to each person of the sample.
const ORAL: usize = 3;

/// What is sampled: id of the line, ledger, what is asked of each.
const KINDS: [(&str, &str, &str); 3] = [
    (
        "SMP-001",
        "documents_received",
        "文件是否在登记的地方，份数、密级与登记一致？",
    ),
    (
        "SMP-002",
        "computers",
        "设备是否在登记的地方，编号、密级标识、使用人与登记一致？",
    ),
    (
        "SMP-003",
        "media",
        "介质是否在保管人手中，编号、密级标识与登记一致？",
    ),
];
/// Questions put to people.
const PEOPLE: &str = "SMP-004";

/// How many of a number of records are looked at: all up to ten, else the square root rounded up, at least
/// ten and at most fifty.
pub fn size(records: usize) -> usize {
    if records <= ALL {
        return records;
    }
    let root = records.isqrt();
    let root = if root * root < records {
        root + 1
    } else {
        root
    };
    root.clamp(ALL, MOST)
}

/// The plan as a sheet of lines to answer; empty without any of the ledgers.
pub fn plan(schemas: &Schemas, dataset: &Dataset, seed: &str) -> Sheet {
    let mut lines = Vec::new();
    for (id, ledger, question) in KINDS {
        for (object, known) in drawn(schemas, dataset, ledger, seed) {
            lines.push(Line {
                id: id.to_owned(),
                field: object,
                question: question.to_owned(),
                known,
            });
        }
    }
    let oral = questions(Level::Person);
    for (person, known) in drawn(schemas, dataset, "personnel", seed) {
        let mut asked: Vec<_> = oral
            .iter()
            .map(|q| (digest(&[seed, &person, &q.id]), q))
            .collect();
        asked.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, question) in asked.into_iter().take(ORAL) {
            lines.push(Line {
                id: PEOPLE.to_owned(),
                field: person.clone(),
                question: format!("提问：{}（对照 {}）", question.question, question.id),
                known: known.clone(),
            });
        }
    }
    Sheet {
        level: Level::Person,
        who: String::new(),
        department: String::new(),
        lines,
    }
}

/// The records drawn of a ledger: key, and the record in a few words.
fn drawn(schemas: &Schemas, dataset: &Dataset, ledger: &str, seed: &str) -> Vec<(String, String)> {
    let Some(id) = schemas.ledger_by_id(ledger) else {
        return Vec::new();
    };
    let (schema, Some(table)) = (schemas.ledger(id), dataset.table(id)) else {
        return Vec::new();
    };
    let rows = 0..table.len() as u32;
    let mut records: Vec<_> = rows
        .filter_map(|row| {
            let key = key(schemas, dataset, schema, table, row)?;
            Some((digest(&[seed, ledger, &key]), key, row))
        })
        .collect();
    records.sort();
    records.dedup_by(|a, b| a.1 == b.1);
    let count = size(records.len());
    let drawn = records.into_iter().take(count);
    let drawn = drawn.map(|(_, key, row)| (key, brief(schemas, dataset, schema, table, row)));
    let mut drawn: Vec<_> = drawn.collect();
    drawn.sort();
    drawn
}

/// The name of a person, else the first key field.
fn key(
    schemas: &Schemas,
    dataset: &Dataset,
    schema: &LedgerSchema,
    table: &Table,
    row: u32,
) -> Option<String> {
    let fields = [
        schema.field_by_id("name"),
        schema.field_by_id("reg_no"),
        Some(FieldId(0)),
    ];
    let mut texts = fields
        .into_iter()
        .flatten()
        .map(|field| dataset.display(schemas, table, row, field));
    texts.find(|text| !text.is_empty())
}

fn brief(
    schemas: &Schemas,
    dataset: &Dataset,
    schema: &LedgerSchema,
    table: &Table,
    row: u32,
) -> String {
    let fields = (0..).zip(&schema.fields).map(|(at, _)| FieldId(at));
    let held = fields.filter(|field| table.cell(row, *field).0 == CellState::Value);
    let texts = held.map(|field| dataset.display(schemas, table, row, field));
    texts.take(5).collect::<Vec<_>>().join(" ")
}

fn digest(parts: &[&str]) -> Vec<u8> {
    let mut hash = Hasher::default();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_follows_the_stated_rule() {
        let sizes = [0, 1, 10, 11, 100, 101, 400, 2500, 1_000_000].map(size);
        assert_eq!(sizes, [0, 1, 10, 10, 10, 11, 20, 50, 50]);
    }
}
