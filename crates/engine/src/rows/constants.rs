//! What no record says: literals, parameters, the inputs of the run.

use super::Evaluator;
use crate::value::{Items, Value, Why};
use zicha_model::{control::ParameterValue, time::Day};
use zicha_rule::ir::{Expr, Input, Literal, Ty};

impl<'a> Evaluator<'a> {
    pub(crate) fn literal(&self, literal: &Literal) -> Value<'a> {
        match literal {
            Literal::Bool(b) => Value::Bool(*b),
            Literal::Integer(n) => Value::number(*n),
            Literal::Decimal(thousandths) => Value::Number(*thousandths),
            Literal::Time(minutes) => Value::Time(*minutes),
            Literal::Date(day) => Value::Date(*day),
            Literal::Text(text) => Value::Text(self.context.text(text)),
            Literal::Enum(_, index) => Value::Enum(*index),
        }
    }

    pub(crate) fn input(&self, input: Input) -> Value<'a> {
        let plan = self.context.plan;
        let festival = plan.festival.as_ref().map(|(_, festival)| festival);
        let day = |day: Option<Day>| {
            day.map_or(Value::Unknown(Why::NoFestival), |day| Value::Date(day.0))
        };
        match input {
            Input::AsOf => Value::Date(plan.as_of.0),
            Input::CheckYear => Value::number(plan.year),
            Input::Festival => self.festival(festival.map_or("none", |f| f.kind.id())),
            Input::FestivalStart => day(festival.map(|f| f.start)),
            Input::FestivalEnd => day(festival.map(|f| f.end)),
        }
    }

    fn festival(&self, id: &str) -> Value<'a> {
        let schemas = self.context.schemas();
        let index = schemas
            .enum_by_id("festival")
            .and_then(|e| schemas.enumeration(e).value_by_id(id));
        index.map_or(Value::Unknown(Why::NoFestival), Value::Enum)
    }

    pub(crate) fn parameter(&self, name: &'a str, ty: &Ty) -> Value<'a> {
        let Some(parameter) = self.context.catalogue.parameters.get(name) else {
            return Value::Unknown(Why::Unset(name));
        };
        match &parameter.value {
            ParameterValue::Integer(n) => Value::number(*n),
            ParameterValue::Bool(b) => Value::Bool(*b),
            ParameterValue::Time(minutes) => Value::Time(*minutes),
            ParameterValue::Word(word) => self.word(word, ty),
            ParameterValue::Words(words) => {
                let item = if let Ty::List(item) = ty { item } else { ty };
                Value::List(Items::Values(
                    words.iter().map(|w| self.word(w, item)).collect(),
                ))
            }
            ParameterValue::Map(_) => Value::Unknown(Why::Undefined),
        }
    }

    /// A parameter's word: a value of an enumeration where its type is one.
    fn word(&self, word: &str, ty: &Ty) -> Value<'a> {
        if let Ty::Enum(e) = ty
            && let Some(index) = self.context.schemas().enumeration(*e).value_by_id(word)
        {
            return Value::Enum(index);
        }
        Value::Text(self.context.text(word))
    }

    pub(crate) fn parameter_at(&mut self, name: &'a str, key: &'a Expr) -> Value<'a> {
        let value = self.value(key);
        if let Some(why) = value.why() {
            return Value::Unknown(why);
        }
        let word = match (&value, &key.ty) {
            (Value::Enum(index), Ty::Enum(e)) => {
                let values = &self.context.schemas().enumeration(*e).values;
                values.get(*index as usize).map_or("", |v| v.id.as_str())
            }
            (Value::Text(text), _) => self.context.letters(text),
            _ => "",
        };
        let parameter = self
            .context
            .catalogue
            .parameters
            .get(name)
            .map(|p| &p.value);
        let Some(ParameterValue::Map(map)) = parameter else {
            return Value::Unknown(Why::Unset(name));
        };
        let found = map.get(word).or_else(|| map.get("other"));
        found
            .and_then(|number| *number)
            .map_or(Value::Absent(Why::Unset(name)), Value::number)
    }
}
