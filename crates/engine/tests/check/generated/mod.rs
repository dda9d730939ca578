//! Over generated records and rules, judging by columns and judging one by one come to the same.

use super::agreement::{Records, agree};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rules::Writer;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tape::{FIELDS, Tape};
use zicha_engine::{Outcome, Subjects, examples};
use zicha_model::{
    dataset::{CellState, Dataset},
    plan::Plan,
    profile::Profile,
    verdict::Verdict,
};
use zicha_read as read;
use zicha_rule::pack::{self, Catalogue};

mod rules;
mod tape;

/// Cases in a run of all tests.
const CASES: u32 = 200;

/// Rules over the same records.
const RULES: usize = 6;

/// What is judged.
#[derive(Clone, Debug)]
struct Case {
    rules: Vec<String>,
    records: Records,
    /// A column of a ledger that is not there from a row on.
    cut: Option<(&'static str, usize, usize)>,
}

impl Case {
    fn new(choices: &[Vec<u8>; 3]) -> Self {
        let [rules, acts, notes] = choices;
        let mut rules = Tape::new(rules);
        let (mut acts, mut notes) = (Tape::new(acts), Tape::new(notes));
        let cut = (rules.below(4) == 1).then(|| {
            let ledger = rules.one(&["acts", "notes"]);
            (ledger, rules.below(FIELDS.len()), rules.below(4))
        });
        let mut records = registers();
        records.insert("acts".to_owned(), acts.records(9));
        let many = rules.one(&[6, 90]);
        records.insert("notes".to_owned(), notes.records(many));
        let rules = (0..RULES).map(|_| Writer::new(&mut rules).clause());
        Self {
            rules: rules.collect(),
            records,
            cut,
        }
    }

    fn data(&self, catalogue: &Catalogue) -> Dataset {
        let mut data = read::from_records(&catalogue.schemas, &self.records);
        if let Some((ledger, field, from)) = self.cut {
            let ledger = catalogue.schemas.ledger_by_id(ledger).expect("known");
            if let Some(table) = &mut data.tables[usize::from(ledger.0)] {
                let column = &mut table.columns[field];
                let from = from.min(column.words.len());
                column.words[from..].fill(0);
                column.states[from..].fill(CellState::NoColumn);
            }
        }
        data
    }
}

/// Two persons of one name, one of another; two departments.
fn registers() -> Records {
    let record = |cells: &[(&str, &str)]| {
        let cells = cells.iter().map(|&(k, v)| (k.to_owned(), v.to_owned()));
        cells.collect::<BTreeMap<_, _>>()
    };
    let person = |id, name| record(&[("person_id", id), ("name", name), ("department", "D1")]);
    let department = |id, name| record(&[("dept_id", id), ("name", name)]);
    let people = [("P1", "张三"), ("P2", "李四"), ("P3", "张三")];
    let departments = [("D1", "办公室"), ("D2", "财务处")];
    Records::from([
        (
            "personnel".to_owned(),
            people.map(|(id, name)| person(id, name)).to_vec(),
        ),
        (
            "departments".to_owned(),
            departments.map(|(id, name)| department(id, name)).to_vec(),
        ),
    ])
}

/// The ledgers, without controls.
fn ledgers() -> Catalogue {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    fs::create_dir_all(own.join("ledgers")).expect("a folder");
    fs::write(own.join("pack.yaml"), "id: own\nversion: '1'\ntitle: 例\n").expect("written");
    let dated = "event_date: made_on\nopen_when: absent(due_on)\n";
    for (id, more) in [("acts", dated), ("notes", "may_be_empty: true\n")] {
        let mut text = format!(
            "id: {id}\nlabel: {id}账\ntier: extended\npurpose: 例\nprimary_key: [code]\n{more}fields:\n"
        );
        for (field, ty, _) in FIELDS {
            text.push_str(&format!(
                "  - id: {field}\n    label: {id}{field}\n    type: {ty}\n"
            ));
        }
        fs::write(own.join(format!("ledgers/{id}.yaml")), text).expect("written");
    }
    let profile = Profile {
        packs: vec!["base".to_owned(), "own".to_owned()],
        ..Profile::default()
    };
    let (mut catalogue, told) = pack::load(folder.path(), &profile);
    assert!(told.is_empty(), "{told:?}");
    catalogue.controls.clear();
    catalogue
}

/// Takes the rules in as controls.
fn take_in(catalogue: &mut Catalogue, rules: &[String]) {
    let controls = rules.iter().enumerate().map(|(n, rule)| {
        format!(
            "- id: GEN-{n:03}\n  title: 例{n}\n  requirement: 例\n  basis: [\"000 A一.1\"]\n  \
             checklists: [annual]\n  kind: row\n  severity: 一般\n  rule: |\n    {rule}\n  \
             remedy: 例\n  deadline: 1\n"
        )
    });
    let told = catalogue.take_in("own.yaml", &controls.collect::<String>());
    assert!(told.is_empty(), "{rules:#?}: {told:#?}");
}

/// Fails where the two do not say of the same records that they were decided.
fn agree_on_what_was_decided(both: [&[Outcome]; 2], subjects: &Subjects<'_>, data: &Dataset) {
    let keys: BTreeSet<_> = data
        .tables
        .iter()
        .flatten()
        .flat_map(|table| (0..table.len() as u32).map(|row| subjects.of(table.ledger, row)))
        .map(|subject| (subject.ledger, subject.key))
        .collect();
    let [fast, slow] = both;
    for (a, b) in fast.iter().zip(slow) {
        for (ledger, key) in &keys {
            let [a, b] = [a, b].map(|outcome| outcome.has_decided(subjects, ledger, key));
            assert_eq!(
                a, b,
                "decided of {ledger} {key}, by columns, then one by one"
            );
        }
    }
}

fn plan() -> Plan {
    let (catalogue, _) = pack::load("no-such-folder".as_ref(), &Profile::default());
    examples::plan(&catalogue.controls[0].control.examples[0])
}

#[test]
fn columns_and_single_records_agree_on_whatever_is_asked_of_whatever_stands_there() {
    let (ledgers, plan) = (ledgers(), plan());
    let verdicts: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let choices = |most| prop::collection::vec(any::<u8>(), 0..most);
    let cases = [choices(300), choices(400), choices(3000)].prop_map(|all| Case::new(&all));
    let mut runner = TestRunner::new(ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let run = runner.run(&cases, |case| {
        let mut catalogue = ledgers.clone();
        take_in(&mut catalogue, &case.rules);
        let data = case.data(&catalogue);
        let (fast, slow) = agree(&catalogue, &data, &plan);
        let profile = Profile::default();
        let subjects = Subjects::new(&catalogue, &data, &plan, &profile);
        agree_on_what_was_decided([&fast, &slow], &subjects, &data);
        for outcome in &fast {
            let verdict = format!("{:?}", outcome.verdict);
            *verdicts.borrow_mut().entry(verdict).or_default() += 1;
        }
        Ok(())
    });
    if let Err(mistake) = run {
        panic!("{mistake}");
    }
    let verdicts = verdicts.into_inner();
    for verdict in [Verdict::Pass, Verdict::Fail, Verdict::Unknown] {
        let times = verdicts.get(&format!("{verdict:?}")).copied();
        assert!(
            times > Some(50),
            "{verdict:?} came out {times:?} times: {verdicts:?}"
        );
    }
}

#[test]
fn they_agree_on_more_records_than_are_looked_at_together() {
    let mut catalogue = ledgers();
    let rules = [
        "for a in acts where a.sealed and a.level >= 'confidential': a.made_on <= a.due_on",
        "for a in acts where a.number > 1: exists b in notes where b.code == a.code and b.kind == a.kind",
        "for a in acts, b in notes where b.title == a.who: a.start_at < b.end_at or a.sealed",
    ];
    take_in(&mut catalogue, &rules.map(str::to_owned));
    let mut state = 1u32;
    let choices: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(200_000)
    .collect();
    let mut tape = Tape::new(&choices);
    let mut records = registers();
    records.insert("notes".to_owned(), tape.records_of(20));
    records.insert("acts".to_owned(), tape.records_of(5000));
    let data = read::from_records(&catalogue.schemas, &records);
    let (fast, _) = agree(&catalogue, &data, &plan());
    let failed = |outcome: &Outcome| outcome.verdict == Verdict::Fail && outcome.subjects > 500;
    assert!(fast.iter().all(failed), "every rule is broken somewhere");
}

/// How a rule ends over one record of each ledger, of which only these cells are filled in.
fn verdict(rule: &str, act: &[(&str, &str)], note: &[(&str, &str)]) -> Verdict {
    let mut catalogue = ledgers();
    take_in(&mut catalogue, &[rule.to_owned()]);
    let mut records = registers();
    for (ledger, cells) in [("acts", act), ("notes", note)] {
        let cells = cells.iter().map(|&(k, v)| (k.to_owned(), v.to_owned()));
        records.insert(ledger.to_owned(), vec![cells.collect()]);
    }
    let data = read::from_records(&catalogue.schemas, &records);
    agree(&catalogue, &data, &plan()).0[0].verdict
}

#[test]
fn an_empty_cell_leaves_open_what_it_must_equal_even_where_another_cell_finds_nothing() {
    let rule = "for a in acts: not exists b in notes where b.code == a.code and b.who == a.who";
    let note = [("code", "一"), ("who", "P1")];
    let found = verdict(rule, &[("who", "王五")], &note);
    assert_eq!(found, Verdict::Unknown);
}

#[test]
fn a_record_with_an_empty_part_of_its_key_is_left_out_whatever_the_others() {
    for rule in [
        "for a in acts: unique a.number, a.title",
        "for a in acts: unique a.title, a.number",
    ] {
        let found = verdict(rule, &[("code", "一"), ("number", "#REF!")], &[]);
        assert_eq!(found, Verdict::NotApplicable, "{rule}");
    }
}
