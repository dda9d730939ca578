//! Tells why a condition cannot be told: which cell is empty or unreadable, which ledger is absent.

use super::{Explainer, UnknownReason, extend, reasons, words};
use crate::context::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::value::{State, Truth, Value, Why};
use zicha_model::{
    schema::{FieldId, LedgerId},
    time::{Day, Moment},
};
use zicha_rule::ir::{Expr, ExprKind};
use zicha_rule::walk::each_part;

/// Hears of a cause, with the sides of the comparison where a time of day is missing.
type CauseVisitor<'v, 'a> = &'v mut dyn FnMut(&mut Explainer<'_, 'a>, Why<'a>, &[&'a Expr]);

impl<'a> Explainer<'_, 'a> {
    /// Why a condition cannot be told.
    pub(crate) fn unknown_reason(&mut self, expr: &'a Expr) -> UnknownReason<'a> {
        let mut reason = UnknownReason::default();
        self.explain_unknown(expr, &mut |explainer, why, times| {
            let part = match why {
                Why::NoTime => explainer.reason_at_times(times),
                why => explainer.eval.context.reason(why),
            };
            reason.join(part);
        });
        reason
    }

    /// The same without words.
    pub(crate) fn unknown_causes(&mut self, expr: &'a Expr) -> Vec<Why<'a>> {
        let mut whys = Vec::new();
        self.explain_unknown(expr, &mut |_, why, _| extend(&mut whys, vec![why]));
        whys
    }

    /// Calls `f` with each cause; where a time of day is missing, with the sides of the comparison.
    fn explain_unknown(&mut self, expr: &'a Expr, f: CauseVisitor<'_, 'a>) {
        let Truth::Unknown(why) = self.eval.truth(expr) else {
            return;
        };
        match &expr.kind {
            ExprKind::Not(a) => self.explain_unknown(a, f),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts.iter().for_each(|part| self.explain_unknown(part, f));
            }
            ExprKind::Implies(a, b) => {
                self.explain_unknown(a, f);
                self.explain_unknown(b, f);
            }
            ExprKind::Compare(_, a, b) => {
                if why == Why::NoTime {
                    return f(self, why, &[a, b]);
                }
                let whys = [self.eval.value(a).why(), self.eval.value(b).why()];
                let whys: Vec<_> = whys.into_iter().flatten().collect();
                if whys.is_empty() {
                    f(self, why, &[]);
                }
                whys.into_iter().for_each(|why| f(self, why, &[]));
            }
            _ => f(self, why, &[]),
        }
    }

    /// The moments of which only the day is known.
    fn reason_at_times(&mut self, parts: &[&'a Expr]) -> UnknownReason<'a> {
        let mut reason = UnknownReason {
            whys: vec![Why::NoTime],
            ..UnknownReason::default()
        };
        let mut parts = parts.to_vec();
        while let Some(part) = parts.pop() {
            if let Value::Moment(word) = self.eval.value(part)
                && Moment(word).is_day_only()
            {
                let mut own = UnknownReason::default();
                self.cells(part, &mut own.evidence);
                own.reasons.push(reasons::no_time(&self.named(part)));
                reason.join(own);
            } else {
                each_part(part, &mut |inner| parts.push(inner));
            }
        }
        if reason.reasons.is_empty() {
            reason.reasons.push(reasons::no_time(""));
        }
        reason
    }
}

impl<'a> EvalContext<'a> {
    /// One reason in words, with the cell that is its cause.
    pub(crate) fn reason(&self, why: Why<'a>) -> UnknownReason<'a> {
        let schemas = self.schemas();
        let ledger = |id: LedgerId| words::ledger(&schemas.ledger(id).label);
        let label = |l: LedgerId, f: FieldId| schemas.field(l, f).label.as_str();
        let mut doubt = UnknownReason {
            whys: vec![why],
            ..UnknownReason::default()
        };
        let text = match why {
            Why::Cell(l, _, f, State::NoColumn) | Why::NoColumn(l, f) => {
                reasons::column_missing(&ledger(l), label(l, f))
            }
            Why::Cell(l, row, f, state) => {
                doubt.evidence.push(EvidenceRef::Cell(l, row, f));
                let name = format!("{}的{}", self.record_for_people(l, row), label(l, f));
                match state {
                    State::Empty => reasons::cell_empty(&name),
                    State::Future => reasons::future(
                        &name,
                        &self.show_cell(l, row, f),
                        &self.plan.as_of.to_string(),
                    ),
                    State::Unreadable | State::NoColumn => {
                        reasons::cell_unreadable(&name, &self.show_cell(l, row, f))
                    }
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

    /// A reason in words that name no record: what many records share.
    pub(crate) fn general_reason(&self, why: Why<'a>) -> String {
        let schemas = self.schemas();
        let name = |l: LedgerId, f: FieldId| {
            words::of_ledger(&self.ledger_name(l), &schemas.field(l, f).label)
        };
        match why.general() {
            Why::Cell(l, _, f, State::Empty) => reasons::cell_empty(&name(l, f)),
            Why::Cell(l, _, f, State::Future) => reasons::all_future(&name(l, f)),
            Why::Cell(l, _, f, _) => reasons::cells_unreadable(&name(l, f)),
            Why::NotDue(_) => reasons::NOT_DUE_YET.to_owned(),
            Why::Dangling(l, _, f, to) => reasons::all_dangling(&name(l, f), &self.ledger_name(to)),
            why => self.reason(why).reasons.join(words::ALSO),
        }
    }
}
