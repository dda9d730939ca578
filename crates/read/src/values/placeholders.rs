//! Words that stand in a cell where there is nothing, or where nobody knows.
//!
//! What enters: the plain text of a cell. What leaves: which kind of such word it is, if any. The words
//! of an enumeration or of yes and no come first: 未知 may be a value there.

/// Why a cell says nothing although something is written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// What programs write for an empty cell: NULL, N/A.
    Null,
    /// What people write where there is nothing yet: 暂无, 待定.
    Pending,
    /// There is something, and the cell does not say what: 不详, `#N/A` as text.
    Unknown,
}

/// Longer texts are never one of the words.
const LONGEST: usize = 24;

const NULL: &[&str] = &[
    "null",
    "nil",
    "none",
    "nan",
    "nat",
    "n/a",
    "n.a.",
    "n.a",
    "undefined",
    "\\n",
    "blank",
    "empty",
    "空",
    "空值",
    "空白",
];

const PENDING: &[&str] = &[
    "暂无",
    "暂缺",
    "尚无",
    "空缺",
    "待定",
    "待补",
    "待补充",
    "待补填",
    "待填",
    "待填写",
    "待录入",
    "待完善",
    "待核",
    "待核实",
    "待查",
    "待确认",
    "待确定",
    "未填",
    "未填写",
    "未录入",
    "未定",
    "未确定",
    "暂未填写",
    "暂未确定",
    "略",
    "从略",
    "省略",
    "tbd",
    "todo",
];

const UNKNOWN: &[&str] = &[
    "不详",
    "未知",
    "不明",
    "不清楚",
    "不知",
    "不知道",
    "记不清",
    "unknown",
    "?",
    "??",
    "???",
    "#n/a",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#num!",
    "#null!",
    "#spill!",
    "#calc!",
];

/// The kind of word that a plain text is, brackets and full stops around it aside.
pub(crate) fn of(plain: &str) -> Option<Blank> {
    // None of the words has a digit, and nearly all codes and dates have.
    if plain.len() > LONGEST || plain.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let bare = plain
        .trim_start_matches(['(', '<', '[', '{', '【', '〔', '-', '—', '/'])
        .trim_end_matches([')', '>', ']', '}', '】', '〕', '。', '-', '—', '/']);
    let bare = bare.trim();
    let lower = bare.to_lowercase();
    // Na may be somebody's name.
    let among = |words: &[&str]| words.contains(&lower.as_str());
    if among(NULL) || bare == "NA" {
        Some(Blank::Null)
    } else if among(PENDING) {
        Some(Blank::Pending)
    } else if among(UNKNOWN) {
        Some(Blank::Unknown)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_told_from_names() {
        for (text, kind) in [
            ("NULL", Some(Blank::Null)),
            ("(null)", Some(Blank::Null)),
            ("<NULL>", Some(Blank::Null)),
            ("NaN", Some(Blank::Null)),
            ("N/A", Some(Blank::Null)),
            ("NA", Some(Blank::Null)),
            ("\\N", Some(Blank::Null)),
            ("暂无", Some(Blank::Pending)),
            ("（待定）", None),
            ("(待定)", Some(Blank::Pending)),
            ("略。", Some(Blank::Pending)),
            ("不详", Some(Blank::Unknown)),
            ("#N/A", Some(Blank::Unknown)),
            ("Na", None),
            ("安娜", None),
            ("略阳县", None),
            ("-5", None),
            ("P-01", None),
            ("", None),
        ] {
            assert_eq!(of(text), kind, "{text}");
        }
    }
}
