//! A YAML file as a tree in which every node knows its place.
//!
//! What enters: a path and a text. What leaves: [`Node`]s, and on the [`Page`] every mistake told
//! so far. A tree of our own rather than derived structures, because serde stops at the first
//! mistake, and a person mending a file wants all of them.

mod raw;

use crate::files::file_keys;
use crate::files::file_messages;
use crate::files::page::raw::Raw;
use crate::suggest;
use crate::suggest::nearest;
use std::ops::Range;
use zicha_model::diag::{Code, Diagnostic, Excerpt, Locus, yaml};

/// A file being read, and what was found wrong in it.
#[derive(Debug)]
pub(crate) struct Page {
    /// Path as told to people: relative to the workspace, or inside the program.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
    /// Mistakes so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it holds.
    pub(crate) value: Value,
    /// Its byte range in the file.
    pub(crate) at: Range<usize>,
}

/// What a node holds. Scalars keep their spelling: `012` stays `012`.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing, or `null`.
    Null,
    /// A word, a number, a truth value: as written.
    Word(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order written.
    Map(Vec<(Node, Node)>),
}

/// The entries of a mapping, by key.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'n> {
    entries: Vec<(&'n str, &'n Node)>,
    /// Place of the mapping, told where an entry is missing.
    pub(crate) at: Range<usize>,
}

impl<'n> Fields<'n> {
    /// The value of a key; an entry without a value counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        let found = self.entries.iter().find(|(name, _)| *name == key);
        found
            .map(|(_, node)| *node)
            .filter(|node| !matches!(node.value, Value::Null))
    }
}

impl Page {
    /// A file to read.
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self {
            path: path.into(),
            text: text
                .strip_prefix('\u{feff}')
                .map_or(text.clone(), str::to_owned),
            diagnostics: Vec::new(),
        }
    }

    /// The tree; `None` if the text is no YAML, which is told.
    pub(crate) fn tree(&mut self) -> Option<Node> {
        match serde_yaml::from_str::<Raw>(&self.text) {
            Ok(raw) => Some(raw.into_node(&self.text)),
            Err(error) => {
                let plain = error.without_snippet();
                let at = plain
                    .location()
                    .map_or(0, |l| offset_of(&self.text, l.line(), l.column()));
                let (message, at) = match (yaml::first_error(&self.text), yaml::tab(&self.text)) {
                    (Some(_), Some(tab)) => (yaml::TAB.to_owned(), tab),
                    (Some(kind), None) => (yaml::syntax(&kind).1.to_owned(), at..at),
                    (None, _) => (file_messages::yaml_other(&plain.to_string()), at..at),
                };
                self.mistake("yaml-syntax", message, at).hint = Some(file_messages::yaml_hint());
                None
            }
        }
    }

    /// Tells a mistake at a place; the caller may add advice.
    pub(crate) fn mistake(
        &mut self,
        code: Code,
        message: impl Into<String>,
        at: Range<usize>,
    ) -> &mut Diagnostic {
        let at = self.within(at);
        let (line, column) = line_and_column(&self.text, at.start);
        let excerpt = excerpt(&self.text, line, at);
        let locus = Locus::text(self.path.clone(), line, column);
        let told = Diagnostic::error(code, message, locus).with_excerpt(excerpt);
        self.diagnostics.push(told);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// A range that lies in the text, on character boundaries.
    fn within(&self, at: Range<usize>) -> Range<usize> {
        let fit = |mut index: usize| {
            index = index.min(self.text.len());
            while !self.text.is_char_boundary(index) {
                index -= 1;
            }
            index
        };
        let start = fit(at.start);
        start..fit(at.end).max(start)
    }

    /// The entries of a mapping by the English spelling of their keys; a key that is not allowed is
    /// told, with a suggestion.
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node,
        allowed: &[&'static str],
    ) -> Option<Fields<'n>> {
        let Value::Map(map) = &node.value else {
            self.mistake("yaml-shape", file_messages::want_mapping(), node.at.clone());
            return None;
        };
        let mut entries = Vec::new();
        for (key, value) in map {
            let Value::Word(name) = &key.value else {
                self.mistake("yaml-shape", file_messages::want_word(), key.at.clone());
                continue;
            };
            if allowed.is_empty() {
                entries.push((name.as_str(), value));
                continue;
            }
            match file_keys::known(name, allowed) {
                Some(known) if entries.iter().any(|(taken, _)| *taken == known) => {
                    let message = file_messages::key_twice(known);
                    self.mistake("yaml-syntax", message, key.at.clone());
                }
                Some(known) => entries.push((known, value)),
                None => {
                    let near = nearest(name, file_keys::spellings(allowed));
                    self.mistake(
                        "unknown-key",
                        file_messages::unknown_key(name),
                        key.at.clone(),
                    )
                    .hint = suggest::hint(near).or_else(|| Some(file_messages::allowed(allowed)));
                }
            }
        }
        let at = node.at.clone();
        Some(Fields { entries, at })
    }

    /// The items of a list.
    pub(crate) fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.mistake("yaml-shape", file_messages::want_list(), node.at.clone());
                &[]
            }
        }
    }

    /// A word as written.
    pub(crate) fn word<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Word(word) => Some(word),
            _ => {
                self.mistake("yaml-shape", file_messages::want_word(), node.at.clone());
                None
            }
        }
    }

    /// The word under a key that must be there.
    pub(crate) fn required<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n str> {
        match fields.get(key) {
            Some(node) => self.word(node),
            None => {
                self.missing(key, fields.at.clone());
                None
            }
        }
    }

    /// Tells that a key is missing; several missing in one place are told together.
    pub(crate) fn missing(&mut self, key: &str, at: Range<usize>) {
        self.mistake("missing-key", file_messages::missing_key(key), at);
        let Some(told) = self.diagnostics.pop() else {
            return;
        };
        let here = |d: &&mut Diagnostic| {
            d.code == told.code
                && d.locus == told.locus
                && file_messages::is_missing_key(&d.message)
        };
        match self.diagnostics.iter_mut().find(here) {
            Some(first) => first.message.push_str(&file_messages::and_key(key)),
            None => self.diagnostics.push(told),
        }
    }

    /// The word under a key that may be missing.
    pub(crate) fn optional<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n str> {
        fields.get(key).and_then(|node| self.word(node))
    }

    /// The words of a list under a key; none if the key is missing. A single word is a list of one.
    pub(crate) fn texts(&mut self, fields: &Fields<'_>, key: &str) -> Vec<String> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        if let Value::Word(word) = &node.value {
            return vec![word.clone()];
        }
        let items = self.list(node).iter();
        items
            .filter_map(|n| self.word(n).map(str::to_owned))
            .collect()
    }

    /// A truth value under a key; false if missing.
    pub(crate) fn flag(&mut self, fields: &Fields<'_>, key: &str) -> bool {
        match self.optional(fields, key) {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                let at = fields.get(key).map_or(0..0, |n| n.at.clone());
                self.mistake("bad-value", file_messages::want_truth(other), at);
                false
            }
        }
    }
}

/// Line and column, both counted from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    (line, column)
}

/// The byte offset of a line and column, both counted from 1, the column in characters.
fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let nth = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).saturating_sub(1);
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines.by_ref().take(nth(line)).map(str::len).sum();
    let rest = lines.next().unwrap_or("").trim_end();
    let inside = rest.char_indices().nth(nth(column));
    before + inside.map_or(rest.len(), |(at, _)| at)
}

/// The lines that a range covers, as an excerpt.
fn excerpt(text: &str, line: u32, at: Range<usize>) -> Excerpt {
    let start = text[..at.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |i| at.end + i);
    Excerpt {
        text: text[start..end].to_owned(),
        first_line: line,
        range: at.start - start..at.end - start,
    }
}
