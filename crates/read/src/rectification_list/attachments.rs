//! What people put on a list besides texts in cells: comments, pictures, links. They are not carried
//! into the new list; that they are there is told, and the file is kept.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes of a sheet's part that are searched; a list is far smaller.
const SEARCHED: u64 = 64 << 20;

/// Something on a list that is no text of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attachment {
    /// A comment or note on a cell.
    Comment,
    /// A picture.
    Picture,
    /// A hyperlink.
    Link,
}

impl Attachment {
    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Comment => "批注",
            Self::Picture => "图片",
            Self::Link => "超链接",
        }
    }
}

/// What a workbook holds besides cells; nothing of a file that is no package.
pub(crate) fn of(bytes: &[u8]) -> Vec<Attachment> {
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else {
        return Vec::new();
    };
    let names: Vec<String> = package
        .file_names()
        .flatten()
        .map(|name| name.into_owned())
        .collect();
    let any = |parts: &[&str]| {
        let mut names = names.iter();
        names.any(|name| parts.iter().any(|part| name.starts_with(part)))
    };
    let comments = any(&["xl/comments", "xl/threadedComments"]);
    let pictures = any(&["xl/media/", "Pictures/"]);
    let mut sheets = names.iter().filter(|name| is_sheet(name));
    let links = sheets.any(|name| has_links(&mut package, name));
    let found = [
        (Attachment::Comment, comments),
        (Attachment::Picture, pictures),
        (Attachment::Link, links),
    ];
    let found = found.into_iter().filter(|(_, is_there)| *is_there);
    found.map(|(attachment, _)| attachment).collect()
}

fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/") && name.ends_with(".xml")
}

fn has_links(package: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> bool {
    let mut text = Vec::new();
    let read = package
        .by_name(name)
        .is_ok_and(|part| part.take(SEARCHED).read_to_end(&mut text).is_ok());
    read && memchr::memmem::find(&text, b"<hyperlink ").is_some()
}
