//! The papers as PDF, set like an official document (GB/T 9704-2012).
//!
//! What enters: the [`View`]. What leaves: one PDF/A-2a and PDF/UA-1 file a document, the same
//! bytes for the same view and faces, the list of faces used, and what had to be told. The view
//! reaches typst as data only; the templates in `templates/pdf` draw its blocks.

mod fonts;
mod paper;
mod roles;
mod search;
mod slot;
mod text;
mod typeset;
mod world;

use crate::options::Fonts;
use crate::pdf::fonts::Faces;
use crate::pdf::typeset::{Job, typeset};
use crate::view::{Document, Fact, Frame, View};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::manifest::Face;
use zicha_model::time::Day;

/// Characters without a glyph that a diagnostic names.
const NAMED: usize = 12;

/// The documents.
#[derive(Debug, Default)]
pub struct Rendered {
    /// File name and content, in the order of the overview.
    pub files: Vec<(String, Vec<u8>)>,
    /// Faces used.
    pub faces: Vec<Face>,
    /// Characters that could not be printed; documents that failed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Typesets the papers. An error if no face with Chinese characters is to be had.
pub fn render(view: &View, fonts: Fonts) -> Result<Rendered, Diagnostic> {
    documents(&view.frame(), &view.printed(), fonts)
}

/// Typesets documents that share a frame. An error if no face with Chinese characters is to be had.
pub fn documents(
    frame: &Frame,
    documents: &[&Document],
    fonts: Fonts,
) -> Result<Rendered, Diagnostic> {
    let faces = Faces::find(fonts, search::beside_program().as_deref()).ok_or_else(no_fonts)?;
    let mut rendered = Rendered::default();
    let mut missing = BTreeSet::new();
    for document in documents {
        let file = format!("{}.pdf", document.stem);
        match print(&file, frame, document, &faces, &mut missing) {
            Ok(bytes) => rendered.files.push((file, bytes)),
            Err(diagnostic) => rendered.diagnostics.push(diagnostic),
        }
    }
    rendered.diagnostics.extend(told(&missing));
    rendered.faces = faces.used();
    Ok(rendered)
}

/// Typesets 使用说明 from its parts. An error if no face with Chinese characters is to be had.
pub(crate) fn handout(
    stem: &str,
    parts: Value,
    day: Day,
    fonts: Fonts,
) -> Result<Rendered, Diagnostic> {
    let faces = Faces::find(fonts, search::beside_program().as_deref()).ok_or_else(no_fonts)?;
    let tool = zicha_model::results::Tool::this().label();
    let data = json!({"title": stem, "author": tool, "parts": parts, "tail": tail(&faces)});
    let file = format!("{stem}.pdf");
    let job = Job {
        file: &file,
        template: "handout.typ",
        data: data.to_string().into_bytes(),
        day,
        creator: &tool,
    };
    let bytes = typeset(&job, &faces)?;
    Ok(Rendered {
        files: vec![(file, bytes)],
        faces: faces.used(),
        diagnostics: Vec::new(),
    })
}

/// True if a face with Chinese characters is built in or installed.
pub fn possible(fonts: Fonts) -> bool {
    Faces::find(fonts, search::beside_program().as_deref()).is_some()
}

fn print(
    file: &str,
    frame: &Frame,
    document: &Document,
    faces: &Faces,
    missing: &mut BTreeSet<char>,
) -> Result<Vec<u8>, Diagnostic> {
    let data = {
        let mut data = data(frame, document, faces);
        text::mend(&mut data, &|character| faces.covers(character), missing);
        data.to_string().into_bytes()
    };
    let job = Job {
        file,
        template: "document.typ",
        data,
        day: Day::parse(&frame.as_of).unwrap_or(Day(0)),
        creator: &frame.tool,
    };
    typeset(&job, faces)
}

/// What the template reads: head of the paper, the paper, the faces' roles.
fn data(frame: &Frame, document: &Document, faces: &Faces) -> Value {
    json!({
        "unit": frame.unit,
        "date": frame.date,
        "redacted": frame.redacted,
        "letterhead": frame.letterhead_of(document),
        "facts": facts(frame, document),
        "document": paper::paper(document),
        "tail": tail(faces),
    })
}

/// Roles that fill in for characters that a face lacks.
fn tail(faces: &Faces) -> Vec<&'static str> {
    let roles = roles::TAIL.into_iter();
    roles.filter(|role| faces.has(role)).collect()
}

/// Facts above the text. Lists and forms name whose they are and of which day; what was run stands in the
/// working paper.
fn facts<'f>(frame: &'f Frame, document: &Document) -> Vec<&'f Fact> {
    let brief = ["节前保密检查记录表", "整改清单", "奖惩汇总"];
    let is_brief = brief.contains(&document.stem.as_str());
    let kept = ["单位", "检查基准日", "节日"];
    let facts = frame.facts.iter();
    facts
        .filter(|fact| !is_brief || kept.contains(&fact.label.as_str()))
        .collect()
}

fn no_fonts() -> Diagnostic {
    Diagnostic::new(
        codes::PDF_NO_FONTS,
        "没有可用的中文字体，PDF 没有生成，其他格式照常生成",
        Locus::default(),
    )
    .with_hint(
        "请在本机安装宋体、仿宋等中文字体，或把字体文件放进程序所在文件夹的 fonts 子文件夹后重新运行；不需要 PDF 时可用 --format html,xlsx,json",
    )
}

fn told(missing: &BTreeSet<char>) -> Option<Diagnostic> {
    if missing.is_empty() {
        return None;
    }
    let named = missing
        .iter()
        .take(NAMED)
        .map(|&c| format!("“{c}”（{}）", text::code(c)));
    let named = named.collect::<Vec<_>>().join("、");
    let more = if missing.len() > NAMED { "等" } else { "" };
    let message = format!(
        "现有字体印不出 {} 个字符，PDF 中以编码代替：{named}{more}",
        missing.len()
    );
    Some(
        Diagnostic::new(codes::PDF_MISSING_GLYPH, message, Locus::default())
            .with_hint("请把含有这些字的字体（如 宋体-ExtB）放进程序所在文件夹的 fonts 子文件夹后重新运行，或修改台账中的这些字"),
    )
}
