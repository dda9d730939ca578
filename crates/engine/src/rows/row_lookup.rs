//! Looking into other ledgers: rows that satisfy a condition, found by hash where it holds an
//! equality.

use super::{Bound, Evaluator, ExprId};
use crate::context::LedgerState;
use crate::context::lookup_index::{Lookup, Spec};
use crate::kleene::FALSE;
use crate::rows::access_path::Merged;
use crate::rows::row_query::RowQuery;
use crate::value::{Truth, Value, Why, common, sort_of, sort_of_field};
use std::ops::ControlFlow;
use std::sync::Arc;
use zicha_model::{
    dataset::Table,
    schema::{FieldId, LedgerId},
};
use zicha_rule::ir::{Expr, Query};

/// Rows whose key cells cannot be told that are looked at one by one; more make "cannot tell".
pub(crate) const UNKNOWN_ROWS_LIMIT: usize = 64;

/// The value a key cell must have.
struct Sought<'a> {
    field: FieldId,
    value: Value<'a>,
    outer: &'a Expr,
}

/// What a visitor of rows is told: the row, and why it cannot be told whether it is meant.
pub(crate) type RowVisitor<'v, 'a> =
    &'v mut dyn FnMut(&mut Evaluator<'a>, u32, Option<Why<'a>>) -> ControlFlow<()>;

impl<'a> Evaluator<'a> {
    /// Visits the rows that satisfy the condition, or may. Fails if that cannot be told at all.
    pub(crate) fn rows(
        &mut self,
        wanted: RowQuery<'a>,
        visit: RowVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        let table = match self.context.ledger_state(wanted.ledger) {
            LedgerState::Rows(table) => table,
            LedgerState::RightlyEmpty => return Ok(()),
            LedgerState::Missing => return Err(Why::NoLedger(wanted.ledger)),
        };
        let mut sought = Vec::new();
        for (field, outer) in wanted.equalities().chain(wanted.memberships()) {
            let value = self.value(outer);
            if let Some(why) = value.why() {
                return Err(why);
            }
            sought.push(Sought {
                field,
                value,
                outer,
            });
        }
        let result = if let Some(found) = self.by_access_paths(table, wanted) {
            self.visit_access_paths(table, wanted, &sought, &found, visit)
        } else if sought.is_empty() {
            let rows = self.rows_left(table, wanted);
            self.visit_rows(wanted, &rows, visit);
            Ok(())
        } else {
            self.visit_found(table, wanted, &sought, visit)
        };
        self.bind(wanted.slot, Bound::Nothing);
        result
    }

    /// The rows of a ledger that the conditions on them alone do not plainly rule out.
    fn rows_left(&mut self, table: &Table, wanted: RowQuery<'a>) -> Arc<[u32]> {
        let all = 0..table.len() as u32;
        let Some(filter) = wanted.filter else {
            return all.collect();
        };
        if self.context.one_by_one {
            return all.collect();
        }
        let address = ExprId::of(filter);
        if let Some(rows) = self.left.get(&address) {
            return Arc::clone(rows);
        }
        let truths = self.own_truths(wanted);
        let rows: Arc<[u32]> = all.filter(|&row| truths[row as usize] != FALSE).collect();
        self.left.insert(address, Arc::clone(&rows));
        rows
    }

    /// Visits these of the rows that satisfy the filter, or may.
    pub(crate) fn visit_rows(
        &mut self,
        wanted: RowQuery<'a>,
        rows: &[u32],
        visit: RowVisitor<'_, 'a>,
    ) {
        for &row in rows {
            if self.visit_row(wanted, &[], row, visit).is_break() {
                break;
            }
        }
    }

    /// Visits the rows that a condition without an equality of its own leads to; where equalities
    /// lead to fewer, those.
    fn visit_access_paths(
        &mut self,
        table: &'a Table,
        wanted: RowQuery<'a>,
        sought: &[Sought<'a>],
        found: &Merged,
        visit: RowVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        if !sought.is_empty() {
            let (lookup, key) = self.look_up(table, wanted.ledger, sought);
            let is_better = lookup.index().is_none_or(|index| {
                let rows = key.as_ref().map_or(0, |key| index.rows(key).len());
                !index.doubtful.is_empty() || rows <= found.most()
            });
            if is_better {
                return self.visit_found(table, wanted, sought, visit);
            }
        }
        for row in found.rows() {
            if self.visit_row(wanted, sought, row, visit).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn visit_found(
        &mut self,
        table: &'a Table,
        wanted: RowQuery<'a>,
        sought: &[Sought<'a>],
        visit: RowVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        let (lookup, key) = self.look_up(table, wanted.ledger, sought);
        let Some(index) = lookup.index() else {
            return Ok(());
        };
        if index.doubtful.len() == table.len() {
            return Err(self.why_doubtful(table, 0, sought));
        }
        for &row in key.as_ref().map_or(&[][..], |key| index.rows(key)) {
            if self.visit_row(wanted, sought, row, visit).is_break() {
                return Ok(());
            }
        }
        if index.doubtful.len() > UNKNOWN_ROWS_LIMIT {
            return Err(self.why_doubtful(table, index.doubtful[0], sought));
        }
        for &row in &index.doubtful {
            if self.visit_row(wanted, sought, row, visit).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The key cell of a row that cannot be told.
    fn why_doubtful(&self, table: &'a Table, row: u32, sought: &[Sought<'a>]) -> Why<'a> {
        let cells = sought
            .iter()
            .map(|key| self.context.cell(table, row, key.field));
        let why = cells.filter_map(|cell| cell.why()).next();
        why.unwrap_or(Why::Undefined)
    }

    /// The index for these keys, and the key to look under; none if nothing can be equal.
    fn look_up(
        &mut self,
        table: &'a Table,
        ledger: LedgerId,
        sought: &[Sought<'a>],
    ) -> (Lookup, Option<Vec<i64>>) {
        let context = self.context;
        let mut fields: Vec<_> = sought
            .iter()
            .map(|key| {
                let own = sort_of_field(context.schemas().field(ledger, key.field).ty);
                let sort = common(own, sort_of(&key.outer.ty));
                (key.field, sort, context.coarse(&key.value, sort))
            })
            .collect();
        fields.sort_by_key(|&(field, sort, _)| (field, sort));
        let key = fields.iter().map(|&(_, _, word)| word).collect();
        let fields = fields.into_iter().map(|(field, sort, _)| (field, sort));
        let spec = Spec {
            ledger,
            fields: fields.collect(),
        };
        (context.indexes.get(context, table, spec), key)
    }

    fn visit_row(
        &mut self,
        wanted: RowQuery<'a>,
        sought: &[Sought<'a>],
        row: u32,
        visit: RowVisitor<'_, 'a>,
    ) -> ControlFlow<()> {
        self.step();
        self.bind(wanted.slot, Bound::Row(wanted.ledger, row));
        let mut doubt = None;
        for key in sought {
            match self.meets(wanted.ledger, row, key) {
                Truth::False => return ControlFlow::Continue(()),
                Truth::Unknown(why) => doubt = doubt.or(Some(why)),
                Truth::True => {}
            }
        }
        match wanted
            .filter
            .map_or(Truth::True, |filter| self.truth(filter))
        {
            Truth::False => return ControlFlow::Continue(()),
            Truth::Unknown(why) => doubt = doubt.or(Some(why)),
            Truth::True => {}
        }
        visit(self, row, doubt)
    }

    /// Whether a key cell has the value sought. An empty cell names nothing: it does not.
    fn meets(&self, ledger: LedgerId, row: u32, key: &Sought<'a>) -> Truth<'a> {
        let Some(table) = self.context.dataset.table(ledger) else {
            return Truth::False;
        };
        let cell = self.context.cell(table, row, key.field);
        let own = sort_of_field(self.context.schemas().field(ledger, key.field).ty);
        match cell {
            Value::Absent(_) => Truth::False,
            Value::List(items) => self.has(&items, &key.value, common(own, sort_of(&key.outer.ty))),
            cell => self.same(&cell, &key.value, common(own, sort_of(&key.outer.ty))),
        }
    }

    /// `exists`: true with the first row that satisfies; cannot tell if one may.
    pub(crate) fn exists(
        &mut self,
        query: &'a Query,
        extra: Option<(FieldId, &'a Expr)>,
    ) -> Truth<'a> {
        let wanted = RowQuery {
            extra,
            ..RowQuery::of(query)
        };
        let mut found = Truth::False;
        let visited = self.rows(wanted, &mut |_, _, doubt| match doubt {
            None => {
                found = Truth::True;
                ControlFlow::Break(())
            }
            Some(why) => {
                if found == Truth::False {
                    found = Truth::Unknown(why);
                }
                ControlFlow::Continue(())
            }
        });
        visited.map_or_else(Truth::Unknown, |()| found)
    }

    /// True if no row has what one key alone asks for.
    pub(crate) fn is_dangling(&mut self, wanted: RowQuery<'a>) -> bool {
        let mut any = false;
        let visited = self.rows(
            RowQuery {
                filter: None,
                ..wanted
            },
            &mut |_, _, _| {
                any = true;
                ControlFlow::Break(())
            },
        );
        visited.is_ok() && !any
    }
}
