//! `enums.yaml` and `ledgers/*.yaml` → [`Schemas`].
//!
//! References to other ledgers and the conditions `open_when` are kept as text with their places
//! until all ledgers are known.

use crate::files::compile;
use crate::files::file_keys;
use crate::files::file_messages;
use crate::ir::{Expr, Slot};
use crate::types::resolve::Record;
use crate::types::scope::Context;
use crate::types::type_messages;
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::{
    control::Parameter,
    schema::{
        DateKind, EnumId, EnumSchema, EnumValue, FieldId, FieldSchema, FieldType, LedgerId,
        LedgerSchema, Schemas,
    },
};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Fields, Node, YamlDocument};

/// What a ledger file leaves to be done once all ledgers are known.
#[derive(Debug)]
pub(crate) struct Pending {
    ledger: LedgerId,
    references: Vec<(FieldId, Node)>,
    open_when: Option<Node>,
}

/// Reads enumerations into the schemas.
pub(crate) fn enums(page: &mut YamlDocument, schemas: &mut Schemas) {
    let Some(tree) = page.tree() else { return };
    let Some(entries) = page.entries(&tree, "") else {
        return;
    };
    for (key, node) in entries {
        let Some(id) = page.word(key).map(str::to_owned) else {
            continue;
        };
        if schemas.enum_by_id(&id).is_some() {
            page.mistake(
                codes::NAME_TAKEN,
                file_messages::taken("枚举", &id),
                key.at.clone(),
            );
        } else if let Some(schema) = enumeration(page, &id, node) {
            schemas.enums.push(schema);
        }
    }
}

fn enumeration(page: &mut YamlDocument, id: &str, node: &Node) -> Option<EnumSchema> {
    let fields = page.fields(node, "", &file_keys::pairs(&["label", "note", "values"]))?;
    let label = page.required(&fields, "label")?.to_owned();
    let Some(values) = fields.get("values") else {
        page.missing(&file_keys::shown("values"), node.at.clone());
        return None;
    };
    let values = page.list(values).iter();
    let values = values.filter_map(|node| value(page, node)).collect();
    Some(EnumSchema {
        id: id.to_owned(),
        label,
        values,
    })
}

fn value(page: &mut YamlDocument, node: &Node) -> Option<EnumValue> {
    let fields = page.fields(
        node,
        "",
        &file_keys::pairs(&["id", "label", "rank", "aliases", "parts"]),
    )?;
    let id = page.required(&fields, "id")?.to_owned();
    let label = page.required(&fields, "label")?.to_owned();
    let rank = fields.get("rank").and_then(|node| integer(page, node));
    Some(EnumValue {
        id,
        label,
        rank: rank.map(|rank| rank as i32),
        aliases: page.texts(&fields, "aliases"),
        parts: page.texts(&fields, "parts"),
    })
}

/// A whole number.
pub(crate) fn integer(page: &mut YamlDocument, node: &Node) -> Option<i64> {
    let text = page.word(node)?;
    let number = text.parse().ok();
    if number.is_none() {
        page.mistake(
            codes::BAD_VALUE,
            file_messages::bad_integer(text),
            node.at.clone(),
        );
    }
    number
}

/// Reads one ledger into the schemas.
pub(crate) fn ledger(page: &mut YamlDocument, schemas: &mut Schemas) -> Option<Pending> {
    let tree = page.tree()?;
    let fields = page.fields(
        &tree,
        "",
        &file_keys::pairs(&[
            "id",
            "label",
            "aliases",
            "tier",
            "purpose",
            "primary_key",
            "event_date",
            "dates",
            "open_when",
            "may_be_empty",
            "fields",
        ]),
    )?;
    let id = page.required(&fields, "id")?.to_owned();
    if schemas.ledger_by_id(&id).is_some() {
        page.mistake(
            codes::NAME_TAKEN,
            file_messages::taken("台账", &id),
            tree.at.clone(),
        );
        return None;
    }
    let mut ledger = LedgerSchema {
        label: page.required(&fields, "label")?.to_owned(),
        aliases: page.texts(&fields, "aliases"),
        core: page.optional(&fields, "tier") != Some("extended"),
        purpose: page.optional(&fields, "purpose").unwrap_or("").to_owned(),
        primary_key: Vec::new(),
        event_date: None,
        open_when: None,
        may_be_empty: page.flag(&fields, "may_be_empty"),
        fields: Vec::new(),
        id,
    };
    let Some(columns) = fields.get("fields") else {
        page.missing(&file_keys::shown("fields"), tree.at.clone());
        return None;
    };
    let mut references = Vec::new();
    for node in page.list(columns) {
        let id = FieldId(ledger.fields.len() as u16);
        if let Some((field, reference)) = field(page, node, schemas) {
            ledger.fields.push(field);
            references.extend(reference.map(|node| (id, node)));
        }
    }
    unambiguous(page, columns, &ledger);
    ledger.primary_key = key(page, &fields, &ledger);
    ledger.event_date = event_date(page, &fields, &ledger);
    if let Some(node) = fields.get("dates") {
        date_kinds(page, node, &mut ledger);
    }
    let open_when = fields.get("open_when").cloned();
    if let Some(node) = &open_when {
        ledger.open_when = page.word(node).map(str::to_owned);
    }
    let id = LedgerId(schemas.ledgers.len() as u16);
    schemas.ledgers.push(ledger);
    Some(Pending {
        ledger: id,
        references,
        open_when,
    })
}

fn field(
    page: &mut YamlDocument,
    node: &Node,
    schemas: &Schemas,
) -> Option<(FieldSchema, Option<Node>)> {
    let fields = page.fields(
        node,
        "",
        &file_keys::pairs(&[
            "id",
            "label",
            "aliases",
            "type",
            "enum",
            "required",
            "ref",
            "description",
        ]),
    )?;
    let id = page.required(&fields, "id")?.to_owned();
    let label = page.required(&fields, "label")?.to_owned();
    let ty = field_type(page, &fields, schemas)?;
    let field = FieldSchema {
        id,
        label,
        aliases: page.texts(&fields, "aliases"),
        ty,
        date_kind: DateKind::default(),
        required: page.flag(&fields, "required"),
        reference: None,
        description: page
            .optional(&fields, "description")
            .unwrap_or("")
            .to_owned(),
    };
    Some((field, fields.get("ref").cloned()))
}

/// The spellings of what a day says.
const DATE_KINDS: &[(&str, DateKind)] = &[
    ("fact", DateKind::Fact),
    ("plan", DateKind::Plan),
    ("term", DateKind::Term),
];

/// What the days of a ledger's columns say: `{returned_on: fact, due_on: term}`. A column of days
/// that is left out holds facts.
fn date_kinds(page: &mut YamlDocument, node: &Node, ledger: &mut LedgerSchema) {
    let words: Vec<_> = DATE_KINDS.iter().map(|(word, _)| *word).collect();
    for (name, kind) in page.entries(node, "").unwrap_or_default() {
        let is_date =
            |field: &FieldSchema| matches!(field.ty, FieldType::Date | FieldType::DateTime);
        let text = name.text().unwrap_or_default().to_owned();
        let label = ledger.label.clone();
        let mut fields = ledger.fields.iter_mut().filter(|field| is_date(field));
        let Some(field) = fields.find(|field| field.id == text || field.label == text) else {
            let message = type_messages::unknown_field(&label, &text);
            page.mistake(codes::UNKNOWN_FIELD, message, name.at.clone());
            continue;
        };
        let word = page.word(kind).unwrap_or_default();
        let known = file_keys::known(word, &words);
        match DATE_KINDS.iter().find(|(word, _)| known == Some(word)) {
            Some((_, known)) => field.date_kind = *known,
            None => {
                let message = file_messages::bad_word("dates", word);
                page.mistake(codes::BAD_VALUE, message, kind.at.clone())
                    .hint = Some(file_keys::allowed(&words));
            }
        }
    }
}

/// The spellings of types; those of enumerations need `enum` beside them.
const TYPES: &[(&str, FieldType)] = &[
    ("text", FieldType::Text),
    ("integer", FieldType::Integer),
    ("decimal", FieldType::Decimal),
    ("bool", FieldType::Bool),
    ("date", FieldType::Date),
    ("datetime", FieldType::DateTime),
    ("person", FieldType::Person),
    ("person list", FieldType::PersonList),
    ("department", FieldType::Department),
];

fn field_type(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    schemas: &Schemas,
) -> Option<FieldType> {
    let name = page.required(fields, "type")?;
    if let Some((_, ty)) = TYPES.iter().find(|(known, _)| *known == name) {
        return Some(*ty);
    }
    match name {
        "enum" => enum_of(page, fields, "enum", schemas).map(FieldType::Enum),
        "enum list" => enum_of(page, fields, "enum", schemas).map(FieldType::EnumList),
        _ => {
            let known = TYPES.iter().map(|(known, _)| *known);
            let near = nearest(name, known.chain(["enum", "enum list"]));
            let at = fields.get("type").map_or(0..0, |node| node.at.clone());
            page.mistake(codes::BAD_VALUE, file_messages::unknown_type(name), at)
                .hint = suggest::hint(near);
            None
        }
    }
}

/// The enumeration named under a key.
pub(crate) fn enum_of(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    key: &str,
    schemas: &Schemas,
) -> Option<EnumId> {
    let name = page.required(fields, key)?;
    let found = schemas.enum_by_id(name);
    if found.is_none() {
        let near = nearest(name, schemas.enums.iter().map(|e| e.id.as_str()));
        let at = fields.get(key).map_or(0..0, |node| node.at.clone());
        page.mistake(codes::UNKNOWN_ENUM, file_messages::unknown_enum(name), at)
            .hint = suggest::hint(near);
    }
    found
}

/// Tells headings that two fields claim: a column could be read as either.
fn unambiguous(page: &mut YamlDocument, at: &Node, ledger: &LedgerSchema) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for field in &ledger.fields {
        let names = [&field.id, &field.label].into_iter().chain(&field.aliases);
        for name in names {
            match owners.get(name.as_str()) {
                Some(owner) if *owner != field.label => {
                    let message = file_messages::ambiguous_heading(name, owner, &field.label);
                    page.mistake(codes::AMBIGUOUS_HEADING, message, at.at.clone());
                }
                _ => {
                    owners.insert(name, &field.label);
                }
            }
        }
    }
}

fn key(page: &mut YamlDocument, fields: &Fields<'_>, ledger: &LedgerSchema) -> Vec<FieldId> {
    let Some(node) = fields.get("primary_key") else {
        page.missing(&file_keys::shown("primary_key"), fields.at.clone());
        return Vec::new();
    };
    let mut key = Vec::new();
    for node in page.list(node) {
        key.extend(own_field(page, node, ledger));
    }
    key
}

fn event_date(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    ledger: &LedgerSchema,
) -> Option<FieldId> {
    let node = fields.get("event_date")?;
    let field = own_field(page, node, ledger)?;
    let schema = &ledger.fields[usize::from(field.0)];
    if matches!(schema.ty, FieldType::Date | FieldType::DateTime) {
        return Some(field);
    }
    let message = file_messages::event_date_no_date(&schema.label);
    page.mistake(codes::BAD_VALUE, message, node.at.clone());
    None
}

fn own_field(page: &mut YamlDocument, node: &Node, ledger: &LedgerSchema) -> Option<FieldId> {
    let name = page.word(node)?;
    let found = ledger.field_by_id(name);
    if found.is_none() {
        let near = nearest(name, ledger.fields.iter().map(|f| f.id.as_str()));
        let message = type_messages::unknown_field(&ledger.label, name);
        page.mistake(codes::UNKNOWN_FIELD, message, node.at.clone())
            .hint = suggest::hint(near);
    }
    found
}

impl Pending {
    /// Resolves references and compiles `open_when`.
    pub(crate) fn settle(
        self,
        page: &mut YamlDocument,
        schemas: &mut Schemas,
    ) -> Option<(LedgerId, Expr)> {
        for (field, node) in &self.references {
            let target = reference(page, node, schemas);
            let ledger = &mut schemas.ledgers[usize::from(self.ledger.0)];
            ledger.fields[usize::from(field.0)].reference = target;
        }
        let node = self.open_when?;
        let text = page.word(&node)?.to_owned();
        let none: BTreeMap<String, Parameter> = BTreeMap::new();
        let context = Context {
            schemas,
            parameters: &none,
        };
        let record = Record {
            ledger: self.ledger,
            slot: Slot(0),
            free: 1,
        };
        let (condition, _) = compile::condition(page, &node, &text, record, context)?;
        Some((self.ledger, condition))
    }
}

fn reference(
    page: &mut YamlDocument,
    node: &Node,
    schemas: &Schemas,
) -> Option<(LedgerId, FieldId)> {
    let text = page.word(node)?;
    let found = text.split_once('.').and_then(|(ledger, field)| {
        let ledger = schemas.ledger_by_id(ledger)?;
        Some((ledger, schemas.ledger(ledger).field_by_id(field)?))
    });
    if found.is_none() {
        page.mistake(
            codes::BAD_REFERENCE,
            file_messages::bad_reference(text),
            node.at.clone(),
        )
        .hint = Some(file_messages::reference_form());
    }
    found
}
