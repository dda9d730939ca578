//! Pieces of WordprocessingML, each with its children in the schema's sequence.

/// Properties of a paragraph beside its style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look<'a> {
    /// Style id.
    pub(super) style: &'a str,
    /// Raw properties that follow `w:pStyle`, in the schema's sequence.
    pub(super) more: &'a str,
}

/// A paragraph of runs.
pub(super) fn paragraph(look: Look<'_>, runs: &str) -> String {
    let style = match look.style {
        "" => String::new(),
        style => format!("<w:pStyle w:val=\"{style}\"/>"),
    };
    format!("<w:p><w:pPr>{style}{}</w:pPr>{runs}</w:p>", look.more)
}

/// A run of text with raw properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(escaped).collect();
    let texts: Vec<_> = lines
        .iter()
        .map(|line| format!("<w:t xml:space=\"preserve\">{line}</w:t>"))
        .collect();
    let properties = match properties {
        "" => String::new(),
        properties => format!("<w:rPr>{properties}</w:rPr>"),
    };
    format!("<w:r>{properties}{}</w:r>", texts.join("<w:br/>"))
}

/// Text that cannot become markup; characters that XML does not allow are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\t' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
