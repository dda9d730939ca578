//! What keeps the program working on Windows, as far as it can be held without a Windows machine: the
//! forge runs the tests there too.

use std::{fs, path::Path};
use zicha_testing::root;

/// Files that may ask for one system: opening a file with the program of the desktop, names of files as
/// the disk has them.
const MAY: &[&str] = &[
    "src/cli/opener.rs",
    "crates/read/src/discovery/disk_names.rs",
];

/// Program code by path, tests at the end of files left out.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let crates = crates.map(|entry| entry.unwrap().path().join("src"));
    let program = crates.filter(|path| !path.to_string_lossy().contains("testing"));
    for folder in program.chain([root().join("src")]) {
        collect(&folder, &mut found);
    }
    found.sort();
    assert!(found.len() > 200, "{}", found.len());
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
            let shown = path.strip_prefix(root()).unwrap().to_string_lossy();
            found.push((shown.replace('\\', "/"), text));
        }
    }
}

#[test]
fn nothing_of_one_system_is_called_outside_its_module() {
    let calls = [
        "std::os::unix",
        "std::os::linux",
        "std::os::windows",
        "cfg(unix)",
        "cfg(windows)",
        "libc::",
        "\"/dev/",
        "\"/tmp",
        "\"/proc",
    ];
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let own = MAY.contains(&path.as_str());
        let used = calls.iter().filter(|call| !own && text.contains(**call));
        faults.extend(used.map(|call| format!("{path}: {call}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// No name of ours is one that Windows refuses: devices, signs, blanks and full stops at the end.
#[test]
fn every_file_of_the_project_has_a_name_that_windows_takes() {
    let listed = std::process::Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output();
    let Ok(listed) = listed else { return };
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut faults = Vec::new();
    for path in text.split('\0').filter(|path| !path.is_empty()) {
        faults.extend(path.split('/').filter(|name| refused(name)).map(|_| path));
    }
    assert!(faults.is_empty(), "{faults:?}");
}

/// Names that people give (departments, ledgers) become file names: the one place that makes them safe is
/// held to the same rule.
#[test]
fn names_that_windows_refuses_are_known() {
    for name in ["CON", "nul.txt", "a:b", "甲?", "尾. ", "COM1.xlsx", "行\n"] {
        assert!(refused(name), "{name}");
    }
    for name in [
        "整改清单.xlsx",
        "CONTRIBUTING.md",
        "收文(1).xlsx",
        "con-1.txt",
    ] {
        assert!(!refused(name), "{name}");
    }
}

fn refused(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || numbered("COM")
        || numbered("LPT")
        || name.ends_with(['.', ' '])
        || name.contains(['<', '>', ':', '"', '\\', '|', '?', '*'])
        || name.chars().any(char::is_control)
}
