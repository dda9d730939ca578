//! Every module of a crate that is part of the program, found along the `mod` lines.

use crate::module_path::ModulePath;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};
use syn::{Attribute, File, Item, Meta};

/// Parses the root file and every file that its `mod` lines lead to.
pub(crate) fn read(root_file: &Path) -> io::Result<BTreeMap<ModulePath, File>> {
    let mut found = BTreeMap::new();
    let folder = root_file.parent().unwrap_or(Path::new(""));
    let mut waiting = vec![(ModulePath::new(), root_file.to_owned(), folder.to_owned())];
    while let Some((path, file, children)) = waiting.pop() {
        let parsed = parse(&file)?;
        for name in declared(&parsed.items) {
            let (file, children) = locate(&children, &name)?;
            let child = path.iter().cloned().chain([name]).collect();
            waiting.push((child, file, children));
        }
        found.insert(path, parsed);
    }
    Ok(found)
}

fn parse(file: &Path) -> io::Result<File> {
    let named = |why: String| io::Error::other(format!("{}: {why}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    syn::parse_file(&text).map_err(|error| named(error.to_string()))
}

/// Names of the modules that have a file of their own.
fn declared(items: &[Item]) -> Vec<String> {
    let modules = items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.content.is_none() && !is_test(&module.attrs) => Some(module),
        _ => None,
    });
    modules.map(|module| module.ident.to_string()).collect()
}

/// `name.rs` or `name/mod.rs`, and the folder in which its own children lie.
fn locate(folder: &Path, name: &str) -> io::Result<(PathBuf, PathBuf)> {
    let children = folder.join(name);
    let candidates = [folder.join(format!("{name}.rs")), children.join("mod.rs")];
    let file = candidates.into_iter().find(|file| file.is_file());
    let missing = || io::Error::other(format!("{}: no file of module {name}", folder.display()));
    Ok((file.ok_or_else(missing)?, children))
}

/// True for `#[cfg(test)]` and `#[test]`: not part of the program.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        meta => meta.path().is_ident("test"),
    })
}
