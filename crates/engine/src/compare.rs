//! Comparing values: equality, order, membership.

use super::eval::Machine;
use super::value::{Items, Sort, Text, Truth, Value, Why, common, item_type, sort_of};
use std::cmp::Ordering;
use zicha_model::time::Moment;
use zicha_rule::ir::{Comparison, Expr, ExprKind, Ty};

impl<'a> Machine<'a> {
    /// Compares two values; empty or unreadable ones cannot be compared.
    pub(super) fn compare(
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
    pub(super) fn same(&self, a: &Value<'a>, b: &Value<'a>, sort: Sort) -> Truth<'a> {
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
                let a = self.world.canonical(*a, sort);
                a.is_some() && a == self.world.canonical(*b, sort)
            }
            (a, b) => a == b,
        }
    }

    /// Which is greater; enumerations by rank.
    pub(super) fn order(&self, a: &Value<'a>, b: &Value<'a>, ty: &Ty) -> Option<Ordering> {
        match (a, b) {
            (Value::Number(x), Value::Number(y)) => Some(x.cmp(y)),
            (Value::Time(x), Value::Time(y)) => Some(x.cmp(y)),
            (Value::Bool(x), Value::Bool(y)) => Some(x.cmp(y)),
            (Value::Enum(x), Value::Enum(y)) => {
                let (x, y) = (self.rank(*x, ty)?, self.rank(*y, ty)?);
                Some(x.cmp(&y))
            }
            (Value::Text(x), Value::Text(y)) => {
                Some(self.world.letters(x).cmp(self.world.letters(y)))
            }
            _ => in_time(a, b),
        }
    }

    /// The rank of an enumeration's value.
    pub(super) fn rank(&self, index: i32, ty: &Ty) -> Option<i32> {
        let Ty::Enum(e) = ty else { return None };
        let values = &self.world.schemas().enumeration(*e).values;
        values.get(index as usize)?.rank
    }

    /// The items of a list as values.
    pub(super) fn items_of(&self, items: &Items<'a>) -> Vec<Value<'a>> {
        match items {
            Items::Words(words, ty) => {
                let item = item_type(*ty);
                words
                    .iter()
                    .map(|&word| self.world.typed(item, word))
                    .collect()
            }
            Items::Values(values) => values.to_vec(),
        }
    }

    /// `list contains x`.
    pub(super) fn has(&self, list: &Items<'a>, x: &Value<'a>, sort: Sort) -> Truth<'a> {
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
                    .any(|&word| meet(&self.world.typed(item, word)))
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
        let person = self.world.canonical(*x, sort).unwrap_or(*x);
        let bearers = self.world.bearers(*name);
        if sort == Sort::Person && (bearers.contains(&person) || *x == *name) && !bearers.is_empty()
        {
            return Truth::Unknown(Why::Namesakes(*name));
        }
        self.same(item, &Value::Text(Text::Known(*x)), sort)
    }

    /// Every item of the first list is in the second.
    fn within(&self, part: &Items<'a>, whole: &Items<'a>, sort: Sort) -> Truth<'a> {
        let mut result = Truth::True;
        for item in self.items_of(part) {
            match self.has(whole, &item, sort) {
                Truth::False => return Truth::False,
                Truth::Unknown(why) => result = Truth::Unknown(why),
                Truth::True => {}
            }
        }
        result
    }

    /// `x in list`. A list on the left means: any of them.
    pub(super) fn is_in(&mut self, x: &'a Expr, list: &'a Expr) -> Truth<'a> {
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
    pub(super) fn contains(&mut self, list: &'a Expr, x: &'a Expr) -> Truth<'a> {
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
                let several = self.items_of(several);
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
    pub(super) fn list(&mut self, expr: &'a Expr) -> Result<Items<'a>, Why<'a>> {
        match self.value(expr) {
            Value::List(items) => Ok(items),
            Value::Absent(Why::Unset(name)) => Err(Why::Unset(name)),
            Value::Absent(_) => Ok(Items::Values(Vec::new().into())),
            Value::Unknown(why) => Err(why),
            Value::Text(text) => Ok(self.split(&text)),
            one => Ok(Items::Values(vec![one].into())),
        }
    }

    /// The parts of a text that stands for a list.
    pub(super) fn split(&self, text: &Text) -> Items<'a> {
        let is_mark = |c: char| c.is_whitespace() || "、,，;；/".contains(c);
        let parts = self
            .world
            .letters(text)
            .split(is_mark)
            .filter(|part| !part.is_empty());
        Items::Values(
            parts
                .map(|part| Value::Text(self.world.text(part)))
                .collect(),
        )
    }

    /// `text matches text`, spaces and case aside; of a list any item.
    pub(super) fn matches(&mut self, a: &'a Expr, b: &'a Expr) -> Truth<'a> {
        let (whole, part) = (self.value(a), self.value(b));
        let why = whole.why().or_else(|| part.why());
        let Value::Text(whole) = &whole else {
            return Truth::Unknown(why.unwrap_or(Why::Undefined));
        };
        let whole = plain(self.world.letters(whole));
        let has = |part: &Value<'a>| match part {
            Value::Text(part) => whole.contains(&plain(self.world.letters(part))),
            _ => false,
        };
        match &part {
            Value::Text(_) => has(&part).into(),
            Value::List(items) => self.items_of(items).iter().any(has).into(),
            _ => Truth::Unknown(why.unwrap_or(Why::Undefined)),
        }
    }

    /// `list subset list`.
    pub(super) fn subset(&mut self, a: &'a Expr, b: &'a Expr) -> Truth<'a> {
        let sort = common(sort_of(&a.ty), sort_of(&b.ty));
        match (self.list(a), self.list(b)) {
            (Ok(part), Ok(whole)) => self.within(&part, &whole, sort),
            (Err(why), _) | (_, Err(why)) => Truth::Unknown(why),
        }
    }

    /// `list intersects list`.
    pub(super) fn intersects(&mut self, a: &'a Expr, b: &'a Expr) -> Truth<'a> {
        match self.list(a) {
            Ok(items) => self.member(&Value::List(items), &a.ty, b),
            Err(why) => Truth::Unknown(why),
        }
    }
}

/// Order in time: to the minute if both have a time of day, else by day.
pub(super) fn in_time(a: &Value<'_>, b: &Value<'_>) -> Option<Ordering> {
    if let (Value::Moment(x), Value::Moment(y)) = (a, b) {
        return Some(moments_in_time(Moment(*x), Moment(*y)));
    }
    Some(day_of(a)?.cmp(&day_of(b)?))
}

/// The same for two moments.
pub(super) fn moments_in_time(a: Moment, b: Moment) -> Ordering {
    if a.is_day_only() || b.is_day_only() {
        a.day().0.cmp(&b.day().0)
    } else {
        a.minutes().cmp(&b.minutes())
    }
}

/// The least word of a moment on a day.
pub(super) fn first_word(day: i32) -> i32 {
    day.saturating_mul(2880)
}

/// The greatest word of a moment on a day.
pub(super) fn last_word(day: i32) -> i32 {
    first_word(day.saturating_add(1)).saturating_sub(1)
}

/// The day of a date or moment.
pub(super) fn day_of(value: &Value<'_>) -> Option<i32> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Moment(word) => Some(Moment(*word).day().0),
        _ => None,
    }
}

/// True if an order is as a comparison wants it.
pub(super) fn holds(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterEqual => order.is_ge(),
    }
}

/// The opposite comparison.
pub(super) fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterEqual,
        Comparison::LessEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessEqual,
        Comparison::GreaterEqual => Comparison::Less,
    }
}

/// The comparison read from the other side.
pub(super) fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
        same => same,
    }
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}
