//! Dealings with outsiders: guests and journalists from abroad, papers given to others.

use super::world::{Value, Who, World, add, day, plus};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    contacts(world);
    provisions(world);
}

/// One contact: month, day, kind, with whom, our people.
type Contact = (u32, u32, &'static str, &'static str, &'static [usize]);

const CONTACTS: [Contact; 9] = [
    (2, 25, "境外人员接待", "东瀛国土测量学会", &[1, 9, 11]),
    (3, 18, "境外记者电话采访", "海外某报", &[5]),
    (4, 14, "涉外会谈合作", "南洋地理信息公司", &[3, 11, 13]),
    (5, 20, "境外人员接待", "北欧地图学院", &[2, 15]),
    (6, 9, "与境外人员私人交往", "旅居海外的表亲", &[8]),
    (6, 23, "境外记者采访", "海外某电视台", &[1, 5]),
    (7, 8, "出访考察", "南洋地理信息公司", &[3, 11]),
    (8, 5, "与境外人员私人交往", "在外留学的同学", &[31]),
    (9, 2, "涉外会谈合作", "东瀛国土测量学会", &[3, 15]),
];

fn contacts(world: &mut World) {
    for (i, (month, date, kind, with, ours)) in CONTACTS.into_iter().enumerate() {
        let (on, ours) = (
            day(2026, month, date),
            ours.iter().map(|&n| Who(n)).collect::<Vec<_>>(),
        );
        let refused = kind == "境外记者电话采访";
        let private = kind == "与境外人员私人交往";
        let official = !refused && !private;
        let received = kind == "境外人员接待";
        add!(world, "foreign_contacts"; contact_id: format!("SW26{:02}", i + 1), contact_type: kind, participants: ours, counterpart: with, held_on: on,
            approved_by: official.then_some(Who(1)), approved_on: official.then(|| plus(on, -12)), briefed_on: official.then(|| plus(on, -2)),
            talking_points: received.then_some(true), route_plan: received.then_some(true), accepted: (!private).then_some(!refused),
            reported_on: private.then(|| plus(on, -3)));
    }
}

fn provisions(world: &mut World) {
    let made = [
        ("年度测绘成果概况", "公开", "乌有日报", "新闻单位"),
        ("应急测绘保障纪实", "公开", "子虚电视台", "新闻单位"),
        (
            "区域控制点成果表",
            "秘密",
            "乌有市规划研究院",
            "境内其他单位",
        ),
        ("专题图编制底稿", "内部", "云梦数据服务公司", "合作单位"),
        (
            "合作项目公开版图集",
            "内部",
            "南洋地理信息公司",
            "境外机构人员",
        ),
        ("重点区域影像", "秘密", "子虚区应急管理中心", "境内其他单位"),
        ("地名考证资料", "内部", "退休专家个人", "个人"),
    ];
    for (i, (title, level, to, kind)) in made.into_iter().enumerate() {
        let on = day(2026, 1 + i as u32, 16);
        let abroad = kind == "境外机构人员";
        let role = if abroad {
            "上级主管部门"
        } else {
            "分管（主管）领导"
        };
        add!(world, "external_provisions"; provision_id: format!("TG26{:02}", i + 1), title: title, level: level, recipient: to, recipient_type: kind,
            reviewed_on: plus(on, -9), approved_by: Who(1), approver_role: role, approved_on: plus(on, -5), provided_on: on,
            desensitised: abroad, obligation_on: (level != "公开").then(|| plus(on, -4)));
    }
}
