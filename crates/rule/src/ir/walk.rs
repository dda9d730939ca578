//! Walks over typed expressions: their parts, the variables they depend on.

use crate::ir::{Expr, ExprKind, Function, Key, Query, Slot};
use std::collections::BTreeSet;

/// True if the value does not depend on any variable bound outside the expression.
pub fn is_closed(expr: &Expr) -> bool {
    slots(expr).is_empty()
}

/// The variables that an expression mentions and does not itself bind.
pub fn slots(expr: &Expr) -> BTreeSet<Slot> {
    let mut slots = BTreeSet::new();
    collect(expr, &mut slots);
    slots
}

/// Calls `f` for the direct parts of an expression, the conditions of its query included.
pub fn each_part<'a>(expr: &'a Expr, f: &mut dyn FnMut(&'a Expr)) {
    use ExprKind as K;
    match &expr.kind {
        K::Literal(_) | K::Parameter(_) | K::Input(_) | K::Field(..) => {}
        K::Single(..) | K::Item(_) | K::WindowStart(_) | K::WindowEnd(_) => {}
        K::ParameterAt(_, a) | K::Not(a) => f(a),
        K::And(parts) | K::Or(parts) | K::List(parts) | K::Call(_, parts) => {
            parts.iter().for_each(f);
        }
        K::Implies(a, b)
        | K::Compare(_, a, b)
        | K::In(a, b)
        | K::Contains(a, b)
        | K::Matches(a, b)
        | K::Subset(a, b)
        | K::Intersects(a, b)
        | K::Add(a, b)
        | K::Subtract(a, b) => [a, b].into_iter().for_each(|part| f(part)),
        K::Choose(a, b, c) => [a, b, c].into_iter().for_each(|part| f(part)),
        K::Exists(query) | K::Count(query) => each_condition(query, f),
        K::Aggregate(_, x, query) | K::Values(x, query) => {
            f(x);
            each_condition(query, f);
        }
        K::Latest(x, by, query) => {
            f(x);
            f(by);
            each_condition(query, f);
        }
    }
}

/// Calls `f` for the key expressions and the filter of a query.
pub fn each_condition<'a>(query: &'a Query, f: &mut dyn FnMut(&'a Expr)) {
    for key in &query.keys {
        let (Key::Equals(_, outer) | Key::Contains(_, outer)) = key;
        f(outer);
    }
    query.filter.iter().for_each(f);
}

/// `pending(…)`: never a requirement, only a reason not to judge yet.
pub fn is_pending(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Call(Function::Pending, _))
}

/// The query an expression asks, if it is one that asks.
pub fn query_of(expr: &Expr) -> Option<&Query> {
    match &expr.kind {
        ExprKind::Exists(query)
        | ExprKind::Count(query)
        | ExprKind::Aggregate(_, _, query)
        | ExprKind::Latest(_, _, query)
        | ExprKind::Values(_, query) => Some(query),
        _ => None,
    }
}

fn collect(expr: &Expr, slots: &mut BTreeSet<Slot>) {
    match &expr.kind {
        ExprKind::Field(slot, ..)
        | ExprKind::Item(slot)
        | ExprKind::WindowStart(slot)
        | ExprKind::WindowEnd(slot) => {
            slots.insert(*slot);
        }
        _ => {
            let mut inner = BTreeSet::new();
            each_part(expr, &mut |part| collect(part, &mut inner));
            if let Some(query) = query_of(expr) {
                inner.remove(&query.slot);
            }
            slots.extend(inner);
        }
    }
}
