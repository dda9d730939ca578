//! Bytes of an XML part → its tags, each with the text before it.
//!
//! A window over the inflated bytes that grows to the longest tag or text and no further. No tree,
//! no checks of nesting: whatever is not plain is [`Unusual`], and calamine reads the file instead.

use crate::formats::xlsx::fast::parts::Unusual;
use memchr::memchr;
use std::io::Read;

/// Bytes of the window at first.
const WINDOW: usize = 1 << 17;

/// The tags of one part.
pub(super) struct Tags<R> {
    source: R,
    window: Vec<u8>,
    /// The part of the window that is not consumed yet.
    at: usize,
    end: usize,
    /// Bytes that the window may grow to.
    most: usize,
    /// Bytes consumed so far.
    position: u64,
}

/// A tag and the text between it and the tag before.
#[derive(Clone, Copy)]
pub(super) struct Token<'w> {
    /// The text as it stands, entities included.
    pub(super) text: &'w [u8],
    /// The tag without its angle brackets.
    pub(super) tag: &'w [u8],
}

impl<R: Read> Tags<R> {
    /// The tags of `source`; `most` bounds the length of a tag with the text before it.
    pub(super) fn new(source: R, most: u64) -> Self {
        Self {
            source,
            window: vec![0; WINDOW],
            at: 0,
            end: 0,
            most: usize::try_from(most).unwrap_or(usize::MAX).max(WINDOW),
            position: 0,
        }
    }

    /// Bytes consumed so far.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// The next tag; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token<'_>>, Unusual> {
        let Some(open) = self.find(b'<', 0)? else {
            let rest = &self.window[self.at..self.end];
            let blank = rest.iter().all(u8::is_ascii_whitespace);
            return if blank { Ok(None) } else { Err(Unusual) };
        };
        let close = self.find(b'>', open + 1)?.ok_or(Unusual)?;
        let start = self.at;
        self.at += close + 1;
        self.position += close as u64 + 1;
        let token = Token {
            text: &self.window[start..start + open],
            tag: &self.window[start + open + 1..start + close],
        };
        // Declarations in the midst, comments and CDATA may hide anything.
        match token.tag.first() {
            Some(b'!' | b'?') => Err(Unusual),
            _ => Ok(Some(token)),
        }
    }

    /// As [`Tags::next`], where the part may not end.
    pub(super) fn expect(&mut self) -> Result<Token<'_>, Unusual> {
        self.next()?.ok_or(Unusual)
    }

    /// Passes over a byte order mark and the declaration, which must say UTF-8 or nothing.
    pub(super) fn begin(&mut self) -> Result<(), Unusual> {
        // As long as both together.
        while self.end < 8 && self.fill()? {}
        if self.window[..self.end].starts_with(b"\xEF\xBB\xBF") {
            self.at = 3;
        }
        if !self.window[self.at..self.end].starts_with(b"<?xml") {
            return Ok(());
        }
        let close = self.find(b'>', 0)?.ok_or(Unusual)?;
        let said = self.window[self.at..self.at + close].to_ascii_lowercase();
        self.at += close + 1;
        let has = |word: &[u8]| memchr::memmem::find(&said, word).is_some();
        if has(b"encoding") && !has(b"utf-8") {
            return Err(Unusual);
        }
        Ok(())
    }

    /// Where a byte next stands, counted from the unconsumed part; looked for from there on.
    fn find(&mut self, byte: u8, from: usize) -> Result<Option<usize>, Unusual> {
        let mut from = from;
        loop {
            if let Some(found) = memchr(byte, &self.window[self.at + from..self.end]) {
                return Ok(Some(from + found));
            }
            from = self.end - self.at;
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads more bytes behind the unconsumed ones; false at the end.
    fn fill(&mut self) -> Result<bool, Unusual> {
        if self.at > 0 {
            self.window.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
        }
        if self.end == self.window.len() {
            if self.window.len() >= self.most {
                return Err(Unusual);
            }
            self.window.resize(self.window.len() * 2, 0);
        }
        let read = self.source.read(&mut self.window[self.end..]);
        let read = read.map_err(|_| Unusual)?;
        self.end += read;
        Ok(read > 0)
    }
}

impl<'w> Token<'w> {
    /// The name of the element, with a slash before it where it ends.
    pub(super) fn name(&self) -> &'w [u8] {
        let tag = self.tag.strip_suffix(b"/").unwrap_or(self.tag);
        let end = tag.iter().position(u8::is_ascii_whitespace);
        &tag[..end.unwrap_or(tag.len())]
    }

    /// True for an element that is empty and closed at once.
    pub(super) fn closed(&self) -> bool {
        self.tag.ends_with(b"/")
    }

    /// Hands over name and value of every attribute. Values with entities are unusual here.
    pub(super) fn attributes(
        &self,
        mut take: impl FnMut(&'w [u8], &'w [u8]),
    ) -> Result<(), Unusual> {
        let tag = self.tag.strip_suffix(b"/").unwrap_or(self.tag);
        let mut rest = tag[self.name().len()..].trim_ascii();
        while !rest.is_empty() {
            let equals = memchr(b'=', rest).ok_or(Unusual)?;
            let (name, value) = (
                rest[..equals].trim_ascii(),
                rest[equals + 1..].trim_ascii_start(),
            );
            let (&quote, value) = value.split_first().ok_or(Unusual)?;
            if !matches!(quote, b'"' | b'\'') {
                return Err(Unusual);
            }
            let end = memchr(quote, value).ok_or(Unusual)?;
            if memchr(b'&', &value[..end]).is_some() {
                return Err(Unusual);
            }
            take(name, &value[..end]);
            rest = value[end + 1..].trim_ascii_start();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, so that every tag crosses the end of what is there.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let n = self.0.len().min(1);
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn all(text: &str) -> Result<Vec<(String, String)>, Unusual> {
        let owned = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut tags = Tags::new(Drops(text.as_bytes()), 0);
        tags.begin()?;
        let mut found = Vec::new();
        while let Some(token) = tags.next()? {
            found.push((owned(token.text), owned(token.tag)));
        }
        Ok(found)
    }

    #[test]
    fn tags_come_with_the_text_before_them() {
        let text = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b='1'>x<c/></a>\n";
        let expected = [("\n", "a b='1'"), ("x", "c/"), ("", "/a")];
        let found = all(text).expect("plain");
        let found: Vec<_> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_may_hide_something_is_unusual() {
        for text in [
            "<a><!-- x --></a>",
            "<a><![CDATA[x]]></a>",
            "<?xml encoding='gbk'?><a/>",
            "<a",
            "<a/>x",
        ] {
            assert!(all(text).is_err(), "{text}");
        }
    }

    #[test]
    fn attributes_are_parted_and_broken_ones_refused() {
        let attributes = |tag: &'static str| {
            let mut found = Vec::new();
            let token = Token {
                text: b"",
                tag: tag.as_bytes(),
            };
            let done = token.attributes(|name, value| found.push((name, value)));
            done.is_ok().then_some(found)
        };
        let expected: [(&[u8], &[u8]); 2] = [(b"r", b"A1"), (b"t", b"s")];
        assert_eq!(
            attributes("c r=\"A1\"  t='s' /").as_deref(),
            Some(&expected[..])
        );
        assert_eq!(attributes("v"), Some(vec![]));
        for broken in ["c r", "c r=A1", "c r=\"A1", "c r=\"&#65;1\""] {
            assert_eq!(attributes(broken), None, "{broken}");
        }
    }
}
