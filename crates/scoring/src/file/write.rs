//! Standard → YAML for people: Chinese keys, one way to lose points a line group, what to confirm first.

use crate::standard::{Item, Present, Standard, Way};
use std::fmt::Write;

/// The text of the file.
pub fn write(standard: &Standard) -> String {
    let mut out = String::new();
    head(&mut out, standard);
    for item in &standard.items {
        self::item(&mut out, standard, item);
    }
    out
}

fn head(out: &mut String, standard: &Standard) {
    let proposed = standard.ways().filter(|way| !way.is_settled()).count();
    let asked = standard
        .ways()
        .filter(|way| !way.question.is_empty())
        .count();
    let unread: usize = standard.items.iter().map(|item| item.unread.len()).sum();
    line(
        out,
        "# 由上级的评分表读出，请对照原表逐项核对：分值、性质（评分、重扣、否决、基本）、扣分的写法。",
    );
    line(
        out,
        &format!(
            "# 检查项由程序按文字和条款提出，核对后把“已确认”改为 是（待确认 {proposed} 处）；不对的改掉，都不对的写 []，改由现场回答。"
        ),
    );
    line(
        out,
        &format!(
            "# 没有检查项可判断的，现场检查答复表中各有一个问题（{asked} 个）。没有读懂的原文保留在“存疑”中（{unread} 处）。"
        ),
    );
    line(
        out,
        "# 实有：自动（按台账和设置判断）、是、否。区间扣分由人裁量，写在“定为”中。",
    );
    field(out, "", "评分表", &standard.title);
    if !standard.source.is_empty() {
        field(out, "", "来源", &standard.source);
        line(out, &format!("来源校验: {}", quoted(&standard.sha256)));
    }
    if let Some(total) = standard.total {
        line(out, &format!("总分: {total}"));
    }
    let absent = if standard.absent_counts_full {
        "计满分"
    } else {
        "不计入"
    };
    line(out, &format!("没有的项目: {absent}"));
    line(out, &format!("评定所需: {}", standard.decided_at_least));
    list(out, "等次", standard.grades.is_empty());
    for grade in &standard.grades {
        line(
            out,
            &format!(
                "  - {{名称: {}, 得分率: {}}}",
                quoted(&grade.label),
                grade.from
            ),
        );
    }
    list(out, "分组", standard.groups.is_empty());
    for group in &standard.groups {
        let subtotal = group
            .subtotal
            .map(|points| format!(", 小计: {points}"))
            .unwrap_or_default();
        line(
            out,
            &format!("  - {{名称: {}{subtotal}}}", quoted(&group.title)),
        );
    }
    list(out, "项目", standard.items.is_empty());
}

fn item(out: &mut String, standard: &Standard, item: &Item) {
    line(out, &format!("  - 序号: {}", quoted(&item.number)));
    if let Some(group) = item.group.and_then(|at| standard.groups.get(at)) {
        field(out, "    ", "组", &group.title);
    }
    field(out, "    ", "内容", &item.text);
    if let Some(points) = item.points {
        line(out, &format!("    分值: {points}"));
    }
    line(out, &format!("    性质: {}", item.nature.word()));
    let present = match item.present {
        Present::Auto => "自动",
        Present::Yes => "是",
        Present::No => "否",
    };
    line(out, &format!("    实有: {present}"));
    if let Some(decided) = item.decided {
        line(out, &format!("    定为: {decided}"));
    }
    if !item.reason.is_empty() {
        field(out, "    ", "理由", &item.reason);
    }
    if !item.place.is_empty() {
        field(out, "    ", "位置", &item.place);
    }
    if !item.unread.is_empty() {
        line(out, "    存疑:");
        for text in &item.unread {
            line(out, &format!("      - {}", quoted(text)));
        }
    }
    if !item.ways.is_empty() {
        line(out, "    扣分:");
        for way in &item.ways {
            self::way(out, way);
        }
    }
}

fn way(out: &mut String, way: &Way) {
    line(out, &format!("      - 说法: {}", quoted(&way.text)));
    if way.cost.whole || way.cost.most.is_positive() {
        line(out, &format!("        扣: {}", way.cost.words()));
    }
    if !way.cost.per.is_empty() {
        field(out, "        ", "每", &way.cost.per);
    }
    if let Some(cap) = way.cost.cap {
        line(out, &format!("        至多: {cap}"));
    }
    if way.question.is_empty() {
        line(
            out,
            &format!("        检查项: [{}]", way.controls.join(", ")),
        );
        if !way.controls.is_empty() {
            line(out, &format!("        把握: {}", way.confidence));
            line(
                out,
                &format!(
                    "        已确认: {}",
                    if way.confirmed { "是" } else { "否" }
                ),
            );
        }
    } else {
        line(out, &format!("        现场问题: {}", way.question));
    }
    if let Some(decided) = way.decided {
        line(out, &format!("        定为: {decided}"));
    }
}

fn list(out: &mut String, name: &str, empty: bool) {
    line(out, &format!("{name}:{}", if empty { " []" } else { "" }));
}

fn field(out: &mut String, indent: &str, name: &str, text: &str) {
    line(out, &format!("{indent}{name}: {}", quoted(text)));
}

fn line(out: &mut String, text: &str) {
    let written = writeln!(out, "{text}");
    debug_assert!(written.is_ok(), "a String takes all");
}

/// A text in quotation marks: JSON's are YAML's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
