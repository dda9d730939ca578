//! Names in `waivers.yaml` that the catalogue does not have: a waiver of nothing is a mistake to be
//! told before a run shows it unused.

use crate::files::catalogue::Catalogue;
use crate::files::file_messages;
use crate::types::scope::{ledger_named, ledger_names};
use crate::types::type_messages;
use std::{fs, ops::Range, path::Path};
use zicha_model::diag::Diagnostic;
use zicha_model::diag::codes;
use zicha_model::profile::Waiver;
use zicha_yaml::YamlDocument;
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;

/// Name of the waivers in the workspace.
const FILE: &str = "waivers.yaml";

/// Tells controls and ledgers that waivers name and that there are not. Warnings: the run goes on
/// without such a waiver.
pub fn mistakes(workspace: &Path, waivers: &[Waiver], catalogue: &Catalogue) -> Vec<Diagnostic> {
    let text = fs::read_to_string(workspace.join(FILE)).unwrap_or_default();
    let mut page = YamlDocument::new(FILE, text);
    for waiver in waivers {
        control(&mut page, waiver, catalogue);
        ledger(&mut page, waiver, catalogue);
    }
    page.diagnostics
}

fn control(page: &mut YamlDocument, waiver: &Waiver, catalogue: &Catalogue) {
    let ids = || catalogue.controls.iter().map(|c| c.control.id.as_str());
    if ids().any(|known| known == waiver.control) {
        return;
    }
    let at = place(&page.text, waiver.line, &waiver.control);
    let message = file_messages::unknown_control(&waiver.control);
    page.mistake(codes::WAIVER_UNKNOWN_CONTROL, message, at)
        .hint = suggest::hint(nearest(&waiver.control, ids()));
}

fn ledger(page: &mut YamlDocument, waiver: &Waiver, catalogue: &Catalogue) {
    let schemas = &catalogue.schemas;
    let Some(name) = waiver.scope.get("ledger") else {
        return;
    };
    if ledger_named(schemas, name).is_some() {
        return;
    }
    let at = place(&page.text, waiver.line, name);
    page.mistake(
        codes::WAIVER_UNKNOWN_LEDGER,
        type_messages::unknown_ledger(name),
        at,
    )
    .hint = suggest::hint(nearest(name, ledger_names(schemas)));
}

/// The first occurrence of a word from a line on.
fn place(text: &str, line: u32, word: &str) -> Range<usize> {
    let before = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize);
    let start: usize = before.map(str::len).sum();
    let at = text[start..].find(word).map(|at| start + at);
    at.map_or(start..start, |at| at..at + word.len())
}
