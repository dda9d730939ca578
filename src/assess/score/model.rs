//! A scoring model as data: items, points, deductions, grades, vetoes; read and held to be sound.

use crate::diag::{Diagnostic, Locus};
use crate::model::{
    schema::{FieldType, Schemas},
    verdict::Severity,
};
use serde::Deserialize;
use serde_yaml::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// A scoring model as written in `checklists/scoring/*.yaml` or in a unit's own file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::assess) struct Model {
    pub(super) id: String,
    pub(super) title: String,
    /// Where the model comes from.
    #[expect(dead_code, reason = "documents the data file")]
    source: String,
    pub(super) items: Vec<Item>,
    /// Points deducted for each case, by severity label.
    pub(super) deductions: BTreeMap<String, f64>,
    /// Points deducted for each case of a single control, in place of its severity's.
    #[serde(default)]
    pub(super) heavy: BTreeMap<String, f64>,
    /// The best first: reached from this percentage on.
    pub(super) grades: Vec<Grade>,
    #[serde(default)]
    pub(super) vetoes: Vec<Veto>,
    /// Grade when a veto item strikes.
    pub(super) veto_grade: String,
}

/// One item: the controls of one or more chapters share its points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub(super) id: Spanned<String>,
    pub(super) title: String,
    pub(super) points: f64,
    /// Items of 条例 §58, `"1"` to `"13"`.
    #[serde(default)]
    pub(super) chapters: Vec<String>,
    /// Single controls, or domains such as `DOC`; they go before chapters.
    #[serde(default)]
    pub(super) controls: Vec<String>,
}

/// A grade and the percentage it is reached from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grade {
    pub(super) label: String,
    pub(super) from: f64,
}

/// An item that decides alone: any record whose truth-value field is 是.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Veto {
    pub(super) title: String,
    pub(super) ledger: String,
    pub(super) field: String,
}

/// Reads a model's YAML.
pub(in crate::assess) fn parse(file: &str, text: &str) -> Result<Model, Diagnostic> {
    serde_yaml::from_str(text).map_err(|error| {
        let locus = error.location().map_or_else(
            || Locus::file(file),
            |at| Locus::text(file, at.line() as u32, at.column() as u32),
        );
        Diagnostic::error("scoring-model", format!("评分模型无法识读：{error}"), locus)
            .with_hint("对照内置模型 checklists/scoring/government.yaml 的写法修改。")
    })
}

impl Model {
    /// Everything that is wrong with the model; `controls`: ids and chapters of the catalogue.
    pub(in crate::assess) fn mistakes(
        &self,
        file: &str,
        schemas: &Schemas,
        controls: &[(&str, u8)],
    ) -> Vec<Diagnostic> {
        let mut found = Found {
            file,
            told: Vec::new(),
        };
        self.items_are_sound(controls, &mut found);
        self.deductions_are_sound(controls, &mut found);
        self.grades_are_sound(&mut found);
        self.vetoes_are_sound(schemas, &mut found);
        found.told
    }

    fn items_are_sound(&self, controls: &[(&str, u8)], found: &mut Found<'_>) {
        if self.items.is_empty() {
            found.error(None, "评分模型没有评分项目（items）".to_owned());
        }
        let mut ids = BTreeSet::new();
        let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
        for item in &self.items {
            let id = item.id.value.as_str();
            if !ids.insert(id) {
                found.error(Some(item), format!("评分项目编号 {id} 重复"));
            }
            if !item.points.is_finite() || item.points <= 0.0 {
                let message = format!("评分项目 {id} 的分值 {} 应大于 0", item.points);
                found.error(Some(item), message);
            }
            if item.chapters.is_empty() && item.controls.is_empty() {
                let message =
                    format!("评分项目 {id} 没有写明包含哪些检查事项（chapters 或 controls）");
                found.error(Some(item), message);
            }
            for chapter in &item.chapters {
                if !chapter.parse().is_ok_and(|n: u8| (1..=13).contains(&n)) {
                    let message =
                        format!("评分项目 {id} 的 chapters “{chapter}”不是 1 至 13 的序号");
                    found.error(Some(item), message);
                } else if let Some(other) = taken.insert(chapter, id) {
                    let message =
                        format!("检查事项 {chapter} 同时列在 {other} 和 {id}，会重复扣分");
                    found.error(Some(item), message);
                }
            }
            for control in &item.controls {
                let known = controls.iter().any(|(id, _)| covers(control, id));
                if !known {
                    let message =
                        format!("评分项目 {id} 的 controls “{control}”不是检查项编号或者领域");
                    found.error(Some(item), message);
                } else if let Some(other) = taken.insert(control, id) {
                    let message = format!("“{control}”同时列在 {other} 和 {id}，会重复扣分");
                    found.error(Some(item), message);
                }
            }
        }
        let left: BTreeSet<_> = controls
            .iter()
            .filter(|(id, chapter)| self.item_of(id, &chapter.to_string()).is_none())
            .map(|(_, chapter)| chapter.to_string())
            .collect();
        if !left.is_empty() && !self.items.is_empty() {
            let left: Vec<_> = left.into_iter().collect();
            let message = format!(
                "第 {} 类检查事项不在任何评分项目中，其问题不扣分",
                left.join("、")
            );
            found.warning(message);
        }
    }

    fn deductions_are_sound(&self, controls: &[(&str, u8)], found: &mut Found<'_>) {
        for severity in Severity::WORST_FIRST {
            if !self.deductions.contains_key(severity.label()) {
                let message = format!("deductions 缺少“{}”每处的扣分", severity.label());
                found.error(None, message);
            }
        }
        for (name, points) in &self.deductions {
            if Severity::parse(name).is_none() {
                let message =
                    format!("deductions 的“{name}”不是严重程度（重大、严重、一般、提示）");
                found.error(None, message);
            }
            found.points("deductions", name, *points);
        }
        for (name, points) in &self.heavy {
            if !controls.iter().any(|(id, _)| id == name) {
                found.error(None, format!("heavy 的“{name}”不是检查项编号"));
            }
            found.points("heavy", name, *points);
        }
    }

    fn grades_are_sound(&self, found: &mut Found<'_>) {
        let falls = self
            .grades
            .windows(2)
            .all(|pair| pair[0].from > pair[1].from);
        let ends = self.grades.last().is_some_and(|grade| grade.from == 0.0);
        if !falls || !ends {
            let message = "grades 应从高到低排列，最后一等从 0 起".to_owned();
            found.error(None, message);
        }
        let has = self
            .grades
            .iter()
            .any(|grade| grade.label == self.veto_grade);
        if !has {
            let message = format!("veto_grade “{}”不在 grades 的等次中", self.veto_grade);
            found.error(None, message);
        }
    }

    fn vetoes_are_sound(&self, schemas: &Schemas, found: &mut Found<'_>) {
        for veto in &self.vetoes {
            let field = schemas.ledger_by_id(&veto.ledger).and_then(|ledger| {
                let field = schemas.ledger(ledger).field_by_id(&veto.field)?;
                Some(schemas.field(ledger, field).ty)
            });
            if field != Some(FieldType::Bool) {
                let message = format!(
                    "一票否决“{}”的 {}.{} 不是台账中的是否字段",
                    veto.title, veto.ledger, veto.field
                );
                found.error(None, message);
            }
        }
    }

    /// The item that a control belongs to: named itself before its domain before its chapter.
    pub(super) fn item_of(&self, control: &str, chapter: &str) -> Option<usize> {
        let named = |wanted: &dyn Fn(&String) -> bool| {
            self.items
                .iter()
                .position(|item| item.controls.iter().any(wanted))
        };
        let domain = control.split('-').next().unwrap_or_default();
        named(&|name| name == control)
            .or_else(|| named(&|name| name == domain))
            .or_else(|| {
                let has = |item: &Item| item.chapters.iter().any(|c| c == chapter);
                self.items.iter().position(has)
            })
    }

    /// Points deducted for one case.
    pub(super) fn per_case(&self, control: &str, severity: Severity) -> f64 {
        let heavy = self.heavy.get(control);
        let usual = self.deductions.get(severity.label());
        heavy.or(usual).copied().unwrap_or(0.0)
    }
}

/// True if a name in `controls` means this control: itself or its domain.
fn covers(name: &str, control: &str) -> bool {
    control == name || control.split('-').next() == Some(name)
}

struct Found<'f> {
    file: &'f str,
    told: Vec<Diagnostic>,
}

impl Found<'_> {
    fn error(&mut self, item: Option<&Item>, message: String) {
        let locus = item.map_or_else(
            || Locus::file(self.file),
            |item| {
                let at = &item.id.referenced;
                Locus::text(self.file, at.line() as u32, at.column() as u32)
            },
        );
        let hint = "对照内置模型 checklists/scoring/government.yaml 的写法修改。";
        self.told
            .push(Diagnostic::error("scoring-model", message, locus).with_hint(hint));
    }

    fn warning(&mut self, message: String) {
        let locus = Locus::file(self.file);
        self.told
            .push(Diagnostic::warning("scoring-gap", message, locus));
    }

    fn points(&mut self, part: &str, name: &str, points: f64) {
        if !points.is_finite() || points < 0.0 {
            let message = format!("{part} 的“{name}”扣分 {points} 应为不小于 0 的数");
            self.error(None, message);
        }
    }
}
