//! What several areas' tests need: the built-in ledgers without the rest of the pack.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

pub(crate) mod poppler;
pub(crate) mod workspace;

pub(crate) use poppler::poppler;
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};
use zicha::model::schema::{
    EnumSchema, EnumValue, FieldId, FieldSchema, FieldType, LedgerId, LedgerSchema, Schemas,
};

#[derive(Deserialize)]
struct RawEnum {
    label: String,
    values: Vec<EnumValue>,
}

#[derive(Deserialize)]
struct RawLedger {
    id: String,
    label: String,
    #[serde(default)]
    aliases: Vec<String>,
    primary_key: Vec<String>,
    event_date: Option<String>,
    #[serde(default)]
    may_be_empty: bool,
    fields: Vec<RawField>,
}

#[derive(Deserialize)]
struct RawField {
    id: String,
    label: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(rename = "type")]
    ty: String,
    #[serde(rename = "enum")]
    of: Option<String>,
    #[serde(default)]
    required: bool,
}

fn file<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("checklists")
        .join(path);
    let text = std::fs::read_to_string(&path).expect("the file is part of the package");
    serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The built-in ledgers and enumerations; ledgers in the order of their ids.
pub(crate) fn schemas() -> Schemas {
    let enums: BTreeMap<String, RawEnum> = file("enums.yaml");
    let mut schemas = Schemas::default();
    for (id, raw) in enums {
        schemas.enums.push(EnumSchema {
            id,
            label: raw.label,
            values: raw.values,
        });
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists/ledgers");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is part of the package")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    for name in names {
        let ledger = ledger(file(&format!("ledgers/{name}")), &schemas);
        schemas.ledgers.push(ledger);
    }
    schemas
}

fn ledger(raw: RawLedger, schemas: &Schemas) -> LedgerSchema {
    let at = |name: &String| {
        let position = raw.fields.iter().position(|f| f.id == *name);
        FieldId(position.expect("a field of the ledger") as u16)
    };
    LedgerSchema {
        primary_key: raw.primary_key.iter().map(at).collect(),
        event_date: raw.event_date.as_ref().map(at),
        id: raw.id,
        label: raw.label,
        aliases: raw.aliases,
        core: true,
        purpose: String::new(),
        open_when: None,
        may_be_empty: raw.may_be_empty,
        fields: raw.fields.into_iter().map(|f| field(f, schemas)).collect(),
    }
}

fn field(raw: RawField, schemas: &Schemas) -> FieldSchema {
    let of = || {
        let id = raw.of.as_deref().expect("an enumeration is named");
        schemas.enum_by_id(id).expect("the enumeration exists")
    };
    let ty = match raw.ty.as_str() {
        "text" => FieldType::Text,
        "integer" => FieldType::Integer,
        "decimal" => FieldType::Decimal,
        "bool" => FieldType::Bool,
        "date" => FieldType::Date,
        "datetime" => FieldType::DateTime,
        "enum" => FieldType::Enum(of()),
        "enum list" => FieldType::EnumList(of()),
        "person" => FieldType::Person,
        "person list" => FieldType::PersonList,
        "department" => FieldType::Department,
        other => panic!("type {other}"),
    };
    FieldSchema {
        id: raw.id,
        label: raw.label,
        aliases: raw.aliases,
        ty,
        required: raw.required,
        reference: None,
        description: String::new(),
    }
}

/// The ledger with this id.
pub(crate) fn ledger_id(schemas: &Schemas, id: &str) -> LedgerId {
    schemas.ledger_by_id(id).expect("a built-in ledger")
}
