//! Puts conditions that have no conditions inside over columns: comparisons, membership, look-ups.

use crate::columnar::{Column, ColumnExpr, Predicate, all, any, column};
use crate::context::{EvalContext, LedgerState};
use crate::kleene::{FALSE, TRUE, UNKNOWN, plain};
use crate::lowering::each_record::each_record;
use crate::order::{first_word, holds, last_word, mirrored};
use crate::rows::Evaluator;
use crate::rows::row_query::RowQuery;
use crate::value::{Items, Sort, Text, Truth, Value, Why, common, sort_of, sort_of_field};
use zicha_model::{
    dataset::{CellState, Sym},
    schema::FieldType,
    time::Day,
};
use zicha_rule::ir::{Comparison, Expr, ExprKind, Function, Query, Ty};
use zicha_rule::walk::{each_part, is_closed, query_of};

impl<'a> Evaluator<'a> {
    /// A condition as far as it can be decided by columns.
    pub(crate) fn predicate(&mut self, expr: &'a Expr) -> Predicate<'a> {
        if is_closed(expr) {
            return match self.truth(expr) {
                Truth::False => Predicate::Known(FALSE),
                Truth::True => Predicate::Known(TRUE),
                Truth::Unknown(why) => Predicate::Unknown(why.general()),
            };
        }
        match &expr.kind {
            ExprKind::Not(a) => Predicate::Not(self.predicate(a).into()),
            ExprKind::And(parts) => all(parts.iter().map(|part| self.predicate(part)).collect()),
            ExprKind::Or(parts) => any(parts.iter().map(|part| self.predicate(part)).collect()),
            ExprKind::Implies(a, b) => any(vec![
                Predicate::Not(self.predicate(a).into()),
                self.predicate(b),
            ]),
            _ => self.missing_column(expr).map_or_else(
                || {
                    let leaf = self.lower_leaf(expr);
                    leaf.or_else(|| each_record(self.context, expr))
                        .unwrap_or(Predicate::Opaque)
                },
                Predicate::Unknown,
            ),
        }
    }

    /// Why a condition that needs the value of every column it names is unknown whatever the row: no sheet
    /// has one of the columns. Decided here, so that a million rows are not asked.
    fn missing_column(&self, expr: &Expr) -> Option<Why<'a>> {
        let is_strict = match &expr.kind {
            ExprKind::Field(..) => true,
            ExprKind::Compare(_, a, b) | ExprKind::In(a, b) | ExprKind::Contains(a, b) => {
                is_plain(a) && is_plain(b)
            }
            ExprKind::Call(function, parts) => {
                *function != Function::Coalesce && parts.iter().all(is_plain)
            }
            _ => false,
        };
        is_strict.then(|| self.missing_field(expr)).flatten()
    }

    fn missing_field(&self, expr: &Expr) -> Option<Why<'a>> {
        if let ExprKind::Field(_, ledger, field) = expr.kind {
            let table = self.context.dataset.table(ledger)?;
            let states = &table.columns[usize::from(field.0)].states;
            let is_missing = states.iter().all(|&state| state == CellState::NoColumn);
            return is_missing.then_some(Why::NoColumn(ledger, field));
        }
        let mut missing = None;
        each_part(expr, &mut |part| {
            missing = missing.or_else(|| self.missing_field(part));
        });
        missing
    }

    /// The column that an expression names, if it is a field of a variable.
    pub(crate) fn column(&self, expr: &Expr) -> Option<(Column<'a>, FieldType)> {
        let ExprKind::Field(slot, ledger, field) = expr.kind else {
            return None;
        };
        let table = self.context.dataset.table(ledger)?;
        let ty = self.context.schemas().field(ledger, field).ty;
        Some((column(table, slot, field), ty))
    }

    /// A condition without conditions inside; none where it cannot be decided by columns.
    pub(crate) fn lower_leaf(&mut self, expr: &'a Expr) -> Option<Predicate<'a>> {
        match &expr.kind {
            ExprKind::Field(..) if expr.ty == Ty::Bool => {
                Some(Predicate::OneOf(self.column(expr)?.0, vec![1], false))
            }
            ExprKind::Call(Function::Present, x) => self.filled(x, false),
            ExprKind::Call(Function::Absent, x) => self.filled(x, true),
            ExprKind::Compare(comparison, a, b) => self.lower_comparison(*comparison, a, b),
            ExprKind::In(x, list) if query_of(list).is_some() => self.among(x, list),
            ExprKind::In(x, list) | ExprKind::Contains(list, x) if is_closed(list) => {
                self.one_of(x, list)
            }
            ExprKind::Call(Function::Pending, x) => {
                let day = self.day(x.first()?)?;
                Some(Predicate::Pending(day, self.context.plan.as_of.0))
            }
            ExprKind::Exists(query) => self.lower_exists(RowQuery::of(query)),
            _ => None,
        }
    }

    fn filled(&self, arguments: &[Expr], negated: bool) -> Option<Predicate<'a>> {
        let (column, ty) = self.column(arguments.first()?)?;
        let is_list = matches!(ty, FieldType::EnumList(_) | FieldType::PersonList);
        (!is_list).then_some(Predicate::Filled(column, negated))
    }

    fn lower_comparison(
        &mut self,
        how: Comparison,
        a: &'a Expr,
        b: &'a Expr,
    ) -> Option<Predicate<'a>> {
        if let ExprKind::Count(query) = &a.kind {
            return self.lower_count(how, query, b);
        }
        if let ExprKind::Count(query) = &b.kind {
            return self.lower_count(mirrored(how), query, a);
        }
        if !is_closed(a) && is_closed(b) {
            let value = self.value(b);
            let node = self.against(how, a, &value, &b.ty);
            if let Some(node) = node.or_else(|| self.in_years(how, a, b)) {
                return Some(node);
            }
        } else if is_closed(a) {
            return self.lower_comparison(mirrored(how), b, a);
        }
        if let (Some((x, FieldType::DateTime)), Some((y, FieldType::DateTime))) =
            (self.column(a), self.column(b))
        {
            return Some(Predicate::Moments(how, x, y));
        }
        let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        match a.ty {
            Ty::List(_) => return None,
            Ty::Text | Ty::Person | Ty::Department if !equality => return None,
            Ty::Enum(_) if !equality => {
                let (x, y) = (self.ranked(a)?, self.ranked(b)?);
                return Some(Predicate::Compare(how, x, y));
            }
            _ => {}
        }
        let sort = common(sort_of(&a.ty), sort_of(&b.ty));
        let (x, y) = (self.column_expr(a, sort)?, self.column_expr(b, sort)?);
        Some(Predicate::Compare(how, x, y))
    }

    /// `year(v.field)` compared with a year that is the same for all rows: days from its first to its
    /// last.
    fn in_years(&mut self, how: Comparison, a: &Expr, b: &'a Expr) -> Option<Predicate<'a>> {
        let ExprKind::Call(Function::Year, day) = &a.kind else {
            return None;
        };
        let (column, ty) = self.column(day.first()?)?;
        let Value::Number(year) = self.value(b) else {
            return None;
        };
        let year = i32::try_from(year / 1000)
            .ok()
            .filter(|_| year % 1000 == 0)?;
        let (first, last) = (Day::of(year, 1, 1)?.0, Day::of(year, 12, 31)?.0);
        let (first, last) = match ty {
            FieldType::Date => (first, last),
            FieldType::DateTime => (first_word(first), last_word(last)),
            _ => return None,
        };
        Some(match how {
            Comparison::Equal => Predicate::Between(column, first, last),
            Comparison::NotEqual => Predicate::Not(Predicate::Between(column, first, last).into()),
            Comparison::Less => Predicate::Between(column, i32::MIN, first - 1),
            Comparison::LessEqual => Predicate::Between(column, i32::MIN, last),
            Comparison::Greater => Predicate::Between(column, last + 1, i32::MAX),
            Comparison::GreaterEqual => Predicate::Between(column, first, i32::MAX),
        })
    }

    /// A field compared with what is the same for all rows.
    fn against(
        &self,
        how: Comparison,
        field: &Expr,
        value: &Value<'a>,
        ty: &Ty,
    ) -> Option<Predicate<'a>> {
        let (column, own) = self.column(field)?;
        match (how, own, value) {
            (_, _, Value::Absent(_) | Value::Unknown(_) | Value::List(_)) => None,
            (Comparison::Equal | Comparison::NotEqual, _, Value::Text(text)) => {
                let sort = common(sort_of_field(own), sort_of(ty));
                let words = words_of(self.context, text, sort);
                Some(Predicate::OneOf(column, words, how == Comparison::NotEqual))
            }
            (Comparison::Equal | Comparison::NotEqual, FieldType::Enum(_), Value::Enum(n)) => Some(
                Predicate::OneOf(column, vec![*n], how == Comparison::NotEqual),
            ),
            (_, FieldType::Enum(_), Value::Enum(n)) => {
                self.ranks(column, &field.ty, |eval, index| {
                    let (x, y) = (Value::Enum(index), Value::Enum(*n));
                    eval.order(&x, &y, &field.ty).map(|order| holds(how, order))
                })
            }
            (_, FieldType::Integer, Value::Number(n)) => interval(how, column, *n, 1000),
            (_, FieldType::Decimal, Value::Number(n)) => interval(how, column, *n, 1),
            (_, FieldType::Date, Value::Date(day)) => interval(how, column, (*day).into(), 1),
            (_, FieldType::Bool, Value::Bool(b)) => interval(how, column, (*b).into(), 1),
            _ => None,
        }
    }

    /// Yes or no for each value of an enumeration; where all of them have a rank, the values themselves.
    fn ranks(
        &self,
        column: Column<'a>,
        ty: &Ty,
        test: impl Fn(&Self, i32) -> Option<bool>,
    ) -> Option<Predicate<'a>> {
        let Ty::Enum(e) = ty else { return None };
        let values = 0..self.context.schemas().enumeration(*e).values.len() as i32;
        let truths: Vec<_> = values.clone().map(|index| test(self, index)).collect();
        if truths.iter().all(Option::is_some) {
            let held = values.zip(truths).filter(|(_, held)| *held == Some(true));
            let words = held.map(|(index, _)| index).collect();
            return Some(Predicate::OneOf(column, words, false));
        }
        // A value without a rank cannot be compared.
        let table = truths.into_iter().map(|held| held.map_or(UNKNOWN, plain));
        Some(Predicate::Table(column, table.collect()))
    }

    /// `v.field in {…}`, the list the same for all rows.
    fn one_of(&mut self, x: &'a Expr, list: &'a Expr) -> Option<Predicate<'a>> {
        let (column, own) = self.column(x)?;
        let Value::List(Items::Values(values)) = self.value(list) else {
            return None;
        };
        let sort = common(sort_of_field(own), sort_of(&list.ty));
        let mut words = Vec::new();
        for value in values.iter() {
            match (value, own) {
                (
                    Value::Text(text),
                    FieldType::Text | FieldType::Person | FieldType::Department,
                ) => {
                    // A name in a list that several bear: the evaluator knows.
                    if matches!(text, Text::Known(name) if sort == Sort::Person && self.context.is_ambiguous(*name))
                    {
                        return None;
                    }
                    words.extend(words_of(self.context, text, sort));
                }
                (Value::Enum(n), FieldType::Enum(_)) => words.push(*n),
                _ => return None,
            }
        }
        words.sort_unstable();
        Some(Predicate::OneOf(column, words, false))
    }

    /// `x in (v.field for v in …)`.
    fn among(&mut self, x: &'a Expr, list: &'a Expr) -> Option<Predicate<'a>> {
        let ExprKind::Values(value, query) = &list.kind else {
            return None;
        };
        match value.kind {
            ExprKind::Field(slot, _, field) if slot == query.slot => {
                let wanted = RowQuery {
                    extra: Some((field, x)),
                    ..RowQuery::of(query)
                };
                self.lower_exists(wanted)
            }
            _ => None,
        }
    }

    /// The number of rows of a query compared with a number.
    fn lower_count(
        &mut self,
        how: Comparison,
        query: &'a Query,
        other: &'a Expr,
    ) -> Option<Predicate<'a>> {
        if matches!(
            self.context.ledger_state(query.ledger),
            LedgerState::Missing
        ) {
            return Some(Predicate::Unknown(Why::NoLedger(query.ledger)));
        }
        let other = self.column_expr(other, Sort::Plain)?;
        if matches!(
            self.context.ledger_state(query.ledger),
            LedgerState::RightlyEmpty
        ) {
            return Some(Predicate::Compare(how, ColumnExpr::Constant(0), other));
        }
        let join = self.hash_join(RowQuery::of(query))?;
        Some(Predicate::CountIs(how, join.into(), other))
    }

    fn lower_exists(&mut self, wanted: RowQuery<'a>) -> Option<Predicate<'a>> {
        match self.context.ledger_state(wanted.ledger) {
            LedgerState::RightlyEmpty => return Some(Predicate::Known(FALSE)),
            LedgerState::Missing => return Some(Predicate::Unknown(Why::NoLedger(wanted.ledger))),
            LedgerState::Rows(_) => {}
        }
        Some(Predicate::Exists(self.hash_join(wanted)?.into()))
    }
}

/// The words of all texts that name the same as this one.
fn words_of(context: &EvalContext<'_>, text: &Text, sort: Sort) -> Vec<i32> {
    let Text::Known(sym) = text else {
        return Vec::new();
    };
    let Some(named) = context.canonical(*sym, sort) else {
        return Vec::new();
    };
    match context.names(sort) {
        None => vec![named.0 as i32],
        Some(names) => (0..names.len() as u32)
            .filter(|&word| context.canonical(Sym(word), sort) == Some(named))
            .map(|word| word as i32)
            .collect(),
    }
}

/// The words, each counting `factor`, that compare so with a number.
fn interval(how: Comparison, column: Column<'_>, n: i64, factor: i64) -> Option<Predicate<'_>> {
    let (floor, ceiling) = (n.div_euclid(factor), -(-n).div_euclid(factor));
    let (from, to) = match how {
        Comparison::Equal | Comparison::NotEqual => (ceiling, floor),
        Comparison::Less => (i64::MIN, ceiling - 1),
        Comparison::LessEqual => (i64::MIN, floor),
        Comparison::Greater => (floor + 1, i64::MAX),
        Comparison::GreaterEqual => (ceiling, i64::MAX),
    };
    let word = |n: i64| n.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
    if to < i32::MIN.into() || from > i32::MAX.into() {
        return None;
    }
    let between = Predicate::Between(column, word(from), word(to));
    Some(match how {
        Comparison::NotEqual => Predicate::Not(between.into()),
        _ => between,
    })
}

/// True if the expression has no value where one of its fields has none.
fn is_plain(expr: &Expr) -> bool {
    let stands_by_itself = match &expr.kind {
        ExprKind::Call(function, _) => !matches!(
            function,
            Function::Coalesce
                | Function::Max
                | Function::Min
                | Function::Present
                | Function::Absent
        ),
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not(_) | ExprKind::Implies(..) => false,
        ExprKind::Choose(..) => false,
        _ => query_of(expr).is_none(),
    };
    let mut plain = stands_by_itself;
    each_part(expr, &mut |part| plain = plain && is_plain(part));
    plain
}
