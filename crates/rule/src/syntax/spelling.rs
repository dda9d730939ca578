//! The two spellings of the language: English and Chinese words for one and the same thing.
//!
//! The tables of `docs/rules.md` list exactly these; a test compares them.

use crate::ir::{Aggregate, Comparison, Function, Input};

/// Words that the grammar itself uses; no variable may bear their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    If,
    Then,
    For,
    In,
    NotIn,
    Where,
    And,
    Or,
    Not,
    Implies,
    Contains,
    Matches,
    Subset,
    Intersects,
    Between,
    With,
    Exists,
    Unique,
    Suggest,
    Integrity,
    Consecutive,
    By,
    Covered,
    From,
    To,
    True,
    False,
    Compare(Comparison),
}

use Keyword as K;

/// Keyword, English spelling, Chinese spellings.
pub(crate) const KEYWORDS: &[(Keyword, &str, &[&str])] = &[
    (K::For, "for", &["每个", "对每个"]),
    (K::In, "in", &["属于", "取自"]),
    (K::NotIn, "not in", &["不属于"]),
    (K::Where, "where", &["其中"]),
    (K::If, "if", &["如果", "若"]),
    (K::Then, "then", &["则", "那么"]),
    (K::And, "and", &["且", "并且"]),
    (K::Or, "or", &["或", "或者"]),
    (K::Not, "not", &["非", "并非"]),
    (K::Implies, "=>", &["则须"]),
    (K::Contains, "contains", &["包含"]),
    (K::Matches, "matches", &["含有字样"]),
    (K::Subset, "subset", &["全部属于"]),
    (K::Intersects, "intersects", &["有交集"]),
    (K::Between, "between", &["介于"]),
    (K::With, "and", &["与", "和"]),
    (K::Exists, "exists", &["存在"]),
    (K::Unique, "unique", &["不重复"]),
    (K::Suggest, "suggest", &["提出建议"]),
    (K::Integrity, "integrity", &["登记完整"]),
    (K::Consecutive, "consecutive", &["相邻"]),
    (K::By, "by", &["按"]),
    (K::Covered, "covered", &["覆盖"]),
    (K::From, "from", &["从"]),
    (K::To, "to", &["到"]),
    (K::True, "true", &["是", "真"]),
    (K::False, "false", &["否", "假"]),
    (K::Compare(Comparison::Equal), "==", &["等于"]),
    (K::Compare(Comparison::NotEqual), "!=", &["不等于"]),
    (K::Compare(Comparison::Less), "<", &["小于", "低于", "早于"]),
    (
        K::Compare(Comparison::LessEqual),
        "<=",
        &["不大于", "不高于", "不晚于", "不超过"],
    ),
    (
        K::Compare(Comparison::Greater),
        ">",
        &["大于", "高于", "晚于", "超过"],
    ),
    (
        K::Compare(Comparison::GreaterEqual),
        ">=",
        &["不小于", "不低于", "不早于", "不少于"],
    ),
];

/// Words in front of a bracket that holds a query rather than arguments.
pub(crate) const SUM: (&str, &str) = ("sum", "合计");
/// See [`SUM`].
pub(crate) const LATEST: (&str, &str) = ("latest", "最近");
/// `quarters(year)`.
pub(crate) const QUARTERS: (&str, &str) = ("quarters", "各季度");
/// `months(year, n)`.
pub(crate) const MONTHS: (&str, &str) = ("months", "各月份");
/// `w.start`.
pub(crate) const START: (&str, &str) = ("start", "首日");
/// `w.end`.
pub(crate) const END: (&str, &str) = ("end", "末日");

/// Input, English name, Chinese name.
pub(crate) const INPUTS: &[(Input, &str, &str)] = &[
    (Input::AsOf, "as_of", "检查基准日"),
    (Input::CheckYear, "check_year", "检查年度"),
    (Input::Festival, "festival", "检查节日"),
    (Input::FestivalStart, "festival_start", "放假首日"),
    (Input::FestivalEnd, "festival_end", "放假末日"),
];

/// The keyword that a word spells. `与` and `和` are told from `and` by their place.
pub(crate) fn keyword(word: &str) -> Option<Keyword> {
    let found = KEYWORDS.iter().find(|(k, english, chinese)| {
        (*english == word && *k != Keyword::With) || chinese.contains(&word)
    });
    found.map(|(keyword, _, _)| *keyword)
}

/// The function of a name.
pub(crate) fn function(name: &str) -> Option<Function> {
    Function::ALL.into_iter().find(|function| {
        let definition = function.definition();
        definition.english == name || definition.chinese == name
    })
}

/// The names of all functions, in both languages.
pub(crate) fn function_names() -> impl Iterator<Item = &'static str> {
    Function::ALL.into_iter().flat_map(|function| {
        let definition = function.definition();
        [definition.english, definition.chinese]
    })
}

/// The Chinese name of an input.
pub(crate) fn input_label(input: Input) -> &'static str {
    let found = INPUTS.iter().find(|(i, _, _)| *i == input);
    found.map_or("", |(_, _, chinese)| chinese)
}

/// The input of a name.
pub(crate) fn input(name: &str) -> Option<Input> {
    let found = INPUTS
        .iter()
        .find(|(_, english, chinese)| *english == name || *chinese == name);
    found.map(|(input, _, _)| *input)
}

/// The aggregate of a name.
pub(crate) fn aggregate(name: &str) -> Option<Aggregate> {
    if is(SUM, name) {
        return Some(Aggregate::Sum);
    }
    match function(name)? {
        Function::Max => Some(Aggregate::Max),
        Function::Min => Some(Aggregate::Min),
        _ => None,
    }
}

/// True if `word` is one of the two spellings.
pub(crate) fn is(spellings: (&str, &str), word: &str) -> bool {
    spellings.0 == word || spellings.1 == word
}

/// Every word in both spellings.
pub(crate) fn all() -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for (_, english, chinese) in KEYWORDS {
        all.push(english);
        all.extend(*chinese);
    }
    all.extend(function_names());
    all.extend(INPUTS.iter().flat_map(|(_, e, c)| [*e, *c]));
    for (english, chinese) in [SUM, LATEST, QUARTERS, MONTHS, START, END] {
        all.extend([english, chinese]);
    }
    all
}
