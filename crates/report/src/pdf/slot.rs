//! A face that may be needed: known by what it covers, read from disk once a glyph of it is.

use std::path::PathBuf;
use std::sync::OnceLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use zicha_model::digest::sha256_hex;
use zicha_model::manifest::Face;

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

    /// The face, read now if it was not yet.
    pub(super) fn font(&self) -> Option<Font> {
        self.font.get_or_init(|| self.load()).clone()
    }

    fn load(&self) -> Option<Font> {
        match &self.origin {
            Origin::Embedded(bytes) => Font::new(Bytes::new(*bytes), 0),
            Origin::File(path, index) => Font::new(Bytes::new(std::fs::read(path).ok()?), *index),
        }
    }

    /// As documents tell it; `None` unless it was read.
    pub(super) fn used(&self) -> Option<Face> {
        let font = self.font.get()?.as_ref()?;
        Some(Face {
            family: self.info.family.clone(),
            file: self.file.clone(),
            sha256: sha256_hex(font.data()),
        })
    }
}
