//! Facts dated after the day of the check: they prove nothing, whichever side a rule looks at.

use super::shop::{Shop, call, compare, date, exists, present};
use zicha_engine::Outcome;
use zicha_model::{schema::DateKind, verdict::Verdict};
use zicha_rule::ir::{Body, Comparison, Expr, Function, Ty};

/// One loan whose return is written as said, judged by a condition about it; the check stands on
/// 2026-06-30.
fn judged(back_on: &str, kind: DateKind, condition: impl Fn(&Shop) -> Expr) -> Outcome {
    let mut shop = Shop::new();
    let (ledger, field) = (shop.id("loans"), shop.field_id("loans", "back_on"));
    let schema = &mut shop.catalogue.schemas.ledgers[usize::from(ledger.0)];
    schema.fields[usize::from(field.0)].date_kind = kind;
    shop.provide(
        "loans",
        &[&format!("loan_no=1;reg_no=甲1;back_on={back_on}")],
    );
    shop.hold_back_future_facts();
    let holds = Body::Holds(condition(&shop));
    shop.judge(shop.each("loans", None, holds))
}

fn back_on(shop: &Shop) -> Expr {
    shop.field(0, "loans", "back_on")
}

/// `present(l.back_on)`, `absent(l.back_on)` and both sides of a comparison.
fn conditions() -> [fn(&Shop) -> Expr; 4] {
    [
        |shop| present(back_on(shop)),
        |shop| call(Function::Absent, vec![back_on(shop)], Ty::Bool),
        |shop| compare(Comparison::Greater, back_on(shop), date("2026-01-01")),
        |shop| compare(Comparison::Less, back_on(shop), date("2026-01-01")),
    ]
}

#[test]
fn a_fact_in_the_future_decides_nothing() {
    for condition in conditions() {
        let outcome = judged("2062-09-10", DateKind::Fact, condition);
        assert_eq!(outcome.verdict, Verdict::Unknown);
        let reason = "《借阅登记簿》的归还日期晚于检查基准日，不能作为已经发生的依据，无法判定";
        assert_eq!(outcome.undecided[0].reason, reason);
    }
}

#[test]
fn a_fact_of_the_day_of_the_check_counts() {
    let outcome = judged("2026-06-30", DateKind::Fact, conditions()[0]);
    assert_eq!(outcome.verdict, Verdict::Pass);
}

#[test]
fn plans_and_terms_may_lie_in_the_future() {
    for kind in [DateKind::Plan, DateKind::Term] {
        let verdicts = conditions().map(|condition| judged("2062-09-10", kind, condition).verdict);
        let [pass, fail] = [Verdict::Pass, Verdict::Fail];
        assert_eq!(verdicts, [pass, fail, pass, fail]);
    }
}

#[test]
fn a_record_of_the_future_is_no_partner() {
    let mut shop = Shop::new();
    shop.provide("documents", &["reg_no=甲1"]);
    shop.provide("loans", &["loan_no=1;reg_no=甲1;out_on=2026-12-01"]);
    shop.hold_back_future_facts();
    let key = ("reg_no", shop.field(0, "documents", "reg_no"));
    let begun = compare(
        Comparison::Greater,
        shop.field(1, "loans", "out_on"),
        date("2026-01-01"),
    );
    let query = shop.query("loans", Some(key), Some(begun));
    let outcome = shop.judge(shop.each("documents", None, Body::Holds(exists(query))));
    assert_eq!(outcome.verdict, Verdict::Unknown);
}

#[test]
fn every_cell_with_a_fact_in_the_future_is_noted_once() {
    let mut shop = Shop::new();
    shop.provide(
        "loans",
        &[
            "loan_no=1;reg_no=甲1;out_on=2026-05-01;back_on=2062-05-09",
            "loan_no=2;reg_no=甲2;out_on=2026-05-01",
        ],
    );
    shop.hold_back_future_facts();
    shop.hold_back_future_facts();
    let noted: Vec<_> = shop.data.unreadable.iter().map(|cell| cell.row).collect();
    assert_eq!(noted, [0]);
}

#[test]
fn the_orderly_sample_tells_of_no_fact_in_the_future() {
    let root = zicha_testing::root().join("sample-data/orderly");
    let dataset = zicha_testing::workspace::Workspace::read(&root).dataset;
    let future = dataset.unreadable.iter();
    let future: Vec<_> = future
        .filter(|cell| cell.expected.contains("检查基准日"))
        .collect();
    assert!(future.is_empty(), "{future:?}");
}
