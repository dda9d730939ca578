//! Circles: among the rooms of a folder, and among the files of a room.
//!
//! A parent may name its child and the child its parent: they are one matter in two files. Any other
//! way that leads back to where it began is a circle, because its files can only be understood together.

use crate::{
    graph::Graph,
    module_path::{ModulePath, shown},
};
use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};
use std::{collections::BTreeSet, fmt};

/// Modules that can be understood only together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Circle {
    /// The modules, sorted; of folders their path.
    pub members: Vec<ModulePath>,
}

impl fmt::Display for Circle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members: Vec<_> = self.members.iter().map(|member| shown(member)).collect();
        out.write_str(&members.join(" ↔ "))
    }
}

type Edges = BTreeSet<(ModulePath, ModulePath)>;

/// Circles among the folders, then circles of files that are more than a parent with its children.
pub fn find(graph: &Graph) -> Vec<Circle> {
    let edges: Edges = graph
        .imports
        .iter()
        .flat_map(|(from, named)| named.iter().map(|to| (from.clone(), to.clone())))
        .collect();
    let mut found = among(&between_folders(graph, &edges));
    found.extend(among(&edges));
    found.dedup();
    found
}

/// Edges between the folders of one folder, each standing for all that lies in it.
fn between_folders(graph: &Graph, edges: &Edges) -> Edges {
    let folders: BTreeSet<ModulePath> = graph.imports.keys().filter_map(folder).collect();
    let mut between = Edges::new();
    for (from, to) in edges {
        let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let room = |path: &ModulePath| path.get(..=common).map(<[String]>::to_vec);
        if let (Some(from), Some(to)) = (room(from), room(to))
            && folders.contains(&from)
            && folders.contains(&to)
        {
            between.insert((from, to));
        }
    }
    between
}

fn folder(path: &ModulePath) -> Option<ModulePath> {
    let (_, parents) = path.split_last()?;
    (!parents.is_empty()).then(|| parents.to_vec())
}

/// The circles of some edges that are more than a parent with its children.
fn among(edges: &Edges) -> Vec<Circle> {
    let nodes: BTreeSet<&ModulePath> = edges.iter().flat_map(|(a, b)| [a, b]).collect();
    let nodes: Vec<&ModulePath> = nodes.into_iter().collect();
    let at = |path: &ModulePath| nodes.binary_search(&path).unwrap_or_default();
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (from, to) in edges {
        graph.add_edge(at(from), at(to), ());
    }
    let mut found: Vec<Circle> = tarjan_scc(&graph)
        .into_iter()
        .map(|component| component.into_iter().map(|n| nodes[n].clone()).collect())
        .filter(|members| !is_tree(members, edges))
        .map(|members: BTreeSet<ModulePath>| Circle {
            members: members.into_iter().collect(),
        })
        .collect();
    found.sort();
    found
}

/// True if the only ways back are those between a parent and its child.
fn is_tree(members: &BTreeSet<ModulePath>, edges: &Edges) -> bool {
    let mut inside = edges
        .iter()
        .filter(|(from, to)| members.contains(from) && members.contains(to));
    inside.all(|(from, to)| is_parent(from, to) || is_parent(to, from))
}

fn is_parent(parent: &ModulePath, child: &ModulePath) -> bool {
    child
        .split_last()
        .is_some_and(|(_, above)| above == parent.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crate of some files: circles as shown.
    fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let graph = Graph::of_crate(&folder.path().join("lib.rs")).expect("Rust");
        find(&graph).iter().map(Circle::to_string).collect()
    }

    #[test]
    fn siblings_that_name_each_other_are_a_circle() {
        let root = ("lib.rs", "mod a; mod b;");
        let a = ("a.rs", "use crate::b::B; pub struct A;");
        assert_eq!(circles_of(&[root, a, ("b.rs", "pub struct B;")]), [""; 0]);
        let expression = ("b.rs", "pub struct B; fn f() { crate::a::g(); }");
        assert_eq!(circles_of(&[root, a, expression]), ["a ↔ b"]);
        let in_a_macro = ("b.rs", "pub struct B; fn f() { vec![super::a::g()]; }");
        assert_eq!(circles_of(&[root, a, in_a_macro]), ["a ↔ b"]);
    }

    #[test]
    fn a_parent_and_its_children_are_none_until_the_children_name_each_other() {
        let root = ("lib.rs", "mod room;");
        let room = (
            "room/mod.rs",
            "mod a; mod b; use a::A; use b::B; pub struct R;",
        );
        let b = ("room/b.rs", "use super::R; pub struct B;");
        let a = ("room/a.rs", "use super::R; pub struct A;");
        assert_eq!(circles_of(&[root, room, a, b]), [""; 0]);
        let a = ("room/a.rs", "use super::{R, b::B}; pub struct A;");
        assert_eq!(
            circles_of(&[root, room, a, b]),
            ["room ↔ room::a ↔ room::b"]
        );
    }

    #[test]
    fn folders_that_name_each_other_are_a_circle_though_no_files_are() {
        let files = [
            ("lib.rs", "mod x; mod y;"),
            ("x/mod.rs", "mod one; mod two;"),
            ("y/mod.rs", "mod one; mod two;"),
            ("x/one.rs", "use crate::y::one::Y;"),
            ("x/two.rs", "pub struct X;"),
            ("y/one.rs", "pub struct Y;"),
            ("y/two.rs", "use crate::x::two::X;"),
        ];
        assert_eq!(circles_of(&files), ["x ↔ y"]);
    }

    #[test]
    fn code_for_tests_is_no_part_of_it() {
        let files = [
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod missing;"),
            ("a.rs", "use crate::b::B;"),
            (
                "b.rs",
                "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }",
            ),
        ];
        assert_eq!(circles_of(&files), [""; 0]);
    }
}
