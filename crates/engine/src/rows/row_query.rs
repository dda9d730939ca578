//! What a look-up into a ledger asks for.

use zicha_model::schema::{FieldId, LedgerId};
use zicha_rule::ir::{Binding, Expr, ExprKind, Key, Query, Slot};
use zicha_rule::walk::slots;

/// What a look-up asks for.
#[derive(Clone, Copy)]
pub(crate) struct RowQuery<'a> {
    pub(crate) slot: Slot,
    pub(crate) ledger: LedgerId,
    pub(crate) keys: &'a [Key],
    /// One more equality, from `x in (v.field for v in …)`.
    pub(crate) extra: Option<(FieldId, &'a Expr)>,
    pub(crate) filter: Option<&'a Expr>,
}

impl<'a> RowQuery<'a> {
    /// The rows of a query.
    pub(crate) fn of(query: &'a Query) -> Self {
        Self {
            slot: query.slot,
            ledger: query.ledger,
            keys: &query.keys,
            extra: None,
            filter: query.filter.as_ref(),
        }
    }

    /// The equalities on plain fields: field, what it must equal.
    pub(crate) fn equalities(&self) -> impl Iterator<Item = (FieldId, &'a Expr)> + use<'a> {
        let keys = self.keys.iter().filter_map(|key| match key {
            Key::Equals(field, outer) => Some((*field, outer)),
            Key::Contains(..) => None,
        });
        keys.chain(self.extra)
    }

    /// The memberships in list fields: field, what it must contain.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = (FieldId, &'a Expr)> + use<'a> {
        self.keys.iter().filter_map(|key| match key {
            Key::Contains(field, outer) => Some((*field, outer)),
            Key::Equals(..) => None,
        })
    }
}

/// The conditions on the rows sought: those that speak of them alone, and the others.
pub(crate) fn parts(wanted: RowQuery<'_>) -> (Vec<&Expr>, Vec<&Expr>) {
    let filter = wanted
        .filter
        .into_iter()
        .flat_map(|filter| match &filter.kind {
            ExprKind::And(parts) => parts.iter().collect(),
            _ => vec![filter],
        });
    filter.partition(|part| slots(part).iter().all(|&slot| slot == wanted.slot))
}

/// The rows of a binding over a ledger.
pub(crate) fn query_rows<'a>(binding: &'a Binding, ledger: LedgerId) -> RowQuery<'a> {
    RowQuery {
        slot: binding.slot,
        ledger,
        keys: &binding.keys,
        extra: None,
        filter: binding.filter.as_ref(),
    }
}
