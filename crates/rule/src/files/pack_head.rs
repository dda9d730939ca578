//! The head of a pack (`pack.yaml`, or the one file of a built-in pack) → what the pack is, the
//! values it gives to parameters, the controls it switches; what it narrows is read by
//! the sibling module `narrow`.

use crate::files::catalogue::Catalogue;
use crate::files::file_keys;
use crate::files::file_messages;
use crate::files::parameter_file;
use crate::types::scope::{parameter_named, parameter_near};
use crate::types::type_messages;
use zicha_model::control::Setter;
use zicha_model::diag::codes;
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Node, YamlDocument};

/// Keys of a head.
const KEYS: &[&str] = &[
    "id",
    "version",
    "title",
    "about",
    "ledgers",
    "controls",
    "parameters",
    "disable",
    "enable",
    "narrow",
];

/// A head as read; values and switches wait until parameters and controls are there.
#[derive(Debug)]
pub(crate) struct Head {
    /// Id, as the profile names a built-in pack.
    pub(crate) id: String,
    /// Version, for results.
    pub(crate) version: String,
    /// For people.
    pub(crate) title: String,
    /// Ledger files in their order.
    pub(crate) ledgers: Vec<String>,
    /// Control files in their order.
    pub(crate) controls: Vec<String>,
    parameters: Option<Node>,
    disable: Option<Node>,
    enable: Option<Node>,
    /// Conditions for controls, read by the sibling module `narrow`.
    pub(crate) narrow: Option<Node>,
}

/// Reads the head; `None` if it does not say what the pack is.
pub(crate) fn read(page: &mut YamlDocument) -> Option<Head> {
    let tree = page.tree()?;
    let fields = page.fields(&tree, "", &file_keys::pairs(KEYS))?;
    let id = page.required(&fields, "id").map(str::to_owned);
    let version = page.required(&fields, "version").map(str::to_owned);
    let title = page.optional(&fields, "title").map(str::to_owned);
    let id = id?;
    Some(Head {
        title: title.unwrap_or_else(|| id.clone()),
        id,
        version: version?,
        ledgers: page.texts(&fields, "ledgers"),
        controls: page.texts(&fields, "controls"),
        parameters: fields.get("parameters").cloned(),
        disable: fields.get("disable").cloned(),
        enable: fields.get("enable").cloned(),
        narrow: fields.get("narrow").cloned(),
    })
}

/// Gives parameters the pack's values. Where packs disagree the later one holds, which is told.
pub(crate) fn parameters(page: &mut YamlDocument, head: &Head, catalogue: &mut Catalogue) {
    let Some(list) = &head.parameters else { return };
    for node in page.list(list) {
        let Some(fields) = page.fields(
            node,
            "",
            &file_keys::pairs(&["name", "value", "origin", "source"]),
        ) else {
            continue;
        };
        let Some(name) = page.required(&fields, "name") else {
            continue;
        };
        let Catalogue {
            parameters,
            schemas,
            ..
        } = catalogue;
        let known = parameter_named(parameters, name).map(|p| p.name.clone());
        let Some(parameter) = known.and_then(|known| parameters.get_mut(&known)) else {
            let at = fields.get("name").map_or(0..0, |name| name.at.clone());
            let message = type_messages::unknown_parameter(name);
            page.mistake(codes::UNKNOWN_PARAMETER, message, at).hint =
                parameter_near(parameters, name);
            continue;
        };
        let Some(value) = parameter_file::given(page, &fields, "value", &parameter.ty, schemas)
        else {
            continue;
        };
        if let Setter::Pack(other) = &parameter.set_by
            && parameter.value != value
        {
            let message = file_messages::packs_disagree(&parameter.label, other, &head.title);
            let at = fields.get("name").map_or(0..0, |name| name.at.clone());
            let told = page.mistake(codes::PACK_ORDER, message, at);
            told.hint = Some(file_messages::packs_disagree_hint(name));
        }
        if parameter.value != value {
            if fields.get("origin").is_some() {
                parameter.origin =
                    parameter_file::origin(page, &fields).unwrap_or(parameter.origin);
                parameter.source = page.optional(&fields, "source").unwrap_or("").to_owned();
            }
            parameter_file::set(parameter, value, Setter::Pack(head.title.clone()));
        }
    }
}

/// Switches controls off and on, each with the pack's reason.
pub(crate) fn switches(page: &mut YamlDocument, head: &Head, catalogue: &mut Catalogue) {
    for (id, reason) in reasons(page, head.disable.as_ref(), catalogue) {
        let told = file_messages::switched_off(&head.title, &reason);
        catalogue.switched_off.insert(id, told);
    }
    for (id, _) in reasons(page, head.enable.as_ref(), catalogue) {
        catalogue.switched_off.remove(&id);
    }
}

/// Control → reason; an unknown control is told and left out.
fn reasons(
    page: &mut YamlDocument,
    node: Option<&Node>,
    catalogue: &Catalogue,
) -> Vec<(String, String)> {
    let Some(node) = node else { return Vec::new() };
    let Some(entries) = page.entries(node, "") else {
        return Vec::new();
    };
    let mut reasons = Vec::new();
    for (key, reason) in entries {
        let id = page.word(key).map(str::to_owned);
        let reason = page.word(reason).map(str::to_owned);
        let (Some(id), Some(reason)) = (id, reason) else {
            continue;
        };
        if control(page, key, &id, catalogue).is_some() {
            reasons.push((id, reason));
        }
    }
    reasons
}

/// Where the control of an id stands in the catalogue; an unknown one is told.
pub(crate) fn control(
    page: &mut YamlDocument,
    node: &Node,
    id: &str,
    catalogue: &Catalogue,
) -> Option<usize> {
    let ids = || catalogue.controls.iter().map(|c| c.control.id.as_str());
    let found = ids().position(|known| known == id);
    if found.is_none() {
        let message = file_messages::unknown_control(id);
        let told = page.mistake(codes::UNKNOWN_CONTROL, message, node.at.clone());
        told.hint = suggest::hint(nearest(id, ids()));
    }
    found
}
