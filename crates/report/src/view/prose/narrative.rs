//! Narrative text: Markdown with placeholders → sections of blocks.
//!
//! Values are put in by tera with every punctuation character escaped, so that no text of the unit
//! can become markup. Headings of the first level open sections (`{#id .annex .landscape}`); a
//! comment such as `<!-- figures -->` stands for a structured part that the view adds. As `<` of a
//! value is escaped, no value can ask for a part.

use crate::document::blocks::{Block, Section};
use crate::view::prose::markdown::{self, Item, Trust};
use crate::view::prose::own_text::{self, Own};
use crate::view::source::Source;
use std::collections::BTreeMap;
use tera::{Context, Delimiters, Tera};

/// The texts, by name.
const TEXTS: [(&str, &str); 9] = [
    (
        "report.md",
        include_str!("../../../../../templates/text/report.md"),
    ),
    (
        "yearly.md",
        include_str!("../../../../../templates/text/yearly.md"),
    ),
    (
        "festival.md",
        include_str!("../../../../../templates/text/festival.md"),
    ),
    (
        "working.md",
        include_str!("../../../../../templates/text/working.md"),
    ),
    (
        "festival-working.md",
        include_str!("../../../../../templates/text/festival-working.md"),
    ),
    (
        "record.md",
        include_str!("../../../../../templates/text/record.md"),
    ),
    (
        "list.md",
        include_str!("../../../../../templates/text/list.md"),
    ),
    (
        "notice.md",
        include_str!("../../../../../templates/text/notice.md"),
    ),
    (
        "summary.md",
        include_str!("../../../../../templates/text/summary.md"),
    ),
];

/// Structured parts by the name that stands in the comment.
pub(crate) type Parts = BTreeMap<&'static str, Vec<Block>>;

/// Fills in a text and puts the parts where it names them. The texts are the program's own: a
/// mistake in one shows in the section instead of stopping the run, and a test reads them all.
pub(crate) fn sections(
    source: &Source<'_>,
    name: &str,
    context: &Context,
    parts: &Parts,
) -> Vec<Section> {
    let own = own_text::blocks(source, written_for(name));
    let mut context = context.clone();
    let present: BTreeMap<&str, bool> = own.keys().map(|id| (id.as_str(), true)).collect();
    context.insert("own", &present);
    let markdown = fill(name, &context);
    let markdown = markdown.unwrap_or_else(|error| escaped(&format!("内部错误：{error:?}")));
    let mut sections = Builder::new(parts, &own).read(&markdown);
    own_text::place_rest(&mut sections, own, &markdown);
    sections
}

/// The narrative under whose name people write: the working paper bears what they wrote for the report.
fn written_for(name: &str) -> &str {
    match name {
        "working.md" => "report.md",
        "festival-working.md" => "festival.md",
        name => name,
    }
}

fn fill(name: &str, context: &Context) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    // `{#` begins a heading's id in Markdown.
    tera.set_delimiters(Delimiters {
        comment_start: "<%".into(),
        comment_end: "%>".into(),
        ..Delimiters::default()
    })?;
    tera.autoescape_on([".md"]);
    tera.set_escape_fn(|text, out| out.write_all(escaped(text).as_bytes()));
    tera.add_raw_templates(TEXTS)?;
    tera.render(name, context)
}

/// Escapes all ASCII punctuation, as CommonMark allows.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Puts items into sections, and parts where comments name them.
struct Builder<'a> {
    parts: &'a Parts,
    /// The unit's own paragraphs by section, for the part `own`.
    own: &'a Own,
    sections: Vec<Section>,
}

impl<'a> Builder<'a> {
    fn new(parts: &'a Parts, own: &'a Own) -> Self {
        Self {
            parts,
            own,
            sections: Vec::new(),
        }
    }

    fn read(mut self, markdown: &str) -> Vec<Section> {
        let trust = Trust {
            links: true,
            attributes: true,
            anchor: "table",
            fit: &|text| text.to_owned(),
        };
        for item in markdown::items(markdown, &trust) {
            match item {
                Item::Heading {
                    level: 1,
                    id,
                    classes,
                    text,
                } => self.sections.push(section(id, &classes, text)),
                Item::Heading {
                    level, id, text, ..
                } => self.push(Block::Heading { level, id, text }),
                Item::Block(block) => self.push(block),
                Item::Comment(name) => self.part(&name),
            }
        }
        self.sections
    }

    /// Puts in the part of a name.
    fn part(&mut self, name: &str) {
        let blocks = match name {
            "own" => self.own.get(self.current()).or(self.own.get(own_text::ANY)),
            name => self.parts.get(name),
        };
        for block in blocks.into_iter().flatten() {
            self.push(block.clone());
        }
    }

    /// The section being filled.
    fn current(&self) -> &str {
        self.sections
            .last()
            .map_or(own_text::OPENING, |s| s.id.as_str())
    }

    fn push(&mut self, block: Block) {
        if self.sections.is_empty() {
            self.sections.push(own_text::opening());
        }
        if let Some(section) = self.sections.last_mut() {
            section.blocks.push(block);
        }
    }
}

/// An empty section; the classes of its heading say how it is shown.
fn section(id: String, classes: &[String], title: String) -> Section {
    let has = |class: &str| classes.iter().any(|known| known == class);
    Section {
        id,
        title,
        annex: has("annex"),
        landscape: has("landscape"),
        screen: has("screen"),
        blocks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Span;

    fn read(markdown: &str) -> Vec<Section> {
        let part = vec![Block::Paragraph {
            spans: vec![Span::plain("部分")],
        }];
        Builder::new(&Parts::from([("part", part)]), &Own::new()).read(markdown)
    }

    #[test]
    fn headings_open_sections_and_comments_bring_parts() {
        let sections =
            read("开头**重**。\n\n# 一、甲 {#a .annex}\n\n<!-- part -->\n\n- 一\n- 二\n");
        assert_eq!(sections.len(), 2);
        assert_eq!((sections[1].id.as_str(), sections[1].annex), ("a", true));
        assert_eq!(sections[1].blocks.len(), 2);
    }

    #[test]
    fn values_never_become_markup() {
        let hostile = "# x <!-- part --> [a](b) **c** 1. \\ `d`";
        let sections = read(&format!("值：{}", escaped(hostile)));
        let spans = sections[0].blocks.iter().find_map(|block| match block {
            Block::Paragraph { spans } => Some(spans.clone()),
            _ => None,
        });
        assert_eq!(spans, Some(vec![Span::plain(format!("值：{hostile}"))]));
        assert_eq!(sections[0].blocks.len(), 1);
    }
}
