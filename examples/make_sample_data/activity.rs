//! Meetings, incidents and what followed from them.

use super::prng::Prng;
use super::world::{Value, Who, World, add, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    meetings(world);
    incidents(world);
}

fn meetings(world: &mut World) {
    let mut random = Prng::of("meetings");
    for i in 0..18_i64 {
        let on = working(plus(day(2025, 9, 8), i * 20));
        let level = ["秘密", "内部", "机密"][i as usize % 3];
        let issued = if level == "内部" {
            0
        } else {
            random.range(8, 24)
        };
        let taken = if issued > 0 { i % 3 } else { 0 };
        let people = random.range(9, 26);
        add!(world, "meetings"; meeting_id: format!("HY{:03}", i + 1), title: format!("{}（第{}次）", ["成果审查会", "业务例会", "重点项目协调会"][i as usize % 3], i / 3 + 1),
            meeting_type: "现场会议", level: level, held_on: on, venue: "三楼保密会议室", venue_checked_on: plus(on, -1), venue_secure: true,
            plan_approved_on: plus(on, -4), leader: Who(i as usize % 4 + 1), approved_attendees: people + 1, actual_attendees: people, wireless_mic: false,
            phones_controlled: true, encrypted_line: true, requirement_announced: true, docs_issued: issued, docs_collected: issued - taken,
            docs_taken_approved: taken, docs_collected_on: (issued > 0).then_some(on), top_secret_docs: 0, archived_on: plus(on, 30), press_reviewed: true);
    }
}

fn incidents(world: &mut World) {
    let paper = world
        .rows("documents_received")
        .iter()
        .find(|row| row.text("level") == "秘密" && row.day("received_on") > day(2026, 3, 1));
    let paper = paper.map(|row| row.text("reg_no").to_owned());
    let rows = [
        (
            day(2026, 2, 6),
            "泄密隐患苗头",
            "废纸篓内发现涉密草稿一页",
            "秘密",
            44,
            None,
            "当场收回销毁",
        ),
        (
            day(2026, 5, 11),
            "载体失控",
            "送阅文件夹误放普通件中半日",
            "秘密",
            32,
            paper,
            "当日查找收回，逐人核实未扩散",
        ),
        (
            day(2026, 8, 4),
            "信息泄露",
            "在工作群误发内部会议纪要截图，含秘密级事项一条",
            "秘密",
            41,
            None,
            "立即撤回并逐人核实删除",
        ),
    ];
    for (i, (on, kind, summary, level, who, paper, remedy)) in rows.into_iter().enumerate() {
        add!(world, "incidents"; incident_id: format!("SJ26-{:02}", i + 1), incident_type: kind, discovered_at: at(on, 9, 20), summary: summary, level: level,
            content: summary, harm: "未造成实际损害", responsible: vec![Who(who)], doc_reg_no: paper, reported_group_at: at(on, 10, 5), reported_bureau_at: at(on, 15, 30),
            reported_superior_at: at(on, 16, 10), remedied_at: at(on, 9, 50), remedy: remedy, investigated_on: plus(on, 12), result_reported_on: plus(on, 20),
            notified_on: plus(on, 22), closed_on: plus(on, 26), concealed: false);
    }
    for (i, (incident, who, kind, on, level, measures)) in [
        (
            "SJ26-02",
            32,
            "其他违规行为",
            day(2026, 5, 11),
            None,
            "批评教育",
        ),
        (
            "SJ26-03",
            41,
            "泄露秘密",
            day(2026, 8, 4),
            Some("秘密"),
            "批评教育、警告",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        add!(world, "punishments"; case_id: format!("CL26-{:02}", i + 1), person: Who(who), incident_id: incident, violation_type: kind, violation_on: on,
            leaked_level: level, gravity: "较轻", is_crime: false, harm_caused: false, for_gain: false, repeated_or_bulk: false, coerced: false, prior_count: 0,
            measures: measures, decided_by: "中心党组", decided_on: plus(on, 30), recorded_in_file: true);
    }
    for (i, (who, condition, evidence, years, award, awarded)) in [
        (
            8,
            "长期专职经管确保安全",
            "专职经管密件十一年无差错",
            11,
            "通报表彰",
            None,
        ),
        (
            5,
            "一贯严守或长期管理事迹突出",
            "连续多年组织清查，账物相符",
            9,
            "奖状",
            None,
        ),
        (
            32,
            "发现泄密及时补救",
            "主动报告并当日收回失控文件",
            4,
            "通报表彰",
            Some(day(2026, 6, 26)),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        add!(world, "rewards"; reward_id: format!("JL26-{:02}", i + 1), recipient: world.people[who].name.clone(), recipient_kind: "个人", condition: condition,
            evidence: evidence, event_on: day(2026, 5, 12), service_years: years, award_types: award, approved_by: awarded.map(|_| "中心党组"), awarded_on: awarded);
    }
}
