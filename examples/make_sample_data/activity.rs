//! What the unit does about secrecy in the course of the year: training, meetings, inspections,
//! incidents and what followed, duty before and during the holidays, the answers given on site.

use super::answers;
use super::people::{
    BATCHES, DEPARTMENTS, cleared, departed, head, officer, on_post, on_post_since,
};
use super::prng::Prng;
use super::world::{Day, Value, Who, World, add, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    trainings(world);
    records(world);
    regimes(world);
    meetings(world);
    incidents(world);
    inspections(world);
    duty(world);
    answers::fill(world);
}

/// One training: day, title, type, festival, who came, is there an exam.
type Training = (Day, String, &'static str, &'static str, Vec<Who>, bool);

fn trainings(world: &mut World) {
    let everybody = || {
        on_post()
            .into_iter()
            .filter(|who| who.0 != 69)
            .collect::<Vec<_>>()
    };
    let mut made: Vec<Training> = vec![
        (
            day(2026, 3, 12),
            "2026年全员保密教育".into(),
            "全员集中教育、保密法规学习",
            "",
            on_post(),
            false,
        ),
        (
            day(2026, 5, 20),
            "保密法及实施条例学习".into(),
            "保密法规学习",
            "",
            on_post(),
            false,
        ),
        (
            day(2026, 6, 18),
            "网络与数据安全培训".into(),
            "网络与数据安全",
            "",
            on_post(),
            false,
        ),
        (
            day(2026, 2, 9),
            "春节前保密提醒".into(),
            "节前保密教育",
            "春节",
            everybody(),
            false,
        ),
        (
            day(2026, 4, 23),
            "五一前保密提醒".into(),
            "节前保密教育",
            "五一",
            on_post(),
            false,
        ),
        (
            day(2026, 9, 18),
            "国庆前保密教育".into(),
            "节前保密教育",
            "国庆",
            on_post(),
            false,
        ),
        (
            day(2026, 4, 10),
            "涉密人员上半年专题教育".into(),
            "涉密人员在岗",
            "",
            cleared(),
            false,
        ),
        (
            day(2026, 7, 15),
            "涉密人员年中警示教育".into(),
            "涉密人员在岗",
            "",
            cleared(),
            false,
        ),
        (
            day(2026, 4, 2),
            "保密员业务培训".into(),
            "保密干部（保密员）",
            "",
            (0..10).map(officer).chain([head(1)]).collect(),
            true,
        ),
        (
            day(2026, 3, 2),
            "新进人员保密教育".into(),
            "新进人员入职",
            "",
            vec![Who(69)],
            true,
        ),
        (
            day(2025, 3, 18),
            "2025年全员保密教育".into(),
            "全员集中教育",
            "",
            everybody(),
            false,
        ),
        (
            day(2025, 9, 23),
            "国庆前保密教育".into(),
            "节前保密教育",
            "国庆",
            everybody(),
            false,
        ),
    ];
    for (year, month, date) in BATCHES {
        let start = day(year, month, date);
        let people = cleared()
            .into_iter()
            .chain(departed())
            .filter(|&who| on_post_since(who) == start)
            .collect();
        made.push((
            working(plus(start, -9)),
            format!("{year}年涉密人员上岗前培训"),
            "涉密人员上岗前",
            "",
            people,
            true,
        ));
    }
    for (i, (who, on)) in [
        (70, day(2026, 3, 13)),
        (74, day(2026, 6, 12)),
        (71, day(2025, 5, 16)),
        (72, day(2025, 11, 11)),
    ]
    .into_iter()
    .enumerate()
    {
        made.push((
            on,
            format!("离岗保密教育（第{}次）", i + 1),
            "离岗教育",
            "",
            vec![Who(who)],
            false,
        ));
    }
    for (i, who) in [
        (31, (2, 9)),
        (48, (4, 26)),
        (11, (5, 14)),
        (33, (7, 16)),
        (55, (8, 3)),
    ]
    .into_iter()
    .enumerate()
    {
        made.push((
            day(2026, who.1.0, who.1.1),
            format!("出国（境）行前教育（第{}次）", i + 1),
            "出国（境）前",
            "",
            vec![Who(who.0)],
            false,
        ));
    }
    for (department, (name, _)) in DEPARTMENTS.into_iter().enumerate() {
        let members: Vec<Who> = on_post()
            .into_iter()
            .filter(|&who| super::people::department_of(who) == department)
            .collect();
        for month in [1, 3, 5, 7, 8] {
            let on = working(day(2026, month, 19 + department as u32 % 6));
            made.push((
                on,
                format!("{name}{month}月保密学习"),
                "涉密人员在岗",
                "",
                members.clone(),
                false,
            ));
        }
    }
    made.sort();
    for (i, (on, title, kind, festival, people, exam)) in made.into_iter().enumerate() {
        add!(world, "trainings"; training_id: format!("PX{:03}", i + 1), title: title, training_type: kind, held_on: on,
            festival: (!festival.is_empty()).then_some(festival), organizer: "保密办公室", topics: "保密形势、法律法规、知识技能、岗位职责",
            passed: exam.then(|| people.clone()), attendees: people);
    }
}

fn records(world: &mut World) {
    let mut made: Vec<(Day, &str, String, Option<usize>)> = vec![
        (
            day(2026, 1, 9),
            "年度保密工作计划",
            "2026年保密工作计划".into(),
            None,
        ),
        (
            day(2026, 1, 15),
            "保密培训计划",
            "2026年保密培训计划".into(),
            None,
        ),
        (
            day(2026, 4, 28),
            "保密调研",
            "涉密成果流转环节调研报告".into(),
            None,
        ),
        (
            day(2026, 7, 8),
            "向上级报告情况",
            "上半年保密工作情况报告".into(),
            None,
        ),
        (
            day(2026, 4, 15),
            "保密宣传活动",
            "全民国家安全教育日宣传".into(),
            None,
        ),
        (
            day(2026, 7, 30),
            "保密评比",
            "上半年保密工作评比".into(),
            None,
        ),
        (
            day(2026, 3, 6),
            "上级部署落实",
            "涉密载体清查部署".into(),
            None,
        ),
    ];
    for week in 0..38 {
        made.push((
            plus(day(2026, 1, 5), week * 7),
            "机要取送文件",
            "到市管理局取件".into(),
            None,
        ));
    }
    for department in [1, 3, 4] {
        for month in 1..=9 {
            made.push((
                day(2026, month, 3 + department as u32),
                "要害部门月度汇报",
                format!("{month}月保密情况汇报"),
                Some(department),
            ));
        }
        for month in [2, 5, 8] {
            made.push((
                day(2026, month, 24 + department as u32 % 3),
                "保密工作研究部署会",
                "研究本部门保密工作".into(),
                Some(department),
            ));
        }
    }
    made.sort();
    for (i, (on, kind, title, department)) in made.into_iter().enumerate() {
        let task = kind == "上级部署落实";
        add!(world, "work_records"; record_id: format!("GZ26{:03}", i + 1), record_type: kind, title: title, held_on: on, department: department,
            reporter: department.map_or(officer(1), officer), recipient: "保密工作领导小组", approved_by: Who(1),
            due_on: task.then(|| day(2026, 4, 30)), completed_on: task.then(|| day(2026, 4, 20)));
    }
}

fn regimes(world: &mut World) {
    let kinds = "保密工作责任制 定密与信息分类管理 涉密文件（载体）管理 档案保密管理 涉密载体销毁管理 会议活动保密管理 计算机及信息系统保密管理 \
        移动存储介质与移动设备管理 复印传真及通信设备管理 要害部门部位（保密室）管理 涉密人员管理 保密教育培训 保密检查评比 奖惩与责任追究 \
        失泄密事件查处 保密与数据安全应急预案 新闻宣传与信息公开审查 涉外保密管理 访客管理 涉密设备购置使用维护 数据安全与个人信息保护";
    for (i, kind) in kinds.split_whitespace().enumerate() {
        add!(world, "regimes"; title: format!("子虚测绘中心{}规定", kind.split('（').next().unwrap_or(kind)), regime_type: kind,
            effective_on: plus(day(2022, 5, 6), i as i64 * 13), last_reviewed_on: plus(day(2026, 1, 19), i as i64), notified_all: true, posted: true,
            covers_nonpermanent: true);
    }
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
