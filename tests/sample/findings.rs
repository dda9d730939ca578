//! Reading, rules and checking over the two workspaces, against the list of seeded faults.

use super::{ROOT, reread::Reread};
use serde::Deserialize;
use std::{collections::BTreeSet, path::Path, sync::LazyLock};
use zicha_engine::Outcome;
use zicha_model::{dataset::Place, verdict::Verdict};
use zicha_testing::workspace::Workspace;

/// One fault of `faults.yaml`.
#[derive(Debug, Deserialize)]
struct Fault {
    control: Option<String>,
    ledger: String,
    key: String,
    phrase: String,
    file: Option<String>,
    sheet: Option<String>,
    cells: Vec<Cell>,
}

/// A cell that shows it.
#[derive(Debug, Deserialize)]
struct Cell {
    field: String,
    row: u32,
    column: Option<String>,
    value: String,
}

/// A workspace, read and judged.
struct Judged {
    workspace: Workspace,
    outcomes: Vec<Outcome>,
}

impl Judged {
    fn id(&self, outcome: &Outcome) -> &str {
        &self.workspace.catalogue.controls[outcome.control]
            .control
            .id
    }

    fn ended(&self, verdict: Verdict) -> Vec<&str> {
        let ended = self.outcomes.iter().filter(|o| o.verdict == verdict);
        ended.map(|outcome| self.id(outcome)).collect()
    }
}

static ORDERLY: LazyLock<Judged> = LazyLock::new(|| judge("orderly"));
static FAULTY: LazyLock<Judged> = LazyLock::new(|| judge("faulty"));
static FAULTS: LazyLock<Vec<Fault>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(Path::new(ROOT).join("faults.yaml")).expect("the list");
    serde_yaml::from_str(&text).expect("a list of faults")
});

fn judge(name: &str) -> Judged {
    let workspace = Workspace::read(&Path::new(ROOT).join(name));
    let outcomes = workspace.judge();
    Judged {
        workspace,
        outcomes,
    }
}

#[test]
fn the_orderly_unit_has_no_violation_and_no_unreadable_cell() {
    let told: Vec<&str> = ORDERLY
        .outcomes
        .iter()
        .flat_map(|o| &o.violations)
        .map(|v| v.message.as_str())
        .collect();
    assert_eq!(told, Vec::<&str>::new());
    assert_eq!(ORDERLY.workspace.dataset.unreadable, Vec::new());
    assert!(
        ORDERLY.ended(Verdict::Pass).len() >= 310,
        "nearly all controls have subjects"
    );
}

#[test]
fn in_the_orderly_unit_only_unanswered_questions_and_what_is_not_yet_due_stay_open() {
    let open = [
        "ORG-021", "PER-044", "KEY-016", "NET-014", "NET-016", "NET-040", "PUB-010",
    ];
    let provided = ORDERLY.workspace.dataset.tables.iter().flatten();
    assert_eq!(
        provided.count(),
        ORDERLY.workspace.catalogue.schemas.ledgers.len(),
        "every ledger has data"
    );
    assert_eq!(ORDERLY.ended(Verdict::NotChecked), open);
    assert_eq!(
        ORDERLY.ended(Verdict::Unknown),
        ["DOC-044"],
        "the stocktake at the year's end"
    );
}

#[test]
fn every_seeded_fault_is_found_at_its_cells() {
    let seeded = FAULTS.iter().filter(|fault| fault.control.is_some());
    let violated: BTreeSet<_> = seeded.clone().map(|fault| &fault.control).collect();
    assert!(violated.len() >= 150, "{} controls", violated.len());
    let missed: Vec<String> = seeded.filter_map(missed).collect();
    assert_eq!(missed, Vec::<String>::new());
}

/// What is missing of a seeded fault: the finding, or a cell among its evidence.
fn missed(fault: &Fault) -> Option<String> {
    let control = fault.control.as_deref()?;
    let about = format!("{control} {} {}", fault.key, fault.phrase);
    let outcomes = FAULTY.outcomes.iter();
    let mut findings = outcomes
        .filter(|outcome| FAULTY.id(outcome) == control)
        .flat_map(|outcome| &outcome.violations);
    let found = findings.find(|v| v.subject.ledger == fault.ledger && v.subject.key == fault.key);
    let Some(found) = found else {
        return Some(format!("{about}: no finding"));
    };
    let shown = |cell: &Cell| {
        found.evidence.iter().any(|e| {
            (&e.file, &e.sheet, e.row, &e.column)
                == (&fault.file, &fault.sheet, Some(cell.row), &cell.column)
                && (&e.field, &e.value) == (&cell.field, &cell.value)
        })
    };
    let unseen = fault.cells.iter().find(|cell| !shown(cell))?;
    Some(format!(
        "{about}: {unseen:?} not among {:?}",
        found.evidence
    ))
}

#[test]
fn the_faulty_unit_shows_no_fault_that_was_not_sown() {
    let sown: BTreeSet<(&str, &str, &str)> = FAULTS
        .iter()
        .filter_map(|f| Some((f.control.as_deref()?, f.ledger.as_str(), f.key.as_str())))
        .collect();
    let found = FAULTY.outcomes.iter().flat_map(|outcome| {
        let id = FAULTY.id(outcome);
        outcome
            .violations
            .iter()
            .map(move |v| (id, v.subject.ledger.as_str(), v.subject.key.as_str()))
    });
    let more: Vec<_> = found.filter(|fault| !sown.contains(fault)).collect();
    assert_eq!(more, Vec::new());
}

#[test]
fn unreadable_cells_are_those_that_were_garbled() {
    let cell = |place: &Place, field: &str, value: &str| {
        format!(
            "{} {:?} {:?}{} {field} {value}",
            place.file, place.sheet, place.column, place.row
        )
    };
    let sown: BTreeSet<String> = FAULTS
        .iter()
        .filter(|fault| fault.control.is_none())
        .flat_map(|fault| {
            fault.cells.iter().map(move |c| {
                let place = Place {
                    file: fault.file.clone().unwrap_or_default(),
                    sheet: fault.sheet.clone(),
                    row: c.row,
                    column: c.column.clone(),
                };
                cell(&place, &c.field, &c.value)
            })
        })
        .collect();
    let schemas = &FAULTY.workspace.catalogue.schemas;
    let found: BTreeSet<String> = FAULTY
        .workspace
        .dataset
        .unreadable
        .iter()
        .map(|unreadable| {
            let table = FAULTY
                .workspace
                .dataset
                .table(unreadable.ledger)
                .expect("a table");
            let place = FAULTY
                .workspace
                .dataset
                .place(table, unreadable.row, unreadable.field);
            cell(
                &place,
                &schemas.field(unreadable.ledger, unreadable.field).id,
                FAULTY
                    .workspace
                    .dataset
                    .raw(table, unreadable.row, unreadable.field),
            )
        })
        .collect();
    let differ: Vec<_> = found.symmetric_difference(&sown).collect();
    assert_eq!(differ, Vec::<&String>::new());
}

#[test]
fn a_missing_ledger_a_heading_in_other_words_and_a_strange_sheet_are_told() {
    let missing = FAULTY
        .outcomes
        .iter()
        .find(|o| FAULTY.id(o) == "PER-041")
        .expect("the control of handing over");
    assert!(missing.missing_ledgers.contains("handovers"));
    let sheets = || {
        FAULTY
            .workspace
            .dataset
            .inputs
            .iter()
            .flat_map(|input| &input.sheets)
    };
    // 是否先查毒 in other words: read by its parts.
    let schemas = &FAULTY.workspace.catalogue.schemas;
    let ledger = schemas.ledger_by_id("media_usage").expect("a ledger");
    let other_words = sheets()
        .filter(|sheet| sheet.ledger == Some(ledger))
        .flat_map(|sheet| &sheet.columns)
        .find(|column| column.heading == "病毒检查");
    let field = other_words.map(|column| schemas.field(ledger, column.field).id.as_str());
    assert_eq!(field, Some("virus_checked"));
    let strange = sheets()
        .find(|sheet| sheet.name == "食堂菜单")
        .expect("the menu");
    assert_eq!(strange.ledger, None);
    assert!(
        FAULTY
            .workspace
            .dataset
            .diagnostics
            .iter()
            .any(|told| told.message.contains("食堂菜单"))
    );
}

#[test]
fn the_notes_on_the_sample_tell_its_numbers() {
    let notes = std::fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the notes");
    let faults = FAULTS.iter().filter_map(|fault| fault.control.as_deref());
    let sown = faults.clone().count();
    let told = [
        format!(
            "{} 本台账",
            ORDERLY.workspace.dataset.tables.iter().flatten().count()
        ),
        format!("{} 条现场检查", ORDERLY.ended(Verdict::NotChecked).len()),
        format!("{sown} 处问题"),
        format!("{} 个检查项", faults.collect::<BTreeSet<_>>().len()),
        format!("{} 个读不懂的单元格", FAULTS.len() - sown),
    ];
    let missing: Vec<_> = told.iter().filter(|text| !notes.contains(*text)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn every_cell_named_as_evidence_holds_the_value_told() {
    for (workspace, judged) in [("orderly", &*ORDERLY), ("faulty", &*FAULTY)] {
        let mut files = Reread::new(&Path::new(ROOT).join(workspace));
        let of = |outcome: &Outcome| {
            let violations = outcome.violations.iter().flat_map(|v| v.evidence.clone());
            let undecided = outcome
                .examples()
                .into_iter()
                .flat_map(|u| u.evidence.clone());
            let suggested = outcome.suggestions.iter().flat_map(|s| s.evidence.clone());
            violations
                .chain(undecided)
                .chain(suggested)
                .collect::<Vec<_>>()
        };
        for outcome in &judged.outcomes {
            for evidence in of(outcome).iter().filter(|e| e.file.is_some()) {
                let held = files.cell(evidence);
                assert_eq!(held, evidence.value, "{}: {evidence:?}", judged.id(outcome));
            }
        }
    }
}
