//! What goes wrong in the faulty workspace. Every fault is noted where it is made.

use super::faults::Fault;
use super::layout::{Sheet, prose};
use super::people::officer;
use super::sower::Sower;
use super::world::{Row, Value, Who, World, add, at, day, plus};

/// Sows the faults into the world and the sheets.
pub(crate) fn sow(world: &mut World, sheets: &mut Vec<Sheet>) -> Vec<Fault> {
    let mut sower = Sower::new(world);
    people(&mut sower);
    papers(&mut sower);
    movements(&mut sower);
    super::seeds_devices::sow(&mut sower);
    activities(&mut sower);
    unreadable(&mut sower);
    untidy(&mut sower, sheets);
    sower.faults
}

fn people(s: &mut Sower) {
    s.clear(
        "ORG-001",
        "leadership_group",
        |row| row.text("role") == "成员",
        "appointment_doc",
        "没有任命文号",
    );
    s.clear(
        "ORG-002",
        "leadership_group",
        |row| row.text("role") == "副组长",
        "scope",
        "没有写明分管业务范围",
    );
    s.clear(
        "ORG-004",
        "departments",
        |row| row.text("dept_id") == "BM09",
        "secrecy_officer",
        "没有兼职保密员",
    );
    s.change(
        "PER-001",
        "classified_posts",
        |row| row.text("post_id") == "GW06",
        "category",
        "一般涉密人员",
        "机密级岗位定为一般涉密人员",
    );
    late_review(s);
    late_pledge(s);
    s.clear(
        "PER-020",
        "departures",
        |row| row.text("departure_id") == "LG004",
        "carriers_cleared_on",
        "离岗后没有载体清退记录",
    );
    let uid = s.find("departures", |row| row.text("departure_id") == "LG003");
    let row = s.world.row_mut("departures", uid);
    row.set("period_months", 12);
    row.set("period_end_on", day(2026, 11, 3));
    s.note(
        "PER-022",
        "departures",
        uid,
        &["period_months"],
        "重要涉密人员脱密期只定十二个月",
    );
    still_reading(s);
    let uid = s.find("exits_abroad", |row| row.text("exit_id") == "CJ2604");
    s.world
        .row_mut("exits_abroad", uid)
        .set("approved_on", day(2026, 7, 23));
    s.note(
        "EXT-001",
        "exits_abroad",
        uid,
        &["approved_on", "departed_on"],
        "出境以后才批准",
    );
}

/// The review of a cleared person is moved behind the day of taking the post.
fn late_review(s: &mut Sower) {
    let who = Who(31);
    let review = s.find("person_reviews", |row| {
        row.who("person") == Some(who) && row.text("review_type") == "上岗审查"
    });
    let since = super::people::on_post_since(who);
    let row = s.world.row_mut("person_reviews", review);
    row.set("reviewed_on", plus(since, 20));
    row.set("approved_on", plus(since, 26));
    let person = s.find("personnel", |row| row.text("person_id") == "CH032");
    s.note(
        "PER-005",
        "personnel",
        person,
        &["on_post_since"],
        "上岗以后才审查",
    );
}

fn late_pledge(s: &mut Sower) {
    let who = Who(34);
    let pledge = s.find("commitments", |row| {
        row.who("person") == Some(who) && row.text("commitment_type") == "上岗保密承诺书"
    });
    s.world
        .row_mut("commitments", pledge)
        .set("signed_on", plus(super::people::on_post_since(who), 40));
    let person = s.find("personnel", |row| row.text("person_id") == "CH035");
    s.note(
        "PER-010",
        "personnel",
        person,
        &["on_post_since"],
        "上岗四十天后才签承诺书",
    );
}

/// Someone who left is shown a paper during the cooling-off period.
fn still_reading(s: &mut Sower) {
    let slip = s.find("circulation", |row| {
        row.day("delivered_at") > day(2026, 7, 6)
    });
    s.world.row_mut("circulation", slip).set("reader", Who(70));
    let gone = s.find_any("departures", |row| row.who("person") == Some(Who(70)));
    s.note(
        "PER-025",
        "departures",
        gone,
        &["period_end_on"],
        "脱密期内仍阅看密件",
    );
    s.note(
        "DOC-013",
        "circulation",
        slip,
        &["reader"],
        "知悉范围以外的人阅看密件",
    );
}

fn stored(level: &'static str) -> impl Fn(&Row) -> bool {
    move |row| {
        row.text("status") == "在库"
            && row.text("level") == level
            && row.day("received_on") > day(2026, 1, 20)
            && row.text("source_type") == "上级来文"
            && *row.get("must_return") == Value::Bool(false)
    }
}

fn papers(s: &mut Sower) {
    s.clear(
        "DOC-002",
        "documents_received",
        stored("机密"),
        "serial_no",
        "机密件没有份号",
    );
    twice(s);
    for _ in 0..2 {
        let uid = s.find("documents_received", stored("秘密"));
        let row = s.world.row_mut("documents_received", uid);
        let on = row.day("received_on");
        row.set("registered_on", plus(on, 3));
        s.note(
            "DOC-004",
            "documents_received",
            uid,
            &["registered_on", "received_on"],
            "收文三天后才登记",
        );
    }
    let uid = s.change(
        "DOC-009",
        "documents_received",
        stored("秘密"),
        "status",
        "已清退",
        "登记为已清退，清退簿没有记录",
    );
    s.world
        .row_mut("documents_received", uid)
        .set("container_id", Value::Empty);
    s.clear(
        "DOC-009",
        "documents_received",
        stored("机密"),
        "container_id",
        "在库密件没有存放柜号",
    );
    s.change(
        "DOC-028",
        "documents_received",
        stored("秘密"),
        "container_id",
        "GX-16",
        "存放的柜子没有上锁",
    );
    let box_16 = s.find("containers", |row| row.text("container_id") == "GX-16");
    s.world.row_mut("containers", box_16).set("locked", false);
    s.change(
        "DOC-030",
        "documents_received",
        stored("机密"),
        "container_id",
        "GX-09",
        "机密件放进内部文件柜",
    );
    s.change(
        "DOC-045",
        "documents_received",
        stored("机密"),
        "status",
        "下落不明",
        "密件下落不明",
    );
    let uid = s.find("documents_received", |row| {
        *row.get("must_return") == Value::Bool(true) && row.text("status") == "在库"
    });
    s.world
        .row_mut("documents_received", uid)
        .set("return_due_on", day(2026, 8, 31));
    s.note(
        "DOC-046",
        "documents_received",
        uid,
        &["return_due_on"],
        "过了清退期限还没有清退",
    );
}

/// Two papers bear the same document number and copy number.
fn twice(s: &mut Sower) {
    let one = s.find("documents_received", stored("机密"));
    let other = s.find("documents_received", stored("机密"));
    let twin = s.world.row_mut("documents_received", one).clone();
    let row = s.world.row_mut("documents_received", other);
    row.set("doc_no", twin.get("doc_no").clone());
    row.set("serial_no", twin.get("serial_no").clone());
    s.note(
        "DOC-002",
        "documents_received",
        other,
        &["doc_no", "serial_no"],
        "同一文号份号登记了两次",
    );
}

fn movements(s: &mut Sower) {
    let top: Vec<String> = s
        .world
        .rows("documents_received")
        .iter()
        .filter(|row| row.text("level") == "绝密")
        .map(|row| row.text("reg_no").to_owned())
        .collect();
    for _ in 0..2 {
        let uid = s.find("circulation", |row| {
            row.day("delivered_at") > day(2026, 1, 10)
                && !top.iter().any(|number| number == row.text("reg_no"))
        });
        overnight(s, "DOC-016", uid, "送阅的密件在个人手中过夜");
    }
    let uid = s.find("circulation", |row| {
        top.iter().any(|number| number == row.text("reg_no"))
    });
    overnight(s, "DOC-017", uid, "绝密件没有当日收回");
    let uid = s.find("borrowing", |row| row.empty("returned_on"));
    s.world
        .row_mut("borrowing", uid)
        .set("due_on", day(2026, 9, 14));
    s.note(
        "DOC-024",
        "borrowing",
        uid,
        &["due_on"],
        "到期未还，也没有催还",
    );
    let uid = s.find("borrowing", |row| {
        !row.empty("returned_on")
            && row.day("borrowed_on") > day(2026, 2, 1)
            && row.day("borrowed_on") < day(2026, 6, 1)
    });
    let row = s.world.row_mut("borrowing", uid);
    let on = row.day("borrowed_on");
    row.set("returned_on", plus(on, 47));
    s.note(
        "DOC-024",
        "borrowing",
        uid,
        &["returned_on"],
        "借了四十七天才还",
    );
    let uid = s.find("carry_out", |row| {
        row.text("level") == "秘密" && row.text("item_type") == "涉密文件资料"
    });
    let row = s.world.row_mut("carry_out", uid);
    let out = row.day("out_on");
    row.set("approved_on", plus(out, 1));
    s.note(
        "DOC-034",
        "carry_out",
        uid,
        &["approved_on", "out_on"],
        "带出以后才批准",
    );
    s.change(
        "DOC-035",
        "carry_out",
        |row| row.text("level") == "绝密",
        "carriers",
        vec![officer(1)],
        "绝密件只有一人携带",
    );
    s.drop("stocktakes", |row| {
        row.text("stocktake_type") == "季度清查"
            && (day(2026, 4, 1)..=day(2026, 6, 30)).contains(&row.day("stocktake_on"))
    });
    s.absent("DOC-043", "unit_profile", "第二季度没有清查");
    let uid = s.find("stocktakes", |row| {
        row.day("stocktake_on") > day(2026, 1, 1) && row.empty("department")
    });
    let row = s.world.row_mut("stocktakes", uid);
    row.set(
        "physical_count",
        if let Value::Number(n) = row.get("book_count") {
            n - 1
        } else {
            0
        },
    );
    row.set("missing_count", 1);
    s.note(
        "DOC-045",
        "stocktakes",
        uid,
        &["book_count", "physical_count"],
        "实有件数比账面少一件",
    );
    let uid = s.find("destruction", |row| {
        row.day("destroyed_on") > day(2026, 1, 1) && row.text("level") != "内部"
    });
    let row = s.world.row_mut("destruction", uid);
    let on = row.day("destroyed_on");
    row.set("approved_on", plus(on, 6));
    s.note(
        "DST-001",
        "destruction",
        uid,
        &["approved_on", "destroyed_on"],
        "销毁以后才批准",
    );
    s.change(
        "DST-002",
        "destruction",
        |row| row.day("destroyed_on") > day(2026, 1, 1),
        "supervisors",
        vec![officer(1)],
        "只有一人监销",
    );
}

fn overnight(s: &mut Sower, control: &'static str, uid: usize, phrase: &'static str) {
    let row = s.world.row_mut("circulation", uid);
    let on = row.day("delivered_at");
    row.set("returned_at", at(plus(on, 1), 9, 10));
    s.note(
        control,
        "circulation",
        uid,
        &["delivered_at", "returned_at"],
        phrase,
    );
}

fn activities(s: &mut Sower) {
    let uid = s.find("meetings", |row| {
        row.day("held_on") > day(2026, 1, 1)
            && matches!(row.get("docs_taken_approved"), Value::Number(n) if *n > 0)
    });
    s.world
        .row_mut("meetings", uid)
        .set("docs_taken_approved", 0);
    s.note(
        "MTG-006",
        "meetings",
        uid,
        &["docs_issued", "docs_collected"],
        "会议密件没有全部收回",
    );
    incidents(s);
    let uid = s.find("inspections", |row| row.text("festival") == "国庆");
    s.world
        .row_mut("inspections", uid)
        .set("inspected_on", day(2026, 8, 27));
    s.absent("INS-001", "unit_profile", "国庆前十五天内没有检查");
    let uid = s.find("trainings", |row| {
        row.text("festival") == "国庆" && row.day("held_on") > day(2026, 1, 1)
    });
    s.world
        .row_mut("trainings", uid)
        .set("held_on", day(2026, 8, 21));
    s.absent("TRN-011", "unit_profile", "国庆前十五天内没有保密教育");
    s.change(
        "INS-006",
        "rectifications",
        |row| row.text("status") == "整改中",
        "due_on",
        day(2026, 9, 15),
        "整改逾期未完成",
    );
    s.change(
        "INS-006",
        "inspections",
        |row| {
            *row.get("findings_count") == Value::Number(0)
                && row.text("inspection_type") == "部门定期检查"
        },
        "findings_count",
        2,
        "发现的问题没有列入整改台账",
    );
    s.change(
        "ORG-007",
        "attestations",
        |row| row.text("requirement_id") == "ORG-007",
        "answer",
        "否",
        "现场答复为否",
    );
    let uid = s.find_any("attestations", |row| {
        row.text("requirement_id") == "ORG-007"
    });
    s.world
        .row_mut("attestations", uid)
        .set("evidence", "没有技术防护岗位");
    s.change(
        "KEY-006",
        "key_sites",
        |row| row.text("site_id") == "BW01",
        "iron_window",
        false,
        "保密室没有铁窗",
    );
    s.change(
        "KEY-007",
        "key_sites",
        |row| row.text("site_id") == "BW03",
        "extinguisher",
        false,
        "文印室没有灭火器",
    );
    s.change(
        "KEY-012",
        "key_sites",
        |row| row.text("site_id") == "BW07",
        "facilities_checked_on",
        day(2025, 12, 16),
        "防护设施九个月没有检修",
    );
    s.change(
        "KEY-012",
        "key_sites",
        |row| row.text("site_id") == "BW06",
        "facilities_ok",
        false,
        "防护设施不能正常使用",
    );
    s.drop("duty_roster", |row| matches!(row.get("start_at"), Value::At(start) if *start == at(day(2026, 10, 3), 18, 0)));
    s.absent("KEY-011", "unit_profile", "十月三日夜间无人值班");
    s.change(
        "KEY-011",
        "duty_roster",
        |row| row.day("start_at") == day(2026, 2, 17),
        "handed_over",
        false,
        "值班没有交接",
    );
}

fn incidents(s: &mut Sower) {
    let uid = s.find("incidents", |row| row.text("incident_id") == "SJ26-03");
    s.world
        .row_mut("incidents", uid)
        .set("reported_bureau_at", at(day(2026, 8, 6), 15, 30));
    s.note(
        "INC-001",
        "incidents",
        uid,
        &["discovered_at", "reported_bureau_at"],
        "两天以后才报保密部门",
    );
    let uid = s.find("incidents", |row| row.text("incident_id") == "SJ26-02");
    s.world
        .row_mut("incidents", uid)
        .set("remedied_at", at(day(2026, 5, 13), 9, 0));
    s.note(
        "INC-003",
        "incidents",
        uid,
        &["discovered_at", "remedied_at"],
        "两天以后才采取补救措施",
    );
    s.change(
        "PEN-001",
        "punishments",
        |row| row.text("case_id") == "CL26-02",
        "measures",
        "批评教育",
        "泄露秘密级事项只作批评教育",
    );
    let base = [
        (
            "PEN-002",
            "CL26-03",
            "机密",
            false,
            "警告",
            "泄露机密级事项只给警告",
        ),
        (
            "PEN-003",
            "CL26-04",
            "绝密",
            false,
            "记过",
            "泄露绝密级事项只给记过",
        ),
        (
            "PEN-014",
            "CL26-05",
            "机密",
            true,
            "开除",
            "构成犯罪没有移送司法机关",
        ),
    ];
    for (i, (control, number, level, crime, measure, phrase)) in base.into_iter().enumerate() {
        let on = day(2026, 3, 9 + i as u32);
        let uid = add!(s.world, "punishments"; case_id: number, person: Who(45 + i), incident_id: "SJ26-03", violation_type: "泄露秘密", violation_on: on,
            leaked_level: level, gravity: "严重", is_crime: crime, harm_caused: false, for_gain: false, repeated_or_bulk: false, coerced: false, prior_count: 0,
            measures: measure, decided_by: "中心党组", decided_on: plus(on, 25), recorded_in_file: true);
        s.note(control, "punishments", uid, &["measures"], phrase);
    }
}

/// Cells that nobody can read as what the column says.
fn unreadable(s: &mut Sower) {
    s.garble(
        "documents_received",
        stored("内部"),
        "distributed_on",
        "2026-02-30",
        "没有这一天",
    );
    s.garble(
        "dispatches",
        |row| row.text("level") == "内部",
        "copies",
        "若干",
        "份数不是数字",
    );
    s.garble(
        "media",
        |row| row.text("media_no") == "BG-U09",
        "media_type",
        "磁铁",
        "不认识的介质类型",
    );
    s.garble(
        "inspections",
        |row| row.text("inspection_type") == "领导抽查",
        "findings_count",
        "两三处",
        "问题数不是数字",
    );
    s.garble(
        "computer_usage",
        |row| row.day("start_at") > day(2026, 6, 1),
        "end_at",
        "2026.6.31 25:10",
        "没有这个时刻",
    );
    s.garble(
        "visitors",
        |row| row.text("visit_id") == "LF26077",
        "visited_on",
        "五月初",
        "日期写不清楚",
    );
}

/// What makes sheets hard to understand.
fn untidy(s: &mut Sower, sheets: &mut Vec<Sheet>) {
    let name = s.world.people[52].name.clone();
    s.world.people.push(super::world::Person {
        id: "CH076".into(),
        name: name.clone(),
    });
    add!(s.world, "personnel"; person_id: "CH076", name: name, department: 9_usize, position: "科员", is_leader: false, employment_type: "借调",
        category: "非涉密人员", status: "在岗", joined_on: day(2026, 8, 3), is_secrecy_officer: false, is_full_time: false, is_crypto_staff: false, political_status: "群众");
    let unit = s.find("unit_profile", |_| true);
    s.note(
        "ORG-022",
        "unit_profile",
        unit,
        &["staff_total"],
        "名册多出同名的借调人员，在册总人数没有更新",
    );
    s.change(
        "ORG-022",
        "borrowing",
        |row| row.day("borrowed_on") > day(2026, 3, 1) && !row.empty("returned_on"),
        "reg_no",
        "收字〔2026〕999号",
        "借的文件收文簿里没有",
    );
    s.clear(
        "ORG-022",
        "dispatches",
        |row| row.text("level") == "内部",
        "recipient",
        "没有写收件单位",
    );
    sheets.retain(|sheet| sheet.ledger != "handovers");
    for column in sheets.iter_mut().flat_map(|sheet| &mut sheet.columns) {
        if column.heading == "病毒检测" {
            column.heading = "病毒检查".into();
        }
    }
    sheets.push(prose(
        "台账/11会议事件奖惩.xlsx",
        "食堂菜单",
        &[
            "食堂菜单",
            "周一：清炒时蔬、番茄鸡蛋",
            "周二：萝卜炖排骨、凉拌木耳",
        ],
    ));
}
