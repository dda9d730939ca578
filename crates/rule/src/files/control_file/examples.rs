//! The examples of a control: records written by id or label, and what must come out.

use crate::files::control_file::tell;
use crate::files::file_keys;
use crate::files::file_messages;
use crate::types::scope;
use crate::types::scope::Context;
use crate::types::type_messages;
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::{control::Example, schema::LedgerId, time::Day, verdict::Verdict};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Fields, Node, Value, YamlDocument};

/// What may come out of an example, by the key under which its records stand.
const OUTCOMES: [(&str, Verdict); 4] = [
    ("passes", Verdict::Pass),
    ("fails", Verdict::Fail),
    ("undecided", Verdict::Unknown),
    ("outside", Verdict::NotApplicable),
];

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
        examples.extend(example(page, node, &examples, context));
    }
    examples
}

fn example(
    page: &mut YamlDocument,
    node: &Node,
    before: &[Example],
    context: Context<'_>,
) -> Option<Example> {
    let fields = page.fields(
        node,
        "",
        &file_keys::pairs(&[
            "title",
            "like",
            "passes",
            "fails",
            "undecided",
            "outside",
            "suggests",
            "also",
            "as_of",
        ]),
    )?;
    let title = page.required(&fields, "title")?.to_owned();
    let stated: Vec<_> = OUTCOMES
        .iter()
        .filter_map(|(key, verdict)| Some((fields.get(key)?, *verdict)))
        .collect();
    let &[(tables, expected)] = stated.as_slice() else {
        page.mistake(
            codes::BAD_VALUE,
            file_messages::one_outcome(),
            node.at.clone(),
        );
        return None;
    };
    let model = match page.optional(&fields, "like") {
        Some(like) => Some(model(page, &fields, like, before)?),
        None => None,
    };
    let records = match model {
        Some(model) => changed(page, tables, model.records.clone(), context),
        None => records(page, tables, context),
    };
    Some(Example {
        title,
        like: model.map(|m| m.title.clone()),
        expected,
        suggests: suggests(page, &fields),
        also: page.texts(&fields, "also"),
        records,
        as_of: day(page, &fields).or(model.and_then(|m| m.as_of)),
    })
}

fn suggests(page: &mut YamlDocument, fields: &Fields<'_>) -> Option<usize> {
    let text = page.optional(fields, "suggests")?;
    let count = text.parse().ok();
    if count.is_none() {
        let message = file_messages::bad_count(text);
        tell(page, fields, "suggests", codes::BAD_VALUE, message);
    }
    count
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

/// The earlier example of the control that this one is like.
fn model<'e>(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    like: &str,
    before: &'e [Example],
) -> Option<&'e Example> {
    let model = before.iter().find(|e| e.title == like);
    if model.is_none() {
        let message = file_messages::no_example_like(like);
        tell(page, fields, "like", codes::BAD_VALUE, message);
    }
    model
}

/// The records of the model with changes: by ledger, then by record. `1` changes cells of the first
/// record (an empty text empties the cell), `+1` adds one like it, `-1` leaves it out.
fn changed(
    page: &mut YamlDocument,
    node: &Node,
    mut records: Records,
    context: Context<'_>,
) -> Records {
    for (key, rows) in page.entries(node, "").unwrap_or_default() {
        let Some((ledger, id)) = ledger(page, key, context) else {
            continue;
        };
        let old = records.remove(&id).unwrap_or_default();
        let mut kept: Vec<_> = old.iter().cloned().map(Some).collect();
        let mut added = Vec::new();
        for (key, cells) in page.entries(rows, "").unwrap_or_default() {
            let Some(word) = page.word(key) else { continue };
            let Some(cells) = record(page, cells, ledger, context) else {
                continue;
            };
            if change(word, cells, &old, &mut kept, &mut added).is_none() {
                page.mistake(
                    codes::BAD_VALUE,
                    file_messages::bad_change(word),
                    key.at.clone(),
                );
            }
        }
        records.insert(id, kept.into_iter().flatten().chain(added).collect());
    }
    records
}

/// One change; `None` if its number names no record of the model.
fn change(
    word: &str,
    cells: Record,
    old: &[Record],
    kept: &mut [Option<Record>],
    added: &mut Vec<Record>,
) -> Option<()> {
    let number = word.trim_start_matches(['+', '-']);
    let at = number.parse::<usize>().ok()?.checked_sub(1)?;
    let mut row = old.get(at)?.clone();
    if word.starts_with('-') {
        kept[at] = None;
        return Some(());
    }
    row.extend(cells);
    row.retain(|_, cell| !cell.is_empty());
    if word.starts_with('+') {
        added.push(row);
    } else {
        kept[at] = Some(row);
    }
    Some(())
}

type Record = BTreeMap<String, String>;
type Records = BTreeMap<String, Vec<Record>>;

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
        let Some((ledger, id)) = ledger(page, key, context) else {
            continue;
        };
        let rows = page.list(rows).iter();
        let rows = rows.filter_map(|row| record(page, row, ledger, context));
        records
            .entry(id)
            .or_default()
            .extend(rows.collect::<Vec<_>>());
    }
    drop(fields);
    records
}

/// The ledger that a key names, with its id; an unknown one is told.
fn ledger(page: &mut YamlDocument, key: &Node, context: Context<'_>) -> Option<(LedgerId, String)> {
    let name = page.word(key)?;
    let Some(ledger) = scope::ledger_named(context.schemas, name) else {
        let hint = suggest::hint(nearest(name, scope::ledger_names(context.schemas)));
        let message = type_messages::unknown_ledger(name);
        page.mistake(codes::UNKNOWN_LEDGER, message, key.at.clone())
            .hint = hint;
        return None;
    };
    Some((ledger, context.schemas.ledger(ledger).id.clone()))
}

fn record(
    page: &mut YamlDocument,
    node: &Node,
    ledger: LedgerId,
    context: Context<'_>,
) -> Option<Record> {
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
