//! Ways to the rows that may satisfy a condition without an equality of its own: `a or b`, a value among
//! a list of another record.
//!
//! A way may lead to more rows than satisfy: the whole condition is asked of each. It never leads to fewer.

use super::{Evaluator, ExprId};
use crate::context::lookup_index::{Lookup, Spec};
use crate::kleene::FALSE;
use crate::rows::row_query::RowQuery;
use crate::value::{Sort, Text, Value, common, sort_of, sort_of_field};
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Table},
    schema::FieldId,
};
use zicha_rule::ir::{Comparison, Expr, ExprKind, Slot, Ty};
use zicha_rule::walk::{query_of, slots};

/// Leads to some of the rows.
#[derive(Clone, Debug)]
pub(crate) enum AccessPath<'a> {
    /// The field has the value, or one of the values.
    Field(FieldId, &'a Expr, Arc<[u32]>),
    /// These rows, whoever asks.
    Fixed(Arc<[u32]>),
}

/// Rows in order, from several sources.
pub(crate) struct Merged {
    lookups: Vec<(Lookup, i64)>,
    fixed: Vec<Arc<[u32]>>,
}

impl<'a> Evaluator<'a> {
    /// The rows that may satisfy, by the ways that the condition offers; none where only a scan finds
    /// them.
    pub(crate) fn by_access_paths(
        &mut self,
        table: &'a Table,
        wanted: RowQuery<'a>,
    ) -> Option<Merged> {
        if self.context.one_by_one {
            return None;
        }
        let address = ExprId::of(wanted.filter?);
        let known = self.ways.get(&address).cloned();
        let ways = known.unwrap_or_else(|| {
            let others = super::row_query::parts(wanted).1;
            let ways = others
                .iter()
                .find_map(|part| self.access_paths_of(table, wanted, part));
            let ways = ways.map(Arc::from);
            self.ways.insert(address, ways.clone());
            ways
        })?;
        let mut merged = Merged {
            lookups: Vec::new(),
            fixed: Vec::new(),
        };
        for way in ways.iter() {
            match way {
                AccessPath::Fixed(rows) => merged.fixed.push(Arc::clone(rows)),
                AccessPath::Field(field, outer, loose) => {
                    merged.fixed.push(Arc::clone(loose));
                    self.follow(table, *field, outer, &mut merged.lookups)?;
                }
            }
        }
        Some(merged)
    }

    /// Adds where the field has the value; none where the value cannot be told.
    fn follow(
        &mut self,
        table: &'a Table,
        field: FieldId,
        outer: &'a Expr,
        found: &mut Vec<(Lookup, i64)>,
    ) -> Option<()> {
        let own = sort_of_field(self.context.schemas().field(table.ledger, field).ty);
        let sort = common(own, sort_of(&outer.ty));
        let spec = Spec {
            ledger: table.ledger,
            fields: vec![(field, sort)],
        };
        let lookup = self.context.indexes.get(self.context, table, spec);
        let values = match (self.value(outer), &outer.ty) {
            (Value::List(items), _) => self.context.items_of(&items),
            (Value::Absent(_), Ty::List(_)) => return Some(()),
            (value, _) => vec![value],
        };
        for value in values {
            let name = match &value {
                Value::Absent(_) | Value::Unknown(_) => return None,
                Value::Text(Text::Known(name)) if sort == Sort::Person => Some(*name),
                _ => None,
            };
            if name.is_some_and(|name| self.context.is_ambiguous(name)) {
                return None;
            }
            if let Some(word) = self.context.coarse(&value, sort) {
                found.push((lookup.clone(), word));
            }
        }
        Some(())
    }

    /// The ways to the rows that may satisfy one condition.
    fn access_paths_of(
        &mut self,
        table: &'a Table,
        wanted: RowQuery<'a>,
        part: &'a Expr,
    ) -> Option<Vec<AccessPath<'a>>> {
        match &part.kind {
            ExprKind::Or(parts) => {
                let ways = parts
                    .iter()
                    .map(|part| self.access_paths_of(table, wanted, part));
                Some(ways.collect::<Option<Vec<_>>>()?.concat())
            }
            ExprKind::And(parts) => parts
                .iter()
                .find_map(|part| self.access_paths_of(table, wanted, part)),
            _ if slots(part).iter().all(|&slot| slot == wanted.slot) => {
                let alone = RowQuery {
                    filter: Some(part),
                    ..wanted
                };
                let (own, all) = (self.own_truths(alone), self.own_truths(wanted));
                let left = (0..table.len() as u32)
                    .filter(|&row| own[row as usize] != FALSE && all[row as usize] != FALSE);
                Some(vec![AccessPath::Fixed(left.collect())])
            }
            _ => {
                let (field, outer) = field_access_path(wanted.slot, part)?;
                let (all, states) = (
                    self.own_truths(wanted),
                    &table.columns[usize::from(field.0)].states,
                );
                let loose = (0..table.len() as u32).filter(|&row| {
                    states[row as usize] != CellState::Value && all[row as usize] != FALSE
                });
                Some(vec![AccessPath::Field(field, outer, loose.collect())])
            }
        }
    }
}

/// The field of the rows sought that must have the value, or one of the values, of another record.
fn field_access_path(slot: Slot, part: &Expr) -> Option<(FieldId, &Expr)> {
    let own = |expr: &Expr| match expr.kind {
        ExprKind::Field(own, _, field) if own == slot => Some(field),
        _ => None,
    };
    let (a, b) = match &part.kind {
        ExprKind::Compare(Comparison::Equal, a, b)
        | ExprKind::Contains(a, b)
        | ExprKind::Intersects(a, b)
        | ExprKind::In(a, b) => (a, b),
        _ => return None,
    };
    let (field, outer) = own(a)
        .map(|field| (field, b))
        .or_else(|| Some((own(b)?, a)))?;
    (query_of(outer).is_none() && !slots(outer).contains(&slot)).then_some((field, &**outer))
}

impl Merged {
    /// No more rows than these.
    pub(crate) fn most(&self) -> usize {
        let found = self.found().map(<[u32]>::len).sum::<usize>();
        found + self.fixed.iter().map(|rows| rows.len()).sum::<usize>()
    }

    fn found(&self) -> impl Iterator<Item = &[u32]> {
        let indexes = self.lookups.iter();
        indexes.filter_map(|(lookup, word)| Some(lookup.index()?.rows(&[*word])))
    }

    /// All rows in order, each once.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> {
        let fixed = self.fixed.iter().map(|rows| &**rows);
        let mut sources: Vec<&[u32]> = self.found().chain(fixed).collect();
        std::iter::from_fn(move || {
            let next = sources
                .iter()
                .filter_map(|rows| rows.first())
                .min()
                .copied()?;
            for rows in &mut sources {
                if let Some((first, rest)) = rows.split_first()
                    && *first == next
                {
                    *rows = rest;
                }
            }
            Some(next)
        })
    }
}
