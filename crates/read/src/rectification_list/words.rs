//! What people call the columns and statuses of the rectification list (整改清单).

use zicha_model::rectification::{Column, Status};

/// Other headings for a column; the label itself always counts.
pub(crate) const ALIASES: [(Column, &[&str]); 17] = [
    (
        Column::Problem,
        &[
            "问题",
            "存在问题",
            "隐患内容",
            "发现的问题",
            "问题内容",
            "problem",
        ],
    ),
    (
        Column::Basis,
        &[
            "对应条目",
            "检查项编号",
            "依据条目",
            "条款",
            "依据",
            "检查项",
            "requirement_id",
        ],
    ),
    (Column::Places, &["位置", "问题位置", "单元格位置", "证据"]),
    (
        Column::Found,
        &["发现日期", "检查日期", "提出日期", "found_on"],
    ),
    (
        Column::Severity,
        &["等级", "问题等级", "严重等级", "severity"],
    ),
    (
        Column::Department,
        &["部门", "整改部门", "责任单位", "责任处室", "department"],
    ),
    (
        Column::Responsible,
        &[
            "整改责任人",
            "整改人",
            "负责人",
            "责任人姓名",
            "responsible",
        ],
    ),
    (
        Column::Leader,
        &["责任领导", "督办领导", "主管领导", "leader"],
    ),
    (
        Column::Measure,
        &["措施", "整改要求", "整改方案", "measure"],
    ),
    (
        Column::Due,
        &[
            "整改期限",
            "完成时限",
            "计划完成日期",
            "计划完成时间",
            "期限",
            "截止日期",
            "due_on",
        ],
    ),
    (
        Column::Status,
        &["整改状态", "整改情况", "进度", "状态", "status"],
    ),
    (
        Column::Completed,
        &[
            "整改日期",
            "完成时间",
            "实际完成日期",
            "实际完成时间",
            "整改完成日期",
            "办结日期",
            "completed_on",
        ],
    ),
    (
        Column::Proof,
        &["整改佐证", "证明材料", "佐证", "附件", "proof"],
    ),
    (
        Column::Reviewer,
        &["验收人", "复查人", "销号人", "verified_by"],
    ),
    (
        Column::Closed,
        &["销号时间", "复核日期", "验收日期", "closed_on"],
    ),
    (Column::Remark, &["说明", "备注说明"]),
    (Column::Fingerprint, &["指纹", "问题指纹", "fingerprint"]),
];

/// What the statuses are also called.
pub(crate) const STATUS_WORDS: [(Status, &[&str]); 4] = [
    (Status::Open, &["未整改", "新增", "未开始", "未完成"]),
    (Status::Doing, &["进行中", "正在整改", "部分完成", "推进中"]),
    (
        Status::Done,
        &["已整改", "完成", "整改到位", "整改完成", "已办结"],
    ),
    (
        Status::SignedOff,
        &["已销号", "销号", "已复查", "已验收", "已复核"],
    ),
];
