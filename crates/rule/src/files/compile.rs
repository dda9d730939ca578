//! A rule's text at its place in a file → typed rule, with mistakes told at that place.

use crate::ir::{Expr, Rule};
use crate::syntax::mistake::Mistake;
use crate::types::resolve;
use crate::types::resolve::Record;
use crate::types::scope::Context;
use std::ops::Range;
use zicha_yaml::{Node, YamlDocument};

/// Compiles the rule under a node; `None` if it has mistakes, which are told.
pub(crate) fn rule(
    page: &mut YamlDocument,
    node: &Node,
    text: &str,
    context: Context<'_>,
) -> Option<Rule> {
    let mut mistakes = Vec::new();
    let rule = resolve::rule(text, context, &mut mistakes);
    let sound = mistakes.is_empty();
    tell(page, node, text, mistakes);
    sound.then_some(rule)
}

/// Compiles a condition about one record; with it comes the number of slots then in use.
pub(crate) fn condition(
    page: &mut YamlDocument,
    node: &Node,
    text: &str,
    record: Record,
    context: Context<'_>,
) -> Option<(Expr, usize)> {
    let mut mistakes = Vec::new();
    let condition = resolve::condition(text, record, context, &mut mistakes);
    tell(page, node, text, mistakes);
    condition
}

fn tell(page: &mut YamlDocument, node: &Node, text: &str, mistakes: Vec<Mistake>) {
    for mistake in mistakes {
        let at = place(&page.text, &node.at, text, &mistake.span);
        page.mistake(mistake.code, mistake.message, at).hint = mistake.hint;
    }
}

/// Where a stretch of a scalar's value stands in the file. Indentation of a block is not part of
/// the value, so the places are matched by counting the characters that are no blanks.
fn place(file: &str, node: &Range<usize>, value: &str, span: &Range<usize>) -> Range<usize> {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let raw = file.get(node.clone()).unwrap_or("");
    let Some(body) = body_of(raw, value) else {
        return node.start..node.start;
    };
    let before = solid(&value[..span.start.min(value.len())]);
    let inside = solid(value.get(span.clone()).unwrap_or(""));
    let start = nth_solid(&raw[body..], before) + node.start + body;
    if inside == 0 {
        let end = raw[..start - node.start].trim_end().len() + node.start;
        return end..end;
    }
    let last = nth_solid(&raw[body..], before + inside - 1) + node.start + body;
    let width = file[last..].chars().next().map_or(0, char::len_utf8);
    start..last + width
}

/// Where the value begins in the raw text: behind `|`, `>` or an opening quote.
fn body_of(raw: &str, value: &str) -> Option<usize> {
    let wanted = || value.chars().filter(|c| !c.is_whitespace());
    let fits = |at: usize| {
        let have = raw[at..].chars().filter(|c| !c.is_whitespace());
        wanted().zip(have).all(|(a, b)| a == b) && solid_len(&raw[at..]) >= solid_len(value)
    };
    let starts = [0, 1, raw.find('\n').map_or(0, |i| i + 1)];
    starts
        .into_iter()
        .find(|at| raw.is_char_boundary(*at) && *at <= raw.len() && fits(*at))
}

fn solid_len(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Offset of the n-th character that is no blank; the end if there are fewer.
fn nth_solid(text: &str, n: usize) -> usize {
    let mut solid = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    solid.nth(n).map_or(text.len(), |(at, _)| at)
}
