//! Judging by columns and judging one by one come to the same.

use std::collections::BTreeMap;
use std::path::Path;
use zicha_engine::{self as check, Outcome, examples};
use zicha_model::{dataset::Dataset, plan::Plan, profile::Profile};
use zicha_read as read;
use zicha_rule::pack::{self, Catalogue};

/// Records by ledger, as examples write them.
pub(crate) type Records = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// Controls whose examples are thrown together.
const TOGETHER: usize = 20;

/// What an outcome says; how it keeps the proof of what was decided aside, and what leaves a record open:
/// columns name every cell to blame, a single evaluation stops at the first.
fn said(outcome: &Outcome) -> String {
    let Outcome {
        verdict,
        reasons,
        subjects,
        violations,
        undecided_subjects,
        unlisted,
        suggestions,
        unanswered,
        ..
    } = outcome;
    format!(
        "{verdict:?} {subjects} {undecided_subjects} {unlisted} {reasons:?}\n{violations:#?}\n\
         {suggestions:#?}\n{unanswered:?}"
    )
}

/// Fails where judging by columns and judging one by one do not say the same of a control. Gives both.
pub(crate) fn agree(
    catalogue: &Catalogue,
    data: &Dataset,
    plan: &Plan,
) -> (Vec<Outcome>, Vec<Outcome>) {
    let profile = Profile::default();
    let fast = check::run(catalogue, data, plan, &profile);
    let slow = check::run_one_by_one(catalogue, data, plan, &profile);
    assert_eq!(fast.len(), slow.len());
    for (a, b) in fast.iter().zip(&slow) {
        let id = &catalogue.controls[a.control].control.id;
        assert_eq!(said(a), said(b), "{id}: by columns, then one by one");
        assert!(b.missing_ledgers.is_subset(&a.missing_ledgers), "{id}");
        assert_eq!(a.passed_over, b.passed_over, "{id}");
    }
    (fast, slow)
}

/// The records of many examples, with all their contradictions.
pub(crate) fn thrown_together(catalogue: &Catalogue) -> impl Iterator<Item = (Records, Plan)> {
    catalogue.controls.chunks(TOGETHER).map(|controls| {
        let examples: Vec<_> = controls.iter().flat_map(|c| &c.control.examples).collect();
        let mut all = Records::new();
        for (ledger, records) in examples.iter().flat_map(|e| &e.records) {
            let shelf = all.entry(ledger.clone()).or_default();
            shelf.extend(records.iter().cloned());
        }
        (all, examples::plan(examples[0]))
    })
}

fn catalogue() -> Catalogue {
    pack::load(Path::new("no-such-folder"), &Profile::default()).0
}

#[test]
fn over_the_records_of_all_examples() {
    let catalogue = catalogue();
    for (records, plan) in thrown_together(&catalogue) {
        let data = read::from_records(&catalogue.schemas, &records);
        agree(&catalogue, &data, &plan);
    }
}

#[test]
fn where_everybody_has_a_namesake() {
    let catalogue = catalogue();
    let mut names = 0;
    for (mut records, plan) in thrown_together(&catalogue) {
        // What named a person by number is now the name of two.
        let people = records.remove("personnel").unwrap_or_default();
        let twins = people.iter().flat_map(|person| {
            let id = person.get("person_id").cloned().unwrap_or_default();
            ["甲", "乙"].map(|mark| {
                let mut twin = person.clone();
                twin.insert("person_id".to_owned(), format!("{id}{mark}"));
                twin.insert("name".to_owned(), id.clone());
                twin
            })
        });
        records.insert("personnel".to_owned(), twins.collect());
        let data = read::from_records(&catalogue.schemas, &records);
        names += data.ambiguous_persons.len();
        agree(&catalogue, &data, &plan);
    }
    assert!(names > 10, "{names} names are borne by several");
}

/// A number for a text, the same in every run.
fn number(seed: usize, text: &str) -> usize {
    let mix = |n: usize, byte: u8| n.wrapping_mul(31).wrapping_add(usize::from(byte));
    text.bytes().fold(seed.wrapping_mul(7919), mix) / 7
}

/// Takes columns away, empties cells and makes others unreadable.
fn damage(records: &mut Records, seed: usize) {
    for (ledger, rows) in records {
        for (at, row) in rows.iter_mut().enumerate() {
            row.retain(|field, _| !number(seed, &format!("{ledger}{field}")).is_multiple_of(4));
            for (field, cell) in row {
                match number(seed, &format!("{ledger}{field}{at}")) % 9 {
                    0 => cell.clear(),
                    1 => "？？".clone_into(cell),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn where_columns_are_missing_and_cells_unreadable() {
    let catalogue = catalogue();
    let (mut open, mut causes) = (0, std::collections::BTreeSet::new());
    for seed in 1..4 {
        for (mut records, plan) in thrown_together(&catalogue) {
            damage(&mut records, seed);
            let data = read::from_records(&catalogue.schemas, &records);
            let (fast, _) = agree(&catalogue, &data, &plan);
            for outcome in &fast {
                open += outcome.undecided_subjects;
                for cause in &outcome.undecided {
                    causes.insert(cause.cause);
                    assert!(cause.records <= outcome.undecided_subjects, "{cause:?}");
                    assert!(!cause.reason.is_empty(), "{cause:?}");
                    assert!(
                        cause.records == 0 || !cause.examples.is_empty(),
                        "{cause:?}"
                    );
                }
            }
        }
    }
    assert!(open > 1000, "only {open} records are open");
    assert!(causes.len() > 4, "only {causes:?}");
}

#[test]
fn over_faulty_ledgers() {
    let catalogue = catalogue();
    let dir = zicha_testing::root().join("sample-data/faulty");
    let options = read::Options::default();
    let data = read::read(&dir, &catalogue.schemas, &Profile::default(), &options);
    let plan = examples::plan(&catalogue.controls[0].control.examples[0]);
    agree(&catalogue, &data, &plan);
}
