//! Who works in the invented unit, in what department and on what post. All names are made up.

use super::world::{Day, Person, Value, Who, World, add, day, months, plus};

/// Name of the unit; 子虚 and 乌有 are the two gentlemen of the old tale who do not exist.
pub(crate) const UNIT: &str = "乌有市子虚区测绘数据中心";

/// Departments: name, is it a key one.
pub(crate) const DEPARTMENTS: [(&str, bool); 10] = [
    ("综合办公室", false),
    ("保密办公室", true),
    ("规划技术处", false),
    ("航测遥感中心", true),
    ("数据管理处", true),
    ("地图编制处", false),
    ("质量检验处", false),
    ("信息化处", false),
    ("财务资产处", false),
    ("人事教育处", false),
];

const NAMES: &str = "陆知远 沈砚青 顾南乔 叶舒窈 江临溪 程观复 苏景行 梁允恭 杜若衡 蒋怀瑾 \
    傅长卿 白露晞 卢思齐 谭与归 邹静姝 汪既白 石敢言 戴望岫 邱月朗 侯鸣谦 \
    方未晞 袁行简 贺兰台 常守拙 乔木森 樊稼轩 陆鸣 叶岚 石砺 方喆 \
    白玥 江祎 顾旻 孟疏影 韩若拙 秦慎独 许松筠 薛听澜 阎知微 丁允升 \
    龚向晚 万里晴 段秋筠 雷惊蛰 黎清和 康有容 毛先舒 史书言 陶渊默 龙在田 \
    章含章 钱不器 严以律 文若虚 牛力行 温如故 俞伯音 翟慕白 柳三省 凌云志 \
    施润物 岑夕照 耿介然 安守静 盛怀远 左思明 裴向荣 全无隙 车同轨 米元初 \
    屈正则 穆清风 童稚安 詹晓霁 阮若溪";

/// Head of a department.
pub(crate) fn head(department: usize) -> Who {
    Who(5 + 2 * department)
}

/// Secrecy officer of a department.
pub(crate) fn officer(department: usize) -> Who {
    Who(6 + 2 * department)
}

/// Department of a person: the leaders belong to the general office.
pub(crate) fn department_of(who: Who) -> usize {
    match who.0 {
        0..=4 => 0,
        5..=24 => (who.0 - 5) / 2,
        n => DEPARTMENT_OF_STAFF[(n - 25) % DEPARTMENT_OF_STAFF.len()],
    }
}

/// The head of a person's department, or a leader for the heads themselves.
pub(crate) fn superior(who: Who) -> Who {
    match head(department_of(who)) {
        head if head == who || who.0 < 5 => Who(1),
        head => head,
    }
}

/// Most of the staff work where the maps are made.
const DEPARTMENT_OF_STAFF: [usize; 17] = [3, 4, 5, 3, 4, 5, 6, 2, 7, 3, 4, 8, 5, 0, 9, 6, 7];

/// Number of people on post; those after them have left.
pub(crate) const ON_POST: usize = 70;

/// Those on post who handle secrets, by category.
pub(crate) fn category(who: Who) -> &'static str {
    match who.0 {
        0 | 1 | 7 | 8 => "核心涉密人员",
        2..=4 | 9 | 11 | 13 | 15 | 17 | 19 | 25 | 26 | 28 | 29 => "重要涉密人员",
        5 | 6 | 10 | 12 | 14 | 16 | 18 | 20..=24 | 30..=39 => "一般涉密人员",
        70 => "重要涉密人员",
        71 => "一般涉密人员",
        72 => "重要涉密人员",
        73 => "核心涉密人员",
        74 => "一般涉密人员",
        _ => "非涉密人员",
    }
}

/// Everybody on post.
pub(crate) fn on_post() -> Vec<Who> {
    (0..ON_POST).map(Who).collect()
}

/// Everybody on post who handles secrets.
pub(crate) fn cleared() -> Vec<Who> {
    on_post()
        .into_iter()
        .filter(|&who| category(who) != "非涉密人员")
        .collect()
}

/// Those who left a classified post.
pub(crate) fn departed() -> Vec<Who> {
    (ON_POST..75).map(Who).collect()
}

/// Days on which new people took classified posts; each has its training, see `activity`.
pub(crate) const BATCHES: [(i32, u32, u32); 7] = [
    (2016, 3, 1),
    (2018, 6, 1),
    (2020, 9, 1),
    (2022, 3, 1),
    (2023, 7, 3),
    (2024, 5, 6),
    (2026, 4, 15),
];

/// The day on which a person took the classified post.
pub(crate) fn on_post_since(who: Who) -> Day {
    let batch = match who.0 {
        39 => 6,
        70..=74 => who.0 % 3,
        n => n * 5 % 6,
    };
    let (y, m, d) = BATCHES[batch];
    day(y, m, d)
}

/// The day on which a person came to the unit. One came this year.
pub(crate) fn joined_on(who: Who) -> Day {
    match who.0 {
        69 => day(2026, 3, 2),
        n => plus(day(2004, 7, 5), (n as i64 * 797) % 4_000),
    }
}

/// Writes down the persons and the ledgers that name them.
pub(crate) fn fill(world: &mut World) {
    world.people = NAMES
        .split_whitespace()
        .enumerate()
        .map(|(i, name)| Person {
            id: format!("CH{:03}", i + 1),
            name: name.to_owned(),
        })
        .collect();
    unit(world);
    register(world);
    leadership(world);
    posts(world);
}

fn unit(world: &mut World) {
    add!(world, "unit_profile"; unit_name: UNIT, unit_type: "事业单位", superior_unit: "乌有市测绘管理局",
        staff_total: ON_POST as i64, max_level_held: "绝密", crypto_duty: true, last_reorg_on: day(2026, 3, 2));
    for (i, (name, key)) in DEPARTMENTS.into_iter().enumerate() {
        add!(world, "departments"; dept_id: format!("BM{:02}", i + 1), name: name, head: head(i),
            business_leader: Who(1 + i % 4), secrecy_officer: officer(i), is_key_dept: key);
    }
}

fn register(world: &mut World) {
    let mut everybody: Vec<Who> = (0..world.people.len()).map(Who).collect();
    everybody.sort_by_key(|&who| (department_of(who), who));
    for who in everybody {
        let cleared = category(who) != "非涉密人员";
        let is_officer = (0..10).any(|i| officer(i) == who) || who == head(1);
        let since = cleared.then(|| on_post_since(who));
        add!(world, "personnel"; person_id: world.people[who.0].id.clone(), name: world.people[who.0].name.clone(),
            department: department_of(who), position: position(who), is_leader: who.0 < 5,
            employment_type: employment(who),
            category: category(who), status: status(who), joined_on: joined_on(who), on_post_since: since,
            is_secrecy_officer: is_officer, is_full_time: who == officer(1), is_crypto_staff: crypto(who),
            political_status: if who.0 % 3 == 2 && !crypto(who) { "群众" } else { "中共党员" },
            certificate_no: cleared.then(|| format!("培证{:04}", 1000 + who.0 * 7)),
            filed_on: since.map(|since| plus(since, 12)), filed_with: cleared.then_some("子虚区保密行政管理部门"));
    }
}

/// Those who handle ciphers.
fn crypto(who: Who) -> bool {
    who == head(1) || who == officer(1)
}

fn employment(who: Who) -> &'static str {
    match who.0 {
        36 => "借调",
        n if n % 9 == 6 && n > 24 => "合同聘用",
        _ => "在编在册",
    }
}

fn position(who: Who) -> &'static str {
    match who.0 {
        0 => "主任",
        1..=3 => "副主任",
        4 => "总工程师",
        7 => "保密办主任",
        8 => "专职保密员",
        n if n < 25 && n % 2 == 1 => "处长",
        n if n < 25 => "主任科员",
        n if n % 4 == 0 => "高级工程师",
        n if n % 4 == 1 => "工程师",
        _ => "科员",
    }
}

fn status(who: Who) -> &'static str {
    match who.0 {
        70 | 74 => "脱密期",
        71 => "离职",
        72 | 73 => "退休",
        _ => "在岗",
    }
}

fn leadership(world: &mut World) {
    let scopes = [
        "全面工作，保密工作第一责任人",
        "分管保密、办公室、人事",
        "分管航测遥感、数据管理",
        "分管地图编制、质量检验",
        "分管规划技术、信息化",
    ];
    for (i, scope) in scopes.into_iter().enumerate() {
        add!(world, "leadership_group"; person: Who(i), role: ["组长", "副组长", "副组长", "成员", "成员"][i],
            is_principal: i == 0, secrecy_in_charge: i == 1, scope: scope,
            appointed_on: day(2025, 3, 14), appointment_doc: "子虚测发〔2025〕6号");
    }
    for (who, role, scope) in [
        (head(1), "办公室主任", "保密办公室日常工作"),
        (head(0), "成员", "机关日常保密管理"),
        (head(9), "成员", "涉密人员管理"),
    ] {
        add!(world, "leadership_group"; person: who, role: role, is_principal: false, secrecy_in_charge: false,
            scope: scope, appointed_on: day(2025, 3, 14), appointment_doc: "子虚测发〔2025〕6号");
    }
}

fn posts(world: &mut World) {
    let general = |range: std::ops::Range<usize>| -> Vec<Who> { range.map(Who).collect() };
    let officers = (0..10).filter(|&i| i != 1).map(officer).collect();
    let posts: [(&str, usize, &str, &str, Vec<Who>); 9] = [
        ("主要领导岗", 0, "绝密", "核心涉密人员", vec![Who(0)]),
        ("分管保密领导岗", 0, "绝密", "核心涉密人员", vec![Who(1)]),
        (
            "机要文件管理岗",
            1,
            "绝密",
            "核心涉密人员",
            vec![Who(7), Who(8)],
        ),
        ("其他领导岗", 0, "机密", "重要涉密人员", general(2..5)),
        (
            "业务处室负责人岗",
            2,
            "机密",
            "重要涉密人员",
            [9, 11, 13, 15, 17, 19].map(Who).to_vec(),
        ),
        (
            "涉密成果管理岗",
            4,
            "机密",
            "重要涉密人员",
            [25, 26, 28, 29].map(Who).to_vec(),
        ),
        (
            "综合处室负责人岗",
            0,
            "秘密",
            "一般涉密人员",
            [5, 21, 23].map(Who).to_vec(),
        ),
        ("兼职保密员岗", 1, "秘密", "一般涉密人员", officers),
        ("涉密数据处理岗", 3, "秘密", "一般涉密人员", general(30..40)),
    ];
    for (i, (name, department, level, category, holders)) in posts.into_iter().enumerate() {
        add!(world, "classified_posts"; post_id: format!("GW{:02}", i + 1), post_name: name, department: department,
            max_level: level, category: category, holders: holders, approved_on: months(day(2015, 12, 10), 0));
    }
}
