//! One YAML file being read: its text, its tree, and what was found wrong in it.
//!
//! Settings, waivers, packs, controls and scoring models are read through this type, so that a
//! mistake of one kind has one code and one wording wherever it is made.

use crate::syntax_errors;
use crate::{
    excerpt::{excerpt, line_and_column},
    keys::{self, Key},
    messages,
    node::{Node, Value},
    parse::{self, Limits},
    suggest::{self, nearest},
};
use std::ops::Range;
use zicha_model::diag::codes;
use zicha_model::diag::{Code, Diagnostic, Locus};

/// A file being read, and what was found wrong in it.
#[derive(Debug)]
pub struct YamlDocument {
    /// Path as told to people: relative to the workspace, or inside the program.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Mistakes so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// The entries of a mapping, by key.
#[derive(Clone, Debug)]
pub struct Fields<'n> {
    entries: Vec<(&'n str, &'n Node)>,
    allowed: Vec<Key>,
    /// Place of the mapping, told where an entry is missing.
    pub at: Range<usize>,
}

impl<'n> Fields<'n> {
    /// The value of a key; an entry without a value counts as absent.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        let found = self.entries.iter().find(|(name, _)| *name == key);
        found
            .map(|(_, node)| *node)
            .filter(|node| !matches!(node.value, Value::Null))
    }
}

impl<'n> Fields<'n> {
    /// The entries in the order written.
    pub fn iter(&self) -> impl Iterator<Item = (&'n str, &'n Node)> + '_ {
        self.entries.iter().copied()
    }

    /// A key for people, in both spellings.
    pub fn shown(&self, key: &str) -> String {
        keys::known(key, &self.allowed).map_or_else(|| key.to_owned(), keys::shown)
    }
}

impl YamlDocument {
    /// A file to read.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self {
            path: path.into(),
            text: text
                .strip_prefix('\u{feff}')
                .map_or(text.clone(), str::to_owned),
            diagnostics: Vec::new(),
        }
    }

    /// The tree; `None` if the text is no YAML, which is told. An empty text is nothing.
    pub fn tree(&mut self) -> Option<Node> {
        self.tree_within(Limits::default())
    }

    /// The tree, under bounds of the caller.
    pub fn tree_within(&mut self, limits: Limits) -> Option<Node> {
        match parse::parse(&self.text, limits) {
            Ok(root) => Some(root.unwrap_or_else(Node::nothing)),
            Err(mistakes) => {
                for mut told in mistakes {
                    told.locus.file = Some(self.path.clone());
                    self.diagnostics.push(told);
                }
                None
            }
        }
    }

    /// Tells a mistake at a place; the caller may add advice.
    pub fn mistake(
        &mut self,
        code: Code,
        message: impl Into<String>,
        at: Range<usize>,
    ) -> &mut Diagnostic {
        let at = self.within(at);
        let (line, column) = line_and_column(&self.text, at.start);
        let excerpt = excerpt(&self.text, line, at);
        let locus = Locus::text(self.path.clone(), line, column);
        let told = Diagnostic::new(code, message, locus).with_excerpt(excerpt);
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
    /// told, with a suggestion. `what` names the mapping in messages. No `allowed` at all means that
    /// every key is right.
    pub fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        allowed: &[Key],
    ) -> Option<Fields<'n>> {
        let mut entries = Vec::new();
        for (key, value) in self.entries(node, what)? {
            let Some(name) = key.text() else {
                self.mistake(codes::YAML_SHAPE, messages::want_word(), key.at.clone());
                continue;
            };
            if allowed.is_empty() {
                entries.push((name, value));
                continue;
            }
            match keys::known(name, allowed) {
                Some((known, _)) if entries.iter().any(|(taken, _)| *taken == known) => {
                    let message = messages::key_twice(known, allowed);
                    self.mistake(codes::YAML_DUPLICATE_KEY, message, key.at.clone());
                }
                Some((known, _)) => entries.push((known, value)),
                None => {
                    let near = nearest(name, keys::spellings(allowed));
                    let message = messages::unknown_key(what, name);
                    self.mistake(codes::UNKNOWN_KEY, message, key.at.clone())
                        .hint = suggest::hint(near).or_else(|| Some(messages::allowed(allowed)));
                }
            }
        }
        let at = node.at.clone();
        let allowed = allowed.to_vec();
        Some(Fields {
            entries,
            allowed,
            at,
        })
    }

    /// The entries of a mapping of free keys; `None`, which is told, for anything else.
    pub fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [(Node, Node)]> {
        let entries = node.entries();
        if entries.is_none() {
            let colon = node
                .text()
                .and_then(|_| self.text.get(node.at.clone()))
                .and_then(syntax_errors::full_width_colon);
            match colon {
                Some(colon) => {
                    let at = node.at.start + colon.start..node.at.start + colon.end;
                    self.mistake(codes::YAML_SHAPE, syntax_errors::FULL_WIDTH_COLON, at);
                }
                None => {
                    self.mistake(
                        codes::YAML_SHAPE,
                        messages::want_mapping(what),
                        node.at.clone(),
                    );
                }
            }
        }
        entries
    }

    /// The items of a list.
    pub fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.mistake(codes::YAML_SHAPE, messages::want_list(), node.at.clone());
                &[]
            }
        }
    }

    /// A word as written.
    pub fn word<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Word(word) => Some(word),
            _ => {
                self.mistake(codes::YAML_SHAPE, messages::want_word(), node.at.clone());
                None
            }
        }
    }

    /// The word under a key that must be there.
    pub fn required<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n str> {
        match fields.get(key) {
            Some(node) => self.word(node),
            None => {
                self.missing(&fields.shown(key), fields.at.clone());
                None
            }
        }
    }

    /// Tells that a key, as [`Fields::shown`] writes it, is missing; several missing in one place are
    /// told together.
    pub fn missing(&mut self, key: &str, at: Range<usize>) {
        self.mistake(codes::MISSING_KEY, messages::missing_key(key), at);
        let Some(told) = self.diagnostics.pop() else {
            return;
        };
        let here = |d: &&mut Diagnostic| {
            d.code == told.code && d.locus == told.locus && messages::is_missing_key(&d.message)
        };
        match self.diagnostics.iter_mut().find(here) {
            Some(first) => first.message.push_str(&messages::and_key(key)),
            None => self.diagnostics.push(told),
        }
    }

    /// The word under a key that may be missing.
    pub fn optional<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n str> {
        fields.get(key).and_then(|node| self.word(node))
    }

    /// The words of a list under a key; none if the key is missing. A single word is a list of one.
    pub fn texts(&mut self, fields: &Fields<'_>, key: &str) -> Vec<String> {
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
    pub fn flag(&mut self, fields: &Fields<'_>, key: &str) -> bool {
        match self.optional(fields, key) {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                let at = fields.get(key).map_or(0..0, |n| n.at.clone());
                self.mistake(codes::BAD_VALUE, messages::want_truth(other), at);
                false
            }
        }
    }
}
