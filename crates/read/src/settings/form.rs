//! Reads mappings of known keys out of a YAML tree, and tells every key and value that is wrong.
//!
//! Shared by the profile and the waivers. Nothing stops at the first mistake: what is right is
//! taken, everything else is told with line, column and the nearest known spelling.

use crate::formats::{limits::Limits, read_errors, text};
use std::{collections::BTreeMap, path::Path};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::time::Day;
use zicha_yaml::{Node, YamlDocument};

pub(crate) use zicha_yaml::Key;

/// One settings file being read.
pub(crate) struct Form {
    document: YamlDocument,
}

impl Form {
    /// The file's tree; `None` if there is no such file. What cannot be read is told, and the tree
    /// is empty.
    pub(crate) fn open(root: &Path, file: &'static str, limits: &Limits) -> Option<(Self, Node)> {
        let bytes = match std::fs::read(root.join(file)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            other => other,
        };
        let text = bytes
            .map_err(|error| read_errors::unreadable(&error))
            .and_then(|bytes| match text::decode(&bytes) {
                Some(text) => Ok(text.into_owned()),
                None => Err(read_errors::encoding()),
            });
        let mut document = YamlDocument::new(file, text.as_deref().unwrap_or_default());
        let tree = document.tree_within(limits.yaml());
        if let Err(mut told) = text {
            told.locus.file = Some(file.to_owned());
            document.diagnostics.push(told);
        }
        Some((Self { document }, tree.unwrap_or_else(Node::nothing)))
    }

    /// The mistakes, each with its file.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.document.diagnostics
    }

    /// Tells a mistake at a node.
    pub(crate) fn wrong(&mut self, node: &Node, message: String, hint: &str) {
        let told = self
            .document
            .mistake(codes::BAD_VALUE, message, node.at.clone());
        told.hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
    }

    /// The values of a mapping with known keys, by their English spelling. `what` names the mapping
    /// in messages. Keys without a value are left out; nothing at all has no keys.
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[Key],
    ) -> BTreeMap<&'static str, &'n Node> {
        if node.is_nothing() {
            return BTreeMap::new();
        }
        let Some(fields) = self.document.fields(node, what, known) else {
            return BTreeMap::new();
        };
        let id = |name: &str| known.iter().find(|(id, _)| *id == name).map(|(id, _)| *id);
        let entries = fields.iter().filter(|(_, node)| !node.is_nothing());
        entries
            .filter_map(|(name, node)| Some((id(name)?, node)))
            .collect()
    }

    /// The entries of any mapping; none for nothing.
    pub(crate) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> &'n [(Node, Node)] {
        if node.is_nothing() {
            return &[];
        }
        self.document.entries(node, what).unwrap_or_default()
    }

    /// A text; empty texts are told.
    pub(crate) fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match node.text().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => {
                self.wrong(node, format!("{what}应为一段文字，不能为空"), "");
                None
            }
        }
    }

    /// One text or a list of texts.
    pub(crate) fn texts(&mut self, node: &Node, what: &str) -> Vec<String> {
        match node.items() {
            Some(items) => items.iter().filter_map(|i| self.text(i, what)).collect(),
            None => self.text(node, what).into_iter().collect(),
        }
    }

    /// A mapping of free keys to texts, such as control → reason.
    pub(crate) fn pairs(&mut self, node: &Node, what: &str, value: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for (key, node) in self.entries(node, what) {
            let key_text = key.text().unwrap_or_default();
            if let Some(text) = self.text(node, &format!("{what}“{key_text}”的{value}")) {
                pairs.push((key_text.to_owned(), text));
            }
        }
        pairs
    }

    /// A day as `2026-09-28`.
    pub(crate) fn day(&mut self, node: &Node, what: &str) -> Option<Day> {
        let day = node.text().and_then(Day::parse);
        if day.is_none() {
            let written = node.text().unwrap_or_default();
            let message = format!("{what}“{written}”不是日期");
            self.wrong(
                node,
                message,
                "日期请写作 2026-09-28 的形式，并确认这一天存在",
            );
        }
        day
    }
}

/// The note for a file that is not there.
pub(crate) fn absent(file: &str, message: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(codes::PROFILE_ABSENT, message, Locus::file(file)).with_hint(hint)
}

/// Settings in a file of another name, which is not read.
pub(super) fn misnamed(found: &str, meant: &str) -> Diagnostic {
    let message = format!("设置文件应为 {meant}，{found} 不会被读取，按默认设置检查");
    Diagnostic::new(codes::PROFILE_MISNAMED, message, Locus::file(found))
        .with_hint(format!("把 {found} 改名为 {meant}"))
}
