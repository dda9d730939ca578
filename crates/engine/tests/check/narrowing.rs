//! Every control that can be narrowed, narrowed: what a pack leaves out is counted, takes findings away
//! and adds none, and columns and single records agree on it.

use super::agreement::{agree, thrown_together};
use std::collections::{BTreeMap, BTreeSet};
use std::{fmt::Write as _, fs, path::Path};
use zicha_engine::{self as check, Outcome};
use zicha_model::diag::{Diagnostic, Severity, human};
use zicha_model::{
    profile::Profile,
    schema::{FieldType, LedgerId},
};
use zicha_read as read;
use zicha_rule::{
    ir,
    pack::{self, Catalogue},
};

/// Looks at every cell of every ledger, so that what others leave out falls to it.
const INTEGRITY: &str = "ORG-022";

/// A condition that some records of a ledger meet, some do not, and of some it cannot be told.
fn condition(catalogue: &Catalogue, ledger: LedgerId) -> String {
    let schema = catalogue.schemas.ledger(ledger);
    let of = |ty: FieldType| schema.fields.iter().find(|field| field.ty == ty);
    match (of(FieldType::Date), of(FieldType::Text)) {
        (Some(day), _) => format!("{} < 2026-03-10", day.id),
        (None, Some(text)) => format!("{} matches '1'", text.id),
        (None, None) => format!("present({})", schema.fields[0].id),
    }
}

/// A pack that narrows every control over every ledger whose records it judges.
fn everything_narrowed(plain: &Catalogue) -> (Catalogue, Vec<Diagnostic>, usize) {
    let mut head = "id: own\nversion: \"1\"\ntitle: 本单位清单\nnarrow:\n".to_owned();
    let mut entries = 0;
    for compiled in &plain.controls {
        let clauses = compiled.rule.clauses.iter();
        let ledgers: BTreeSet<_> = clauses.filter_map(ir::Clause::judged).collect();
        let ledgers: BTreeSet<_> = ledgers.into_iter().map(|(ledger, _)| ledger).collect();
        for ledger in ledgers {
            let (id, label) = (&compiled.control.id, &plain.schemas.ledger(ledger).id);
            let condition = condition(plain, ledger);
            writeln!(
                head,
                "  - {{control: {id}, ledger: {label}, where: \"{condition}\", reason: 例}}"
            )
            .unwrap();
            entries += 1;
        }
    }
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("own")).unwrap();
    fs::write(dir.path().join("own/pack.yaml"), head).unwrap();
    let profile = Profile {
        packs: vec!["own".to_owned()],
        ..Profile::default()
    };
    let (catalogue, told) = pack::load(dir.path(), &profile);
    (catalogue, told, entries)
}

fn violations(outcome: &Outcome) -> BTreeMap<&str, &str> {
    let all = outcome.violations.iter();
    all.map(|v| (v.fingerprint.as_str(), v.actual.as_str()))
        .collect()
}

#[test]
fn what_packs_leave_out_is_counted_and_adds_no_finding() {
    let (plain, _) = pack::load(Path::new("no-such-folder"), &Profile::default());
    let (narrowed, told, entries) = everything_narrowed(&plain);
    let errors = told.iter().filter(|d| d.severity == Severity::Error);
    assert_eq!(errors.map(human::render).collect::<String>(), "");
    assert!(entries > 250, "{entries} entries");
    let (mut passed_over, mut gone) = (0, 0);
    for (records, plan) in thrown_together(&plain) {
        let data = read::from_records(&plain.schemas, &records);
        let before = check::run(&plain, &data, &plan, &Profile::default());
        let (after, _) = agree(&narrowed, &data, &plan);
        for (before, after) in before.iter().zip(&after) {
            let id = &plain.controls[before.control].control.id;
            if id == INTEGRITY {
                continue;
            }
            let (was, is) = (violations(before), violations(after));
            for finding in &is {
                assert_eq!(was.get(finding.0), Some(finding.1), "{id}: {finding:?}");
            }
            assert!(is.len() == was.len() || after.passed_over > 0, "{id}");
            assert!(after.subjects <= before.subjects, "{id}");
            passed_over += after.passed_over;
            gone += was.len() - is.len();
        }
    }
    assert!(passed_over > 500, "{passed_over} records");
    assert!(gone > 300, "{gone} findings");
}
