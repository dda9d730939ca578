//! Markdown → what the template of the PDF draws, one part after another.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde_json::{Value, json};

/// The parts in order: `heading`, `paragraph`, `list`, `code`, `picture`.
pub(super) fn of(text: &str, pictures: &[(&str, &[u8])]) -> Value {
    let mut reader = Reader::default();
    for event in Parser::new(text) {
        reader.event(event, pictures);
    }
    Value::Array(reader.parts)
}

#[derive(Default)]
struct Reader {
    parts: Vec<Value>,
    spans: Vec<Value>,
    items: Vec<Value>,
    ordered: bool,
    strong: bool,
    in_code: Option<String>,
    picture: Option<(String, String)>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, pictures: &[(&str, &[u8])]) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end, pictures),
            Event::Text(text) => self.text(&text, false),
            Event::Code(text) => self.text(&text, true),
            Event::SoftBreak | Event::HardBreak => self.text(" ", false),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.strong = true,
            Tag::List(first) => self.ordered = first.is_some(),
            Tag::CodeBlock(_) => self.in_code = Some(String::new()),
            Tag::Image { dest_url, .. } => {
                self.picture = Some((dest_url.to_string(), String::new()))
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, code: bool) {
        if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
        } else if let Some(block) = &mut self.in_code {
            block.push_str(text);
        } else {
            let strong = self.strong;
            self.spans
                .push(json!({"text": text, "strong": strong, "code": code}));
        }
    }

    fn end(&mut self, end: TagEnd, pictures: &[(&str, &[u8])]) {
        match end {
            TagEnd::Strong => self.strong = false,
            TagEnd::Heading(level) => {
                let spans = self.take();
                let level = if level == HeadingLevel::H1 { 1 } else { 2 };
                self.parts
                    .push(json!({"part": "heading", "level": level, "spans": spans}));
            }
            TagEnd::Item => {
                let spans = self.take();
                self.items.push(Value::Array(spans));
            }
            TagEnd::List(_) => {
                let (items, ordered) = (std::mem::take(&mut self.items), self.ordered);
                self.parts
                    .push(json!({"part": "list", "ordered": ordered, "items": items}));
            }
            TagEnd::CodeBlock => {
                let text = self.in_code.take().unwrap_or_default();
                self.parts
                    .push(json!({"part": "code", "text": text.trim_end()}));
            }
            TagEnd::Image => self.picture_ends(pictures),
            TagEnd::Paragraph if self.items_are_open() => {}
            TagEnd::Paragraph if self.spans.is_empty() => {}
            TagEnd::Paragraph => {
                let spans = self.take();
                self.parts
                    .push(json!({"part": "paragraph", "spans": spans}));
            }
            _ => {}
        }
    }

    /// The lists of the handout are tight: their items have no paragraphs of their own.
    fn items_are_open(&self) -> bool {
        !self.items.is_empty()
    }

    fn picture_ends(&mut self, pictures: &[(&str, &[u8])]) {
        let Some((name, alt)) = self.picture.take() else {
            return;
        };
        if let Some((_, bytes)) = pictures.iter().find(|(known, _)| *known == name) {
            self.parts
                .push(json!({"part": "picture", "alt": alt, "bytes": bytes}));
        }
    }

    fn take(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_part_is_kept_in_order() {
        let text = "# 甲\n\n乙**丙**`丁`\n\n1. 一\n2. 二\n\n![图](a.png)\n\n```\n码\n```\n";
        let parts = of(text, &[("a.png", &[1, 2])]);
        let kinds = parts.as_array().expect("parts").iter();
        let kinds: Vec<_> = kinds
            .map(|part| part["part"].as_str().expect("a kind"))
            .collect();
        assert_eq!(kinds, ["heading", "paragraph", "list", "picture", "code"]);
        assert_eq!(parts[1]["spans"][1]["strong"], true);
        assert_eq!(parts[2]["items"].as_array().expect("items").len(), 2);
        assert_eq!(parts[3]["bytes"], json!([1, 2]));
    }
}
