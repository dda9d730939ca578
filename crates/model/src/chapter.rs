//! The 13 matters that the bureau inspects (条例 §58), which order all reports.

/// Short names of the items, in order; item 1 is at index 0.
pub const CHAPTERS: [&str; 13] = [
    "保密工作责任制落实",
    "保密制度建设",
    "保密宣传教育培训",
    "涉密人员保密管理",
    "国家秘密确定、变更、解除",
    "国家秘密载体管理",
    "信息系统和信息设备保密管理",
    "互联网使用保密管理",
    "涉密场所及保密要害部门、部位管理",
    "采购与委托涉密业务管理",
    "涉密会议、活动管理",
    "信息公开保密审查",
    "其他保密法律法规和制度遵守",
];

/// The name of an item, 1 to 13.
pub fn name(chapter: u8) -> &'static str {
    CHAPTERS
        .get(usize::from(chapter).wrapping_sub(1))
        .copied()
        .unwrap_or("其他")
}

/// The item, 1 to 13, that a control belongs to by its id; a unit's own controls stand under 13.
pub fn of(control: &str) -> u8 {
    let (domain, number) = control.split_once('-').unwrap_or((control, ""));
    let number: u16 = number.parse().unwrap_or(0);
    match (domain, number) {
        ("ORG", 14..=18) => 2,
        ("ORG", _) => 1,
        ("TRN", _) => 3,
        ("PER", _) => 4,
        ("DOC", 48..=52) => 5,
        ("DOC" | "CPY" | "DST" | "ARC" | "CRY", _) => 6,
        ("NET", 3 | 31 | 32 | 41 | 42) => 8,
        ("NET" | "MED" | "DEV", _) => 7,
        ("KEY" | "VIS", _) => 9,
        ("EXT", 10) => 10,
        ("MTG", _) => 11,
        ("PUB", _) => 12,
        _ => 13,
    }
}
