//! What a rule leaves out: of columns of kinds the values that it does not name. `explain` shows it, and
//! a table of the tests gives the reason for each.

use super::walk;
use super::{
    Binding, Body, Comparison, Expr, ExprKind, Key, Literal, Query, Rule, Source, Subjects, Ty,
};
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::schema::{FieldId, LedgerId, Schemas};

/// A column of a ledger.
pub type Field = (LedgerId, FieldId);

/// Of each column that a rule compares with a list of values the labels of those that it does not
/// name. A single value named is a question about it, not a list of kinds.
pub fn kinds(schemas: &Schemas, rule: &Rule) -> Vec<(Field, Vec<String>)> {
    let columns = named_values(rule).into_iter();
    let left = columns.filter(|(_, values)| values.len() > 1);
    let left = left.filter_map(|(field, values)| {
        let Ty::Enum(id) = Ty::from(schemas.field(field.0, field.1).ty) else {
            return None;
        };
        let all = schemas.enumeration(id).values.iter().enumerate();
        let left = all.filter(|(index, _)| !values.contains(&(*index as i32)));
        let labels: Vec<_> = left.map(|(_, value)| value.label.clone()).collect();
        (!labels.is_empty()).then_some((field, labels))
    });
    left.collect()
}

/// Of each column of kinds the values that a rule names.
fn named_values(rule: &Rule) -> BTreeMap<Field, BTreeSet<i32>> {
    let mut named: BTreeMap<Field, BTreeSet<i32>> = BTreeMap::new();
    each_expr(rule, &mut |expr| {
        let (a, b) = match &expr.kind {
            ExprKind::In(a, b) => (a, b),
            ExprKind::Compare(Comparison::Equal | Comparison::NotEqual, a, b) => (a, b),
            _ => return,
        };
        let values = enum_literals(b);
        if let (Some(field), false) = (field_of(a), values.is_empty()) {
            named.entry(field).or_default().extend(values);
        }
    });
    named
}

/// Every expression of a rule, outermost first.
pub fn each_expr<'r>(rule: &'r Rule, f: &mut dyn FnMut(&'r Expr)) {
    for clause in &rule.clauses {
        clause.condition.iter().for_each(|c| within(c, f));
        if let Subjects::Each(bindings) = &clause.subject {
            bindings.iter().for_each(|b| of_binding(b, f));
        }
        of_body(&clause.body, f);
    }
}

fn within<'r>(expr: &'r Expr, f: &mut dyn FnMut(&'r Expr)) {
    f(expr);
    walk::each_part(expr, &mut |part| within(part, f));
}

fn of_binding<'r>(binding: &'r Binding, f: &mut dyn FnMut(&'r Expr)) {
    if let Source::Items(items) = &binding.source {
        within(items, f);
    }
    for Key::Equals(_, outer) | Key::Contains(_, outer) in &binding.keys {
        within(outer, f);
    }
    binding.filter.iter().for_each(|filter| within(filter, f));
}

fn of_query<'r>(query: &'r Query, f: &mut dyn FnMut(&'r Expr)) {
    walk::each_condition(query, &mut |part| within(part, f));
}

fn of_body<'r>(body: &'r Body, f: &mut dyn FnMut(&'r Expr)) {
    match body {
        Body::Holds(expr) => within(expr, f),
        Body::Unique(parts) => parts.iter().for_each(|part| within(part, f)),
        Body::Each(bindings, inner) => {
            bindings.iter().for_each(|b| of_binding(b, f));
            of_body(inner, f);
        }
        Body::Covered {
            from,
            to,
            start,
            end,
            query,
        } => {
            [from, to, start, end]
                .into_iter()
                .for_each(|part| within(part, f));
            of_query(query, f);
        }
        Body::Suggest | Body::Integrity => {}
    }
}

/// The column that an expression is.
pub fn field_of(expr: &Expr) -> Option<Field> {
    match &expr.kind {
        ExprKind::Field(_, ledger, field) | ExprKind::Single(ledger, field) => {
            Some((*ledger, *field))
        }
        _ => None,
    }
}

fn enum_literals(expr: &Expr) -> Vec<i32> {
    match &expr.kind {
        ExprKind::Literal(Literal::Enum(_, value)) => vec![*value],
        ExprKind::List(items) => items.iter().flat_map(enum_literals).collect(),
        _ => Vec::new(),
    }
}
