//! The import graph of a crate: source files → which module names which → circles.
//!
//! A module is a file. An edge stands for a path in the code that leads into another file of the same
//! crate: in a `use`, in an expression, in a type or in the arguments of a macro. Code for tests is left
//! out. `mod` lines are no edges: they say where a child lies, not that it is used.
//!
//! `sources` finds and parses the files, `paths` finds the edges of one, `graph` joins them, `circles`
//! searches them for ways that lead back.

mod circles;
mod graph;
mod module_path;
mod paths;
mod sources;

pub use circles::{Circle, find as circles};
pub use graph::Graph;
pub use module_path::{ModulePath, shown};

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folders of this workspace's packages: the root, then `crates/*` by name.
///
/// # Errors
/// Fails if `crates/` cannot be read.
pub fn packages() -> io::Result<Vec<PathBuf>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let crates = crates.unwrap_or(Path::new("crates"));
    let mut folders = Vec::new();
    for folder in fs::read_dir(crates)? {
        folders.push(folder?.path());
    }
    folders.sort();
    folders.splice(0..0, crates.parent().map(Path::to_owned));
    Ok(folders)
}
