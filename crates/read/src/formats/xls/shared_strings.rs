//! The table of shared strings: how long each is, without any of their text.

use crate::formats::container::cfb::{long, word};

const TABLE: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
/// Bytes that a character takes once it is UTF-8, at most.
const PER_CHARACTER: u32 = 3;

/// For each shared string the bytes that it takes as text; those that could be made out.
pub(super) fn lengths(stream: &[u8]) -> Vec<u32> {
    let Some(mut table) = Table::find(stream) else {
        return Vec::new();
    };
    let mut lengths = Vec::new();
    while let Some(length) = table.string() {
        lengths.push(length.saturating_mul(PER_CHARACTER));
    }
    lengths
}

/// The records of the table, one behind another.
struct Table<'a> {
    rest: &'a [u8],
    /// What is left of the current record.
    body: &'a [u8],
}

impl<'a> Table<'a> {
    fn find(stream: &'a [u8]) -> Option<Self> {
        let mut rest = stream;
        loop {
            let (kind, body, after) = record(rest)?;
            rest = after;
            if kind == TABLE {
                let body = body.get(8..)?;
                return Some(Self { rest, body });
            }
        }
    }

    /// Goes on with the next record of the table; false if there is none.
    fn turn(&mut self) -> bool {
        match record(self.rest) {
            Some((CONTINUE, body, rest)) => {
                (self.body, self.rest) = (body, rest);
                true
            }
            _ => false,
        }
    }

    /// Characters of the next string.
    fn string(&mut self) -> Option<u32> {
        while self.body.len() < 3 {
            if !self.turn() {
                return None;
            }
        }
        let characters = u32::from(word(self.body, 0)?);
        let flags = self.body[2];
        let mut at = 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * usize::from(word(self.body, at)?);
            at += 2;
        }
        if flags & 4 != 0 {
            behind += long(self.body, at)? as usize;
            at += 4;
        }
        self.body = self.body.get(at..)?;
        self.characters(characters as usize, flags & 1 != 0)?;
        self.skip(behind)?;
        Some(characters)
    }

    /// Passes over characters; a record that goes on with them says anew how wide they are.
    fn characters(&mut self, mut left: usize, mut wide: bool) -> Option<()> {
        loop {
            let width = if wide { 2 } else { 1 };
            let here = left.min(self.body.len() / width);
            self.body = &self.body[here * width..];
            left -= here;
            if left == 0 {
                return Some(());
            }
            if !self.turn() {
                return None;
            }
            let (&flags, body) = self.body.split_first()?;
            wide = flags & 1 != 0;
            self.body = body;
        }
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        loop {
            let here = bytes.min(self.body.len());
            self.body = &self.body[here..];
            bytes -= here;
            if bytes == 0 {
                return Some(());
            }
            if !self.turn() {
                return None;
            }
        }
    }
}

/// Type and content of each record.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, body, after) = record(rest)?;
        rest = after;
        Some((kind, body))
    })
}

/// Type and content of the first record, and what follows it.
fn record(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (kind, length) = (word(bytes, 0)?, word(bytes, 2)?);
    let (body, rest) = bytes.get(4..)?.split_at_checked(usize::from(length))?;
    Some((kind, body, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend((body.len() as u16).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    #[test]
    fn strings_that_go_on_in_other_records_are_measured() {
        // Two narrow characters; three wide ones of which one stands in the next record.
        let first = [&[0; 8][..], &[2, 0, 0, b'a', b'b'], &[3, 0, 1, 1, 1, 2, 2]].concat();
        let second = [&[1, 3, 3][..], &[1, 0, 8, 1, 0, b'c', 0, 0, 0, 0]].concat();
        let stream = [record(TABLE, &first), record(CONTINUE, &second)].concat();
        assert_eq!(lengths(&stream), [6, 9, 3]);
        assert_eq!(lengths(&record(TABLE, &first)), [6]);
    }
}
