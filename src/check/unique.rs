//! Duplicates: subjects that agree in what must be unique. A group is one finding.

use super::clause::EXPLAINED;
use super::eval::{Bound, Machine};
use super::explain::Account;
use super::identity::Who;
use super::tally::Tally;
use super::value::{Sort, Text, Value, Why, sort_of};
use super::words;
use crate::model::{plan::Period, schema::LedgerId};
use crate::rule::ir::{Binding, Expr, ExprKind};
use std::collections::BTreeMap;

/// What makes two values the same, in an order that does not depend on reading.
type Part = String;

/// The subjects that share a key.
struct Group {
    ledger: LedgerId,
    rows: Vec<u32>,
    in_period: bool,
    shown: String,
    account: Account,
}

impl<'a> Machine<'a> {
    /// Judges `unique a, b`. Subjects with an absent part are left out. A group counts if any of its
    /// records lies in the period: a number used again this year is a fault of this year.
    pub(super) fn unique(
        &mut self,
        bindings: &'a [Binding],
        parts: &'a [Expr],
        period: Option<Period>,
        tally: &mut Tally,
    ) {
        let Some(first) = bindings.first() else {
            return;
        };
        let mut groups: BTreeMap<Vec<Part>, Group> = BTreeMap::new();
        let met = self.each_combination(bindings, None, &mut |machine, doubt| {
            let &Bound::Row(ledger, row) = machine.bound(first.slot) else {
                return;
            };
            let in_period = machine.is_in_period(first, period);
            let key = doubt.map_or_else(|| machine.parts(parts), Err);
            match key {
                Ok(None) => {}
                Ok(Some(key)) => {
                    let group = groups.entry(key).or_insert_with(|| Group {
                        ledger,
                        rows: Vec::new(),
                        in_period: false,
                        shown: machine.shown_parts(parts),
                        account: Account::default(),
                    });
                    machine.add_to(group, parts, row, in_period);
                }
                Err(why) if in_period => {
                    tally.doubt(Who::Row(ledger, row), machine.reason(why));
                }
                Err(_) => {}
            }
        });
        if let Err(why) = met {
            tally.leave_open(self.reason(why));
        }
        let names = self.part_names(first, parts);
        for (key, group) in groups {
            self.settle_group(key.join("|"), group, &names, tally);
        }
    }

    fn add_to(&mut self, group: &mut Group, parts: &'a [Expr], row: u32, in_period: bool) {
        if group.rows.last() == Some(&row) {
            return;
        }
        group.rows.push(row);
        group.in_period |= in_period;
        if group.rows.len() <= EXPLAINED {
            parts
                .iter()
                .for_each(|part| self.cells(part, &mut group.account.proof));
        }
    }

    /// The parts of a subject's key; none if one is absent.
    fn parts(&mut self, parts: &'a [Expr]) -> Result<Option<Vec<Part>>, Why<'a>> {
        let mut key = Vec::with_capacity(parts.len());
        for part in parts {
            match self.value(part) {
                Value::Absent(_) => return Ok(None),
                Value::Unknown(why) => return Err(why),
                value => key.push(self.key_text(&value, part)),
            }
        }
        Ok(Some(key))
    }

    /// A value as part of a key: enumeration ids, person ids, ISO dates.
    fn key_text(&mut self, value: &Value<'a>, expr: &'a Expr) -> Part {
        if let ExprKind::Field(slot, ledger, field) = expr.kind
            && let &Bound::Row(_, row) = self.bound(slot)
            && let Some(table) = self.world.dataset.table(ledger)
        {
            return self.world.key_part(table, row, field);
        }
        match (value, sort_of(&expr.ty)) {
            (Value::Text(Text::Known(sym)), sort @ (Sort::Person | Sort::Department)) => {
                let id = self.world.canonical(*sym, sort).unwrap_or(*sym);
                self.world.dataset.strings.resolve(id).to_owned()
            }
            _ => self.show(value, &expr.ty),
        }
    }

    fn shown_parts(&mut self, parts: &'a [Expr]) -> String {
        let shown: Vec<_> = parts.iter().map(|part| self.shown(part)).collect();
        shown.join("、")
    }

    fn part_names(&mut self, first: &Binding, parts: &'a [Expr]) -> String {
        self.at_home(first.slot, |machine| {
            let names: Vec<_> = parts.iter().map(|part| machine.name(part)).collect();
            names.join("、")
        })
    }

    fn settle_group(&self, key: String, group: Group, names: &str, tally: &mut Tally) {
        if !group.in_period {
            return;
        }
        let (ledger, first, times) = (group.ledger, group.rows[0], group.rows.len());
        if times < 2 {
            tally.pass(Who::Row(ledger, first));
            if self.world.key(ledger, first) != key {
                tally.prove(ledger, key);
            }
            return;
        }
        let mut actual = words::repeated(names, &group.shown, times);
        if times > EXPLAINED {
            actual.push_str(&words::capped(EXPLAINED, times));
        }
        let account = Account {
            expected: vec![words::unique(names)],
            actual: vec![actual],
            proof: group.account.proof,
        };
        tally.fail(Who::Group(ledger, key, first), account);
    }
}
