//! What goes wrong with papers in the register.

use super::super::sower::Sower;
use super::super::world::{Row, Value, day, plus};

pub(super) fn sow(s: &mut Sower) {
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
    let uid = s.find("documents_received", stored("机密"));
    s.world
        .row_mut("documents_received", uid)
        .set("container_id", "GX-09");
    s.note(
        "DOC-030",
        "documents_received",
        uid,
        &["level"],
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

pub(super) fn stored(level: &'static str) -> impl Fn(&Row) -> bool {
    move |row| {
        row.text("status") == "在库"
            && row.text("level") == level
            && row.day("received_on") > day(2026, 1, 20)
            && row.text("source_type") == "上级来文"
            && *row.get("must_return") == Value::Bool(false)
    }
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
    s.group(format!(
        "{}|{}",
        twin.text("doc_no"),
        twin.text("serial_no")
    ));
}
