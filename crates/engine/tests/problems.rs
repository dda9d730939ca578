//! How problems are put in papers: every failing example of the catalogue gives a sentence of facts.

use std::{collections::BTreeSet, path::Path};
use zicha_engine::{self as engine, examples};
use zicha_model::{plan::Plan, profile::Profile};
use zicha_rule::pack::{self, Catalogue};

/// Characters of a sentence without the names listed in it.
const LONGEST: usize = 90;

/// A sentence of each failing example: the control and what it says.
fn sentences() -> Vec<(String, String)> {
    let (catalogue, _) = pack::load(Path::new("no-workspace"), &Profile::default());
    let mut said = Vec::new();
    let mut alone = Catalogue {
        controls: Vec::new(),
        ..catalogue.clone()
    };
    for compiled in &catalogue.controls {
        alone.controls = vec![compiled.clone()];
        for example in compiled.control.examples.iter().filter(|e| e.fails()) {
            let data = zicha_read::from_records(&alone.schemas, &example.records);
            let plan: Plan = examples::plan(example);
            let outcomes = engine::run(&alone, &data, &plan, &Profile::default());
            for violation in outcomes.iter().flat_map(|outcome| &outcome.violations) {
                said.push((compiled.control.id.clone(), violation.problem.clone()));
            }
        }
    }
    said
}

/// What gives a sentence away as a program's.
fn program_voice(said: &str) -> Option<&'static str> {
    let marks = [
        "为是",
        "为否",
        "为“是”",
        "为“否”",
        "的数量为",
        "小时数为",
        "天数为",
        "未填写",
        "不等于",
    ];
    let decimal = said
        .as_bytes()
        .windows(3)
        .any(|w| w[0].is_ascii_digit() && w[1] == b'.' && w[2].is_ascii_digit());
    if decimal {
        return Some("a decimal");
    }
    if said.chars().filter(|&c| c != '、').count() > LONGEST {
        return Some("too long");
    }
    if said.is_empty() || said.contains('{') || said.contains("，，") || said.ends_with('，') {
        return Some("badly put together");
    }
    marks.into_iter().find(|mark| said.contains(mark))
}

#[test]
fn every_failing_example_is_said_as_an_office_would() {
    let faults: Vec<_> = sentences()
        .into_iter()
        .filter_map(|(id, said)| Some(format!("{id}: {} in “{said}”", program_voice(&said)?)))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_control_has_a_title_that_states_a_fault_and_no_two_are_alike() {
    let (catalogue, told) = pack::load(Path::new("no-workspace"), &Profile::default());
    assert!(told.is_empty(), "{told:?}");
    let mut titles = BTreeSet::new();
    for compiled in &catalogue.controls {
        let control = &compiled.control;
        let problem = control.problem.as_ref().unwrap();
        assert!(titles.insert(&problem.title), "{}", problem.title);
        assert!(problem.title.chars().count() <= 26, "{}", problem.title);
        assert_ne!(
            problem.title, control.title,
            "{} states the duty",
            control.id
        );
    }
}
