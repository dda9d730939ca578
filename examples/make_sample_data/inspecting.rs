//! Inspections, what they found and how it was mended; duty before and during the holidays.

use super::people::{head, officer, on_post};
use super::world::{Day, Value, Who, World, add, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    inspections(world);
    duty(world);
}

/// One inspection: day, type, festival, department, site, problems found, report.
type Inspection = (
    Day,
    &'static str,
    &'static str,
    Option<usize>,
    Option<usize>,
    i64,
    Option<Day>,
);

fn inspections(world: &mut World) {
    let mut made: Vec<Inspection> = vec![
        (
            day(2026, 2, 11),
            "节日保密检查",
            "春节",
            None,
            None,
            1,
            Some(day(2026, 2, 12)),
        ),
        (
            day(2026, 4, 27),
            "节日保密检查",
            "五一",
            None,
            None,
            0,
            Some(day(2026, 4, 28)),
        ),
        (
            day(2026, 9, 21),
            "节日保密检查",
            "国庆",
            None,
            None,
            1,
            Some(day(2026, 9, 23)),
        ),
        (
            day(2026, 6, 24),
            "在岗情况联合检查",
            "",
            None,
            None,
            0,
            Some(day(2026, 6, 30)),
        ),
        (
            day(2026, 5, 14),
            "信息系统设备安全检查",
            "",
            Some(7),
            None,
            2,
            Some(day(2026, 5, 20)),
        ),
        (
            day(2026, 3, 24),
            "专项检查",
            "",
            None,
            None,
            0,
            Some(day(2026, 3, 30)),
        ),
        (day(2026, 7, 22), "领导抽查", "", Some(4), None, 0, None),
    ];
    for department in 0..10 {
        made.push((
            day(2026, 8, 17 + department as u32 % 5),
            "年度自查自评",
            "",
            Some(department),
            None,
            i64::from(department == 5),
            Some(day(2026, 9, 4)),
        ));
        for (month, found) in [
            (1, 0),
            (4, i64::from(department == 3)),
            (7, i64::from(department == 6)),
        ] {
            made.push((
                working(day(2026, month, 13 + department as u32)),
                "部门定期检查",
                "",
                Some(department),
                None,
                found,
                None,
            ));
        }
    }
    for site in 0..8 {
        made.push((
            day(2026, 6, 15 + site as u32 % 4),
            "要害部门部位检查",
            "",
            None,
            Some(site),
            0,
            None,
        ));
    }
    made.sort();
    for (i, (on, kind, festival, department, site, found, report)) in made.into_iter().enumerate() {
        let number = format!("JC26-{:02}", i + 1);
        add!(world, "inspections"; inspection_id: number.clone(), inspection_type: kind, festival: (!festival.is_empty()).then_some(festival), inspected_on: on,
            department: department, site_id: site.map(|n| format!("BW{:02}", n + 1)), scope_items: "载体、设备、场所、人员", inspectors: vec![head(1), officer(1), officer(7)],
            user_signed: true, head_signed: true, tool_approved: true, tool_crossed: false, findings_count: found, report_on: report);
        for n in 0..found {
            rectification(world, &number, on, department.unwrap_or(6), n);
        }
    }
}

fn rectification(world: &mut World, inspection: &str, on: Day, department: usize, n: i64) {
    let number = world.rows("rectifications").len() + 1;
    let open = on > day(2026, 8, 1);
    let problem = [
        "登记簿填写不全",
        "柜门钥匙随意放置",
        "标识脱落未及时补贴",
        "口令登记未更新",
    ][number % 4];
    add!(world, "rectifications"; item_id: format!("ZG26-{number:02}"), inspection_id: inspection, problem: problem, found_on: on, severity: "一般",
        department: department, responsible: head(department), leader: Who(1), measure: "限期改正并举一反三", due_on: if open { day(2026, 9, 30) } else { plus(on, 15 + n) },
        completed_on: (!open).then(|| plus(on, 9)), proof: (!open).then_some("整改照片、登记簿复印件"), verified_by: (!open).then_some(officer(1)),
        closed_on: (!open).then(|| plus(on, 12)), status: if open { "整改中" } else { "已复核销号" });
}

fn duty(world: &mut World) {
    let people = on_post();
    let holidays = [
        (day(2026, 2, 14), 11),
        (day(2026, 4, 30), 6),
        (day(2026, 9, 28), 12),
    ];
    let mut number = 0;
    for (first, days) in holidays {
        for n in 0..days {
            for night in [false, true] {
                number += 1;
                let on = plus(first, n);
                let (start, end) = if night {
                    (at(on, 18, 0), at(plus(on, 1), 8, 0))
                } else {
                    (at(on, 8, 0), at(on, 18, 0))
                };
                add!(world, "duty_roster"; duty_id: format!("ZB26{number:03}"), start_at: start, end_at: end, person: people[(number * 7) % people.len()],
                    handed_over: (end.date() < day(2026, 9, 24)).then_some(true));
            }
        }
    }
}
