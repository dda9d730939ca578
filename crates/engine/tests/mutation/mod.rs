//! The examples of the catalogue hold its rules in place: a rule that says something else is noticed.
//!
//! Every comparison is reversed, every conjunct dropped, every value of a list of values removed, one
//! at a time; some example of the control must then come out otherwise.
#![expect(
    clippy::print_stdout,
    reason = "the share of mutants noticed is what one runs it for"
)]

mod mutants;

use mutants::mutant;
use rayon::prelude::*;
use std::{collections::BTreeMap, path::Path};
use zicha_engine::examples;
use zicha_model::profile::Profile;
use zicha_rule::pack::{self, Catalogue, Compiled};

/// Least share of mutants, in hundredths, of which some example notices that the rule is another.
const SHARE: usize = 97;

/// Changes that no example can notice, each with the reason after ` | `.
const CANNOT: &str = include_str!("cannot_be_noticed.txt");

/// Outcomes of one control's mutants: how many there are, and those that no example notices.
struct Survey {
    mutants: usize,
    unnoticed: Vec<String>,
}

#[test]
fn examples_notice_what_a_rule_no_longer_says() {
    let (catalogue, told) = pack::load(Path::new("no-workspace"), &Profile::default());
    assert!(told.is_empty());
    let judged = catalogue.controls.par_iter();
    let surveys: Vec<_> = judged.map(|own| survey(&catalogue, own)).collect();
    let unnoticed = surveys.iter().flat_map(|s| &s.unnoticed);
    let (known, left): (Vec<_>, Vec<_>) = unnoticed.partition(|line| cannot(line));
    let mutants: usize = surveys.iter().map(|survey| survey.mutants).sum();
    let stale = CANNOT.lines().filter(|line| {
        let change = line.split(" | ").next().unwrap_or_default();
        !known.iter().any(|known| *known == change)
    });
    assert_eq!(stale.collect::<Vec<_>>(), Vec::<&str>::new());
    let mutants = mutants - known.len();
    let noticed = mutants - left.len();
    println!("{noticed} of {mutants} mutants are noticed");
    for line in &left {
        println!("{line}");
    }
    assert!(mutants > 2_000, "{mutants}");
    let share = noticed * 100 / mutants;
    assert!(
        share >= SHARE,
        "{share} % of {mutants} are noticed, {SHARE} % should be"
    );
}

/// True if the table says why no example can notice this change.
fn cannot(line: &str) -> bool {
    let parted = CANNOT.lines().filter_map(|l| l.split_once(" | "));
    parted
        .filter(|(_, reason)| !reason.is_empty())
        .any(|(known, _)| known == line)
}

fn survey(catalogue: &Catalogue, own: &Compiled) -> Survey {
    let mut alone = Catalogue {
        controls: vec![own.clone()],
        ..catalogue.clone()
    };
    let read = |records: &BTreeMap<_, _>| zicha_read::from_records(&catalogue.schemas, records);
    let data: Vec<_> = own
        .control
        .examples
        .iter()
        .map(|e| read(&e.records))
        .collect();
    let examples = own.control.examples.iter().zip(&data);
    let sound = examples.filter(|(example, data)| {
        example.also.is_empty() && examples::run(&alone, data, 0, example).is_ok()
    });
    let sound: Vec<_> = sound.collect();
    let mut survey = Survey {
        mutants: 0,
        unnoticed: Vec::new(),
    };
    while let Some((rule, what)) = mutant(&own.rule, survey.mutants) {
        alone.controls[0].rule = rule;
        survey.mutants += 1;
        if sound
            .iter()
            .all(|(example, data)| examples::run(&alone, data, 0, example).is_ok())
        {
            let text = own.control.rule.get(what.span).unwrap_or_default();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            survey
                .unnoticed
                .push(format!("{} {}: {text}", own.control.id, what.change));
        }
    }
    survey
}
