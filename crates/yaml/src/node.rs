//! A value of a YAML document and its place.

use std::ops::Range;
use zicha_model::diag::Locus;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
    /// Bytes of the text that it is made of; of a collection only where it begins.
    pub at: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// The shapes of YAML. Scalars keep their spelling: `012` stays `012`, `no` stays `no`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: empty, `~` or `null` without quotation marks.
    Null,
    /// A word, number or text as written, quotation marks and escapes resolved.
    Word(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order written; keys are unique.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// Nothing, at the beginning of a document.
    pub fn nothing() -> Self {
        Self {
            line: 1,
            column: 1,
            at: 0..0,
            value: Value::Null,
        }
    }

    /// The text of a scalar; `None` for collections and for nothing.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Word(text) => Some(text),
            _ => None,
        }
    }

    /// True for an empty value, `~` or `null`.
    pub fn is_nothing(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// True for what is neither list nor mapping.
    pub fn is_scalar(&self) -> bool {
        matches!(self.value, Value::Null | Value::Word(_))
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> Option<&[(Self, Self)]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let mut entries = self.entries()?.iter();
        let found = entries.find(|(name, _)| name.text() == Some(key));
        found.map(|(_, value)| value)
    }

    /// The items of a list.
    pub fn items(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Its place, the file yet to be named.
    pub fn locus(&self) -> Locus {
        Locus {
            line: Some(self.line),
            column: Some(self.column),
            ..Locus::default()
        }
    }
}
