//! Puts together how rows of another ledger are found for many records at once.
//!
//! Of the conditions on the rows sought, equalities with other records become an index; those on the rows
//! alone are decided once and leave fewer rows to be found; comparisons of order put the rows of a group in
//! order. What is left is asked of every pair.

use crate::columnar::batch::{Batch, CHUNK};
use crate::columnar::{ColumnExpr, Edge, HashJoin, Nearby, Predicate, all, column};
use crate::context::LedgerState;
use crate::context::lookup_index::{Lookup, Spec};
use crate::indexes::interval_index::{Interval, IntervalIndex};
use crate::indexes::key_groups::KeyGroups;
use crate::kleene::{FALSE, TRUE, UNKNOWN, positions};
use crate::parallel::in_parallel;
use crate::rows::row_lookup::UNKNOWN_ROWS_LIMIT;
use crate::rows::row_query::{RowQuery, parts};
use crate::rows::{Bound, Evaluator, ExprId};
use crate::value::{Sort, Truth, common, sort_of, sort_of_field};
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Table},
    schema::{FieldId, FieldType, LedgerId},
};
use zicha_rule::ir::{Comparison, Expr, ExprKind, Slot};
use zicha_rule::walk::slots;

/// KeyGroups up to this size are looked at row by row.
const SMALL: usize = 16;

/// Rows looked at to guess which field tells records apart best.
const SAMPLE: usize = 1024;

/// One equality: the field sought in, how it is compared, what it must equal.
type Equality<'a> = (FieldId, Sort, &'a Expr);

/// How the equalities are looked up, and what is left of them to be asked.
struct Found<'a> {
    lookup: Lookup,
    keys: Vec<ColumnExpr<'a>>,
    needed: Vec<ColumnExpr<'a>>,
    checks: Vec<Predicate<'a>>,
}

impl<'a> Evaluator<'a> {
    /// A look-up into another ledger for many rows at once; none where only a scan would do.
    pub(crate) fn hash_join(&mut self, wanted: RowQuery<'a>) -> Option<HashJoin<'a>> {
        let LedgerState::Rows(table) = self.context.ledger_state(wanted.ledger) else {
            return None;
        };
        let mut keys = Vec::new();
        for (field, outer) in wanted.equalities().chain(wanted.memberships()) {
            let own = self.context.schemas().field(wanted.ledger, field).ty;
            // Moments that are equal by day are not yet equal; a name in a list may be another's.
            let is_doubtful = own == FieldType::DateTime
                || own == FieldType::PersonList && self.context.has_namesakes();
            if is_doubtful || slots(outer).contains(&wanted.slot) {
                return None;
            }
            let sort = common(sort_of_field(own), sort_of(&outer.ty));
            keys.push((field, sort, outer));
        }
        if keys.is_empty() {
            return None;
        }
        let found = self.equalities(table, wanted.slot, keys)?;
        let index = found.lookup.index()?;
        let incomplete = match index.doubtful.len() {
            0 => None,
            some if some == table.len() || some > UNKNOWN_ROWS_LIMIT => {
                let fields = wanted.equalities().chain(wanted.memberships());
                let cells = fields
                    .map(|(field, _)| self.context.cell(table, index.doubtful[0], field).why());
                Some(cells.flatten().next()?.general())
            }
            // So few are looked at one by one: each may be ruled out by its other cells.
            _ => return None,
        };
        let (own, others) = parts(wanted);
        let (mut left, mut rest) = (None, found.checks);
        if !own.is_empty() {
            let truths = self.own_truths(wanted);
            if index
                .groups
                .rows()
                .iter()
                .any(|&row| truths[row as usize] == UNKNOWN)
            {
                rest.extend(own.into_iter().map(|part| self.predicate(part)));
            }
            left = Some(index.groups.only(|row| truths[row as usize] != FALSE));
        }
        let groups = left.as_ref().unwrap_or(&index.groups);
        let nearby = self.nearby(table, wanted, &others, groups);
        rest.extend(others.into_iter().map(|part| self.predicate(part)));
        Some(HashJoin {
            slot: wanted.slot,
            keys: found.keys,
            needed: found.needed,
            left,
            nearby,
            filter: all(rest),
            incomplete,
            work: &self.context.work,
            lookup: found.lookup,
        })
    }

    /// An index over all equalities; or over one of them, where that alone tells records apart.
    fn equalities(
        &mut self,
        table: &'a Table,
        slot: Slot,
        mut keys: Vec<Equality<'a>>,
    ) -> Option<Found<'a>> {
        let mut key = |&(_, sort, outer): &Equality<'a>| self.column_expr(outer, sort);
        let mut outers = keys.iter().map(&mut key).collect::<Option<Vec<_>>>()?;
        if let Some(best) = self.telling(table, &keys) {
            let (field, sort, _) = keys[best];
            let lookup = self.index_over(table, &[(field, sort)]);
            if lookup.index()?.groups.largest() <= SMALL {
                let own = outers.remove(best);
                keys.remove(best);
                let checks = keys.iter().zip(outers).map(|(&(field, sort, _), outer)| {
                    let ty = self.context.schemas().field(table.ledger, field).ty;
                    let cell = column(table, slot, field);
                    let own = self.cell_scalar(cell, ty, sort)?;
                    let equal = Predicate::Compare(Comparison::Equal, own, outer);
                    Some([Predicate::Filled(cell, false), equal])
                });
                let checks = checks.collect::<Option<Vec<_>>>()?;
                let needed = keys
                    .iter()
                    .map(|&(_, sort, outer)| self.column_expr(outer, sort));
                return Some(Found {
                    lookup,
                    keys: vec![own],
                    needed: needed.collect::<Option<Vec<_>>>()?,
                    checks: checks.into_iter().flatten().collect(),
                });
            }
        }
        let mut pairs: Vec<_> = keys.into_iter().zip(outers).collect();
        pairs.sort_by_key(|((field, sort, _), _)| (*field, *sort));
        let fields: Vec<_> = pairs
            .iter()
            .map(|&((field, sort, _), _)| (field, sort))
            .collect();
        Some(Found {
            lookup: self.index_over(table, &fields),
            keys: pairs.into_iter().map(|(_, outer)| outer).collect(),
            needed: Vec::new(),
            checks: Vec::new(),
        })
    }

    fn index_over(&self, table: &Table, fields: &[(FieldId, Sort)]) -> Lookup {
        let spec = Spec {
            ledger: table.ledger,
            fields: fields.to_vec(),
        };
        self.context.indexes.get(self.context, table, spec)
    }

    /// Which of several equalities seems to tell nearly all records apart, if any does. Only where every
    /// key cell can be told and holds one thing.
    fn telling(&self, table: &Table, keys: &[Equality<'a>]) -> Option<usize> {
        let is_plain = |&(field, ..): &Equality<'a>| {
            let ty = self.context.schemas().field(table.ledger, field).ty;
            let states = &table.columns[usize::from(field.0)].states;
            let is_list = matches!(ty, FieldType::PersonList | FieldType::EnumList(_));
            let is_told = |s: &CellState| matches!(s, CellState::Value | CellState::Empty);
            !is_list && states.iter().all(is_told)
        };
        if keys.len() < 2 || !keys.iter().all(is_plain) {
            return None;
        }
        let step = (table.len() / SAMPLE).max(1);
        let different = |&(field, ..): &Equality<'a>| {
            let words = &table.columns[usize::from(field.0)].words;
            let mut words: Vec<_> = words.iter().step_by(step).collect();
            words.sort_unstable();
            words.dedup();
            words.len()
        };
        let (best, count) = keys
            .iter()
            .map(different)
            .enumerate()
            .max_by_key(|&(at, count)| (count, std::cmp::Reverse(at)))?;
        (count * 10 >= table.len().div_ceil(step) * 9).then_some(best)
    }

    fn own_truth(&mut self, slot: Slot, ledger: LedgerId, row: u32, parts: &[&'a Expr]) -> u8 {
        let before = self.bound(slot).clone();
        self.bind(slot, Bound::Row(ledger, row));
        let truths = parts.iter().map(|part| match self.truth(part) {
            Truth::False => FALSE,
            Truth::True => TRUE,
            Truth::Unknown(_) => UNKNOWN,
        });
        let least = truths.min().unwrap_or(TRUE);
        self.bind(slot, before);
        least
    }

    /// The order in which large groups find their neighbours, where a condition compares order.
    fn nearby(
        &mut self,
        table: &'a Table,
        wanted: RowQuery<'a>,
        parts: &[&'a Expr],
        groups: &KeyGroups,
    ) -> Option<Nearby<'a>> {
        if groups.largest() <= SMALL {
            return None;
        }
        let mut bounds: [Option<(Edge<'a>, Edge<'a>)>; 2] = [None, None];
        for part in parts {
            if let Some((is_high, own, outer)) = self.bound_by(wanted.slot, part) {
                bounds[usize::from(is_high)].get_or_insert((own, outer));
            }
        }
        let [low, high] = bounds;
        if low.is_none() && high.is_none() {
            return None;
        }
        let rows = Batch::of_rows(wanted.slot, 0..table.len());
        let begin = high.as_ref().map(|(own, _)| own.numbers(&rows, false));
        let end = low.as_ref().map(|(own, _)| own.numbers(&rows, true));
        let is_known = |row: u32| {
            let both = begin.iter().chain(&end);
            both.into_iter().all(|numbers| numbers.known[row as usize])
        };
        let extent = |row: u32| {
            let high = end
                .as_ref()
                .map_or(i64::MAX, |end| end.values[row as usize]);
            let low = begin
                .as_ref()
                .map_or(high, |begin| begin.values[row as usize]);
            Interval { row, low, high }
        };
        let known = groups.only(is_known);
        Some(Nearby {
            ranges: IntervalIndex::new(&known, extent),
            known,
            loose: groups.only(|row| !is_known(row)),
            low: low.map(|(_, outer)| outer),
            high: high.map(|(_, outer)| outer),
        })
    }

    /// `own < outer` bounds a row from above, `own > outer` from below: which, and the two sides.
    fn bound_by(&mut self, slot: Slot, part: &'a Expr) -> Option<(bool, Edge<'a>, Edge<'a>)> {
        let ExprKind::Compare(how, a, b) = &part.kind else {
            return None;
        };
        let is_own = |expr: &Expr| matches!(expr.kind, ExprKind::Field(own, ..) if own == slot);
        let (how, own, outer) = match (is_own(a), is_own(b)) {
            (true, _) => (*how, a, b),
            (_, true) => (crate::order::mirrored(*how), b, a),
            _ => return None,
        };
        let is_high = match how {
            Comparison::Less | Comparison::LessEqual => true,
            Comparison::Greater | Comparison::GreaterEqual => false,
            Comparison::Equal | Comparison::NotEqual => return None,
        };
        if slots(outer).contains(&slot) {
            return None;
        }
        let ((x, x_type), y) = (self.column(own)?, self.column(outer));
        let edges = match (x_type, y) {
            (FieldType::DateTime, Some((y, FieldType::DateTime))) => {
                (Edge::Moment(x), Edge::Moment(y))
            }
            (
                FieldType::Date | FieldType::DateTime | FieldType::Integer | FieldType::Decimal,
                _,
            ) => {
                let sort = common(sort_of_field(x_type), sort_of(&outer.ty));
                let own = self.column_expr(own, sort)?;
                (
                    Edge::Number(own),
                    Edge::Number(self.column_expr(outer, sort)?),
                )
            }
            _ => return None,
        };
        Some((is_high, edges.0, edges.1))
    }
}

/// For every row what those conditions say that speak of the row alone: no, yes, or cannot be told.
pub(crate) fn own_truths<'a>(eval: &mut Evaluator<'a>, wanted: RowQuery<'a>) -> Arc<[u8]> {
    truths_alone(eval, wanted, true)
}

/// The same on one processor, for an evaluator that works inside a batch: a thread that waited for pieces of
/// its own would take up further batches meanwhile, one inside the other.
pub(crate) fn own_truths_within<'a>(eval: &mut Evaluator<'a>, wanted: RowQuery<'a>) -> Arc<[u8]> {
    truths_alone(eval, wanted, false)
}

fn truths_alone<'a>(eval: &mut Evaluator<'a>, wanted: RowQuery<'a>, shared: bool) -> Arc<[u8]> {
    let (Some(filter), LedgerState::Rows(table)) =
        (wanted.filter, eval.context.ledger_state(wanted.ledger))
    else {
        return Arc::from([]);
    };
    let address = ExprId::of(filter);
    if let Some(truths) = eval.own.get(&address) {
        return Arc::clone(truths);
    }
    let (own, rows) = (parts(wanted).0, table.len());
    eval.work(rows);
    let node = all(own.iter().map(|part| eval.predicate(part)).collect());
    let piece = |chunk| {
        let start = chunk * CHUNK;
        node.truths(&Batch::of_rows(wanted.slot, start..rows.min(start + CHUNK)))
    };
    let pieces = rows.div_ceil(CHUNK);
    let chunks = match shared {
        true => in_parallel(pieces, piece),
        false => (0..pieces).map(piece).collect(),
    };
    let mut truths = chunks.concat();
    let asked = match node.is_exact() {
        true => Vec::new(),
        false => positions(&truths, UNKNOWN),
    };
    for row in asked {
        truths[row as usize] = eval.own_truth(wanted.slot, wanted.ledger, row, &own);
    }
    let truths: Arc<[u8]> = truths.into();
    eval.own.insert(address, Arc::clone(&truths));
    truths
}
