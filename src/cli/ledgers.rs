//! `zicha ledgers`: how every sheet was understood, as text for people or as JSON.
//!
//! What enters: the dataset as read and which controls hang on which field. What leaves: text. A
//! reader of it can tell for every row and column whether it was used, and if not, why.

mod json;
mod save;

use super::{
    args::LedgersArgs,
    exit::Exit,
    output,
    unread::{self, At},
};
use crate::pipeline;
use comfy_table::{ContentArrangement, Table, presets};
use std::collections::BTreeMap;
use zicha_model::diag::{self, Diagnostic, Severity, human};
use zicha_model::{
    brief::brief,
    dataset::{CellState, Dataset, InputFile, Match, SheetUse, SkippedRows, column_letter},
    schema::{FieldId, LedgerId, Schemas},
};
use zicha_rule::pack::Catalogue;

/// Characters of a heading that are shown; its column leads to the rest.
const HEADING: usize = 40;

/// Which controls need a field.
pub type Needs = BTreeMap<(LedgerId, FieldId), Vec<String>>;

/// Everything the report is made of.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What was read.
    pub dataset: &'a Dataset,
    /// The ledgers.
    pub schemas: &'a Schemas,
    /// Which controls need which field.
    pub needs: &'a Needs,
}

/// Reads the workspace and prints how every sheet was understood.
pub(super) fn run(args: &LedgersArgs) -> Exit {
    let (catalogue, dataset, told) = match pipeline::read_only(&args.dir) {
        Ok(read) => read,
        Err(problems) => {
            output::complain(&problems.iter().map(human::render).collect::<String>());
            return Exit::Failed;
        }
    };
    let needs = needs(&catalogue);
    let report = Report {
        dataset: &dataset,
        schemas: &catalogue.schemas,
        needs: &needs,
    };
    if args.json {
        output::print(&format!("{:#}\n", report.json()));
    } else {
        output::print(&report.human());
    }
    if args.save {
        match save::save(&args.dir, &catalogue.schemas, &dataset) {
            Ok(()) => {
                output::complain("识别结果已写进 zicha.yaml（都是注释），改好后去掉行首的“# ”。\n")
            }
            Err(problem) => {
                output::complain(&human::render(&problem));
                return Exit::Failed;
            }
        }
    }
    let failed = told.iter().any(|d| d.severity == Severity::Error);
    if failed { Exit::Failed } else { Exit::Clean }
}

/// Which controls need which field.
fn needs(catalogue: &Catalogue) -> Needs {
    let mut needs = Needs::new();
    for compiled in &catalogue.controls {
        for clause in &compiled.rule.clauses {
            for &need in &clause.needs {
                let controls = needs.entry(need).or_default();
                if controls.last() != Some(&compiled.control.id) {
                    controls.push(compiled.control.id.clone());
                }
            }
        }
    }
    needs
}

/// How a match is called.
fn match_label(matched: Match) -> &'static str {
    match matched {
        Match::Id => "字段编号",
        Match::Label => "字段名称",
        Match::Alias => "别名",
        Match::Profile => "配置指定",
        Match::Similar => "近似（忽略括号标点）",
    }
}

impl Report<'_> {
    /// The report for people: a block a sheet, then what no file had.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for (at, input) in self.dataset.inputs.iter().enumerate() {
            self.file(at, input, &mut text);
        }
        if self.dataset.inputs.is_empty() {
            text.push_str("没有找到可读的台账文件。\n\n");
        }
        self.absent_ledgers(&mut text);
        let others: Vec<&Diagnostic> = self.dataset.diagnostics.iter().collect();
        if !others.is_empty() {
            text.push_str("\n读取中的提示\n");
            for diagnostic in others {
                text.push_str(&diag::human::render(diagnostic));
            }
        }
        text
    }

    fn file(&self, at: usize, input: &InputFile, text: &mut String) {
        text.push_str(&format!("■ {}\n", input.path));
        if !input.readable {
            text.push_str("  没有读成，原因见下面的提示\n");
        }
        for (sheet_at, sheet) in input.sheets.iter().enumerate() {
            self.sheet((at, sheet_at), (input, sheet), text);
        }
        text.push('\n');
    }

    fn sheet(&self, at: At, (input, sheet): (&InputFile, &SheetUse), text: &mut String) {
        let Some(ledger) = sheet.ledger else {
            text.push_str(&format!("  ○ “{}”：不是台账。{}\n", sheet.name, sheet.why));
            remarks(sheet, text);
            return;
        };
        let schema = self.schemas.ledger(ledger);
        text.push_str(&format!(
            "  ● “{}” → {}（{}）\n",
            sheet.name, schema.label, schema.id
        ));
        text.push_str(&format!("    依据：{}\n", sheet.why));
        let heading = sheet
            .heading_row
            .map_or_else(String::new, |row| format!("标题行在第 {row} 行，"));
        text.push_str(&format!("    {heading}读入 {} 条记录\n", sheet.rows));
        text.push_str(&indented(&self.columns(ledger, input, sheet)));
        for column in &sheet.unused_columns {
            let guess = column.did_you_mean.as_ref();
            let guess = guess.map_or_else(String::new, |label| format!("，是不是“{label}”？"));
            text.push_str(&format!(
                "    未使用：{}“{}”{guess}\n",
                letter(input, column.column).map_or_else(String::new, |l| format!("{l} 列")),
                brief(&column.heading, HEADING)
            ));
        }
        for skipped in &sheet.skipped {
            text.push_str(&format!("    跳过：{}（{}）\n", rows(skipped), skipped.why));
        }
        remarks(sheet, text);
        unread::of_sheet(self.dataset, self.schemas, at, text);
        self.tell_absent_fields(ledger, sheet, text);
    }

    fn tell_absent_fields(&self, ledger: LedgerId, sheet: &SheetUse, text: &mut String) {
        let absent = self.absent_fields(ledger, sheet);
        if !absent.is_empty() {
            text.push_str("    缺列（下列条目要用到，本表的记录可能因此无法判定）：\n");
        }
        for (field, controls) in absent {
            let label = &self.schemas.field(ledger, field).label;
            text.push_str(&format!("      “{label}”：{}\n", some(&controls)));
        }
    }

    fn columns(&self, ledger: LedgerId, input: &InputFile, sheet: &SheetUse) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Disabled);
        for column in &sheet.columns {
            let field = self.schemas.field(ledger, column.field);
            table.add_row([
                letter(input, column.column).unwrap_or_default(),
                brief(&column.heading, HEADING),
                format!("→ {}", field.label),
                match_label(column.matched).to_owned(),
            ]);
        }
        table.trim_fmt()
    }

    /// Fields that the sheet has no column for although controls need them.
    fn absent_fields(&self, ledger: LedgerId, sheet: &SheetUse) -> Vec<(FieldId, Vec<String>)> {
        let fields = 0..self.schemas.ledger(ledger).fields.len() as u16;
        fields
            .map(FieldId)
            .filter(|field| sheet.columns.iter().all(|c| c.field != *field))
            .filter(|&field| !self.filled_otherwise(ledger, field))
            .filter_map(|field| Some((field, self.needs.get(&(ledger, field))?.clone())))
            .filter(|(_, controls)| !controls.is_empty())
            .collect()
    }

    /// True if the field has values without a column of its own: a term within the level cells, a
    /// name in place of a number.
    fn filled_otherwise(&self, ledger: LedgerId, field: FieldId) -> bool {
        self.dataset.table(ledger).is_some_and(|table| {
            let states = &table.columns[usize::from(field.0)].states;
            !states.is_empty() && states.iter().all(|state| *state != CellState::NoColumn)
        })
    }

    fn absent_ledgers(&self, text: &mut String) {
        let absent = self.absent();
        if absent.is_empty() {
            return;
        }
        text.push_str("没有提供的台账（依赖它们的条目将无法判定；如单位没有此类事项，在 zicha.yaml 的 not_kept 中说明理由）\n");
        for (ledger, controls) in absent {
            let label = &self.schemas.ledger(ledger).label;
            text.push_str(&format!("  · {label}：{}\n", some(&controls)));
        }
    }

    /// Ledgers that controls need and no file has.
    fn absent(&self) -> Vec<(LedgerId, Vec<String>)> {
        let mut absent: BTreeMap<LedgerId, Vec<String>> = BTreeMap::new();
        for ((ledger, _), controls) in self.needs {
            if self.dataset.table(*ledger).is_none() {
                absent
                    .entry(*ledger)
                    .or_default()
                    .extend(controls.iter().cloned());
            }
        }
        for controls in absent.values_mut() {
            controls.sort();
            controls.dedup();
        }
        absent
            .into_iter()
            .filter(|(_, controls)| !controls.is_empty())
            .collect()
    }
}

/// The letter that people see above a column; mappings have none.
fn letter(input: &InputFile, column: u32) -> Option<String> {
    let mapping = [".yaml", ".yml"];
    let path = input.path.to_lowercase();
    let lettered = !mapping.iter().any(|end| path.ends_with(end));
    lettered.then(|| column_letter(column))
}

fn remarks(sheet: &SheetUse, text: &mut String) {
    for remark in &sheet.remarks {
        text.push_str(&format!("    说明：{remark}\n"));
    }
}

fn indented(lines: &str) -> String {
    lines
        .lines()
        .map(|line| format!("      {}\n", line.trim()))
        .collect()
}

/// The first few controls, and how many there are.
fn some(controls: &[String]) -> String {
    let shown = controls
        .iter()
        .take(6)
        .cloned()
        .collect::<Vec<_>>()
        .join("、");
    match controls.len() {
        0..=6 => format!("条目 {shown}"),
        n => format!("条目 {shown} 等 {n} 项"),
    }
}

fn rows(skipped: &SkippedRows) -> String {
    zicha_read::recognition::row_kinds::numbers(&skipped.rows)
}
