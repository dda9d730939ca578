//! What the YAML parser complains about, in words for people.

use serde_yaml::granit_parser::ErrorKind;
use std::ops::Range;
use zicha_model::diag::Code;
use zicha_model::diag::codes;

/// What is told of a tab that indents a line.
pub(crate) const TAB: &str = "缩进不能用制表符（Tab），只能用空格";

/// The first tab that indents a line: the parser itself often stumbles elsewhere over it.
pub(crate) fn tab(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = line[..indent]
            .find('\t')
            .map(|at| start + at..start + at + 1);
        start += line.len();
        tab
    })
}

/// What is told of a full-width colon behind a key.
pub(crate) const FULL_WIDTH_COLON: &str = "此处用了全角冒号“：”，应为半角冒号加一个空格“: ”";

/// Characters of a key that people write.
const LONGEST_KEY: usize = 20;

/// The first full-width colon that parts a key from its value: no other stands in the line, and what is
/// before it is one word.
pub(crate) fn full_width_colon(text: &str) -> Option<Range<usize>> {
    const COLON: char = '：';
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let own = start;
        start += line.len();
        let at = line.find(COLON)?;
        let key = line[..at].trim_start().trim_start_matches("- ").trim();
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '#' || c == '.';
        let is_key = !key.is_empty()
            && !key.starts_with('#')
            && key.chars().count() <= LONGEST_KEY
            && key.chars().all(word)
            && !line.contains(": ")
            && !line.trim_end().ends_with(':');
        is_key.then(|| own + at..own + at + COLON.len_utf8())
    })
}

/// Code and message of a syntax error.
pub(crate) fn syntax(kind: &ErrorKind) -> (Code, &'static str) {
    let message = match kind {
        ErrorKind::RecursionLimitExceeded => {
            return (codes::YAML_DEPTH, "嵌套层数过多，没有读取此文件");
        }
        ErrorKind::UnknownAnchor => return (codes::YAML_ALIAS, "引用了不存在的别名（*）"),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => TAB,
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidQuotedScalarIndent => "缩进没有对齐",
        ErrorKind::UnclosedQuotedScalar => "引号没有闭合",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::MisplacedFlowCollectionEnd => "方括号或花括号没有成对",
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey => "此处应为“键: 值”，可能缺少冒号或冒号后的空格",
        ErrorKind::UnexpectedCharacter { .. } => "此处有不能识别的符号",
        _ => "YAML 语法错误",
    };
    (codes::YAML_SYNTAX, message)
}
