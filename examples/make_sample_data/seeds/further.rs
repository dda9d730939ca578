//! What goes wrong besides, so that every kind of check and most domains have a fault.

use super::super::sower::Sower;
use super::super::world::{Row, Value, Who, add, at, day, plus};

/// Sows the faults.
pub(super) fn sow(s: &mut Sower) {
    top_secret(s);
    copies(s);
    rules(s);
    answers(s);
    lost(s);
}

fn top_secret(s: &mut Sower) {
    let top: Vec<String> = papers(s, |row| row.text("level") == "绝密");
    let of_top = |row: &Row| top.iter().any(|number| number == row.text("reg_no"));
    s.change(
        "DOC-007",
        "circulation",
        of_top,
        "reader",
        Who(2),
        "绝密件给知悉范围以外的人阅看",
    );
    let uid = s.find("circulation", of_top);
    let row = s.world.row_mut("circulation", uid);
    let on = row.day("delivered_at");
    row.set("delivered_at", at(on, 10, 30));
    row.set("returned_at", at(on, 17, 50));
    s.note(
        "DOC-032",
        "circulation",
        uid,
        &["returned_at"],
        "下班以后才收回绝密件",
    );
    s.change(
        "DOC-001",
        "documents_received",
        super::papers::stored("秘密"),
        "custodian",
        Who(45),
        "密件由非保密员保管",
    );
    s.change(
        "NET-017",
        "carry_out",
        |row| row.text("item_type") == "便携式计算机",
        "destination_type",
        "出差",
        "涉密便携机带去出差",
    );
}

fn papers(s: &Sower, wanted: impl Fn(&Row) -> bool) -> Vec<String> {
    let rows = s.world.rows("documents_received").iter();
    rows.filter(|row| wanted(row))
        .map(|row| row.text("reg_no").to_owned())
        .collect()
}

fn copies(s: &mut Sower) {
    let uid = s.find("copying", |row| row.text("level") == "内部");
    let row = s.world.row_mut("copying", uid);
    let approved = if let Value::Number(n) = row.get("approved_copies") {
        *n
    } else {
        0
    };
    row.set("made_copies", approved + 2);
    s.note(
        "CPY-006",
        "copying",
        uid,
        &["made_copies", "approved_copies"],
        "多印了两份",
    );
    let uid = s.find("printing", |row| row.text("level") == "秘密");
    let row = s.world.row_mut("printing", uid);
    let on = row.day("printed_on");
    row.set("approved_on", plus(on, 2));
    s.note(
        "CPY-010",
        "printing",
        uid,
        &["approved_on", "printed_on"],
        "先印制后审批",
    );
    let uid = s.find("classification_decisions", |_| true);
    let row = s.world.row_mut("classification_decisions", uid);
    let on = row.day("decided_on");
    row.set("reviewed_on", plus(on, 1));
    s.note(
        "DOC-049",
        "classification_decisions",
        uid,
        &["reviewed_on", "decided_on"],
        "先审签后审核",
    );
    s.change(
        "ARC-009",
        "archives",
        |row| row.text("level") == "秘密",
        "mark_position",
        "右上角",
        "案卷密级标在右上角",
    );
    let uid = s.find("press_reviews", |row| row.text("outlet") == "报刊广播电视");
    let row = s.world.row_mut("press_reviews", uid);
    let on = row.day("published_on");
    row.set("reviewed_on", plus(on, 3));
    s.note(
        "PUB-002",
        "press_reviews",
        uid,
        &["reviewed_on", "published_on"],
        "先见报后审查",
    );
}

fn rules(s: &mut Sower) {
    let uid = s.find("departures", |row| row.text("departure_id") == "LG002");
    let row = s.world.row_mut("departures", uid);
    row.set("period_start_on", day(2025, 5, 20));
    row.set("period_end_on", day(2026, 5, 20));
    s.note(
        "PER-023",
        "departures",
        uid,
        &["period_start_on", "approved_on"],
        "脱密期没有从批准之日起算",
    );
    s.change(
        "ORG-015",
        "regimes",
        |row| row.text("regime_type") == "保密教育培训",
        "last_reviewed_on",
        day(2024, 11, 6),
        "制度近两年没有审查修订",
    );
    s.change(
        "MED-003",
        "media",
        |row| row.text("media_no").starts_with("BG"),
        "max_stored_level",
        "秘密",
        "内部盘存过秘密级信息",
    );
    s.change(
        "ARC-011",
        "key_sites",
        |row| row.text("site_id") == "BW02",
        "alarm",
        false,
        "档案库房没有报警装置",
    );
    s.change(
        "EXT-010",
        "third_parties",
        |row| *row.get("involves_secret") == Value::Bool(true),
        "agreement_on",
        day(2026, 2, 9),
        "合作开始以后才签保密协议",
    );
    s.change(
        "PER-038",
        "allowances",
        |row| row.text("month") == "2026-05" && row.text("category") == "一般涉密人员",
        "amount",
        500,
        "津贴高于标准",
    );
}

fn answers(s: &mut Sower) {
    let uid = s.find("attestations", |row| {
        row.text("requirement_id") == "NET-041" && row.text("scope_ref") == "BM05"
    });
    let row = s.world.row_mut("attestations", uid);
    row.set("answer", "否");
    row.set("evidence", "一人使用网盘同步办公文档");
    s.note(
        "NET-041",
        "attestations",
        uid,
        &["answer"],
        "部门现场答复为否",
    );
}

/// A lost medium, dealt with in good time but not reported to the police.
fn lost(s: &mut Sower) {
    let on = day(2026, 6, 9);
    let uid = add!(s.world, "incidents"; incident_id: "SJ26-04", incident_type: "载体丢失", discovered_at: at(on, 14, 0), summary: "外业途中丢失秘密级图件一幅",
        level: "秘密", content: "图件一幅", harm: "正在评估", responsible: vec![Who(36)], reported_group_at: at(on, 14, 30), reported_bureau_at: at(on, 17, 0),
        reported_superior_at: at(on, 17, 20), remedied_at: at(on, 15, 0), remedy: "沿途查找并通知相关单位", investigated_on: plus(on, 15),
        result_reported_on: plus(on, 30), notified_on: plus(on, 31), closed_on: plus(on, 40), concealed: false);
    s.note(
        "INC-002",
        "incidents",
        uid,
        &["reported_police_at"],
        "载体丢失没有报公安机关",
    );
}
