//! Messages about the text of a rule: tokens and grammar.

use crate::syntax::spelling;
use crate::syntax::spelling::Keyword;
use crate::syntax::token::TokenKind;
use zicha_model::dataset::decimal;

pub(crate) fn parameter_without_name() -> String {
    "“$”后面应当是参数名称".to_owned()
}

pub(crate) fn number_too_large() -> String {
    "数字太大".to_owned()
}

pub(crate) fn too_many_decimals() -> String {
    "小数点后最多写三位".to_owned()
}

/// A date written with points.
pub(crate) fn no_date(text: &str) -> String {
    format!("“{text}”既不是数字也不是日期")
}

pub(crate) fn date_form() -> String {
    "日期写作 2026-09-28 的形式，不加引号".to_owned()
}

pub(crate) fn quote_not_closed(close: char) -> String {
    format!("引号没有配对，本行内缺少“{close}”")
}

pub(crate) fn single_equals() -> String {
    "比较是否相等写两个等号".to_owned()
}

pub(crate) fn use_two_equals() -> String {
    "写作“等于”或 ==".to_owned()
}

pub(crate) fn stray(text: &str) -> String {
    format!("规则里不能有“{text}”")
}

/// What to write instead of a character that people try.
pub(crate) fn instead_of(c: char) -> Option<String> {
    let advice = match c {
        '&' => "“并且”写作 且（and）",
        '|' => "“或者”写作 或（or）",
        '!' | '！' => "“不”写作 非（not），“不相等”写作 不等于（!=）",
        '。' => "分句之间用分号，末尾不加句号",
        '*' | '/' | '×' | '÷' => "规则只有加减，没有乘除",
        _ => return None,
    };
    Some(advice.to_owned())
}

pub(crate) fn unexpected(expected: &str, found: &str) -> String {
    format!("这里应当是{expected}，而不是{found}")
}

pub(crate) fn token(kind: &TokenKind) -> String {
    match kind {
        TokenKind::Word(text) => format!("“{text}”"),
        TokenKind::Title(text) => format!("《{text}》"),
        TokenKind::Text(text) => format!("文字“{text}”"),
        TokenKind::Integer(number) => format!("数字 {number}"),
        TokenKind::Decimal(number) => format!("数字 {}", decimal(*number)),
        TokenKind::Time(minutes) => format!("时刻 {:02}:{:02}", minutes / 60, minutes % 60),
        TokenKind::Date(day) => format!("日期 {}", zicha_model::time::Day(*day)),
        TokenKind::Parameter(name) => format!("参数 ${name}"),
        TokenKind::Symbol(symbol) => format!("“{symbol}”"),
        TokenKind::End => "规则的末尾".to_owned(),
    }
}

pub(crate) fn a_name() -> String {
    "名称".to_owned()
}

pub(crate) fn a_value() -> String {
    "列、参数、数字或条件".to_owned()
}

pub(crate) fn a_number() -> String {
    "数字".to_owned()
}

pub(crate) fn an_end() -> String {
    "分号或末尾".to_owned()
}

pub(crate) fn the_symbol(symbol: &str) -> String {
    format!("“{symbol}”")
}

pub(crate) fn the_keyword(keyword: Keyword) -> String {
    let spellings = spelling::KEYWORDS.iter().find(|(k, _, _)| *k == keyword);
    match spellings {
        Some((_, english, chinese)) => format!("“{}”（{english}）", chinese.join("”或“")),
        None => String::new(),
    }
}

pub(crate) fn want_arguments(want: usize, found: usize) -> String {
    format!("括号里应当有 {want} 项，而不是 {found} 项")
}

pub(crate) fn keyword_as_variable(word: &str) -> String {
    format!("“{word}”是规则用语，不能作变量名")
}

pub(crate) fn short_variable() -> String {
    "变量名取一个字即可，例如 甲、d".to_owned()
}

pub(crate) fn if_inside() -> String {
    "“如果”（if）只能写在分句开头".to_owned()
}

pub(crate) fn use_implies() -> String {
    "写作“条件 则须 要求”（=>），或者把条件写进“其中”（where）".to_owned()
}

pub(crate) fn too_deep() -> String {
    "括号套得太深".to_owned()
}
