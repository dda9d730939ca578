//! Embeds the checklists and templates: every text file below them, in path order; and the faces
//! for PDF that were fetched (`build/fonts.rs`).

#![expect(clippy::expect_used, reason = "a build script can only stop")]

#[path = "build/fonts.rs"]
mod fonts;

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    embed_texts();
    embed_fonts();
}

/// Writes `fonts.rs`: the faces of `fonts/`, none if they were not fetched.
fn embed_fonts() {
    println!("cargo::rerun-if-changed=build");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fonts::embed(Path::new(&root), Path::new(&out)).expect("the build folder can be written");
}

/// Writes `texts.rs`: a sorted list of (path, text).
fn embed_texts() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let mut paths = Vec::new();
    for folder in ["checklists", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(&Path::new(&root).join(folder), folder, &mut paths);
    }
    paths.sort();
    let mut code = String::from("&[\n");
    for path in &paths {
        println!("cargo::rerun-if-changed={path}");
        let full = Path::new(&root).join(path);
        writeln!(code, "    ({path:?}, include_str!({full:?})),").expect("writing to a string");
    }
    code.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("texts.rs");
    fs::write(out, code).expect("the build folder can be written");
}

/// Adds every file below `folder` with its path relative to the package, `/` separators.
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
