//! Decides most records at once, a column at a time; the few that are left are judged one by one.
//!
//! What enters: the conditions of a clause, put together once into a [`Node`]. What leaves: for every row
//! *no*, *yes* or *ask*. *No* and *yes* are what [`super::eval`] would say; *ask* means that it must be
//! asked, because the condition cannot be told of the row, or is of a kind that is not decided here. So the
//! evaluator remains the one judge, and nothing here knows of evidence or reasons.

use super::batch::{Batch, CHUNK};
use super::binding;
use super::compare::{first_word, last_word};
use super::decided::Rows;
use super::eval::Machine;
use super::node::{Node, all, column};
use super::probe::Probe;
use super::reach::Reach;
use super::tally::Tally;
use super::truths::{self, ASK, NO, YES, bits, positions};
use super::world::Shelf;
use std::ops::Range;
use zicha_model::{plan::Period, schema::FieldType};
use zicha_rule::ir::{Binding, Body, Slot, Source};

/// What is decided of the subjects of a clause.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    /// Who is a subject.
    pub(super) subject: Node<'a>,
    /// The records joined to it.
    pub(super) joins: Vec<Probe<'a>>,
    /// What must hold.
    pub(super) body: Node<'a>,
}

impl<'a> Machine<'a> {
    /// The sieve of `for first, rest …: body`.
    pub(super) fn sieve(
        &mut self,
        first: &'a Binding,
        rest: &'a [Binding],
        body: &'a Body,
        period: Option<Period>,
    ) -> Sieve<'a> {
        let filter = first.filter.as_ref();
        let filter = filter.map_or(Node::Known(YES), |filter| self.node(filter));
        let subject = all(vec![self.period_node(first, period), filter]);
        let ask = |subject| Sieve {
            subject,
            joins: Vec::new(),
            body: Node::Known(ASK),
        };
        let (inner, body) = match body {
            Body::Each(inner, body) => (&inner[..], &**body),
            body => (&[][..], body),
        };
        let Body::Holds(condition) = body else {
            return ask(subject);
        };
        let joins = rest.iter().chain(inner).map(|join| self.join(join));
        let Some(joins) = joins.collect() else {
            return ask(subject);
        };
        Sieve {
            subject,
            joins,
            body: self.node(condition),
        }
    }

    /// Judges the records of a ledger that can be judged by columns. Returns the rows that are left; none
    /// where this is no way to judge.
    pub(super) fn sift(
        &mut self,
        first: &'a Binding,
        rest: &'a [Binding],
        body: &'a Body,
        reach: &Reach,
        tally: &mut Tally,
    ) -> Option<Vec<u32>> {
        let Source::Ledger(ledger) = first.source else {
            return None;
        };
        let Shelf::Table(table) = self.world.shelf(ledger) else {
            return None;
        };
        if self.world.one_by_one {
            return None;
        }
        let sieve = self.sieve(first, rest, body, reach.period);
        let rows = table.len();
        self.work(rows);
        let chunks = super::in_parallel(rows.div_ceil(CHUNK), |chunk| {
            let start = chunk * CHUNK;
            let verdicts = sieve.judge(first.slot, start..rows.min(start + CHUNK));
            let asked = positions(&verdicts, ASK).into_iter();
            let asked: Vec<_> = asked.map(|at| start as u32 + at).collect();
            (bits(&verdicts), asked)
        });
        let (passed, asked): (Vec<_>, Vec<_>) = chunks.into_iter().unzip();
        let mut passed = Rows::from_bits(passed.concat());
        for row in reach
            .outside
            .iter()
            .filter(|&row| passed.contains(row))
            .collect::<Vec<_>>()
        {
            passed.remove(row);
            tally.pass_over(ledger, row);
        }
        tally.pass_all(ledger, passed);
        Some(asked.concat())
    }

    /// For every record whether the filter means it, and whether it lies in the period.
    pub(super) fn sift_subjects(
        &mut self,
        first: &'a Binding,
        period: Option<Period>,
        rows: usize,
    ) -> Vec<(u8, u8)> {
        let filter = first.filter.as_ref();
        let filter = filter.map_or(Node::Known(YES), |filter| self.node(filter));
        let period = self.period_node(first, period);
        self.work(rows);
        let chunks = super::in_parallel(rows.div_ceil(CHUNK), |chunk| {
            let start = chunk * CHUNK;
            let batch = Batch::of_rows(first.slot, start..rows.min(start + CHUNK));
            let pairs = filter.truths(&batch).into_iter().zip(period.truths(&batch));
            pairs.collect::<Vec<_>>()
        });
        chunks.concat()
    }

    fn join(&mut self, join: &'a Binding) -> Option<Probe<'a>> {
        match join.source {
            Source::Ledger(ledger) => self.probe(binding::wanted(join, ledger)),
            _ => None,
        }
    }

    fn period_node(&mut self, first: &Binding, period: Option<Period>) -> Node<'a> {
        let world = self.world;
        let Source::Ledger(ledger) = first.source else {
            return Node::Known(ASK);
        };
        let event = world.schemas().ledger(ledger).event_date;
        let (Some(period), Some(event), Some(table)) = (period, event, world.dataset.table(ledger))
        else {
            return Node::Known(YES);
        };
        let (from, to) = (period.from.0, period.to.0);
        let ends = match world.schemas().field(ledger, event).ty {
            FieldType::Date => (from, to),
            FieldType::DateTime => (first_word(from), last_word(to)),
            _ => return Node::Known(YES),
        };
        let inside = Node::InPeriod(column(table, first.slot, event), ends);
        match world.catalogue.open_when.get(&ledger) {
            None => inside,
            // The condition speaks of slot 0; another one is left to the evaluator.
            Some(open) if first.slot == Slot(0) => Node::Any(vec![inside, self.node(open)]),
            Some(_) => Node::Any(vec![inside, Node::Known(ASK)]),
        }
    }
}

impl Sieve<'_> {
    /// For every row from `rows`: no subject, in order, or to be asked.
    pub(super) fn judge(&self, slot: Slot, rows: Range<usize>) -> Vec<u8> {
        let batch = Batch::of_rows(slot, rows);
        let mut verdicts = self.subject.truths(&batch);
        let sure = truths::count(&verdicts, YES);
        let is_quick = self.joins.is_empty() && !self.body.is_slow();
        if sure == batch.len || sure > 0 && is_quick {
            truths::settle(&mut verdicts, &self.held(&self.joins, &batch));
        } else if sure > 0 {
            let sure = positions(&verdicts, YES);
            let held = self.held(&self.joins, &batch.picked(&sure));
            for (&at, held) in sure.iter().zip(held) {
                verdicts[at as usize] = held.max(ASK);
            }
        }
        verdicts
    }

    /// Yes where there are joined records and all of them are as they must be.
    fn held(&self, joins: &[Probe<'_>], batch: &Batch<'_>) -> Vec<u8> {
        let Some((join, rest)) = joins.split_first() else {
            return self.body.truths(batch);
        };
        let (mut any, mut good) = (vec![false; batch.len], vec![true; batch.len]);
        let unsure = join.pairs(batch, &mut |pairs| {
            let meant = join.filter(batch, pairs);
            let held = self.held(rest, &batch.joined(join.slot, pairs));
            for ((&at, meant), held) in pairs.of.iter().zip(meant).zip(held) {
                any[at as usize] |= meant == YES;
                good[at as usize] &= meant == NO || meant == YES && held == YES;
            }
        });
        unsure.iter().for_each(|&at| good[at as usize] = false);
        any.iter()
            .zip(good)
            .map(|(&any, good)| if any && good { YES } else { ASK })
            .collect()
    }
}
