//! `waivers.yaml` → [`Waiver`]s: failures that the unit accepts for a time.

use crate::formats::limits::Limits;
use crate::settings::form::{Form, Key};
use std::{collections::BTreeMap, path::Path};
use zicha_model::diag::Diagnostic;
use zicha_model::profile::Waiver;
use zicha_yaml::Node;

/// The waivers' name in a workspace.
pub(crate) const FILE: &str = "waivers.yaml";

const KEYS: [Key; 5] = [
    ("control", "条目"),
    ("scope", "范围"),
    ("reason", "理由"),
    ("approver", "批准人"),
    ("expires", "有效期至"),
];

/// What a waiver may be limited to.
const SCOPE: [Key; 4] = [
    ("ledger", "台账"),
    ("key", "编号"),
    ("department", "部门"),
    ("person", "人员"),
];

/// Reads the waivers; a workspace without any is the usual case.
pub(crate) fn load(root: &Path, limits: &Limits, told: &mut Vec<Diagnostic>) -> Vec<Waiver> {
    let Some((mut form, node)) = Form::open(root, FILE, limits) else {
        return Vec::new();
    };
    let waivers = list(&mut form, &node);
    told.extend(form.finish());
    waivers
}

/// A list of waivers, or the same under one key `waivers`.
fn list(form: &mut Form, node: &Node) -> Vec<Waiver> {
    let node = match node.entries() {
        Some(_) => {
            let fields = form.fields(node, "waivers.yaml ", &[("waivers", "豁免")]);
            match fields.get("waivers").copied() {
                Some(node) => node,
                None => return Vec::new(),
            }
        }
        None => node,
    };
    match node.items() {
        Some(items) => items.iter().filter_map(|item| waiver(form, item)).collect(),
        None => {
            if !node.is_nothing() {
                let message = "豁免应写成列表，每条以“- ”开头".to_owned();
                form.wrong(node, message, "");
            }
            Vec::new()
        }
    }
}

/// The parts of the subject that the waiver is limited to, by their English names.
fn scope_of(form: &mut Form, node: &Node) -> BTreeMap<String, String> {
    let fields = form.fields(node, "豁免范围（scope）", &SCOPE);
    let parts = fields.into_iter().filter_map(|(part, node)| {
        let value = form.text(node, "豁免范围的值")?;
        Some((part.to_owned(), value))
    });
    parts.collect()
}

fn waiver(form: &mut Form, node: &Node) -> Option<Waiver> {
    let fields = form.fields(node, "豁免", &KEYS);
    let mut required = |key: &str, label: &str| match fields.get(key) {
        Some(node) => form.text(node, label),
        None => {
            let message = format!("这条豁免没有写{label}（{key}）");
            form.wrong(node, message, "条目、理由、批准人、有效期至四项都要写");
            None
        }
    };
    let control = required("control", "条目");
    let reason = required("reason", "理由");
    let approver = required("approver", "批准人");
    let expires = required("expires", "有效期至");
    let expires = match (expires, fields.get("expires")) {
        (Some(_), Some(node)) => form.day(node, "有效期"),
        _ => None,
    };
    let scope = match fields.get("scope") {
        Some(node) => scope_of(form, node),
        None => Default::default(),
    };
    Some(Waiver {
        control: control?,
        scope,
        reason: reason?,
        approver: approver?,
        expires: expires?,
        line: node.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(text: &str) -> (Vec<Waiver>, Vec<Diagnostic>) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(FILE), text).expect("written");
        let mut told = Vec::new();
        let waivers = load(folder.path(), &Limits::default(), &mut told);
        (waivers, told)
    }

    #[test]
    fn every_waiver_needs_reason_approver_and_end() {
        let text = "- 条目: DOC-001\n  理由: 过渡\n  批准人: 甲\n  有效期至: 2026-13-01\n- control: DOC-002\n";
        let (waivers, told) = loaded(text);
        assert!(waivers.is_empty());
        let lines: Vec<_> = told.iter().map(|d| d.locus.line).collect();
        assert_eq!(lines, [Some(4), Some(5), Some(5), Some(5)]);
    }

    #[test]
    fn a_scope_that_nothing_can_lie_in_is_told() {
        let text = "- {control: DOC-001, scope: {科室: 办公室}, reason: 过渡, approver: 甲, expires: 2026-12-31}\n\
                    - {条目: DOC-002, 范围: {部门: 办公室}, 理由: 过渡, 批准人: 甲, 有效期至: 2026-12-31}\n";
        let (waivers, told) = loaded(text);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].message.contains("科室"), "{told:?}");
        assert_eq!(
            (told[0].locus.line, told[0].locus.column),
            (Some(1), Some(30))
        );
        assert_eq!(waivers[1].scope["department"], "办公室");
    }

    #[test]
    fn a_complete_waiver_is_taken() {
        let text = "豁免:\n  - {control: DOC-001, scope: {department: 办公室}, reason: 过渡, approver: 甲, expires: 2026-12-31}\n";
        let (waivers, told) = loaded(text);
        assert_eq!(told, []);
        assert_eq!(waivers[0].scope["department"], "办公室");
        assert_eq!(waivers[0].expires.to_string(), "2026-12-31");
        assert_eq!(waivers[0].line, 2);
    }
}
