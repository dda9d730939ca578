//! Conditions without a kernel of their own (functions of texts and lists, choices, aggregates that are
//! compared): evaluated record by record inside the batch, so that columns decide whole clauses all the same.
//!
//! The condition is the smallest that no kernel covers, and it is asked last, of the records that the others
//! leave open.

use crate::columnar::batch::Batch;
use crate::columnar::{Predicate, RecordPredicate};
use crate::context::EvalContext;
use crate::explanation::Explainer;
use crate::kleene::{FALSE, TRUE, UNKNOWN};
use crate::lowering::join_plan::own_truths_within;
use crate::rows::{Bound, Evaluator};
use crate::value::{Truth, Why};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use zicha_model::schema::LedgerId;
use zicha_rule::ir::{Expr, ExprKind, Slot};
use zicha_rule::walk::{each_part, slots};

struct EachRecord<'a> {
    context: &'a EvalContext<'a>,
    condition: &'a Expr,
    /// The records' variables and their ledgers.
    variables: Vec<(Slot, LedgerId)>,
    /// Evaluators at rest, with what they have worked out once: as many as threads have asked at a time.
    idle: Mutex<Vec<Evaluator<'a>>>,
}

/// The condition asked of each record; none where a variable stands for something else than a record.
pub(super) fn each_record<'a>(
    context: &'a EvalContext<'a>,
    condition: &'a Expr,
) -> Option<Predicate<'a>> {
    let mut ledgers = BTreeMap::new();
    ledgers_of(condition, &mut ledgers);
    let variables = slots(condition).into_iter();
    let variables = variables.map(|slot| Some((slot, *ledgers.get(&slot)?)));
    Some(Predicate::Each(Box::new(EachRecord {
        context,
        condition,
        variables: variables.collect::<Option<_>>()?,
        idle: Mutex::default(),
    })))
}

/// The ledgers of the variables whose fields an expression names.
fn ledgers_of(expr: &Expr, ledgers: &mut BTreeMap<Slot, LedgerId>) {
    if let ExprKind::Field(slot, ledger, _) = expr.kind {
        ledgers.insert(slot, ledger);
    }
    each_part(expr, &mut |part| ledgers_of(part, ledgers));
}

impl<'a> EachRecord<'a> {
    /// Calls `f` for every record with an evaluator that has it bound.
    fn visit(&self, batch: &Batch<'_>, mut f: impl FnMut(&mut Evaluator<'a>, u32)) {
        let mut eval = self.evaluator();
        let rows: Vec<_> = self
            .variables
            .iter()
            .map(|(slot, _)| batch.rows(*slot))
            .collect();
        for at in 0..batch.len {
            for (&(slot, ledger), rows) in self.variables.iter().zip(&rows) {
                let row = rows.as_ref().map(|rows| rows[at]);
                let bound = row.map_or(Bound::Nothing, |row| Bound::Row(ledger, row));
                eval.bind(slot, bound);
            }
            eval.step();
            f(&mut eval, at as u32);
        }
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(eval);
        }
    }

    fn evaluator(&self) -> Evaluator<'a> {
        let idle = self.idle.lock().ok();
        let rested = idle.and_then(|mut idle| idle.pop());
        rested.unwrap_or_else(|| Evaluator::new(self.context, 0, own_truths_within))
    }
}

impl<'a> RecordPredicate<'a> for EachRecord<'a> {
    fn truths(&self, batch: &Batch<'_>) -> Vec<u8> {
        let mut truths = Vec::with_capacity(batch.len);
        self.visit(batch, |eval, _| {
            truths.push(match eval.truth(self.condition) {
                Truth::False => FALSE,
                Truth::True => TRUE,
                Truth::Unknown(_) => UNKNOWN,
            });
        });
        truths
    }

    fn causes(&self, batch: &Batch<'_>) -> Vec<(u32, Why<'a>)> {
        let mut causes = Vec::new();
        self.visit(batch, |eval, at| {
            let whys = Explainer::new(eval, None).unknown_causes(self.condition);
            causes.extend(whys.into_iter().map(|why| (at, why)));
        });
        causes
    }
}

impl fmt::Debug for EachRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variables = &self.variables;
        f.debug_struct("EachRecord")
            .field("variables", variables)
            .finish_non_exhaustive()
    }
}
