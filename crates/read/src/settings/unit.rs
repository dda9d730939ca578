//! Who reports: the unit and the head of its letters, of `zicha.yaml`.

use crate::settings::form::{Form, Key};
use zicha_model::profile::{Letterhead, Profile};
use zicha_yaml::Node;

const UNIT: [Key; 2] = [("name", "名称"), ("kind", "性质")];
const LETTERHEAD: [Key; 10] = [
    ("issuer", "发文机关标志"),
    ("kind", "文种"),
    ("number", "发文字号"),
    ("signer", "签发人"),
    ("copy_number", "份号"),
    ("urgency", "紧急程度"),
    ("contact", "附注"),
    ("copies", "抄送"),
    ("printer", "印发机关"),
    ("copies_printed", "印发份数"),
];
const URGENCIES: [&str; 4] = ["特急", "加急", "特提", "平急"];

/// The unit: its name alone, or name and kind.
pub(crate) fn unit(form: &mut Form, node: &Node, profile: &mut Profile) {
    if node.text().is_some() {
        profile.unit_name = form.text(node, "单位名称").unwrap_or_default();
        return;
    }
    let fields = form.fields(node, "单位（unit）", &UNIT);
    if let Some(node) = fields.get("name") {
        profile.unit_name = form.text(node, "单位名称").unwrap_or_default();
    }
    if let Some(node) = fields.get("kind")
        && let Some(written) = form.text(node, "单位性质")
    {
        profile.unit_kind = unit_kind(form, node, &written);
    }
}

/// The id of a unit kind written as id, label or alias; empty (and told) if there is none such.
fn unit_kind(form: &mut Form, node: &Node, written: &str) -> String {
    let kinds = unit_kinds();
    let found = kinds
        .iter()
        .find(|names| names.iter().any(|n| n == written));
    if let Some(id) = found.and_then(|names| names.first()) {
        return id.clone();
    }
    let labels: Vec<_> = kinds.iter().filter_map(|names| names.get(1)).collect();
    let labels: Vec<_> = labels.into_iter().map(String::as_str).collect();
    let hint = format!("可以写的有：{}", labels.join("、"));
    form.wrong(node, format!("没有“{written}”这种单位性质"), &hint);
    String::new()
}

/// Id, label and aliases of every unit kind, from the built-in enumerations.
fn unit_kinds() -> Vec<Vec<String>> {
    let text = zicha_embedded::text("checklists/enums.yaml").unwrap_or_default();
    let tree = zicha_yaml::parse(text, zicha_yaml::Limits::default());
    let tree = tree.ok().flatten();
    let kinds = tree.as_ref().and_then(|tree| tree.get("unit_type"));
    let values = kinds.and_then(|kinds| kinds.get("values"));
    let items = values.and_then(Node::items).unwrap_or_default();
    let names = |item: &Node| {
        let texts = ["id", "label", "aliases"].map(|name| item.get(name));
        let flat = texts.iter().flatten().flat_map(|node| match node.items() {
            Some(items) => items.iter().collect(),
            None => vec![*node],
        });
        flat.filter_map(|n| n.text().map(str::to_owned)).collect()
    };
    items.iter().map(names).collect()
}

/// The head of the letter that the report is sent with.
pub(crate) fn letterhead(form: &mut Form, node: &Node) -> Letterhead {
    let mut head = Letterhead::default();
    for (key, node) in form.fields(node, "版头（letterhead）", &LETTERHEAD) {
        if key == "copies" {
            head.copies = form.texts(node, "抄送机关");
            continue;
        }
        let text = form.text(node, "版头的各项");
        let written = text.clone().unwrap_or_default();
        match key {
            "issuer" => head.issuer = text,
            "kind" if !matches!(written.as_str(), "报告" | "函") => {
                form.wrong(
                    node,
                    format!("文种“{written}”不适用"),
                    "文种只能是“报告”或“函”",
                );
            }
            "kind" => head.kind = text,
            "number" => head.number = text,
            "signer" => head.signer = text,
            "copy_number" if written.len() != 6 || !written.bytes().all(|b| b.is_ascii_digit()) => {
                form.wrong(
                    node,
                    format!("份号“{written}”不是六位数字"),
                    "请写作 '000001'，并加引号",
                );
            }
            "copy_number" => head.copy_number = text,
            "urgency" if !URGENCIES.contains(&written.as_str()) => {
                let hint = format!("可以写的有：{}", URGENCIES.join("、"));
                form.wrong(node, format!("没有“{written}”这种紧急程度"), &hint);
            }
            "urgency" => head.urgency = text,
            "contact" => head.contact = text,
            "printer" => head.printer = text,
            "copies_printed" => head.copies_printed = text,
            _ => {}
        }
    }
    head
}
