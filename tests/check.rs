//! Checking: from tables and compiled rules to verdicts, findings and their evidence.

use std::collections::HashMap;
use zicha::check::{self, Outcome};
use zicha::model::{
    control::{CheckKind, Control},
    dataset::{CellState, Column, Dataset, InputFile, Part, RowOrigin, Sym, Table},
    plan::{Checklist, Period, Plan},
    profile::Profile,
    schema::{FieldId, FieldSchema, FieldType, LedgerId, LedgerSchema, Schemas},
    time::Day,
    verdict::{Severity, Verdict},
};
use zicha::rule::ir::{
    Binding, Body, Clause, Comparison, Expr, ExprKind, Key, Query, Rule, Slot, Source, Subjects, Ty,
};
use zicha::rule::pack::{Catalogue, Compiled};

const RECEIVED: LedgerId = LedgerId(0);
const RETURNS: LedgerId = LedgerId(1);
const NO: FieldId = FieldId(0);
const ON: FieldId = FieldId(1);
const REGISTERED: FieldId = FieldId(2);

#[test]
fn a_late_registration_is_one_finding_with_both_dates_as_evidence() {
    let rule = each(RECEIVED, same_day());
    let outcome = judge(
        &[rule],
        &documents(&[("甲1", 10, Some(10)), ("甲2", 11, Some(13))]),
    );
    assert_eq!(outcome.verdict, Verdict::Fail);
    assert_eq!(outcome.subjects, 2);
    let [violation] = &outcome.violations[..] else {
        panic!("one finding expected: {:?}", outcome.violations)
    };
    assert_eq!(violation.subject.key, "甲2");
    assert_eq!(violation.expected, "登记日期等于收文日期（1970-01-12）");
    assert_eq!(violation.actual, "登记日期为1970-01-14");
    let cells: Vec<_> = violation
        .evidence
        .iter()
        .map(|e| (e.row, e.column.as_deref(), e.value.as_str()))
        .collect();
    assert_eq!(
        cells,
        [
            (Some(3), Some("C"), "1970-01-14"),
            (Some(3), Some("B"), "1970-01-12")
        ]
    );
}

#[test]
fn an_empty_date_cannot_be_told_and_never_passes() {
    let outcome = judge(
        &[each(RECEIVED, same_day())],
        &documents(&[("甲1", 10, None)]),
    );
    assert_eq!(outcome.verdict, Verdict::Unknown);
    assert_eq!(
        outcome.undecided[0].reason,
        "《收文登记簿》“甲1”的登记日期未填写，无法判定"
    );
    assert!(outcome.decided.is_empty());
}

#[test]
fn a_ledger_that_is_not_there_is_told_once() {
    let outcome = judge(&[each(RECEIVED, same_day())], &Dataset::default());
    assert_eq!(outcome.verdict, Verdict::Unknown);
    assert_eq!(
        outcome.missing_ledgers.iter().collect::<Vec<_>>(),
        ["documents_received"]
    );
    assert!(outcome.undecided.is_empty());
}

#[test]
fn a_record_sought_in_vain_names_the_ledger_searched() {
    let rule = each(RECEIVED, returned());
    let mut data = documents(&[("甲1", 10, Some(10))]);
    add(&mut data, RETURNS, &[("甲9", 12, None)]);
    let outcome = judge(&[rule], &data);
    assert_eq!(outcome.verdict, Verdict::Fail);
    let violation = &outcome.violations[0];
    assert_eq!(violation.expected, "《清退登记簿》中有编号为甲1的记录");
    assert_eq!(violation.actual, "《清退登记簿》中没有找到编号为甲1的记录");
    let sought = violation.evidence.last().expect("evidence");
    assert_eq!(
        (sought.file.as_deref(), sought.field.as_str()),
        (None, "returns")
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let rules: Vec<_> = (0..12).map(|_| each(RECEIVED, returned())).collect();
    let data = many(40);
    let results: Vec<_> = [1, 2, 8]
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("pool")
                .install(|| format!("{:?}", run(&rules, &data)))
        })
        .to_vec();
    assert_eq!(results[0], results[1]);
    assert_eq!(results[0], results[2]);
}

#[test]
fn twice_the_data_is_twice_the_work() {
    let rules = [each(RECEIVED, returned())];
    let work = |rows| run(&rules, &many(rows)).1;
    let (small, large) = (work(500), work(1000));
    assert!(large <= small * 21 / 10, "{small} grew to {large}");
}

fn same_day() -> Expr {
    let (a, b) = (field(REGISTERED), field(ON));
    let kind = ExprKind::Compare(Comparison::Equal, Box::new(a), Box::new(b));
    expr(kind, Ty::Bool)
}

/// `exists r in returns where r.reg_no == d.reg_no`.
fn returned() -> Expr {
    let query = Query {
        slot: Slot(1),
        name: "r".into(),
        ledger: RETURNS,
        keys: vec![Key::Equals(
            NO,
            expr(ExprKind::Field(Slot(0), RECEIVED, NO), Ty::Text),
        )],
        filter: None,
        span: 0..0,
    };
    expr(ExprKind::Exists(Box::new(query)), Ty::Bool)
}

fn field(field: FieldId) -> Expr {
    expr(ExprKind::Field(Slot(0), RECEIVED, field), Ty::Date)
}

fn expr(kind: ExprKind, ty: Ty) -> Expr {
    Expr {
        kind,
        ty,
        span: 0..0,
    }
}

fn each(ledger: LedgerId, condition: Expr) -> Clause {
    let binding = Binding {
        slot: Slot(0),
        name: "d".into(),
        source: Source::Ledger(ledger),
        keys: Vec::new(),
        filter: None,
    };
    Clause {
        span: 0..0,
        condition: None,
        subject: Subjects::Each(vec![binding]),
        body: Body::Holds(condition),
        slots: 2,
        needs: Default::default(),
        ledgers: Default::default(),
    }
}

fn judge(clauses: &[Clause], data: &Dataset) -> Outcome {
    let mut outcomes = run(clauses, data).0;
    outcomes.remove(0)
}

fn run(clauses: &[Clause], data: &Dataset) -> (Vec<Outcome>, u64) {
    let controls = clauses.iter().enumerate();
    let catalogue = Catalogue {
        schemas: schemas(),
        controls: controls
            .map(|(i, clause)| control(i, clause.clone()))
            .collect(),
        ..Catalogue::default()
    };
    check::run_counted(&catalogue, data, &plan(), &Profile::default())
}

fn plan() -> Plan {
    Plan {
        as_of: Day(100),
        year: 1970,
        annual: Some(Period {
            from: Day(0),
            to: Day(364),
        }),
        festival: None,
    }
}

fn control(index: usize, clause: Clause) -> Compiled {
    let control = Control {
        id: format!("TST-{index:03}"),
        title: "当日登记".into(),
        requirement: String::new(),
        basis: Vec::new(),
        chapter: 6,
        checklists: vec![Checklist::Annual],
        kind: CheckKind::Row,
        severity: Severity::General,
        remedy: String::new(),
        deadline_days: 5,
        rule: String::new(),
        ask: None,
        note: None,
        examples: Vec::new(),
        source: (String::new(), 1),
    };
    Compiled {
        control,
        rule: Rule {
            clauses: vec![clause],
        },
    }
}

fn schemas() -> Schemas {
    let column = |id: &str, label: &str, ty| FieldSchema {
        id: id.into(),
        label: label.into(),
        aliases: Vec::new(),
        ty,
        required: false,
        reference: None,
        description: String::new(),
    };
    let ledger = |id: &str, label: &str| LedgerSchema {
        id: id.into(),
        label: label.into(),
        aliases: Vec::new(),
        core: true,
        purpose: String::new(),
        primary_key: vec![NO],
        event_date: None,
        open_when: None,
        may_be_empty: false,
        fields: vec![
            column("reg_no", "编号", FieldType::Text),
            column("received_on", "收文日期", FieldType::Date),
            column("registered_on", "登记日期", FieldType::Date),
        ],
    };
    Schemas {
        ledgers: vec![
            ledger("documents_received", "收文登记簿"),
            ledger("returns", "清退登记簿"),
        ],
        enums: Vec::new(),
    }
}

type Row<'a> = (&'a str, i32, Option<i32>);

fn documents(rows: &[Row<'_>]) -> Dataset {
    let mut data = Dataset::default();
    add(&mut data, RECEIVED, rows);
    data
}

fn many(rows: i32) -> Dataset {
    let names: Vec<_> = (0..rows).map(|row| format!("甲{row}")).collect();
    let rows: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), 10, Some(10)))
        .collect();
    let mut data = documents(&rows);
    add(&mut data, RETURNS, &rows[..rows.len() / 2]);
    data
}

fn add(data: &mut Dataset, ledger: LedgerId, rows: &[Row<'_>]) {
    data.strings.intern("");
    let mut columns = vec![Column::default(); 3];
    let mut push = |data: &mut Dataset, column: usize, word: Option<i32>, raw: &str| {
        let raw: Sym = data.strings.intern(raw);
        let state = if word.is_some() {
            CellState::Value
        } else {
            CellState::Empty
        };
        columns[column].words.push(word.unwrap_or(0));
        columns[column].states.push(state);
        columns[column].raw.push(raw);
    };
    let mut origins = Vec::new();
    for (index, (name, on, registered)) in rows.iter().enumerate() {
        origins.push(RowOrigin {
            part: 0,
            row: index as u32 + 2,
        });
        let word = data.strings.intern(name).0 as i32;
        push(data, 0, Some(word), name);
        push(data, 1, Some(*on), &Day(*on).to_string());
        let raw = registered.map_or_else(String::new, |day| Day(day).to_string());
        push(data, 2, *registered, &raw);
    }
    let input = data.inputs.len();
    data.inputs.push(InputFile {
        path: "台账.xlsx".into(),
        bytes: 0,
        sha256: String::new(),
        sm3: String::new(),
        sheets: Vec::new(),
        readable: true,
    });
    data.tables.resize(2, None);
    data.tables[usize::from(ledger.0)] = Some(Table {
        ledger,
        columns,
        origins,
        parts: vec![Part {
            input,
            sheet: Some("2026".into()),
            columns: vec![Some(0), Some(1), Some(2)],
            first: 0,
            cell_lines: None,
        }],
        carried: HashMap::new(),
    });
}
