//! View → HTML files, each whole in itself: style and script inline and named by their hash in the
//! Content-Security-Policy, so that nothing else runs and nothing is requested.

use crate::view::{Block, Document, Frame, Table, View};
use serde::Serialize;
use serde_json::{Value, json};
use tera::{Context, Tera};
use zicha_model::chapter::CHAPTERS;
use zicha_model::digest::Hasher;

/// Rows of all tables that a page shows; the rest is in the XLSX and the page says so. Keeps a page
/// below 5 MB.
pub(super) const ROWS: usize = 1500;

/// Questions that the form to answer on screen holds; the page says how many more there are.
const ANSWER_ROWS: usize = 3000;
/// The form to answer on screen.
pub(super) const ANSWER_PAGE: &str = "现场答复.html";

const STYLE: &str = include_str!("../../../templates/html/style.css");
const SCRIPT: &str = include_str!("../../../templates/html/script.js");
const ANSWERS: &str = include_str!("../../../templates/html/answers.js");
const TEMPLATES: [(&str, &str); 5] = [
    (
        "answers.html",
        include_str!("../../../templates/html/answers.html"),
    ),
    (
        "base.html",
        include_str!("../../../templates/html/base.html"),
    ),
    (
        "parts.html",
        include_str!("../../../templates/html/parts.html"),
    ),
    (
        "index.html",
        include_str!("../../../templates/html/index.html"),
    ),
    (
        "document.html",
        include_str!("../../../templates/html/document.html"),
    ),
];

/// A file of the output folder, for links.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FileLink {
    /// Name.
    pub(super) name: String,
    /// What it is for.
    pub(super) purpose: String,
}

/// Renders `index.html` and the papers: file name and text.
pub(super) fn render(
    view: &View,
    files: &[FileLink],
) -> Result<Vec<(String, String)>, tera::Error> {
    let press = Press::new()?;
    let mut frame = json!(view.frame());
    frame["year"] = json!(view.year);
    frame["festival_only"] = json!(view.festival_only);
    let mut context = press.context(&frame, files, "index.html");
    context.insert("o", &view.overview);
    let index = press.tera.render("index.html", &context)?;
    let mut pages = vec![("index.html".to_owned(), index)];
    for document in view.documents() {
        pages.push(press.document(&frame, document, files)?);
    }
    if !view.questions.is_empty() {
        pages.push(press.answers(&frame, view, files)?);
    }
    Ok(pages)
}

/// Renders documents that stand alone: file name and text.
pub(super) fn documents(
    frame: &Frame,
    documents: &[&Document],
    files: &[FileLink],
) -> Result<Vec<(String, String)>, tera::Error> {
    let press = Press::new()?;
    let frame = json!(frame);
    let pages = documents.iter();
    pages
        .map(|document| press.document(&frame, document, files))
        .collect()
}

/// The templates, ready for use.
struct Press {
    tera: Tera,
}

impl Press {
    fn new() -> Result<Self, tera::Error> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        tera.add_raw_templates(TEMPLATES)?;
        Ok(Self { tera })
    }

    fn document(
        &self,
        frame: &Value,
        document: &Document,
        files: &[FileLink],
    ) -> Result<(String, String), tera::Error> {
        let name = format!("{}.html", document.stem);
        let mut context = self.context(frame, files, &name);
        context.insert("document", &shown(document));
        let page = self.tera.render("document.html", &context)?;
        Ok((name, page))
    }

    /// The form to answer open on-site questions on screen, with a script of its own.
    fn answers(
        &self,
        frame: &Value,
        view: &View,
        files: &[FileLink],
    ) -> Result<(String, String), tera::Error> {
        let mut context = self.context(frame, files, ANSWER_PAGE);
        context.insert("script", ANSWERS);
        context.insert("script_hash", &hash(ANSWERS));
        let shown = &view.questions[..view.questions.len().min(ANSWER_ROWS)];
        context.insert("questions", shown);
        context.insert("omitted", &(view.questions.len() - shown.len()));
        let page = self.tera.render("answers.html", &context)?;
        Ok((ANSWER_PAGE.to_owned(), page))
    }

    /// What every page has: style, script, links to the other files, the frame.
    fn context(&self, frame: &Value, files: &[FileLink], name: &str) -> Context {
        let links: Vec<_> = files
            .iter()
            .map(|f| json!({"name": f.name, "purpose": f.purpose, "here": f.name == name}))
            .collect();
        let mut context = Context::new();
        context.insert("style", STYLE);
        context.insert("style_hash", &hash(STYLE));
        context.insert("script", SCRIPT);
        context.insert("script_hash", &hash(SCRIPT));
        context.insert("chapters", &CHAPTERS);
        context.insert("files", &links);
        context.insert("view", frame);
        context
    }
}

/// The document with its tables cut to what a page holds.
fn shown(document: &Document) -> Value {
    let most = most(document);
    let sections = document.sections.iter().map(|section| {
        let blocks = section.blocks.iter().map(|b| block(b, most));
        let blocks: Vec<_> = blocks.collect();
        json!({"id": section.id, "title": section.title, "annex": section.annex,
               "landscape": section.landscape, "blocks": blocks})
    });
    json!({
        "title": document.title, "landscape": document.landscape, "official": document.official,
        "annexes": document.annexes, "sections": sections.collect::<Vec<_>>(),
    })
}

/// Rows that every table of a document may have, so that all together are at most [`ROWS`].
fn most(document: &Document) -> usize {
    let held = |most: usize| {
        document
            .tables()
            .map(|t| t.rows.len().min(most))
            .sum::<usize>()
    };
    let mut most = ROWS;
    while most > 1 && held(most) > ROWS {
        most -= 1;
    }
    most
}

fn block(block: &Block, most: usize) -> Value {
    match block {
        Block::Table { table } => json!({"block": "table", "table": cut(table, most)}),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

fn cut(table: &Table, most: usize) -> Value {
    let total: u16 = table.columns.iter().map(|c| c.width).sum();
    let columns = table.columns.iter().map(|c| {
        let width = (u32::from(c.width) * 100 / u32::from(total.max(1))).max(1);
        json!({"title": c.title, "align": c.align, "width": width})
    });
    let titled = |names: &[&str]| {
        let mut columns = table.columns.iter();
        columns.position(|c| names.contains(&c.title.as_str()))
    };
    json!({
        "id": table.id, "caption": table.caption, "empty": table.empty,
        "interactive": table.interactive, "rest": table.rest, "columns": columns.collect::<Vec<_>>(),
        "rows": table.rows.iter().take(most).collect::<Vec<_>>(),
        "omitted": table.rows.len().saturating_sub(most) + table.left_out,
        "severity_column": titled(&["严重程度"]),
        "link_column": titled(&["检查依据", "检查项"]),
    })
}

/// SHA-256 in base64, as a Content-Security-Policy names inline code.
fn hash(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Hasher::of(text).bytes();
    let mut encoded = String::new();
    for chunk in digest.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let symbol = ALPHABET[(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place > chunk.len() {
                '='
            } else {
                char::from(symbol)
            });
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_base64_of_sha256() {
        assert_eq!(hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
