//! Tells why a condition cannot be told: which cell is empty or unreadable, which ledger is absent.

use super::{Explainer, UnknownReason, reasons, words};
use crate::context::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::value::{State, Truth, Value, Why};
use zicha_model::{
    schema::{FieldId, LedgerId},
    time::{Day, Moment},
};
use zicha_rule::ir::{Expr, ExprKind};
use zicha_rule::walk::each_part;

impl<'a> Explainer<'_, 'a> {
    /// Why a condition cannot be told.
    pub(crate) fn unknown_reason(&mut self, expr: &'a Expr) -> UnknownReason {
        let mut doubt = UnknownReason::default();
        self.explain_unknown(expr, &mut doubt);
        doubt
    }

    fn explain_unknown(&mut self, expr: &'a Expr, out: &mut UnknownReason) {
        let Truth::Unknown(why) = self.eval.truth(expr) else {
            return;
        };
        match &expr.kind {
            ExprKind::Not(a) => self.explain_unknown(a, out),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts
                    .iter()
                    .for_each(|part| self.explain_unknown(part, out));
            }
            ExprKind::Implies(a, b) => {
                self.explain_unknown(a, out);
                self.explain_unknown(b, out);
            }
            ExprKind::Compare(_, a, b) => {
                if why == Why::NoTime {
                    return self.wonder_at_times(&[a, b], out);
                }
                let whys = [self.eval.value(a).why(), self.eval.value(b).why()];
                let whys: Vec<_> = whys.into_iter().flatten().collect();
                if whys.is_empty() {
                    out.join(self.eval.context.reason(why));
                }
                whys.into_iter()
                    .for_each(|why| out.join(self.eval.context.reason(why)));
            }
            _ => out.join(self.eval.context.reason(why)),
        }
    }

    /// The moments of which only the day is known.
    fn wonder_at_times(&mut self, parts: &[&'a Expr], out: &mut UnknownReason) {
        let mut parts = parts.to_vec();
        while let Some(part) = parts.pop() {
            if let Value::Moment(word) = self.eval.value(part)
                && Moment(word).is_day_only()
            {
                let mut doubt = UnknownReason::default();
                self.cells(part, &mut doubt.evidence);
                doubt.reasons.push(reasons::no_time(&self.named(part)));
                out.join(doubt);
            } else {
                each_part(part, &mut |inner| parts.push(inner));
            }
        }
    }
}

impl<'a> EvalContext<'a> {
    /// One reason in words, with the cell that is its cause.
    pub(crate) fn reason(&self, why: Why<'a>) -> UnknownReason {
        let schemas = self.schemas();
        let ledger = |id: LedgerId| words::ledger(&schemas.ledger(id).label);
        let label = |l: LedgerId, f: FieldId| schemas.field(l, f).label.as_str();
        let mut doubt = UnknownReason::default();
        let text = match why {
            Why::Cell(l, _, f, State::NoColumn) | Why::NoColumn(l, f) => {
                reasons::column_missing(&ledger(l), label(l, f))
            }
            Why::Cell(l, row, f, state) => {
                doubt.evidence.push(EvidenceRef::Cell(l, row, f));
                let name = format!("{}的{}", self.record_for_people(l, row), label(l, f));
                if state == State::Empty {
                    reasons::cell_empty(&name)
                } else {
                    reasons::cell_unreadable(&name, &self.show_cell(l, row, f))
                }
            }
            Why::NoLedger(l) => {
                doubt.missing.push(l);
                self.missing(l)
            }
            Why::Nothing(l) => {
                doubt
                    .evidence
                    .push(EvidenceRef::Sought(l, words::ANY_RECORD.to_owned()));
                reasons::nothing_to_gather(&ledger(l))
            }
            Why::NotDue(day) => reasons::not_due(&Day(day).chinese()),
            Why::NoFestival => reasons::NO_FESTIVAL.to_owned(),
            Why::NoTime => reasons::no_time(""),
            Why::Unset(name) => reasons::unset(&self.parameter_label(name)),
            Why::Dangling(l, row, f, to) => {
                doubt.evidence.push(EvidenceRef::Cell(l, row, f));
                reasons::dangling(label(l, f), &self.show_cell(l, row, f), &ledger(to))
            }
            Why::Namesakes(name) => reasons::namesakes(self.dataset.strings.resolve(name)),
            Why::Undefined => reasons::UNDEFINED.to_owned(),
        };
        doubt.reasons.push(text);
        doubt
    }
}
