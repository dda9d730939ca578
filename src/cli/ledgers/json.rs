//! How every sheet was understood, for programs (`zicha ledgers --json`).

use super::{Report, letter};
use crate::cli::unread::{self, At};
use serde_json::{Value, json};
use zicha_model::{
    dataset::{InputFile, Match, SheetUse},
    results::DiagnosticRecord,
};

/// How a match is called.
fn match_id(matched: Match) -> &'static str {
    match matched {
        Match::Id => "id",
        Match::Label => "label",
        Match::Alias => "alias",
        Match::Profile => "profile",
        Match::Similar => "similar",
    }
}

impl Report<'_> {
    /// The report for programs.
    pub fn json(&self) -> Value {
        let files: Vec<Value> = self
            .dataset
            .inputs
            .iter()
            .enumerate()
            .map(|(at, input)| self.file_json(at, input))
            .collect();
        let absent: Vec<Value> = self
            .absent()
            .into_iter()
            .map(|(ledger, controls)| {
                let schema = self.schemas.ledger(ledger);
                json!({"ledger": schema.id, "label": schema.label, "controls": controls})
            })
            .collect();
        let told: Vec<Value> = self
            .dataset
            .diagnostics
            .iter()
            .map(|d| json!(DiagnosticRecord::from(d)))
            .collect();
        json!({"schema": "zicha/ledgers/1", "files": files, "absent_ledgers": absent, "diagnostics": told})
    }

    fn file_json(&self, at: usize, input: &InputFile) -> Value {
        let sheets: Vec<Value> = input
            .sheets
            .iter()
            .enumerate()
            .map(|(sheet_at, sheet)| self.sheet_json((at, sheet_at), (input, sheet)))
            .collect();
        json!({"path": input.path, "readable": input.readable, "sheets": sheets})
    }

    fn sheet_json(&self, at: At, (input, sheet): (&InputFile, &SheetUse)) -> Value {
        let ledger = sheet.ledger.map(|id| &self.schemas.ledger(id).id);
        let columns: Vec<Value> = sheet.columns.iter().map(|c| {
            let field = sheet.ledger.map(|id| &self.schemas.field(id, c.field).id);
            json!({"column": letter(input, c.column), "heading": c.heading, "field": field, "matched": match_id(c.matched)})
        }).collect();
        let unused: Vec<Value> = sheet.unused_columns.iter().map(|c| {
            json!({"column": letter(input, c.column), "heading": c.heading, "did_you_mean": c.did_you_mean})
        }).collect();
        let skipped = sheet.skipped.iter();
        let skipped: Vec<Value> = skipped
            .map(|s| json!({"rows": s.rows, "why": s.why}))
            .collect();
        let absent = sheet
            .ledger
            .map_or_else(Vec::new, |id| self.absent_fields(id, sheet));
        let absent: Vec<Value> = absent
            .into_iter()
            .map(|(field, controls)| {
                let field = sheet.ledger.map(|id| &self.schemas.field(id, field).id);
                json!({"field": field, "controls": controls})
            })
            .collect();
        json!({
            "name": sheet.name, "ledger": ledger, "why": sheet.why, "heading_row": sheet.heading_row,
            "rows": sheet.rows, "columns": columns, "unused_columns": unused, "skipped": skipped,
            "absent_fields": absent, "remarks": sheet.remarks,
            "unreadable": unread::json(self.dataset, self.schemas, at),
        })
    }
}
