//! Reads mappings of known keys out of a YAML tree, and tells every key and value that is wrong.
//!
//! Shared by the profile and the waivers. Nothing stops at the first mistake: what is right is
//! taken, everything else is told with line, column and the nearest known spelling.

use crate::formats::limits::Limits;
use crate::formats::yaml_tree::{Node, Value};
use crate::formats::{text, yaml_tree};
use std::{collections::BTreeMap, path::Path};
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::time::Day;

/// A key: its English and its Chinese spelling.
pub(crate) type Key = (&'static str, &'static str);

/// One settings file being read.
pub(crate) struct Form {
    file: &'static str,
    text: String,
    /// The mistakes so far.
    pub(crate) told: Vec<Diagnostic>,
}

impl Form {
    /// The file's tree; `None` if there is no such file, or none that can be read (which is told).
    pub(crate) fn open(root: &Path, file: &'static str, limits: &Limits) -> Option<(Self, Node)> {
        let bytes = match std::fs::read(root.join(file)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            other => other,
        };
        let text = bytes
            .map_err(|error| crate::formats::read_errors::unreadable(&error))
            .and_then(|bytes| match text::decode(&bytes) {
                Some(text) => Ok(text.into_owned()),
                None => Err(crate::formats::read_errors::encoding()),
            });
        let mut form = Self {
            file,
            text: String::new(),
            told: Vec::new(),
        };
        let empty = Value::Scalar {
            text: String::new(),
            plain: true,
        };
        let mut root = Node {
            line: 1,
            column: 1,
            range: 0..0,
            value: empty,
        };
        match text.map_err(|d| vec![d]) {
            Err(told) => form.told = told,
            Ok(text) => {
                match yaml_tree::parse(&text, limits) {
                    Ok(node) => root = node.unwrap_or(root),
                    Err(told) => form.told = told,
                }
                form.text = text;
            }
        }
        Some((form, root))
    }

    /// The mistakes, each with its file.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        let name = |mut told: Diagnostic| {
            told.locus.file = Some(self.file.to_owned());
            told
        };
        self.told.into_iter().map(name).collect()
    }

    /// Tells a mistake at a node.
    pub(crate) fn wrong(&mut self, node: &Node, message: String, hint: &str) {
        let excerpt = yaml_tree::excerpt(&self.text, node.line, node.range.clone());
        let mut told =
            Diagnostic::error("profile-value", message, node.locus()).with_excerpt(excerpt);
        if !hint.is_empty() {
            told = told.with_hint(hint);
        }
        self.told.push(told);
    }

    /// The values of a mapping with known keys, by their English spelling. `what` names the mapping
    /// in messages. Keys without a value are left out.
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[Key],
    ) -> BTreeMap<&'static str, &'n Node> {
        let mut fields = BTreeMap::new();
        for (key, value) in self.entries(node, what) {
            let spelling = key.text().unwrap_or_default();
            let found = known.iter().find(|k| k.0 == spelling || k.1 == spelling);
            let Some(&(id, label)) = found else {
                self.unknown(key, what, known);
                continue;
            };
            if value.is_nothing() {
                continue;
            }
            if fields.insert(id, value).is_some() {
                let message = format!("“{id}”与“{label}”是同一项，只能写一次");
                self.wrong(key, message, "请删去其中一处");
            }
        }
        fields
    }

    fn unknown(&mut self, key: &Node, what: &str, known: &[Key]) {
        let spelling = key.text().unwrap_or_default();
        let message = format!("{what}中没有“{spelling}”这一项");
        let spellings = known.iter().flat_map(|k| [k.0, k.1]);
        let hint = match nearest(spelling, spellings) {
            Some(near) => format!("是否要写“{near}”？"),
            None => {
                let all: Vec<_> = known
                    .iter()
                    .map(|k| format!("{}（{}）", k.1, k.0))
                    .collect();
                format!("可以写的有：{}", all.join("、"))
            }
        };
        let excerpt = yaml_tree::excerpt(&self.text, key.line, key.range.clone());
        let told = Diagnostic::error("profile-key", message, key.locus())
            .with_excerpt(excerpt)
            .with_hint(hint);
        self.told.push(told);
    }

    /// The entries of any mapping; none for nothing.
    pub(crate) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> &'n [(Node, Node)] {
        if let Some(entries) = node.entries() {
            return entries;
        }
        if !node.is_nothing() {
            self.wrong(node, format!("{what}应写成若干行“键: 值”"), "");
        }
        &[]
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

/// Bytes of a word that may be one of the known ones misspelt.
const LONGEST_KEY: usize = 120;

/// The known spelling that is most like what was written.
pub(crate) fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > LONGEST_KEY {
        return None;
    }
    let scored = known.map(|k| (strsim::jaro_winkler(&written.to_lowercase(), k), k));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 >= 0.7).then_some(best.1)
}

/// The note for a file that is not there.
pub(crate) fn absent(file: &str, message: &str, hint: &str) -> Diagnostic {
    Diagnostic::note("profile-absent", message, Locus::file(file)).with_hint(hint)
}
