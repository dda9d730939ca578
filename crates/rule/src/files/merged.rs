//! Controls that leave their demands to others: one that is not there, or a circle in which nobody
//! checks anything, is told under the key that says so.

use crate::files::catalogue::Compiled;
use crate::files::file_messages;
use std::{collections::BTreeMap, collections::BTreeSet};
use zicha_model::control::Control;
use zicha_model::diag::Diagnostic;
use zicha_model::diag::codes;
use zicha_yaml::YamlDocument;
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;

/// What is wrong with `merged_into`; `files` are the packs' paths and texts.
pub(crate) fn mistakes(controls: &[Compiled], files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut seen = BTreeSet::new();
    let ids = || controls.iter().map(|c| c.control.id.as_str());
    for Compiled {
        control, merged_at, ..
    } in controls
        .iter()
        .filter(|c| !c.control.merged_into.is_empty())
    {
        let mut page = page_of(control, files);
        let named = control.merged_into.iter().zip(merged_at);
        for (id, at) in named.filter(|(id, _)| ids().all(|known| known != *id)) {
            let at = at.clone();
            let message = file_messages::unknown_control(id);
            page.mistake(codes::UNKNOWN_CONTROL, message, at).hint =
                suggest::hint(nearest(id, ids()));
        }
        let circle = circle(controls, &control.id).unwrap_or_default();
        if !circle.is_empty() && !circle.iter().any(|id| seen.contains(id)) {
            let at = merged_at.first().cloned().unwrap_or_default();
            let message = file_messages::merged_in_a_circle(&circle);
            page.mistake(codes::MERGED_CIRCLE, message, at).hint =
                Some(file_messages::mend_circle());
        }
        seen.extend(circle);
        told.append(&mut page.diagnostics);
    }
    told
}

fn page_of(control: &Control, files: &[(&str, &str)]) -> YamlDocument {
    let (path, _) = &control.source;
    let found = files.iter().find(|(known, _)| known == path);
    YamlDocument::new(path.clone(), found.map_or("", |(_, text)| text))
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
