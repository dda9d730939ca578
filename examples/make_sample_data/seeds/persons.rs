//! What goes wrong with the organisation and its people.

use super::super::sower::Sower;
use super::super::world::{Who, day, plus};

pub(super) fn sow(s: &mut Sower) {
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
        |row| row.text("post_id") == "GW02",
        "category",
        "重要涉密人员",
        "绝密级岗位定为重要涉密人员",
    );
    let person = s.find("personnel", |row| row.text("person_id") == "CH002");
    s.note(
        "PER-002",
        "personnel",
        person,
        &["category"],
        "本人类别与所任岗位的类别不一致",
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
    let since = super::super::people::on_post_since(who);
    let row = s.world.row_mut("person_reviews", review);
    row.set("reviewed_on", plus(since, 20));
    row.set("approved_on", plus(since, 26));
    let person = s.find("personnel", |row| row.text("person_id") == "CH032");
    s.note(
        "PER-005",
        "personnel",
        person,
        &["person_id"],
        "上岗以后才审查",
    );
}

fn late_pledge(s: &mut Sower) {
    let who = Who(34);
    let pledge = s.find("commitments", |row| {
        row.who("person") == Some(who) && row.text("commitment_type") == "上岗保密承诺书"
    });
    s.world.row_mut("commitments", pledge).set(
        "signed_on",
        plus(super::super::people::on_post_since(who), 40),
    );
    let person = s.find("personnel", |row| row.text("person_id") == "CH035");
    s.note(
        "PER-010",
        "personnel",
        person,
        &["person_id"],
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
