//! What nobody can read, and what makes sheets hard to understand.

use super::super::layout::{Sheet, prose};
use super::super::sower::Sower;
use super::super::world::{Person, Value, Who, add, day};

/// Cells that nobody can read as what the column says.
pub(super) fn unreadable(s: &mut Sower) {
    s.garble(
        "documents_received",
        super::papers::stored("内部"),
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

/// Somebody else of the same name comes to the unit.
const NAMESAKE: Who = Who(52);

/// Every cell that names one of two people of the same name can no longer be read.
fn same_name(s: &mut Sower, sheets: &[Sheet]) {
    let named = |value: &Value| match value {
        Value::Person(who) => *who == NAMESAKE,
        Value::Persons(people) => people.contains(&NAMESAKE),
        _ => false,
    };
    let mut cells = Vec::new();
    for sheet in sheets {
        for row in s
            .world
            .rows(sheet.ledger)
            .iter()
            .filter(|row| (sheet.filter)(row))
        {
            let fields = sheet.columns.iter().filter(|column| !column.has("id"));
            let fields = fields
                .filter_map(|column| column.field)
                .filter(|field| named(row.get(field)));
            cells.extend(fields.map(|field| (sheet.ledger, row.uid, field)));
        }
    }
    for (ledger, uid, field) in cells {
        s.note("", ledger, uid, &[field], "两人同名，没有写人员编号");
    }
}

/// What makes sheets hard to understand.
pub(super) fn sow(s: &mut Sower, sheets: &mut Vec<Sheet>) {
    let name = s.world.people[NAMESAKE.0].name.clone();
    s.world.people.push(Person {
        id: "CH076".into(),
        name: name.clone(),
    });
    add!(s.world, "personnel"; person_id: "CH076", name: name, department: 9_usize, position: "科员", is_leader: false, employment_type: "借调",
        category: "非涉密人员", status: "在岗", joined_on: day(2026, 8, 3), is_secrecy_officer: false, is_full_time: false, is_crypto_staff: false, political_status: "群众");
    let newcomer = s.find("personnel", |row| row.text("person_id") == "CH076");
    s.note(
        "TRN-003",
        "personnel",
        newcomer,
        &["person_id"],
        "借调来的人没有接受入职教育",
    );
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
    change_sheets(sheets);
    same_name(s, sheets);
}

fn change_sheets(sheets: &mut Vec<Sheet>) {
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
