//! Sections of blocks → the body of a Word document, from the red head to the record of printing.

use super::xml::{self, Look};
use crate::document::blocks::{Align, Block, Span, Table};
use crate::document::paper::{Document, Frame};

/// A letter by GB/T 9704, a form or a list on pages of its own.
#[derive(Clone, Copy)]
enum Page {
    Letter,
    Form,
    Wide,
}

impl Page {
    fn of(document: &Document) -> Self {
        match (document.landscape, document.official || document.leaflets) {
            (true, _) => Self::Wide,
            (false, true) => Self::Letter,
            (false, false) => Self::Form,
        }
    }

    /// Width of the text in twentieths of a point.
    fn width(self) -> u32 {
        match self {
            Self::Letter => 8845,
            Self::Form => 9638,
            Self::Wide => 13777,
        }
    }
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const CENTRED: &str = "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>";
const FLUSH: &str = "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/>";
const RIGHT: &str =
    "<w:ind w:right=\"1280\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"right\"/>";
const RULE: &str =
    "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"16\" w:space=\"6\" w:color=\"D7000F\"/></w:pBdr>";
/// Marks what the office has to fill in.
const GAP: &str = "<w:highlight w:val=\"yellow\"/>";
const LEFT_OUT: &str = "本表另有";

/// `word/document.xml`.
pub(super) fn document(frame: &Frame, document: &Document) -> String {
    let page = Page::of(document);
    let width = page.width();
    let mut body = String::new();
    if document.official {
        body.push_str(&head(frame, document));
    }
    let own_title = document
        .leaflets
        .then(|| document.sections.first())
        .flatten();
    let title = own_title.map_or(&document.title, |section| &section.title);
    let style = match page {
        Page::Form => "FormTitle",
        Page::Letter | Page::Wide => "Title",
    };
    body.push_str(&plain(style, title));
    if document.official {
        body.push_str(&addressee(frame));
    }
    for section in document.sections.iter().filter(|section| !section.screen) {
        if !section.title.is_empty() && !document.leaflets {
            body.push_str(&plain("Heading1", &section.title));
        }
        for block in &section.blocks {
            body.push_str(&drawn(block, width));
        }
    }
    if document.official {
        body.push_str(&ending(frame, document));
    }
    if document.leaflets {
        body.push_str(&set(RIGHT, "", &frame.unit));
        body.push_str(&set(RIGHT, "", &frame.date));
    }
    body.push_str(&section(page));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    )
}

fn plain(style: &str, text: &str) -> String {
    xml::paragraph(Look { style, more: "" }, &xml::run("", text))
}

fn set(more: &str, properties: &str, text: &str) -> String {
    xml::paragraph(Look { style: "", more }, &xml::run(properties, text))
}

/// 份号, 密级, 紧急程度; 发文机关标志; 发文字号 and 签发人 over the red rule.
fn head(frame: &Frame, document: &Document) -> String {
    let head = &frame.letterhead_of(document);
    let marks = [&head.copy_number, &head.marking, &head.urgency];
    let mut out: String = marks
        .into_iter()
        .flatten()
        .map(|mark| set(FLUSH, "", mark))
        .collect();
    out.push_str(&plain("RedHead", &head.issuer));
    let number = match &head.number {
        Some(number) => xml::run("", number),
        None => xml::run(GAP, "（发文字号）"),
    };
    let signer = head.signer.as_ref();
    let signer = signer.map_or_else(String::new, |s| xml::run("", &format!("　　签发人：{s}")));
    let look = Look {
        style: "",
        more: &format!("{RULE}{CENTRED}"),
    };
    out.push_str(&xml::paragraph(look, &format!("{number}{signer}")));
    out
}

fn addressee(frame: &Frame) -> String {
    match &frame.letterhead.addressee {
        Some(name) => set(FLUSH, "", &format!("{name}：")),
        None => set(FLUSH, GAP, "（主送机关）："),
    }
}

/// 附件说明, 署名, 成文日期, 附注, 版记.
fn ending(frame: &Frame, document: &Document) -> String {
    let mut out = set("", "", "");
    for (index, annex) in document.annexes.iter().enumerate() {
        let before = if index == 0 { "附件：" } else { "　　　" };
        out.push_str(&set("", "", &format!("{before}{}. {annex}", index + 1)));
    }
    out.push_str(&set("", "", ""));
    out.push_str(&set(RIGHT, "", &frame.unit));
    out.push_str(&set(RIGHT, "", &frame.date));
    let head = &frame.letterhead;
    let (mark, contact) = given(&head.contact, "联系人：　　　　电话：　　　　");
    out.push_str(&set("", mark, &format!("（{contact}）")));
    let (mark, copies) = given(&head.copies, "　　　　");
    out.push_str(&set(FLUSH, mark, &format!("抄送：{copies}。")));
    let (mark, printer) = given(&head.printer, "（印发机关）");
    out.push_str(&set(FLUSH, mark, &format!("{printer}　{}印发", frame.date)));
    let (mark, printed) = given(&head.copies_printed, "　");
    out.push_str(&set(RIGHT, mark, &format!("（共印{printed}份）")));
    out
}

/// What the profile gives, or the gap that is left for it with its mark.
fn given<'t>(text: &'t Option<String>, gap: &'t str) -> (&'static str, &'t str) {
    match text {
        Some(text) => ("", text),
        None => (GAP, gap),
    }
}

fn drawn(block: &Block, width: u32) -> String {
    match block {
        Block::Heading { level, text, .. } => plain(&format!("Heading{level}"), text),
        Block::Paragraph { spans } => xml::paragraph(Look::default(), &runs(spans)),
        Block::List { ordered, items } => list(*ordered, items),
        Block::Table { table } => drawn_table(table, width),
        Block::Chart { chart } => plain("", &chart.alt),
        Block::Problem { problem } => problem.brief.iter().map(|line| plain("", line)).collect(),
        Block::Notice { title, lines } => {
            let lines: String = lines.iter().map(|line| plain("", line)).collect();
            format!("{}{lines}", set("", "<w:b/>", title))
        }
        Block::Signatures { roles } => roles
            .iter()
            .map(|role| plain("", &format!("{role}：　　　　　　　　　　　年　　月　　日")))
            .collect(),
    }
}

fn runs(spans: &[Span]) -> String {
    let runs = spans.iter().map(|span| {
        let properties = if span.strong { "<w:b/>" } else { "" };
        xml::run(properties, &span.text)
    });
    runs.collect()
}

fn list(ordered: bool, items: &[Vec<Span>]) -> String {
    let items = items.iter().enumerate().map(|(index, spans)| {
        let number = match ordered {
            true => xml::run("", &format!("（{}）", index + 1)),
            false => String::new(),
        };
        xml::paragraph(Look::default(), &format!("{number}{}", runs(spans)))
    });
    items.collect()
}

fn drawn_table(table: &Table, width: u32) -> String {
    let sum: u32 = table.columns.iter().map(|c| u32::from(c.width)).sum();
    let widths: Vec<u32> = table
        .columns
        .iter()
        .map(|c| width * u32::from(c.width) / sum.max(1))
        .collect();
    let grid: String = widths
        .iter()
        .map(|w| format!("<w:gridCol w:w=\"{w}\"/>"))
        .collect();
    let heads = table
        .columns
        .iter()
        .map(|c| (c.title.as_str(), Align::Center));
    let head = row(heads.collect(), &widths, true);
    let shown = table.rows.iter().take(table.most);
    let rows: String = shown
        .map(|r| {
            let cells = r.cells.iter().zip(&table.columns);
            row(
                cells.map(|(t, c)| (t.as_str(), c.align)).collect(),
                &widths,
                false,
            )
        })
        .collect();
    let caption = match table.caption.as_str() {
        "" => String::new(),
        caption => plain("Caption", caption),
    };
    let left = table.rows.len().saturating_sub(table.most) + table.left_out;
    let told = match left {
        0 => String::new(),
        left => plain("", &format!("{LEFT_OUT}{left}行，见{}。", table.rest)),
    };
    if table.rows.is_empty() {
        return format!("{caption}{}", plain("", &table.empty));
    }
    format!(
        "{caption}<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{told}"
    )
}

fn row(cells: Vec<(&str, Align)>, widths: &[u32], is_head: bool) -> String {
    let cells = cells.into_iter().zip(widths).map(|((text, align), width)| {
        let align = match align {
            Align::Start => "left",
            Align::Center => "center",
            Align::End => "right",
        };
        let more = format!("<w:jc w:val=\"{align}\"/>");
        let look = Look {
            style: "TableText",
            more: &more,
        };
        let bold = if is_head { "<w:b/>" } else { "" };
        let text = xml::paragraph(look, &xml::run(bold, text));
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{text}</w:tc>")
    });
    let head = if is_head { "<w:tblHeader/>" } else { "" };
    format!(
        "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{}</w:tr>",
        cells.collect::<String>()
    )
}

/// The page: A4, for letters the block of 156 by 225 mm with 22 lines of 28 characters; odd and even footers.
fn section(page: Page) -> String {
    let upright = "w:w=\"11906\" w:h=\"16838\"";
    let (size, margins) = match page {
        Page::Letter => (
            upright,
            "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1417\"",
        ),
        Page::Form => (
            upright,
            "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\"",
        ),
        Page::Wide => (
            "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"",
            "w:top=\"1587\" w:right=\"1474\" w:bottom=\"1474\" w:left=\"1587\" w:header=\"851\" w:footer=\"1417\"",
        ),
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/><w:pgSz {size}/><w:pgMar {margins} w:gutter=\"0\"/><w:docGrid w:type=\"linesAndChars\" w:linePitch=\"580\"/></w:sectPr>"
    )
}
