//! The unit's own paragraphs: Markdown written by people → blocks.
//!
//! Only what a paper can show is taken: paragraphs, emphasis, lists, headings, tables. HTML, links
//! and images are shown as the text that they are, comments are left out; nothing asks for a part
//! of ours, nothing runs, nothing is loaded.

use crate::document::tables;
use crate::redaction::display_text;
use crate::view::source::Source;
use crate::view::{Align, Block, Row, Section, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

/// Blocks by section.
pub(crate) type Own = BTreeMap<String, Vec<Block>>;

/// Section of what stands before the first chapter.
pub(crate) const OPENING: &str = "opening";

/// Stands for every section, in papers whose sections are alike.
pub(crate) const ANY: &str = "leaflet";

/// The opening section of a document.
pub(crate) fn opening() -> Section {
    Section {
        id: OPENING.to_owned(),
        title: String::new(),
        annex: false,
        landscape: false,
        screen: false,
        blocks: Vec::new(),
    }
}

/// The unit's own paragraphs for a narrative, by section.
pub(crate) fn blocks(source: &Source<'_>, narrative: &str) -> Own {
    let texts = source.data.profile.texts.get(narrative);
    let texts = texts.into_iter().flatten();
    texts
        .map(|(id, markdown)| {
            let fit = |text: &str| display_text::scrub(&source.masked(text));
            let id = if narrative == "notice.md" { ANY } else { id };
            (id.to_owned(), Reader::new(id, &fit).read(markdown))
        })
        .collect()
}

/// Puts what the narrative names no place for at the end of its section, before the signatures.
pub(crate) fn place_rest(sections: &mut Vec<Section>, own: Own, narrative: &str) {
    if own.contains_key(OPENING) && sections.first().is_none_or(|s| !s.title.is_empty()) {
        sections.insert(0, opening());
    }
    for (id, blocks) in own {
        let Some(section) = sections.iter_mut().find(|s| s.id == id) else {
            continue;
        };
        if !has_place(narrative, &id) {
            let signed = |b: &Block| matches!(b, Block::Signatures { .. });
            let end = section.blocks.iter().position(signed);
            let end = end.unwrap_or(section.blocks.len());
            section.blocks.splice(end..end, blocks);
        }
    }
}

/// True if the filled narrative asks for the paragraphs of a section itself.
fn has_place(narrative: &str, id: &str) -> bool {
    let mut current = OPENING;
    narrative.lines().any(|line| {
        if let Some((_, attributes)) = line.split_once(" {#") {
            current = attributes.split([' ', '}']).next().unwrap_or_default();
        }
        current == id && line.trim() == "<!-- own -->"
    })
}

/// Turns events into blocks.
struct Reader<'a> {
    /// Section, for anchors.
    section: &'a str,
    /// Makes a text fit for display.
    fit: &'a dyn Fn(&str) -> String,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    strong: usize,
    /// Lists that are open; only the outermost is kept as a list.
    depth: usize,
    ordered: bool,
    items: Vec<Vec<Span>>,
    /// Rows of the table being read, the heading first.
    rows: Vec<Vec<String>>,
    code: bool,
}

impl<'a> Reader<'a> {
    fn new(section: &'a str, fit: &'a dyn Fn(&str) -> String) -> Self {
        Self {
            section,
            fit,
            blocks: Vec::new(),
            spans: Vec::new(),
            strong: 0,
            depth: 0,
            ordered: false,
            items: Vec::new(),
            rows: Vec::new(),
            code: false,
        }
    }

    fn read(mut self, markdown: &str) -> Vec<Block> {
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Start(tag) => self.start(&tag),
                Event::End(tag) => self.end(tag),
                Event::Text(text) | Event::Code(text) => self.text(&text),
                Event::Html(html) | Event::InlineHtml(html) if !html.starts_with("<!--") => {
                    self.text(&html);
                }
                Event::SoftBreak | Event::HardBreak => self.line_break(),
                _ => {}
            }
        }
        self.paragraph();
        self.blocks
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::List(first) => {
                self.item();
                if self.depth == 0 {
                    self.paragraph();
                    self.ordered = first.is_some();
                }
                self.depth += 1;
            }
            Tag::CodeBlock(_) => self.code = true,
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::HtmlBlock if self.depth == 0 => self.paragraph(),
            TagEnd::CodeBlock => {
                self.code = false;
                if self.depth == 0 {
                    self.paragraph();
                }
            }
            TagEnd::Heading(level) => self.heading((level as u8).clamp(2, 4)),
            TagEnd::Item => self.item(),
            TagEnd::List(_) => self.list(),
            TagEnd::TableCell => {
                let cell = plain(&std::mem::take(&mut self.spans));
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    /// Line feeds of a code block stay; elsewhere lines run on.
    fn text(&mut self, written: &str) {
        let lines: Vec<_> = written.trim_end_matches('\n').split('\n').collect();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.line_break();
            }
            let text = (self.fit)(line);
            let strong = self.strong > 0;
            match self.spans.last_mut() {
                Some(last) if last.strong == strong => last.text.push_str(&text),
                _ => self.spans.push(Span {
                    strong,
                    ..Span::plain(text)
                }),
            }
        }
        if self.code && self.depth == 0 {
            self.paragraph();
        }
    }

    /// Chinese lines join without a blank, Latin words keep one.
    fn line_break(&mut self) {
        if let Some(last) = self.spans.last_mut()
            && last.text.ends_with(|c: char| c.is_ascii_alphanumeric())
        {
            last.text.push(' ');
        }
    }

    fn paragraph(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if !plain(&spans).trim().is_empty() {
            self.blocks.push(Block::Paragraph { spans });
        }
    }

    fn heading(&mut self, level: u8) {
        let text = plain(&std::mem::take(&mut self.spans));
        let id = format!("own-{}-{}", self.section, self.blocks.len() + 1);
        self.blocks.push(Block::Heading { level, id, text });
    }

    fn item(&mut self) {
        if self.depth > 0 && !self.spans.is_empty() {
            self.items.push(std::mem::take(&mut self.spans));
        }
    }

    fn list(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            let items = std::mem::take(&mut self.items);
            self.blocks.push(Block::List {
                ordered: self.ordered,
                items,
            });
        }
    }

    fn table(&mut self) {
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let heading = rows.next().unwrap_or_default();
        let columns: Vec<_> = heading
            .iter()
            .map(|title| (title.as_str(), 10, Align::Start))
            .collect();
        let rows = rows.map(|cells| Row {
            cells,
            ..Row::default()
        });
        let id = format!("own-{}-{}", self.section, self.blocks.len() + 1);
        let table = tables::plain(&id, "", &columns, rows.collect());
        self.blocks.push(Block::Table { table });
    }
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markdown: &str) -> Vec<Block> {
        Reader::new("next", &|text| display_text::scrub(text)).read(markdown)
    }

    fn told(blocks: &[Block]) -> Vec<String> {
        let told = blocks.iter().map(|block| match block {
            Block::Paragraph { spans } => plain(spans),
            Block::Heading { level, text, .. } => format!("{level} {text}"),
            Block::List { ordered, items } => {
                let items: Vec<_> = items.iter().map(|item| plain(item)).collect();
                format!("{ordered} {}", items.join("|"))
            }
            Block::Table { table } => {
                let rows = table.rows.iter().map(|row| row.cells.join("|"));
                rows.collect::<Vec<_>>().join("/")
            }
            other => format!("{other:?}"),
        });
        told.collect()
    }

    #[test]
    fn what_a_paper_can_show_is_taken() {
        let text = "甲\n乙**丙**。\n\n## 小标题\n\n- 一\n- 二\n  - 三\n\n1. 子\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(
            told(&read(text)),
            ["甲乙丙。", "2 小标题", "false 一|二|三", "true 子", "1|2"]
        );
        let strong = |block: &Block| match block {
            Block::Paragraph { spans } => spans.iter().any(|s| s.strong && s.text == "丙"),
            _ => false,
        };
        assert!(read(text).iter().any(strong));
    }

    #[test]
    fn hostile_markdown_is_text_or_nothing() {
        let blocks = read(
            "<script>alert(1)</script>\n\n[点我](javascript:alert(1)) ![图](http://x/y.png) <img src=x onerror=y>\n\n<!-- figures -->\n\n<!-- own -->\n\n`#panic()` $x$ {{ 7*7 }} {% raw %} \u{202e}倒\n\n```\n# 一\n#read(\"/etc/passwd\")\n```\n",
        );
        assert_eq!(
            told(&blocks),
            [
                "<script>alert(1)</script>",
                "点我 图 <img src=x onerror=y>",
                "#panic() $x$ {{ 7*7 }} {% raw %} 倒",
                "# 一#read(\"/etc/passwd\")",
            ]
        );
        let linked = |block: &Block| match block {
            Block::Paragraph { spans } => spans.iter().any(|s| s.link.is_some()),
            _ => false,
        };
        assert!(!blocks.iter().any(linked));
    }
}
