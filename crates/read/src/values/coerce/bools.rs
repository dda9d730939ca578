//! 是 and 否 in the words and signs that clerks use.

use crate::values::coerce::reading::{Reading, Value};
use crate::values::normalise;
use crate::values::words;

const YES: &[&str] = &[
    "是", "有", "已", "√", "✓", "✔", "☑", "对", "y", "yes", "1", "1.0", "true", "t", "合格",
    "完好", "符合", "v", "完成", "有效", "同意", "正常", "达标", "通过", "具备", "需", "须",
    "需要", "要", "可以", "允许", "已办", "属实", "齐全", "涉密",
];
const NO: &[&str] = &[
    "否",
    "无",
    "未",
    "×",
    "✗",
    "✘",
    "☒",
    "╳",
    "错",
    "x",
    "n",
    "no",
    "0",
    "0.0",
    "false",
    "f",
    "不",
    "无效",
    "不合格",
    "损坏",
    "不符合",
    "不同意",
    "不正常",
    "不达标",
    "不通过",
    "不具备",
    "不需",
    "不须",
    "不需要",
    "不用",
    "没有",
    "没",
    "不是",
    "非",
    "不允许",
    "无需",
    "无须",
    "不可以",
    "不齐全",
    "非涉密",
    "非密",
    "不涉密",
];
const NOT_APPLICABLE: &[&str] = &["不适用", "n/a", "na", "不涉及"];

/// Reads a cell of a column of yes and no.
pub(super) fn read(plain: &str) -> Reading {
    let word = normalise::squeezed(plain);
    let bare = normalise::without_brackets(&word);
    let bare = bare.trim_end_matches(['。', '.', ',', '!']);
    if NOT_APPLICABLE.contains(&bare) {
        return Reading::of(Value::Empty);
    }
    let truth = ticked(&word)
        .or_else(|| listed(bare))
        .or_else(|| prefixed(bare))
        .map(i32::from);
    Reading::word(truth, words::expect_bool)
}

fn listed(word: &str) -> Option<bool> {
    if YES.contains(&word) {
        return Some(true);
    }
    NO.contains(&word).then_some(false)
}

/// 已签字, 未登记, 没有带出. A leading 不 is left alone: in a column 是否注明不准翻印 it says yes.
fn prefixed(word: &str) -> Option<bool> {
    // 是/否: both still stand there, nothing is chosen.
    if word.chars().count() > 8 || (word.contains('是') && word.contains('否')) {
        return None;
    }
    match word.chars().next()? {
        '已' | '是' => Some(true),
        '未' | '否' => Some(false),
        _ if word.starts_with("没有") => Some(false),
        _ => None,
    }
}

/// `☑是 □否`, `是√ 否`: the word at the tick counts.
fn ticked(word: &str) -> Option<bool> {
    let both = [('是', '否'), ('有', '无')];
    let choice = both
        .iter()
        .any(|&(yes, no)| word.contains(yes) && word.contains(no));
    if !word.contains(['□', '☐']) && !choice {
        return None;
    }
    let at = word.find(['☑', '√', '✓', '✔', '■'])?;
    let (before, from) = word.split_at(at);
    let after: String = from.chars().skip(1).collect();
    let leads = word.starts_with(['☑', '√', '✓', '✔', '■', '□', '☐']);
    let c = if leads {
        after.chars().next()
    } else {
        before.chars().last()
    }?;
    listed(&c.to_string())
}
