//! Embeds the faces for PDF that were fetched into `fonts/` (`build/fonts.rs`).

#![expect(clippy::expect_used, reason = "a build script can only stop")]

#[path = "build/fonts.rs"]
mod fonts;

use std::{env, path::Path};

/// Writes `fonts.rs`: the faces of `fonts/`, none if they were not fetched.
fn main() {
    println!("cargo::rerun-if-changed=build");
    let package = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let root = Path::new(&package).join("../..");
    fonts::embed(&root, Path::new(&out)).expect("the build folder can be written");
}
