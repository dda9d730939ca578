//! `parameters.yaml` → parameters; and the values that packs and profiles give them instead.

use super::{
    page::{Fields, Node, Page, Value},
    schema_file,
    scope::{parameter_named, value_named, value_near},
    suggest::{self, nearest},
    words,
};
use crate::model::{
    control::{Choice, Origin, Parameter, ParameterType, ParameterValue, Setter},
    schema::Schemas,
};
use std::collections::BTreeMap;

/// A value as written, before it is checked against the parameter's type.
#[derive(Clone, Debug)]
pub(super) enum Written {
    /// One word, number or truth value.
    One(String),
    /// A list.
    Many(Vec<String>),
    /// A mapping; `None` stands for "not set".
    Map(Vec<(String, Option<String>)>),
}

/// What is wrong with a value: the message and, perhaps, advice.
pub(super) type Refused = (String, Option<String>);

/// Reads a pack's definitions, and new values for parameters that exist already.
pub(super) fn parameters(
    page: &mut Page,
    pack: &str,
    schemas: &Schemas,
    parameters: &mut BTreeMap<String, Parameter>,
) {
    let Some(tree) = page.tree() else { return };
    for node in page.list(&tree) {
        let Some(fields) = page.fields(
            node,
            &[
                "name", "label", "type", "of", "options", "min", "max", "default", "origin",
                "source",
            ],
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
                let message = words::taken("参数", &name);
                page.mistake("name-taken", message, node.at.clone());
            }
            (None, _) => {
                let parameter = definition(page, &name, &fields, schemas);
                parameters.extend(parameter.map(|p| (name, p)));
            }
        }
    }
}

/// Gives a parameter a value; whoever repeats the value in force does not become its setter.
pub(super) fn set(parameter: &mut Parameter, value: ParameterValue, by: Setter) {
    if parameter.value != value {
        parameter.value = value;
        parameter.set_by = by;
    }
}

fn definition(
    page: &mut Page,
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
pub(super) fn origin(page: &mut Page, fields: &Fields<'_>) -> Option<Origin> {
    match page.optional(fields, "origin") {
        // A unit's own parameter rests on the unit's own decision.
        None | Some("assumption") => Some(Origin::Assumption),
        Some("seed") => Some(Origin::Seed),
        Some("law") => Some(Origin::Law),
        Some(other) => {
            let at = fields.get("origin").map_or(0..0, |node| node.at.clone());
            page.mistake("bad-value", words::bad_origin(other), at);
            None
        }
    }
}

fn parameter_type(
    page: &mut Page,
    fields: &Fields<'_>,
    schemas: &Schemas,
) -> Option<ParameterType> {
    let name = page.required(fields, "type")?;
    let id = |page: &mut Page| {
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
            page.mistake("bad-value", words::unknown_type(other), at)
                .hint =
                suggest::hint(nearest(other, known)).or_else(|| Some(words::allowed(&known)));
            return None;
        }
    })
}

/// The options of a choice: words, or words with their labels.
fn options(page: &mut Page, fields: &Fields<'_>) -> Vec<Choice> {
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

fn range(page: &mut Page, fields: &Fields<'_>) -> (i64, i64) {
    let mut bound = |key| fields.get(key).and_then(|n| schema_file::integer(page, n));
    (bound("min").unwrap_or(0), bound("max").unwrap_or(1_000_000))
}

/// The value under a key, checked against the parameter's type and range.
pub(super) fn given(
    page: &mut Page,
    fields: &Fields<'_>,
    key: &str,
    ty: &ParameterType,
    schemas: &Schemas,
) -> Option<ParameterValue> {
    let Some(node) = fields.get(key) else {
        let name = page.optional(fields, "name").unwrap_or("").to_owned();
        let message = words::parameter_without_value(&name);
        page.mistake("missing-key", message, fields.at.clone());
        return None;
    };
    let written = written(page, node)?;
    match value(ty, &written, schemas) {
        Ok(value) => Some(value),
        Err((message, hint)) => {
            let label = page
                .optional(fields, "label")
                .or_else(|| page.optional(fields, "name"));
            let message = words::about_parameter(label.unwrap_or(""), &message);
            page.mistake("bad-parameter", message, node.at.clone()).hint = hint;
            None
        }
    }
}

fn written(page: &mut Page, node: &Node) -> Option<Written> {
    let word = |page: &mut Page, node: &Node| page.word(node).map(str::to_owned);
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

/// Checks a value against a parameter's type and range.
pub(super) fn value(
    ty: &ParameterType,
    written: &Written,
    schemas: &Schemas,
) -> Result<ParameterValue, Refused> {
    match ty {
        ParameterType::Integer { min, max } => {
            integer(one(written)?, *min, *max).map(ParameterValue::Integer)
        }
        ParameterType::Bool => truth(one(written)?).map(ParameterValue::Bool),
        ParameterType::Time => time(one(written)?).map(ParameterValue::Time),
        ParameterType::Enum(id) => enum_word(id, one(written)?, schemas).map(ParameterValue::Word),
        ParameterType::EnumList(id) => many(written)?
            .iter()
            .map(|word| enum_word(id, word, schemas))
            .collect::<Result<_, _>>()
            .map(ParameterValue::Words),
        ParameterType::Choice(options) => option(one(written)?, options).map(ParameterValue::Word),
        ParameterType::TextList => Ok(ParameterValue::Words(many(written)?.to_vec())),
        ParameterType::Map { key, min, max } => {
            map(written, key, *min, *max, schemas).map(ParameterValue::Map)
        }
    }
}

fn one(written: &Written) -> Result<&str, Refused> {
    match written {
        Written::One(word) => Ok(word),
        _ => Err((words::want_one_value(), None)),
    }
}

/// A list; a single word counts as a list of one.
fn many(written: &Written) -> Result<&[String], Refused> {
    match written {
        Written::One(word) => Ok(std::slice::from_ref(word)),
        Written::Many(words) => Ok(words),
        Written::Map(_) => Err((words::want_values(), None)),
    }
}

fn integer(text: &str, min: i64, max: i64) -> Result<i64, Refused> {
    let Ok(number) = text.trim().parse() else {
        return Err((words::bad_integer(text), None));
    };
    if !(min..=max).contains(&number) {
        return Err((words::out_of_range(number, min, max), None));
    }
    Ok(number)
}

fn truth(text: &str) -> Result<bool, Refused> {
    match text {
        "true" | "是" => Ok(true),
        "false" | "否" => Ok(false),
        _ => Err((words::bad_truth(text), None)),
    }
}

fn time(text: &str) -> Result<i32, Refused> {
    let parts = text.split_once(':');
    let minutes = parts.and_then(|(hour, minute)| {
        let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
        let valid = (0..24).contains(&hour) && (0..60).contains(&minute);
        valid.then_some(hour * 60 + minute)
    });
    minutes.ok_or_else(|| (words::bad_time(text), None))
}

/// The option that a word names by its id or label.
pub(super) fn option_named<'o>(options: &'o [Choice], text: &str) -> Option<&'o Choice> {
    let is_named = |option: &&Choice| option.id == text || option.label == text;
    options.iter().find(is_named)
}

/// The option that a mistaken word comes near to.
pub(super) fn option_near(options: &[Choice], text: &str) -> Option<String> {
    let names = options.iter().flat_map(|o| [&*o.id, &*o.label]);
    suggest::hint(nearest(text, names))
}

fn option(text: &str, options: &[Choice]) -> Result<String, Refused> {
    match option_named(options, text) {
        Some(option) => Ok(option.id.clone()),
        None => Err((words::bad_option(text, options), option_near(options, text))),
    }
}

/// The id of the value that a word names.
fn enum_word(id: &str, text: &str, schemas: &Schemas) -> Result<String, Refused> {
    let Some(id) = schemas.enum_by_id(id) else {
        return Err((words::unknown_enum(id), None));
    };
    let schema = schemas.enumeration(id);
    match value_named(schemas, id, text) {
        Some(index) => Ok(schema.values[index as usize].id.clone()),
        None => Err((
            words::unknown_value(&schema.label, text),
            Some(value_near(schema, text)),
        )),
    }
}

/// Values by key; the key `other` stands for the values that are not named.
fn map(
    written: &Written,
    key: &str,
    min: i64,
    max: i64,
    schemas: &Schemas,
) -> Result<BTreeMap<String, Option<i64>>, Refused> {
    let Written::Map(entries) = written else {
        return Err((words::want_map_value(), None));
    };
    let mut map = BTreeMap::new();
    for (name, number) in entries {
        let name = match name.as_str() {
            "other" | "其他" => "other".to_owned(),
            name => enum_word(key, name, schemas)?,
        };
        let number = match number.as_deref() {
            None | Some("" | "~" | "null") => None,
            Some(text) => Some(integer(text, min, max)?),
        };
        map.insert(name, number);
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_named_by_its_word_or_its_label() {
        let choice = |id: &str, label: &str| Choice {
            id: id.to_owned(),
            label: label.to_owned(),
        };
        let options = [choice("prohibit", "禁止"), choice("approval", "经批准可以")];
        let named = |text| option_named(&options, text).map(|option| option.id.as_str());
        assert_eq!(named("禁止"), Some("prohibit"));
        assert_eq!(named("approval"), Some("approval"));
        let told = option("随意", &options).map_err(|(message, _)| message);
        let message = "没有“随意”这个选项，可以写：prohibit（禁止）、approval（经批准可以）";
        assert_eq!(told, Err(message.to_owned()));
    }
}
