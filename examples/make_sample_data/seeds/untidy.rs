//! What nobody can read, and what makes sheets hard to understand.

use super::super::layout::{Sheet, prose};
use super::super::sower::Sower;
use super::super::world::{Person, Value, Who, add, day};

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
