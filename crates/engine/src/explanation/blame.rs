//! Tells why a condition does not hold for the records bound now: what was expected, what was found,
//! and the cells that decided.
//!
//! Entered only for subjects that failed or could not be decided.

use super::{Explainer, Explanation, extend, words};
use crate::context::evidence_ref::EvidenceRef;
use crate::explanation::describe::is_given;
use crate::rows::Bound;
use crate::rows::row_query::RowQuery;
use crate::value::Truth;
use std::ops::ControlFlow;
use zicha_rule::ir::{Aggregate, Expr, ExprKind, Function, Key, Query};
use zicha_rule::walk::{each_condition, each_part, is_pending, query_of};

/// Rows listed as evidence of a count; a remark tells how many there are.
const SHOWN_ROWS: usize = 10;

impl<'a> Explainer<'_, 'a> {
    /// Why the condition is not as it must be (`want`).
    pub(crate) fn explanation(&mut self, expr: &'a Expr, want: bool) -> Explanation {
        let mut explanation = Explanation::default();
        self.blame(expr, want, &mut explanation);
        explanation
    }

    fn blame(&mut self, expr: &'a Expr, want: bool, out: &mut Explanation) {
        match &expr.kind {
            ExprKind::Not(a) => self.blame(a, !want, out),
            ExprKind::And(parts) if want => self.blame_parts(parts, want, out),
            ExprKind::Or(parts) if !want => self.blame_parts(parts, want, out),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let parts = parts.iter().filter(|part| !is_pending(part));
                let mut ways: Vec<_> = parts.map(|part| self.explanation(part, want)).collect();
                // What only the unit's rules could change is no way out for a record.
                if ways.iter().any(|way| !way.is_forbidden()) {
                    ways.retain(|way| !way.is_forbidden());
                }
                let mut inner = Explanation::default();
                ways.into_iter().for_each(|way| inner.join(way));
                out.expected.push(inner.expected.join(words::OR));
                extend(&mut out.actual, inner.actual);
                extend(&mut out.faults, inner.faults);
                extend(&mut out.evidence, inner.evidence);
            }
            ExprKind::Implies(a, b) if want => {
                let mut inner = Explanation::default();
                self.blame(b, true, &mut inner);
                let condition = self.phrase(a, true);
                let then = inner.expected.join(words::AND);
                out.expected.push(words::when(&condition, &then));
                extend(&mut out.actual, inner.actual);
                extend(&mut out.faults, inner.faults);
                extend(&mut out.evidence, inner.evidence);
                self.cells(a, &mut out.evidence);
            }
            ExprKind::Choose(condition, yes, no) => {
                let chosen = self.chosen(condition, yes, no);
                self.blame(chosen, want, out);
                self.cells(condition, &mut out.evidence);
            }
            _ => self.blame_leaf(expr, want, out),
        }
    }

    /// The parts that are not as they must be. Where the unit's rules forbid the matter as such,
    /// nothing else counts.
    fn blame_parts(&mut self, parts: &'a [Expr], want: bool, out: &mut Explanation) {
        let mut failing: Vec<_> = parts.iter().collect();
        failing.retain(|part| self.eval.truth(part) == Truth::from(!want));
        let forbidden = failing.iter().any(|part| is_given(part));
        for part in failing.iter().filter(|part| !forbidden || is_given(part)) {
            self.blame(part, want, out);
        }
    }

    fn blame_leaf(&mut self, expr: &'a Expr, want: bool, out: &mut Explanation) {
        if is_given(expr) {
            let rule = self.ruled_out(expr);
            extend(&mut out.expected, vec![rule]);
            extend(&mut out.actual, vec![words::FORBIDDEN.to_owned()]);
            return;
        }
        let expected = self.phrase(expr, want);
        extend(&mut out.expected, vec![expected]);
        let actual = self.found(expr);
        let fault = self.fault(expr, want).unwrap_or_else(|| actual.clone());
        extend(&mut out.faults, vec![fault]);
        extend(&mut out.actual, vec![actual]);
        let mut cells = Vec::new();
        self.cells(expr, &mut cells);
        extend(&mut out.evidence, cells);
    }

    /// What was found instead.
    fn found(&mut self, expr: &'a Expr) -> String {
        match &expr.kind {
            ExprKind::Compare(_, a, b) => self.found_beside(a, b),
            ExprKind::In(x, _) => self.state_of(x),
            ExprKind::Contains(list, _) => self.state_of(list),
            ExprKind::Matches(a, _) | ExprKind::Subset(a, _) => self.state_of(a),
            ExprKind::Intersects(a, b) if is_given(b) => self.state_of(a),
            ExprKind::Intersects(a, b) => [self.state_of(a), self.state_of(b)].join(words::AND),
            ExprKind::Exists(query) => self.found_rows(query),
            ExprKind::Call(Function::Present | Function::Absent, x) => {
                x.first().map_or_else(String::new, |x| self.state_of(x))
            }
            _ => {
                let truth = self.eval.truth(expr) == Truth::True;
                self.phrase(expr, truth)
            }
        }
    }

    /// What was found on the side of a comparison that records tell, or on both where something stands
    /// in for what one of them does not.
    fn found_beside(&mut self, a: &'a Expr, b: &'a Expr) -> String {
        let (seen, other) = if is_given(a) { (b, a) } else { (a, b) };
        let ExprKind::Call(Function::Coalesce, parts) = &seen.kind else {
            return self.state_of(seen);
        };
        let [first, stand_in] = &parts[..] else {
            return self.state_of(seen);
        };
        if !self.stands_in(first, stand_in) {
            return self.state_of(first);
        }
        let state = match query_of(first) {
            Some(query) => words::found_none(&self.query_ledger(query), &self.condition(query)),
            None => words::not_filled(&self.name(first)),
        };
        let state = words::taken_for(&state, &self.named(stand_in));
        if is_given(other) {
            state
        } else {
            [state, self.state_of(other)].join(words::AND_THAT)
        }
    }

    /// The rule of the unit that forbids the matter: the parameters that the condition names.
    fn ruled_out(&self, expr: &Expr) -> String {
        let mut labels = Vec::new();
        let mut gather = vec![expr];
        while let Some(next) = gather.pop() {
            if let ExprKind::Parameter(name) | ExprKind::ParameterAt(name, _) = &next.kind {
                labels.push(self.eval.context.parameter_label(name));
            }
            each_part(next, &mut |part| gather.push(part));
        }
        words::forbidden_by(&labels.join("、"))
    }

    fn state_of(&mut self, expr: &'a Expr) -> String {
        if let ExprKind::Item(slot) = &expr.kind
            && let &Bound::Item(_, list) = self.eval.bound(*slot)
        {
            return words::has_item(&self.name(list), &self.shown(expr));
        }
        let state = words::is(&self.name(expr), &self.shown(expr));
        let counted = match &expr.kind {
            ExprKind::Call(Function::Count, list) => list.first().map(|list| self.shown(list)),
            ExprKind::Count(query) | ExprKind::Aggregate(Aggregate::Sum, _, query) => {
                Some(self.counted(query))
            }
            _ => None,
        };
        let mut state = words::with_value(&state, &counted.unwrap_or_default());
        if let Some(query) = query_of(expr) {
            let rows = self.matching(query).len();
            if rows > SHOWN_ROWS {
                state.push_str(&words::capped(SHOWN_ROWS, rows));
            }
        }
        state
    }

    /// The records that were counted, by their keys.
    pub(super) fn counted(&mut self, query: &'a Query) -> String {
        let rows = self.matching(query);
        let shown = rows.iter().take(SHOWN_ROWS);
        let keys: Vec<_> = shown
            .map(|&row| self.eval.context.key_for_people(query.ledger, row))
            .collect();
        keys.join("、")
    }

    fn found_rows(&mut self, query: &'a Query) -> String {
        let rows = self.matching(query);
        let ledger = self.query_ledger(query);
        if rows.is_empty() {
            let condition = self.condition(query);
            return words::found_none(&ledger, &condition);
        }
        let mut text = words::found_records(&ledger, &self.counted(query));
        if rows.len() > SHOWN_ROWS {
            text.push_str(&words::capped(SHOWN_ROWS, rows.len()));
        }
        text
    }

    /// The rows that satisfy a query, without those that cannot be told.
    fn matching(&mut self, query: &'a Query) -> Vec<u32> {
        let mut rows = Vec::new();
        // A ledger that is not there has no rows to show; the caller knows that it is missing.
        let _ = self.eval.rows(RowQuery::of(query), &mut |_, row, doubt| {
            if doubt.is_none() {
                rows.push(row);
            }
            ControlFlow::Continue(())
        });
        rows
    }

    /// The cells that an expression looks at, with the rows it found or the ledger it searched.
    pub(crate) fn cells(&mut self, expr: &'a Expr, out: &mut Vec<EvidenceRef>) {
        match &expr.kind {
            ExprKind::Field(slot, ledger, field) => {
                if let &Bound::Row(_, row) = self.eval.bound(*slot) {
                    extend(out, vec![EvidenceRef::Cell(*ledger, row, *field)]);
                }
            }
            ExprKind::Single(ledger, field) => {
                if self
                    .eval
                    .context
                    .dataset
                    .table(*ledger)
                    .is_some_and(|t| !t.is_empty())
                {
                    extend(out, vec![EvidenceRef::Cell(*ledger, 0, *field)]);
                }
            }
            ExprKind::Item(slot) => {
                if let &Bound::Item(_, list) = self.eval.bound(*slot) {
                    self.cells(list, out);
                }
            }
            ExprKind::Choose(condition, yes, no) => {
                self.cells(condition, out);
                let chosen = self.chosen(condition, yes, no);
                self.cells(chosen, out);
            }
            ExprKind::In(x, list) if query_of(list).is_some() => {
                self.cells(x, out);
                if let Some(query) = query_of(list) {
                    let sought = words::is(&self.name(x), &self.shown(x));
                    let parts = [sought, self.condition(query)];
                    let parts: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
                    extend(
                        out,
                        vec![EvidenceRef::Sought(query.ledger, parts.join(words::AND))],
                    );
                }
            }
            _ => match query_of(expr) {
                Some(query) => self.query_cells(expr, query, out),
                None => each_part(expr, &mut |part| self.cells(part, out)),
            },
        }
    }

    fn query_cells(&mut self, expr: &'a Expr, query: &'a Query, out: &mut Vec<EvidenceRef>) {
        for key in &query.keys {
            let (Key::Equals(_, outer) | Key::Contains(_, outer)) = key;
            self.cells(outer, out);
        }
        let rows = self.matching(query);
        if rows.is_empty() {
            let condition = self.condition(query);
            extend(out, vec![EvidenceRef::Sought(query.ledger, condition)]);
        }
        for &row in rows.iter().take(SHOWN_ROWS) {
            self.eval.bind(query.slot, Bound::Row(query.ledger, row));
            for key in &query.keys {
                let (Key::Equals(field, _) | Key::Contains(field, _)) = key;
                extend(out, vec![EvidenceRef::Cell(query.ledger, row, *field)]);
            }
            self.row_cells(expr, query, out);
            if query.keys.is_empty() && query.filter.is_none() {
                extend(out, self.eval.context.key_cells(query.ledger, row));
            }
        }
        self.eval.bind(query.slot, Bound::Nothing);
    }

    /// The cells of a found row that its filter and what is gathered look at.
    fn row_cells(&mut self, expr: &'a Expr, query: &'a Query, out: &mut Vec<EvidenceRef>) {
        let mut conditions = Vec::new();
        each_condition(query, &mut |part| conditions.push(part as *const Expr));
        let mut parts = Vec::new();
        each_part(expr, &mut |part| parts.push(part));
        for part in parts {
            let is_key = conditions.contains(&(part as *const Expr))
                && query
                    .filter
                    .as_ref()
                    .is_none_or(|filter| !std::ptr::eq(filter, part));
            if !is_key {
                self.cells(part, out);
            }
        }
    }
}
