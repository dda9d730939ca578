//! What cannot be told of some records: whether others are neighbours or the latest, how many there are,
//! how many hours have passed.

use super::shop::{Shop, call, clause, compare, equal, expr, number};
use super::{keys, messages};
use zicha_engine::Outcome;
use zicha_model::verdict::Verdict;
use zicha_rule::ir::{
    Binding, Body, Comparison, Expr, ExprKind, Function, Literal, Slot, Source, Subjects, Ty,
};

fn text(word: &str) -> Expr {
    expr(ExprKind::Literal(Literal::Text(word.into())), Ty::Text)
}

/// `for d in documents: latest(l.borrower by l.out_on for l in loans where l.reg_no == d.reg_no) == '乙'`.
fn borrowed_last_by_b(loans: &[&str]) -> Outcome {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1"]);
    shop.provide("loans", loans);
    let key = ("reg_no", shop.field(0, "documents", "reg_no"));
    let query = Box::new(shop.query("loans", Some(key), None));
    let field = |name| Box::new(shop.field(1, "loans", name));
    let latest = ExprKind::Latest(field("borrower"), field("out_on"), query);
    let rule = equal(expr(latest, Ty::Text), text("乙"));
    shop.judge(shop.each("documents", None, Body::Holds(rule)))
}

#[test]
fn the_latest_record_by_date_counts() {
    let dated = [
        "loan_no=1;reg_no=甲1;out_on=2026-05-01;borrower=乙",
        "loan_no=2;reg_no=甲1;out_on=2026-02-01;borrower=丙",
    ];
    assert_eq!(borrowed_last_by_b(&dated).verdict, Verdict::Pass);
    assert_eq!(borrowed_last_by_b(&dated[1..]).verdict, Verdict::Fail);
}

#[test]
fn of_two_on_the_same_day_the_lower_one_is_the_latest() {
    let same_day = [
        "loan_no=1;reg_no=甲1;out_on=2026-05-01;borrower=丙",
        "loan_no=2;reg_no=甲1;out_on=2026-05-01;borrower=乙",
    ];
    assert_eq!(borrowed_last_by_b(&same_day).verdict, Verdict::Pass);
}

#[test]
fn a_record_without_date_may_be_the_latest() {
    let undated = [
        "loan_no=1;reg_no=甲1;out_on=2026-05-01;borrower=乙",
        "loan_no=3;reg_no=甲1;borrower=丁",
    ];
    let outcome = borrowed_last_by_b(&undated);
    assert_eq!(outcome.verdict, Verdict::Unknown);
    let reason = "《借阅登记簿》“3”的借出日期未填写，无法判定";
    assert_eq!(outcome.examples()[0].reason, reason);
    let same_value = [undated[0], "loan_no=3;reg_no=甲1;borrower=乙"];
    assert_eq!(borrowed_last_by_b(&same_value).verdict, Verdict::Pass);
}

/// Neighbours by date are at most 31 days apart, of the documents whose level is 秘密.
fn close_together(documents: &[&str]) -> Outcome {
    let mut shop = Shop::new();
    shop.provide("documents", documents);
    let source = Source::Consecutive {
        ledger: shop.id("documents"),
        by: shop.field_id("documents", "received_on"),
        next: Slot(1),
    };
    let level = shop.field(0, "documents", "level");
    let pairs = Binding {
        source,
        ..shop.binding(
            0,
            "documents",
            Some(equal(level, shop.value("level", "confidential"))),
        )
    };
    let ends = [0, 1].map(|slot| shop.field(slot, "documents", "received_on"));
    let days = call(Function::DaysBetween, ends.to_vec(), Ty::Integer);
    let rule = compare(Comparison::LessEqual, days, number(31));
    shop.judge(clause(Subjects::Each(vec![pairs]), Body::Holds(rule)))
}

#[test]
fn what_may_stand_between_two_records_leaves_open_whether_they_are_neighbours() {
    let (first, last) = (
        "reg_no=甲;received_on=2026-01-01;level=confidential",
        "reg_no=乙;received_on=2026-02-20;level=confidential",
    );
    assert_eq!(keys(&close_together(&[first, last])), ["甲"]);
    for between in [
        "reg_no=丙;received_on=2026-01-25;level=?",
        "reg_no=丙;level=confidential",
    ] {
        let outcome = close_together(&[first, between, last]);
        assert_eq!(outcome.verdict, Verdict::Unknown, "{between}");
        assert_eq!(outcome.undecided_subjects, 2, "{between}");
    }
    let elsewhere = "reg_no=丙;received_on=2026-03-01;level=?";
    let outcome = close_together(&[first, elsewhere, last]);
    assert_eq!(
        (keys(&outcome), outcome.undecided_subjects),
        (vec!["甲"], 1)
    );
    let public = "reg_no=丙;received_on=2026-01-25;level=public";
    assert_eq!(keys(&close_together(&[first, public, last])), ["甲"]);
}

/// `for d in duty: 0 <= hours_between(d.start_at, d.end_at) <= 24`.
fn within_a_day(start: &str, end: &str) -> Outcome {
    let mut shop = Shop::new();
    shop.provide(
        "duty",
        &[&format!("duty_id=1;start_at={start};end_at={end}")],
    );
    let hours = || {
        let ends = ["start_at", "end_at"].map(|name| shop.field(0, "duty", name));
        call(Function::HoursBetween, ends.to_vec(), Ty::Decimal)
    };
    let parts = vec![
        compare(Comparison::LessEqual, number(0), hours()),
        compare(Comparison::LessEqual, hours(), number(24)),
    ];
    let rule = expr(ExprKind::And(parts), Ty::Bool);
    shop.judge(shop.each("duty", None, Body::Holds(rule)))
}

#[test]
fn hours_count_to_the_minute() {
    for (end, verdict) in [
        ("2026-03-02 08:00", Verdict::Pass),
        ("2026-03-02 08:01", Verdict::Fail),
        ("2026-03-01 07:59", Verdict::Fail),
    ] {
        assert_eq!(
            within_a_day("2026-03-01 08:00", end).verdict,
            verdict,
            "{end}"
        );
    }
    let late = within_a_day("2026-03-01 08:00", "2026-03-02 17:30");
    assert_eq!(
        messages(&late),
        [
            "《值班表》“1”：开始（2026-03-01 08:00）至结束（2026-03-02 17:30）的小时数为33.5，不符合“例”的要求。"
        ]
    );
}

#[test]
fn a_moment_without_time_of_day_is_some_minute_of_its_day() {
    for (start, end, verdict) in [
        ("2026-03-01", "2026-03-01", Verdict::Pass),
        ("2026-03-01", "2026-03-01 23:00", Verdict::Pass),
        ("2026-03-01", "2026-03-02", Verdict::Unknown),
        ("2026-03-01", "2026-03-02 23:00", Verdict::Unknown),
        ("2026-03-01 08:00", "2026-03-02", Verdict::Unknown),
        ("2026-03-01 00:00", "2026-03-03", Verdict::Fail),
        ("2026-03-01", "2026-03-03", Verdict::Fail),
        ("2026-03-01", "2026-02-28", Verdict::Fail),
    ] {
        let outcome = within_a_day(start, end);
        assert_eq!(outcome.verdict, verdict, "{start} – {end}");
    }
    let outcome = within_a_day("2026-03-01 08:00", "2026-03-02");
    let open = outcome.examples()[0];
    assert_eq!(
        open.reason,
        "结束（2026-03-02）只写了日期，没有写时刻，无法判定"
    );
    let late = within_a_day("2026-03-01", "2026-03-03");
    assert!(
        messages(&late)[0].contains("的小时数为24.016至71.983"),
        "{:?}",
        messages(&late)
    );
}

#[test]
fn a_count_that_fails_anyway_says_how_many_there_are_at_least() {
    let mut shop = Shop::new();
    shop.provide(
        "loans",
        &[
            "loan_no=1;borrower=乙",
            "loan_no=2;borrower=乙",
            "loan_no=3;borrower=?",
        ],
    );
    let borrower = equal(shop.field(1, "loans", "borrower"), text("乙"));
    let query = Box::new(shop.query("loans", None, Some(borrower)));
    let count = expr(ExprKind::Count(query), Ty::Integer);
    let rule = compare(Comparison::LessEqual, count, number(1));
    let outcome = shop.judge(clause(Subjects::Unit, Body::Holds(rule)));
    let actual = &outcome.violations[0].actual;
    assert!(actual.contains("记录数为2至3（有的无法判定）"), "{actual}");
}

#[test]
fn what_stands_in_for_an_empty_cell_is_told_as_such() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1", "reg_no=甲2;copies=2"]);
    let copies = shop.field(0, "documents", "copies");
    let copies = call(Function::Coalesce, vec![copies, number(3)], Ty::Integer);
    let rule = compare(Comparison::GreaterEqual, copies, number(4));
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(rule)));
    let found = outcome.violations.iter();
    let found: Vec<_> = found
        .map(|v| (v.actual.as_str(), v.expected.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("份数未填写（按3计）", "份数不少于4"),
            ("份数为2", "份数不少于4"),
        ]
    );
}
