//! The faces a document is set in.
//!
//! What enters: the faces built into the program and, for [`Fonts::Auto`], those of a folder
//! `fonts/` beside the program and of the machine. What leaves: [`Faces`], a font book in which
//! every role of the templates (`rpt-fang`, `rpt-hei`, …) is one face, read from disk only when a
//! glyph of it is needed. The templates never name a face, so that a page looks the same whatever
//! stands in for 仿宋.

use crate::report::{Fonts, manifest::Face};
use fontdb::{Database, FaceInfo, Source};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// A role in the templates and the faces that may play it, the best first.
struct Role {
    /// Family name that the templates use.
    alias: &'static str,
    /// Families of office machines, by any of their names.
    office: &'static [&'static str],
    /// Built-in faces.
    embedded: &'static [&'static str],
}

/// Names of the built-in faces, as in `build/fonts.rs`.
const SERIF: &str = "NotoSerifSC-Regular";
const SERIF_BOLD: &str = "NotoSerifSC-Bold";
const SANS: &str = "NotoSansSC-Medium";
const KAI: &str = "LXGWWenKai-Regular";

/// The roles of GB/T 9704-2012 and, last, those that fill in for characters a face lacks.
const ROLES: [Role; 9] = [
    Role {
        alias: "rpt-fang",
        office: &[
            "FangSong_GB2312",
            "仿宋_GB2312",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            "FangSong",
            "STFangsong",
            "FandolFang",
        ],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-biaosong",
        office: &[
            "FZXiaoBiaoSong-B05",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋简体",
            "方正小标宋_GBK",
            "STZhongsong",
        ],
        embedded: &[SERIF_BOLD, SANS, SERIF],
    },
    Role {
        alias: "rpt-hei",
        office: &["SimHei", "方正黑体_GBK", "FZHei-B01", "STHeiti"],
        embedded: &[SANS, SERIF_BOLD, SERIF],
    },
    Role {
        alias: "rpt-kai",
        office: &[
            "KaiTi_GB2312",
            "楷体_GB2312",
            "方正楷体_GBK",
            "FZKai-Z03",
            "KaiTi",
            "STKaiti",
            "LXGW WenKai",
        ],
        embedded: &[KAI, SERIF, SANS],
    },
    Role {
        alias: "rpt-song",
        office: &["SimSun", "方正书宋_GBK", "FZShuSong-Z01", "STSong"],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-latin",
        office: &["Times New Roman", "Liberation Serif"],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-last",
        office: &[],
        embedded: &[SERIF, SANS],
    },
    Role {
        alias: "rpt-rare",
        office: &[],
        embedded: &[KAI],
    },
    Role {
        alias: "rpt-extra",
        office: &[
            "SimSun-ExtB",
            "BabelStone Han",
            "HanaMinB",
            "Segoe UI Symbol",
        ],
        embedded: &[],
    },
];

/// Roles tried, in this order, for a character that a role's own face lacks.
pub(super) const TAIL: [&str; 3] = ["rpt-last", "rpt-rare", "rpt-extra"];

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

/// A face that plays at least one role.
struct Slot {
    /// Where its bytes are.
    origin: Origin,
    /// File name without folder.
    file: String,
    /// Family, style and coverage as the face itself tells.
    info: FontInfo,
    /// The face once needed; `None` if it cannot be read after all.
    font: OnceLock<Option<Font>>,
}

/// Where a face's bytes are.
enum Origin {
    /// In the program.
    Embedded(&'static [u8]),
    /// In a file, at an index for collections.
    File(PathBuf, u32),
}

/// The faces by role, ready for typesetting.
pub(super) struct Faces {
    book: LazyHash<FontBook>,
    /// One per entry of the book; roles played by the same face share its slot.
    slots: Vec<Arc<Slot>>,
}

impl Faces {
    /// Looks for the faces; `None` if none of them has Chinese characters.
    pub(super) fn find(fonts: Fonts, beside: Option<&Path>) -> Option<Self> {
        let mut search = Search::new(fonts, beside);
        let mut book = FontBook::new();
        let mut slots = Vec::new();
        for role in &ROLES {
            let Some(slot) = search.play(role) else {
                continue;
            };
            let mut info = slot.info.clone();
            info.family = role.alias.to_owned();
            book.push(info);
            slots.push(slot);
        }
        let faces = Self {
            book: LazyHash::new(book),
            slots,
        };
        faces.has("rpt-fang").then_some(faces)
    }

    /// The font book of the roles.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The face at an index of the book, read now if it was not yet.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.slots.get(index)?.font()
    }

    /// True if a face plays the role.
    pub(super) fn has(&self, alias: &str) -> bool {
        self.book.contains_family(alias)
    }

    /// True if a face of the tail has a glyph for the character: it then prints in every role.
    pub(super) fn covers(&self, character: char) -> bool {
        self.entries()
            .filter(|(alias, _)| TAIL.contains(alias))
            .any(|(_, slot)| slot.info.coverage.contains(character.into()))
    }

    /// The faces read so far, each once: those that the documents are set in.
    pub(super) fn used(&self) -> Vec<Face> {
        let mut slots: Vec<&Arc<Slot>> = Vec::new();
        for slot in &self.slots {
            if !slots.iter().any(|other| Arc::ptr_eq(other, slot)) {
                slots.push(slot);
            }
        }
        slots.into_iter().filter_map(|slot| slot.used()).collect()
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Slot)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| {
            let info = self.book.info(index)?;
            Some((info.family.as_str(), &**slot))
        })
    }
}

impl Slot {
    fn new(origin: Origin, file: String) -> Option<Self> {
        let info = match &origin {
            Origin::Embedded(bytes) => FontInfo::new(bytes, 0)?,
            Origin::File(path, index) => FontInfo::new(&std::fs::read(path).ok()?, *index)?,
        };
        Some(Self {
            origin,
            file,
            info,
            font: OnceLock::new(),
        })
    }

    fn font(&self) -> Option<Font> {
        self.font.get_or_init(|| self.load()).clone()
    }

    fn load(&self) -> Option<Font> {
        match &self.origin {
            Origin::Embedded(bytes) => Font::new(Bytes::new(*bytes), 0),
            Origin::File(path, index) => Font::new(Bytes::new(std::fs::read(path).ok()?), *index),
        }
    }

    fn used(&self) -> Option<Face> {
        let font = self.font.get()?.as_ref()?;
        Some(Face {
            family: self.info.family.clone(),
            file: self.file.clone(),
            sha256: hash(font.data()),
        })
    }
}

/// SHA-256 in hexadecimal digits.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The search for faces: what was looked at is not looked at again.
struct Search {
    /// Faces on disk: the folder beside the program first, then the machine's.
    databases: Vec<Database>,
    /// Faces found so far by file and index.
    found: Vec<Arc<Slot>>,
}

impl Search {
    fn new(fonts: Fonts, beside: Option<&Path>) -> Self {
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
    fn play(&mut self, role: &Role) -> Option<Arc<Slot>> {
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
