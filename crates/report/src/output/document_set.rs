//! Documents that stand alone (guide, bureau report), with what belongs to them, as files.

use crate::html::FileLink;
use crate::options::{Fonts, Format, Written};
use crate::output::{atomic_write::Staged, manifest};
use crate::view::{Document, Frame};
use crate::{html, pdf};
use std::{io, path::Path};

/// Where documents go, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Output folder.
    pub out: std::path::PathBuf,
    /// Formats wanted.
    pub formats: Vec<Format>,
    /// Faces of PDF documents.
    pub fonts: Fonts,
}

/// A set of documents and other files that refer to one another.
pub(crate) struct Set<'a> {
    /// What stands around the documents.
    pub(crate) frame: &'a Frame,
    /// The documents, each with what it is for.
    pub(crate) documents: Vec<(&'a Document, &'a str)>,
    /// Other files, whole, each with what it is for.
    pub(crate) others: Vec<(&'a str, Vec<u8>, &'a str)>,
}

/// Renders the set and puts it into place with a manifest. PDF may be missing: then the rest is
/// still written and the diagnostics say why.
pub(crate) fn write(set: Set<'_>, options: &Options) -> io::Result<Written> {
    let documents: Vec<_> = set
        .documents
        .iter()
        .map(|(document, _)| *document)
        .collect();
    let mut written = Written::default();
    let mut faces = Vec::new();
    let mut papers = Vec::new();
    if options.formats.contains(&Format::Pdf) {
        match pdf::documents(set.frame, &documents, options.fonts) {
            Ok(rendered) => {
                papers = rendered.files;
                faces = rendered.faces;
                written.diagnostics = rendered.diagnostics;
            }
            Err(told) => written.diagnostics.push(told),
        }
    }
    let mut files = Staged::new(Path::new(&options.out))?;
    if options.formats.contains(&Format::Html) {
        let links = links(&set, &papers);
        let pages = html::documents(set.frame, &documents, &links).map_err(io::Error::other)?;
        for (name, page) in pages {
            files.put(&name, page.as_bytes())?;
        }
    }
    for (name, bytes) in papers {
        files.put(&name, &bytes)?;
    }
    for (name, bytes, _) in set.others {
        files.put(name, &bytes)?;
    }
    let head = manifest::Head {
        as_of: set.frame.as_of.clone(),
        unit: &set.frame.unit,
        checklists: &[],
        packs: &[],
        redacted: set.frame.redacted,
        inputs: &[],
        fonts: &faces,
    };
    let manifest = manifest::render(&head, files.files())?;
    files.put(manifest::NAME, &manifest)?;
    written.files = files.commit()?;
    Ok(written)
}

/// What the pages link to.
fn links(set: &Set<'_>, papers: &[(String, Vec<u8>)]) -> Vec<FileLink> {
    let link = |name: &str, purpose: &str| FileLink {
        name: name.to_owned(),
        purpose: purpose.to_owned(),
    };
    let mut links = Vec::new();
    for (document, purpose) in &set.documents {
        links.push(link(&format!("{}.html", document.stem), purpose));
        let paper = format!("{}.pdf", document.stem);
        if papers.iter().any(|(name, _)| *name == paper) {
            links.push(link(&paper, purpose));
        }
    }
    links.extend(
        set.others
            .iter()
            .map(|(name, _, purpose)| link(name, purpose)),
    );
    links.push(link(manifest::NAME, "各文件的校验值"));
    links
}
