//! The examples of a control: records written by id or label, and what must come out.

use crate::files::control_file::tell;
use crate::files::file_keys;
use crate::files::file_messages;
use crate::types::scope;
use crate::types::scope::Context;
use crate::types::type_messages;
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::{control::Example, schema::LedgerId, time::Day};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Fields, Node, Value, YamlDocument};

/// Reads the examples of a control; a mistaken one is told and left out.
pub(crate) fn examples(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    context: Context<'_>,
) -> Vec<Example> {
    let Some(node) = fields.get("examples") else {
        return Vec::new();
    };
    let mut examples = Vec::new();
    for node in page.list(node) {
        examples.extend(example(page, node, context));
    }
    examples
}

fn example(page: &mut YamlDocument, node: &Node, context: Context<'_>) -> Option<Example> {
    let fields = page.fields(
        node,
        "",
        &file_keys::pairs(&["title", "passes", "fails", "also", "as_of"]),
    )?;
    let title = page.required(&fields, "title")?.to_owned();
    let (tables, fails) = match (fields.get("passes"), fields.get("fails")) {
        (Some(tables), None) => (tables, false),
        (None, Some(tables)) => (tables, true),
        _ => {
            page.mistake(
                codes::BAD_VALUE,
                file_messages::passes_or_fails(),
                node.at.clone(),
            );
            return None;
        }
    };
    Some(Example {
        title,
        fails,
        also: page.texts(&fields, "also"),
        records: records(page, tables, context),
        as_of: day(page, &fields),
    })
}

fn day(page: &mut YamlDocument, fields: &Fields<'_>) -> Option<Day> {
    let text = page.optional(fields, "as_of")?;
    let day = Day::parse(text);
    if day.is_none() {
        tell(
            page,
            fields,
            "as_of",
            codes::BAD_VALUE,
            file_messages::bad_day(text),
        );
    }
    day
}

type Records = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// Records by ledger id, cells by field id; both may be written by id or label.
fn records(page: &mut YamlDocument, node: &Node, context: Context<'_>) -> Records {
    let mut records = Records::new();
    let Some(fields) = page.fields(node, "", &file_keys::pairs(&[])) else {
        return records;
    };
    let Value::Map(entries) = &node.value else {
        return records;
    };
    for (key, rows) in entries {
        let Some(name) = page.word(key) else { continue };
        let Some(ledger) = scope::ledger_named(context.schemas, name) else {
            let hint = suggest::hint(nearest(name, scope::ledger_names(context.schemas)));
            let message = type_messages::unknown_ledger(name);
            page.mistake(codes::UNKNOWN_LEDGER, message, key.at.clone())
                .hint = hint;
            continue;
        };
        let rows = page.list(rows).iter();
        let rows = rows.filter_map(|row| record(page, row, ledger, context));
        let id = context.schemas.ledger(ledger).id.clone();
        records
            .entry(id)
            .or_default()
            .extend(rows.collect::<Vec<_>>());
    }
    drop(fields);
    records
}

fn record(
    page: &mut YamlDocument,
    node: &Node,
    ledger: LedgerId,
    context: Context<'_>,
) -> Option<BTreeMap<String, String>> {
    let cells = page.entries(node, "")?;
    let schema = context.schemas.ledger(ledger);
    let mut record = BTreeMap::new();
    for (key, cell) in cells {
        let Some(name) = page.word(key) else { continue };
        let Some(field) = scope::field_named(context.schemas, ledger, name) else {
            let message = type_messages::unknown_field(&schema.label, name);
            page.mistake(codes::UNKNOWN_FIELD, message, key.at.clone())
                .hint = scope::field_near(schema, name);
            continue;
        };
        if let Value::Word(text) = &cell.value {
            let id = schema.fields[usize::from(field.0)].id.clone();
            record.insert(id, text.clone());
        }
    }
    Some(record)
}
