//! Whom `for` runs over: records, list items, quarters, months, neighbouring records.

use super::row_query::{RowQuery, query_rows};
use super::{Bound, Evaluator};
use crate::order::{day_of, in_time};
use crate::value::{Truth, Value, Why};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use zicha_model::{
    schema::{FieldId, LedgerId},
    time::Day,
};
use zicha_rule::ir::{Binding, Expr, ExprKind, Key, Slot, Source};

/// What a visitor of a binding's elements is told: why it cannot be told whether the element is meant.
pub(crate) type ElementVisitor<'v, 'a> = &'v mut dyn FnMut(&mut Evaluator<'a>, Option<Why<'a>>);

impl<'a> Evaluator<'a> {
    /// Binds the variable to each element that satisfies the filter, or may.
    pub(crate) fn each(
        &mut self,
        binding: &'a Binding,
        meet: ElementVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        let result = match &binding.source {
            Source::Ledger(ledger) => {
                self.rows(query_rows(binding, *ledger), &mut |eval, _, doubt| {
                    meet(eval, doubt);
                    ControlFlow::Continue(())
                })
            }
            Source::Items(list) => {
                let items = self.list(list)?;
                for item in self.context.items_of(&items) {
                    self.meet_one(binding, Bound::Item(item, list), meet);
                }
                Ok(())
            }
            Source::Quarters(year) => self.windows(binding, year, 3, meet),
            Source::Months(year, step) => {
                let step = self.value(step);
                let months = step.whole().and_then(|n| u32::try_from(n).ok());
                match months.filter(|n| (1..=12).contains(n)) {
                    Some(months) => self.windows(binding, year, months, meet),
                    None => Err(step.why().unwrap_or(Why::Undefined)),
                }
            }
            Source::Consecutive { ledger, by, next } => {
                self.neighbours(binding, *ledger, *by, *next, meet)
            }
        };
        self.bind(binding.slot, Bound::Nothing);
        result
    }

    /// Binds the variable over a ledger to those of these rows that satisfy the filter, or may.
    pub(crate) fn each_of(
        &mut self,
        binding: &'a Binding,
        rows: &[u32],
        meet: ElementVisitor<'_, 'a>,
    ) {
        let Source::Ledger(ledger) = binding.source else {
            return;
        };
        let wanted = query_rows(binding, ledger);
        self.visit_rows(wanted, rows, &mut |eval, _, doubt| {
            meet(eval, doubt);
            ControlFlow::Continue(())
        });
        self.bind(binding.slot, Bound::Nothing);
    }

    fn meet_one(&mut self, binding: &'a Binding, bound: Bound<'a>, meet: ElementVisitor<'_, 'a>) {
        self.step();
        self.bind(binding.slot, bound);
        match binding
            .filter
            .as_ref()
            .map_or(Truth::True, |filter| self.truth(filter))
        {
            Truth::False => {}
            Truth::True => meet(self, None),
            Truth::Unknown(why) => meet(self, Some(why)),
        }
    }

    /// The windows of so many months of a year.
    fn windows(
        &mut self,
        binding: &'a Binding,
        year: &'a Expr,
        months: u32,
        meet: ElementVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        let year = self.value(year);
        let number = year.whole().and_then(|n| i32::try_from(n).ok());
        let first = number.and_then(|year| Day::of(year, 1, 1));
        let Some(first) = first else {
            return Err(year.why().unwrap_or(Why::Undefined));
        };
        for month in (0..12).step_by(months as usize) {
            let start = first.add_months(month);
            let end = first
                .add_months((month + months as i32).min(12))
                .add_days(-1);
            self.meet_one(binding, Bound::Window(start.0, end.0), meet);
        }
        Ok(())
    }

    /// Neighbouring rows by a date. A row whose date or filter cannot be told is met alone, and may stand
    /// between two others: whether they are neighbours cannot be told either.
    fn neighbours(
        &mut self,
        binding: &'a Binding,
        ledger: LedgerId,
        by: FieldId,
        next: Slot,
        meet: ElementVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        let (mut dated, mut loose) = (Vec::new(), Vec::new());
        let context = self.context;
        self.rows(query_rows(binding, ledger), &mut |_, row, doubt| {
            let when = context
                .dataset
                .table(ledger)
                .map_or(Value::Unknown(Why::NoLedger(ledger)), |t| {
                    context.cell(t, row, by)
                });
            match doubt.or_else(|| when.why()) {
                Some(why) => loose.push((row, why, day_of(&when))),
                None => dated.push((row, when)),
            }
            ControlFlow::Continue(())
        })?;
        dated.sort_by(|a, b| {
            let days = day_of(&a.1).cmp(&day_of(&b.1));
            days.then(in_time(&a.1, &b.1).unwrap_or(Ordering::Equal))
                .then(a.0.cmp(&b.0))
        });
        let anywhere = loose.iter().find(|(.., day)| day.is_none());
        let anywhere = anywhere.map(|&(_, why, _)| why);
        let mut between: Vec<_> = loose
            .iter()
            .filter_map(|&(_, why, day)| Some((day?, why)))
            .collect();
        between.sort_by_key(|&(day, _)| day);
        for pair in dated.windows(2) {
            let ends = (day_of(&pair[0].1), day_of(&pair[1].1));
            let first = between.partition_point(|&(day, _)| Some(day) < ends.0);
            let inside = between.get(first).filter(|&&(day, _)| Some(day) <= ends.1);
            let doubt = anywhere.or(inside.map(|&(_, why)| why));
            self.step();
            self.bind(binding.slot, Bound::Row(ledger, pair[0].0));
            self.bind(next, Bound::Row(ledger, pair[1].0));
            meet(self, doubt);
        }
        self.bind(next, Bound::Nothing);
        for (row, why, _) in loose {
            self.bind(binding.slot, Bound::Row(ledger, row));
            meet(self, Some(why));
        }
        Ok(())
    }

    /// Binds all variables to each combination that satisfies the filters, or may.
    pub(crate) fn each_combination(
        &mut self,
        bindings: &'a [Binding],
        doubt: Option<Why<'a>>,
        meet: ElementVisitor<'_, 'a>,
    ) -> Result<(), Why<'a>> {
        let Some((first, rest)) = bindings.split_first() else {
            meet(self, doubt);
            return Ok(());
        };
        let mut inner = Ok(());
        let mut any = false;
        let outer = self.each(first, &mut |eval, why| {
            any = true;
            let met = eval.each_combination(rest, doubt.or(why), meet);
            if inner.is_ok() {
                inner = met;
            }
        });
        outer?;
        if !any && let Some(why) = self.dangling(first) {
            return Err(why);
        }
        inner
    }

    /// A reference of an earlier variable that a joined ledger does not resolve.
    fn dangling(&mut self, binding: &'a Binding) -> Option<Why<'a>> {
        let Source::Ledger(ledger) = binding.source else {
            return None;
        };
        for key in &binding.keys {
            let Key::Equals(field, outer) = key else {
                continue;
            };
            let ExprKind::Field(slot, from, name) = outer.kind else {
                continue;
            };
            let &Bound::Row(_, row) = self.bound(slot) else {
                continue;
            };
            if self.context.schemas().field(from, name).reference != Some((ledger, *field)) {
                continue;
            }
            let alone = RowQuery {
                keys: std::slice::from_ref(key),
                ..query_rows(binding, ledger)
            };
            if self.is_dangling(alone) {
                return Some(Why::Dangling(from, row, name, ledger));
            }
        }
        None
    }
}
