//! `checklists/scoring/*.yaml`, or a unit's own file → a scoring model; every mistake is told at its place.

use super::model::{Grade, Item, Model, Spanned, Veto};
use std::collections::BTreeMap;
use zicha_model::diag::{Diagnostic, Severity, codes};
use zicha_yaml::{Fields, Key, Node, YamlDocument};

const TOP: &[Key] = &[
    ("id", "编号"),
    ("title", "名称"),
    ("source", "来源"),
    ("items", "项目"),
    ("deductions", "扣分"),
    ("heavy", "重扣"),
    ("grades", "等次"),
    ("decided_at_least", "评定所需"),
    ("vetoes", "否决"),
    ("veto_grade", "否决等次"),
];
const ITEM: &[Key] = &[
    ("id", "编号"),
    ("title", "名称"),
    ("points", "分值"),
    ("chapters", "检查事项"),
    ("controls", "检查项"),
];
const GRADE: &[Key] = &[("label", "名称"), ("from", "得分率")];
const VETO: &[Key] = &[("title", "名称"), ("ledger", "台账"), ("field", "字段")];

/// Reads a model.
///
/// # Errors
///
/// Everything that is wrong with its form.
pub(crate) fn parse(file: &str, text: &str) -> Result<Model, Vec<Diagnostic>> {
    let mut page = YamlDocument::new(file, text);
    let tree = page.tree();
    let model = tree.and_then(|tree| Parser { page: &mut page }.model(&tree));
    let unsound = page
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    match model.filter(|_| !unsound) {
        Some(model) => Ok(model),
        None => Err(page.diagnostics),
    }
}

struct Parser<'p> {
    page: &'p mut YamlDocument,
}

impl Parser<'_> {
    fn model(&mut self, tree: &Node) -> Option<Model> {
        let fields = self.page.fields(tree, "评分模型", TOP)?;
        let id = self.page.required(&fields, "id").map(str::to_owned);
        let title = self.page.required(&fields, "title").map(str::to_owned);
        self.page.required(&fields, "source");
        let items = self.list(&fields, "items", Self::item);
        let grades = self.list(&fields, "grades", Self::grade);
        let deductions = self
            .present(&fields, "deductions")
            .map(|node| spanned(node, self.numbers(node)));
        let heavy = fields
            .get("heavy")
            .map(|node| self.numbers(node))
            .unwrap_or_default();
        let decided_at_least = fields
            .get("decided_at_least")
            .and_then(|node| self.number(node));
        let vetoes = match fields.get("vetoes") {
            Some(_) => self.list(&fields, "vetoes", Self::veto)?.value,
            None => Vec::new(),
        };
        Some(Model {
            id: id?,
            title: title?,
            items: items?,
            deductions: deductions?,
            heavy,
            grades: grades?,
            decided_at_least,
            vetoes,
            veto_grade: self.word(&fields, "veto_grade")?,
        })
    }

    fn item(&mut self, node: &Node) -> Option<Item> {
        let fields = self.page.fields(node, "评分项目", ITEM)?;
        let id = self.word(&fields, "id");
        let title = self.page.required(&fields, "title").map(str::to_owned);
        let points = self
            .present(&fields, "points")
            .and_then(|node| self.number(node));
        Some(Item {
            chapters: self.words(&fields, "chapters"),
            controls: self.words(&fields, "controls"),
            id: id?,
            title: title?,
            points: points?,
        })
    }

    fn grade(&mut self, node: &Node) -> Option<Grade> {
        let fields = self.page.fields(node, "等次", GRADE)?;
        let label = self.page.required(&fields, "label").map(str::to_owned);
        let from = self
            .present(&fields, "from")
            .and_then(|node| self.number(node));
        Some(Grade {
            label: label?,
            from: from?.value,
        })
    }

    fn veto(&mut self, node: &Node) -> Option<Veto> {
        let fields = self.page.fields(node, "否决项", VETO)?;
        let title = self.word(&fields, "title");
        let ledger = self.page.required(&fields, "ledger").map(str::to_owned);
        let field = self.page.required(&fields, "field").map(str::to_owned);
        Some(Veto {
            title: title?,
            ledger: ledger?,
            field: field?,
        })
    }

    /// The value under a key that must be there.
    fn present<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() {
            self.page.missing(&fields.shown(key), fields.at.clone());
        }
        found
    }

    fn list<T>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        read: impl Fn(&mut Self, &Node) -> Option<T>,
    ) -> Option<Spanned<Vec<T>>> {
        let node = self.present(fields, key)?;
        let nodes = self.page.list(node);
        let values = nodes.iter().filter_map(|node| read(self, node)).collect();
        Some(spanned(node, values))
    }

    fn word(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<String>> {
        let node = self.present(fields, key)?;
        let word = self.page.word(node)?.to_owned();
        Some(spanned(node, word))
    }

    fn words(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Spanned<String>> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        let nodes = self.page.list(node).iter();
        let words = nodes.filter_map(|node| Some(spanned(node, self.page.word(node)?.to_owned())));
        words.collect()
    }

    fn numbers(&mut self, node: &Node) -> BTreeMap<String, Spanned<f64>> {
        let entries = self.page.entries(node, "").unwrap_or_default();
        let read = entries.iter().filter_map(|(key, value)| {
            let name = self.page.word(key)?.to_owned();
            Some((name, self.number(value)?))
        });
        read.collect()
    }

    fn number(&mut self, node: &Node) -> Option<Spanned<f64>> {
        let word = self.page.word(node)?.to_owned();
        let Ok(number) = word.parse::<f64>() else {
            let message = format!("“{word}”应为数字");
            self.page
                .mistake(codes::BAD_VALUE, message, node.at.clone());
            return None;
        };
        Some(spanned(node, number))
    }
}

fn spanned<T>(node: &Node, value: T) -> Spanned<T> {
    Spanned {
        value,
        line: node.line,
        column: node.column,
    }
}
