//! The orderly sample, read once, and what a change to one of its records brings to light.

use super::change::Change;
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::{self as check, Outcome, Subjects, Violation};
use zicha_model::{
    control::Scope,
    dataset::Dataset,
    plan::Plan,
    profile::Profile,
    schema::{LedgerId, Schemas},
    time::Day,
    verdict::Verdict,
};
use zicha_rule::{
    ir::Body,
    pack::{Catalogue, Compiled},
};
use zicha_testing::workspace::Workspace;

/// Everything that stays the same from one breakage to the next.
pub(super) struct Bench {
    pub(super) catalogue: Catalogue,
    pub(super) orderly: Dataset,
    profile: Profile,
    plans: [Plan; 2],
    /// Of each plan the findings and the subjects decided of the sample as it is.
    before: Vec<Before>,
    /// Of every control the ledgers that can change how it ends.
    reads: Vec<BTreeSet<LedgerId>>,
}

/// How the sample ends as it is.
#[derive(Default)]
struct Before {
    /// Fingerprints of findings.
    findings: BTreeSet<String>,
    /// Of each control, the records judged: ledger and rows.
    subjects: BTreeMap<usize, Vec<(LedgerId, u32)>>,
}

impl Bench {
    pub(super) fn new() -> Self {
        let root = zicha_testing::root().join("sample-data/orderly");
        let Workspace {
            profile,
            catalogue,
            dataset: orderly,
            plan,
        } = Workspace::read(&root);
        let year_end = Plan {
            as_of: Day::of(2026, 12, 31).expect("a day"),
            ..plan.clone()
        };
        let controls = catalogue.controls.iter();
        let reads = controls.map(|c| reads(&catalogue.schemas, c)).collect();
        let mut bench = Self {
            catalogue,
            orderly,
            profile,
            plans: [plan, year_end],
            before: Vec::new(),
            reads,
        };
        bench.before = (0..2).map(|at| bench.look(at)).collect();
        bench
    }

    /// How the sample ends as it is.
    fn look(&self, plan: usize) -> Before {
        let outcomes = self.judge(&self.orderly, plan, |_| true);
        let plan = &self.plans[plan];
        let names = &Subjects::new(&self.catalogue, &self.orderly, plan, &self.profile);
        let mut rows: BTreeMap<LedgerId, Vec<String>> = BTreeMap::new();
        for table in self.orderly.tables.iter().flatten() {
            let keys = (0..table.len() as u32).map(|row| names.key(table.ledger, row));
            rows.insert(table.ledger, keys.collect());
        }
        let mut before = Before::default();
        for outcome in &outcomes {
            let found = outcome.violations.iter().map(|v| v.fingerprint.clone());
            before.findings.extend(found);
            let judged = rows.iter().flat_map(|(&ledger, keys)| {
                let id = &self.catalogue.schemas.ledger(ledger).id;
                let judged = (0..)
                    .zip(keys)
                    .filter(move |(_, key)| outcome.has_decided(names, id, key));
                judged.map(move |(row, _)| (ledger, row))
            });
            before.subjects.insert(outcome.control, judged.collect());
        }
        before
    }

    /// The records that a control judges in the sample as it is.
    pub(super) fn subjects(&self, plan: usize, control: usize) -> &[(LedgerId, u32)] {
        let subjects = self.before[plan].subjects.get(&control);
        subjects.map_or(&[], Vec::as_slice)
    }

    /// How many days the sample is looked at on.
    pub(super) fn plans(&self) -> usize {
        self.plans.len()
    }

    pub(super) fn id(&self, control: usize) -> &str {
        &self.catalogue.controls[control].control.id
    }

    pub(super) fn ledger(&self, ledger: LedgerId) -> &str {
        &self.catalogue.schemas.ledger(ledger).id
    }

    /// True if the control has a rule that can fail, and not only a question or a proposal.
    pub(super) fn can_fail(&self, control: usize) -> bool {
        let Compiled { control, rule, .. } = &self.catalogue.controls[control];
        !rule.clauses.is_empty() && control.examples.iter().any(|example| example.fails())
    }

    /// How the chosen controls end over these tables. The others stand by disabled, because rules
    /// may ask the catalogue about them.
    fn judge(&self, data: &Dataset, plan: usize, chosen: impl Fn(usize) -> bool) -> Vec<Outcome> {
        let mut profile = self.profile.clone();
        let ids = self.catalogue.controls.iter().map(|c| &c.control.id);
        let others = ids.enumerate().filter(|(index, _)| !chosen(*index));
        profile.disable = others.map(|(_, id)| (id.clone(), String::new())).collect();
        let mut outcomes = check::run(&self.catalogue, data, &self.plans[plan], &profile);
        outcomes.retain(|outcome| outcome.verdict != Verdict::NotSelected);
        outcomes
    }

    /// The new findings of a control by itself.
    pub(super) fn glance(
        &self,
        control: &Catalogue,
        data: &Dataset,
        plan: usize,
    ) -> Vec<Violation> {
        let outcomes = check::run(control, data, &self.plans[plan], &self.profile);
        let found = outcomes.into_iter().flat_map(|o| o.violations);
        found.filter(|v| self.is_new(plan, v)).collect()
    }

    /// The findings of all controls after a change to this ledger: those that do not read it end as
    /// they ended before.
    pub(super) fn findings(
        &self,
        data: &Dataset,
        plan: usize,
        touched: LedgerId,
    ) -> BTreeMap<usize, Vec<Violation>> {
        self.all_findings(data, plan, |index| self.reads[index].contains(&touched))
    }

    /// The new findings of the chosen controls.
    pub(super) fn all_findings(
        &self,
        data: &Dataset,
        plan: usize,
        chosen: impl Fn(usize) -> bool,
    ) -> BTreeMap<usize, Vec<Violation>> {
        let outcomes = self.judge(data, plan, chosen);
        let mut found: BTreeMap<usize, Vec<Violation>> = BTreeMap::new();
        for outcome in outcomes {
            let new = outcome.violations.into_iter();
            let new: Vec<_> = new.filter(|v| self.is_new(plan, v)).collect();
            if !new.is_empty() {
                found.insert(outcome.control, new);
            }
        }
        found
    }

    fn is_new(&self, plan: usize, found: &Violation) -> bool {
        !self.before[plan].findings.contains(&found.fingerprint)
    }

    /// True if the finding names a cell that was changed.
    pub(super) fn shows(&self, data: &Dataset, change: &Change, found: &Violation) -> bool {
        let Some(table) = data.table(change.ledger) else {
            return false;
        };
        let schemas = &self.catalogue.schemas;
        let row = change.row_after(table);
        change.cells.iter().any(|&(field, _)| {
            let cell = data.evidence(schemas, table, row, field);
            found.evidence.contains(&cell)
        })
    }

    /// The change as people write it.
    pub(super) fn told(&self, data: &Dataset, change: &Change) -> String {
        let schema = self.catalogue.schemas.ledger(change.ledger);
        let written = change.cells.iter().map(|(field, cell)| {
            let field = &schema.fields[usize::from(field.0)].id;
            format!(" {field}={}", data.strings.resolve(cell.raw))
        });
        let written: String = written.collect();
        format!("{} {} {:?}{written}", schema.id, change.row, change.deed)
    }
}

/// The ledgers that a control reads: those of its rule, those that its question asks about, all for
/// `integrity`; and the register of departments, by which any cell may name one.
fn reads(schemas: &Schemas, compiled: &Compiled) -> BTreeSet<LedgerId> {
    let clauses = &compiled.rule.clauses;
    if clauses.iter().any(|c| matches!(c.body, Body::Integrity)) {
        return schemas.ledger_ids().collect();
    }
    let asked = compiled.control.ask.as_ref().map(|ask| match ask.scope {
        Scope::Unit => "attestations",
        Scope::Department => "departments",
        Scope::Site => "key_sites",
        Scope::Person => "personnel",
        Scope::Device => "computers",
        Scope::Meeting => "meetings",
    });
    let answers = asked.map(|_| "attestations");
    let named = asked.into_iter().chain(answers).chain(["departments"]);
    let named = named.filter_map(|id| schemas.ledger_by_id(id));
    clauses
        .iter()
        .flat_map(|clause| clause.ledgers.iter().copied())
        .chain(named)
        .collect()
}
