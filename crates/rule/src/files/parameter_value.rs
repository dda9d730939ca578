//! The value of a parameter as written → checked against its type and range.

use crate::files::file_messages;
use crate::types::options::{option_named, option_near};
use crate::types::scope::{value_named, value_near};
use crate::types::type_messages;
use std::collections::BTreeMap;
use zicha_model::{
    control::{Choice, ParameterType, ParameterValue},
    schema::Schemas,
};

/// A value as written, before it is checked against the parameter's type.
#[derive(Clone, Debug)]
pub(crate) enum Written {
    /// One word, number or truth value.
    One(String),
    /// A list.
    Many(Vec<String>),
    /// A mapping; `None` stands for "not set".
    Map(Vec<(String, Option<String>)>),
}

/// What is wrong with a value: the message and, perhaps, advice.
pub(crate) type Refused = (String, Option<String>);

/// Checks a value against a parameter's type and range.
pub(crate) fn value(
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
        _ => Err((file_messages::want_one_value(), None)),
    }
}

/// A list; a single word counts as a list of one.
fn many(written: &Written) -> Result<&[String], Refused> {
    match written {
        Written::One(word) => Ok(std::slice::from_ref(word)),
        Written::Many(words) => Ok(words),
        Written::Map(_) => Err((file_messages::want_values(), None)),
    }
}

fn integer(text: &str, min: i64, max: i64) -> Result<i64, Refused> {
    let Ok(number) = text.trim().parse() else {
        return Err((file_messages::bad_integer(text), None));
    };
    if !(min..=max).contains(&number) {
        return Err((file_messages::out_of_range(number, min, max), None));
    }
    Ok(number)
}

fn truth(text: &str) -> Result<bool, Refused> {
    match text {
        "true" | "是" => Ok(true),
        "false" | "否" => Ok(false),
        _ => Err((file_messages::bad_truth(text), None)),
    }
}

fn time(text: &str) -> Result<i32, Refused> {
    let parts = text.split_once(':');
    let minutes = parts.and_then(|(hour, minute)| {
        let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
        let valid = (0..24).contains(&hour) && (0..60).contains(&minute);
        valid.then_some(hour * 60 + minute)
    });
    minutes.ok_or_else(|| (file_messages::bad_time(text), None))
}

fn option(text: &str, options: &[Choice]) -> Result<String, Refused> {
    match option_named(options, text) {
        Some(option) => Ok(option.id.clone()),
        None => Err((
            file_messages::bad_option(text, options),
            option_near(options, text),
        )),
    }
}

/// The id of the value that a word names.
fn enum_word(id: &str, text: &str, schemas: &Schemas) -> Result<String, Refused> {
    let Some(id) = schemas.enum_by_id(id) else {
        return Err((file_messages::unknown_enum(id), None));
    };
    let schema = schemas.enumeration(id);
    match value_named(schemas, id, text) {
        Some(index) => Ok(schema.values[index as usize].id.clone()),
        None => Err((
            type_messages::unknown_value(&schema.label, text),
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
        return Err((file_messages::want_map_value(), None));
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
