//! What typst may see of the world: the templates, one document's data, the faces, the day.
//!
//! No file of the machine is within reach: whatever a ledger cell says, it is data in
//! `/data.json`, and every path but the templates and that file is refused. The day is the run's,
//! not the clock's.

use crate::pdf::fonts::Faces;
use chrono::Datelike;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use zicha_embedded as embedded;
use zicha_model::time::Day;

/// Folder of the templates among the embedded texts.
const TEMPLATES: &str = "templates/pdf";

/// The world of one document.
pub(super) struct Desk<'a> {
    library: LazyHash<Library>,
    faces: &'a Faces,
    main: FileId,
    data: Bytes,
    day: Day,
}

impl<'a> Desk<'a> {
    /// A world in which `template` (a file name in `templates/pdf`) finds `data` as `/data.json`.
    /// `None` if there is no such template.
    pub(super) fn new(template: &str, data: Vec<u8>, faces: &'a Faces, day: Day) -> Option<Self> {
        Some(Self {
            library: LazyHash::new(Library::builder().build()),
            faces,
            main: file_id(template)?,
            data: Bytes::new(data),
            day,
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.faces.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = template(id).ok_or(FileError::AccessDenied)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id.get().vpath().get_with_slash() {
            "/data.json" => Ok(self.data.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        datetime(self.day)
    }
}

/// A day as typst's date.
pub(super) fn datetime(day: Day) -> Option<Datetime> {
    let date = day.date();
    Datetime::from_ymd(date.year(), date.month() as u8, date.day() as u8)
}

/// The text of a template, which only project files can be.
fn template(id: FileId) -> Option<&'static str> {
    match id.get().root() {
        VirtualRoot::Project => {
            embedded::text(&format!("{TEMPLATES}{}", id.get().vpath().get_with_slash()))
        }
        VirtualRoot::Package(_) => None,
    }
}

/// typst keeps paths for ever, sixty-five thousand at most: the names are the same for every document.
fn file_id(name: &str) -> Option<FileId> {
    let id = RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern();
    template(id).is_some().then_some(id)
}
