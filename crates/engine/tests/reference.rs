//! The two reference pages of the rule language tell the truth: every fenced example compiles against
//! the built-in ledgers, every word of the language is shown at work, every code is explained.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use zicha_engine::examples;
use zicha_model::diag::{Diagnostic, human};
use zicha_model::profile::Profile;
use zicha_rule::{
    keys_of_pack_files,
    pack::{self, Catalogue},
    words_of_the_language,
};

const ENGLISH: &str = "docs/rules.md";
const CHINESE: &str = "docs/rules.zh-CN.md";

fn page(path: &str) -> String {
    fs::read_to_string(zicha_testing::root().join(path)).unwrap()
}

/// The fenced blocks of a page in a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let open = format!("\n```{language}\n");
    let inner = page.split(open.as_str()).skip(1);
    inner
        .map(|rest| format!("{}\n", rest.split("\n```").next().unwrap()))
        .collect()
}

/// The examples of a page as one pack in a workspace: rules become controls.
fn pack_of(page: &str) -> (Catalogue, Vec<Diagnostic>) {
    let workspace = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = workspace.path().join("own").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for (number, rule) in blocks(page, "rule").iter().enumerate() {
        write(
            &format!("controls/rule-{number}.yaml"),
            &control(number, rule),
        );
    }
    for (number, text) in blocks(page, "yaml").iter().enumerate() {
        let is = |keys: [&str; 2]| keys.iter().any(|key| text.contains(key));
        if is(["primary_key:", "编号列:"]) {
            write(&format!("ledgers/{number}.yaml"), text);
        } else if is(["version:", "版本:"]) {
            write("pack.yaml", text);
        } else {
            // The id of a built-in control is taken.
            let text = text.replace("DOC-004", "OWN-004");
            write(&format!("controls/{number}.yaml"), &text);
        }
    }
    let profile = Profile {
        packs: vec!["own".into()],
        ..Profile::default()
    };
    pack::load(workspace.path(), &profile)
}

fn control(number: usize, rule: &str) -> String {
    let rule = rule.replace('\n', "\n    ");
    format!(
        "- id: EXA-{number:03}\n  title: 例\n  requirement: 例\n  basis: [本单位规定]\n  checklists: [annual]\n  \
         kind: row\n  severity: 一般\n  remedy: 例\n  deadline: 1\n  rule: |\n    {rule}\n"
    )
}

#[test]
fn every_example_of_both_pages_compiles_without_a_word() {
    for path in [ENGLISH, CHINESE] {
        let (catalogue, diagnostics) = pack_of(&page(path));
        let told: String = diagnostics.iter().map(human::render).collect();
        assert_eq!(told, "", "{path}");
        let own = catalogue.controls.iter().map(|c| c.control.id.as_str());
        let own = own.filter(|id| id.starts_with("EXA-")).count();
        assert_eq!(own, 4, "{path}");
    }
}

#[test]
fn the_control_written_throughout_in_chinese_passes_and_fails_as_it_says() {
    let (catalogue, _) = pack_of(&page(CHINESE));
    let mut controls = catalogue.controls.iter();
    let index = controls.position(|c| c.control.id == "OWN-001").unwrap();
    let control = catalogue.controls[index].control.clone();
    assert_eq!(control.examples.len(), 2);
    assert!(
        !control.rule.chars().any(|c| c.is_ascii_alphabetic()),
        "{}",
        control.rule
    );
    for example in &control.examples {
        let dataset = zicha_read::from_records(&catalogue.schemas, &example.records);
        let outcome = examples::run(&catalogue, &dataset, index, example);
        assert!(outcome.is_ok(), "{}: {outcome:?}", example.title);
    }
}

/// Words of a text: runs of letters, digits and underscores.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect()
}

#[test]
fn every_word_of_the_language_is_shown_at_work() {
    for (path, english) in [(ENGLISH, true), (CHINESE, false)] {
        let text = blocks(&page(path), "rule").concat();
        let used = words(&text);
        let wanted = words_of_the_language().into_iter();
        let missing: Vec<_> = wanted
            .filter(|word| word.is_ascii() == english)
            .filter(|word| !used.contains(word))
            .filter(|word| !(english && text.contains(&format!(" {word} "))))
            .collect();
        assert_eq!(missing, [""; 0], "{path}");
    }
}

#[test]
fn both_pages_list_the_keys_of_pack_files() {
    for path in [ENGLISH, CHINESE] {
        let text = page(path);
        let line = |(english, chinese): &(&str, &str)| format!("| `{english}` | `{chinese}` |");
        let missing: Vec<_> = keys_of_pack_files()
            .iter()
            .map(line)
            .filter(|line| !text.contains(line.as_str()))
            .collect();
        assert_eq!(missing, [""; 0], "{path}");
    }
}

/// Every file below a folder.
fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(sources_below(&path)),
            false => found.push(path),
        }
    }
    found
}

/// The codes that the sources of the rule language tell, those of other files of the unit left out.
fn codes() -> BTreeSet<String> {
    let root = zicha_testing::root().join("crates/rule/src");
    let mut codes = BTreeSet::new();
    for path in sources_below(&root) {
        let text = fs::read_to_string(path).unwrap();
        let named = text.split("codes::").skip(1);
        codes.extend(named.map(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c == '_'));
            let constant = &rest[..end.unwrap_or(rest.len())];
            constant.to_lowercase().replace('_', "-")
        }));
    }
    codes.retain(|code| !code.is_empty() && !code.starts_with("waiver-"));
    codes
}

#[test]
fn both_pages_explain_every_code() {
    let codes = codes();
    assert!(codes.len() > 20, "{codes:?}");
    for path in [ENGLISH, CHINESE] {
        let text = page(path);
        let missing: Vec<_> = codes
            .iter()
            .filter(|code| !text.contains(&format!("`{code}`")))
            .collect();
        assert_eq!(missing, [""; 0], "{path}");
    }
}

#[test]
fn the_mistake_shown_is_what_lint_tells() {
    let told = include_str!("../../../tests/snapshots/main__lint__lint_chinese.snap");
    for path in [ENGLISH, CHINESE] {
        for shown in blocks(&page(path), "text") {
            assert!(told.contains(&shown), "{path}: {shown}");
        }
    }
}
