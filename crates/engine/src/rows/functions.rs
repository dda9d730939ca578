//! The functions of the language and arithmetic.

use super::Evaluator;
use crate::order::day_of;
use crate::rows::numeric_bounds::hours_between;
use crate::value::{Items, State, Text, Truth, Value, Why, sort_of};
use std::cmp::Ordering;
use zicha_model::time::{Day, Moment};
use zicha_rule::ir::{Expr, Function, Ty};

impl<'a> Evaluator<'a> {
    /// Calls a function.
    pub(crate) fn call(&mut self, function: Function, arguments: &'a [Expr]) -> Value<'a> {
        let [first, rest @ ..] = arguments else {
            return Value::Unknown(Why::Undefined);
        };
        match function {
            Function::Present => self.present(first).value(),
            Function::Absent => self.present(first).not().value(),
            Function::Max => self.extreme(arguments, Ordering::Greater),
            Function::Min => self.extreme(arguments, Ordering::Less),
            Function::Count => match self.list(first) {
                Ok(items) => Value::number(self.number_of(&items, &first.ty)),
                Err(why) => Value::Unknown(why),
            },
            Function::Distinct => match self.list(first) {
                Ok(items) => self.distinct(&items, &first.ty),
                Err(why) => Value::Unknown(why),
            },
            Function::Coalesce => match self.value(first) {
                Value::Absent(why) => rest.first().map_or(Value::Absent(why), |b| self.value(b)),
                value => value,
            },
            Function::Date
            | Function::Time
            | Function::Year
            | Function::Month
            | Function::EndOfYear
            | Function::Rank
            | Function::Pending
            | Function::DeadlineDays
            | Function::Split
            | Function::AddDays
            | Function::AddMonths
            | Function::AddYears
            | Function::DaysBetween
            | Function::HoursBetween => self.of_values(function, first, rest.first()),
        }
    }

    /// Functions that have no value where an argument has none.
    fn of_values(
        &mut self,
        function: Function,
        first: &'a Expr,
        second: Option<&'a Expr>,
    ) -> Value<'a> {
        let value = self.value(first);
        match (value.why(), second) {
            (Some(_), _) => value,
            (None, None) => self.of_one(function, &value, &first.ty),
            (None, Some(second)) => {
                let second = self.value(second);
                if second.why().is_some() {
                    second
                } else {
                    of_two(function, &value, &second)
                }
            }
        }
    }

    /// Two-valued, unless the column or the ledger is missing or a fact lies in the future. Something
    /// unreadable is there.
    fn present(&mut self, expr: &'a Expr) -> Truth<'a> {
        match self.value(expr) {
            Value::Absent(_) | Value::Unknown(Why::Cell(_, _, _, State::Empty)) => Truth::False,
            Value::Unknown(Why::Cell(_, _, _, State::Unreadable)) => Truth::True,
            Value::Unknown(why) => Truth::Unknown(why),
            Value::List(items) => (!self.context.items_of(&items).is_empty()).into(),
            _ => Truth::True,
        }
    }

    fn of_one(&self, function: Function, value: &Value<'a>, ty: &Ty) -> Value<'a> {
        let result = match function {
            Function::Date => day_of(value).map(Value::Date),
            Function::Time => return time_of(value),
            Function::Year => day_of(value).map(|day| Value::number(Day(day).year())),
            Function::Month => day_of(value).map(|day| {
                let day = Day(day);
                let month = format!("{:04}-{:02}", day.year(), day.month());
                Value::Text(self.context.text(&month))
            }),
            Function::EndOfYear => value
                .whole()
                .and_then(|year| Day::of(i32::try_from(year).ok()?, 12, 31))
                .map(|day| Value::Date(day.0)),
            Function::Rank => match value {
                Value::Enum(index) => self.rank(*index, ty).map(Value::number),
                _ => None,
            },
            Function::Pending => day_of(value).map(|day| {
                if self.context.plan.as_of.0 < day {
                    Value::Unknown(Why::NotDue(day))
                } else {
                    Value::Bool(false)
                }
            }),
            Function::DeadlineDays => match value {
                Value::Text(text) => Some(self.deadline(text)),
                _ => None,
            },
            Function::Split => match value {
                Value::Text(text) => Some(Value::List(self.split(text))),
                _ => None,
            },
            // Of two values, or none of these at all: see `call`.
            Function::AddDays
            | Function::AddMonths
            | Function::AddYears
            | Function::DaysBetween
            | Function::HoursBetween
            | Function::Present
            | Function::Absent
            | Function::Coalesce
            | Function::Max
            | Function::Min
            | Function::Count
            | Function::Distinct => None,
        };
        result.unwrap_or(Value::Unknown(Why::Undefined))
    }

    /// How many items a list has. One person written twice, by name and by number, is one: where a
    /// rule asks for two, a name repeated does not make two.
    fn number_of(&self, items: &Items<'a>, ty: &Ty) -> i64 {
        let items = match ty {
            Ty::List(item) if **item == Ty::Person => self.each_once(items, ty),
            _ => self.context.items_of(items),
        };
        items.len() as i64
    }

    /// The items of a list, each once.
    fn distinct(&self, items: &Items<'a>, ty: &Ty) -> Value<'a> {
        Value::List(Items::Values(self.each_once(items, ty).into()))
    }

    fn each_once(&self, items: &Items<'a>, ty: &Ty) -> Vec<Value<'a>> {
        let sort = sort_of(ty);
        let mut kept: Vec<Value<'a>> = Vec::new();
        for item in self.context.items_of(items) {
            let known = |other: &Value<'a>| matches!(self.same(&item, other, sort), Truth::True);
            if !kept.iter().any(known) {
                kept.push(item);
            }
        }
        kept
    }

    /// The days that the control of an id gives for mending; absent if there is no such control.
    fn deadline(&self, id: &Text) -> Value<'a> {
        let id = self.context.letters(id);
        let controls = &self.context.catalogue.controls;
        let found = controls.iter().find(|c| c.control.id == id);
        found.map_or(Value::Absent(Why::Undefined), |compiled| {
            Value::number(i64::from(compiled.control.deadline_days))
        })
    }

    /// The greatest or least; absent ones are left out. A list stands for its items.
    fn extreme(&mut self, arguments: &'a [Expr], wanted: Ordering) -> Value<'a> {
        let mut best: Option<Value<'a>> = None;
        let mut absent = Why::Undefined;
        for argument in arguments {
            let (values, ty) = match (self.value(argument), &argument.ty) {
                (Value::List(items), Ty::List(item)) => (self.context.items_of(&items), &**item),
                (value, ty) => (vec![value], ty),
            };
            for value in values {
                match value {
                    Value::Unknown(why) => return Value::Unknown(why),
                    Value::Absent(why) => absent = why,
                    value => {
                        if self.beats(&value, best.as_ref(), ty, wanted) {
                            best = Some(value);
                        }
                    }
                }
            }
        }
        best.unwrap_or(Value::Absent(absent))
    }

    /// True if the value goes beyond the best so far.
    pub(crate) fn beats(
        &self,
        value: &Value<'a>,
        best: Option<&Value<'a>>,
        ty: &Ty,
        wanted: Ordering,
    ) -> bool {
        best.is_none_or(|best| self.order(value, best, ty) == Some(wanted))
    }

    /// `a + b`, `a - b`: numbers, or a date and days.
    pub(crate) fn arithmetic(&mut self, a: &'a Expr, b: &'a Expr, sign: i64) -> Value<'a> {
        let (a, b) = (self.value(a), self.value(b));
        match (&a, &b) {
            (Value::Absent(_) | Value::Unknown(_), _) => a,
            (_, Value::Absent(_) | Value::Unknown(_)) => b,
            (Value::Number(x), Value::Number(y)) => {
                Value::Number(x.saturating_add(y.saturating_mul(sign)))
            }
            (Value::Date(_) | Value::Moment(_), Value::Number(n)) => {
                shifted(&a, (n / 1000).saturating_mul(sign), Day::add_days)
            }
            (Value::Number(n), Value::Date(_) | Value::Moment(_)) if sign > 0 => {
                shifted(&b, n / 1000, Day::add_days)
            }
            (Value::Date(x), Value::Date(y)) if sign < 0 => {
                Value::number(i64::from(*x) - i64::from(*y))
            }
            _ => Value::Unknown(Why::Undefined),
        }
    }
}

fn of_two<'a>(function: Function, a: &Value<'a>, b: &Value<'a>) -> Value<'a> {
    let number = || b.whole();
    let result = match function {
        Function::AddDays => number().map(|n| shifted(a, n, Day::add_days)),
        Function::AddMonths => number().map(|n| shifted(a, n, Day::add_months)),
        Function::AddYears => number().map(|n| shifted(a, n.saturating_mul(12), Day::add_months)),
        Function::DaysBetween => {
            let days = |a, b| i64::from(b) - i64::from(a);
            day_of(a)
                .zip(day_of(b))
                .map(|(a, b)| Value::number(days(a, b)))
        }
        Function::HoursBetween => match hours_between(a, b) {
            Ok(span) => Some(span.why.map_or(Value::Number(span.least), Value::Unknown)),
            Err(why) => Some(Value::Unknown(why)),
        },
        // Of one value, or none of these at all: see `Evaluator::call`.
        Function::Date
        | Function::Time
        | Function::Year
        | Function::Month
        | Function::EndOfYear
        | Function::Rank
        | Function::Pending
        | Function::DeadlineDays
        | Function::Split
        | Function::Present
        | Function::Absent
        | Function::Coalesce
        | Function::Max
        | Function::Min
        | Function::Count
        | Function::Distinct => None,
    };
    result.unwrap_or(Value::Unknown(Why::Undefined))
}

/// A day or moment moved; a moment keeps its time of day.
fn shifted<'a>(value: &Value<'a>, n: i64, by: fn(Day, i32) -> Day) -> Value<'a> {
    let n = n.clamp(-4_000_000, 4_000_000) as i32;
    match value {
        Value::Date(day) => Value::Date(by(Day(*day), n).0),
        Value::Moment(word) => {
            let (from, to) = (Moment(*word).day(), by(Moment(*word).day(), n));
            let days = i64::from(to.0) - i64::from(from.0);
            let moved = i64::from(*word) + days * 2880;
            i32::try_from(moved).map_or(Value::Unknown(Why::Undefined), Value::Moment)
        }
        _ => Value::Unknown(Why::Undefined),
    }
}

fn time_of<'a>(value: &Value<'a>) -> Value<'a> {
    match value {
        Value::Moment(word) if !Moment(*word).is_day_only() => {
            Value::Time(Moment(*word).minute_of_day())
        }
        Value::Time(minutes) => Value::Time(*minutes),
        _ => Value::Unknown(Why::NoTime),
    }
}
