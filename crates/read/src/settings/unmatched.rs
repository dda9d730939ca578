//! Settings of `columns:` and `sheets:` that fit nothing in the workspace.
//!
//! What enters: the profile and what was read with it. What leaves: a message for each file, sheet and
//! heading that the settings name and that is not there: most often it is called a little otherwise.

use crate::recognition::heading_index::Index;
use crate::values::normalise;
use std::collections::BTreeSet;
use zicha_model::diag::{Diagnostic, Locus, codes};
use zicha_model::{
    dataset::{Dataset, SheetUse},
    profile::Profile,
    schema::{LedgerId, Schemas},
};
use zicha_yaml::suggest;

/// Everything that the settings name and that is not there.
pub(crate) fn mistakes(
    profile: &Profile,
    schemas: &Schemas,
    index: &Index,
    dataset: &Dataset,
) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for key in profile.sheets.keys() {
        told.extend(no_such_sheet(key, dataset));
    }
    for (ledger, fields) in &profile.columns {
        let Some(id) = index.ledger_named(schemas, ledger) else {
            continue;
        };
        let headings = headings(dataset, id);
        if headings.is_empty() {
            continue;
        }
        let known = |heading: &str| {
            let key = normalise::heading(heading);
            headings
                .iter()
                .any(|known| normalise::heading(known) == key)
        };
        for (field, aliases) in fields {
            for alias in aliases.iter().filter(|alias| !known(alias)) {
                let message =
                    format!("columns 中“{ledger}”的“{field}”写的标题“{alias}”，各表里都没有");
                let near = suggest::nearest(alias, headings.iter().map(String::as_str));
                told.push(mistake(message, near));
            }
        }
    }
    told
}

fn mistake(message: String, near: Option<&str>) -> Diagnostic {
    let told = Diagnostic::new(codes::PROFILE_UNMATCHED, message, Locus::file("zicha.yaml"));
    let hint = suggest::hint(near);
    told.with_hint(
        hint.unwrap_or_else(|| {
            "运行 zicha ledgers 可以看到各文件、工作表和列标题的写法。".to_owned()
        }),
    )
}

fn no_such_sheet(key: &str, dataset: &Dataset) -> Option<Diagnostic> {
    let files: Vec<&str> = dataset.inputs.iter().map(|i| i.path.as_str()).collect();
    if files.contains(&key) {
        return None;
    }
    let (file, sheet) = key.rsplit_once('#').unwrap_or((key, ""));
    let Some(input) = dataset.inputs.iter().find(|input| input.path == file) else {
        let message = format!("sheets 中的文件“{file}”不在工作区里");
        return Some(mistake(message, suggest::nearest(file, files)));
    };
    let names = || input.sheets.iter().map(|sheet| sheet.name.as_str());
    if names().any(|name| name == sheet) {
        return None;
    }
    let message = format!("sheets 中“{file}”没有工作表“{sheet}”");
    Some(mistake(message, suggest::nearest(sheet, names())))
}

/// The headings of all tables of a ledger.
fn headings(dataset: &Dataset, ledger: LedgerId) -> BTreeSet<String> {
    let sheets = dataset.inputs.iter().flat_map(|input| &input.sheets);
    let own = sheets.filter(|sheet| sheet.ledger == Some(ledger));
    let of = |sheet: &SheetUse| {
        let used = sheet.columns.iter().map(|column| column.heading.clone());
        let unused = sheet
            .unused_columns
            .iter()
            .map(|column| column.heading.clone());
        used.chain(unused).collect::<Vec<_>>()
    };
    own.flat_map(of).collect()
}
