//! What is recorded about each person: reviews, pledges, allowances, leaving, travel.

use super::people::{
    self, UNIT, category, cleared, departed, head, joined_on, officer, on_post_since,
};
use super::prng::Prng;
use super::world::{Day, Value, Who, World, add, day, months, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    reviews(world);
    commitments(world);
    allowances(world);
    departures(world);
    exits(world);
}

const COVERED: &str = "基本情况、现实表现、工作学习、保密纪律、家庭与社会关系、境外交往";

fn reviews(world: &mut World) {
    let mut made: Vec<(Day, Who, &str)> = Vec::new();
    for who in cleared().into_iter().chain(departed()) {
        let since = on_post_since(who);
        made.push((plus(since, -25), who, "上岗审查"));
        made.push((plus(since, -24), who, "涉密等级界定"));
        if who.0 < people::ON_POST && who.0 != 39 {
            made.push((
                working(plus(day(2025, 3, 3), who.0 as i64 % 15)),
                who,
                "定期复审",
            ));
            made.push((
                working(plus(day(2025, 6, 9), who.0 as i64 % 10)),
                who,
                "年度保密考核",
            ));
        }
        if who.0 < people::ON_POST {
            made.push((
                working(plus(day(2026, 6, 8), who.0 as i64 % 12)),
                who,
                "年度保密考核",
            ));
        }
    }
    let officers = (0..10).map(officer).chain([head(1)]);
    made.extend(officers.map(|who| (plus(on_post_since(who), -22), who, "保密员任职审查")));
    made.sort();
    for (i, (on, who, kind)) in made.into_iter().enumerate() {
        add!(world, "person_reviews"; review_id: format!("SC{:04}", i + 1), person: who, review_type: kind,
            reviewed_on: on, items_covered: COVERED, conclusion: "合格",
            new_category: (kind == "涉密等级界定").then(|| category(who)),
            dept_opinion_by: people::superior(who),
            approved_by: Who(0), approver_role: "保密工作领导小组", approved_on: plus(on, 8));
    }
}

fn commitments(world: &mut World) {
    let mut made: Vec<(Day, Who, &str)> = Vec::new();
    for who in (0..75).map(Who) {
        made.push((joined_on(who), who, "入职保密协议"));
    }
    for who in cleared().into_iter().chain(departed()) {
        made.push((plus(on_post_since(who), -3), who, "上岗保密承诺书"));
    }
    for who in cleared() {
        if who.0 != 39 {
            made.push((
                working(plus(day(2025, 1, 6), who.0 as i64 % 9)),
                who,
                "年度保密责任状",
            ));
            made.push((
                working(plus(day(2026, 1, 5), who.0 as i64 % 11)),
                who,
                "年度保密责任状",
            ));
        }
    }
    made.push((day(2026, 4, 15), Who(39), "年度保密责任状"));
    made.extend([0, 1, 2, 3, 4, 7, 5, 23].map(|i| (day(2026, 1, 9), Who(i), "领导干部保密责任书")));
    made.extend((0..10).map(|i| (day(2026, 1, 12), head(i), "部门保密责任书")));
    let left = [
        (2026, 3, 13),
        (2025, 5, 16),
        (2025, 11, 10),
        (2024, 1, 10),
        (2026, 6, 12),
    ];
    made.extend(
        departed()
            .into_iter()
            .zip(left)
            .map(|(who, (y, m, d))| (day(y, m, d), who, "离岗保密承诺书")),
    );
    made.extend(EXITS.map(|(who, out, ..)| {
        (
            plus(day(2026, out.0, out.1), -9),
            Who(who),
            "出国（境）保密承诺书",
        )
    }));
    made.sort();
    for (i, (on, who, kind)) in made.into_iter().enumerate() {
        let of_year = matches!(
            kind,
            "年度保密责任状" | "领导干部保密责任书" | "部门保密责任书"
        );
        let reviewed = (kind == "入职保密协议" && on < day(2025, 1, 1))
            .then(|| working(plus(day(2025, 6, 2), who.0 as i64)));
        add!(world, "commitments"; commitment_id: format!("CN{:04}", i + 1), person: who, commitment_type: kind,
            signed_on: on, year: of_year.then(|| i64::from(on.format("%Y").to_string().parse::<i32>().unwrap_or(0))),
            copies: if kind == "上岗保密承诺书" { 3 } else { 2 }, kept_by: "本人、保密办、人事教育处", reviewed_on: reviewed);
    }
}

fn allowances(world: &mut World) {
    for month in 1..=9 {
        for who in cleared() {
            let started = on_post_since(who) < day(2026, month, 1);
            let amount = match category(who) {
                "核心涉密人员" => 1200,
                "重要涉密人员" => 600,
                _ => 300,
            };
            if started {
                add!(world, "allowances"; person: who, month: format!("2026-{month:02}"), category: category(who),
                    amount: amount, approved_by: Who(1));
            }
        }
    }
}

/// One who left: person, reason, approved, left, months, formalities, manager, employer.
type Leaving = (
    usize,
    &'static str,
    Day,
    Day,
    u32,
    Option<Day>,
    &'static str,
    &'static str,
);

fn departures(world: &mut World) {
    let rows: [Leaving; 5] = [
        (
            73,
            "退休",
            day(2024, 1, 8),
            day(2024, 1, 15),
            36,
            Some(day(2024, 2, 1)),
            UNIT,
            "未就业",
        ),
        (
            71,
            "调动",
            day(2025, 5, 12),
            day(2025, 5, 20),
            12,
            Some(day(2026, 6, 1)),
            "乌有市地名档案馆",
            "国家机关或涉密单位",
        ),
        (
            72,
            "退休",
            day(2025, 11, 3),
            day(2025, 11, 14),
            24,
            Some(day(2025, 12, 1)),
            UNIT,
            "未就业",
        ),
        (
            70,
            "离岗转岗",
            day(2026, 3, 10),
            day(2026, 3, 16),
            24,
            None,
            UNIT,
            "",
        ),
        (
            74,
            "辞职",
            day(2026, 6, 8),
            day(2026, 6, 15),
            12,
            None,
            UNIT,
            "",
        ),
    ];
    for (i, (who, reason, approved, left, term, formalities, manager, employer)) in
        rows.into_iter().enumerate()
    {
        let who = Who(who);
        let goes = matches!(reason, "调动" | "辞职");
        add!(world, "departures"; departure_id: format!("LG{:03}", i + 1), person: who, category: category(who), reason: reason,
            dept_opinion_by: head(people::department_of(who)), approved_by: Who(0), approver_role: "保密工作领导小组",
            approved_on: approved, left_post_on: left, period_months: i64::from(term), period_start_on: approved,
            period_end_on: months(approved, term), carriers_cleared_on: plus(left, -4), devices_returned_on: plus(left, -3),
            verified_by: officer(1), commitment_on: plus(left, -3), informed_on: plus(left, -2), archive_annotated: true,
            superior_consulted_on: goes.then(|| plus(approved, -10)), threat_assessed: goes.then_some(false),
            formalities_on: formalities, manager_unit: manager, access_revoked_on: plus(left, -1),
            employer_type: (!employer.is_empty()).then_some(employer));
        add!(world, "handovers"; handover_id: format!("JJ{:03}", i + 1), from_person: who, to_person: officer(people::department_of(who)),
            reason: match reason { "退休" => "退休", "调动" => "调动", "辞职" => "离职", _ => "岗位变动" },
            handed_on: plus(left, -2), listed_count: 14 + i as i64 * 3, checked_count: 14 + i as i64 * 3, both_signed: true,
            notebooks_included: true, supervisor: officer(1));
    }
}

/// Person, month and day of leaving, days, purpose, destination.
type Exit = (usize, (u32, u32), i64, &'static str, &'static str);

/// Travel of this year: person, departed, days, purpose, destination.
const EXITS: [Exit; 5] = [
    (31, (2, 13), 9, "因私", "新加坡"),
    (48, (4, 30), 6, "因私", "泰国"),
    (11, (5, 18), 7, "因公", "挪威"),
    (33, (7, 20), 10, "因私", "日本"),
    (55, (8, 7), 8, "因私", "马来西亚"),
];

fn exits(world: &mut World) {
    let mut random = Prng::of("exits");
    for (i, (who, (month, date), days, purpose, to)) in EXITS.into_iter().enumerate() {
        let (who, out) = (Who(who), day(2026, month, date));
        let reason = [
            "探望在外就读的子女",
            "陪同父母就医",
            "测绘技术交流",
            "参加直系亲属婚礼",
            "家庭年休假旅行（非涉密人员）",
        ][i];
        add!(world, "exits_abroad"; exit_id: format!("CJ26{:02}", i + 1), person: who, purpose: purpose, destination: to,
            special_reason: reason, dept_opinion_by: people::superior(who),
            approved_by: Who(0), approver_role: if purpose == "因公" { "主要领导" } else { "保密工作领导小组" },
            approved_on: plus(out, -random.range(12, 25)), departed_on: out, returned_on: plus(out, days),
            consulted_security: true, security_objection: false, briefed_on: plus(out, -4), commitment_on: plus(out, -9));
    }
}
