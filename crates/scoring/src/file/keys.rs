//! Keys of the file in both spellings.

use zicha_yaml::Key;

pub(super) const FORM: Key = ("form", "评分表");

pub(super) const TOP: &[Key] = &[
    FORM,
    ("source", "来源"),
    ("sha256", "来源校验"),
    ("total", "总分"),
    ("not_applicable", "没有的项目"),
    ("decided_at_least", "评定所需"),
    ("grades", "等次"),
    ("groups", "分组"),
    ("items", "项目"),
];

pub(super) const GRADE: &[Key] = &[("label", "名称"), ("from", "得分率")];

pub(super) const GROUP: &[Key] = &[("title", "名称"), ("subtotal", "小计")];

pub(super) const ITEM: &[Key] = &[
    ("number", "序号"),
    ("group", "组"),
    ("text", "内容"),
    ("points", "分值"),
    ("nature", "性质"),
    ("present", "实有"),
    ("ways", "扣分"),
    ("unread", "存疑"),
    ("place", "位置"),
    ("decided", "定为"),
    ("reason", "理由"),
];

pub(super) const WAY: &[Key] = &[
    ("text", "说法"),
    ("cost", "扣"),
    ("per", "每"),
    ("cap", "至多"),
    ("controls", "检查项"),
    ("confidence", "把握"),
    ("confirmed", "已确认"),
    ("question", "现场问题"),
    ("decided", "定为"),
];

/// The words for an item that the unit has no matter for.
pub(super) const ABSENT: [Key; 2] = [("excluded", "不计入"), ("full", "计满分")];
/// The words of `实有`.
pub(super) const PRESENT: [Key; 3] = [("auto", "自动"), ("yes", "是"), ("no", "否")];
