//! A scoring model as data: items, points, deductions, grades, vetoes; read and held to be sound.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    points::Points,
    schema::{FieldType, Schemas},
    verdict::Severity,
};

const HINT: &str = "对照内置模型 checklists/scoring/government.yaml 的写法修改。";

/// A value and the place where it is written.
#[derive(Debug)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A scoring model as written in `checklists/scoring/*.yaml` or in a unit's own file.
#[derive(Debug)]
pub(crate) struct Model {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) items: Spanned<Vec<Item>>,
    /// Points deducted for each case, by severity label.
    pub(super) deductions: Spanned<BTreeMap<String, Spanned<f64>>>,
    /// Points deducted for each case of a single control, in place of its severity's.
    pub(super) heavy: BTreeMap<String, Spanned<f64>>,
    /// The best first: reached from this percentage on.
    pub(super) grades: Spanned<Vec<Grade>>,
    /// Per cent of the points that must be decided for a grade to be given.
    pub(super) decided_at_least: Option<Spanned<f64>>,
    pub(super) vetoes: Vec<Veto>,
    /// Grade when a veto item strikes.
    pub(super) veto_grade: Spanned<String>,
}

/// What holds where a model does not say: a grade over more than a fifth of open points says little.
const DECIDED_AT_LEAST: f64 = 80.0;

/// One item: the controls of one or more chapters share its points.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: Spanned<String>,
    pub(super) title: String,
    pub(super) points: Spanned<f64>,
    /// Items of 条例 §58, `"1"` to `"13"`.
    pub(super) chapters: Vec<Spanned<String>>,
    /// Single controls, or domains such as `DOC`; they go before chapters.
    pub(super) controls: Vec<Spanned<String>>,
}

/// A grade and the percentage it is reached from.
#[derive(Debug)]
pub(super) struct Grade {
    pub(super) label: String,
    pub(super) from: f64,
}

impl Grade {
    /// The percentage it is reached from.
    pub(super) fn from(&self) -> Points {
        Points::nearest(self.from)
    }
}

/// An item that decides alone: any record whose truth-value field is 是.
#[derive(Debug)]
pub(super) struct Veto {
    pub(super) title: Spanned<String>,
    pub(super) ledger: String,
    pub(super) field: String,
}

impl Model {
    /// Everything that is wrong with the model; `controls`: ids and chapters of the catalogue.
    pub(crate) fn mistakes(
        &self,
        file: &str,
        schemas: &Schemas,
        controls: &[(&str, u8)],
    ) -> Vec<Diagnostic> {
        let mut found = ModelProblems {
            file,
            told: Vec::new(),
        };
        self.items_are_sound(controls, &mut found);
        self.deductions_are_sound(controls, &mut found);
        self.grades_are_sound(&mut found);
        self.vetoes_are_sound(schemas, &mut found);
        found.told
    }

    fn items_are_sound(&self, controls: &[(&str, u8)], found: &mut ModelProblems<'_>) {
        let items = &self.items.value;
        if items.is_empty() {
            found.error(&self.items, "评分模型没有评分项目（items）".to_owned());
        }
        let mut ids = BTreeSet::new();
        let mut taken = BTreeMap::new();
        for item in items {
            let id = item.id.value.as_str();
            if !ids.insert(id) {
                found.error(&item.id, format!("评分项目编号 {id} 重复"));
            }
            let points = item.points.value;
            if !points.is_finite() || points <= 0.0 {
                let message = format!("评分项目 {id} 的分值 {points} 应大于 0");
                found.error(&item.points, message);
            }
            if item.chapters.is_empty() && item.controls.is_empty() {
                let message =
                    format!("评分项目 {id} 没有写明包含哪些检查事项（chapters 或 controls）");
                found.error(&item.id, message);
            }
            item.covers_are_sound(controls, &mut taken, found);
        }
        self.nothing_is_left(controls, found);
    }

    /// Tells chapters that no item covers.
    fn nothing_is_left(&self, controls: &[(&str, u8)], found: &mut ModelProblems<'_>) {
        let left = controls
            .iter()
            .filter(|(id, chapter)| self.item_of(id, &chapter.to_string()).is_none());
        let left: BTreeSet<_> = left.map(|(_, chapter)| *chapter).collect();
        if left.is_empty() || self.items.value.is_empty() {
            return;
        }
        let left: Vec<_> = left.iter().map(u8::to_string).collect();
        let message = format!(
            "第 {} 类检查事项不在任何评分项目中，其问题不扣分",
            left.join("、")
        );
        found.warning(&self.items, message);
    }

    fn deductions_are_sound(&self, controls: &[(&str, u8)], found: &mut ModelProblems<'_>) {
        for severity in Severity::WORST_FIRST {
            if !self.deductions.value.contains_key(severity.label()) {
                let message = format!("deductions 缺少“{}”每处的扣分", severity.label());
                found.error(&self.deductions, message);
            }
        }
        for (name, points) in &self.deductions.value {
            if Severity::parse(name).is_none() {
                let message =
                    format!("deductions 的“{name}”不是严重程度（重大、严重、一般、提示）");
                found.error(points, message);
            }
            found.points("deductions", name, points);
        }
        for (name, points) in &self.heavy {
            if !controls.iter().any(|(id, _)| id == name) {
                found.error(points, format!("heavy 的“{name}”不是检查项编号"));
            }
            found.points("heavy", name, points);
        }
    }

    fn grades_are_sound(&self, found: &mut ModelProblems<'_>) {
        let grades = &self.grades.value;
        let falls = grades.windows(2).all(|pair| pair[0].from > pair[1].from);
        let ends = grades.last().is_some_and(|grade| grade.from == 0.0);
        if !falls || !ends {
            let message = "grades 应从高到低排列，最后一等从 0 起".to_owned();
            found.error(&self.grades, message);
        }
        if let Some(share) = &self.decided_at_least
            && !(0.0..=100.0).contains(&share.value)
        {
            let message = format!("decided_at_least {} 应为 0 至 100 的百分数", share.value);
            found.error(share, message);
        }
        let veto = &self.veto_grade;
        if !grades.iter().any(|grade| grade.label == veto.value) {
            let message = format!("veto_grade “{}”不在 grades 的等次中", veto.value);
            found.error(veto, message);
        }
    }

    /// Per cent of the points that must be decided for a grade.
    pub(super) fn decided_at_least(&self) -> Points {
        let share = self.decided_at_least.as_ref();
        Points::nearest(share.map_or(DECIDED_AT_LEAST, |share| share.value))
    }

    fn vetoes_are_sound(&self, schemas: &Schemas, found: &mut ModelProblems<'_>) {
        for veto in &self.vetoes {
            let field = schemas.ledger_by_id(&veto.ledger).and_then(|ledger| {
                let field = schemas.ledger(ledger).field_by_id(&veto.field)?;
                Some(schemas.field(ledger, field).ty)
            });
            if field != Some(FieldType::Bool) {
                let message = format!(
                    "一票否决“{}”的 {}.{} 不是台账中的是否字段",
                    veto.title.value, veto.ledger, veto.field
                );
                found.error(&veto.title, message);
            }
        }
    }

    /// The item that a control belongs to: named itself before its domain before its chapter.
    pub(super) fn item_of(&self, control: &str, chapter: &str) -> Option<usize> {
        let items = &self.items.value;
        let named = |wanted: &str| {
            let names = |item: &Item| item.controls.iter().any(|name| name.value == wanted);
            items.iter().position(names)
        };
        let domain = control.split('-').next().unwrap_or_default();
        named(control).or_else(|| named(domain)).or_else(|| {
            let has = |item: &Item| item.chapters.iter().any(|c| c.value == chapter);
            items.iter().position(has)
        })
    }

    /// Points deducted for one case.
    pub(super) fn per_case(&self, control: &str, severity: Severity) -> Points {
        let heavy = self.heavy.get(control);
        let usual = self.deductions.value.get(severity.label());
        let points = heavy.or(usual);
        points.map_or(Points::ZERO, |points| Points::nearest(points.value))
    }
}

impl Item {
    /// Its points.
    pub(super) fn points(&self) -> Points {
        Points::nearest(self.points.value)
    }

    /// What the item covers exists, and no other item covers it; `taken`: covered so far, by whom.
    fn covers_are_sound<'m>(
        &'m self,
        controls: &[(&str, u8)],
        taken: &mut BTreeMap<&'m str, &'m str>,
        found: &mut ModelProblems<'_>,
    ) {
        let id = self.id.value.as_str();
        for chapter in &self.chapters {
            let name = chapter.value.as_str();
            if !name.parse().is_ok_and(|n: u8| (1..=13).contains(&n)) {
                let message = format!("评分项目 {id} 的 chapters “{name}”不是 1 至 13 的序号");
                found.error(chapter, message);
            } else if let Some(other) = taken.insert(name, id) {
                let message = format!("检查事项 {name} 同时列在 {other} 和 {id}，会重复扣分");
                found.error(chapter, message);
            }
        }
        for control in &self.controls {
            let name = control.value.as_str();
            if !controls.iter().any(|(id, _)| covers(name, id)) {
                let message = format!("评分项目 {id} 的 controls “{name}”不是检查项编号或者领域");
                found.error(control, message);
            } else if let Some(other) = taken.insert(name, id) {
                let message = format!("“{name}”同时列在 {other} 和 {id}，会重复扣分");
                found.error(control, message);
            }
        }
    }
}

/// True if a name in `controls` means this control: itself or its domain.
fn covers(name: &str, control: &str) -> bool {
    control == name || control.split('-').next() == Some(name)
}

struct ModelProblems<'f> {
    file: &'f str,
    told: Vec<Diagnostic>,
}

impl ModelProblems<'_> {
    fn error<T>(&mut self, at: &Spanned<T>, message: String) {
        let told = Diagnostic::new(codes::SCORING_MODEL, message, self.place(at));
        self.told.push(told.with_hint(HINT));
    }

    fn warning<T>(&mut self, at: &Spanned<T>, message: String) {
        let told = Diagnostic::new(codes::SCORING_GAP, message, self.place(at));
        self.told.push(told);
    }

    fn place<T>(&self, at: &Spanned<T>) -> Locus {
        Locus::text(self.file, at.line, at.column)
    }

    fn points(&mut self, part: &str, name: &str, points: &Spanned<f64>) {
        if !points.value.is_finite() || points.value < 0.0 {
            let message = format!("{part} 的“{name}”扣分 {} 应为不小于 0 的数", points.value);
            self.error(points, message);
        }
    }
}
