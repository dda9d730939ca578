//! Narrative text: Markdown with placeholders → sections of blocks.
//!
//! Values are put in by tera with every punctuation character escaped, so that no text of the unit
//! can become markup. Headings of the first level open sections (`{#id .annex .landscape}`); a
//! comment such as `<!-- figures -->` stands for a structured part that the view adds. As `<` of a
//! value is escaped, no value can ask for a part.

use crate::view::prose::own_text;
use crate::view::prose::own_text::Own;
use crate::view::source::Source;
use crate::view::{Block, Section, Span};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use tera::{Context, Delimiters, Tera};

/// The texts, by name.
const TEXTS: [(&str, &str); 8] = [
    (
        "report.md",
        include_str!("../../../../../templates/text/report.md"),
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

/// Turns events into sections.
struct Builder<'a> {
    parts: &'a Parts,
    /// The unit's own paragraphs by section, for the part `own`.
    own: &'a Own,
    sections: Vec<Section>,
    /// Text being collected.
    spans: Vec<Span>,
    /// Lists being collected: ordered, items so far.
    list: Option<(bool, Vec<Vec<Span>>)>,
    strong: bool,
    link: Option<String>,
    /// Id and classes of the heading being read.
    heading: (String, Vec<String>),
}

impl<'a> Builder<'a> {
    fn new(parts: &'a Parts, own: &'a Own) -> Self {
        Self {
            parts,
            own,
            sections: Vec::new(),
            spans: Vec::new(),
            list: None,
            strong: false,
            link: None,
            heading: Default::default(),
        }
    }

    fn read(mut self, markdown: &str) -> Vec<Section> {
        for event in Parser::new_ext(markdown, Options::ENABLE_HEADING_ATTRIBUTES) {
            match event {
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(tag),
                Event::Text(text) | Event::Code(text) => self.text(&text),
                Event::SoftBreak | Event::HardBreak => {}
                Event::Html(html) | Event::InlineHtml(html) => self.part(&html),
                _ => {}
            }
        }
        self.sections
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { id, classes, .. } => {
                let classes = classes.iter().map(|c| c.to_string()).collect();
                self.heading = (id.map(|id| id.to_string()).unwrap_or_default(), classes);
            }
            Tag::List(first) => self.list = Some((first.is_some(), Vec::new())),
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::Paragraph if self.list.is_none() => {
                let spans = std::mem::take(&mut self.spans);
                self.push(Block::Paragraph { spans });
            }
            TagEnd::Item => {
                let spans = std::mem::take(&mut self.spans);
                if let Some((_, items)) = &mut self.list {
                    items.push(spans);
                }
            }
            TagEnd::List(_) => {
                if let Some((ordered, items)) = self.list.take() {
                    self.push(Block::List { ordered, items });
                }
            }
            TagEnd::Strong => self.strong = false,
            TagEnd::Link => self.link = None,
            _ => {}
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let spans = std::mem::take(&mut self.spans);
        let text: String = spans.into_iter().map(|span| span.text).collect();
        let (id, classes) = std::mem::take(&mut self.heading);
        let has = |class: &str| classes.iter().any(|c| c == class);
        if level == HeadingLevel::H1 {
            self.sections.push(Section {
                id,
                title: text,
                annex: has("annex"),
                landscape: has("landscape"),
                screen: has("screen"),
                blocks: Vec::new(),
            });
        } else {
            let level = level as u8;
            self.push(Block::Heading { level, id, text });
        }
    }

    fn text(&mut self, text: &str) {
        let (strong, link) = (self.strong, self.link.clone());
        match self.spans.last_mut() {
            Some(last) if last.strong == strong && last.link == link => last.text.push_str(text),
            _ => self.spans.push(Span {
                text: text.to_owned(),
                strong,
                link,
            }),
        }
    }

    /// Puts in the part that a comment names.
    fn part(&mut self, html: &str) {
        let name = html
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->");
        let blocks = match name.trim() {
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

#[cfg(test)]
mod tests {
    use super::*;

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
