//! Which subjects of a clause are judged: those whose date lies in the period, or that are still open,
//! or that have no date; without those that packs of the unit leave out.

use super::batch::{Batch, CHUNK};
use super::compare::day_of;
use super::decided::Rows;
use super::eval::{Bound, Machine};
use super::node::{Node, all};
use super::truths::{ASK, NO, bits, positions};
use super::value::Truth;
use super::world::{Shelf, World};
use zicha_model::{plan::Period, schema::LedgerId, time::Day};
use zicha_rule::ir::{Binding, Clause, Expr, Slot, Source};

/// What a clause judges.
#[derive(Debug)]
pub(super) struct Reach {
    /// Where the dates of its subjects lie.
    pub(super) period: Option<Period>,
    /// Records of which a narrowing condition is false. One that cannot be told leaves a record in.
    pub(super) outside: Rows,
}

impl<'a> Machine<'a> {
    /// What a clause judges in a period.
    pub(super) fn reach(&mut self, clause: &'a Clause, period: Option<Period>) -> Reach {
        let outside = match (clause.narrowed.as_slice(), clause.judged()) {
            ([], _) | (_, None) => Rows::default(),
            (narrowed, Some((ledger, slot))) => self.outside(narrowed, ledger, slot),
        };
        Reach { period, outside }
    }

    /// The records of which one of the conditions is false: by columns, the others one by one.
    fn outside(&mut self, narrowed: &'a [Expr], ledger: LedgerId, slot: Slot) -> Rows {
        let Shelf::Table(table) = self.world.shelf(ledger) else {
            return Rows::default();
        };
        let node = match self.world.one_by_one {
            true => Node::Known(ASK),
            false => all(narrowed.iter().map(|part| self.node(part)).collect()),
        };
        let rows = table.len();
        self.work(rows);
        let chunks = super::in_parallel(rows.div_ceil(CHUNK), |chunk| {
            let start = chunk * CHUNK;
            let truths = node.truths(&Batch::of_rows(slot, start..rows.min(start + CHUNK)));
            let asked = positions(&truths, ASK).into_iter();
            let asked: Vec<_> = asked.map(|at| start as u32 + at).collect();
            let no = truths
                .into_iter()
                .map(|truth| super::truths::plain(truth == NO));
            (bits(&no.collect::<Vec<_>>()), asked)
        });
        let (no, asked): (Vec<_>, Vec<_>) = chunks.into_iter().unzip();
        let mut outside = Rows::from_bits(no.concat());
        for row in asked.concat() {
            self.step();
            self.bind(slot, Bound::Row(ledger, row));
            if narrowed.iter().any(|part| self.truth(part) == Truth::False) {
                outside.insert(row);
            }
        }
        self.bind(slot, Bound::Nothing);
        outside
    }

    /// The subject, if it is a record that packs leave out.
    pub(super) fn passed_over(&self, first: &Binding, reach: &Reach) -> Option<(LedgerId, u32)> {
        match *self.bound(first.slot) {
            Bound::Row(ledger, row) if reach.outside.contains(row) => Some((ledger, row)),
            _ => None,
        }
    }

    /// True if the subject's record lies in the period, is still open, or has no date.
    pub(super) fn is_in_period(&mut self, first: &Binding, period: Option<Period>) -> bool {
        let own = self.row_in_period(self.bound(first.slot).clone(), period);
        match first.source {
            Source::Consecutive { next, .. } if !own => {
                self.row_in_period(self.bound(next).clone(), period)
            }
            _ => own,
        }
    }

    fn row_in_period(&mut self, bound: Bound<'a>, period: Option<Period>) -> bool {
        let (Bound::Row(ledger, row), Some(period)) = (bound, period) else {
            return true;
        };
        let world = self.world;
        let Some(field) = world.schemas().ledger(ledger).event_date else {
            return true;
        };
        let Some(table) = world.dataset.table(ledger) else {
            return true;
        };
        match day_of(&world.cell(table, row, field)) {
            Some(day) => period.contains(Day(day)) || is_open(world, ledger, row),
            None => true,
        }
    }
}

/// True if the record satisfies its ledger's `open_when`.
fn is_open(world: &World<'_>, ledger: LedgerId, row: u32) -> bool {
    let Some(condition) = world.catalogue.open_when.get(&ledger) else {
        return false;
    };
    let mut machine = Machine::new(world, 1);
    machine.bind(Slot(0), Bound::Row(ledger, row));
    machine.truth(condition) == Truth::True
}
