//! Splits a `where` into hash look-ups and the rest, so that no query scans a ledger for each row.

use crate::ir::walk::slots;
use crate::ir::{Binding, Comparison, Expr, ExprKind, Key, Slot, Source, Ty};
use zicha_model::schema::LedgerId;

/// Deals the parts of a filter out to the variables: each part goes to the last variable that it
/// mentions (to the first one if it mentions none), where it can be decided soonest.
pub(crate) fn deal(mut bindings: Vec<Binding>, filter: Expr) -> Vec<Binding> {
    let mut parts: Vec<Vec<Expr>> = bindings.iter().map(|_| Vec::new()).collect();
    for part in conjuncts(filter) {
        let used = slots(&part);
        let last = bindings.iter().rposition(|b| {
            used.contains(&b.slot) || next_slot(b).is_some_and(|next| used.contains(&next))
        });
        parts[last.unwrap_or(0)].push(part);
    }
    for (binding, parts) in bindings.iter_mut().zip(parts) {
        let filter = join(parts);
        match binding.source {
            Source::Ledger(ledger) => {
                (binding.keys, binding.filter) = split(binding.slot, ledger, filter);
            }
            _ => binding.filter = filter,
        }
    }
    bindings
}

/// The equalities of a filter that a hash can answer, and what is left.
pub(crate) fn split(
    slot: Slot,
    ledger: LedgerId,
    filter: Option<Expr>,
) -> (Vec<Key>, Option<Expr>) {
    let mut keys = Vec::new();
    let mut rest = Vec::new();
    for part in filter.map(conjuncts).unwrap_or_default() {
        match key(slot, ledger, &part) {
            Some(key) => keys.push(key),
            None => rest.push(part),
        }
    }
    (keys, join(rest))
}

/// `v.field == outer`, `outer == v.field` or `v.list contains outer`, where `outer` mentions
/// another variable and not this one.
fn key(slot: Slot, ledger: LedgerId, part: &Expr) -> Option<Key> {
    let own = |expr: &Expr| match expr.kind {
        ExprKind::Field(s, l, field) if s == slot && l == ledger => Some(field),
        _ => None,
    };
    let outer = |expr: &Expr| {
        let used = slots(expr);
        !used.is_empty() && !used.contains(&slot)
    };
    match &part.kind {
        ExprKind::Compare(Comparison::Equal, a, b) if hash_alike(&a.ty, &b.ty) => {
            let pair = |field, other: &Expr| Key::Equals(field, other.clone());
            match (own(a), own(b)) {
                (Some(field), _) if outer(b) => Some(pair(field, b)),
                (_, Some(field)) if outer(a) => Some(pair(field, a)),
                _ => None,
            }
        }
        ExprKind::Contains(list, item) if outer(item) => {
            own(list).map(|field| Key::Contains(field, (**item).clone()))
        }
        _ => None,
    }
}

/// True if equal values of the two types have equal words: a date and a moment do not.
fn hash_alike(a: &Ty, b: &Ty) -> bool {
    let named = |ty: &Ty| matches!(ty, Ty::Text | Ty::Person | Ty::Department);
    a == b && !matches!(a, Ty::DateTime) || named(a) && named(b)
}

fn conjuncts(filter: Expr) -> Vec<Expr> {
    match filter.kind {
        ExprKind::And(parts) => parts.into_iter().flat_map(conjuncts).collect(),
        _ => vec![filter],
    }
}

fn join(mut parts: Vec<Expr>) -> Option<Expr> {
    let last = parts.pop()?;
    if parts.is_empty() {
        return Some(last);
    }
    let span = parts[0].span.start..last.span.end;
    parts.push(last);
    Some(Expr {
        kind: ExprKind::And(parts),
        ty: Ty::Bool,
        span,
    })
}

fn next_slot(binding: &Binding) -> Option<Slot> {
    match binding.source {
        Source::Consecutive { next, .. } => Some(next),
        _ => None,
    }
}
