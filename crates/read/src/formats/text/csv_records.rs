//! Delimited text → records, whatever quotation marks people leave in it.
//!
//! A quotation mark opens a quoted field only where a field begins and only if it closes before a
//! delimiter or a line end. Where the lines that it would swallow look like records of their own, it
//! is text: a file with one forgotten mark keeps all its rows, and the mark is told.

use memchr::{memchr, memchr_iter, memchr2};
use std::borrow::Cow;

/// Fields of quoted text that was ruled out, after which no field may go over line ends: a text of
/// nothing but opening marks would otherwise be looked through once for each of them.
const TRIALS: usize = 1_000;

/// The records of a text.
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// The most usual number of fields in a line; 0 if not known.
    width: usize,
    /// Bytes that a quoted field may have.
    most: usize,
    at: usize,
    /// 1-based line at `at`.
    line: u32,
    fields: Vec<Cow<'a, str>>,
    trials: usize,
    /// Lines with a quotation mark that has no partner, in order.
    pub(super) stray: Vec<u32>,
}

/// A field and where what follows it begins: at a delimiter, a line end, or the end.
type Field<'a> = (Cow<'a, str>, usize);

impl<'a> Records<'a> {
    /// The records of `text`.
    pub(super) fn new(text: &'a str, delimiter: u8, width: usize, most: usize) -> Self {
        Self {
            text,
            delimiter,
            width,
            most,
            at: 0,
            line: 1,
            fields: Vec::new(),
            trials: 0,
            stray: Vec::new(),
        }
    }

    /// The next record that is not blank: its 1-based line and its fields.
    pub(super) fn next(&mut self) -> Option<(u32, &[Cow<'a, str>])> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\n' => self.line += 1,
                b'\r' => {}
                _ => break,
            }
            self.at += 1;
        }
        if self.at >= bytes.len() {
            return None;
        }
        let (line, start) = (self.line, self.at);
        self.fields.clear();
        let end = line_end(bytes, start);
        match memchr(b'"', &bytes[start..end]) {
            None => self.plain(start, end),
            Some(_) => self.quoted(start),
        }
        self.line += memchr_iter(b'\n', &bytes[start..self.at]).count() as u32;
        Some((line, &self.fields))
    }

    /// A line without any quotation mark.
    fn plain(&mut self, start: usize, end: usize) {
        let line = self.text[start..end].trim_end_matches('\r');
        let delimiter = char::from(self.delimiter);
        self.fields.extend(line.split(delimiter).map(Cow::Borrowed));
        self.at = end;
    }

    /// A record with quotation marks, which may go over several lines.
    fn quoted(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            let (field, behind) = match bytes.get(at) {
                Some(b'"') => self.field(at),
                // ="01" keeps its zero in Excel: a quoted field behind a sign.
                Some(b'=') if bytes.get(at + 1) == Some(&b'"') => self.formula(at),
                _ => self.literal(at),
            };
            self.fields.push(field);
            at = behind;
            if bytes.get(at) != Some(&self.delimiter) {
                break;
            }
            at += 1;
        }
        self.at = at;
    }

    /// Text up to the next delimiter or line end. An odd number of marks in it is told.
    fn literal(&mut self, at: usize) -> Field<'a> {
        let bytes = self.text.as_bytes();
        let end = memchr2(self.delimiter, b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        let text = self.text[at..end].trim_end_matches('\r');
        if memchr_iter(b'"', text.as_bytes()).count() % 2 == 1 {
            let line = self.line + memchr_iter(b'\n', &bytes[self.at..at]).count() as u32;
            if self.stray.last() != Some(&line) {
                self.stray.push(line);
            }
        }
        (Cow::Borrowed(text), end)
    }

    /// A quoted field behind an equals sign, which stays with its marks for who reads the cell.
    fn formula(&mut self, at: usize) -> Field<'a> {
        match self.closing(at + 1) {
            Some(close) if !close.odd && self.belongs(at + 1, close) => {
                let text = &self.text[at..=close.mark];
                (Cow::Borrowed(text), close.behind)
            }
            _ => self.literal(at),
        }
    }

    /// A field that begins with a quotation mark.
    fn field(&mut self, at: usize) -> Field<'a> {
        match self.closing(at) {
            Some(close) if self.belongs(at, close) => {
                let text = &self.text[at + 1..close.mark];
                let text = match text.contains("\"\"") {
                    true => Cow::Owned(text.replace("\"\"", "\"")),
                    false => Cow::Borrowed(text),
                };
                (text, close.behind)
            }
            _ => self.literal(at),
        }
    }

    /// The first mark behind `at` that closes: a delimiter, a line end or the end follows it.
    fn closing(&mut self, at: usize) -> Option<Close> {
        let bytes = self.text.as_bytes();
        let most = match self.trials < TRIALS {
            true => bytes.len().min(at + 1 + self.most),
            false => line_end(bytes, at),
        };
        let (mut from, mut odd) = (at + 1, false);
        while let Some(found) = memchr(b'"', &bytes[from..most]) {
            let mark = from + found;
            if bytes.get(mark + 1) == Some(&b'"') {
                from = mark + 2;
                continue;
            }
            let blanks = bytes[mark + 1..].iter().take_while(|&&b| b == b' ').count();
            let behind = mark + 1 + blanks;
            let lone_return = bytes[behind..].starts_with(b"\r\n");
            let ends = matches!(bytes.get(behind), None | Some(b'\n'))
                || bytes.get(behind) == Some(&self.delimiter)
                || lone_return;
            if ends {
                let behind = behind + usize::from(lone_return);
                return Some(Close { mark, behind, odd });
            }
            odd = true;
            from = mark + 1;
        }
        self.trials += 1;
        None
    }

    /// True if the text between two marks is one field rather than parts of others.
    fn belongs(&mut self, at: usize, close: Close) -> bool {
        let bytes = self.text.as_bytes();
        let inner = &bytes[at..close.mark];
        let first_end = line_end(bytes, at);
        let over_lines = first_end < close.mark;
        if !over_lines && !close.odd {
            return true;
        }
        let before = self.fields.len();
        let behind = line_width(
            &bytes[close.behind..line_end(bytes, close.behind)],
            self.delimiter,
        );
        let accepted = before + behind;
        let literal = before + line_width_literal(&bytes[at..first_end], self.delimiter);
        let belongs = if over_lines {
            let whole = self.whole_lines(inner, close.mark);
            // Lines that are as wide as records are records, not the inside of a cell.
            !(whole.within || (literal == self.width && (accepted != self.width || whole.last)))
        } else {
            accepted == self.width && literal != self.width
        };
        if !belongs {
            self.trials += 1;
        }
        belongs
    }

    /// Which of the lines that a quoted field covers are as wide as a record by themselves.
    fn whole_lines(&self, inner: &[u8], mark: usize) -> Whole {
        let bytes = self.text.as_bytes();
        let is_record =
            |line: &[u8]| self.width > 2 && line_width_literal(line, self.delimiter) == self.width;
        let mut lines = inner.split(|&b| b == b'\n').skip(1).peekable();
        let mut within = false;
        while let Some(line) = lines.next() {
            within |= lines.peek().is_some() && is_record(line);
        }
        let start = memchr::memrchr(b'\n', &bytes[..mark]).map_or(0, |n| n + 1);
        let last = is_record(&bytes[start..line_end(bytes, mark)]);
        Whole { within, last }
    }
}

/// A mark that closes a quoted field.
#[derive(Clone, Copy)]
struct Close {
    mark: usize,
    /// Where what follows begins.
    behind: usize,
    /// True if marks that close nothing stand before it.
    odd: bool,
}

struct Whole {
    within: bool,
    last: bool,
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n)
}

/// The fields of one line; delimiters between marks do not count.
pub(super) fn line_width(line: &[u8], delimiter: u8) -> usize {
    let mut quoted = false;
    let counts = line.iter().filter(|&&byte| {
        quoted ^= byte == b'"';
        byte == delimiter && !quoted
    });
    1 + counts.count()
}

/// The fields of one line whose first mark is text.
fn line_width_literal(line: &[u8], delimiter: u8) -> usize {
    let alone = line_width(line, delimiter);
    let first = memchr(b'"', line).map_or(line.len(), |at| at + 1);
    let unmarked = memchr_iter(delimiter, &line[..first]).count();
    let odd = memchr_iter(b'"', line).count() % 2 == 1;
    match odd {
        true => unmarked + line_width(&line[first..], delimiter),
        false => alone,
    }
}
