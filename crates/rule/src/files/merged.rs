//! Controls that leave their demands to others: one that is not there, or a circle in which nobody
//! checks anything, is told under the key that says so.

use crate::files::catalogue::Compiled;
use crate::files::file_keys;
use crate::files::file_messages;
use crate::files::page::Page;
use crate::suggest;
use crate::suggest::nearest;
use std::{collections::BTreeMap, collections::BTreeSet, ops::Range};
use zicha_model::control::Control;
use zicha_model::diag::Diagnostic;

/// What is wrong with `merged_into`; `files` are the packs' paths and texts.
pub(crate) fn mistakes(controls: &[Compiled], files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut seen = BTreeSet::new();
    let ids = || controls.iter().map(|c| c.control.id.as_str());
    for Compiled { control, .. } in controls
        .iter()
        .filter(|c| !c.control.merged_into.is_empty())
    {
        let mut page = page_of(control, files);
        for id in control
            .merged_into
            .iter()
            .filter(|id| ids().all(|known| known != *id))
        {
            let at = place(&page.text, control.source.1, id);
            let message = file_messages::unknown_control(id);
            page.mistake("unknown-control", message, at).hint = suggest::hint(nearest(id, ids()));
        }
        let circle = circle(controls, &control.id).unwrap_or_default();
        if !circle.is_empty() && !circle.iter().any(|id| seen.contains(id)) {
            let at = place(&page.text, control.source.1, &control.merged_into[0]);
            let message = file_messages::merged_in_a_circle(&circle);
            page.mistake("merged-circle", message, at).hint = Some(file_messages::mend_circle());
        }
        seen.extend(circle);
        told.append(&mut page.diagnostics);
    }
    told
}

fn page_of(control: &Control, files: &[(&str, &str)]) -> Page {
    let (path, _) = &control.source;
    let found = files.iter().find(|(known, _)| known == path);
    Page::new(path.clone(), found.map_or("", |(_, text)| text))
}

/// The ids of the circle that leads from a control back to it, itself first.
fn circle(controls: &[Compiled], start: &str) -> Option<Vec<String>> {
    let own = |id: &str| controls.iter().find(|c| c.control.id == id);
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        for next in own(id).into_iter().flat_map(|c| &c.control.merged_into) {
            if next == start {
                let steps = std::iter::successors(Some(id), |id| came_from.get(id).copied());
                let mut circle: Vec<_> = steps.map(str::to_owned).collect();
                circle.reverse();
                return Some(circle);
            }
            if !came_from.contains_key(next.as_str()) {
                came_from.insert(next, id);
                open.push(next);
            }
        }
    }
    None
}

/// Where a control that begins on a line names another one under `merged_into`.
fn place(text: &str, line: u32, id: &str) -> Range<usize> {
    let before = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize);
    let start: usize = before.map(str::len).sum();
    let rest = &text[start..];
    let keys = file_keys::spellings(&["merged_into"]).filter_map(|key| rest.find(key));
    let key = keys.min().unwrap_or(0);
    let at = rest[key..].find(id).map(|at| start + key + at);
    at.map_or(start..start, |at| at..at + id.len())
}
