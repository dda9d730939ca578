//! Runs the examples that controls carry: a few records, and what must come out of them.

use crate::outcome::Outcome;
use zicha_model::{
    control::Example,
    dataset::Dataset,
    plan::{Festival, FestivalKind, Period, Plan},
    profile::Profile,
    time::Day,
    verdict::Verdict,
};
use zicha_rule::pack::Catalogue;

/// The year that examples are about.
const YEAR: i32 = 2026;

/// Runs one example of a control over its records as they were read; tells what differs from what
/// it says.
pub fn run(
    catalogue: &Catalogue,
    dataset: &Dataset,
    control: usize,
    example: &Example,
) -> Result<(), String> {
    let plan = plan(example);
    let mut dataset = dataset.clone();
    dataset.hold_back_future_facts(&catalogue.schemas, plan.as_of);
    let outcomes = crate::run(catalogue, &dataset, &plan, &Profile::default());
    let own = &catalogue.controls[control].control.id;
    compare(catalogue, &outcomes, own, example.expected)?;
    suggested(&outcomes, control, example)?;
    for other in &example.also {
        compare(catalogue, &outcomes, other, Verdict::Fail)?;
    }
    Ok(())
}

fn suggested(outcomes: &[Outcome], control: usize, example: &Example) -> Result<(), String> {
    let found = outcomes.iter().find(|o| o.control == control);
    let found = found.map_or(0, |o| o.suggestions.len());
    match example.suggests {
        Some(wanted) if wanted != found => {
            Err(format!("should propose {wanted}, proposes {found}"))
        }
        _ => Ok(()),
    }
}

/// The run that examples imagine: the whole year 2026 and its national day.
pub fn plan(example: &Example) -> Plan {
    let day = |month, day| Day::of(YEAR, month, day).unwrap_or(Day(0));
    let period = |to| Period {
        from: day(1, 1),
        to,
    };
    let festival = Festival {
        kind: FestivalKind::NationalDay,
        start: day(10, 1),
        end: day(10, 7),
        statutory_only: false,
    };
    Plan {
        as_of: example.as_of.unwrap_or_else(|| day(6, 30)),
        year: YEAR,
        annual: Some(period(day(12, 31))),
        festival: Some((period(day(10, 7)), festival)),
    }
}

fn compare(
    catalogue: &Catalogue,
    outcomes: &[Outcome],
    id: &str,
    expected: Verdict,
) -> Result<(), String> {
    let has_id = |o: &&Outcome| catalogue.controls[o.control].control.id == id;
    let Some(outcome) = outcomes.iter().find(has_id) else {
        return Err(format!("{id} did not run"));
    };
    if outcome.verdict == expected {
        return Ok(());
    }
    let mut told = outcome.reasons.clone();
    told.extend(outcome.violations.iter().map(|v| v.message.clone()));
    told.extend(outcome.undecided.iter().map(|u| u.reason.clone()));
    told.extend(
        outcome
            .unanswered
            .iter()
            .map(|u| format!("{}：{}", u.scope, u.question)),
    );
    let told = told.join("\n  ");
    Err(format!(
        "{id} should be {expected:?}, is {:?}\n  {told}",
        outcome.verdict
    ))
}
