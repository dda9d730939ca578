//! Bytes → text, and text → text without characters that nobody sees.

use crate::formats::limits;
use std::borrow::Cow;
use zicha_model::invisible::is_invisible;

/// Decodes a text file: UTF-8 or UTF-16 with or without a mark, else GB18030 (which GBK and GB2312
/// are parts of). `None` if it is none of these.
///
/// Libraries that guess are not used: they take short GBK texts for Korean.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!wrong).then_some(text);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes);
        return (!wrong).then_some(text);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    (!wrong).then_some(text)
}

/// UTF-16 without a mark, told by the zero bytes of its digits and delimiters: they stand in every
/// second place and hardly anywhere else.
pub(crate) fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| {
        let places = head.iter().skip(parity).step_by(2);
        places.filter(|&&byte| byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = |n: usize, other: usize| n * 16 >= head.len() && n > 8 * other;
    match bytes.len() % 2 {
        0 if many(odd, even) => Some(encoding_rs::UTF_16LE),
        0 if many(even, odd) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// True for bytes that no invisible character begins with; most texts have no others.
fn is_harmless(byte: u8) -> bool {
    !matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF..)
}

/// What cleaning did to a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cleaned {
    /// Control characters were taken out.
    pub(crate) stripped: bool,
    /// The text was cut at [`limits::CELL_CHARS`].
    pub(crate) cut: bool,
    /// Marks that say that it is text were taken off.
    pub(crate) marked: bool,
}

/// Takes out control characters (line breaks stay, as `\n`) and cuts what no spreadsheet can hold.
pub(crate) fn clean(text: &str) -> (Cow<'_, str>, Cleaned) {
    let mut done = Cleaned::default();
    let mut text = Cow::Borrowed(text);
    if text.len() <= limits::CELL_CHARS && text.bytes().all(is_harmless) {
        return (text, done);
    }
    if text.contains('\r') {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if text.contains(is_invisible) {
        text.to_mut().retain(|c| !is_invisible(c));
        done.stripped = true;
    }
    if text.len() > limits::CELL_CHARS
        && let Some((end, _)) = text.char_indices().nth(limits::CELL_CHARS)
    {
        text.to_mut().truncate(end);
        done.cut = true;
    }
    (text, done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "收文编号,标题\n";
        let (gbk, _, _) = encoding_rs::GBK.encode(text);
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.bytes());
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        for bytes in [text.as_bytes(), &gbk, &marked, &wide] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
        let longer = "收文编号,标题,日期\n2026-1,甲,2026-03-01\n";
        let little: Vec<u8> = longer.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = longer.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(decode(&bytes).as_deref(), Some(longer));
        }
        assert_eq!(decode(b"\xFF\xFF\xFF"), None);
    }

    #[test]
    fn every_invisible_character_begins_with_a_byte_that_is_looked_at() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        let overlooked = |c: &char| c.to_string().bytes().all(is_harmless);
        assert_eq!(all.filter(|&c| is_invisible(c)).find(overlooked), None);
    }

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        let (text, done) = clean("甲\0\u{202e}乙\r\n丙");
        assert_eq!(text, "甲乙\n丙");
        assert!(done.stripped && !done.cut);
        let long = "长".repeat(limits::CELL_CHARS + 5);
        let (text, done) = clean(&long);
        assert_eq!(text.chars().count(), limits::CELL_CHARS);
        assert!(done.cut);
    }
}
