//! Comparing values: equality, order, membership.

use super::Evaluator;
use super::number_range;
use crate::order::{holds, in_time};
use crate::value::{Items, Sort, Text, Truth, Value, Why, common, item_type, sort_of};
use std::cmp::Ordering;
use zicha_rule::ir::{Comparison, Expr, ExprKind, Ty};

impl<'a> Evaluator<'a> {
    /// Compares two values; empty or unreadable ones cannot be compared.
    pub(crate) fn compare(
        &self,
        comparison: Comparison,
        (a, a_type): (&Value<'a>, &Ty),
        (b, b_type): (&Value<'a>, &Ty),
    ) -> Truth<'a> {
        if let Some(why) = a.why().or_else(|| b.why()) {
            return Truth::Unknown(why);
        }
        let sort = common(sort_of(a_type), sort_of(b_type));
        match comparison {
            Comparison::Equal => self.same(a, b, sort),
            Comparison::NotEqual => self.same(a, b, sort).not(),
            _ => match self.order(a, b, a_type) {
                Some(order) => holds(comparison, order).into(),
                None => Truth::Unknown(Why::Undefined),
            },
        }
    }

    /// True if two values are the same in the sort in which they meet. A list beside a single
    /// value is equal if it has it.
    pub(crate) fn same(&self, a: &Value<'a>, b: &Value<'a>, sort: Sort) -> Truth<'a> {
        if let Some(why) = a.why().or_else(|| b.why()) {
            return Truth::Unknown(why);
        }
        match (a, b) {
            (Value::List(x), Value::List(y)) => {
                let there = self.within(x, y, sort);
                if there == Truth::True {
                    self.within(y, x, sort)
                } else {
                    there
                }
            }
            (Value::List(list), x) | (x, Value::List(list)) => self.has(list, x, sort),
            (Value::Text(x), Value::Text(y)) => self.same_text(x, y, sort).into(),
            (Value::Date(_) | Value::Moment(_), Value::Date(_) | Value::Moment(_)) => {
                (in_time(a, b) == Some(Ordering::Equal)).into()
            }
            (Value::Bool(x), Value::Bool(y)) => (x == y).into(),
            (Value::Number(x), Value::Number(y)) => (x == y).into(),
            (Value::Time(x), Value::Time(y)) | (Value::Enum(x), Value::Enum(y)) => (x == y).into(),
            _ => Truth::Unknown(Why::Undefined),
        }
    }

    /// A name borne by several persons equals nothing.
    fn same_text(&self, a: &Text, b: &Text, sort: Sort) -> bool {
        match (a, b) {
            (Text::Known(a), Text::Known(b)) => {
                let a = self.context.canonical(*a, sort);
                a.is_some() && a == self.context.canonical(*b, sort)
            }
            (a, b) => a == b,
        }
    }

    /// Which is greater; enumerations by rank.
    pub(crate) fn order(&self, a: &Value<'a>, b: &Value<'a>, ty: &Ty) -> Option<Ordering> {
        match (a, b) {
            (Value::Number(x), Value::Number(y)) => Some(x.cmp(y)),
            (Value::Time(x), Value::Time(y)) => Some(x.cmp(y)),
            (Value::Bool(x), Value::Bool(y)) => Some(x.cmp(y)),
            (Value::Enum(x), Value::Enum(y)) => {
                let (x, y) = (self.rank(*x, ty)?, self.rank(*y, ty)?);
                Some(x.cmp(&y))
            }
            (Value::Text(x), Value::Text(y)) => {
                Some(self.context.letters(x).cmp(self.context.letters(y)))
            }
            _ => in_time(a, b),
        }
    }

    /// The rank of an enumeration's value.
    pub(crate) fn rank(&self, index: i32, ty: &Ty) -> Option<i32> {
        let Ty::Enum(e) = ty else { return None };
        let values = &self.context.schemas().enumeration(*e).values;
        values.get(index as usize)?.rank
    }

    /// `list contains x`.
    pub(crate) fn has(&self, list: &Items<'a>, x: &Value<'a>, sort: Sort) -> Truth<'a> {
        let mut result = Truth::False;
        let mut meet = |item: &Value<'a>| match self.same_item(item, x, sort) {
            Truth::True => true,
            Truth::Unknown(why) => {
                result = Truth::Unknown(why);
                false
            }
            Truth::False => false,
        };
        let found = match list {
            Items::Words(words, ty) => {
                let item = item_type(*ty);
                words
                    .iter()
                    .any(|&word| meet(&self.context.typed(item, word)))
            }
            Items::Values(values) => values.iter().any(meet),
        };
        if found { Truth::True } else { result }
    }

    /// An item of a list beside a value. A name that several persons bear may be any of them.
    fn same_item(&self, item: &Value<'a>, x: &Value<'a>, sort: Sort) -> Truth<'a> {
        let (Value::Text(Text::Known(name)), Value::Text(Text::Known(x))) = (item, x) else {
            return self.same(item, x, sort);
        };
        let person = self.context.canonical(*x, sort).unwrap_or(*x);
        let bearers = self.context.bearers(*name);
        if sort == Sort::Person && (bearers.contains(&person) || *x == *name) && !bearers.is_empty()
        {
            return Truth::Unknown(Why::Namesakes(*name));
        }
        self.same(item, &Value::Text(Text::Known(*x)), sort)
    }

    /// Every item of the first list is in the second.
    fn within(&self, part: &Items<'a>, whole: &Items<'a>, sort: Sort) -> Truth<'a> {
        let mut result = Truth::True;
        for item in self.context.items_of(part) {
            match self.has(whole, &item, sort) {
                Truth::False => return Truth::False,
                Truth::Unknown(why) => result = Truth::Unknown(why),
                Truth::True => {}
            }
        }
        result
    }

    /// `x in list`. A list on the left means: any of them.
    pub(crate) fn is_in(&mut self, x: &'a Expr, list: &'a Expr) -> Truth<'a> {
        if let ExprKind::Values(value, query) = &list.kind
            && let ExprKind::Field(slot, _, field) = value.kind
            && slot == query.slot
        {
            return self.exists(query, Some((field, x)));
        }
        let value = self.value(x);
        self.member(&value, &x.ty, list)
    }

    /// `list contains x`.
    pub(crate) fn contains(&mut self, list: &'a Expr, x: &'a Expr) -> Truth<'a> {
        let value = self.value(x);
        self.member(&value, &x.ty, list)
    }

    fn member(&mut self, x: &Value<'a>, ty: &Ty, list: &'a Expr) -> Truth<'a> {
        let items = match self.list(list) {
            Ok(items) => items,
            Err(why) => return Truth::Unknown(why),
        };
        let sort = common(sort_of(ty), sort_of(&list.ty));
        match x {
            Value::Absent(why) | Value::Unknown(why) => Truth::Unknown(*why),
            Value::List(several) => {
                let several = self.context.items_of(several);
                let mut any = Truth::False;
                for one in &several {
                    match self.has(&items, one, sort) {
                        Truth::True => return Truth::True,
                        Truth::Unknown(why) => any = Truth::Unknown(why),
                        Truth::False => {}
                    }
                }
                any
            }
            one => self.has(&items, one, sort),
        }
    }

    /// A list; an absent one is empty.
    pub(crate) fn list(&mut self, expr: &'a Expr) -> Result<Items<'a>, Why<'a>> {
        match self.value(expr) {
            Value::List(items) => Ok(items),
            Value::Absent(Why::Unset(name)) => Err(Why::Unset(name)),
            Value::Absent(_) => Ok(Items::Values(Vec::new().into())),
            Value::Unknown(why) => Err(why),
            Value::Text(text) => Ok(self.split(&text)),
            one => Ok(Items::Values(vec![one].into())),
        }
    }

    /// The parts of a text that stands for a list; a range of numbers is each of them.
    pub(crate) fn split(&self, text: &Text) -> Items<'a> {
        let is_mark = |c: char| c.is_whitespace() || "、,，;；/".contains(c);
        let parts = self
            .context
            .letters(text)
            .split(is_mark)
            .filter(|part| !part.is_empty());
        let each = parts.flat_map(number_range::numbers);
        Items::Values(
            each.map(|part| Value::Text(self.context.text(&part)))
                .collect(),
        )
    }

    /// `text matches text`, spaces and case aside; of a list any item.
    pub(crate) fn matches(&mut self, a: &'a Expr, b: &'a Expr) -> Truth<'a> {
        let (whole, part) = (self.value(a), self.value(b));
        let why = whole.why().or_else(|| part.why());
        let Value::Text(whole) = &whole else {
            return Truth::Unknown(why.unwrap_or(Why::Undefined));
        };
        let whole = plain(self.context.letters(whole));
        let has = |part: &Value<'a>| match part {
            Value::Text(part) => whole.contains(&plain(self.context.letters(part))),
            _ => false,
        };
        match &part {
            Value::Text(_) => has(&part).into(),
            Value::List(items) => self.context.items_of(items).iter().any(has).into(),
            _ => Truth::Unknown(why.unwrap_or(Why::Undefined)),
        }
    }

    /// `list subset list`.
    pub(crate) fn subset(&mut self, a: &'a Expr, b: &'a Expr) -> Truth<'a> {
        let sort = common(sort_of(&a.ty), sort_of(&b.ty));
        match (self.list(a), self.list(b)) {
            (Ok(part), Ok(whole)) => self.within(&part, &whole, sort),
            (Err(why), _) | (_, Err(why)) => Truth::Unknown(why),
        }
    }

    /// `list intersects list`.
    pub(crate) fn intersects(&mut self, a: &'a Expr, b: &'a Expr) -> Truth<'a> {
        match self.list(a) {
            Ok(items) => self.member(&Value::List(items), &a.ty, b),
            Err(why) => Truth::Unknown(why),
        }
    }
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}
