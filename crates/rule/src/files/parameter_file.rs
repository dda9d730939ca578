//! `parameters.yaml` → parameters; and the values that packs and profiles give them instead.

use crate::files::file_keys;
use crate::files::file_messages;
use crate::files::parameter_value::{Written, value};
use crate::files::schema_file;
use crate::types::scope::parameter_named;
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::{
    control::{Choice, Origin, Parameter, ParameterType, ParameterValue, Setter},
    schema::Schemas,
};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Fields, Node, Value, YamlDocument};

/// Reads a pack's definitions, and new values for parameters that exist already.
pub(crate) fn parameters(
    page: &mut YamlDocument,
    pack: &str,
    schemas: &Schemas,
    parameters: &mut BTreeMap<String, Parameter>,
) {
    let Some(tree) = page.tree() else { return };
    for node in page.list(&tree) {
        let Some(fields) = page.fields(
            node,
            "",
            &file_keys::pairs(&[
                "name", "label", "type", "of", "options", "min", "max", "default", "origin",
                "source",
            ]),
        ) else {
            continue;
        };
        let Some(name) = page.required(&fields, "name").map(str::to_owned) else {
            continue;
        };
        let known = parameter_named(parameters, &name).map(|p| p.name.clone());
        let name = known.unwrap_or(name);
        match (parameters.get_mut(&name), fields.get("type")) {
            (Some(parameter), None) => {
                if let Some(value) = given(page, &fields, "default", &parameter.ty, schemas) {
                    set(parameter, value, Setter::Pack(pack.to_owned()));
                }
            }
            (Some(_), Some(node)) => {
                let message = file_messages::taken("参数", &name);
                page.mistake(codes::NAME_TAKEN, message, node.at.clone());
            }
            (None, _) => {
                let parameter = definition(page, &name, &fields, schemas);
                parameters.extend(parameter.map(|p| (name, p)));
            }
        }
    }
}

/// Gives a parameter a value; whoever repeats the value in force does not become its setter.
pub(crate) fn set(parameter: &mut Parameter, value: ParameterValue, by: Setter) {
    if parameter.value != value {
        parameter.value = value;
        parameter.set_by = by;
    }
}

fn definition(
    page: &mut YamlDocument,
    name: &str,
    fields: &Fields<'_>,
    schemas: &Schemas,
) -> Option<Parameter> {
    let ty = parameter_type(page, fields, schemas)?;
    let value = given(page, fields, "default", &ty, schemas)?;
    Some(Parameter {
        name: name.to_owned(),
        label: page.required(fields, "label")?.to_owned(),
        ty,
        value,
        origin: origin(page, fields)?,
        source: page.optional(fields, "source").unwrap_or("").to_owned(),
        set_by: Setter::Default,
    })
}

/// Where a value comes from, as written under `origin`.
pub(crate) fn origin(page: &mut YamlDocument, fields: &Fields<'_>) -> Option<Origin> {
    match page.optional(fields, "origin") {
        // A unit's own parameter rests on the unit's own decision.
        None | Some("assumption") => Some(Origin::Assumption),
        Some("seed") => Some(Origin::Seed),
        Some("law") => Some(Origin::Law),
        Some(other) => {
            let at = fields.get("origin").map_or(0..0, |node| node.at.clone());
            page.mistake(codes::BAD_VALUE, file_messages::bad_origin(other), at);
            None
        }
    }
}

fn parameter_type(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    schemas: &Schemas,
) -> Option<ParameterType> {
    let name = page.required(fields, "type")?;
    let id = |page: &mut YamlDocument| {
        let id = schema_file::enum_of(page, fields, "of", schemas)?;
        Some(schemas.enumeration(id).id.clone())
    };
    Some(match name {
        "integer" => {
            let (min, max) = range(page, fields);
            ParameterType::Integer { min, max }
        }
        "bool" => ParameterType::Bool,
        "enum" => ParameterType::Enum(id(page)?),
        "enum list" => ParameterType::EnumList(id(page)?),
        "choice" => ParameterType::Choice(options(page, fields)),
        "texts" => ParameterType::TextList,
        "time" => ParameterType::Time,
        "map" => {
            let (min, max) = range(page, fields);
            let key = id(page)?;
            ParameterType::Map { key, min, max }
        }
        other => {
            let known = [
                "integer",
                "bool",
                "enum",
                "enum list",
                "choice",
                "texts",
                "map",
                "time",
            ];
            let at = fields.get("type").map_or(0..0, |node| node.at.clone());
            page.mistake(codes::BAD_VALUE, file_messages::unknown_type(other), at)
                .hint =
                suggest::hint(nearest(other, known)).or_else(|| Some(file_keys::allowed(&known)));
            return None;
        }
    })
}

/// The options of a choice: words, or words with their labels.
fn options(page: &mut YamlDocument, fields: &Fields<'_>) -> Vec<Choice> {
    let choice = |id: String, label: String| Choice { id, label };
    if let Some(Node {
        value: Value::Map(entries),
        ..
    }) = fields.get("options")
    {
        let mut word = |node| page.word(node).map(str::to_owned);
        let pairs = entries.iter();
        return pairs
            .filter_map(|(id, label)| Some(choice(word(id)?, word(label)?)))
            .collect();
    }
    let words = page.texts(fields, "options").into_iter();
    words.map(|word| choice(word.clone(), word)).collect()
}

fn range(page: &mut YamlDocument, fields: &Fields<'_>) -> (i64, i64) {
    let mut bound = |key| fields.get(key).and_then(|n| schema_file::integer(page, n));
    (bound("min").unwrap_or(0), bound("max").unwrap_or(1_000_000))
}

/// The value under a key, checked against the parameter's type and range.
pub(crate) fn given(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    key: &str,
    ty: &ParameterType,
    schemas: &Schemas,
) -> Option<ParameterValue> {
    let Some(node) = fields.get(key) else {
        let name = page.optional(fields, "name").unwrap_or("").to_owned();
        let message = file_messages::parameter_without_value(&name);
        page.mistake(codes::MISSING_KEY, message, fields.at.clone());
        return None;
    };
    let written = written(page, node)?;
    match value(ty, &written, schemas) {
        Ok(value) => Some(value),
        Err((message, hint)) => {
            let label = page
                .optional(fields, "label")
                .or_else(|| page.optional(fields, "name"));
            let message = file_messages::about_parameter(label.unwrap_or(""), &message);
            page.mistake(codes::BAD_PARAMETER, message, node.at.clone())
                .hint = hint;
            None
        }
    }
}

fn written(page: &mut YamlDocument, node: &Node) -> Option<Written> {
    let word = |page: &mut YamlDocument, node: &Node| page.word(node).map(str::to_owned);
    Some(match &node.value {
        Value::Null => return None,
        Value::Word(word) => Written::One(word.clone()),
        Value::List(items) => {
            Written::Many(items.iter().filter_map(|node| word(page, node)).collect())
        }
        Value::Map(entries) => Written::Map(
            entries
                .iter()
                .filter_map(|(key, node)| {
                    let number = match node.value {
                        Value::Null => None,
                        _ => Some(word(page, node)?),
                    };
                    Some((word(page, key)?, number))
                })
                .collect(),
        ),
    })
}
