//! Paths in the code of a module → the modules that they lead into.

use crate::{module_path::ModulePath, sources::is_test};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::{
    File, Item, ItemMod, ItemUse, Macro, Path, UseTree,
    visit::{self, Visit},
};

/// The modules of `known` that the code of the module at `path` names.
pub(crate) fn named_modules(
    path: &[String],
    file: &File,
    known: &BTreeSet<ModulePath>,
) -> BTreeSet<ModulePath> {
    let mut search = Search {
        here: path.to_vec(),
        known,
        named: BTreeSet::new(),
    };
    search.visit_file(file);
    search.named
}

struct Search<'a> {
    /// The module whose names are in scope, inline modules included.
    here: ModulePath,
    known: &'a BTreeSet<ModulePath>,
    named: BTreeSet<ModulePath>,
}

impl Search<'_> {
    /// Notes the module that a path leads into: the longest beginning of it that is a module.
    fn note(&mut self, segments: &[String]) {
        let Some(first) = segments.first() else {
            return;
        };
        let mut full = match first.as_str() {
            "crate" => ModulePath::new(),
            "self" | "super" => self.here.clone(),
            first if self.is_child(first) => self.here.clone(),
            _ => return,
        };
        for segment in segments {
            match segment.as_str() {
                "super" => {
                    full.pop();
                }
                "crate" | "self" => {}
                _ => full.push(segment.clone()),
            }
        }
        while !self.known.contains(&full) && !full.is_empty() {
            full.pop();
        }
        self.named.insert(full);
    }

    fn is_child(&self, name: &str) -> bool {
        let child: ModulePath = self.here.iter().cloned().chain([name.to_owned()]).collect();
        self.known.contains(&child)
    }

    fn use_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| -> Vec<_> { before.iter().cloned().chain([name]).collect() };
        match tree {
            UseTree::Path(path) => self.use_tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.note(&with(name.ident.to_string())),
            UseTree::Rename(name) => self.note(&with(name.ident.to_string())),
            UseTree::Glob(_) => self.note(before),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(before, tree);
                }
            }
        }
    }

    /// Paths among the arguments of a macro, which is not parsed further.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' && !path.is_empty() => colons += 1,
                TokenTree::Ident(name) if colons == 2 => {
                    path.push(name.to_string());
                    colons = 0;
                }
                token => {
                    self.macro_path(&path);
                    (path, colons) = (Vec::new(), 0);
                    match token {
                        TokenTree::Ident(name) => path.push(name.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        _ => {}
                    }
                }
            }
        }
        self.macro_path(&path);
    }

    /// A lone word in a macro is a name of anything.
    fn macro_path(&mut self, path: &[String]) {
        if path.len() > 1 {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        let Some((_, items)) = &module.content else {
            return;
        };
        self.here.push(module.ident.to_string());
        for item in items {
            self.visit_item(item);
        }
        self.here.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.use_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        // A lone word is a name that was brought in by a `use`, which is an edge already.
        if path.segments.len() > 1 {
            let segments: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
            self.note(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.tokens(called.tokens.clone());
        visit::visit_macro(self, called);
    }
}
