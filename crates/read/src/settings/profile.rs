//! `zicha.yaml` and `waivers.yaml` → [`Profile`] and [`Waiver`]s. The format is told in
//! `docs/profile.md`.

use crate::discovery::walk;
use crate::formats::limits::Limits;
use crate::settings::form::{Form, Key};
use crate::settings::{form, holidays, own_text, unit, waivers};
use std::{collections::BTreeMap, path::Path};
use zicha_model::diag::Diagnostic;
use zicha_model::profile::{Named, Profile, Setting, SettingValue, Waiver};
use zicha_yaml::{Node, Value};

/// The profile's name in a workspace.
pub const FILE: &str = "zicha.yaml";

const TOP: [Key; 17] = [
    ("unit", "单位"),
    ("addressee", "主送机关"),
    ("letterhead", "版头"),
    ("signatories", "签字人"),
    ("marking", "密级标志"),
    ("sources", "制度名称"),
    ("names_in_proposals", "奖惩汇总写姓名"),
    ("packs", "清单包"),
    ("parameters", "参数"),
    ("disable", "停用"),
    ("columns", "列名"),
    ("sheets", "工作表"),
    ("not_kept", "不建台账"),
    ("not_assumed", "不作假定"),
    ("files", "文件"),
    ("scoring", "评分"),
    ("holidays", "放假"),
];
const FILES: [Key; 2] = [("include", "包含"), ("exclude", "排除")];
/// Reads the profile and the waivers of a workspace. Whatever is wrong is told, all at once; the
/// rest is taken.
pub fn load(root: &Path) -> (Profile, Vec<Waiver>, Vec<Diagnostic>) {
    let limits = Limits {
        yaml_nodes: 100_000,
        ..Limits::default()
    };
    let mut told = Vec::new();
    let mut profile = match Form::open(root, FILE, &limits) {
        None => {
            let message = "没有找到 zicha.yaml，按默认设置检查";
            let hint = "可用“zicha init”生成一份，填写单位名称、性质和主送机关";
            told.push(match misnamed(root).as_deref() {
                Some(name) => form::misnamed(name, FILE),
                None => form::absent(FILE, message, hint),
            });
            Profile::default()
        }
        Some((mut form, node)) => {
            let profile = profile(&mut form, &node);
            told.extend(form.finish());
            profile
        }
    };
    profile.texts = own_text::load(root, &mut told);
    let waivers = waivers::load(root, &limits, &mut told);
    zicha_model::diag::sort_and_dedup(&mut told);
    (profile, waivers, told)
}

/// A file at the top of the workspace that was meant for the settings but is called otherwise; the first
/// by name.
fn misnamed(root: &Path) -> Option<String> {
    let entries = std::fs::read_dir(root).ok()?.flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| walk::is_misnamed(name)).min()
}

fn profile(form: &mut Form, node: &Node) -> Profile {
    let mut profile = Profile {
        provided: true,
        ..Profile::default()
    };
    for (key, node) in form.fields(node, "zicha.yaml ", &TOP) {
        match key {
            "unit" => unit::unit(form, node, &mut profile),
            "addressee" => profile.addressee = form.text(node, "主送机关"),
            "letterhead" => profile.letterhead = unit::letterhead(form, node),
            "signatories" => profile.signatories = form.texts(node, "签字人"),
            "marking" => profile.marking = form.text(node, "密级标志"),
            "sources" => profile.sources = map(form.pairs(node, "来源编号", "制度名称")),
            "names_in_proposals" => profile.names_in_proposals = yes(form, node),
            "packs" => profile.packs = form.texts(node, "清单包"),
            "parameters" => profile.parameters = parameters(form, node),
            "disable" => profile.disable = map(form.pairs(node, "停用的条目", "停用理由")),
            "columns" => profile.columns = columns(form, node),
            "sheets" => profile.sheets = map(form.pairs(node, "工作表", "所属台账")),
            "not_kept" => profile.not_kept = map(form.pairs(node, "不建的台账", "理由")),
            "not_assumed" => profile.not_assumed = form.texts(node, "不作假定的内容"),
            "files" => files(form, node, &mut profile),
            "scoring" => profile.scoring = named(form, node, "评分办法"),
            "holidays" => holidays::read(form, node, &mut profile),
            _ => {}
        }
    }
    profile
}

fn map(pairs: Vec<(String, String)>) -> BTreeMap<String, String> {
    pairs.into_iter().collect()
}

/// 是 or 否; anything else is told and counts as 否.
fn yes(form: &mut Form, node: &Node) -> bool {
    let text = form.text(node, "奖惩汇总写姓名").unwrap_or_default();
    match text.as_str() {
        "是" | "true" | "yes" => true,
        "否" | "false" | "no" => false,
        other => {
            form.wrong(node, format!("“{other}”不是“是”或“否”"), "请写“是”或“否”");
            false
        }
    }
}

fn named(form: &mut Form, node: &Node, what: &str) -> Option<Named> {
    let text = form.text(node, what)?;
    let (line, column) = (node.line, node.column);
    Some(Named { text, line, column })
}

fn parameters(form: &mut Form, node: &Node) -> BTreeMap<String, Setting> {
    let mut parameters = BTreeMap::new();
    for (key, node) in form.entries(node, "参数（parameters）") {
        let name = key.text().unwrap_or_default().to_owned();
        if let Some(value) = setting(form, node, &name) {
            let (line, column) = (node.line, node.column);
            let setting = Setting {
                value,
                line,
                column,
            };
            parameters.insert(name, setting);
        }
    }
    parameters
}

fn setting(form: &mut Form, node: &Node, name: &str) -> Option<SettingValue> {
    let what = format!("参数“{name}”的值");
    match &node.value {
        Value::Null | Value::Word(_) => form.text(node, &what).map(SettingValue::One),
        Value::List(_) => Some(SettingValue::Many(form.texts(node, &what))),
        Value::Map(_) => Some(SettingValue::Map(map(form.pairs(node, &what, "值")))),
    }
}

fn columns(form: &mut Form, node: &Node) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut columns = BTreeMap::new();
    for (ledger, node) in form.entries(node, "列名（columns）") {
        let ledger = ledger.text().unwrap_or_default();
        let what = format!("“{ledger}”的列名");
        let mut fields = BTreeMap::new();
        for (field, node) in form.entries(node, &what) {
            let headings = form.texts(node, &what);
            fields.insert(field.text().unwrap_or_default().to_owned(), headings);
        }
        columns.insert(ledger.to_owned(), fields);
    }
    columns
}

fn files(form: &mut Form, node: &Node, profile: &mut Profile) {
    for (key, node) in form.fields(node, "文件（files）", &FILES) {
        let globs = form.texts(node, "文件通配符");
        for glob in &globs {
            if let Err(error) = walk::glob(glob) {
                let message = format!("文件通配符“{glob}”写法有误（{}）", error.kind());
                let hint = "* 匹配一层内的任意文字，** 匹配任意层文件夹，如“旧台账/**”";
                form.wrong(node, message, hint);
            }
        }
        match key {
            "include" => profile.include = globs,
            _ => profile.exclude = globs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(text: &str) -> (Profile, Vec<Diagnostic>) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(FILE), text).expect("written");
        let (profile, _, told) = load(folder.path());
        (profile, told)
    }

    #[test]
    fn the_example_of_the_manual_is_right() {
        let manual = include_str!("../../../../docs/profile.md");
        let mut blocks = manual.split("```yaml\n").skip(1);
        let block = |part: Option<&str>| {
            let part = part.expect("a block");
            part.split("```").next().unwrap_or_default().to_owned()
        };
        let folder = tempfile::tempdir().expect("a folder");
        for file in [FILE, "waivers.yaml"] {
            std::fs::write(folder.path().join(file), block(blocks.next())).expect("written");
        }
        let (profile, waivers, told) = load(folder.path());
        assert_eq!(told, []);
        assert!(profile.provided);
        assert_eq!(profile.unit_kind, "government");
        assert_eq!(waivers.len(), 1);
        for keyed in [
            profile.disable.len(),
            profile.columns.len(),
            profile.sheets.len(),
        ] {
            assert!(keyed > 0);
        }
        assert_eq!(profile.holidays[&2027].len(), 3);
        assert_eq!(profile.signatories.len(), 3);
        assert!(profile.marking.is_some() && profile.letterhead.number.is_some());
    }

    #[test]
    fn a_workspace_without_profile_is_told_and_works() {
        let folder = tempfile::tempdir().expect("a folder");
        let (profile, waivers, told) = load(folder.path());
        assert!(!profile.provided && waivers.is_empty());
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].code, "profile-absent");
    }

    #[test]
    fn settings_under_another_name_are_told_to_be_renamed() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("Zicha.yml"), "unit: {name: 甲}\n").expect("written");
        let (profile, _, told) = load(folder.path());
        assert!(!profile.provided);
        let told: Vec<_> = told
            .iter()
            .map(|d| (d.code.name(), d.message.as_str()))
            .collect();
        let message = "设置文件应为 zicha.yaml，Zicha.yml 不会被读取，按默认设置检查";
        assert_eq!(told, [("profile-misnamed", message)]);
    }

    #[test]
    fn all_mistakes_are_told_at_once_with_their_places() {
        let text = "单位: {名称: 甲, 性质: 机构}\nparameter: {a: 1}\nfiles: {include: 'a[b'}\n\
                    disable: {DOC-001: ''}\nholidays: {2027: {春节: [2027-02-30, 2027-02-10]}}\n\
                    letterhead: {kind: 请示, copy_number: 1}\n";
        let (profile, told) = loaded(text);
        let places: Vec<_> = told
            .iter()
            .map(|d| (d.code.name(), d.locus.line, d.locus.column))
            .collect();
        let expected = [
            ("bad-value", Some(1), Some(17)),
            ("unknown-key", Some(2), Some(1)),
            ("bad-value", Some(3), Some(18)),
            ("bad-value", Some(4), Some(20)),
            ("bad-value", Some(5), Some(24)),
            ("bad-value", Some(6), Some(20)),
            ("bad-value", Some(6), Some(37)),
        ];
        assert_eq!(places, expected);
        assert_eq!(told[1].hint.as_deref(), Some("是不是“parameters”？"));
        let excerpt = told[1].excerpt.as_ref().expect("an excerpt");
        assert_eq!(&excerpt.text[excerpt.range.clone()], "parameter");
        assert_eq!(profile.unit_name, "甲");
    }

    #[test]
    fn settings_keep_their_spelling_and_place() {
        let (profile, told) = loaded("参数:\n  a: no\n  b: [x, 012]\n  c: {k: 1.50}\n");
        assert_eq!(told, []);
        let value = |name: &str| profile.parameters[name].value.clone();
        assert_eq!(value("a"), SettingValue::One("no".to_owned()));
        let list = ["x", "012"].map(str::to_owned).to_vec();
        assert_eq!(value("b"), SettingValue::Many(list));
        assert_eq!(
            value("c"),
            SettingValue::Map([("k".to_owned(), "1.50".to_owned())].into())
        );
        assert_eq!(
            (profile.parameters["a"].line, profile.parameters["a"].column),
            (2, 6)
        );
    }
}
