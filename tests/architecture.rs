//! The house keeps its order. Which crate may name which is held by the compiler; here stands what it
//! cannot see: circles inside a crate, homes of the libraries, what may not be linked.

use std::{collections::BTreeSet, fs, path::Path, process::Command};
use zicha_import_graph::{Graph, circles, packages};

/// Library → the packages whose program code may depend on it.
const HOMES: &[(&str, &[&str])] = &[
    ("calamine", &["zicha-read"]),
    (
        "quick-xml",
        &["zicha-read", "zicha-report", "zicha-scoring"],
    ),
    ("icu_calendar", &["zicha-calendar"]),
    ("sha2", &["zicha-model"]),
    ("sm3", &["zicha-model"]),
    ("tera", &["zicha-report"]),
    ("typst", &["zicha-report"]),
    ("typst-layout", &["zicha-report"]),
    ("typst-pdf", &["zicha-report"]),
    ("comemo", &["zicha-report"]),
    ("fontdb", &["zicha-report"]),
    ("pulldown-cmark", &["zicha-report"]),
    ("rust_xlsxwriter", &["zicha-report", "zicha-testing"]),
    ("uuid", &["zicha-report"]),
    ("clap", &["zicha"]),
    ("clap_complete", &["zicha"]),
    ("clap_mangen", &["zicha"]),
    ("indicatif", &["zicha"]),
    ("comfy-table", &["zicha"]),
    ("syn", &["zicha-import-graph"]),
    ("petgraph", &["zicha-import-graph"]),
];

/// Crates that are built, tested and fuzzed without the typesetter.
const WITHOUT_TYPST: &[&str] = &[
    "zicha-model",
    "zicha-rule",
    "zicha-read",
    "zicha-engine",
    "zicha-scoring",
    "zicha-assess",
    "zicha-rollup",
];

#[test]
fn modules_can_be_understood_one_after_the_other() {
    let mut faults = Vec::new();
    for package in packages().unwrap() {
        let graph = Graph::of_crate(&package.join("src/lib.rs")).unwrap();
        let found = circles(&graph);
        faults.extend(
            found
                .iter()
                .map(|circle| format!("{}: {circle}", package.display())),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn libraries_are_used_only_where_they_belong() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version=1"]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            let library = dependency["name"].as_str().unwrap();
            let program = dependency["kind"].is_null();
            for (_, homes) in HOMES
                .iter()
                .filter(|(known, _)| program && *known == library)
            {
                seen.insert(library.to_owned());
                if !homes.contains(&name) {
                    faults.push(format!("{name} depends on {library}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let gone: Vec<_> = HOMES
        .iter()
        .filter(|(name, _)| !seen.contains(*name))
        .collect();
    assert!(gone.is_empty(), "nobody depends on them: {gone:?}");
}

#[test]
fn reading_rules_and_engine_are_built_without_the_typesetter() {
    for package in WITHOUT_TYPST {
        // What build scripts and procedural macros need is linked into nothing.
        let tree = cargo(&["tree", "-p", package, "-e", "normal", "--prefix", "none"]);
        assert!(tree.contains("zicha-model"), "{tree}");
        let found: Vec<_> = tree.lines().filter(|l| l.starts_with("typst")).collect();
        assert!(found.is_empty(), "{package}: {found:?}");
    }
}

#[test]
fn nothing_that_is_banned_is_in_the_lock_file() {
    let banned = banned();
    assert!(banned.len() >= 20, "{banned:?}");
    for expected in ["reqwest", "hyper", "tokio", "openssl", "socket2", "ureq"] {
        assert!(banned.contains(expected), "{expected} is not banned");
    }
    let lock: toml::Table = read("Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let linked: BTreeSet<_> = packages.map(|p| p["name"].as_str().unwrap()).collect();
    assert!(linked.contains("typst"));
    let found: Vec<_> = banned
        .iter()
        .filter(|name| linked.contains(name.as_str()))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

/// The crates that `deny.toml` bans. `make audit` asks cargo-deny itself where it is installed.
fn banned() -> BTreeSet<String> {
    let deny: toml::Table = read("deny.toml").parse().unwrap();
    let bans = deny["bans"]["deny"].as_array().unwrap().iter();
    let names = bans.map(|ban| {
        assert!(ban.get("reason").is_some(), "{ban} has no reason");
        ban["crate"].as_str().unwrap().to_owned()
    });
    names.collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(args)
        .args(["--locked", "--offline"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_the_developers_documents_name_is_there() {
    let documents = [
        "CONTRIBUTING.md",
        "docs/ARCHITECTURE.md",
        "docs/fonts.md",
        "docs/results.md",
        "tests/README.md",
    ];
    let folders = [
        "benches/",
        "checklists/",
        "crates/",
        "docs/",
        "examples/",
        "fuzz/",
        "scripts/",
        "src/",
        "templates/",
        "tests/",
    ];
    let mut gone = Vec::new();
    for document in documents {
        let text = read(document);
        let quoted = text.split('`').skip(1).step_by(2);
        let paths = quoted.filter(|word| folders.iter().any(|folder| word.starts_with(folder)));
        // Not those with a placeholder or wildcard, nor a command with its arguments.
        for path in paths.filter(|path| !path.contains(['<', '*', '…', ' ', '\n'])) {
            if !root().join(path).exists() {
                gone.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}
