//! What is taught, planned, written down and laid down in rules.

use super::people::{
    BATCHES, DEPARTMENTS, cleared, departed, head, officer, on_post, on_post_since,
};
use super::world::{Day, Value, Who, World, add, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    trainings(world);
    records(world);
    regimes(world);
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
        for month in [3, 8] {
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
        失泄密事件查处 保密与数据安全应急预案 新闻宣传与信息公开审查 涉外保密管理 机要密码电报管理 访客管理 涉密设备购置使用维护 数据安全与个人信息保护";
    for (i, kind) in kinds.split_whitespace().enumerate() {
        add!(world, "regimes"; title: format!("子虚测绘中心{}规定", kind.split('（').next().unwrap_or(kind)), regime_type: kind,
            effective_on: plus(day(2022, 5, 6), i as i64 * 13), last_reviewed_on: plus(day(2026, 1, 19), i as i64), notified_all: true, posted: true,
            covers_nonpermanent: true);
    }
}
