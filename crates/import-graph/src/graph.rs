//! The graph, and how it is read from a crate.

use crate::{module_path::ModulePath, paths, sources};
use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::Path,
};

/// Which module names which, within one crate.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Module → the modules that its code names, itself left out.
    pub imports: BTreeMap<ModulePath, BTreeSet<ModulePath>>,
}

impl Graph {
    /// Reads the sources of a crate from its root file (`lib.rs` or `main.rs`).
    ///
    /// # Errors
    /// Fails if a file cannot be opened or is no Rust.
    pub fn of_crate(root_file: &Path) -> io::Result<Self> {
        let modules = sources::read(root_file)?;
        let known: BTreeSet<_> = modules.keys().cloned().collect();
        let imports = modules.iter().map(|(path, file)| {
            let mut named = paths::named_modules(path, file, &known);
            named.remove(path);
            (path.clone(), named)
        });
        Ok(Self {
            imports: imports.collect(),
        })
    }
}
