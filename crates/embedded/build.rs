//! Embeds `checklists/` and `templates/`: every text file below them, in path order.

#![expect(clippy::expect_used, reason = "a build script can only stop")]

use std::{env, fmt::Write as _, fs, path::Path};

/// Writes `texts.rs`: a sorted list of (path, text).
fn main() {
    let package = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let root = Path::new(&package).join("../..");
    let mut paths = Vec::new();
    for folder in ["checklists", "templates"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        collect(&root.join(folder), folder, &mut paths);
    }
    paths.sort();
    let mut code = String::from("&[\n");
    for path in &paths {
        let full = root.join(path);
        println!("cargo::rerun-if-changed={}", full.display());
        writeln!(code, "    ({path:?}, include_str!({full:?})),").expect("writing to a string");
    }
    code.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("texts.rs");
    fs::write(out, code).expect("the build folder can be written");
}

/// Adds every file below `folder` with its path relative to the repository, `/` separators.
fn collect(folder: &Path, relative: &str, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = format!("{relative}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, paths);
        } else {
            paths.push(name);
        }
    }
}
