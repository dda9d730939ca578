//! A list with a name that two people bear says something of everybody else.

use super::agreement::{Records, agree};
use std::{collections::BTreeMap, path::Path};
use zicha_engine as check;
use zicha_model::{
    plan::{Period, Plan},
    profile::Profile,
    time::Day,
};
use zicha_rule::pack;

fn record(cells: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = cells
        .iter()
        .map(|(field, text)| ((*field).to_owned(), (*text).to_owned()));
    owned.collect()
}

/// Three people on post, two of one name; both trainings list that name, one lists the third.
fn records() -> Records {
    let person = |id, name| {
        record(&[
            ("person_id", id),
            ("name", name),
            ("category", "一般涉密人员"),
            ("status", "在岗"),
            ("on_post_since", "2024-04-01"),
        ])
    };
    let training = |id, day, attendees| {
        record(&[
            ("training_id", id),
            ("held_on", day),
            ("attendees", attendees),
        ])
    };
    let people = vec![
        person("P1", "林海"),
        person("P2", "李四"),
        person("P3", "李四"),
    ];
    let trainings = vec![
        training("K1", "2026-03-02", "林海、李四"),
        training("K2", "2026-05-12", "李四、P1"),
    ];
    BTreeMap::from([
        ("personnel".to_owned(), people),
        ("trainings".to_owned(), trainings),
    ])
}

#[test]
fn only_the_namesakes_cannot_be_told() {
    let (catalogue, _) = pack::load(Path::new("no-such-folder"), &Profile::default());
    let dataset = zicha_read::from_records(&catalogue.schemas, &records());
    let day = |month, day| Day::of(2026, month, day).expect("a day");
    let plan = Plan {
        as_of: day(12, 31),
        year: 2026,
        annual: Some(Period {
            from: day(1, 1),
            to: day(12, 31),
        }),
        festival: None,
    };
    agree(&catalogue, &dataset, &plan);
    let outcomes = check::run(&catalogue, &dataset, &plan, &Profile::default());
    let attendance = outcomes
        .iter()
        .find(|o| catalogue.controls[o.control].control.id == "TRN-001")
        .expect("it is checked");
    assert!(
        attendance.violations.is_empty(),
        "{:?}",
        attendance.violations
    );
    let undecided: Vec<&str> = attendance
        .examples()
        .into_iter()
        .map(|u| u.subject.key.as_str())
        .collect();
    assert_eq!(undecided, ["P2", "P3"]);
    let reason = &attendance.examples()[0].reason;
    assert!(reason.contains("“李四”有同名者"), "{reason}");
    assert_eq!(dataset.unreadable.len(), 2);
}
