//! What the profile says about the catalogue: new values for parameters, and names of controls,
//! ledgers and fields that must exist.

use super::{
    pack::Catalogue,
    page::{Node, Page, Value},
    parameter_file::{self, Written},
    scope::{field_named, ledger_named, ledger_names},
    source,
    suggest::{self, nearest},
    words,
};
use crate::{
    diag::{Diagnostic, Excerpt, Locus},
    model::{
        control::Setter,
        profile::{Profile, Setting, SettingValue},
    },
};
use std::{fs, path::Path};

/// Name of the profile in the workspace.
const PROFILE: &str = "zicha.yaml";

/// Gives parameters the profile's values; a wrong value is told and the default stays.
pub(super) fn apply(
    workspace: &Path,
    profile: &Profile,
    catalogue: &mut Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let text = fs::read_to_string(workspace.join(PROFILE)).unwrap_or_default();
    let mut tell = |setting: &Setting, code, message, hint: Option<String>| {
        let mut told = Diagnostic::error(
            code,
            message,
            Locus::text(PROFILE, setting.line, setting.column),
        );
        told.hint = hint;
        told.excerpt = excerpt(&text, setting);
        diagnostics.push(told);
    };
    for (name, setting) in &profile.parameters {
        let Some(parameter) = catalogue.parameters.get_mut(name) else {
            let names = catalogue.parameters.keys().map(String::as_str);
            let hint = suggest::hint(nearest(name, names));
            tell(
                setting,
                "unknown-parameter",
                words::unknown_parameter(name),
                hint,
            );
            continue;
        };
        match parameter_file::value(&parameter.ty, &written(&setting.value), &catalogue.schemas) {
            Ok(value) => {
                parameter_file::set(parameter, value, Setter::Profile);
            }
            Err((message, hint)) => tell(setting, "bad-parameter", message, hint),
        }
    }
}

fn written(value: &SettingValue) -> Written {
    match value {
        SettingValue::One(word) => Written::One(word.clone()),
        SettingValue::Many(words) => Written::Many(words.clone()),
        SettingValue::Map(map) => Written::Map(
            map.iter()
                .map(|(key, number)| (key.clone(), Some(number.clone())))
                .collect(),
        ),
    }
}

/// The line of a setting, from its value to the line's end.
fn excerpt(text: &str, setting: &Setting) -> Option<Excerpt> {
    let line = text.lines().nth(setting.line.checked_sub(1)? as usize)?;
    let column = setting.column.saturating_sub(1) as usize;
    let start = line.char_indices().nth(column).map(|(at, _)| at)?;
    let end = start + line[start..].trim_end().len();
    Some(Excerpt {
        text: line.to_owned(),
        first_line: setting.line,
        range: start..end,
    })
}

/// Something wrong with a pack that the profile names (code and message), told at its place.
pub(super) fn about_pack(
    workspace: &Path,
    name: &str,
    (code, message): (&'static str, String),
) -> Diagnostic {
    let text = fs::read_to_string(workspace.join(PROFILE)).unwrap_or_default();
    let mut page = Page::new(PROFILE, text);
    let tree = page.tree();
    page.diagnostics.clear();
    let at = tree.and_then(|tree| item(&tree, &["packs", "清单包"], name));
    let near = nearest(name, source::ids());
    let told = page.mistake(code, message, at.unwrap_or(0..0));
    told.hint = suggest::hint(near).or_else(|| Some(words::pack_hint()));
    told.clone()
}

/// The place of an item in the list (or the single word) under one of the keys.
fn item(tree: &Node, keys: &[&str], name: &str) -> Option<std::ops::Range<usize>> {
    let is = |node: &&Node| matches!(&node.value, Value::Word(word) if word == name);
    let Value::Map(entries) = &tree.value else {
        return None;
    };
    let key =
        |node: &Node| matches!(&node.value, Value::Word(word) if keys.contains(&word.as_str()));
    let (_, list) = entries.iter().find(|(node, _)| key(node))?;
    let found = match &list.value {
        Value::List(items) => items.iter().find(is),
        _ => Some(list).filter(is),
    };
    found.map(|node| node.at.clone())
}

/// Tells names of controls, ledgers and fields in the profile that the catalogue does not have.
pub(super) fn check(
    workspace: &Path,
    profile: &Profile,
    catalogue: &Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let text = fs::read_to_string(workspace.join(PROFILE)).unwrap_or_default();
    let mut page = Page::new(PROFILE, text);
    // A profile that is no YAML was told by whoever read it.
    let tree = page.tree();
    page.diagnostics.clear();
    let root = tree.as_ref();
    for id in profile.disable.keys() {
        control(&mut page, root, id, catalogue);
    }
    for name in profile.not_kept.keys() {
        ledger(&mut page, at(root, &["not_kept", name]), name, catalogue);
    }
    for (place, name) in &profile.sheets {
        ledger(&mut page, at(root, &["sheets", place]), name, catalogue);
    }
    for (name, columns) in &profile.columns {
        ledger(&mut page, at(root, &["columns", name]), name, catalogue);
        for field in columns.keys() {
            column(&mut page, root, name, field, catalogue);
        }
    }
    diagnostics.append(&mut page.diagnostics);
}

fn control(page: &mut Page, root: Option<&Node>, id: &str, catalogue: &Catalogue) {
    let ids = || catalogue.controls.iter().map(|c| c.control.id.as_str());
    if ids().any(|known| known == id) {
        return;
    }
    let at = at(root, &["disable", id]);
    page.mistake("unknown-control", words::unknown_control(id), at)
        .hint = suggest::hint(nearest(id, ids()));
}

fn ledger(page: &mut Page, at: std::ops::Range<usize>, name: &str, catalogue: &Catalogue) {
    if ledger_named(&catalogue.schemas, name).is_none() {
        let hint = suggest::hint(nearest(name, ledger_names(&catalogue.schemas)));
        page.mistake("unknown-ledger", words::unknown_ledger(name), at)
            .hint = hint;
    }
}

fn column(page: &mut Page, root: Option<&Node>, ledger: &str, field: &str, catalogue: &Catalogue) {
    let schemas = &catalogue.schemas;
    let Some(id) = ledger_named(schemas, ledger) else {
        return;
    };
    if field_named(schemas, id, field).is_none() {
        let schema = schemas.ledger(id);
        let names = schema
            .fields
            .iter()
            .flat_map(|f| [f.id.as_str(), f.label.as_str()]);
        let hint = suggest::hint(nearest(field, names));
        let at = at(root, &["columns", ledger, field]);
        page.mistake(
            "unknown-field",
            words::unknown_field(&schema.label, field),
            at,
        )
        .hint = hint;
    }
}

/// The place of a key, found by following the keys from the top; the start if it is not there.
fn at(root: Option<&Node>, keys: &[&str]) -> std::ops::Range<usize> {
    let mut node = root;
    let mut place = 0..0;
    for key in keys {
        let Some(Value::Map(entries)) = node.map(|node| &node.value) else {
            return place;
        };
        let entry = entries
            .iter()
            .find(|(name, _)| matches!(&name.value, Value::Word(word) if word == key));
        let Some((name, value)) = entry else {
            return place;
        };
        place = name.at.clone();
        node = Some(value);
    }
    place
}
