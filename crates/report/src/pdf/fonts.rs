//! The faces a document is set in.
//!
//! What enters: the faces built into the program and, for [`Fonts::Auto`], those of a folder
//! `fonts/` beside the program and of the machine. What leaves: [`Faces`], a font book in which
//! every role of the templates (`rpt-fang`, `rpt-hei`, …) is one face, read from disk only when a
//! glyph of it is needed. The templates never name a face, so that a page looks the same whatever
//! stands in for 仿宋.

use crate::Fonts;
use crate::pdf::search::Search;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use zicha_model::digest::sha256_hex;
use zicha_model::manifest::Face;

/// A role in the templates and the faces that may play it, the best first.
pub(super) struct Role {
    /// Family name that the templates use.
    pub(super) alias: &'static str,
    /// Families of office machines, by any of their names.
    pub(super) office: &'static [&'static str],
    /// Built-in faces.
    pub(super) embedded: &'static [&'static str],
}

/// Names of the built-in faces, as in `build/fonts.rs`.
pub(super) const SERIF: &str = "NotoSerifSC-Regular";
const SERIF_BOLD: &str = "NotoSerifSC-Bold";
const SANS: &str = "NotoSansSC-Medium";
pub(super) const KAI: &str = "LXGWWenKai-Regular";

/// The roles of GB/T 9704-2012 and, last, those that fill in for characters a face lacks.
pub(super) const ROLES: [Role; 9] = [
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

/// A face that plays at least one role.
pub(super) struct Slot {
    /// Where its bytes are.
    pub(super) origin: Origin,
    /// File name without folder.
    pub(super) file: String,
    /// Family, style and coverage as the face itself tells.
    pub(super) info: FontInfo,
    /// The face once needed; `None` if it cannot be read after all.
    font: OnceLock<Option<Font>>,
}

/// Where a face's bytes are.
pub(super) enum Origin {
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
    pub(super) fn new(origin: Origin, file: String) -> Option<Self> {
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
            sha256: sha256_hex(font.data()),
        })
    }
}
