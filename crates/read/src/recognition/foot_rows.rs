//! Rows that say something about the table rather than being one of its records: signatures,
//! examples, sums, 以下空白, 无.
//!
//! What enters: a row. What leaves: what it is. A row with any content of its own is none of these.

use crate::formats::grid::Row;
use crate::values::normalise;

/// Words for those who sign below a table, for when and where they did.
const SIGNERS: [&str; 58] = [
    "制表",
    "制表人",
    "制表单位",
    "制表日期",
    "制表时间",
    "填表",
    "填表人",
    "填表单位",
    "填表日期",
    "填表时间",
    "填报人",
    "填报单位",
    "填报日期",
    "填报时间",
    "填写人",
    "填写日期",
    "审核",
    "审核人",
    "审核日期",
    "复核",
    "复核人",
    "审批",
    "审批人",
    "批准人",
    "审定人",
    "签发人",
    "签批人",
    "负责人",
    "单位负责人",
    "部门负责人",
    "科室负责人",
    "分管领导",
    "主管领导",
    "单位领导",
    "领导签字",
    "领导签名",
    "经办人",
    "承办人",
    "联系人",
    "联系电话",
    "电话",
    "日期",
    "时间",
    "监销人",
    "监督人",
    "监交人",
    "销毁人",
    "清点人",
    "移交人",
    "接收人",
    "记录人",
    "登记人",
    "统计人",
    "校对人",
    "签字",
    "签名",
    "盖章",
    "打印日期",
];
/// The same, where a colon must follow.
const SIGNERS_WITH_COLON: [&str; 17] = [
    "单位",
    "部门",
    "审批意见",
    "审核意见",
    "领导意见",
    "部门意见",
    "单位意见",
    "打印时间",
    "打印人",
    "导出时间",
    "导出日期",
    "导出人",
    "数据来源",
    "截止日期",
    "保密员",
    "见证人",
    "报送日期",
];
const EXAMPLES: [&str; 20] = [
    "填写要求",
    "填写格式",
    "填写规范",
    "格式要求",
    "示例",
    "样例",
    "范例",
    "举例",
    "例如",
    "填写示例",
    "填表示例",
    "填写样例",
    "填写范例",
    "示例行",
    "样例行",
    "示范",
    "参考示例",
    "填写样式",
    "示例数据",
    "样表",
];
const NOTHING_BELOW: [&str; 7] = [
    "以下空白",
    "以下无内容",
    "以下无正文",
    "以下为空",
    "以下空",
    "下无正文",
    "以下无记录",
];
const NOTHING: [&str; 12] = [
    "无",
    "暂无",
    "没有",
    "无记录",
    "无内容",
    "零报告",
    "未发生",
    "无此情况",
    "无此类情况",
    "无发生",
    "空",
    "无变化",
];
/// What may stand before 无: 本月无, 截至目前没有.
const PERIODS: [&str; 12] = [
    "截至目前",
    "本年度",
    "本季度",
    "本年",
    "本月",
    "本期",
    "今年",
    "目前",
    "本单位",
    "本部门",
    "上半年",
    "下半年",
];
const SUMS: [&str; 10] = [
    "小计",
    "合计",
    "总计",
    "累计",
    "共计",
    "总数",
    "总共",
    "实发总计",
    "本页合计",
    "本页小计",
];

/// 制表人：…　审核：…　日期：…, each in cells of their own, with or without colons. Every cell is a
/// label or what stands behind one.
pub(crate) fn is_signature_line(row: Row<'_>) -> bool {
    // 保密办（盖章） alone in its row.
    let alone = row.cells().len() == 1;
    let seal = |text: &str| asks_for_seal(&normalise::squeezed(text));
    if alone && row.cells().any(|cell| seal(cell.text)) {
        return true;
    }
    let (mut labels, mut coloned, mut open, mut days) = (0, 0, false, 0);
    for cell in row.cells() {
        let text = normalise::squeezed(cell.text);
        days += usize::from(text.contains('年') && text.contains('月') && is_idle(&text));
        match label(&text) {
            Label::WithValue => (labels, coloned, open) = (labels + 1, coloned + 1, false),
            Label::Coloned => (labels, coloned, open) = (labels + 1, coloned + 1, true),
            Label::Bare => (labels, open) = (labels + 1, true),
            Label::None if is_idle(&text) || is_page(&text) => {}
            Label::None if open => open = false,
            // 清点人：张三, 李四: another one who signs.
            Label::None if coloned > 0 && normalise::is_short_name(&text) => {}
            Label::None => return false,
        }
    }
    // An empty date alone in its row is one to sign by.
    labels >= 2 || coloned > 0 || (alone && days > 0)
}

/// 保密办(盖章): who is to seal or sign stands before the brackets.
fn asks_for_seal(text: &str) -> bool {
    let ends = ["盖章)", "签章)", "公章)", "签字)", "签名)"];
    text.len() <= 60 && text.contains('(') && ends.iter().any(|end| text.ends_with(end))
}

/// 第1页/共3页.
fn is_page(text: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || "第页共之/,".contains(c);
    text.contains('页') && text.len() <= 60 && text.chars().all(known)
}

enum Label {
    /// 审核：沈青
    WithValue,
    /// 审核：
    Coloned,
    /// 审核人
    Bare,
    None,
}

fn label(text: &str) -> Label {
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return Label::None;
    }
    let bare = |text: &str| normalise::without_brackets(text);
    match text.split_once(':') {
        Some((before, behind)) => {
            let name = bare(before);
            let known = SIGNERS.contains(&name.as_str())
                || SIGNERS_WITH_COLON.contains(&name.as_str())
                || asks_to_sign(&name);
            match (known, behind.is_empty()) {
                (true, true) => Label::Coloned,
                (true, false) => Label::WithValue,
                _ => Label::None,
            }
        }
        None if SIGNERS.contains(&bare(text).as_str()) => Label::Bare,
        None => Label::None,
    }
}

/// 保密员签字, 部门领导（签章）: whoever it is signs here.
fn asks_to_sign(name: &str) -> bool {
    const LONGEST: usize = 14;
    let ends = ["签字", "签名", "签章", "盖章", "签批", "公章"];
    name.chars().count() <= LONGEST && ends.iter().any(|end| name.ends_with(end))
}

/// A line to write on, an empty date.
fn is_idle(text: &str) -> bool {
    const LONGEST: usize = 90;
    let year = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match text.len() - year.len() {
        4 if year.starts_with('年') => year,
        _ => text,
    };
    text.len() <= LONGEST && rest.chars().all(|c| "_-—年月日()盖章签字 ".contains(c))
}

/// 示例 in front or in a cell of its own, 例：张三.
pub(crate) fn is_example(row: Row<'_>) -> bool {
    let mut cells = row.cells().map(|cell| normalise::squeezed(cell.text));
    let Some(first) = cells.next() else {
        return false;
    };
    let begins = [
        "例:",
        "(例)",
        "示例:",
        "样例:",
        "填写示例",
        "填表示例",
        "(示例)",
        "(样例)",
        "填写样例",
        "(填写示例)",
        "【示例】",
        "[示例]",
        "(填写样例)",
        "此行为示例",
        "本行为示例",
    ];
    let bare = first.trim_matches(|c: char| "()[]【】:、.".contains(c) || c.is_ascii_digit());
    bare == "例"
        || EXAMPLES.contains(&bare)
        || begins.iter().any(|word| first.starts_with(word))
        || cells.any(|text| {
            let bare = text.trim_matches(|c: char| "()[]【】".contains(c));
            EXAMPLES.contains(&bare)
                || text.starts_with("此行为示例")
                || text.starts_with("本行为示例")
        })
}

/// 以下空白, in one cell or spread over several, and nothing else but a number.
pub(crate) fn is_nothing_below(row: Row<'_>) -> bool {
    const LONGEST: usize = 90;
    let mut whole = String::new();
    for cell in row.cells() {
        if whole.len() + cell.text.len() > LONGEST {
            return false;
        }
        whole.push_str(&normalise::squeezed(cell.text));
    }
    let bare: String = whole
        .chars()
        .filter(|c| normalise::is_cjk(*c) && c.is_alphanumeric())
        .collect();
    let bare = bare
        .trim_start_matches("此页")
        .trim_start_matches("本页")
        .trim_start_matches("本表");
    NOTHING_BELOW.contains(&bare) && whole.chars().all(|c| !c.is_ascii_alphabetic())
}

/// Nothing but 无, / or —, a running number aside. `serial`: whether a column bears one.
pub(crate) fn says_none(row: Row<'_>, serial: impl Fn(u32) -> bool) -> bool {
    const LONGEST: usize = 12;
    let mut said = false;
    for cell in row.cells() {
        let text = normalise::squeezed(cell.text);
        let number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if number && serial(cell.column) {
            continue;
        }
        let bare = text.trim_matches(|c: char| "()。.".contains(c));
        let behind = PERIODS
            .iter()
            .fold(bare, |text, word| text.strip_prefix(word).unwrap_or(text));
        let alone = row.cells().len() <= 2 && behind.chars().count() <= LONGEST;
        let none = NOTHING.contains(&behind)
            || normalise::is_dash(&text)
            || (alone
                && (behind.starts_with("没有")
                    || behind.starts_with("未发生")
                    || (behind.starts_with('无')
                        && behind.ends_with(['件', '况', '为', '题', '录', '员', '项']))));
        if !none {
            return false;
        }
        said = true;
    }
    said
}

/// A sum in any column, the other cells being amounts.
pub(crate) fn is_sum(row: Row<'_>) -> bool {
    let mut sum = false;
    for cell in row.cells() {
        let text = normalise::squeezed(cell.text);
        if is_amount(&text) {
            continue;
        }
        if sum || !is_sum_word(&text) {
            return false;
        }
        sum = true;
    }
    sum
}

/// 合计, 合计：12份, 共20个, 本季度小计, 本股室共3人.
fn is_sum_word(text: &str) -> bool {
    const LONGEST: usize = 14;
    let text = normalise::without_brackets(text);
    if text.chars().count() > LONGEST {
        return false;
    }
    let word = SUMS
        .iter()
        .chain(&["共"])
        .find_map(|word| text.split_once(word));
    word.is_some_and(|(before, behind)| {
        let behind = behind.trim_start_matches([':', '计', '有']);
        let counted = is_amount(behind);
        let own = before.is_empty()
            || before.starts_with(['本', '全', '实', '以', '第', '上', '下', '年', '月', '季']);
        own && (counted || (behind.is_empty() && !text.ends_with('共')))
    })
}

/// 12, 12份, 3.5万元: digits with at most two characters of a unit.
fn is_amount(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    rest.len() < text.len() && rest.chars().count() <= 2
}

/// 第 1 页 共 3 页, in one cell or in several.
pub(crate) fn is_page_foot(row: Row<'_>) -> bool {
    const LONGEST: usize = 60;
    let mut whole = String::new();
    for cell in row.cells() {
        if whole.len() + cell.text.len() > LONGEST {
            return false;
        }
        whole.push_str(&normalise::squeezed(cell.text));
    }
    let bare = whole
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect::<String>();
    whole.contains('页')
        && !bare.is_empty()
        && bare.chars().all(|c| "第页共之/".contains(c))
        && whole.starts_with(['第', '共'])
}
