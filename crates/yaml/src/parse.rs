//! YAML text → a tree in which every node knows where it stands.
//!
//! Built from the parser's events rather than through serde, for three reasons: words keep their
//! spelling (`no`, `012`), all mistakes of a kind are told and not the first one only, and every
//! key and value has line and column.

use crate::{
    excerpt::{excerpt, line_and_column},
    node::{Node, Value},
    syntax_errors,
};
use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::diag::{Code, Diagnostic, Locus};

/// Bounds on one document; a hostile file is given up with a message that names the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of collections.
    pub depth: usize,
    /// Nodes of the document.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 32,
            nodes: 12_000_000,
        }
    }
}

/// Parses one document. An empty text gives `None`.
pub fn parse(text: &str, limits: Limits) -> Result<Option<Node>, Vec<Diagnostic>> {
    let mut build = Build {
        text,
        limits,
        open: Vec::new(),
        root: None,
        nodes: 0,
        documents: 0,
        mistakes: Vec::new(),
    };
    for event in Parser::new_from_str(text) {
        let done = match event {
            Ok((event, span)) => build.take(event, span),
            Err(error) => Err(build.syntax(&error)),
        };
        if let Err(stop) = done {
            build.mistakes.push(stop);
            break;
        }
    }
    if build.mistakes.is_empty() {
        Ok(build.root)
    } else {
        Err(build.mistakes)
    }
}

/// A collection that is not closed yet.
struct Open {
    node: Node,
    /// Of a mapping: the key that waits for its value.
    key: Option<Node>,
    /// Of a mapping: the lines of its keys.
    seen: BTreeMap<String, u32>,
}

struct Build<'a> {
    text: &'a str,
    limits: Limits,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    mistakes: Vec<Diagnostic>,
}

impl Build<'_> {
    /// Takes one event. An error ends parsing; lesser mistakes are collected.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(self.mistake(codes::YAML_DOCUMENTS, MANY_DOCUMENTS, &span));
                }
            }
            Event::Scalar(text, style, ..) => {
                let value = match style {
                    ScalarStyle::Plain if is_null(&text) => Value::Null,
                    _ => Value::Word(text.into_owned()),
                };
                self.put(node(&span, value))?;
            }
            Event::SequenceStart(..) => self.begin(Value::List(Vec::new()), &span)?,
            Event::MappingStart(..) => self.begin(Value::Map(Vec::new()), &span)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(done) = self.open.pop() {
                    self.put(done.node)?;
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let mistake = self
                    .mistake(codes::YAML_ALIAS, ALIAS, &span)
                    .with_hint(ALIAS_HINT);
                self.mistakes.push(mistake);
                self.put(node(&span, Value::Null))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, value: Value, span: &Span) -> Result<(), Diagnostic> {
        if self.open.len() >= self.limits.depth {
            let message = format!("嵌套超过 {} 层，没有读取此文件", self.limits.depth);
            return Err(self.mistake(codes::YAML_DEPTH, &message, span));
        }
        self.open.push(Open {
            node: node(span, value),
            key: None,
            seen: BTreeMap::new(),
        });
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(too_many(self.limits.nodes));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match open.key.take() {
                Some(key) => entries.push((key, node)),
                None => self.key(node),
            },
            Value::Null | Value::Word(_) => {}
        }
        Ok(())
    }

    fn key(&mut self, key: Node) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let text = key.text().unwrap_or_default().to_owned();
        let mut mistake = None;
        if !key.is_scalar() {
            mistake = Some((codes::YAML_KEY, "键必须是文字".to_owned()));
        } else if let Some(first) = open.seen.insert(text.clone(), key.line) {
            let message = format!("“{text}”重复出现（第一次在第 {first} 行）");
            mistake = Some((codes::YAML_DUPLICATE_KEY, message));
        }
        if let Some((code, message)) = mistake {
            let excerpt = excerpt(self.text, key.line, key.at.clone());
            let told = Diagnostic::new(code, message, key.locus()).with_excerpt(excerpt);
            self.mistakes.push(told);
        }
        open.key = Some(key);
    }

    fn mistake(&self, code: Code, message: &str, span: &Span) -> Diagnostic {
        let place = node(span, Value::List(Vec::new()));
        let excerpt = excerpt(self.text, place.line, place.at.clone());
        Diagnostic::new(code, message, place.locus()).with_excerpt(excerpt)
    }

    fn syntax(&self, error: &ScanError) -> Diagnostic {
        let span = Span::empty(*error.marker());
        let (code, what) = syntax_errors::syntax(error.kind());
        let mut told = self.mistake(code, what, &span);
        // The parser often stumbles elsewhere over a tab that indents a line.
        if let Some(tab) = syntax_errors::tab(self.text) {
            let (line, column) = line_and_column(self.text, tab.start);
            told = Diagnostic::new(codes::YAML_SYNTAX, syntax_errors::TAB, Locus::default());
            (told.locus.line, told.locus.column) = (Some(line), Some(column));
            told = told.with_excerpt(excerpt(self.text, line, tab));
        }
        // So it does over a key that is parted from its value by a full-width colon.
        if let Some(colon) = syntax_errors::full_width_colon(self.text) {
            let (line, column) = line_and_column(self.text, colon.start);
            let message = syntax_errors::FULL_WIDTH_COLON;
            told = Diagnostic::new(codes::YAML_SYNTAX, message, Locus::default());
            (told.locus.line, told.locus.column) = (Some(line), Some(column));
            told = told.with_excerpt(excerpt(self.text, line, colon));
        }
        told.with_hint(SYNTAX_HINT)
    }
}

const SYNTAX_HINT: &str = "每项写成“名称: 内容”，冒号后面留一个空格；同一层的项左边对齐，只用空格；文字中含冒号或井号的用引号括起来";
const MANY_DOCUMENTS: &str = "一个文件只能有一份 YAML 文档（此处的“---”开始了第二份）";
const ALIAS: &str = "不支持引用别名（*）";
const ALIAS_HINT: &str = "请把被引用的内容直接写出来";

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn too_many(most: usize) -> Diagnostic {
    let message =
        format!("YAML 内容的项数超过上限（{most}），为防止文件损坏或被恶意构造，没有读取此文件");
    Diagnostic::new(codes::LIMIT_EXCEEDED, message, Locus::default())
        .with_hint("请核对文件内容，必要时按年度或部门拆分")
}

fn node(span: &Span, value: Value) -> Node {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Node {
        line: to_u32(span.start.line()),
        column: to_u32(span.start.col() + 1),
        at: span.byte_range().unwrap_or_default(),
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<(&'static str, Option<u32>, Option<u32>)> {
        let found = parse(text, Limits::default()).expect_err("mistakes");
        found
            .iter()
            .map(|d| (d.code.name(), d.locus.line, d.locus.column))
            .collect()
    }

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let root = parse("单位: 甲\n清单:\n  - no\n  - '012'\n", Limits::default());
        let root = root.expect("valid").expect("not empty");
        let entries = root.entries().expect("a mapping");
        assert_eq!((entries[0].1.line, entries[0].1.column), (1, 5));
        let items = entries[1].1.items().expect("a list");
        assert_eq!((items[0].line, items[0].column), (3, 5));
        assert_eq!(items[0].text(), Some("no"));
        assert_eq!(items[1].text(), Some("012"));
    }

    #[test]
    fn all_repeated_keys_and_aliases_are_told() {
        let text = "a: &x 1\nb: *x\na: 2\nb: 3\n";
        let expected = [
            ("yaml-alias", Some(2), Some(4)),
            ("yaml-duplicate-key", Some(3), Some(1)),
            ("yaml-duplicate-key", Some(4), Some(1)),
        ];
        assert_eq!(mistakes(text), expected);
    }

    #[test]
    fn deep_nesting_stops_early() {
        for text in ["[".repeat(200_000), "- ".repeat(200_000)] {
            let found = parse(&text, Limits::default()).expect_err("too deep");
            assert_eq!(found[0].code, "yaml-depth");
        }
    }

    #[test]
    fn a_second_document_and_broken_syntax_are_told() {
        assert_eq!(mistakes("a: 1\n---\nb: 2\n")[0].0, "yaml-documents");
        assert_eq!(mistakes("a: 'x\n")[0].0, "yaml-syntax");
        assert_eq!(mistakes("a:\n\t- 1\n")[0].1, Some(2));
    }
}
