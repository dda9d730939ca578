//! Tells why a condition cannot be told: which cell is empty or unreadable, which ledger is absent.

use super::clause::EXPLAINED;
use super::eval::Machine;
use super::explain::{Proof, extend};
use super::value::{State, Truth, Value, Why};
use super::{reasons, words};
use zicha_model::{
    schema::{FieldId, LedgerId},
    time::{Day, Moment},
};
use zicha_rule::ir::{Expr, ExprKind};
use zicha_rule::walk::each_part;

/// Why a subject could not be decided.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubt {
    pub(super) reasons: Vec<String>,
    pub(super) proof: Vec<Proof>,
    /// The ledgers whose absence is the reason.
    pub(super) missing: Vec<LedgerId>,
}

impl Doubt {
    /// Joins the doubt of another clause or combination.
    pub(super) fn join(&mut self, other: Self) {
        if self.reasons.len() >= EXPLAINED {
            return;
        }
        extend(&mut self.reasons, other.reasons);
        extend(&mut self.proof, other.proof);
        extend(&mut self.missing, other.missing);
    }
}

impl<'a> Machine<'a> {
    /// Why a condition cannot be told.
    pub(super) fn doubt(&mut self, expr: &'a Expr) -> Doubt {
        let mut doubt = Doubt::default();
        self.wonder(expr, &mut doubt);
        doubt
    }

    fn wonder(&mut self, expr: &'a Expr, out: &mut Doubt) {
        let Truth::Unknown(why) = self.truth(expr) else {
            return;
        };
        match &expr.kind {
            ExprKind::Not(a) => self.wonder(a, out),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts.iter().for_each(|part| self.wonder(part, out));
            }
            ExprKind::Implies(a, b) => {
                self.wonder(a, out);
                self.wonder(b, out);
            }
            ExprKind::Compare(_, a, b) => {
                if why == Why::NoTime {
                    return self.wonder_at_times(&[a, b], out);
                }
                let whys = [self.value(a).why(), self.value(b).why()];
                let whys: Vec<_> = whys.into_iter().flatten().collect();
                if whys.is_empty() {
                    out.join(self.reason(why));
                }
                whys.into_iter().for_each(|why| out.join(self.reason(why)));
            }
            _ => out.join(self.reason(why)),
        }
    }

    /// The moments of which only the day is known.
    fn wonder_at_times(&mut self, parts: &[&'a Expr], out: &mut Doubt) {
        let mut parts = parts.to_vec();
        while let Some(part) = parts.pop() {
            if let Value::Moment(word) = self.value(part)
                && Moment(word).is_day_only()
            {
                let mut doubt = Doubt::default();
                self.cells(part, &mut doubt.proof);
                doubt.reasons.push(reasons::no_time(&self.named(part)));
                out.join(doubt);
            } else {
                each_part(part, &mut |inner| parts.push(inner));
            }
        }
    }

    /// One reason in words, with the cell that is its cause.
    pub(super) fn reason(&self, why: Why<'a>) -> Doubt {
        let schemas = self.world.schemas();
        let ledger = |id: LedgerId| words::ledger(&schemas.ledger(id).label);
        let label = |l: LedgerId, f: FieldId| schemas.field(l, f).label.as_str();
        let mut doubt = Doubt::default();
        let text = match why {
            Why::Cell(l, _, f, State::NoColumn) | Why::NoColumn(l, f) => {
                reasons::column_missing(&ledger(l), label(l, f))
            }
            Why::Cell(l, row, f, state) => {
                doubt.proof.push(Proof::Cell(l, row, f));
                let name = format!("{}的{}", self.world.record_for_people(l, row), label(l, f));
                if state == State::Empty {
                    reasons::cell_empty(&name)
                } else {
                    reasons::cell_unreadable(&name, &self.show_cell(l, row, f))
                }
            }
            Why::NoLedger(l) => {
                doubt.missing.push(l);
                self.world.missing(l)
            }
            Why::Nothing(l) => {
                doubt
                    .proof
                    .push(Proof::Sought(l, words::ANY_RECORD.to_owned()));
                reasons::nothing_to_gather(&ledger(l))
            }
            Why::NotDue(day) => reasons::not_due(&Day(day).chinese()),
            Why::NoFestival => reasons::NO_FESTIVAL.to_owned(),
            Why::NoTime => reasons::no_time(""),
            Why::Unset(name) => reasons::unset(&self.parameter_label(name)),
            Why::Dangling(l, row, f, to) => {
                doubt.proof.push(Proof::Cell(l, row, f));
                reasons::dangling(label(l, f), &self.show_cell(l, row, f), &ledger(to))
            }
            Why::Namesakes(name) => reasons::namesakes(self.world.dataset.strings.resolve(name)),
            Why::Undefined => reasons::UNDEFINED.to_owned(),
        };
        doubt.reasons.push(text);
        doubt
    }
}
