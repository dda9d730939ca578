//! Papers from the day they come in to the day they are archived, returned or destroyed.

use super::people::{cleared, head, officer};
use super::prng::Prng;
use super::world::{Day, Value, Who, World, add, day, months, plus, working};
use std::collections::BTreeMap;

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    for (year, number) in [(2024, 70), (2025, 160), (2026, 190)] {
        received(world, year, number);
    }
    archives(world);
}

const FROM: [&str; 6] = [
    "乌有市测绘管理局",
    "虚谷省测绘管理局",
    "乌有市人民政府办公室",
    "子虚区人民政府办公室",
    "乌有市档案管理中心",
    "虚谷省遥感应用中心",
];
const SHORT: [&str; 6] = ["乌测发", "虚测发", "乌政办", "子政办", "乌档", "虚遥"];
const SUBJECT: [&str; 12] = [
    "年度航摄任务安排",
    "基础控制点成果使用范围",
    "涉密测绘成果领用办法",
    "重要目标影像处理要求",
    "地图审核工作要点",
    "保密检查工作安排",
    "成果汇交目录",
    "测绘应急保障预案",
    "数据异地备份方案",
    "专业技术人员培训计划",
    "遥感影像分发清单",
    "质量监督检查情况",
];

/// Level, term and probability of an incoming paper.
fn level(random: &mut Prng, year: i32) -> (&'static str, Option<i64>) {
    match random.range(1, 100) {
        1..=4 if year == 2026 => ("绝密", Some(30)),
        1..=26 => ("机密", Some(*random.pick(&[10, 20]))),
        27..=78 => ("秘密", Some(*random.pick(&[5, 10]))),
        _ => ("内部", None),
    }
}

fn received(world: &mut World, year: i32, number: i64) {
    let mut random = Prng::of(&format!("received {year}"));
    let span = if year == 2026 { 262 } else { 358 };
    for i in 0..number {
        let on = working(plus(day(year, 1, 3), i * span / number));
        let (level, years) = level(&mut random, year);
        let number = format!("收字〔{year}〕{:03}号", i + 1);
        let cells = paper(&mut random, (on, level, years, number), i);
        world.add("documents_received", cells);
    }
}

/// A paper that came in: when, how secret, for how long, its number.
type Incoming = (Day, &'static str, Option<i64>, String);

fn paper(random: &mut Prng, incoming: Incoming, i: i64) -> Vec<(&'static str, Value)> {
    let (on, level, years, number) = incoming;
    let year = on.format("%Y").to_string();
    let source = if level == "绝密" {
        "上级来文"
    } else {
        source(random, level)
    };
    let brought = matches!(source, "会议带回" | "领导亲启");
    let from = random.range(0, 5) as usize;
    let clerk = head(1).max(officer(1));
    let readers = readers(random, level);
    let bearer = readers[0];
    let status = status(random, on, level);
    let must_return =
        status == "已清退" || (status == "在库" && on > day(2026, 5, 1) && random.chance(8));
    let secret = !matches!(level, "内部");
    let title = SUBJECT[random.range(0, 11) as usize];
    vec![
        ("reg_no", number.into()),
        ("received_on", on.into()),
        ("registered_on", on.into()),
        ("registrar", clerk.into()),
        ("source_type", source.into()),
        ("from_unit", FROM[from].into()),
        (
            "doc_no",
            format!("{}〔{year}〕{}号", SHORT[from], 3 + i * 2).into(),
        ),
        (
            "title",
            format!(
                "关于{}{title}的{}",
                &["印发", "做好", "报送"][i as usize % 3],
                ["通知", "函", "意见", "纪要"][i as usize % 4]
            )
            .into(),
        ),
        ("level", level.into()),
        ("secrecy_years", years.into()),
        ("copies", (1 + i % 3).into()),
        (
            "serial_no",
            (secret && level != "秘密")
                .then(|| format!("{:06}", 117 + i * 13))
                .into(),
        ),
        (
            "register_book",
            (if level == "绝密" {
                "绝密专册"
            } else {
                "普通册"
            })
            .into(),
        ),
        ("opened_by", brought.then_some(bearer).into()),
        ("signed_by", clerk.into()),
        ("instruction_by", Who(random.range(0, 4) as usize).into()),
        ("authorised_readers", readers.into()),
        (
            "distributed_on",
            (source != "本单位产生")
                .then(|| plus(on, random.range(0, 1)))
                .into(),
        ),
        ("handover_person", brought.then_some(bearer).into()),
        ("brought_back_on", brought.then_some(on).into()),
        ("custodian", clerk.into()),
        (
            "container_id",
            (status == "在库").then(|| container(random, level)).into(),
        ),
        ("no_copy", (level != "内部" && random.chance(40)).into()),
        ("must_return", must_return.into()),
        ("return_due_on", must_return.then(|| months(on, 6)).into()),
        ("status", status.into()),
    ]
}

fn source(random: &mut Prng, level: &str) -> &'static str {
    match random.range(1, 100) {
        1..=58 => "上级来文",
        59..=74 => "外单位来文",
        75..=84 => "会议带回",
        85..=88 if level != "内部" => "领导亲启",
        _ if level == "内部" => "内部刊物与党内资料",
        _ => "上级来文",
    }
}

/// Who may read it: leaders first, then those whose post allows for the level.
fn readers(random: &mut Prng, level: &str) -> Vec<Who> {
    let core = [0, 1, 8].map(Who).to_vec();
    if level == "绝密" {
        return core;
    }
    let floor = if level == "机密" { 30 } else { 40 };
    let others: Vec<Who> = cleared()
        .into_iter()
        .filter(|who| {
            who.0 > 1
                && who.0 < floor
                && (level != "机密" || super::people::category(*who) != "一般涉密人员")
        })
        .collect();
    let number = random.range(3, 6) as usize;
    let mut readers = vec![Who(random.range(0, 1) as usize)];
    readers.extend(random.some(&others, number));
    readers
}

fn status(random: &mut Prng, on: Day, level: &str) -> &'static str {
    let old = on < day(2025, 1, 1);
    match random.range(1, 100) {
        _ if level == "绝密" => "在库",
        n if old => ["已归档", "已归档", "已销毁", "已清退"][n as usize % 4],
        n if on < day(2026, 1, 1) => {
            ["在库", "已归档", "已归档", "已销毁", "已清退", "在库"][n as usize % 6]
        }
        n if on < day(2026, 6, 1) => {
            ["在库", "在库", "在库", "已清退", "在库", "在库"][n as usize % 6]
        }
        n if on > day(2026, 8, 24) && level != "内部" && n < 45 => "借出",
        _ => "在库",
    }
}

fn container(random: &mut Prng, level: &str) -> String {
    let number = match level {
        "绝密" => 1,
        "机密" => random.range(2, 4),
        "秘密" => random.range(5, 8),
        _ => random.range(9, 10),
    };
    format!("GX-{number:02}")
}

fn archives(world: &mut World) {
    let mut volumes: BTreeMap<(String, String), (i64, Vec<usize>)> = BTreeMap::new();
    for row in world.rows("documents_received") {
        if row.text("status") == "已归档" {
            let key = (
                row.day("received_on").format("%Y").to_string(),
                row.text("level").to_owned(),
            );
            let volume = volumes.entry(key).or_default();
            let years = if let Value::Number(n) = row.get("secrecy_years") {
                *n
            } else {
                0
            };
            volume.0 = volume.0.max(years);
            volume.1.push(row.uid);
        }
    }
    for (i, ((year, level), (years, papers))) in volumes.into_iter().enumerate() {
        let number = format!("DA-{year}-{:02}", i + 1);
        for uid in papers {
            world
                .row_mut("documents_received", uid)
                .set("volume_no", number.clone());
        }
        let archived: i32 = year.parse().unwrap_or(2024);
        add!(world, "archives"; volume_no: number, title: format!("{year}年收文（{level}）"), level: level.clone(),
            secrecy_years: (years > 0).then_some(years), mark_position: "左上角",
            container_id: if level == "机密" { "GX-11" } else { "GX-12" }, custodian: officer(0),
            archived_on: day(archived + 1, 3, 20), is_personnel_file: false, is_minutes: level == "内部");
    }
    archives_access(world);
}

fn archives_access(world: &mut World) {
    let mut random = Prng::of("archives_access");
    let volumes: Vec<(String, bool)> = world
        .rows("archives")
        .iter()
        .map(|row| {
            (
                row.text("volume_no").to_owned(),
                *row.get("is_minutes") == Value::Bool(true),
            )
        })
        .collect();
    for i in 0..36 {
        let (volume, minutes) = random.pick(&volumes).clone();
        let user = *random.pick(&cleared());
        let on = working(plus(day(2026, 1, 6), i * 7));
        let above = minutes || user == head(0);
        add!(world, "archives_access"; access_id: format!("CD26{:03}", i + 1), volume_no: volume,
            user_name: world.people[user.0].name.clone(), user_unit: super::people::UNIT, letter_no: None::<String>,
            content: *random.pick(&["查阅历年成果移交情况", "核对文件办理结果", "编写年度总结"]),
            approved_by: if above { Who(1) } else { head(0) }, approver_role: if above { "分管（主管）领导" } else { "办公室负责人" },
            accessed_on: on, place: "档案室", taken_out: false, excerpted: i % 9 == 4,
            excerpt_reviewed_by: (i % 9 == 4).then_some(head(0)), excerpt_stamped: (i % 9 == 4).then_some(true));
    }
}
