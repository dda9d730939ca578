//! The keys and words of pack files in both spellings, so that a unit's own control can be written
//! in Chinese throughout; `docs/rules.md` lists them.

use zicha_yaml::Key;

/// A key or word: its English and its Chinese spelling. One Chinese word may stand for several keys
/// that never meet in one mapping.
const SPELLINGS: &[(&str, &str)] = &[
    ("id", "编号"),
    ("version", "版本"),
    ("title", "标题"),
    ("about", "说明"),
    ("ledgers", "台账"),
    ("controls", "条目"),
    ("parameters", "参数"),
    ("disable", "停用"),
    ("enable", "恢复"),
    ("narrow", "收窄"),
    ("control", "条目"),
    ("ledger", "台账"),
    ("where", "条件"),
    ("reason", "理由"),
    // Controls.
    ("requirement", "要求"),
    ("basis", "依据"),
    ("checklists", "清单"),
    ("kind", "类型"),
    ("severity", "严重程度"),
    ("problem", "问题表述"),
    ("count", "量词"),
    ("one", "单条"),
    ("rule", "规则"),
    ("ask", "现场提问"),
    ("scope", "范围"),
    ("question", "问题"),
    ("remedy", "整改"),
    ("deadline", "期限"),
    ("note", "说明"),
    ("merged_into", "并入"),
    ("examples", "例子"),
    ("like", "仿照"),
    ("passes", "符合"),
    ("fails", "不符合"),
    ("undecided", "不能判定"),
    ("outside", "不适用"),
    ("suggests", "提出建议"),
    ("also", "连带"),
    ("as_of", "检查基准日"),
    // Ledgers and sets of values.
    ("label", "名称"),
    ("aliases", "别名"),
    ("parts", "部分"),
    ("tier", "层次"),
    ("purpose", "用途"),
    ("primary_key", "编号列"),
    ("event_date", "日期列"),
    ("dates", "日期性质"),
    ("open_when", "未办结条件"),
    ("may_be_empty", "可以没有记录"),
    ("fields", "列"),
    ("type", "类型"),
    ("enum", "取值表"),
    ("required", "必填"),
    ("ref", "引用"),
    ("description", "说明"),
    ("values", "取值"),
    ("rank", "级次"),
    // Parameters.
    ("name", "参数"),
    ("of", "取值表"),
    ("options", "选项"),
    ("min", "最小"),
    ("max", "最大"),
    ("default", "默认值"),
    ("value", "取值"),
    ("origin", "来历"),
    ("source", "出处"),
    // Words of `checklists`.
    ("annual", "年度"),
    ("festival", "节日"),
    // Words of `kind`.
    ("row", "逐条"),
    ("unique", "不重复"),
    ("coverage", "覆盖"),
    ("sequence", "次序"),
    ("threshold", "限度"),
    ("reconcile", "对账"),
    ("overlap", "重叠"),
    ("attest", "现场"),
    ("calc", "计算"),
    // Words of `dates`.
    ("fact", "事实"),
    ("plan", "计划"),
    ("term", "期限"),
    // Words of `scope`.
    ("unit", "单位"),
    ("department", "部门"),
    ("site", "场所"),
    ("person", "人员"),
    ("device", "设备"),
    ("meeting", "会议"),
];

/// Words with their Chinese spellings, as a document takes them.
pub(crate) fn pairs(words: &[&'static str]) -> Vec<Key> {
    let pair = |word: &&'static str| (*word, chinese(word).unwrap_or_default());
    words.iter().map(pair).collect()
}

/// What may be written, for advice.
pub(crate) fn allowed(words: &[&'static str]) -> String {
    let shown: Vec<_> = words.iter().map(|word| shown(word)).collect();
    format!("这里可以写：{}", shown.join("、"))
}

/// The one of the known English words that is written, in either spelling.
pub(crate) fn known<'k>(written: &str, words: &[&'k str]) -> Option<&'k str> {
    let same = |word: &&&str| **word == written || chinese(word) == Some(written);
    words.iter().find(same).copied()
}

/// Both spellings of the words, for suggestions.
pub(crate) fn spellings<'k>(words: &'k [&'k str]) -> impl Iterator<Item = &'k str> {
    words
        .iter()
        .flat_map(|word| std::iter::once(*word).chain(chinese(word)))
}

/// A word for people: `标题（title）`; as it is where it has no Chinese spelling.
pub(crate) fn shown(word: &str) -> String {
    match chinese(word) {
        Some(chinese) => format!("{chinese}（{word}）"),
        None => word.to_owned(),
    }
}

/// Every pair, for the reference.
pub(crate) fn all() -> &'static [(&'static str, &'static str)] {
    SPELLINGS
}

fn chinese(word: &str) -> Option<&'static str> {
    let pair = SPELLINGS.iter().find(|(english, _)| *english == word);
    pair.map(|(_, chinese)| *chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_both_spellings_and_only_among_those_allowed() {
        assert_eq!(known("标题", &["id", "title"]), Some("title"));
        assert_eq!(known("title", &["id", "title"]), Some("title"));
        assert_eq!(known("说明", &["title", "note"]), Some("note"));
        assert_eq!(known("说明", &["description"]), Some("description"));
        assert_eq!(known("规则", &["title"]), None);
    }
}
