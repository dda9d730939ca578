//! Embeds the ledgers without the controls: what `src/embedded.rs` includes.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..");
    let mut paths = vec![
        "checklists/enums.yaml".to_owned(),
        "checklists/pack.yaml".to_owned(),
        "checklists/parameters.yaml".to_owned(),
    ];
    for entry in fs::read_dir(root.join("checklists/ledgers")).expect("part of the package") {
        let name = entry.expect("an entry").file_name();
        paths.push(format!("checklists/ledgers/{}", name.to_string_lossy()));
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
