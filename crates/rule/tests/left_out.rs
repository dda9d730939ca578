//! What the rules of the catalogue leave out: values of a list of kinds that a control does not name,
//! and days still to come that it looks at from one side only. Both tables lie in `data/`, so that a
//! new value, a new list or a new column is read by somebody before it passes in silence. What a rule
//! covers since may leave the tables at any time.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::schema::{DateKind, FieldId, LedgerId, Schemas};
use zicha_rule::{
    ir::{
        Binding, Body, Comparison, Expr, ExprKind, Key, Literal, Query, Rule, Source, Subjects, Ty,
    },
    pack::Catalogue,
    walk,
};

/// Every expression of a rule, outermost first.
fn each_expr<'r>(rule: &'r Rule, f: &mut dyn FnMut(&'r Expr)) {
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

type Field = (LedgerId, FieldId);

fn field_of(expr: &Expr) -> Option<Field> {
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

fn name_of(schemas: &Schemas, (ledger, field): Field) -> String {
    format!(
        "{}.{}",
        schemas.ledger(ledger).id,
        schemas.field(ledger, field).id
    )
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

/// Fails with every line `place: one、two` that leaves out more than the line of its place in a table.
fn none_but_those_known(lines: &[String], known: &'static str) {
    let parted = |line: &'static str| line.split_once(": ");
    let known: BTreeMap<_, BTreeSet<_>> = known
        .lines()
        .filter_map(parted)
        .map(|(place, left)| (place, left.split('、').collect()))
        .collect();
    let is_new = |line: &&String| {
        let Some((place, left)) = line.split_once(": ") else {
            return true;
        };
        let before = known.get(place);
        !left
            .split('、')
            .all(|one| before.is_some_and(|before| before.contains(one)))
    };
    let new: Vec<_> = lines.iter().filter(is_new).map(String::as_str).collect();
    assert!(
        new.is_empty(),
        "left out and in no table:\n{}",
        new.join("\n")
    );
}

#[test]
fn kinds_that_a_control_does_not_name_are_listed() {
    let (catalogue, _) = super::rules::shipped();
    let schemas = &catalogue.schemas;
    let mut lines = Vec::new();
    for compiled in &catalogue.controls {
        for (field, values) in named_values(&compiled.rule) {
            let Ty::Enum(id) = Ty::from(schemas.field(field.0, field.1).ty) else {
                continue;
            };
            let all = schemas.enumeration(id).values.iter().enumerate();
            let left = all.filter(|(index, _)| !values.contains(&(*index as i32)));
            let left: Vec<_> = left.map(|(_, value)| value.label.as_str()).collect();
            // A single value named is a question about it, not a list of kinds.
            if values.len() > 1 && !left.is_empty() {
                let (own, name) = (&compiled.control.id, name_of(schemas, field));
                lines.push(format!("{own} {name}: {}", left.join("、")));
            }
        }
    }
    assert!(lines.len() > 50, "{}", lines.len());
    none_but_those_known(&lines, include_str!("data/kinds_left_out.txt"));
}

/// A plan or a term that a rule compares with the day of the check or another day, on one side only.
fn one_sided(catalogue: &Catalogue, rule: &Rule) -> BTreeSet<(Field, &'static str)> {
    let mut sides: BTreeMap<Field, BTreeSet<&'static str>> = BTreeMap::new();
    each_expr(rule, &mut |expr| {
        let ExprKind::Compare(comparison, a, b) = &expr.kind else {
            return;
        };
        for (own, mirrored) in [(a, false), (b, true)] {
            let Some(field) = field_of(own).filter(|field| is_to_come(catalogue, *field)) else {
                continue;
            };
            let side = match (comparison, mirrored) {
                (Comparison::Less | Comparison::LessEqual, false)
                | (Comparison::Greater | Comparison::GreaterEqual, true) => "not later",
                (Comparison::Greater | Comparison::GreaterEqual, false)
                | (Comparison::Less | Comparison::LessEqual, true) => "not earlier",
                (Comparison::Equal | Comparison::NotEqual, _) => continue,
            };
            sides.entry(field).or_default().insert(side);
        }
    });
    let one = sides.into_iter().filter(|(_, sides)| sides.len() == 1);
    one.flat_map(|(field, sides)| sides.into_iter().map(move |side| (field, side)))
        .collect()
}

fn is_to_come(catalogue: &Catalogue, (ledger, field): Field) -> bool {
    let field = catalogue.schemas.field(ledger, field);
    matches!(Ty::from(field.ty), Ty::Date | Ty::DateTime) && field.date_kind != DateKind::Fact
}

#[test]
fn plans_and_terms_that_a_control_looks_at_from_one_side_are_listed() {
    let (catalogue, _) = super::rules::shipped();
    let mut lines = Vec::new();
    for compiled in &catalogue.controls {
        for (field, side) in one_sided(&catalogue, &compiled.rule) {
            let name = name_of(&catalogue.schemas, field);
            lines.push(format!("{} {name}: {side}", compiled.control.id));
        }
    }
    none_but_those_known(&lines, include_str!("data/days_from_one_side.txt"));
}
