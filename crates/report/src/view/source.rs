//! What the view is built from: the assessment with its texts made fit for display, and look-ups
//! from ids to the words that people use.

use crate::document::blocks::PlaceText;
use crate::redaction::display_text;
use crate::redaction::mask::Mask;
use crate::redaction::unit_text::UnitText;
use crate::view::words;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use zicha_assess::Assessment;
use zicha_model::{
    brief::brief,
    control::Control,
    dataset::{CellState, Table},
    plan::Checklist,
    results::{ControlResult, Evidence, Finding, FindingKind},
    schema::{FieldId, FieldType, LedgerId, LedgerSchema, Schemas},
};
use zicha_rule::{narrow, window};

/// The assessment, and how its ids are called.
pub(crate) struct Source<'a> {
    /// As it came, for looking rows up by place.
    pub(crate) original: &'a Assessment<'a>,
    /// A copy fit for display, without the findings.
    pub(crate) data: Assessment<'a>,
    /// The findings fit for display: most are so as they came, and there may be hundreds of thousands.
    findings: Vec<Cow<'a, Finding>>,
    mask: Option<&'a Mask>,
    controls: BTreeMap<&'a str, &'a Control>,
    /// File → sheet → ledger.
    sheets: BTreeMap<String, Vec<(String, String)>>,
    /// Department → leader in charge of its business.
    leaders: BTreeMap<String, String>,
    /// Names without folder and ending that several inputs bear.
    shared_stems: BTreeSet<String>,
}

impl<'a> Source<'a> {
    /// Copies the assessment, masks it if asked, and scrubs every text from the unit's files.
    pub(crate) fn new(assessment: &'a Assessment<'a>, mask: Option<&'a Mask>) -> Self {
        let shown = |text: &str| match mask {
            Some(mask) => display_text::display(&mask.apply(text)),
            None => display_text::display(text),
        };
        let mut data = display_text::frame(assessment);
        data.each_text(&|text| *text = shown(text));
        let findings = assessment.results.findings.iter();
        let findings = findings.map(|finding| {
            let mut finding = display_text::finding(finding, &shown);
            if let Some(mask) = mask {
                mask.seal(finding.to_mut());
            }
            finding
        });
        let findings = findings.collect();
        let controls = data.catalogue.controls.iter();
        let controls = controls
            .map(|c| (c.control.id.as_str(), &c.control))
            .collect();
        let mut source = Self {
            original: assessment,
            data,
            findings,
            mask,
            controls,
            sheets: BTreeMap::new(),
            leaders: BTreeMap::new(),
            shared_stems: BTreeSet::new(),
        };
        source.sheets = source.sheets_by_file();
        source.leaders = source.leaders_by_department();
        source.shared_stems = source.stems_of_several();
        source
    }

    /// The part that belongs to one checklist: its controls and their findings, and unreadable cells.
    pub(crate) fn only(&self, checklist: Checklist) -> Self {
        let mut data = display_text::frame(&self.data);
        let ran = |c: &ControlResult| c.checklists.contains(&checklist);
        data.results.controls.retain(ran);
        let catalogue = self.data.catalogue;
        let on_it = |control: &Control| control.checklists.contains(&checklist);
        data.outcomes
            .retain(|o| on_it(&catalogue.controls[o.control].control));
        let findings = self.findings.iter();
        let findings = findings.filter(|f| match &f.control {
            None => true,
            Some(id) => self.control(id).is_some_and(on_it),
        });
        Self {
            original: self.original,
            data,
            findings: findings.cloned().collect(),
            mask: self.mask,
            controls: self.controls.clone(),
            sheets: self.sheets.clone(),
            leaders: self.leaders.clone(),
            shared_stems: self.shared_stems.clone(),
        }
    }

    /// Findings that stand: neither fixed nor waived.
    pub(crate) fn standing(&self) -> impl Iterator<Item = &Finding> {
        self.findings().filter(|f| f.stands())
    }

    /// All findings, in the order of the assessment.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().map(|finding| &**finding)
    }

    /// Standing findings of what the unit did. Cells that nobody can read are a matter of the ledgers'
    /// quality: they stand in the list and the working paper.
    pub(crate) fn violations(&self) -> impl Iterator<Item = &Finding> {
        let is_violation = |f: &&Finding| f.kind == FindingKind::Violation;
        self.standing().filter(is_violation)
    }

    /// Ledgers and enumerations.
    pub(crate) fn schemas(&self) -> &'a Schemas {
        &self.data.catalogue.schemas
    }

    /// A control by id.
    pub(crate) fn control(&self, id: &str) -> Option<&'a Control> {
        self.controls.get(id).copied()
    }

    /// Which records a control of the run looks at, a line for each kind, and what packs leave out; the
    /// periods too where there are two of them, the only one stands above everything.
    pub(crate) fn window(&self, id: &str) -> Vec<String> {
        let catalogue = self.data.catalogue;
        let found = catalogue.controls.iter().find(|c| c.control.id == id);
        let Some(compiled) = found else {
            return Vec::new();
        };
        let run = &self.data.results.run.checklists;
        let own = run
            .iter()
            .filter(|c| compiled.control.checklists.contains(c));
        let periods = own.filter(|_| run.len() > 1).map(|c| window::period(*c));
        let narrowed = narrow::lines(&catalogue.schemas, compiled);
        let narrowed = narrowed
            .iter()
            .map(|line| display_text::display(&self.masked(line)));
        let subjects = window::subjects(catalogue, compiled);
        periods.chain(subjects).chain(narrowed).collect()
    }

    /// A control's item of 条例 §58; 0 if it is not known.
    pub(crate) fn chapter(&self, control: Option<&str>) -> u8 {
        control
            .and_then(|id| self.control(id))
            .map_or(0, |c| c.chapter)
    }

    /// The name of a ledger; its id where no schema knows it.
    pub(crate) fn ledger_label(&self, id: &str) -> String {
        let ledger = self.schemas().ledger_by_id(id);
        ledger.map_or_else(
            || display_text::display(id),
            |l| self.schemas().ledger(l).label.clone(),
        )
    }

    /// The leader in charge of a department; empty if the register does not tell.
    pub(crate) fn leader(&self, department: &str) -> String {
        self.leaders.get(department).cloned().unwrap_or_default()
    }

    /// A table by the id of its ledger, with its schema.
    pub(crate) fn table(&self, id: &str) -> Option<(&'a LedgerSchema, &'a Table)> {
        let ledger = self.schemas().ledger_by_id(id)?;
        let table = self.data.dataset.table(ledger)?;
        Some((self.schemas().ledger(ledger), table))
    }

    /// A cell in the words people use, persons and departments by name, fit for display.
    pub(crate) fn cell(&self, table: &Table, row: u32, field: FieldId) -> String {
        let shown = self.data.dataset.display(self.schemas(), table, row, field);
        let named = match self.schemas().field(table.ledger, field).ty {
            FieldType::Department => self.department_name(&shown),
            _ => self.person_name(&shown),
        };
        let named = named.unwrap_or(shown);
        display_text::display(&self.masked(&named))
    }

    /// The persons of a cell by name, parted by 、; empty if it names nobody.
    pub(crate) fn names(&self, table: &Table, row: u32, field: FieldId) -> String {
        let shown = self.data.dataset.display(self.schemas(), table, row, field);
        let names = shown.split('、').map(|id| {
            let named = self.person_name(id).unwrap_or_else(|| id.to_owned());
            display_text::display(&self.masked(&named))
        });
        names.collect::<Vec<_>>().join("、")
    }

    fn stems_of_several(&self) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let inputs = self.data.results.inputs.iter();
        let stems = inputs.map(|input| file_stem(&input.path));
        stems
            .filter(|stem| !seen.insert(*stem))
            .map(str::to_owned)
            .collect()
    }

    /// A file's name without folder and ending, where no other input is called so; else its path.
    fn short_path<'p>(&self, path: &'p str) -> &'p str {
        let stem = file_stem(path);
        if self.shared_stems.contains(stem) {
            path
        } else {
            stem
        }
    }

    /// File and sheet as short as they are found by, ready for the cell: `收文“2026”`.
    fn short_sheet(&self, evidence: &Evidence) -> Option<String> {
        let file = self.short_path(evidence.file.as_deref()?);
        Some(match &evidence.sheet {
            Some(sheet) => format!("{file}“{sheet}”"),
            None => format!("{file} "),
        })
    }

    /// Cells by sheet, a text a sheet: `收文“2026”F47、G47`; `ledger` is where something was looked for in
    /// vain.
    pub(crate) fn short_places(&self, evidence: &[Evidence], ledger: &str) -> Vec<String> {
        let mut places: Vec<(String, Vec<String>)> = Vec::new();
        for evidence in evidence {
            let (sheet, cell) = match self.short_sheet(evidence) {
                Some(sheet) => (sheet, cell(evidence)),
                None => (self.place(evidence, ledger).place, None),
            };
            let at = places.iter().position(|(known, _)| *known == sheet);
            let at = at.unwrap_or(places.len());
            if at == places.len() {
                places.push((sheet, Vec::new()));
            }
            places[at].1.extend(cell);
        }
        let lines = places.into_iter();
        lines
            .map(|(sheet, cells)| format!("{sheet}{}", cells.join("、")))
            .collect()
    }

    /// A text masked, if masking was asked for.
    pub(crate) fn masked(&self, text: &str) -> String {
        self.mask
            .map_or_else(|| text.to_owned(), |mask| mask.apply(text))
    }

    /// What people entered, masked if asked, whole, fit for display.
    pub(crate) fn entered(&self, entry: &str) -> String {
        let lines = entry.lines().map(display_text::scrub);
        self.masked(&lines.collect::<Vec<_>>().join("\n"))
    }

    /// A deciding cell as people look it up; `ledger` is the finding's.
    pub(crate) fn place(&self, evidence: &Evidence, ledger: &str) -> PlaceText {
        let value = if evidence.value.is_empty() {
            words::EMPTY.to_owned()
        } else {
            brief(&evidence.value, CELL)
        };
        let value = match &evidence.comment {
            Some(comment) => format!("{value}（批注：{}）", brief(comment, CELL)),
            None => value,
        };
        let sought = self.schemas().ledger_by_id(&evidence.field);
        let sought = sought.map_or(ledger, |_| evidence.field.as_str());
        PlaceText {
            place: address(evidence)
                .unwrap_or_else(|| format!("{}中没有相应记录", self.ledger_label(sought))),
            field: self.field_label(evidence, ledger),
            value,
        }
    }

    fn field_label(&self, evidence: &Evidence, ledger: &str) -> String {
        let own = std::iter::once(ledger.to_owned());
        let read = evidence
            .file
            .as_ref()
            .and_then(|file| self.sheets.get(file));
        let read = read
            .into_iter()
            .flatten()
            .filter(|(sheet, _)| evidence.sheet.as_ref().is_none_or(|wanted| wanted == sheet));
        let mut candidates = read.map(|(_, ledger)| ledger.clone()).chain(own);
        let label = candidates.find_map(|id| {
            let schema = self.schemas().ledger(self.schemas().ledger_by_id(&id)?);
            let field = schema.field_by_id(&evidence.field)?;
            Some(schema.fields[usize::from(field.0)].label.clone())
        });
        label.unwrap_or_else(|| self.ledger_label(&evidence.field))
    }

    fn sheets_by_file(&self) -> BTreeMap<String, Vec<(String, String)>> {
        let mut sheets: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for input in &self.data.results.inputs {
            for sheet in &input.sheets {
                if let Some(ledger) = &sheet.ledger {
                    let of_file = sheets.entry(input.path.clone()).or_default();
                    of_file.push((sheet.name.clone(), ledger.clone()));
                }
            }
        }
        sheets
    }

    fn leaders_by_department(&self) -> BTreeMap<String, String> {
        let Some((schema, table)) = self.table("departments") else {
            return BTreeMap::new();
        };
        let fields = (
            schema.field_by_id("name"),
            schema.field_by_id("business_leader"),
        );
        let (Some(name), Some(leader)) = fields else {
            return BTreeMap::new();
        };
        let rows = 0..table.len() as u32;
        rows.map(|row| (self.cell(table, row, name), self.cell(table, row, leader)))
            .collect()
    }

    /// The department of somebody in the register, by id or name; empty if it does not tell.
    pub(crate) fn department_of(&self, person: &str) -> String {
        let found = self.table("personnel").and_then(|(schema, table)| {
            let field = |id| schema.field_by_id(id);
            let (key, name) = (field("person_id")?, field("name")?);
            let raw = |row, field| self.data.dataset.raw(table, row, field);
            let row = (0..table.len() as u32)
                .find(|&row| raw(row, name) == person || raw(row, key) == person)?;
            Some(self.cell(table, row, field("department")?))
        });
        found.unwrap_or_default()
    }

    /// True for the unit itself and for a department of its register.
    pub(crate) fn is_department(&self, name: &str) -> bool {
        name == self.data.results.unit.name || self.leaders.contains_key(name)
    }

    /// The name of a person whose id the register knows.
    fn person_name(&self, id: &str) -> Option<String> {
        self.name_of("personnel", "person_id", id)
    }

    /// The name of a department whose id the register knows.
    fn department_name(&self, id: &str) -> Option<String> {
        self.name_of("departments", "dept_id", id)
    }

    fn name_of(&self, ledger: &str, key: &str, id: &str) -> Option<String> {
        let (schema, table) = self.table(ledger)?;
        let (key, name) = (schema.field_by_id(key)?, schema.field_by_id("name")?);
        let sym = self.data.dataset.strings.lookup(id)?;
        let row = (0..table.len() as u32)
            .find(|&row| table.cell(row, key) == (CellState::Value, sym.0 as i32))?;
        Some(self.data.dataset.raw(table, row, name).to_owned())
    }

    /// The table row that a deciding cell stands in, for the ledger of its finding.
    pub(crate) fn rows_by_place(
        &self,
        ledger: LedgerId,
    ) -> BTreeMap<(String, Option<String>, u32), u32> {
        let Some(table) = self.data.dataset.table(ledger) else {
            return BTreeMap::new();
        };
        let rows = table.origins.iter().enumerate().map(|(row, origin)| {
            let part = &table.parts[origin.part as usize];
            let file = self.data.dataset.inputs[part.input].path.clone();
            ((file, part.sheet.clone(), origin.row), row as u32)
        });
        rows.collect()
    }
}

/// File, sheet and cell in one line; `None` if the evidence is that something is missing.
pub(crate) fn address(evidence: &Evidence) -> Option<String> {
    let sheet = sheet(evidence)?;
    Some(match cell(evidence) {
        Some(cell) => format!("{sheet} {cell}"),
        None => sheet,
    })
}

/// File and sheet: `台账/收文.xlsx 工作表“2026”`.
pub(crate) fn sheet(evidence: &Evidence) -> Option<String> {
    let file = evidence.file.as_ref()?;
    Some(match &evidence.sheet {
        Some(sheet) => format!("{file} 工作表“{sheet}”"),
        None => file.clone(),
    })
}

/// The cell in its sheet, `F47`, or in a file of lines, `第47行F列`.
pub(crate) fn cell(evidence: &Evidence) -> Option<String> {
    let row = evidence.row?;
    Some(match (&evidence.sheet, &evidence.column) {
        (Some(_), Some(column)) => format!("{column}{row}"),
        (None, Some(column)) => format!("第{row}行{column}列"),
        (_, None) => format!("第{row}行"),
    })
}

/// Characters of a cell that documents show; its address leads to the rest.
const CELL: usize = 60;

fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
