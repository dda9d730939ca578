//! View → Word files of the text papers, which offices edit in WPS or Word before they sign.
//!
//! What enters: a [`Document`] of the view and its frame. What leaves: the bytes of an OOXML package:
//! the page of GB/T 9704-2012, real styles, fonts named for `w:eastAsia`, odd and even footers, repeated
//! table heads. No macros, no links outside, no times: the same paper gives the same bytes.
//!
//! The XML is written here because the usual writer library (`docx-rs` 0.4) puts the children of
//! `w:pPr` and `w:sectPr` out of the schema's sequence, which strict readers refuse.

mod body;
mod package;
mod parts;
mod xml;

use crate::document::paper::{Document, Frame};
use std::io;

/// A paper as a Word file: its name and bytes.
///
/// # Errors
///
/// The package cannot be compressed.
pub(crate) fn render(frame: &Frame, document: &Document) -> io::Result<(String, Vec<u8>)> {
    let name = format!("{}.docx", document.stem);
    let body = body::document(frame, document);
    let core = parts::core(&document.title, &frame.unit);
    Ok((name, package::pack(&body, &core)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::blocks::{Block, Section, Span};
    use crate::document::tables;
    use crate::view::{Align, Letterhead, Row};
    use std::io::Read;

    fn frame() -> Frame {
        Frame {
            unit: "某局".to_owned(),
            tool: "zicha".to_owned(),
            date_label: "检查基准日".to_owned(),
            date: "2026年9月28日".to_owned(),
            as_of: "2026-09-28".to_owned(),
            redacted: false,
            letterhead: Letterhead {
                issuer: "某局".to_owned(),
                kind: "报告".to_owned(),
                ..Letterhead::default()
            },
            facts: Vec::new(),
        }
    }

    fn paper(text: &str) -> Document {
        let rows = vec![Row::of([text.to_owned(), "2".to_owned()])];
        let columns = [("甲", 30, Align::Start), ("乙", 10, Align::End)];
        let table = tables::plain("t", "一张表", &columns, rows);
        let blocks = vec![
            Block::Paragraph {
                spans: vec![Span::plain(text)],
            },
            Block::Table { table },
        ];
        Document {
            stem: "自查报告".to_owned(),
            title: "某局报告".to_owned(),
            landscape: false,
            official: true,
            leaflets: false,
            sections: vec![Section {
                id: "a".to_owned(),
                title: "一、情况".to_owned(),
                annex: false,
                landscape: false,
                screen: false,
                blocks,
            }],
            annexes: vec!["清单".to_owned()],
        }
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).expect("a package");
        let mut text = String::new();
        let mut file = archive.by_name(name).expect("a part");
        file.read_to_string(&mut text).expect("text");
        text
    }

    #[test]
    fn a_paper_has_styles_fonts_columns_and_repeated_heads() {
        let (name, bytes) = render(&frame(), &paper("正文")).expect("rendered");
        assert_eq!(name, "自查报告.docx");
        let text = part(&bytes, "word/document.xml");
        for wanted in [
            "<w:pStyle w:val=\"Heading1\"/>",
            "<w:tblHeader/>",
            "<w:gridCol w:w=",
            "w:linePitch=\"580\"",
            "一、情况",
            "附件：",
            "w:highlight",
        ] {
            assert!(text.contains(wanted), "{wanted}");
        }
        let styles = part(&bytes, "word/styles.xml");
        for font in ["仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋_GBK"] {
            assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
        }
        assert!(part(&bytes, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    }

    #[test]
    fn hostile_text_stays_text_and_the_bytes_are_the_same_twice() {
        let hostile = "</w:t><w:br/> & \"x\" {=1} <script>";
        let first = render(&frame(), &paper(hostile)).expect("rendered").1;
        let again = render(&frame(), &paper(hostile)).expect("rendered").1;
        assert!(first == again);
        let text = part(&first, "word/document.xml");
        assert!(text.contains("&lt;/w:t&gt;&lt;w:br/&gt; &amp; "));
        assert!(!text.contains("<script>"));
    }
}
