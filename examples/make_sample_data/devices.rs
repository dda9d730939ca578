//! Computers, media, office devices and systems, and what is noted each time they are used.

use super::people::{category, cleared, department_of, head, officer, on_post};
use super::prng::Prng;
use super::world::{Day, Value, Who, World, add, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    classified_computers(world);
    plain_computers(world);
    peripherals(world);
    usage(world);
    media(world);
    media_usage(world);
    systems(world);
    maintenance(world);
}

/// Classified machines: number, level, room, department, users.
pub(crate) fn classified() -> Vec<(String, &'static str, String, usize, Vec<Who>)> {
    let places = [
        (1, 8),
        (1, 7),
        (3, 25),
        (3, 26),
        (4, 28),
        (4, 29),
        (2, 9),
        (5, 15),
        (6, 17),
        (3, 30),
        (4, 31),
        (5, 32),
        (7, 19),
        (0, 5),
    ];
    let machines = places
        .into_iter()
        .enumerate()
        .map(|(i, (department, who))| {
            let level = if category(Who(who)) == "一般涉密人员" || i == 11 {
                "秘密"
            } else {
                "机密"
            };
            let mut users = vec![Who(who)];
            let others = cleared()
                .into_iter()
                .filter(|&other| department_of(other) == department && other != Who(who));
            users.extend(
                others
                    .filter(|&other| level == "秘密" || category(other) != "一般涉密人员")
                    .take(3),
            );
            (
                format!("SM-J{:02}", i + 1),
                level,
                format!("{}室", 301 + department * 2),
                department,
                users,
            )
        });
    machines.collect()
}

fn classified_computers(world: &mut World) {
    for (i, (number, level, room, department, users)) in classified().into_iter().enumerate() {
        let n = i as i64;
        let old = i == 13;
        add!(world, "computers"; asset_no: number, computer_type: if i == 11 { "便携机" } else { "台式机" }, department: department, location: room,
            responsible: users[0], user: users, is_classified: true, level: level, label_level: level, max_processed_level: level,
            network: "不联网（单机）", status: if old { "停用" } else { "在用" }, issued_by_unit: true, issued_on: plus(day(2023, 4, 10), n * 9),
            filed_on: plus(day(2023, 5, 4), n * 9), filing_no: format!("子保备〔2023〕{}号", 20 + i), user_filed: true, av_devices_disabled: true,
            wireless_disabled: true, monitor_installed: true, media_control_installed: true, encryption_lock: true, jammer: true,
            dedicated_power: true, dedicated_printer: format!("SM-D{:02}", 1 + i % 7), safe_id: ["GX-02", "GX-13", "GX-14", "GX-11"][i % 4],
            away_from_window: true, login_protected: true, password_length: 10 + n % 3, password_complex: true,
            password_changed_on: plus(day(2026, 9, 1), n), av_updated_on: plus(day(2026, 9, 12), n % 8), patched_on: day(2026, 8, 20), last_checked_on: plus(day(2026, 8, 3), n));
    }
}

fn plain_computers(world: &mut World) {
    for (i, who) in on_post()
        .into_iter()
        .enumerate()
        .filter(|(i, _)| i % 5 != 2)
    {
        let n = i as i64;
        let internal = i % 3 == 0;
        let department = department_of(who);
        add!(world, "computers"; asset_no: format!("BG-J{:03}", i + 1), computer_type: if i % 8 == 3 { "便携机" } else { "台式机" },
            department: department, location: format!("{}室", 302 + department * 2), responsible: who, user: vec![who], is_classified: false,
            level: if internal { "内部" } else { "公开" }, max_processed_level: if internal { "内部" } else { "公开" },
            network: if internal { "非涉密内网" } else { "互联网" }, status: "在用", issued_by_unit: true, issued_on: plus(day(2021, 3, 1), n * 21),
            login_protected: true, password_length: 8 + n % 4, password_complex: true, password_changed_on: working(plus(day(2026, 7, 6), n)),
            av_updated_on: day(2026, 9, 18), patched_on: day(2026, 9, 8), last_checked_on: plus(day(2026, 8, 10), n % 9));
    }
}

fn peripherals(world: &mut World) {
    for i in 0..7_usize {
        let department = [1, 3, 4, 2, 5, 6, 7][i];
        add!(world, "peripherals"; device_no: format!("SM-D{:02}", i + 1), device_type: "打印机", department: department,
            location: format!("{}室", 301 + department * 2), operator: officer(department), is_classified: true, level: "机密", encrypted: false,
            wireless: false, network: "不联网（单机）", status: "在用");
    }
    let others = [
        ("复印机", 0),
        ("复印机", 0),
        ("多功能一体机", 4),
        ("扫描仪", 5),
        ("碎纸机", 1),
        ("打印机", 8),
        ("打印机", 9),
        ("电话机", 0),
        ("电话机", 1),
    ];
    for (i, (kind, department)) in others.into_iter().enumerate() {
        add!(world, "peripherals"; device_no: format!("BG-D{:02}", i + 1), device_type: kind, department: department,
            location: format!("{}室", 300 + department * 2), operator: officer(department), is_classified: false, level: "内部", encrypted: false,
            wireless: false, network: "不联网（单机）", status: "在用");
    }
    add!(world, "peripherals"; device_no: "SM-H01", device_type: "电话机", department: 1_usize, location: "303室", operator: officer(1), is_classified: true,
        level: "机密", encrypted: true, wireless: false, network: "不联网（单机）", status: "在用");
}

fn usage(world: &mut World) {
    let mut random = Prng::of("computer_usage");
    let mut made = Vec::new();
    for (i, (number, level, room, _, users)) in classified().into_iter().enumerate() {
        let active = if i == 13 { 9 } else { 42 };
        for n in 0..active {
            let on = working(plus(day(2026, 1, 5), n * 6 + i as i64 % 5));
            if on < day(2026, 9, 24) {
                made.push((
                    at(on, random.range(8, 15), random.range(0, 59)),
                    number.clone(),
                    level,
                    room.clone(),
                    *random.pick(&users),
                ));
            }
        }
        let (book, book_level) = (format!("RZ26-{:02}", i + 1), level);
        add!(world, "log_books"; book_no: book, book_type: format!("{number}使用登记簿"), year: 2026, level: book_level, custodian: officer(1));
    }
    made.sort();
    for (i, (start, number, level, room, user)) in made.into_iter().enumerate() {
        let lower = if random.chance(30) { "内部" } else { level };
        let book = format!("RZ26-{}", &number[4..]);
        let end = start + chrono::Duration::minutes(random.range(25, 130));
        add!(world, "computer_usage"; usage_id: format!("SJ26{:04}", i + 1), asset_no: number, user: user, start_at: start, end_at: end,
            content: *random.pick(&["影像数据处理", "编写汇交报告", "成果数据拷贝与核对", "图件编绘", "起草涉密文稿"]), level: lower, location: room, log_book_no: book);
    }
}

fn media(world: &mut World) {
    for i in 0..22_i64 {
        let department = [1, 3, 4, 2, 5, 6, 7][i as usize % 7];
        let level = if i % 3 == 0 { "秘密" } else { "机密" };
        add!(world, "media"; media_no: format!("SM-U{:02}", i + 1), media_type: ["U盘", "移动硬盘", "光盘"][i as usize % 3], level: level, label_level: level,
            source: "统一配发", department: department, custodian: officer(department), issued_on: plus(day(2024, 2, 26), i * 17), receipt_signed: true,
            max_stored_level: level, status: "在用");
    }
    for i in 0..30_usize {
        let who = Who(25 + i * 44 / 30);
        add!(world, "media"; media_no: format!("BG-U{:02}", i + 1), media_type: if i % 4 == 0 { "移动硬盘" } else { "U盘" }, level: "内部", label_level: "内部",
            source: if i % 3 == 0 { "单位自购" } else { "统一配发" }, department: department_of(who), custodian: who,
            issued_on: plus(day(2023, 9, 4), i as i64 * 11), receipt_signed: true, max_stored_level: "内部", status: "在用");
    }
}

fn media_usage(world: &mut World) {
    let mut random = Prng::of("media_usage");
    let machines = classified();
    let mut made: Vec<(Day, String, String, Who)> = Vec::new();
    for i in 0..22_usize {
        let level = if i % 3 == 0 { "秘密" } else { "机密" };
        let department = [1, 3, 4, 2, 5, 6, 7][i % 7];
        let fits: Vec<_> = machines
            .iter()
            .take(13)
            .filter(|m| m.1 == "机密" || level == "秘密")
            .collect();
        let near: Vec<_> = fits.iter().filter(|m| m.3 == department).collect();
        for n in 0..7 {
            let machine = near
                .get(n as usize % near.len().max(1))
                .map_or(fits[0], |m| **m);
            made.push((
                working(plus(day(2026, 1, 8), n * 36 + i as i64)),
                format!("SM-U{:02}", i + 1),
                machine.0.clone(),
                machine.4[n as usize % machine.4.len()],
            ));
        }
    }
    for i in 0..30_usize {
        let who = Who(25 + i * 44 / 30);
        let plain = world.rows("computers").iter().find(|row| {
            *row.get("is_classified") == Value::Bool(false) && row.who("responsible") == Some(who)
        });
        let machine = plain.map_or("BG-J001".to_owned(), |row| row.text("asset_no").to_owned());
        made.extend((0..3).map(|n| {
            (
                working(plus(day(2026, 1, 12), n * 80 + i as i64)),
                format!("BG-U{:02}", i + 1),
                machine.clone(),
                who,
            )
        }));
    }
    made.retain(|(on, ..)| *on < day(2026, 9, 22));
    made.sort();
    for (i, (on, medium, machine, user)) in made.into_iter().enumerate() {
        let head = head(department_of(user));
        // Nobody approves himself.
        let approver = if user == head { Who(1) } else { head };
        add!(world, "media_usage"; usage_id: format!("JZ26{:04}", i + 1), media_no: medium, external: false, asset_no: machine, user: user,
            used_on: on, returned_on: plus(on, random.range(0, 1)), virus_checked: true, approved_by: approver);
    }
}

fn systems(world: &mut World) {
    let rows = [
        (
            "XT01",
            "涉密成果管理单机系统",
            true,
            "机密",
            "不联网（单机）",
        ),
        ("XT02", "协同办公系统", false, "内部", "非涉密内网"),
        ("XT03", "地图审核系统", false, "内部", "非涉密内网"),
        ("XT04", "公众地图服务网站", false, "公开", "互联网"),
        ("XT05", "财务资产系统", false, "内部", "非涉密内网"),
    ];
    for (number, name, secret, level, network) in rows {
        add!(world, "systems"; system_id: number, name: name, is_classified: secret, level: level, network: network, isolated: secret, self_managed: true,
            protection_approved_on: secret.then(|| day(2023, 6, 30)), firewall: true, ids: true, antivirus: true, audit_enabled: true, auth_enabled: true,
            monitor_enabled: true, encrypted: true, backup_on: day(2026, 9, 21), dr_plan_on: day(2025, 3, 3), risk_assessed_on: day(2026, 1, 20),
            checked_on: day(2026, 7, 14), updated_on: day(2026, 8, 25));
    }
    for (i, who) in on_post()
        .into_iter()
        .enumerate()
        .filter(|(i, _)| i % 2 == 0)
    {
        let secret = category(who) == "重要涉密人员";
        add!(world, "access_rights"; right_id: format!("QX{:03}", i + 1), person: who, system_id: if secret { "XT01" } else { "XT02" },
            level: if secret { "机密" } else { "内部" }, granted_by: head(7), granted_on: plus(day(2024, 1, 8), i as i64 * 5), reviewed_on: day(2026, 7, 16));
    }
    let assets = [
        ("基础控制点成果", "国家秘密", "机密"),
        ("高精度影像成果", "国家秘密", "机密"),
        ("内部业务流程", "工作秘密", "内部"),
        ("职工个人信息", "个人信息（隐私）", "内部"),
        ("服务对象信息", "个人信息（隐私）", "内部"),
        ("公开地图数据", "一般数据", "公开"),
    ];
    for (i, (name, kind, level)) in assets.into_iter().enumerate() {
        add!(world, "data_assets"; asset_id: format!("SJ{:02}", i + 1), name: name, category: kind, level: level, owner_department: 4_usize, labelled: true,
            valid_until: day(2030, 12, 31), access_restricted: true, encrypted: true, backup_on: day(2026, 9, 20), audited: true,
            approved_by: Who(2), approver_role: "分管（主管）领导");
    }
}

fn maintenance(world: &mut World) {
    let machines = classified();
    for (i, (number, level, _, department, users)) in machines.iter().enumerate() {
        let on = working(plus(day(2026, 2, 3), i as i64 * 15));
        let update = i % 3 != 0;
        add!(world, "maintenance"; maint_id: format!("WX26{:02}", i + 1), asset_no: number.clone(), item_type: "计算机（含硬盘）",
            action: if update { "病毒查杀与补丁升级" } else { "现场维修" }, level: *level, done_on: on, approved_by: head(1), approver_role: "办公室负责人",
            vendor: (!update).then_some("乌有市无名软件有限公司"), escorted_by: vec![officer(*department), users[0]], storage_removed: false, place: "使用现场");
    }
}
