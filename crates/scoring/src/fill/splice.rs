//! Texts put into a part's XML at known places; everything else stays byte for byte.

/// Replacements of ranges of bytes.
#[derive(Debug, Default)]
pub(super) struct Splices {
    list: Vec<(usize, usize, String)>,
}

impl Splices {
    /// Puts a text in the place of a range.
    pub(super) fn replace(&mut self, from: usize, to: usize, text: String) {
        self.list.push((from, to, text));
    }

    /// Puts a text before a place.
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.list.push((at, at, text));
    }

    /// The part with all replacements.
    pub(super) fn apply(mut self, part: &str) -> String {
        self.list.sort_by_key(|(from, to, _)| (*from, *to));
        let mut out = String::with_capacity(part.len() + 4096);
        let mut done = 0;
        for (from, to, text) in self.list {
            if from < done {
                continue;
            }
            out.push_str(&part[done..from]);
            out.push_str(&text);
            done = to;
        }
        out.push_str(&part[done..]);
        out
    }
}

/// A text as XML content; signs that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c < ' ' && c != '\n' && c != '\t' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
