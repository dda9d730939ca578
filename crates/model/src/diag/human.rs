//! Diagnostics for a person at a terminal: severity, message, place, excerpt with a caret, advice.

use super::{Diagnostic, Excerpt, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Renders one diagnostic as text of one or more lines, ending in a line break.
pub fn render(diagnostic: &Diagnostic) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "错误",
        Severity::Warning => "注意",
        Severity::Note => "说明",
    };
    let mut text = format!("{word}[{}]：{}\n", diagnostic.code, diagnostic.message);
    let place = place(diagnostic);
    if !place.is_empty() {
        text.push_str(&format!("  位置：{place}\n"));
    }
    if let Some(excerpt) = &diagnostic.excerpt {
        text.push_str(&marked(excerpt));
    }
    if let Some(hint) = &diagnostic.hint {
        text.push_str(&format!("  办法：{hint}\n"));
    }
    text
}

/// The source text with carets under the place, aligned under Chinese characters too: the library
/// counts columns of the terminal, not bytes.
fn marked(excerpt: &Excerpt) -> String {
    // The library stops the program at a range that lies beyond the text.
    let most = excerpt.text.len();
    let range = excerpt.range.start.min(most)..excerpt.range.end.min(most);
    let snippet = Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.first_line as usize)
        .annotation(AnnotationKind::Primary.span(range));
    let group = Group::with_level(Level::ERROR).element(snippet);
    format!("{}\n", Renderer::plain().render(&[group]))
}

/// The place in one line: `file:line:column`, or file, sheet and cell.
pub fn place(diagnostic: &Diagnostic) -> String {
    let locus = &diagnostic.locus;
    let mut place = locus.file.clone().unwrap_or_default();
    if let Some(line) = locus.line {
        place.push_str(&format!(":{line}"));
        if let Some(column) = locus.column {
            place.push_str(&format!(":{column}"));
        }
    }
    if let Some(sheet) = &locus.sheet {
        place.push_str(&format!(" 工作表“{sheet}”"));
    }
    if let Some(cell) = &locus.cell {
        place.push_str(&format!(" 单元格 {cell}"));
    }
    place
}
