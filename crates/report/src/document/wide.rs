//! Documents of wide tables that stand alone: the guide, the bureau's report.

use crate::document::{
    blocks::{Block, Section, Span, Table},
    paper::Document,
};

/// A document of wide tables.
pub(crate) fn document(stem: &str, title: String, sections: Vec<Section>) -> Document {
    Document {
        stem: stem.to_owned(),
        title,
        landscape: true,
        official: false,
        leaflets: false,
        sections,
        annexes: Vec::new(),
    }
}

/// A section; `id` is ASCII and unique in the document.
pub(crate) fn section(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        title: title.to_owned(),
        annex: false,
        landscape: true,
        screen: false,
        blocks,
    }
}

/// A numbered list of sentences.
pub(crate) fn list(sentences: &[String]) -> Block {
    let items = sentences.iter().map(|s| vec![Span::plain(s.clone())]);
    Block::List {
        ordered: true,
        items: items.collect(),
    }
}

/// A paragraph.
pub(crate) fn paragraph(text: String) -> Block {
    let spans = vec![Span::plain(text)];
    Block::Paragraph { spans }
}

/// A heading below the section's.
pub(crate) fn heading(id: String, text: String) -> Block {
    Block::Heading { level: 2, id, text }
}

/// A table as a block.
pub(crate) fn table(table: Table) -> Block {
    Block::Table { table }
}
