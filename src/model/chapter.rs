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
