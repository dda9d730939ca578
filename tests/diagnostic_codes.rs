//! The registry of diagnostic codes: written down for people, and every line in use.

use std::{fs, path::Path};
use zicha_model::diag::{Severity, codes};
use zicha_testing::root;

/// Written by this test with `UPDATE_DOCS=1`.
const REFERENCE: &str = "docs/diagnostics.md";

#[test]
fn the_reference_lists_every_code() {
    let path = root().join(REFERENCE);
    let expected = reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == expected,
        "{REFERENCE} is not what the registry says: UPDATE_DOCS=1 cargo test --workspace diagnostic_codes"
    );
}

#[test]
fn every_code_is_told_somewhere() {
    let mut sources = String::new();
    for folder in ["src", "crates"] {
        collect(&root().join(folder), &mut sources);
    }
    let unused: Vec<_> = codes::ALL
        .iter()
        .filter(|code| {
            let constant = code.name().to_uppercase().replace('-', "_");
            !sources.contains(&format!("codes::{constant}"))
        })
        .collect();
    assert!(unused.is_empty(), "nothing tells them: {unused:?}");
}

fn reference() -> String {
    let mut text = String::from(
        "# 提示的编号\n\n\
         程序在终端、`results.json` 和自查工作底稿中给出的每条提示都有固定的编号。下表由程序自身的数据写成。\n\n\
         The code of every diagnostic, with severity, meaning and a case. Written from the registry in `crates/model`.\n",
    );
    for (severity, heading) in [
        (Severity::Error, "错误：没有按要求完成（退出状态 2）"),
        (Severity::Warning, "注意：有内容没有读取或没有采用，请核对"),
        (Severity::Note, "说明：供了解，不需要处理"),
    ] {
        text.push_str(&format!(
            "\n## {heading}\n\n| 编号 | 意思 | 例 |\n|---|---|---|\n"
        ));
        let listed = codes::ALL.iter().filter(|code| code.severity() == severity);
        for code in listed {
            let (name, meaning, example) = (code.name(), code.meaning(), code.example());
            text.push_str(&format!("| `{name}` | {meaning} | {example} |\n"));
        }
    }
    text
}

/// Adds the text of every Rust file below a folder.
fn collect(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
