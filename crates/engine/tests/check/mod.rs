//! Checking: from tables and compiled rules to verdicts, findings and their evidence.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

mod agreement;
mod future;
mod generated;
mod growth;
mod namesakes;
mod narrowing;
mod shop;
mod untold;

use shop::{Shop, call, clause, compare, date, equal, exists, expr, number, present, truth};
use zicha_engine::{EVERY_STRETCH, Outcome};
use zicha_model::results::CauseKind;
use zicha_model::{control::Scope, schema::FieldId, verdict::Verdict};
use zicha_rule::ir::{
    Binding, Body, Clause, Comparison, Expr, ExprKind, Function, Slot, Source, Subjects, Ty,
};

/// `for d in documents: d.registered_on == d.received_on`.
fn same_day(shop: &Shop) -> Clause {
    let registered = shop.field(0, "documents", "registered_on");
    let received = shop.field(0, "documents", "received_on");
    shop.each("documents", None, Body::Holds(equal(registered, received)))
}

/// `for d in documents: exists w in loans where w.reg_no == d.reg_no`.
fn lent(shop: &Shop) -> Clause {
    let key = ("reg_no", shop.field(0, "documents", "reg_no"));
    let query = shop.query("loans", Some(key), None);
    shop.each("documents", None, Body::Holds(exists(query)))
}

fn messages(outcome: &Outcome) -> Vec<&str> {
    outcome
        .violations
        .iter()
        .map(|v| v.message.as_str())
        .collect()
}

fn keys(outcome: &Outcome) -> Vec<&str> {
    outcome
        .violations
        .iter()
        .map(|v| v.subject.key.as_str())
        .collect()
}

#[test]
fn a_late_registration_is_one_finding_with_both_dates_as_evidence() {
    let mut shop = Shop::new();
    shop.provide(
        "documents",
        &[
            "reg_no=甲1;received_on=2026-03-05;registered_on=2026-03-05",
            "reg_no=甲2;received_on=2026-03-05;registered_on=2026-03-09",
        ],
    );
    let outcome = shop.judge(same_day(&shop));
    assert_eq!((outcome.verdict, outcome.subjects), (Verdict::Fail, 2));
    assert_eq!(
        messages(&outcome),
        ["《收文登记簿》“甲2”：登记日期为2026-03-09，不符合“例”的要求。"]
    );
    let violation = &outcome.violations[0];
    assert_eq!(violation.expected, "登记日期等于收文日期（2026-03-05）");
    let cells: Vec<_> = violation
        .evidence
        .iter()
        .map(|e| (e.row, e.column.as_deref(), e.value.as_str()))
        .collect();
    assert_eq!(
        cells,
        [
            (Some(3), Some("C"), "2026-03-09"),
            (Some(3), Some("B"), "2026-03-05")
        ]
    );
}

#[test]
fn an_empty_date_cannot_be_told_and_never_passes() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1;received_on=2026-03-05"]);
    let outcome = shop.judge(same_day(&shop));
    assert_eq!(outcome.verdict, Verdict::Unknown);
    assert_eq!(
        outcome.examples()[0].reason,
        "《收文登记簿》“甲1”的登记日期未填写，无法判定"
    );
    assert!(outcome.decided.is_empty());
}

#[test]
fn a_ledger_that_is_not_there_is_told_once() {
    let mut shop = Shop::new();
    let outcome = shop.judge(same_day(&shop));
    assert_eq!(outcome.verdict, Verdict::Unknown);
    assert_eq!(
        outcome.missing_ledgers.iter().collect::<Vec<_>>(),
        ["documents"]
    );
    assert_eq!(outcome.reasons, ["未提供《收文登记簿》"]);
    let [cause] = &outcome.undecided[..] else {
        panic!("{:?}", outcome.undecided);
    };
    assert_eq!(cause.cause, CauseKind::MissingLedger);
    assert_eq!((cause.ledger.as_str(), cause.records), ("documents", 0));
}

#[test]
fn an_empty_ledger_is_not_applicable_only_if_it_may_be_empty() {
    let mut shop = Shop::new();
    shop.provide("documents", &[]);
    assert_eq!(shop.judge(same_day(&shop)).verdict, Verdict::Unknown);
    shop.schema("documents").may_be_empty = true;
    assert_eq!(shop.judge(same_day(&shop)).verdict, Verdict::NotApplicable);
}

#[test]
fn a_ledger_not_kept_does_not_apply_and_look_ups_find_nothing_in_it() {
    let mut shop = Shop::new();
    shop.profile
        .not_kept
        .insert("loans".into(), "没有借阅".into());
    shop.provide("documents", &["reg_no=甲1"]);
    let back = present(shop.field(0, "loans", "back_on"));
    let loans = shop.each("loans", None, Body::Holds(back));
    let outcome = shop.judge(loans);
    assert_eq!(outcome.verdict, Verdict::NotApplicable);
    assert_eq!(outcome.reasons, ["本单位不设《借阅登记簿》：没有借阅"]);
    assert_eq!(shop.judge(lent(&shop)).verdict, Verdict::Fail);
}

#[test]
fn a_disabled_control_is_listed_with_its_reason() {
    let mut shop = Shop::new();
    shop.profile
        .disable
        .insert("TST-001".into(), "由上级统一检查".into());
    let outcome = shop.judge(same_day(&shop));
    assert_eq!(outcome.verdict, Verdict::NotSelected);
    assert_eq!(outcome.reasons, ["本单位停用：由上级统一检查"]);
}

#[test]
fn a_record_sought_in_vain_names_the_ledger_searched() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1"])
        .provide("loans", &["loan_no=1;reg_no=甲9"]);
    let outcome = shop.judge(lent(&shop));
    let violation = &outcome.violations[0];
    assert_eq!(violation.expected, "《借阅登记簿》中有文件编号为甲1的记录");
    assert_eq!(
        violation.actual,
        "《借阅登记簿》中没有找到文件编号为甲1的记录"
    );
    let [own, sought] = &violation.evidence[..] else {
        panic!("two pieces of evidence: {:?}", violation.evidence)
    };
    assert_eq!((own.field.as_str(), own.value.as_str()), ("reg_no", "甲1"));
    assert_eq!(
        (sought.file.as_deref(), sought.field.as_str()),
        (None, "loans")
    );
}

#[test]
fn a_text_that_names_a_person_equals_the_person() {
    let mut shop = Shop::new();
    shop.register("张三", "P1");
    shop.provide(
        "documents",
        &["reg_no=甲1;custodian=P1", "reg_no=甲2;custodian=P2"],
    );
    shop.provide("loans", &["loan_no=1;reg_no=甲1;borrower=张三"]);
    let key = ("borrower", shop.field(0, "documents", "custodian"));
    let query = shop.query("loans", Some(key), None);
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(exists(query))));
    assert_eq!(keys(&outcome), ["甲2"]);
}

#[test]
fn a_name_borne_by_several_equals_nobody() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1;custodian=李四"]);
    shop.provide("loans", &["loan_no=1;reg_no=甲1;borrower=李四"]);
    let name = shop.data.strings.intern("李四");
    shop.data.ambiguous_persons.insert(name, Vec::new());
    let key = ("borrower", shop.field(0, "documents", "custodian"));
    let query = shop.query("loans", Some(key), None);
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(exists(query))));
    assert_eq!(outcome.verdict, Verdict::Fail);
}

#[test]
fn levels_compare_by_rank_and_are_named_by_label() {
    let mut shop = Shop::new();
    shop.provide(
        "documents",
        &["reg_no=甲1;level=public", "reg_no=甲2;level=secret"],
    );
    let (level, floor) = (
        shop.field(0, "documents", "level"),
        shop.value("level", "confidential"),
    );
    let rule = compare(Comparison::GreaterEqual, level, floor);
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(rule)));
    assert_eq!(keys(&outcome), ["甲1"]);
    assert_eq!(outcome.violations[0].expected, "密级不低于秘密");
    assert_eq!(outcome.violations[0].actual, "密级为公开");
}

#[test]
fn a_missing_column_cannot_be_told_even_for_present() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1"]);
    shop.drop_column("documents", "level");
    let rule = present(shop.field(0, "documents", "level"));
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(rule)));
    assert_eq!(outcome.verdict, Verdict::Unknown);
    assert_eq!(
        outcome.examples()[0].reason,
        "《收文登记簿》没有“密级”一列，无法判定"
    );
}

#[test]
fn other_operands_decide_where_one_cannot_be_told() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1;copies=2"]);
    let dated = || {
        compare(
            Comparison::Less,
            shop.field(0, "documents", "received_on"),
            date("2026-01-01"),
        )
    };
    let copies = |n| equal(shop.field(0, "documents", "copies"), number(n));
    let verdict = |rule| {
        let mut other = Shop::new();
        other.provide("documents", &["reg_no=甲1;copies=2"]);
        other
            .judge(shop.each("documents", None, Body::Holds(rule)))
            .verdict
    };
    assert_eq!(
        verdict(truth(ExprKind::And(vec![dated(), copies(3)]))),
        Verdict::Fail
    );
    assert_eq!(
        verdict(truth(ExprKind::Or(vec![dated(), copies(2)]))),
        Verdict::Pass
    );
    assert_eq!(
        verdict(truth(ExprKind::And(vec![dated(), copies(2)]))),
        Verdict::Unknown
    );
    let implies = |a, b| truth(ExprKind::Implies(Box::new(a), Box::new(b)));
    assert_eq!(verdict(implies(copies(3), dated())), Verdict::Pass);
    assert_eq!(verdict(implies(dated(), copies(2))), Verdict::Pass);
    assert_eq!(verdict(implies(copies(2), dated())), Verdict::Unknown);
}

#[test]
fn a_count_lists_what_was_counted() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1"]);
    shop.provide("loans", &["loan_no=1;reg_no=甲1", "loan_no=2;reg_no=甲1"]);
    let key = ("reg_no", shop.field(0, "documents", "reg_no"));
    let count = ExprKind::Count(Box::new(shop.query("loans", Some(key), None)));
    let rule = compare(Comparison::Less, expr(count, Ty::Integer), number(2));
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(rule)));
    let violation = &outcome.violations[0];
    assert_eq!(
        violation.expected,
        "《借阅登记簿》中文件编号为甲1的记录数少于2"
    );
    assert_eq!(
        violation.actual,
        "《借阅登记簿》中文件编号为甲1的记录数为2（1、2）"
    );
    assert_eq!(violation.evidence.len(), 3);
}

#[test]
fn items_named_twice_count_once() {
    let mut shop = Shop::new();
    shop.provide("loans", &["loan_no=1;reg_no=甲1;borrower=乙、丙、乙"]);
    let texts = || Ty::List(Box::new(Ty::Text));
    let split = call(
        Function::Split,
        vec![shop.field(0, "loans", "borrower")],
        texts(),
    );
    let distinct = call(Function::Distinct, vec![split.clone()], texts());
    let mut verdict = |list, n| {
        let count = call(Function::Count, vec![list], Ty::Integer);
        let rule = equal(count, number(n));
        shop.judge(shop.each("loans", None, Body::Holds(rule)))
            .verdict
    };
    assert_eq!(verdict(split, 3), Verdict::Pass);
    assert_eq!(verdict(distinct, 2), Verdict::Pass);
}

#[test]
fn the_days_for_mending_are_those_of_the_control_of_that_id() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1"]);
    let text = |id: &str| {
        let literal = zicha_rule::ir::Literal::Text(id.into());
        expr(ExprKind::Literal(literal), Ty::Text)
    };
    let days = |id| call(Function::DeadlineDays, vec![text(id)], Ty::Integer);
    let mut verdict = |rule| {
        shop.judge(shop.each("documents", None, Body::Holds(rule)))
            .verdict
    };
    assert_eq!(verdict(equal(days("TST-001"), number(5))), Verdict::Pass);
    assert_eq!(verdict(present(days("TST-999"))), Verdict::Fail);
}

#[test]
fn records_outside_the_period_are_no_subjects_unless_undated() {
    let mut shop = Shop::new();
    let event = shop.field_id("documents", "received_on");
    shop.schema("documents").event_date = Some(event);
    shop.provide(
        "documents",
        &[
            "reg_no=甲1;received_on=2025-12-31",
            "reg_no=甲2;received_on=2026-01-01",
            "reg_no=甲3",
        ],
    );
    let rule = present(shop.field(0, "documents", "level"));
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(rule)));
    assert_eq!(keys(&outcome), ["甲2", "甲3"]);
}

#[test]
fn a_group_of_duplicates_is_one_finding() {
    let mut shop = Shop::new();
    shop.provide(
        "documents",
        &[
            "reg_no=甲1",
            "reg_no=甲1",
            "reg_no=甲2",
            "copies=1",
            "copies=2",
        ],
    );
    let parts = vec![shop.field(0, "documents", "reg_no")];
    let outcome = shop.judge(shop.each("documents", None, Body::Unique(parts)));
    assert_eq!(keys(&outcome), ["甲1"]);
    assert_eq!(outcome.violations[0].actual, "编号“甲1”重复出现2次");
    assert_eq!(outcome.violations[0].evidence.len(), 2);
    assert!(shop.has_decided(&outcome, "documents", "甲2"));
}

#[test]
fn every_gap_of_a_roster_is_a_finding_of_its_own() {
    let mut shop = Shop::new();
    shop.provide(
        "duty",
        &[
            "duty_id=1;start_at=2026-10-01 00:00;end_at=2026-10-01 20:10",
            "duty_id=2;start_at=2026-10-01 20:50;end_at=2026-10-02 08:00",
        ],
    );
    let body = covered(&shop, "2026-10-01", "2026-10-02");
    let outcome = shop.judge(clause(Subjects::Unit, body));
    assert_eq!(
        keys(&outcome),
        [
            "2026-10-01 20:10至2026-10-01 20:50",
            "2026-10-02 08:00至2026-10-02 24:00"
        ]
    );
    assert_eq!(
        outcome.violations[0].actual,
        "这段时间在《值班表》中没有登记"
    );
    let decided = |key| shop.has_decided(&outcome, "unit_profile", key);
    assert!(decided("2026-09-30 00:00至2026-09-30 08:00") && decided(EVERY_STRETCH));
}

#[test]
fn a_shift_without_end_leaves_the_gap_open() {
    let mut shop = Shop::new();
    shop.provide("duty", &["duty_id=1;start_at=2026-10-01 00:00"]);
    let body = covered(&shop, "2026-10-01", "2026-10-01");
    let outcome = shop.judge(clause(Subjects::Unit, body));
    assert_eq!(outcome.verdict, Verdict::Unknown);
    assert!(!shop.has_decided(
        &outcome,
        "unit_profile",
        "2026-09-30 00:00至2026-09-30 08:00"
    ));
}

fn covered(shop: &Shop, from: &str, to: &str) -> Body {
    Body::Covered {
        from: date(from),
        to: date(to),
        start: shop.field(1, "duty", "start_at"),
        end: shop.field(1, "duty", "end_at"),
        query: shop.query("duty", None, None),
    }
}

#[test]
fn neighbouring_records_are_compared_in_the_order_of_their_dates() {
    let mut shop = Shop::new();
    shop.provide(
        "documents",
        &[
            "reg_no=丙;received_on=2026-05-01",
            "reg_no=甲;received_on=2026-01-01",
            "reg_no=乙;received_on=2026-01-20",
        ],
    );
    let source = Source::Consecutive {
        ledger: shop.id("documents"),
        by: shop.field_id("documents", "received_on"),
        next: Slot(1),
    };
    let pairs = Binding {
        source,
        ..shop.binding(0, "documents", None)
    };
    let ends = vec![
        shop.field(0, "documents", "received_on"),
        shop.field(1, "documents", "received_on"),
    ];
    let days = call(Function::DaysBetween, ends, Ty::Integer);
    let rule = compare(Comparison::LessEqual, days, number(31));
    let outcome = shop.judge(clause(Subjects::Each(vec![pairs]), Body::Holds(rule)));
    assert_eq!(keys(&outcome), ["乙"]);
    assert_eq!(
        outcome.violations[0].actual,
        "收文日期（2026-01-20）至另一条记录的收文日期（2026-05-01）的天数为101"
    );
}

#[test]
fn every_quarter_is_a_subject() {
    let mut shop = Shop::new();
    shop.provide(
        "loans",
        &["loan_no=1;out_on=2026-02-03", "loan_no=2;out_on=2026-11-30"],
    );
    let year = expr(
        ExprKind::Input(zicha_rule::ir::Input::CheckYear),
        Ty::Integer,
    );
    let quarters = Binding {
        source: Source::Quarters(Box::new(year)),
        ..shop.binding(0, "loans", None)
    };
    let out = || shop.field(1, "loans", "out_on");
    let start = expr(ExprKind::WindowStart(Slot(0)), Ty::Date);
    let end = expr(ExprKind::WindowEnd(Slot(0)), Ty::Date);
    let within = truth(ExprKind::And(vec![
        compare(Comparison::GreaterEqual, out(), start),
        compare(Comparison::LessEqual, out(), end),
    ]));
    let rule = exists(shop.query("loans", None, Some(within)));
    let outcome = shop.judge(clause(Subjects::Each(vec![quarters]), Body::Holds(rule)));
    assert_eq!(keys(&outcome), ["2026年第2季度", "2026年第3季度"]);
    assert_eq!(
        outcome.violations[0].expected,
        "《借阅登记簿》中有借出日期不早于2026-04-01，且借出日期不晚于2026-06-30的记录"
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_not_checked_rather_than_dropped() {
    let mut shop = Shop::new();
    let target = (shop.id("documents"), FieldId(0));
    let field = shop.field_id("loans", "reg_no");
    shop.schema("loans").fields[usize::from(field.0)].reference = Some(target);
    shop.provide("documents", &["reg_no=甲1;returned=是"]);
    shop.provide("loans", &["loan_no=1;reg_no=甲1", "loan_no=2;reg_no=甲7"]);
    let mut joined = shop.binding(1, "documents", None);
    joined.keys = shop
        .query(
            "documents",
            Some(("reg_no", shop.field(0, "loans", "reg_no"))),
            None,
        )
        .keys;
    let bindings = vec![shop.binding(0, "loans", None), joined];
    let rule = present(shop.field(1, "documents", "returned"));
    let outcome = shop.judge(clause(Subjects::Each(bindings), Body::Holds(rule)));
    assert_eq!((outcome.verdict, outcome.subjects), (Verdict::Unknown, 2));
    assert_eq!(
        outcome.examples()[0].reason,
        "文件编号“甲7”在《收文登记簿》中查不到，无法判定"
    );
}

#[test]
fn a_suggestion_is_no_failure() {
    let mut shop = Shop::new();
    shop.provide(
        "documents",
        &["reg_no=甲1;returned=是", "reg_no=甲2;returned=否"],
    );
    let filter = shop.field(0, "documents", "returned");
    let outcome = shop.judge(shop.each("documents", Some(filter), Body::Suggest));
    assert_eq!(outcome.verdict, Verdict::Pass);
    let suggested: Vec<_> = outcome
        .suggestions
        .iter()
        .map(|s| (s.row, &*s.subject.key))
        .collect();
    assert_eq!(suggested, [(0, "甲1")]);
}

#[test]
fn integrity_tells_duplicates_empty_cells_and_dangling_references() {
    let mut shop = Shop::new();
    let target = (shop.id("documents"), FieldId(0));
    let field = shop.field_id("loans", "reg_no");
    shop.schema("loans").fields[usize::from(field.0)].reference = Some(target);
    shop.provide("documents", &["reg_no=甲1", "reg_no=甲1", "copies=3"]);
    shop.provide(
        "loans",
        &["loan_no=1;reg_no=甲1", "loan_no=2;reg_no=甲7", "loan_no=3"],
    );
    let outcome = shop.judge(clause(Subjects::Unit, Body::Integrity));
    let told: Vec<_> = outcome
        .violations
        .iter()
        .map(|v| v.actual.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "编号未填写",
            "编号“甲1”重复出现2次",
            "文件编号“甲7”在《收文登记簿》中查不到",
            "文件编号未填写",
        ]
    );
}

#[test]
fn integrity_leaves_an_empty_cell_to_the_control_that_brought_it_up() {
    let mut shop = Shop::new();
    shop.provide("documents", &["copies=3"]);
    let rule = present(shop.field(0, "documents", "reg_no"));
    let required = shop.each("documents", None, Body::Holds(rule));
    shop.control("TST-001", vec![required]);
    shop.control("TST-002", vec![clause(Subjects::Unit, Body::Integrity)]);
    let (outcomes, _) = shop.run();
    let verdicts: Vec<_> = outcomes.iter().map(|o| o.verdict).collect();
    assert_eq!(verdicts, [Verdict::Fail, Verdict::Pass]);
}

#[test]
fn an_answer_for_the_unit_answers_for_all_departments() {
    let mut shop = Shop::new();
    shop.question("TST-001", Scope::Department);
    shop.provide(
        "departments",
        &["dept_id=D1;name=办公室", "dept_id=D2;name=财务科"],
    );
    let verdict = |shop: &mut Shop, answers: &[&str]| {
        shop.provide("attestations", answers);
        let outcome = shop.outcome();
        let open: Vec<_> = outcome.unanswered.iter().map(|u| u.scope.clone()).collect();
        (outcome.verdict, open.join("、"))
    };
    let unit = "requirement_id=TST-001;scope_type=unit;answer=yes;answered_on=2026-03-01";
    assert_eq!(verdict(&mut shop, &[unit]), (Verdict::Pass, String::new()));
    let one = "requirement_id=TST-001;scope_type=department;scope_ref=财务科;answer=yes";
    assert_eq!(
        verdict(&mut shop, &[one]),
        (Verdict::NotChecked, "办公室".into())
    );
    let no = "requirement_id=TST-001;scope_type=department;scope_ref=D1;answer=no";
    assert_eq!(
        verdict(&mut shop, &[one, no]),
        (Verdict::Fail, String::new())
    );
    let festival = "requirement_id=TST-001;checklist=festival;scope_type=unit;answer=yes";
    assert_eq!(verdict(&mut shop, &[festival]).0, Verdict::NotChecked);
    let last_year = "requirement_id=TST-001;scope_type=unit;answer=no;answered_on=2025-03-01";
    assert_eq!(verdict(&mut shop, &[last_year]).0, Verdict::NotChecked);
    let bare = "requirement_id=TST-001;scope_type=unit;answer=na";
    assert_eq!(verdict(&mut shop, &[bare]).0, Verdict::NotChecked);
    let na = "requirement_id=TST-001;scope_type=unit;answer=na;evidence=无此项业务";
    assert_eq!(verdict(&mut shop, &[na]).0, Verdict::NotApplicable);
}

#[test]
fn the_fingerprint_does_not_depend_on_the_row() {
    let rows = [
        "reg_no=甲1;received_on=2026-03-05;registered_on=2026-03-09",
        "reg_no=甲2",
        "copies=1",
    ];
    let fingerprints = |order: &[usize]| {
        let mut shop = Shop::new();
        let records: Vec<_> = order.iter().map(|&i| rows[i]).collect();
        shop.provide("documents", &records);
        let rule = present(shop.field(0, "documents", "level"));
        let outcome = shop.judge(shop.each("documents", None, Body::Holds(rule)));
        let all = outcome.violations.iter().map(|v| v.fingerprint.clone());
        all.collect::<Vec<_>>()
    };
    assert_eq!(fingerprints(&[0, 1, 2]), fingerprints(&[2, 0, 1]));
    assert_eq!(fingerprints(&[0, 1, 2]).len(), 3);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut shop = many(40);
    for index in 0..12 {
        let clauses = vec![lent(&shop), same_day(&shop)];
        shop.control(&format!("TST-{index:03}"), clauses);
    }
    let [one, two, eight] = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool")
            .install(|| format!("{:?}", shop.run()))
    });
    assert_eq!(one, two);
    assert_eq!(one, eight);
}

#[test]
fn twice_the_data_is_twice_the_work() {
    let work = |rows| {
        let mut shop = many(rows);
        let unique = vec![shop.field(0, "documents", "reg_no")];
        let clauses = vec![
            lent(&shop),
            shop.each("documents", None, Body::Unique(unique)),
            clause(Subjects::Unit, Body::Integrity),
            clause(Subjects::Unit, covered_by_none(&shop)),
        ];
        shop.control("TST-001", clauses);
        shop.run().1
    };
    let (small, large) = (work(500), work(1000));
    assert!(large <= small * 21 / 10, "{small} grew to {large}");
}

fn covered_by_none(shop: &Shop) -> Body {
    covered(shop, "2026-10-01", "2026-10-07")
}

fn many(rows: usize) -> Shop {
    let mut shop = Shop::new();
    let record = |row| format!("reg_no=甲{row};received_on=2026-03-05;registered_on=2026-03-06");
    let records: Vec<_> = (0..rows).map(record).collect();
    shop.provide(
        "documents",
        &records.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let loans: Vec<_> = (0..rows / 2)
        .map(|row| format!("loan_no={row};reg_no=甲{row}"))
        .collect();
    shop.provide(
        "loans",
        &loans.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    shop
}

/// Keeps the hand-made rules honest: a look-up by key finds what a scan finds.
#[test]
fn a_look_up_by_hash_finds_what_a_scan_finds() {
    let mut shop = many(60);
    let key = shop.field(0, "documents", "reg_no");
    let scan: Expr = equal(shop.field(1, "loans", "reg_no"), key);
    let query = shop.query("loans", None, Some(scan));
    let scanned = shop.judge(shop.each("documents", None, Body::Holds(exists(query))));
    let found = shop.judge(lent(&shop));
    assert_eq!(keys(&scanned), keys(&found));
    assert_eq!(found.violations.len(), 30);
}
