//! Judges one clause: who is judged, and whether what must hold does.

use super::doubt::Doubt;
use super::eval::{Bound, Machine};
use super::explain::Account;
use super::identity::Who;
use super::tally::Tally;
use super::value::{Truth, Why};
use super::world::{Shelf, World};
use super::{reasons, words};
use zicha_model::{plan::Period, schema::LedgerId, time::Day};
use zicha_rule::ir::{Binding, Body, Clause, Expr, Source, Subjects};

/// Combinations of one subject that are explained one by one.
pub(super) const EXPLAINED: usize = 10;

/// Judges a clause into the tally.
pub(super) fn judge(world: &World<'_>, clause: &Clause, period: Option<Period>, tally: &mut Tally) {
    let mut machine = Machine::new(world, clause.slots);
    if let Some(condition) = &clause.condition {
        match machine.truth(condition) {
            Truth::True => {}
            Truth::False => return tally.remark(reasons::DOES_NOT_APPLY.to_owned()),
            Truth::Unknown(_) => return tally.doubt(Who::Unit, machine.doubt(condition)),
        }
    }
    match &clause.subject {
        Subjects::Unit => judge_unit(&mut machine, clause, tally),
        Subjects::Each(bindings) => judge_each(&mut machine, clause, bindings, period, tally),
    }
}

fn judge_unit<'a>(machine: &mut Machine<'a>, clause: &'a Clause, tally: &mut Tally) {
    if is_bare(machine.world, clause) {
        return;
    }
    match &clause.body {
        Body::Integrity => {}
        Body::Covered { .. } => machine.covered(&clause.body, Who::Unit, tally),
        body => {
            let mut judgement = Judgement::default();
            machine.judge_body(body, None, &mut judgement);
            judgement.settle(Who::Unit, tally);
        }
    }
}

/// True if every ledger that the clause reads is rightly without rows: there is nothing to judge.
fn is_bare(world: &World<'_>, clause: &Clause) -> bool {
    let is_register = |&&ledger: &&LedgerId| world.schemas().ledger(ledger).id == "unit_profile";
    let mut read = clause
        .ledgers
        .iter()
        .filter(|ledger| !is_register(ledger))
        .peekable();
    read.peek().is_some() && read.all(|&ledger| matches!(world.shelf(ledger), Shelf::Bare))
}

fn judge_each<'a>(
    machine: &mut Machine<'a>,
    clause: &'a Clause,
    bindings: &'a [Binding],
    period: Option<Period>,
    tally: &mut Tally,
) {
    let Some((first, rest)) = bindings.split_first() else {
        return;
    };
    if let Source::Ledger(ledger) | Source::Consecutive { ledger, .. } = first.source
        && let Some(reason) = machine.world.not_kept(ledger)
        && !machine.world.has_rows(ledger)
    {
        let label = words::ledger(&machine.world.schemas().ledger(ledger).label);
        return tally.remark(reasons::not_kept(&label, reason));
    }
    let reach = machine.reach(clause, period);
    if let Body::Unique(parts) = &clause.body {
        return machine.unique(bindings, parts, &reach, tally);
    }
    let asked = machine.sift(first, rest, &clause.body, &reach, tally);
    let judge = &mut |machine: &mut Machine<'a>, doubt: Option<Why<'a>>| {
        if !machine.is_in_period(first, period) {
            return;
        }
        if let Some((ledger, row)) = machine.passed_over(first, &reach) {
            tally.pass_over(ledger, row);
        } else {
            let who = machine.who(first);
            machine.at_home(first.slot, |machine| {
                machine.judge_subject(who, first, rest, &clause.body, doubt, tally);
            });
        }
    };
    let met = match asked {
        None => machine.each(first, judge),
        Some(rows) => {
            machine.each_of(first, &rows, judge);
            Ok(())
        }
    };
    if let Err(why) = met {
        tally.leave_open(machine.reason(why));
    }
}

/// What the combinations of one subject came to.
#[derive(Debug, Default)]
pub(super) struct Judgement {
    /// Combinations in order or failed.
    judged: usize,
    failures: usize,
    account: Account,
    doubt: Option<Doubt>,
}

impl Judgement {
    fn fail(&mut self, explain: impl FnOnce() -> Account) {
        self.judged += 1;
        self.failures += 1;
        if self.failures <= EXPLAINED {
            self.account.join(explain());
        }
    }

    fn wonder(&mut self, doubt: Doubt) {
        self.doubt.get_or_insert_default().join(doubt);
    }

    fn settle(mut self, who: Who, tally: &mut Tally) {
        if self.failures > EXPLAINED {
            self.account
                .actual
                .push(words::capped(EXPLAINED, self.failures));
        }
        if self.failures > 0 {
            tally.fail(who, self.account);
        } else if let Some(doubt) = self.doubt {
            tally.doubt(who, doubt);
        } else if self.judged > 0 {
            tally.pass(who);
        }
    }
}

impl<'a> Machine<'a> {
    fn judge_subject(
        &mut self,
        who: Who,
        first: &'a Binding,
        rest: &'a [Binding],
        body: &'a Body,
        doubt: Option<Why<'a>>,
        tally: &mut Tally,
    ) {
        self.step();
        match body {
            Body::Covered { .. } if doubt.is_none() => return self.covered(body, who, tally),
            _ => {}
        }
        let mut judgement = Judgement::default();
        let met = self.each_combination(rest, doubt, &mut |machine, doubt| {
            machine.judge_body(body, doubt, &mut judgement);
        });
        if let Err(why) = met {
            judgement.wonder(self.reason(why));
        }
        if matches!(body, Body::Suggest) && judgement.judged > 0 {
            return self.suggest(first, tally);
        }
        judgement.settle(who, tally);
    }

    /// Judges one combination. Where it cannot be told whether it is meant, only its failure matters.
    fn judge_body(&mut self, body: &'a Body, doubt: Option<Why<'a>>, judgement: &mut Judgement) {
        match body {
            Body::Holds(condition) => self.judge_condition(condition, doubt, judgement),
            Body::Each(bindings, body) => {
                judgement.judged += usize::from(doubt.is_none());
                let met = self.each_combination(bindings, doubt, &mut |machine, doubt| {
                    machine.judge_body(body, doubt, judgement);
                });
                if let Err(why) = met {
                    judgement.wonder(self.reason(why));
                }
            }
            Body::Unique(_) | Body::Covered { .. } | Body::Suggest | Body::Integrity => match doubt
            {
                Some(why) => judgement.wonder(self.reason(why)),
                None => judgement.judged += 1,
            },
        }
    }

    fn judge_condition(
        &mut self,
        condition: &'a Expr,
        doubt: Option<Why<'a>>,
        judgement: &mut Judgement,
    ) {
        match (self.truth(condition), doubt) {
            (Truth::True, _) => judgement.judged += 1,
            (_, Some(why)) => judgement.wonder(self.reason(why)),
            (Truth::False, None) => judgement.fail(|| self.account(condition, true)),
            (Truth::Unknown(_), None) => judgement.wonder(self.doubt(condition)),
        }
    }

    fn suggest(&mut self, first: &'a Binding, tally: &mut Tally) {
        let &Bound::Row(ledger, row) = self.bound(first.slot) else {
            return;
        };
        let mut account = Account::default();
        if let Some(filter) = &first.filter {
            self.cells(filter, &mut account.proof);
        }
        for key in &first.keys {
            let (zicha_rule::ir::Key::Equals(field, _) | zicha_rule::ir::Key::Contains(field, _)) =
                key;
            account
                .proof
                .push(super::explain::Proof::Cell(ledger, row, *field));
        }
        if account.proof.is_empty() {
            account.proof = self.world.key_cells(ledger, row);
        }
        tally.suggest(ledger, row, account);
    }

    /// Who the first variable stands for.
    fn who(&self, first: &Binding) -> Who {
        match self.bound(first.slot) {
            Bound::Row(ledger, row) => Who::Row(*ledger, *row),
            Bound::Window(from, to) => Who::Named(window_name(Day(*from), Day(*to))),
            Bound::Item(value, _) => match &first.source {
                Source::Items(list) => {
                    let ty = if let zicha_rule::ir::Ty::List(item) = &list.ty {
                        item
                    } else {
                        &list.ty
                    };
                    Who::Named(self.show(value, ty))
                }
                _ => Who::Unit,
            },
            Bound::Nothing => Who::Unit,
        }
    }
}

fn window_name(from: Day, to: Day) -> String {
    let (first, last) = (from.month(), to.month());
    if last == first + 2 && first % 3 == 1 {
        words::quarter(from.year(), first.div_ceil(3))
    } else {
        words::months(from.year(), first, last)
    }
}
