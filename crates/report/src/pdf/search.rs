//! The search for the faces of the roles.
//!
//! What enters: a role with the families that may play it. What leaves: the first face found, in
//! the folder beside the program, among the machine's or among the built-in ones.

use crate::options::Fonts;
use crate::pdf::roles::Role;
use crate::pdf::slot::{Origin, Slot};
use fontdb::{Database, FaceInfo, Source};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// Families with all common Chinese characters, for a program that has no face built in.
const LAST_RESORT: [&str; 9] = [
    "SimSun",
    "Noto Serif SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Microsoft YaHei",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
];

/// The search for faces: what was looked at is not looked at again.
pub(super) struct Search {
    /// Faces on disk: the folder beside the program first, then the machine's.
    databases: Vec<Database>,
    /// Faces found so far by file and index.
    found: Vec<Arc<Slot>>,
}

impl Search {
    pub(super) fn new(fonts: Fonts, beside: Option<&Path>) -> Self {
        let databases = match fonts {
            Fonts::Embedded => Vec::new(),
            Fonts::Auto => vec![folder(beside), system()],
        };
        Self {
            databases,
            found: Vec::new(),
        }
    }

    /// The best face there is for a role.
    pub(super) fn play(&mut self, role: &Role) -> Option<Arc<Slot>> {
        self.office(role)
            .or_else(|| role.embedded.iter().find_map(|name| self.built_in(name)))
            .or_else(|| self.last_resort(role))
    }

    fn office(&mut self, role: &Role) -> Option<Arc<Slot>> {
        let files = role.office.iter().flat_map(|family| self.files(family));
        let files: Vec<_> = files.collect();
        files
            .into_iter()
            .find_map(|(path, index)| self.file(path, index))
    }

    /// Any face with Chinese characters, where nothing is built in: better plain than none.
    fn last_resort(&mut self, role: &Role) -> Option<Arc<Slot>> {
        if matches!(role.alias, "rpt-rare" | "rpt-extra") {
            return None;
        }
        let files: Vec<_> = LAST_RESORT
            .iter()
            .flat_map(|family| self.files(family))
            .collect();
        let mut slots = files
            .into_iter()
            .filter_map(|(path, index)| self.file(path, index));
        slots.find(|slot| slot.info.coverage.contains('密'.into()))
    }

    /// Upright faces of a family, the regular weight first, in an order that does not depend on
    /// how the folder lists them.
    fn files(&self, family: &str) -> Vec<(PathBuf, u32)> {
        let mut files = Vec::new();
        for database in &self.databases {
            let faces = database.faces().filter(|face| is_family(face, family));
            let mut here: Vec<_> = faces
                .filter_map(|face| Some((face.weight.0.abs_diff(400), path(face)?, face.index)))
                .collect();
            here.sort();
            files.extend(here.into_iter().map(|(_, path, index)| (path, index)));
        }
        files
    }

    fn file(&mut self, path: PathBuf, index: u32) -> Option<Arc<Slot>> {
        let known = self
            .found
            .iter()
            .find(|slot| matches!(&slot.origin, Origin::File(p, i) if *p == path && *i == index));
        if let Some(slot) = known {
            return Some(slot.clone());
        }
        let name = path.file_name()?.to_string_lossy().into_owned();
        self.keep(Slot::new(Origin::File(path, index), name)?)
    }

    fn built_in(&mut self, name: &str) -> Option<Arc<Slot>> {
        let known = self
            .found
            .iter()
            .find(|slot| matches!(slot.origin, Origin::Embedded(_)) && slot.file == name);
        if let Some(slot) = known {
            return Some(slot.clone());
        }
        let (_, bytes) = EMBEDDED.iter().find(|(own, _)| *own == name)?;
        self.keep(Slot::new(Origin::Embedded(bytes), name.to_owned())?)
    }

    fn keep(&mut self, slot: Slot) -> Option<Arc<Slot>> {
        let slot = Arc::new(slot);
        self.found.push(slot.clone());
        Some(slot)
    }
}

fn is_family(face: &FaceInfo, family: &str) -> bool {
    face.style == fontdb::Style::Normal
        && face
            .families
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(family))
}

fn path(face: &FaceInfo) -> Option<PathBuf> {
    match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path.clone()),
        Source::Binary(_) => None,
    }
}

fn folder(path: Option<&Path>) -> Database {
    let mut database = Database::new();
    if let Some(path) = path {
        database.load_fonts_dir(path);
    }
    database
}

fn system() -> Database {
    let mut database = Database::new();
    database.load_system_fonts();
    database
}

/// The folder `fonts` beside the program, where a unit may put its own faces.
pub(super) fn beside_program() -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.join("fonts");
    folder.is_dir().then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::fonts::Faces;
    use crate::pdf::roles::{KAI, ROLES, SERIF};

    #[test]
    fn one_face_plays_each_role_and_prints_rare_names() {
        let Some(faces) = Faces::find(Fonts::Embedded, None) else {
            assert!(EMBEDDED.is_empty(), "built-in faces are not found");
            return;
        };
        for role in ROLES.iter().filter(|role| role.embedded.contains(&SERIF)) {
            assert!(faces.has(role.alias), "{} has no face", role.alias);
        }
        for character in "国密喆镕堃祎玥昇翀赟旻䶮〔〕★—“”…①☆□√".chars()
        {
            assert!(faces.covers(character), "{character} would not print");
        }
        let rare = EMBEDDED.iter().any(|(name, _)| *name == KAI);
        assert_eq!(faces.covers('𠮷'), rare);
        assert!(!faces.covers('\u{1F600}'));
    }

    #[test]
    fn nothing_is_found_where_there_is_nothing() {
        let empty = tempfile::tempdir().expect("a folder");
        let mut search = Search {
            databases: vec![folder(Some(empty.path()))],
            found: Vec::new(),
        };
        assert!(search.office(&ROLES[0]).is_none());
        assert!(search.built_in("NoSuchFace").is_none());
    }

    #[test]
    fn a_folder_of_the_unit_goes_first() {
        let Some((name, bytes)) = EMBEDDED.first() else {
            return;
        };
        let own = tempfile::tempdir().expect("a folder");
        std::fs::write(own.path().join(format!("{name}.ttf")), bytes).expect("written");
        let database = folder(Some(own.path()));
        let family = database.faces().next().expect("a face").families[0]
            .0
            .clone();
        let search = Search {
            databases: vec![database],
            found: Vec::new(),
        };
        assert_eq!(search.files(&family).len(), 1);
    }
}
