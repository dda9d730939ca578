//! The work of every control grows as the data do, never with their square.
//!
//! The orderly sample twice, four and six times over, each copy with names and numbers of its own:
//! a control that looks at each record and at what belongs to it has as much more to do from two to
//! four as from four to six. One that compares every record with every other has two thirds more.

use rayon::prelude::*;
use zicha_engine as check;
use zicha_model::{dataset::CellState, schema::FieldType};
use zicha_testing::workspace::{Workspace, alone};

#[path = "../../../../examples/make_large_workspace/mod.rs"]
mod make_large_workspace;

/// Controls that hold every record against every other where the column that joins them is missing: one of two
/// equalities may hold (`or`), a list of persons may name anybody. None may be added.
const ALL_BY_ALL: [&str; 2] = ["DOC-010", "KEY-011"];

/// Steps so few say nothing about growth.
const FEW: u64 = 30;

fn copies(number: usize) -> Workspace {
    let from = zicha_testing::root().join("sample-data/orderly");
    let folder = tempfile::tempdir().expect("a folder");
    let written = make_large_workspace::write(&from, folder.path(), number).expect("written");
    let workspace = Workspace::read(folder.path());
    let tables = workspace.dataset.tables.iter().flatten();
    let read: usize = tables.map(|table| table.len()).sum();
    assert_eq!(read, written, "every record comes back");
    workspace
}

fn work(workspace: &Workspace, control: usize) -> u64 {
    let catalogue = alone(&workspace.catalogue, control);
    check::run_counted(
        &catalogue,
        &workspace.dataset,
        &workspace.plan,
        &workspace.profile,
    )
    .1
}

/// Takes every fourth column away and makes every third date of the others unreadable, of each copy the same.
/// Cells that other records are found by stay: up to 64 of those that cannot be told are held against every
/// record, so that few copies show nothing.
fn damaged(mut workspace: Workspace, copies: usize) -> Workspace {
    let schemas = &workspace.catalogue.schemas;
    for table in workspace.dataset.tables.iter_mut().flatten() {
        let once = (table.len() / copies).max(1);
        let fields = &schemas.ledger(table.ledger).fields;
        for (at, column) in table.columns.iter_mut().enumerate() {
            let is_day = matches!(fields[at].ty, FieldType::Date | FieldType::DateTime);
            for (row, state) in column.states.iter_mut().enumerate() {
                *state = match (at % 4, (row % once + at) % 3, *state) {
                    (3, ..) => CellState::NoColumn,
                    (_, 0, CellState::Value) if is_day => CellState::Unreadable,
                    _ => continue,
                };
                column.words[row] = 0;
            }
        }
    }
    workspace
}

/// Controls that have more to do from four copies to six than from two to four, and how many have anything.
fn quadratic(sizes: &[Workspace; 3]) -> (Vec<&str>, usize) {
    let controls = 0..sizes[0].catalogue.controls.len();
    let grown: Vec<_> = controls
        .into_par_iter()
        .map(|control| {
            let [two, four, six] = sizes.each_ref().map(|workspace| work(workspace, control));
            (control, two, four, six)
        })
        .collect();
    let quadratic = grown.iter().filter(|(_, two, four, six)| {
        let (first, then) = (four.saturating_sub(*two), six.saturating_sub(*four));
        then > FEW && then * 10 > first * 11
    });
    let id = |control: usize| sizes[0].catalogue.controls[control].control.id.as_str();
    let told = quadratic.map(|&(control, ..)| id(control)).collect();
    let busy = grown
        .iter()
        .filter(|(_, _, four, six)| six.saturating_sub(*four) > FEW);
    (told, busy.count())
}

#[test]
fn no_control_of_the_catalogue_does_quadratic_work() {
    let sizes = [2, 4, 6].map(copies);
    let (told, busy) = quadratic(&sizes);
    assert!(told.is_empty(), "more work than the data: {told:?}");
    assert!(busy > 200, "only {busy} controls had anything to do");
}

#[test]
fn nor_where_much_cannot_be_told() {
    let sizes = [2, 4, 6].map(|number| damaged(copies(number), number));
    let (mut told, busy) = quadratic(&sizes);
    told.retain(|id| !ALL_BY_ALL.contains(id));
    assert!(told.is_empty(), "more work than the data: {told:?}");
    assert!(busy > 100, "only {busy} controls had anything to do");
}
