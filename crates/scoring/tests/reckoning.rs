//! Points from results: decided, lost, open; capped; the grade only above the share.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::points::Points;
use zicha_model::results::ControlResult;
use zicha_model::verdict::{Severity, Verdict};
use zicha_scoring::reckon::{Facts, NOT_GRADED, Reckoned, WayState, reckon};
use zicha_scoring::standard::{Cost, Grade, Item, Nature, Present, Standard, Way};

fn result(id: &str, verdict: Verdict, failed: u32) -> ControlResult {
    ControlResult {
        id: id.to_owned(),
        title: String::new(),
        chapter: "1".to_owned(),
        checklists: Vec::new(),
        severity: Severity::General,
        basis: Vec::new(),
        verdict,
        subjects: 9,
        failed,
        unknown: 0,
        waived: 0,
        score: None,
        narrowed: None,
        undecided: Vec::new(),
    }
}

fn way(control: &str, least: f64, most: f64, per: &str) -> Way {
    Way {
        text: format!("{control}扣分"),
        cost: Cost {
            least: Points::nearest(least),
            most: Points::nearest(most),
            per: per.to_owned(),
            ..Cost::default()
        },
        controls: vec![control.to_owned()],
        confirmed: true,
        ..Way::default()
    }
}

fn item(number: &str, points: u32, ways: Vec<Way>) -> Item {
    Item {
        number: number.to_owned(),
        text: format!("第{number}项"),
        points: (points > 0).then(|| Points::from(points)),
        ways,
        ..Item::default()
    }
}

fn standard(items: Vec<Item>) -> Standard {
    let grade = |label: &str, from: u32| Grade {
        label: label.to_owned(),
        from: Points::from(from),
    };
    Standard {
        title: "表".to_owned(),
        grades: vec![
            grade("符合要求", 90),
            grade("基本符合要求", 80),
            grade("不符合要求", 0),
        ],
        decided_at_least: Points::from(80),
        items,
        ..Standard::default()
    }
}

fn reckoned(standard: &Standard, results: &[ControlResult]) -> Reckoned {
    let facts = Facts {
        controls: results
            .iter()
            .map(|r| (r.id.as_str(), r))
            .collect::<BTreeMap<_, _>>(),
        not_kept: BTreeSet::new(),
        kept: BTreeSet::new(),
    };
    reckon(standard, &facts)
}

fn points(number: f64) -> Points {
    Points::nearest(number)
}

#[test]
fn cases_cost_each_where_the_form_says_so_and_never_more_than_the_item_has() {
    let standard = standard(vec![
        item("1", 4, vec![way("A-1", 1.0, 1.0, "")]),
        item("2", 3, vec![way("A-2", 0.5, 0.5, "件")]),
        item("3", 2, vec![way("A-3", 1.0, 1.0, "件")]),
        item("4", 91, vec![way("A-4", 1.0, 1.0, "")]),
    ]);
    let results = [
        result("A-1", Verdict::Fail, 5),
        result("A-2", Verdict::Fail, 3),
        result("A-3", Verdict::Fail, 7),
        result("A-4", Verdict::Pass, 0),
    ];
    let reckoned = reckoned(&standard, &results);
    let lost: Vec<_> = reckoned.items.iter().map(|item| item.lost).collect();
    assert_eq!(lost, [points(1.0), points(1.5), points(2.0), points(0.0)]);
    assert_eq!(reckoned.items[2].deducted, points(7.0));
    assert_eq!(
        (reckoned.of, reckoned.lost, reckoned.open),
        (points(100.0), points(4.5), points(0.0))
    );
    assert_eq!(reckoned.grade, "符合要求");
}

#[test]
fn what_is_unknown_or_unconfirmed_is_open_and_neither_reached_nor_lost() {
    let mut unconfirmed = way("A-2", 1.0, 1.0, "");
    unconfirmed.confirmed = false;
    let standard = standard(vec![
        item("1", 40, vec![way("A-1", 40.0, 40.0, "")]),
        item("2", 30, vec![unconfirmed]),
        item("3", 30, vec![way("A-3", 2.0, 2.0, "起")]),
    ]);
    let results = [
        result("A-1", Verdict::Pass, 0),
        result("A-2", Verdict::Fail, 1),
        result("A-3", Verdict::Unknown, 0),
    ];
    let reckoned = reckoned(&standard, &results);
    assert_eq!(reckoned.lost, Points::ZERO);
    assert_eq!(reckoned.items[1].ways[0].state, WayState::Unconfirmed);
    assert_eq!(reckoned.items[1].ways[0].proposal, Some(points(1.0)));
    // Nobody knows how many cases there are: all of the item.
    assert_eq!(reckoned.open, points(31.0));
    assert_eq!(
        (reckoned.lowest, reckoned.highest),
        (points(69.0), points(100.0))
    );
    assert_eq!(reckoned.grade, NOT_GRADED);
    assert_eq!(
        (
            reckoned.lowest_grade.as_str(),
            reckoned.highest_grade.as_str()
        ),
        ("不符合要求", "符合要求")
    );
    assert!(
        reckoned.missing[0].ends_with("未定的有第2、3项，共2项、31分"),
        "{:?}",
        reckoned.missing
    );
}

#[test]
fn a_range_is_left_to_people_with_a_proposal_until_they_decide() {
    let mut standard = standard(vec![item("1", 100, vec![way("A-1", 0.5, 1.0, "")])]);
    let results = [result("A-1", Verdict::Fail, 2)];
    let before = reckoned(&standard, &results);
    let way = &before.items[0].ways[0];
    assert_eq!(
        (way.state, way.lost, way.open, way.proposal),
        (
            WayState::Range,
            points(0.5),
            points(0.5),
            Some(points(0.75))
        )
    );
    standard.items[0].ways[0].decided = Some(points(0.8));
    let after = reckoned(&standard, &results);
    assert_eq!((after.lost, after.open), (points(0.8), Points::ZERO));
}

#[test]
fn heavier_deductions_come_from_the_total_and_a_veto_decides_alone() {
    let mut heavy = item("2", 0, vec![way("A-2", 4.0, 4.0, "起")]);
    heavy.nature = Nature::Heavy;
    let mut veto = item("3", 0, vec![way("A-3", 0.0, 0.0, "")]);
    veto.nature = Nature::Veto;
    let standard = standard(vec![
        item("1", 100, vec![way("A-1", 1.0, 1.0, "")]),
        heavy,
        veto,
    ]);
    let mut results = vec![
        result("A-1", Verdict::Pass, 0),
        result("A-2", Verdict::Fail, 3),
        result("A-3", Verdict::Pass, 0),
    ];
    let heavy = reckoned(&standard, &results);
    assert_eq!(
        (heavy.of, heavy.lost, heavy.grade.as_str()),
        (points(100.0), points(12.0), "基本符合要求")
    );
    results[2] = result("A-3", Verdict::NotChecked, 0);
    let open = reckoned(&standard, &results);
    assert_eq!(open.grade, NOT_GRADED);
    assert!(open.missing[0].contains("第3项"), "{:?}", open.missing);
    results[2] = result("A-3", Verdict::Fail, 1);
    let struck = reckoned(&standard, &results);
    assert_eq!(struck.grade, "不符合要求");
    assert_eq!(struck.vetoes.len(), 1);
}

#[test]
fn what_the_unit_does_not_have_counts_not_at_all_or_in_full_as_the_form_says() {
    let mut standard = standard(vec![
        item("1", 60, vec![way("A-1", 1.0, 1.0, "")]),
        item("2", 30, vec![way("A-2", 1.0, 1.0, "")]),
        item("3", 10, vec![way("A-3", 1.0, 1.0, "")]),
    ]);
    standard.items[2].present = Present::No;
    standard.items[2].reason = "没有密码设备".to_owned();
    let results = [
        result("A-1", Verdict::Pass, 0),
        result("A-2", Verdict::NotApplicable, 0),
    ];
    let left_out = reckoned(&standard, &results);
    assert_eq!((left_out.of, left_out.lowest), (points(60.0), points(60.0)));
    assert!(!left_out.items[1].presence.has);
    standard.absent_counts_full = true;
    let full = reckoned(&standard, &results);
    assert_eq!((full.of, full.lowest), (points(100.0), points(100.0)));
}

#[test]
fn without_results_nothing_is_reached_and_nothing_is_lost() {
    let standard = standard(vec![item("1", 100, vec![way("A-1", 100.0, 100.0, "")])]);
    let nothing = reckoned(&standard, &[]);
    assert_eq!(
        (nothing.lost, nothing.open, nothing.lowest),
        (Points::ZERO, points(100.0), Points::ZERO)
    );
    assert_eq!(nothing.grade, NOT_GRADED);
}
