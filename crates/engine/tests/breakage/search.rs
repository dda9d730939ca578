//! Looks for a change to one record that brings a finding of one control and of no other.

use super::bench::Bench;
use super::candidates::{Candidates, Way};
use super::change::{Change, Deed};
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::Violation;
use zicha_model::{
    control::Example,
    dataset::Dataset,
    schema::{FieldId, LedgerId},
};
use zicha_rule::pack::Catalogue;
use zicha_testing::workspace::alone;

/// Changes of a column in one way that broke the control and others too, before the next is tried.
const PATIENCE: usize = 3;

/// What came of the search for one control.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The change that broke the control alone, as people write it.
    pub(super) alone: Option<String>,
    /// Whether the finding names a cell that was changed; it cannot where a record is missing.
    pub(super) at_cell: bool,
    /// Findings of other controls that came with the breakages tried, and how often.
    pub(super) with: BTreeMap<String, usize>,
}

/// Tries the failing examples of a control in turn, now and at the end of the year.
pub(super) fn search(bench: &Bench, data: &mut Dataset, control: usize) -> Found {
    let mut found = Found::default();
    let examples = &bench.catalogue.controls[control].control.examples;
    let also = examples.iter().flat_map(|e| &e.also).map(String::as_str);
    let mut task = Task {
        bench,
        plan: 0,
        control,
        by_itself: alone(&bench.catalogue, control),
        also: also.collect(),
    };
    for plan in 0..bench.plans() {
        task.plan = plan;
        for example in examples.iter().filter(|e| e.fails()) {
            task.attempt(data, example, &mut found);
            if found.at_cell {
                return found;
            }
        }
        if found.alone.is_some() {
            break;
        }
    }
    found
}

struct Task<'a> {
    bench: &'a Bench,
    plan: usize,
    control: usize,
    by_itself: Catalogue,
    also: BTreeSet<&'a str>,
}

impl Task<'_> {
    fn attempt(&self, data: &mut Dataset, example: &Example, found: &mut Found) {
        let candidates = Candidates::new(self.bench, data, (self.plan, self.control), example);
        for way in Way::ALL {
            let mut noisy: BTreeMap<(LedgerId, Option<FieldId>), usize> = BTreeMap::new();
            for change in candidates.of(way, data) {
                let field = change.cells.first().map(|&(field, _)| field);
                let times = noisy.entry((change.ledger, field)).or_default();
                if *times < PATIENCE && self.is_noisy(data, &change, found) {
                    *times += 1;
                }
                if found.at_cell {
                    return;
                }
            }
            if found.alone.is_some() {
                return;
            }
        }
    }

    /// Makes the change, looks and puts it right again. True if it broke others too.
    fn is_noisy(&self, data: &mut Dataset, change: &Change, found: &mut Found) -> bool {
        let at = usize::from(change.ledger.0);
        change.apply(data);
        let own = self.bench.glance(&self.by_itself, data, self.plan);
        let noisy = match own.as_slice() {
            [own] => self.is_followed(data, change, own, found),
            _ => false,
        };
        data.tables[at].clone_from(&self.bench.orderly.tables[at]);
        noisy
    }

    fn is_followed(
        &self,
        data: &Dataset,
        change: &Change,
        own: &Violation,
        found: &mut Found,
    ) -> bool {
        let at_cell = change.deed != Deed::Remove && self.bench.shows(data, change, own);
        if found.alone.is_some() && !at_cell {
            return false;
        }
        let all = self.bench.findings(data, self.plan, change.ledger);
        let others = all.keys().map(|&control| self.bench.id(control));
        let own_id = self.bench.id(self.control);
        let others: Vec<_> = others
            .filter(|id| *id != own_id && !self.also.contains(id))
            .collect();
        let once = all.get(&self.control).is_some_and(|own| own.len() == 1);
        if others.is_empty() && once {
            found.alone = Some(self.bench.told(data, change));
            found.at_cell = at_cell;
        } else if !others.is_empty() {
            *found.with.entry(others.join(" ")).or_default() += 1;
        }
        !others.is_empty()
    }
}
