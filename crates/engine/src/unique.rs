//! Duplicates: subjects that agree in what must be unique. A group is one finding.

use super::clause::EXPLAINED;
use super::decided::{Rows, Singles};
use super::eval::{Bound, Machine};
use super::explain::Account;
use super::identity::Who;
use super::index::Spec;
use super::reach::Reach;
use super::tally::Tally;
use super::truths::{ASK, NO, YES};
use super::value::{Sort, Text, Value, Why, sort_of, sort_of_field};
use super::words;
use super::world::{Shelf, World};
use std::collections::BTreeMap;
use zicha_model::schema::{FieldId, FieldType, LedgerId};
use zicha_rule::ir::{Binding, Expr, ExprKind, Source};

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

/// What columns tell of the subjects.
struct Sifted {
    /// Those that plainly share a key with none.
    singles: Singles,
    /// Those of them that packs leave out.
    passed_over: Vec<u32>,
    /// Those that must be looked at.
    left: Vec<u32>,
}

impl<'a> Machine<'a> {
    /// Judges `unique a, b`. Subjects with an absent part are left out. A group counts if any of its
    /// records lies in the period: a number used again this year is a fault of this year.
    pub(super) fn unique(
        &mut self,
        bindings: &'a [Binding],
        parts: &'a [Expr],
        reach: &Reach,
        tally: &mut Tally,
    ) {
        let Some(first) = bindings.first() else {
            return;
        };
        let mut groups: BTreeMap<Vec<Part>, Group> = BTreeMap::new();
        let mut meet = |machine: &mut Self, doubt: Option<Why<'a>>| {
            let &Bound::Row(ledger, row) = machine.bound(first.slot) else {
                return;
            };
            let mut in_period = machine.is_in_period(first, reach.period);
            if in_period && let Some((ledger, row)) = machine.passed_over(first, reach) {
                tally.pass_over(ledger, row);
                in_period = false;
            }
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
        };
        let sifted = match bindings {
            [_] if !self.world.one_by_one => self.sift_unique(first, parts, reach),
            _ => None,
        };
        let met = match &sifted {
            Some(Sifted { left, .. }) => {
                self.each_of(first, left, &mut meet);
                Ok(())
            }
            None => self.each_combination(bindings, None, &mut meet),
        };
        if let Some(sifted) = sifted {
            for row in sifted.passed_over {
                tally.pass_over(sifted.singles.ledger, row);
            }
            tally.prove_all(sifted.singles);
        }
        if let Err(why) = met {
            tally.leave_open(self.reason(why));
        }
        let names = self.part_names(first, parts);
        for (key, group) in groups {
            self.settle_group(key.join("|"), group, &names, tally);
        }
    }

    /// Decides by columns what can be decided.
    fn sift_unique(
        &mut self,
        first: &'a Binding,
        parts: &'a [Expr],
        reach: &Reach,
    ) -> Option<Sifted> {
        let Source::Ledger(ledger) = first.source else {
            return None;
        };
        let Shelf::Table(table) = self.world.shelf(ledger) else {
            return None;
        };
        let fields = parts.iter().map(|part| self.plain_part(first, part));
        let fields = fields.collect::<Option<Vec<_>>>()?;
        let spec = Spec {
            ledger,
            fields: fields.iter().map(|&(field, sort)| (field, sort)).collect(),
        };
        let lookup = self.world.indexes.get(self.world, table, spec);
        let index = lookup.index()?;
        let subjects = self.sift_subjects(first, reach.period, table.len());
        let mut passed_over = Vec::new();
        let (mut rows, mut left) = (Rows::of(table.len()), index.doubtful.clone());
        for group in index.groups.iter() {
            let mut meant = group.iter().filter(|&&row| subjects[row as usize].0 != NO);
            match (meant.next(), meant.next()) {
                (None, _) => {}
                (Some(&row), None) if subjects[row as usize] == (YES, YES) => {
                    match reach.outside.contains(row) {
                        true => passed_over.push(row),
                        false => rows.insert(row),
                    }
                }
                (Some(&row), None) if subjects[row as usize] == (YES, NO) => {}
                _ => left.extend(group),
            }
        }
        let unsure = (0..table.len() as u32).filter(|&row| subjects[row as usize].0 == ASK);
        left.extend(unsure);
        left.sort_unstable();
        left.dedup();
        let singles = Singles {
            ledger,
            fields: fields.into_iter().map(|(field, _)| field).collect(),
            rows,
        };
        Some(Sifted {
            singles,
            passed_over,
            left,
        })
    }

    /// The field of a part whose words are equal exactly where its texts are.
    fn plain_part(&self, first: &Binding, part: &Expr) -> Option<(FieldId, Sort)> {
        let ExprKind::Field(slot, ledger, field) = part.kind else {
            return None;
        };
        let ty = self.world.schemas().field(ledger, field).ty;
        let is_plain = !matches!(
            ty,
            FieldType::Person
                | FieldType::Department
                | FieldType::PersonList
                | FieldType::EnumList(_)
                | FieldType::DateTime
        );
        (slot == first.slot && is_plain).then(|| (field, sort_of_field(ty)))
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

    /// The parts of a subject's key; none if one is absent, whatever the others.
    fn parts(&mut self, parts: &'a [Expr]) -> Result<Option<Vec<Part>>, Why<'a>> {
        let (mut key, mut doubt) = (Vec::with_capacity(parts.len()), None);
        for part in parts {
            match self.value(part) {
                Value::Absent(_) => return Ok(None),
                Value::Unknown(why) => doubt = doubt.or(Some(why)),
                value => key.push(self.key_text(&value, part)),
            }
        }
        doubt.map_or(Ok(Some(key)), Err)
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

impl World<'_> {
    /// True if one of the records has this key in the fields, written as in findings.
    pub(super) fn has_single(&self, singles: &Singles, key: &str) -> bool {
        let Some(table) = self.dataset.table(singles.ledger) else {
            return false;
        };
        let text = |row| {
            let parts = singles.fields.iter();
            let parts: Vec<_> = parts
                .map(|&field| self.key_part(table, row, field))
                .collect();
            parts.join("|")
        };
        singles.rows.iter().any(|row| text(row) == key)
    }
}
