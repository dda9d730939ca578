//! What goes wrong with computers and media, and with what the festival checklist asks besides.

use super::super::sower::Sower;
use super::super::world::{Row, Value, Who, add, day, plus};

/// Sows the faults.
pub(super) fn sow(s: &mut Sower) {
    computers(s);
    media(s);
    festival(s);
}

fn computers(s: &mut Sower) {
    s.change(
        "NET-001",
        "computers",
        secret,
        "network",
        "互联网",
        "涉密计算机接入互联网",
    );
    s.change(
        "NET-003",
        "computers",
        on_internet,
        "max_processed_level",
        "秘密",
        "联网计算机处理秘密级信息",
    );
    s.change(
        "NET-007",
        "computers",
        |row| secret(row) && row.text("level") == "机密",
        "label_level",
        "秘密",
        "标识密级低于核定密级",
    );
    s.change(
        "NET-011",
        "computers",
        secret,
        "password_changed_on",
        day(2026, 7, 2),
        "涉密机口令近三个月没有更换",
    );
    s.change(
        "NET-011",
        "computers",
        |row| row.text("asset_no") == "BG-J014",
        "password_changed_on",
        day(2026, 3, 5),
        "办公机口令半年没有更换",
    );
    s.change(
        "NET-012",
        "computers",
        secret,
        "password_length",
        6,
        "口令只有六位",
    );
    s.change(
        "NET-002",
        "computers",
        secret,
        "network",
        "涉密网络",
        "涉密机没有单机使用",
    );
    s.clear(
        "NET-006",
        "computers",
        secret,
        "filing_no",
        "涉密机没有备案号",
    );
    s.change(
        "NET-028",
        "computer_usage",
        |row| row.day("start_at") > day(2026, 5, 1),
        "location",
        "318室",
        "不在登记地点使用",
    );
    s.change(
        "NET-001",
        "systems",
        |row| row.text("system_id") == "XT01",
        "isolated",
        false,
        "涉密系统没有物理隔离",
    );
    let uid = s.find("maintenance", |row| row.text("action") == "现场维修");
    s.world
        .row_mut("maintenance", uid)
        .set("escorted_by", Value::Empty);
    s.note(
        "NET-023",
        "maintenance",
        uid,
        &["escorted_by"],
        "涉密机现场维修无人监督",
    );
}

fn media(s: &mut Sower) {
    let in_use = |row: &Row| row.text("media_no").starts_with("SM") && row.text("status") == "在用";
    s.change(
        "MED-001",
        "media",
        in_use,
        "receipt_signed",
        false,
        "领用没有签字",
    );
    s.clear(
        "MED-001",
        "media",
        in_use,
        "label_level",
        "介质没有密级标识",
    );
    let uid = s.find("media_usage", |row| {
        row.text("media_no").starts_with("SM") && row.day("used_on") > day(2026, 3, 1)
    });
    s.world
        .row_mut("media_usage", uid)
        .set("asset_no", "BG-J011");
    s.note(
        "MED-002",
        "media_usage",
        uid,
        &["usage_id"],
        "涉密盘接入办公机",
    );
    s.change(
        "MED-007",
        "media",
        |row| row.text("media_no").starts_with("BG"),
        "source",
        "个人所有",
        "个人介质用于办公",
    );
    let uid = add!(s.world, "media_usage"; usage_id: "JZ269001", media_no: "外来光盘（航测公司）", external: true, asset_no: "BG-J011", user: Who(30),
        used_on: day(2026, 6, 3), returned_on: day(2026, 6, 3), virus_checked: true);
    s.note(
        "MED-007",
        "media_usage",
        uid,
        &["approved_by"],
        "外来介质没有批准",
    );
}

fn festival(s: &mut Sower) {
    s.clear(
        "VIS-002",
        "visitors",
        |row| row.text("area") == "办公区",
        "escort",
        "外来人员无人陪同",
    );
    s.change(
        "ARC-006",
        "archives_access",
        |_| true,
        "place",
        "办公室",
        "档案不在档案室查阅",
    );
    s.change(
        "CPY-012",
        "printing",
        |row| row.text("level") == "机密",
        "draft_disposal",
        "未处理",
        "底稿没有处理",
    );
    s.change(
        "DST-006",
        "destruction",
        |row| row.day("destroyed_on") > day(2026, 1, 1),
        "place",
        "废品收购",
        "密件卖给废品收购",
    );
    let uid = s.find("carry_out", |row| {
        row.text("level") == "机密" && row.day("out_on") < day(2026, 8, 1)
    });
    s.world
        .row_mut("carry_out", uid)
        .set("returned_on", Value::Empty);
    s.note(
        "DOC-038",
        "carry_out",
        uid,
        &["due_back_on"],
        "带出的密件过期未还",
    );
    s.change(
        "DOC-039",
        "carry_out",
        |row| row.text("level") == "秘密" && row.text("item_type") == "涉密文件资料",
        "destination_type",
        "家中",
        "密件带回家中",
    );
    s.change(
        "DOC-036",
        "carry_out",
        |row| row.text("level") == "机密",
        "destination_type",
        "参观游览探亲访友",
        "带密件参观游览",
    );
    s.change(
        "DOC-025",
        "borrowing",
        |row| row.day("borrowed_on") > day(2026, 1, 1) && !row.empty("returned_on"),
        "sublent_to",
        "规划技术处同事",
        "借阅的密件转借他人",
    );
    s.change(
        "DOC-027",
        "documents_received",
        |row| row.text("source_type") == "会议带回" && row.day("received_on") > day(2026, 1, 1),
        "brought_back_on",
        day(2026, 1, 2),
        "会议文件带回多日才交登记",
    );
    s.clear(
        "TRN-008",
        "exits_abroad",
        |row| row.text("exit_id") == "CJ2601",
        "briefed_on",
        "出境前没有保密教育",
    );
    s.change(
        "EXT-002",
        "exits_abroad",
        |row| row.text("exit_id") == "CJ2603",
        "consulted_security",
        false,
        "没有征求有关机关意见",
    );
    s.clear(
        "NET-030",
        "departures",
        |row| row.text("departure_id") == "LG005",
        "access_revoked_on",
        "离岗后没有取消权限",
    );
    let uid = s.find("meetings", |row| {
        row.text("level") == "机密" && row.day("held_on") > day(2026, 1, 1)
    });
    let row = s.world.row_mut("meetings", uid);
    let on = row.day("held_on");
    row.set("top_secret_docs", 2);
    row.set("docs_collected_on", plus(on, 3));
    s.note(
        "MTG-007",
        "meetings",
        uid,
        &["docs_collected_on", "held_on"],
        "绝密件没有当场收回",
    );
}

fn secret(row: &Row) -> bool {
    *row.get("is_classified") == Value::Bool(true) && row.text("status") == "在用"
}

fn on_internet(row: &Row) -> bool {
    row.text("network") == "互联网"
}
