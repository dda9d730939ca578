//! The columns of the rectification list, with their headings.

use serde::{Deserialize, Serialize};

/// A column of the list, in the order of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 序号: a running number, never carried on.
    Number,
    /// 问题描述.
    Problem,
    /// 检查依据: the control id and its clauses.
    Basis,
    /// 证据位置.
    Places,
    /// 发现时间.
    Found,
    /// 严重程度.
    Severity,
    /// 责任部门.
    Department,
    /// 责任人.
    Responsible,
    /// 分管领导.
    Leader,
    /// 整改措施.
    Measure,
    /// 整改时限, the planned date.
    Due,
    /// 完成情况.
    Status,
    /// 完成日期, the actual date.
    Completed,
    /// 佐证材料.
    Proof,
    /// 复核人.
    Reviewer,
    /// 销号日期.
    Closed,
    /// 备注.
    Remark,
    /// 检查提示: what the program has to say; never carried on.
    Hint,
    /// 识别号: the finding's fingerprint, or the id of an item that people added.
    Fingerprint,
    /// 校验: what the program had put into the open columns, so that an edit can be told from it.
    Check,
}

impl Column {
    /// All columns in the order of the sheet.
    pub const ALL: [Self; 20] = [
        Self::Number,
        Self::Problem,
        Self::Basis,
        Self::Places,
        Self::Found,
        Self::Severity,
        Self::Department,
        Self::Responsible,
        Self::Leader,
        Self::Measure,
        Self::Due,
        Self::Status,
        Self::Completed,
        Self::Proof,
        Self::Reviewer,
        Self::Closed,
        Self::Remark,
        Self::Hint,
        Self::Fingerprint,
        Self::Check,
    ];

    /// The columns that people fill in for a finding.
    pub const OPEN: [Self; 11] = [
        Self::Department,
        Self::Responsible,
        Self::Leader,
        Self::Measure,
        Self::Due,
        Self::Status,
        Self::Completed,
        Self::Proof,
        Self::Reviewer,
        Self::Closed,
        Self::Remark,
    ];

    /// What the program says in columns that are open to people.
    pub(super) const CHECKED: [Self; 6] = [
        Self::Department,
        Self::Responsible,
        Self::Leader,
        Self::Measure,
        Self::Due,
        Self::Status,
    ];

    /// What tells that a fault is mended and signed off; put aside when the fault is back.
    pub const MARKS: [Self; 5] = [
        Self::Status,
        Self::Completed,
        Self::Proof,
        Self::Reviewer,
        Self::Closed,
    ];

    /// Heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Problem => "问题描述",
            Self::Basis => "检查依据",
            Self::Places => "证据位置",
            Self::Found => "发现时间",
            Self::Severity => "严重程度",
            Self::Department => "责任部门",
            Self::Responsible => "责任人",
            Self::Leader => "分管领导",
            Self::Measure => "整改措施",
            Self::Due => "整改时限",
            Self::Status => "完成情况",
            Self::Completed => "完成日期",
            Self::Proof => "佐证材料",
            Self::Reviewer => "复核人",
            Self::Closed => "销号日期",
            Self::Remark => "备注",
            Self::Hint => "检查提示",
            Self::Fingerprint => "识别号",
            Self::Check => "校验",
        }
    }

    /// True for days.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::Found | Self::Due | Self::Completed | Self::Closed
        )
    }
}
