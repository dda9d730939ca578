//! Changes to single records that may break a control, the likeliest first.
//!
//! A failing example of the control says which way: its cells are written onto those records of the
//! sample that resemble its own most. Where that does not do it, other values of the same kind,
//! records left out and records entered twice follow.

use super::bench::Bench;
use super::change::{Change, Deed};
use super::model::{self, Model};
use std::collections::BTreeSet;
use ways::change;
use zicha_model::{
    control::Example,
    dataset::Dataset,
    schema::{FieldId, FieldType, LedgerId},
};
use zicha_rule::{
    ir::{Source, Subjects},
    pack::Compiled,
};

mod hosts;
mod ways;

/// A way to break a record that resembles one of an example.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// One cell as in the example: its value, or as far from another date as there.
    Towards,
    /// All cells that the rule reads as in the example.
    Like,
    /// One cell with another value of its kind.
    Otherwise,
    /// The record as it would stand if all had happened earlier.
    Earlier,
    /// The record left out.
    Removed,
    /// The record once more under a number of its own.
    Repeated,
}

impl Way {
    /// All ways, the closest to the example first.
    pub(super) const ALL: [Self; 6] = [
        Self::Towards,
        Self::Like,
        Self::Otherwise,
        Self::Earlier,
        Self::Removed,
        Self::Repeated,
    ];
}

/// The changes to try for one example of a control.
pub(super) struct Candidates<'a> {
    bench: &'a Bench,
    needs: BTreeSet<(LedgerId, FieldId)>,
    /// The ledgers that the rule reads; first those whose records it judges.
    ledgers: Vec<LedgerId>,
    /// Records of the failing example.
    models: Vec<Model>,
    /// Records of the examples that pass.
    orderly: Vec<Model>,
    subjects: &'a [(LedgerId, u32)],
}

impl<'a> Candidates<'a> {
    /// Translates the examples' records, which may add texts to the dataset.
    pub(super) fn new(
        bench: &'a Bench,
        data: &mut Dataset,
        (plan, control): (usize, usize),
        example: &Example,
    ) -> Self {
        let compiled = &bench.catalogue.controls[control];
        let ledgers = ledgers(compiled);
        let passing = compiled.control.examples.iter().filter(|e| e.passes());
        let orderly = passing
            .flat_map(|e| model::of(bench, data, e, &ledgers))
            .collect();
        let clauses = compiled.rule.clauses.iter();
        Self {
            bench,
            needs: clauses.flat_map(|c| c.needs.iter().copied()).collect(),
            models: model::of(bench, data, example, &ledgers),
            orderly,
            ledgers,
            subjects: bench.subjects(plan, control),
        }
    }

    /// The changes of one way.
    pub(super) fn of(&self, way: Way, data: &mut Dataset) -> Vec<Change> {
        let mut changes = Vec::new();
        for &ledger in &self.ledgers {
            for row in self.hosts(data, ledger) {
                match way {
                    Way::Otherwise => self.otherwise(data, ledger, row, &mut changes),
                    Way::Earlier => self.earlier(data, ledger, row, &mut changes),
                    Way::Removed => changes.push(change(ledger, row, Deed::Remove, Vec::new())),
                    Way::Towards | Way::Like | Way::Repeated => {
                        for model in self.models.iter().filter(|m| m.ledger == ledger) {
                            self.as_in(way, data, model, row, &mut changes);
                        }
                    }
                }
            }
        }
        changes
    }

    fn as_in(
        &self,
        way: Way,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        match way {
            Way::Towards => self.towards(data, model, row, changes),
            Way::Like => self.like(data, model, row, changes),
            _ => self.repeated(data, model, row, changes),
        }
    }

    fn fields(&self, ledger: LedgerId) -> impl Iterator<Item = (FieldId, FieldType)> {
        let fields = &self.bench.catalogue.schemas.ledger(ledger).fields;
        (0..).map(FieldId).zip(fields.iter().map(|f| f.ty))
    }

    /// The fields of the ledger that the rule reads.
    fn read(&self, ledger: LedgerId) -> impl Iterator<Item = (FieldId, FieldType)> {
        self.fields(ledger)
            .filter(move |&(field, _)| self.needs.contains(&(ledger, field)))
    }
}

fn is_text(ty: FieldType) -> bool {
    matches!(
        ty,
        FieldType::Text | FieldType::Person | FieldType::PersonList | FieldType::Department
    )
}

/// The ledgers that the rule reads; first those whose records it judges.
fn ledgers(compiled: &Compiled) -> Vec<LedgerId> {
    let mut ledgers = Vec::new();
    for clause in &compiled.rule.clauses {
        if let Subjects::Each(bindings) = &clause.subject {
            for binding in bindings {
                if let Source::Ledger(ledger) | Source::Consecutive { ledger, .. } = binding.source
                {
                    ledgers.push(ledger);
                }
            }
        }
    }
    ledgers.extend(
        compiled
            .rule
            .clauses
            .iter()
            .flat_map(|c| c.ledgers.iter().copied()),
    );
    let mut seen = BTreeSet::new();
    ledgers.retain(|ledger| seen.insert(*ledger));
    ledgers
}
