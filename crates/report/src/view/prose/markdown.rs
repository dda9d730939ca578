//! Markdown → headings, blocks and comments, in their order.
//!
//! What enters: the program's narratives and the paragraphs that people write. What leaves: [`Item`]s.
//! Only what a paper can show is taken: paragraphs, emphasis, lists, headings, tables. Nested lists
//! become items of the outermost one. Nothing runs and nothing is loaded.

use crate::document::blocks::{Align, Block, Row, Span};
use crate::document::tables;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How much of a text is believed.
pub(super) struct Trust<'a> {
    /// Links stay links; else their text alone stays.
    pub(super) links: bool,
    /// Headings may carry an id and classes: `{#id .class}`.
    pub(super) attributes: bool,
    /// Ids of tables begin so.
    pub(super) anchor: &'a str,
    /// Makes a text fit for display.
    pub(super) fit: &'a dyn Fn(&str) -> String,
}

/// A piece of the text.
#[derive(Debug)]
pub(super) enum Item {
    /// A heading.
    Heading {
        level: u8,
        id: String,
        classes: Vec<String>,
        text: String,
    },
    /// A paragraph, list or table.
    Block(Block),
    /// What stands between `<!--` and `-->`, trimmed.
    Comment(String),
}

/// Reads a text.
pub(super) fn items(markdown: &str, trust: &Trust<'_>) -> Vec<Item> {
    let mut reader = Reader {
        trust,
        items: Vec::new(),
        spans: Vec::new(),
        strong: 0,
        link: None,
        heading: Default::default(),
        depth: 0,
        ordered: false,
        entries: Vec::new(),
        rows: Vec::new(),
        code: false,
    };
    for event in Parser::new_ext(markdown, options(trust)) {
        reader.event(event);
    }
    reader.paragraph();
    reader.items
}

/// The text of spans without their emphasis.
pub(super) fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn options(trust: &Trust<'_>) -> Options {
    let mut options = Options::ENABLE_TABLES;
    options.set(Options::ENABLE_HEADING_ATTRIBUTES, trust.attributes);
    options
}

/// Turns events into items.
struct Reader<'a> {
    trust: &'a Trust<'a>,
    items: Vec<Item>,
    /// Text being collected.
    spans: Vec<Span>,
    strong: usize,
    link: Option<String>,
    /// Id and classes of the heading being read.
    heading: (String, Vec<String>),
    /// Lists that are open; only the outermost is kept as a list.
    depth: usize,
    ordered: bool,
    entries: Vec<Vec<Span>>,
    /// Rows of the table being read, the heading first.
    rows: Vec<Vec<String>>,
    code: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { id, classes, .. } => {
                let classes = classes.iter().map(|class| class.to_string()).collect();
                self.heading = (id.map(|id| id.to_string()).unwrap_or_default(), classes);
            }
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } if self.trust.links => {
                self.link = Some(dest_url.to_string());
            }
            Tag::List(first) => self.open_list(first.is_some()),
            Tag::CodeBlock(_) => self.code = true,
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.paragraph_outside_lists(),
            TagEnd::CodeBlock => {
                self.code = false;
                self.paragraph_outside_lists();
            }
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::Item => self.entry(),
            TagEnd::List(_) => self.close_list(),
            TagEnd::TableCell => self.cell(),
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    /// Line feeds of a code block stay; elsewhere lines run on.
    fn text(&mut self, written: &str) {
        for (index, line) in written.trim_end_matches('\n').split('\n').enumerate() {
            if index > 0 {
                self.line_break();
            }
            self.span((self.trust.fit)(line));
        }
        if self.code {
            self.paragraph_outside_lists();
        }
    }

    fn span(&mut self, text: String) {
        let (strong, link) = (self.strong > 0, self.link.clone());
        match self.spans.last_mut() {
            Some(last) if last.strong == strong && last.link == link => last.text.push_str(&text),
            _ => self.spans.push(Span { text, strong, link }),
        }
    }

    /// Comments are kept apart; any other markup is shown as the text that it is.
    fn html(&mut self, html: &str) {
        let comment = html.trim().strip_prefix("<!--");
        match comment.and_then(|rest| rest.strip_suffix("-->")) {
            Some(name) => self.items.push(Item::Comment(name.trim().to_owned())),
            None if comment.is_some() => {}
            None => self.text(html),
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

    fn paragraph_outside_lists(&mut self) {
        if self.depth == 0 {
            self.paragraph();
        }
    }

    fn paragraph(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if !plain(&spans).trim().is_empty() {
            self.items.push(Item::Block(Block::Paragraph { spans }));
        }
    }

    fn end_heading(&mut self, level: u8) {
        let text = plain(&std::mem::take(&mut self.spans));
        let (id, classes) = std::mem::take(&mut self.heading);
        self.items.push(Item::Heading {
            level,
            id,
            classes,
            text,
        });
    }

    fn open_list(&mut self, ordered: bool) {
        self.entry();
        if self.depth == 0 {
            self.paragraph();
            self.ordered = ordered;
        }
        self.depth += 1;
    }

    fn entry(&mut self) {
        if self.depth > 0 && !self.spans.is_empty() {
            self.entries.push(std::mem::take(&mut self.spans));
        }
    }

    fn close_list(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            self.items.push(Item::Block(Block::List {
                ordered: self.ordered,
                items: std::mem::take(&mut self.entries),
            }));
        }
    }

    fn cell(&mut self) {
        let cell = plain(&std::mem::take(&mut self.spans));
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
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
        let id = format!("{}-{}", self.trust.anchor, self.items.len() + 1);
        let table = tables::plain(&id, "", &columns, rows.collect());
        self.items.push(Item::Block(Block::Table { table }));
    }
}
