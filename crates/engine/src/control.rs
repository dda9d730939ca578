//! Judges one control: its clauses and its on-site question.

use super::decided::Decided;
use super::explain::Proof;
use super::identity::Who;
use super::integrity::{self, Claims};
use super::tally::Tally;
use super::world::World;
use super::{Outcome, attest, clause, reasons};
use std::collections::BTreeSet;
use zicha_model::verdict::Verdict;
use zicha_rule::ir::{Body, Rule};
use zicha_rule::pack::Compiled;

/// What a control came to before `integrity` is judged; nothing if the unit disabled it.
pub(super) fn judge(world: &World<'_>, compiled: &Compiled) -> Option<Tally> {
    if left_out(world, compiled).is_some() {
        return None;
    }
    let control = &compiled.control;
    let period = world.plan.period_for(&control.checklists);
    let mut tally = Tally::default();
    for clause in &compiled.rule.clauses {
        clause::judge(world, clause, period, &mut tally);
    }
    if let Some(ask) = &control.ask {
        attest::judge(world, control, ask, period, &mut tally);
    }
    Some(tally)
}

/// Judges `integrity`, which needs to know what the others found, and makes the outcomes.
pub(super) fn finish(
    world: &World<'_>,
    chosen: &[usize],
    mut tallies: Vec<Option<Tally>>,
) -> Vec<Outcome> {
    let controls = &world.catalogue.controls;
    if chosen
        .iter()
        .any(|&index| has_integrity(&controls[index].rule))
    {
        let claims = claims(&tallies);
        for (&index, tally) in chosen.iter().zip(&mut tallies) {
            if let Some(tally) = tally
                .as_mut()
                .filter(|_| has_integrity(&controls[index].rule))
            {
                integrity::judge(world, &claims, tally);
            }
        }
    }
    let pairs = chosen.iter().zip(tallies);
    pairs
        .map(|(&index, tally)| match tally {
            Some(tally) => tally.outcome(index, &controls[index], world),
            None => not_judged(world, index, &controls[index]),
        })
        .collect()
}

fn has_integrity(rule: &Rule) -> bool {
    rule.clauses
        .iter()
        .any(|clause| matches!(clause.body, Body::Integrity))
}

fn claims(tallies: &[Option<Tally>]) -> Claims {
    let mut claims = Claims::default();
    for (who, account) in tallies.iter().flatten().flat_map(Tally::failures) {
        let sought: Vec<_> = account
            .proof
            .iter()
            .filter_map(|proof| match proof {
                Proof::Sought(ledger, _) => Some(*ledger),
                Proof::Cell(..) => None,
            })
            .collect();
        for proof in &account.proof {
            if let &Proof::Cell(ledger, row, field) = proof {
                claims.cells.insert((ledger, row, field));
                claims
                    .sought
                    .extend(sought.iter().map(|&to| (ledger, row, field, to)));
            }
        }
        if let Who::Group(ledger, key, _) = who {
            claims.groups.insert((*ledger, key.clone()));
        }
    }
    claims
}

/// Why a control is not judged: the unit disabled it, a pack of the unit switched it off, or others
/// check all that it asks for.
fn left_out(world: &World<'_>, compiled: &Compiled) -> Option<(Verdict, String)> {
    let control = &compiled.control;
    let by_unit = world.profile.disable.get(&control.id);
    let by_unit = by_unit.map(|reason| reasons::disabled(reason));
    let off = by_unit.or_else(|| world.catalogue.switched_off.get(&control.id).cloned());
    let merged = || reasons::merged(&control.merged_into);
    off.map(|reason| (Verdict::NotSelected, reason))
        .or_else(|| Some((Verdict::NotApplicable, merged()?)))
}

fn not_judged(world: &World<'_>, index: usize, compiled: &Compiled) -> Outcome {
    let (verdict, reason) =
        left_out(world, compiled).unwrap_or((Verdict::NotSelected, String::new()));
    Outcome {
        control: index,
        verdict,
        reasons: vec![reason],
        subjects: 0,
        violations: Vec::new(),
        undecided: Vec::new(),
        decided: Decided::default(),
        suggestions: Vec::new(),
        unanswered: Vec::new(),
        passed_over: 0,
        missing_ledgers: BTreeSet::new(),
    }
}
