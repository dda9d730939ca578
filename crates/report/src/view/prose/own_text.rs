//! The unit's own paragraphs: Markdown written by people → blocks.
//!
//! HTML, links and images are shown as the text that they are, comments are left out: nothing asks
//! for a part of ours.

use crate::document::blocks::{Block, Section};
use crate::redaction::display_text;
use crate::view::prose::markdown::{self, Item, Trust};
use crate::view::source::Source;
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
            (id.to_owned(), read(id, markdown, &fit))
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

/// Markdown of people as blocks. Links are text and comments nothing: nobody asks for a part of ours.
fn read(section: &str, markdown: &str, fit: &dyn Fn(&str) -> String) -> Vec<Block> {
    let anchor = format!("own-{section}");
    let trust = Trust {
        links: false,
        attributes: false,
        anchor: &anchor,
        fit,
    };
    let mut blocks = Vec::new();
    for item in markdown::items(markdown, &trust) {
        match item {
            Item::Block(block) => blocks.push(block),
            Item::Heading { level, text, .. } => blocks.push(Block::Heading {
                level: level.clamp(2, 4),
                id: format!("{anchor}-{}", blocks.len() + 1),
                text,
            }),
            Item::Comment(_) => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::prose::markdown::plain;

    fn read(markdown: &str) -> Vec<Block> {
        super::read("next", markdown, &|text| display_text::scrub(text))
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
