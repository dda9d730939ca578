//! 使用说明: two pages that go with the program, as HTML and PDF, from one Markdown text.
//!
//! What enters: `templates/handout/使用说明.md` and the pictures of the documents. What leaves: two
//! files, each whole in itself, the same bytes for the same version and day.

mod page;
mod parts;

use crate::options::{Fonts, Format, Written};
use crate::output::{atomic_write::Staged, manifest};
use crate::pdf;
use std::{io, path::Path};
use zicha_embedded as embedded;
use zicha_model::time::Day;

/// File name without its end, and title.
const STEM: &str = "使用说明";
/// The text.
const TEXT: &str = "templates/handout/使用说明.md";
/// The pictures that it shows.
const PICTURES: [(&str, &[u8]); 2] = [
    (
        "result.png",
        include_bytes!("../../../../docs/pictures/result.png"),
    ),
    (
        "papers.png",
        include_bytes!("../../../../docs/pictures/papers.png"),
    ),
];

/// Renders the formats wanted into a folder, with a manifest.
pub fn write(out: &Path, formats: &[Format], as_of: Day, fonts: Fonts) -> io::Result<Written> {
    let text = embedded::text(TEXT).unwrap_or_default();
    let mut written = Written::default();
    let mut files = Staged::new(out)?;
    let mut faces = Vec::new();
    if formats.contains(&Format::Html) {
        let page = page::render(STEM, text, &PICTURES);
        files.put(&format!("{STEM}.html"), page.as_bytes())?;
    }
    if formats.contains(&Format::Pdf) {
        let parts = parts::of(text, &PICTURES);
        match pdf::handout(STEM, parts, as_of, fonts) {
            Ok(rendered) => {
                for (name, bytes) in rendered.files {
                    files.put(&name, &bytes)?;
                }
                faces = rendered.faces;
                written.diagnostics = rendered.diagnostics;
            }
            Err(told) => written.diagnostics.push(told),
        }
    }
    let head = manifest::Head {
        as_of: as_of.to_string(),
        unit: "",
        checklists: &[],
        packs: &[],
        redacted: false,
        inputs: &[],
        fonts: &faces,
    };
    let manifest = manifest::render(&head, files.files())?;
    files.put(manifest::NAME, &manifest)?;
    written.files = files.commit()?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handout_is_whole_in_itself_and_shows_its_pictures() {
        let place = tempfile::tempdir().expect("a folder");
        let day = Day::parse("2026-09-24").expect("a day");
        let formats = [Format::Html];
        let written = write(place.path(), &formats, day, Fonts::Embedded).expect("written");
        assert_eq!(written.files, ["使用说明.html", "manifest.json"]);
        let page = std::fs::read_to_string(place.path().join("使用说明.html")).expect("read");
        assert_eq!(page.matches("src=\"data:image/png;base64,").count(), 2);
        assert!(!page.contains("src=\"http"), "{page}");
        assert!(page.contains("整改清单"), "{page}");
    }
}
