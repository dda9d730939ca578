//! What goes wrong while papers are lent, carried, counted and destroyed.

use super::super::people::officer;
use super::super::sower::Sower;
use super::super::world::{Value, at, day, plus};

pub(super) fn sow(s: &mut Sower) {
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
    s.absent(
        "DOC-043",
        "unit_profile",
        "2026年第2季度",
        "第二季度没有清查",
    );
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
