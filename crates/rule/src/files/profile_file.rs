//! What the profile says about the catalogue: new values for parameters, and names of controls,
//! ledgers and fields that must exist.

use crate::files::catalogue::Catalogue;
use crate::files::file_messages;
use crate::files::parameter_value;
use crate::files::parameter_value::Written;
use crate::files::{built_in, parameter_file};
use crate::types::scope::{
    field_named, field_near, ledger_named, ledger_names, parameter_named, parameter_near,
};
use crate::types::type_messages;
use std::{fs, ops::Range, path::Path};
use zicha_model::diag::Diagnostic;
use zicha_model::diag::{Code, codes};
use zicha_model::{
    control::Setter,
    profile::{Profile, SettingValue},
};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Node, Value, YamlDocument};

/// Name of the profile in the workspace.
const PROFILE: &str = "zicha.yaml";

/// The spellings of a key of the profile.
type Key<'k> = &'k [&'k str];
const PACKS: Key<'_> = &["packs", "清单包"];
const PARAMETERS: Key<'_> = &["parameters", "参数"];
const DISABLE: Key<'_> = &["disable", "停用"];
const NOT_KEPT: Key<'_> = &["not_kept", "不建台账"];
const SHEETS: Key<'_> = &["sheets", "工作表"];
const COLUMNS: Key<'_> = &["columns", "列名"];

/// The profile's text, for the places of what it says.
struct Paper {
    page: YamlDocument,
    tree: Option<Node>,
}

impl Paper {
    /// Reads it once more; that it is no YAML was told by whoever read it first.
    fn open(workspace: &Path) -> Self {
        let text = fs::read_to_string(workspace.join(PROFILE)).unwrap_or_default();
        let mut page = YamlDocument::new(PROFILE, text);
        let tree = page.tree();
        page.diagnostics.clear();
        Self { page, tree }
    }

    /// Key and value found by following the keys from the top.
    fn entry(&self, keys: &[Key<'_>]) -> Option<(&Node, &Node)> {
        let (last, before) = keys.split_last()?;
        let map = match before {
            [] => self.tree.as_ref()?,
            before => self.entry(before)?.1,
        };
        let Value::Map(entries) = &map.value else {
            return None;
        };
        let is =
            |name: &Node| matches!(&name.value, Value::Word(word) if last.contains(&word.as_str()));
        let (name, value) = entries.iter().find(|(name, _)| is(name))?;
        Some((name, value))
    }

    /// The place of a key, or of the nearest one above it that is there.
    fn key(&self, keys: &[Key<'_>]) -> Range<usize> {
        let mut ends = (1..=keys.len()).rev();
        ends.find_map(|end| self.entry(&keys[..end]))
            .map_or(0..0, |(name, _)| name.at.clone())
    }

    /// The place of the value under a key.
    fn value(&self, keys: &[Key<'_>]) -> Range<usize> {
        self.entry(keys).map_or(0..0, |(_, value)| value.at.clone())
    }
}

/// Gives parameters the profile's values; a wrong value is told and the default stays.
pub(crate) fn apply(
    workspace: &Path,
    profile: &Profile,
    catalogue: &mut Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut paper = Paper::open(workspace);
    for (name, setting) in &profile.parameters {
        let place: [Key<'_>; 2] = [PARAMETERS, &[name]];
        let Catalogue {
            parameters,
            schemas,
            ..
        } = &mut *catalogue;
        let known = parameter_named(parameters, name).map(|p| p.name.clone());
        let Some(parameter) = known.and_then(|known| parameters.get_mut(&known)) else {
            let hint = parameter_near(parameters, name);
            let message = type_messages::unknown_parameter(name);
            let at = paper.key(&place);
            paper
                .page
                .mistake(codes::UNKNOWN_PARAMETER, message, at)
                .hint = hint;
            continue;
        };
        match parameter_value::value(&parameter.ty, &written(&setting.value), schemas) {
            Ok(value) => {
                parameter_file::set(parameter, value, Setter::Profile);
            }
            Err((message, hint)) => {
                let at = paper.value(&place);
                let message = file_messages::about_parameter(&parameter.label, &message);
                paper.page.mistake(codes::BAD_PARAMETER, message, at).hint = hint;
            }
        }
    }
    diagnostics.append(&mut paper.page.diagnostics);
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

/// Something wrong with a pack that the profile names (code and message), told at its place.
pub(crate) fn about_pack(
    workspace: &Path,
    name: &str,
    (code, message): (Code, String),
) -> Diagnostic {
    let mut paper = Paper::open(workspace);
    let is = |node: &&Node| matches!(&node.value, Value::Word(word) if word == name);
    let list = paper.entry(&[PACKS]).map(|(_, list)| list);
    let item = list.and_then(|list| match &list.value {
        Value::List(items) => items.iter().find(is),
        _ => Some(list).filter(is),
    });
    let at = item.map_or(0..0, |node| node.at.clone());
    let told = paper.page.mistake(code, message, at);
    let near = nearest(name, built_in::ids());
    told.hint = suggest::hint(near).or_else(|| Some(file_messages::pack_hint()));
    told.clone()
}

/// Tells names of controls, ledgers and fields in the profile that the catalogue does not have.
pub(crate) fn check(
    workspace: &Path,
    profile: &Profile,
    catalogue: &Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut paper = Paper::open(workspace);
    for id in profile.disable.keys() {
        control(&mut paper, id, catalogue);
    }
    for name in profile.not_kept.keys() {
        ledger(&mut paper, &[NOT_KEPT, &[name]], name, catalogue);
    }
    for (place, name) in &profile.sheets {
        ledger(&mut paper, &[SHEETS, &[place]], name, catalogue);
    }
    for (name, columns) in &profile.columns {
        ledger(&mut paper, &[COLUMNS, &[name]], name, catalogue);
        for field in columns.keys() {
            column(&mut paper, name, field, catalogue);
        }
    }
    diagnostics.append(&mut paper.page.diagnostics);
}

fn control(paper: &mut Paper, id: &str, catalogue: &Catalogue) {
    let ids = || catalogue.controls.iter().map(|c| c.control.id.as_str());
    if ids().any(|known| known == id) {
        return;
    }
    let at = paper.key(&[DISABLE, &[id]]);
    let message = file_messages::unknown_control(id);
    paper.page.mistake(codes::UNKNOWN_CONTROL, message, at).hint =
        suggest::hint(nearest(id, ids()));
}

fn ledger(paper: &mut Paper, place: &[Key<'_>], name: &str, catalogue: &Catalogue) {
    if ledger_named(&catalogue.schemas, name).is_none() {
        let hint = suggest::hint(nearest(name, ledger_names(&catalogue.schemas)));
        let at = paper.key(place);
        let message = type_messages::unknown_ledger(name);
        paper.page.mistake(codes::UNKNOWN_LEDGER, message, at).hint = hint;
    }
}

fn column(paper: &mut Paper, ledger: &str, field: &str, catalogue: &Catalogue) {
    let schemas = &catalogue.schemas;
    let Some(id) = ledger_named(schemas, ledger) else {
        return;
    };
    if field_named(schemas, id, field).is_none() {
        let schema = schemas.ledger(id);
        let hint = field_near(schema, field);
        let at = paper.key(&[COLUMNS, &[ledger], &[field]]);
        let message = type_messages::unknown_field(&schema.label, field);
        paper.page.mistake(codes::UNKNOWN_FIELD, message, at).hint = hint;
    }
}
