//! The value of a parameter as people read it: labels instead of ids.

use zicha_model::{
    control::{Parameter, ParameterType, ParameterValue},
    schema::Schemas,
};

/// The value in force; words and keys of enumerations by their labels.
pub(crate) fn value(parameter: &Parameter, schemas: &Schemas) -> String {
    let word = |word: &String| label(parameter, schemas, word);
    match &parameter.value {
        ParameterValue::Integer(number) => number.to_string(),
        ParameterValue::Bool(true) => "是".to_owned(),
        ParameterValue::Bool(false) => "否".to_owned(),
        ParameterValue::Word(one) => word(one),
        ParameterValue::Words(words) if words.is_empty() => "不限".to_owned(),
        ParameterValue::Words(words) => words.iter().map(word).collect::<Vec<_>>().join("、"),
        ParameterValue::Map(map) => {
            let shown = |n: &Option<i64>| n.map_or_else(|| "不设".to_owned(), |n| n.to_string());
            let pairs = map
                .iter()
                .map(|(key, n)| format!("{} {}", word(key), shown(n)));
            pairs.collect::<Vec<_>>().join("，")
        }
        ParameterValue::Time(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
    }
}

fn label(parameter: &Parameter, schemas: &Schemas, word: &str) -> String {
    let id = match &parameter.ty {
        ParameterType::Enum(id) | ParameterType::EnumList(id) => id,
        ParameterType::Map { .. } if word == "other" => return "其他".to_owned(),
        ParameterType::Map { key, .. } => key,
        _ => return parameter.option_label(word).to_owned(),
    };
    let values = schemas
        .enum_by_id(id)
        .map(|id| &schemas.enumeration(id).values);
    let value = values.and_then(|values| values.iter().find(|v| v.id == word));
    value.map_or_else(|| word.to_owned(), |v| v.label.clone())
}
