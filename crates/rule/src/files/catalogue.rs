//! What packs amount to once they are read: ledgers, parameters, and controls with their rules.

use crate::files::file_messages;
use crate::ir::{Expr, Rule};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use zicha_model::{
    control::{Clause, Control, Parameter},
    profile::Profile,
    results::PackRef,
    schema::{FieldId, LedgerId, Schemas},
};

/// How a pack narrowed a control.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Title of the pack.
    pub pack: String,
    /// The ledger whose records it is about.
    pub ledger: LedgerId,
    /// The condition as written, on one line.
    pub condition: String,
    /// Why.
    pub reason: String,
}

/// A control with its compiled rule.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The control.
    pub control: Control,
    /// Its rule; no clauses if it is only asked on site.
    pub rule: Rule,
    /// Parameters that its rule, its question or a narrowing condition names, in order.
    pub parameters: BTreeSet<String>,
    /// How packs of the unit narrowed it, in the order of the packs.
    pub narrowed: Vec<Narrowing>,
    /// Where its file names each control of `merged_into`.
    pub merged_at: Vec<Range<usize>>,
}

impl Compiled {
    /// What its rule looks at: ledgers with the columns that it reads, in the order of the
    /// catalogue. This is what counts as evidence; nothing for a question on site.
    pub fn reads(&self) -> BTreeMap<LedgerId, BTreeSet<FieldId>> {
        let mut reads = BTreeMap::new();
        for clause in &self.rule.clauses {
            for ledger in &clause.ledgers {
                reads.entry(*ledger).or_default();
            }
            for (ledger, field) in &clause.needs {
                reads
                    .entry(*ledger)
                    .or_insert_with(BTreeSet::new)
                    .insert(*field);
            }
        }
        reads
    }
}

/// All that a run checks against.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Ledgers and enumerations.
    pub schemas: Schemas,
    /// Controls in the order of the catalogue.
    pub controls: Vec<Compiled>,
    /// Parameters by name, with the values in force.
    pub parameters: BTreeMap<String, Parameter>,
    /// Clauses of the source documents in their order, each with its control (`clauses.csv`).
    pub clauses: Vec<Clause>,
    /// Controls that packs switched off, with the pack and its reason as told to people.
    pub switched_off: BTreeMap<String, String>,
    /// Packs in force.
    pub packs: Vec<PackRef>,
    /// Compiled `open_when` of each ledger that has one: slot 0 is the record.
    pub open_when: BTreeMap<LedgerId, Expr>,
}

impl Catalogue {
    /// The parameters that a control's rule or question names, by name.
    pub fn parameters_of(&self, compiled: &Compiled) -> Vec<&Parameter> {
        let names = compiled.parameters.iter();
        names.filter_map(|name| self.parameters.get(name)).collect()
    }

    /// Why a control is not judged under a profile, for people; `None` if it is.
    pub fn not_judged(&self, profile: &Profile, control: &Control) -> Option<String> {
        let by_unit = profile.disable.get(&control.id);
        let by_unit = by_unit.map(|reason| file_messages::disabled(reason));
        let by_pack = || self.switched_off.get(&control.id).cloned();
        let merged = || match control.merged_into.as_slice() {
            [] => None,
            others => Some(file_messages::merged(&others.join("、"))),
        };
        by_unit.or_else(by_pack).or_else(merged)
    }
}
