//! What the rules of the catalogue leave out: values of a list of kinds that a control does not name,
//! and days still to come that it looks at from one side only. Both tables lie in `data/`, so that a
//! new value, a new list or a new column is read by somebody before it passes in silence. What a rule
//! covers since may leave the tables at any time. Each line ends in ` | ` and the reason why it is left out.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::schema::{DateKind, Schemas};
use zicha_rule::{
    ir::{Comparison, ExprKind, Rule, Ty},
    left_out::{self, Field, each_expr, field_of},
    pack::Catalogue,
};

fn name_of(schemas: &Schemas, (ledger, field): Field) -> String {
    format!(
        "{}.{}",
        schemas.ledger(ledger).id,
        schemas.field(ledger, field).id
    )
}

/// The line of a table before its reason; fails where no reason is given.
fn with_reason(line: &'static str) -> &'static str {
    let (line, reason) = line.split_once(" | ").unwrap_or((line, ""));
    assert!(reason.len() > 10, "no reason is given: {line}");
    line
}

/// Fails with every line `place: one、two` that leaves out more than the line of its place in a table.
fn none_but_those_known(lines: &[String], known: &'static str) {
    let parted = |line: &'static str| line.split_once(": ");
    let known: BTreeMap<_, BTreeSet<_>> = known
        .lines()
        .map(with_reason)
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
        for (field, left) in left_out::kinds(schemas, &compiled.rule) {
            let (own, name) = (&compiled.control.id, name_of(schemas, field));
            lines.push(format!("{own} {name}: {}", left.join("、")));
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
