//! Papers that the unit makes, copies, sends and carries; where they are kept.

use super::people::{cleared, head, officer};
use super::prng::Prng;
use super::world::{Value, Who, World, add, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    containers(world);
    sites(world);
    printing(world);
    copying(world);
    dispatches(world);
    carry_out(world);
    notebooks(world);
    reviews(world);
}

fn containers(world: &mut World) {
    let kinds = [
        ("密码保险柜", "绝密", 1),
        ("保险柜（保密柜）", "机密", 1),
        ("保险柜（保密柜）", "机密", 1),
        ("保险柜（保密柜）", "机密", 1),
        ("铁皮文件柜", "秘密", 1),
        ("铁皮文件柜", "秘密", 1),
        ("铁皮文件柜", "秘密", 1),
        ("铁皮文件柜", "秘密", 1),
        ("铁皮文件柜", "内部", 7),
        ("铁皮文件柜", "内部", 3),
        ("密码保险柜", "机密", 2),
        ("铁皮文件柜", "秘密", 2),
        ("保险柜（保密柜）", "机密", 5),
        ("保险柜（保密柜）", "机密", 6),
        ("铁皮文件柜", "秘密", 4),
        ("保险柜（保密柜）", "机密", 8),
    ];
    for (i, (kind, level, site)) in kinds.into_iter().enumerate() {
        add!(world, "containers"; container_id: format!("GX-{:02}", i + 1), container_type: kind, site_id: format!("BW{site:02}"),
            custodian: if site == 2 { officer(0) } else { officer(1) }, max_level: level, locked: true);
    }
}

fn sites(world: &mut World) {
    let sites = [
        ("机要保密室", "保密室", 1, "绝密", 3),
        ("档案库房", "档案库房", 0, "机密", 2),
        ("文印室", "文印室", 0, "机密", 2),
        ("信息机房", "计算机机房", 7, "内部", 4),
        ("涉密成果库", "保密要害部位", 4, "机密", 3),
        ("航测内业室", "保密要害部位", 3, "机密", 5),
        ("阅文室", "其他涉密场所", 1, "机密", 3),
        ("数据管理处（整体）", "保密要害部门", 4, "机密", 3),
    ];
    for (i, (name, kind, department, level, floor)) in sites.into_iter().enumerate() {
        let archive = kind == "档案库房";
        add!(world, "key_sites"; site_id: format!("BW{:02}", i + 1), name: name, site_type: kind, department: department,
            responsible: head(department), keeper: officer(department), max_level: level, floor: floor, separate_room: true,
            confirmed_on: day(2021, 5, 20), filed_on: day(2021, 6, 8), reviewed_on: day(2026, 3, 18), iron_door: true,
            iron_window: true, iron_cabinet: true, alarm: true, extinguisher: true, cctv: true, access_control: !archive,
            code_safe: true, shredder: true, jammer: true, shield: true, facilities_checked_on: plus(day(2026, 7, 6), i as i64),
            facilities_ok: true, duty_24h: true);
    }
}

const SUBJECTS: [&str; 8] = [
    "年度成果保密管理方案",
    "航摄数据处理情况",
    "重要点位成果移交清单",
    "涉密成果领用统计",
    "专题图编制说明",
    "数据安全检查通报",
    "控制点巡查情况",
    "应急测绘保障安排",
];

fn printing(world: &mut World) {
    let mut random = Prng::of("printing");
    for i in 0..56_i64 {
        let on = working(plus(day(2026, 1, 8), i * 4 + i % 3));
        let level = ["秘密", "内部", "机密", "秘密", "内部"][i as usize % 5];
        let years = match level {
            "秘密" => Some(5),
            "机密" => Some(10),
            _ => None,
        };
        let title = format!("{}（第{}期）", SUBJECTS[i as usize % 8], i + 1);
        let copies = random.range(2, 9);
        let scope = "单位领导，各处室负责人";
        add!(world, "printing"; print_id: format!("YZ26{:03}", i + 1), doc_no: format!("子虚测密〔2026〕{}号", i + 1), title: title.clone(),
            level: level, secrecy_years: years, scope: scope, approved_copies: copies, printed_copies: copies,
            approved_by: Who(1), approver_role: "分管（主管）领导", approved_on: plus(on, -1), printed_on: on, print_site: "内部文印室",
            first_page_marked: "左上角", last_page_marked: true, copy_rule_marked: true, draft_disposal: "当场销毁", counted_on: plus(on, 2));
        if let Some(years) = years {
            let drafter = *random.pick(&cleared());
            // The official who reviews does not draft.
            let drafter = if drafter == head(1) {
                officer(1)
            } else {
                drafter
            };
            add!(world, "classification_decisions"; item_no: format!("DM26{:03}", i + 1), title: title, level: level, secrecy_years: years,
                basis: "测绘事项范围第三条", scope: scope, drafter: drafter, responsible_person: head(1), signer: Who(1),
                signer_role: "分管（主管）领导", drafted_on: plus(on, -4), reviewed_on: plus(on, -3), decided_on: plus(on, -2), authority_own: true);
        }
    }
}

fn copying(world: &mut World) {
    let mut random = Prng::of("copying");
    let papers: Vec<(String, String, String)> = world
        .rows("documents_received")
        .iter()
        .filter(|row| {
            *row.get("no_copy") == Value::Bool(false) && row.day("received_on") >= day(2026, 1, 1)
        })
        .filter(|row| matches!(row.text("level"), "秘密" | "内部"))
        .map(|row| {
            (
                row.text("reg_no").to_owned(),
                row.text("title").to_owned(),
                row.text("level").to_owned(),
            )
        })
        .collect();
    for i in 0..34_i64 {
        let (number, title, level) = papers[i as usize * papers.len() / 34].clone();
        let copies = random.range(1, 3);
        let serials: Vec<String> = (1..=copies)
            .map(|n| format!("复{:02}{n:02}", i + 1))
            .collect();
        let on = world
            .rows("documents_received")
            .iter()
            .find(|row| row.text("reg_no") == number)
            .map(|row| working(plus(row.day("received_on"), 2)));
        let secret = level != "内部";
        add!(world, "copying"; copy_id: format!("FY26{:03}", i + 1), reg_no: number, title: title, level: level, copied_on: on,
            operator: officer(0), approved_copies: copies, made_copies: copies, approved_by: Who(1), approver_role: "分管（主管）领导",
            issuer_consent: secret, copy_site: "内部文印室", stamped: true, serials: serials.join("、"),
            receivers: random.some(&cleared(), copies as usize), waste_disposal: "当场销毁", returned_copies: copies, work_related: true);
    }
}

const RECIPIENTS: [&str; 5] = [
    "乌有市测绘管理局",
    "虚谷省测绘管理局",
    "子虚区应急管理中心",
    "乌有市规划研究院",
    "乌有市档案管理中心",
];

fn dispatches(world: &mut World) {
    let mut random = Prng::of("dispatches");
    for i in 0..96_i64 {
        let on = working(plus(day(2026, 1, 7), i * 266 / 100));
        let level = ["秘密", "机密", "内部", "秘密"][i as usize % 4];
        let secret = level != "内部";
        let mail = secret && i % 3 == 1;
        add!(world, "dispatches"; dispatch_id: format!("FW26{:03}", i + 1), doc_no: format!("子虚测密〔2026〕{}号", 1 + i / 2),
            title: SUBJECTS[i as usize / 2 % 8], level: level, serial_no: secret.then(|| format!("{:06}", 1 + i)), copies: 1 + i % 2,
            sent_on: on, recipient: *random.pick(&RECIPIENTS), carrier_person: (!mail).then_some(officer(1)),
            channel: if mail { "机要交通（通信）" } else { "专人直送" }, protection: if secret { "密封" } else { "无" },
            receiver_signed_by: "对方机要室", signed_on: plus(on, i64::from(mail)), approved_by: Who(1));
    }
}

fn carry_out(world: &mut World) {
    let mut random = Prng::of("carry_out");
    let papers: Vec<(String, String)> = world
        .rows("documents_received")
        .iter()
        .filter(|row| {
            row.day("received_on") >= day(2026, 1, 1)
                && matches!(row.text("level"), "秘密" | "机密")
        })
        .map(|row| (row.text("reg_no").to_owned(), row.text("level").to_owned()))
        .collect();
    let top = world
        .rows("documents_received")
        .iter()
        .find(|row| row.text("level") == "绝密")
        .map(|row| row.text("reg_no").to_owned());
    for i in 0..28_i64 {
        let out = working(plus(day(2026, 1, 20), i * 8));
        let laptop = i % 9 == 5;
        let secret = i % 13 == 7;
        let to = if laptop {
            "外出会议"
        } else {
            ["公务外出", "外出会议", "会签会印", "出差"][i as usize % 4]
        };
        let (number, level) = if secret {
            (top.clone().unwrap_or_default(), "绝密".to_owned())
        } else {
            papers[i as usize * 4 % papers.len()].clone()
        };
        let number = if laptop { "SM-J12".to_owned() } else { number };
        let level = if laptop { "秘密".to_owned() } else { level };
        let carriers = if secret {
            vec![officer(1), head(1)]
        } else {
            random.some(&cleared()[9..30], 2)
        };
        let role = if secret {
            "主要领导"
        } else {
            "分管（主管）领导"
        };
        add!(world, "carry_out"; carry_id: format!("WD26{:03}", i + 1), item_type: if laptop { "便携式计算机" } else { "涉密文件资料" },
            item_ref: number, level: level, carriers: carriers, approved_by: if secret { Who(0) } else { Who(1) }, approver_role: role,
            approved_on: plus(out, -random.range(1, 3)), out_on: out, due_back_on: plus(out, 3), returned_on: plus(out, random.range(0, 3)),
            destination_type: to, safeguards: "密封包装，专人随身携带", vehicle: *random.pick(&["单位派车", "专车"]));
    }
}

fn notebooks(world: &mut World) {
    let holders = cleared().into_iter().chain(super::people::departed());
    for (i, who) in holders.enumerate() {
        let left = (who.0 >= super::people::ON_POST).then(|| {
            let left = world
                .rows("departures")
                .iter()
                .find(|row| row.who("person") == Some(who))
                .map(|row| row.day("left_post_on"));
            plus(left.unwrap_or(day(2026, 1, 1)), -3)
        });
        add!(world, "notebooks"; notebook_no: format!("BJ{:03}", i + 1), holder: who, level: "秘密", issued_on: if left.is_some() { day(2023, 1, 9) } else { day(2026, 1, 8) }, returned_on: left);
    }
}

fn reviews(world: &mut World) {
    let mut random = Prng::of("press");
    for i in 0..26_i64 {
        let on = working(plus(day(2026, 1, 14), i * 9));
        let outlet = [
            "互联网（网站新媒体）",
            "政府信息公开",
            "互联网（网站新媒体）",
            "报刊广播电视",
        ][i as usize % 4];
        let title = [
            "开放日活动侧记",
            "标准地图更新公告",
            "测绘法宣传周小结",
            "便民地图服务指南",
            "技能竞赛喜报",
        ][i as usize % 5];
        let author = Who(random.range(40, 68) as usize);
        add!(world, "press_reviews"; review_id: format!("XF26{:03}", i + 1), title: format!("{title}（{}）", i + 1), outlet: outlet,
            author: author, department: super::people::department_of(author), content_level: "公开", reviewer: head(1), approved_by: Who(1),
            approver_role: "分管（主管）领导", reviewed_on: on, result: "可以公开", declassified: false, published_on: plus(on, random.range(1, 4)), matter_ongoing: false);
    }
    for i in 0..150_i64 {
        let on = working(plus(day(2026, 1, 5), i * 26 / 15));
        let inside = i % 5 == 3;
        let host = *random.pick(&cleared());
        let names = [
            "来访人甲",
            "来访人乙",
            "来访人丙",
            "来访人丁",
            "来访人戊",
            "来访人己",
        ];
        add!(world, "visitors"; visit_id: format!("LF26{:03}", i + 1), visitor_name: names[i as usize % 6], visitor_unit: RECIPIENTS[i as usize % 5],
            visited_on: on, id_verified: true, host: host, area: if inside { "办公区" } else { "接待洽谈区" },
            approved_by: inside.then_some(head(0)), escort: inside.then_some(host), left_at: at(on, random.range(10, 16), random.range(0, 59)));
    }
    for (i, (name, kind, project, secret)) in [
        (
            "乌有市无名软件有限公司",
            "外包服务商",
            "办公系统运维",
            false,
        ),
        ("子虚区空谷印务有限公司", "供应商", "地图印制", true),
        ("虚谷省幻影航测有限公司", "合作伙伴", "航摄任务外业", true),
        ("乌有市清风物业有限公司", "外包服务商", "保洁安保", false),
    ]
    .into_iter()
    .enumerate()
    {
        add!(world, "third_parties"; party_id: format!("HZ{:02}", i + 1), name: name, party_type: kind, project: project, involves_secret: secret,
            reviewed_on: day(2025, 11, 20), agreement_on: day(2025, 12, 5), started_on: day(2026, 1, 1), expires_on: day(2026, 12, 31),
            disclosure_scope: if secret { "仅限合同所列成果" } else { "不提供涉密资料" });
    }
}
