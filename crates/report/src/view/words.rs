//! The words of the documents that are not narrative: names of chapters, kinds and columns.

use zicha_model::{
    control::CheckKind,
    results::State,
    verdict::{Severity, Verdict},
};

/// Said where the data name no department.
pub(crate) const NO_DEPARTMENT: &str = "未明确责任部门";

/// Shown for a cell in which nothing stands.
pub(crate) const EMPTY: &str = "（空）";

/// Title of the group of cells that could not be read.
pub(crate) const UNREADABLE: &str = "台账单元格内容无法识读";

/// Columns of 整改清单: heading, relative width.
pub(crate) const LIST_COLUMNS: [(&str, u16); 11] = [
    ("序号", 4),
    ("问题描述", 24),
    ("检查依据", 14),
    ("证据位置", 16),
    ("严重程度", 6),
    ("责任部门和责任人", 10),
    ("整改措施", 18),
    ("整改时限", 8),
    ("完成情况和佐证材料", 10),
    ("复核和销号", 8),
    ("备注", 10),
];

/// Columns of 整改通知单: heading, relative width.
pub(crate) const NOTICE_COLUMNS: [(&str, u16); 6] = [
    ("序号", 5),
    ("问题", 15),
    ("检查依据", 16),
    ("具体情形和位置", 30),
    ("整改措施", 17),
    ("整改时限", 13),
];

/// Columns of 奖惩汇总: heading, relative width.
pub(crate) const SUMMARY_COLUMNS: [(&str, u16); 11] = [
    ("序号", 4),
    ("姓名/部门", 9),
    ("涉密等级", 8),
    ("类别", 4),
    ("事由", 22),
    ("依据条款", 11),
    ("建议档次", 12),
    ("从重/从轻情节", 14),
    ("决定机关", 8),
    ("决定日期", 7),
    ("备注", 10),
];

/// A number from 1 to 99 in Chinese.
pub(crate) fn chinese_number(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let ten = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens % 10]),
    };
    format!("{ten}{}", DIGITS[n % 10])
}

/// Stable id of a severity.
pub(crate) fn severity_id(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Serious => "serious",
        Severity::General => "general",
        Severity::Hint => "hint",
    }
}

/// Stable id of a verdict.
pub(crate) fn verdict_id(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
        Verdict::NotChecked => "notchecked",
        Verdict::Waived => "waived",
        Verdict::Pass => "pass",
        Verdict::NotApplicable => "notapplicable",
        Verdict::NotSelected => "notselected",
    }
}

/// Stable id of a state.
pub(crate) fn state_id(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Open => "open",
        State::Reopened => "reopened",
        State::Fixed => "fixed",
    }
}

/// How problems of a kind show themselves. It names the form only: why it came so, people find out.
pub(crate) fn cause(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Required => "应有的机构、制度、记录或者材料缺失",
        CheckKind::Row => "办理、登记的内容不符合规定",
        CheckKind::Unique => "编号、登记重复",
        CheckKind::Coverage => "应当覆盖的人员、部门或者事项没有全部覆盖",
        CheckKind::Sequence => "办理次序或者时限不符合规定",
        CheckKind::Threshold => "次数、数量没有达到规定",
        CheckKind::Reconcile => "账账、账物之间不相符",
        CheckKind::Overlap => "时间安排重叠或者出现空档",
        CheckKind::Attest => "现场检查答复为“否”",
        CheckKind::Calc => "推算的期限、档次与登记不一致",
    }
}

/// What cannot be read is a fault of the ledger, not of what it records.
pub(crate) const CAUSE_UNREADABLE: &str = "台账填写不规范，内容无法识读";

/// 年月日 of a due day; the day found itself means at once.
pub(crate) fn due(found: zicha_model::time::Day, due: zicha_model::time::Day) -> String {
    if due <= found {
        "立行立改".to_owned()
    } else {
        format!("{}前", due.chinese())
    }
}

/// Points as people write them: no needless decimals.
pub(crate) fn points(value: zicha_model::points::Points) -> String {
    value.to_string()
}
