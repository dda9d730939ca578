//! What goes wrong with meetings, inspections, sites, duty, incidents and what followed.

use super::super::people::UNIT;
use super::super::sower::Sower;
use super::super::world::{Value, Who, add, at, day, plus};

pub(super) fn sow(s: &mut Sower) {
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
    s.absent("INS-001", "unit_profile", UNIT, "国庆前十五天内没有检查");
    let uid = s.find("trainings", |row| {
        row.text("festival") == "国庆" && row.day("held_on") > day(2026, 1, 1)
    });
    s.world
        .row_mut("trainings", uid)
        .set("held_on", day(2026, 8, 21));
    s.absent(
        "TRN-011",
        "unit_profile",
        UNIT,
        "国庆前十五天内没有保密教育",
    );
    s.change(
        "INS-006",
        "rectifications",
        |row| row.text("status") == "整改中",
        "due_on",
        day(2026, 9, 22),
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
    s.absent(
        "KEY-011",
        "unit_profile",
        "2026-10-03 18:00至2026-10-04 08:00",
        "十月三日夜间无人值班",
    );
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
