//! The texts of a workbook: those that its cells share, and those within cells.

use crate::formats::grid_builder::unmarked;
use crate::formats::text::{self, Cleaned};
use crate::formats::xlsx::fast::parts::Unusual;
use crate::formats::xlsx::fast::tags::{Tags, Token};
use crate::formats::xlsx::fast::written::truth;
use std::io::Read;
use zicha_model::dataset::{Interner, Sym};

/// A text that cells refer to by its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// The text as cleaned; `None` if it is blank.
    pub(super) text: Option<Sym>,
    /// What cleaning did.
    pub(super) done: Cleaned,
    /// True if a part was left out because it is struck through.
    pub(super) struck: bool,
}

impl Shared {
    fn of(written: &str, struck: bool, texts: &mut Interner) -> Self {
        let (clean, done) = text::clean(written);
        let (clean, done) = unmarked(clean, done);
        let blank = clean.trim().is_empty();
        let text = (!blank).then(|| texts.intern(&clean));
        Self { text, done, struck }
    }
}

/// Reads the shared strings; their texts go into `texts`.
pub(super) fn shared(
    source: impl Read,
    most: u64,
    record_most: u64,
    texts: &mut Interner,
) -> Result<Vec<Shared>, Unusual> {
    let mut tags = Tags::new(source, most);
    let mut strings = Vec::new();
    let mut written = String::new();
    let (mut open, mut claimed) = (false, 0);
    tags.begin()?;
    while let Some(token) = tags.next()? {
        match token.name() {
            b"sst" => {
                open = !token.closed();
                claimed = claim(token)?;
            }
            b"si" if open => {
                written.clear();
                let mut struck = false;
                if !token.closed() {
                    let begin = tags.position();
                    struck = string(&mut tags, b"/si", &mut written)?;
                    if tags.position() - begin > record_most {
                        return Err(Unusual);
                    }
                }
                strings.push(Shared::of(&written, struck, texts));
            }
            b"/sst" => open = false,
            b"extLst" | b"/extLst" => {}
            _ => return Err(Unusual),
        }
    }
    // No room is made for what is claimed here, but the guard refuses such a claim.
    match open || (claimed > 1_000 && claimed > tags.position() / 4) {
        true => Err(Unusual),
        false => Ok(strings),
    }
}

/// How many strings the table says there are.
fn claim(token: Token<'_>) -> Result<u64, Unusual> {
    let mut claimed = Some(0);
    token.attributes(|name, value| {
        if name == b"uniqueCount" {
            claimed = std::str::from_utf8(value).ok().and_then(|n| n.parse().ok());
        }
    })?;
    claimed.ok_or(Unusual)
}

/// Adds the text of a string element up to its end: runs are joined, phonetic hints and what is
/// struck through left out. True if anything struck through was.
pub(super) fn string(
    tags: &mut Tags<impl Read>,
    closing: &[u8],
    out: &mut String,
) -> Result<bool, Unusual> {
    let (mut phonetic, mut strikes, mut left_out) = (false, false, false);
    loop {
        let token = tags.expect()?;
        match token.name() {
            name if name == closing => return Ok(left_out),
            b"t" if token.closed() => {}
            b"t" => {
                let preserved = preserves(token)?;
                let token = tags.expect()?;
                if token.name() != b"/t" {
                    return Err(Unusual);
                }
                if strikes {
                    left_out |= !token.text.trim_ascii().is_empty();
                } else if !phonetic {
                    append(token.text, preserved, out)?;
                }
            }
            b"rPh" => phonetic = !token.closed(),
            b"/rPh" => phonetic = false,
            b"r" | b"/r" => strikes = false,
            b"strike" => {
                strikes = true;
                token.attributes(|name, value| {
                    strikes &= name != b"val" || truth(value);
                })?;
            }
            // Properties of runs have no text.
            name if name.contains(&b':') || matches!(name, b"si" | b"is" | b"c" | b"row") => {
                return Err(Unusual);
            }
            _ => {}
        }
    }
}

fn preserves(token: Token<'_>) -> Result<bool, Unusual> {
    let mut preserved = false;
    token.attributes(|name, value| preserved |= name == b"xml:space" && value == b"preserve")?;
    Ok(preserved)
}

fn append(written: &[u8], preserved: bool, out: &mut String) -> Result<(), Unusual> {
    let start = out.len();
    decode(written, out)?;
    if !preserved {
        let blank = [' ', '\t', '\r', '\n'];
        let text = &out[start..];
        let before = text.len() - text.trim_start_matches(blank).len();
        out.truncate(out.trim_end_matches(blank).len().max(start + before));
        out.replace_range(start..start + before, "");
    }
    Ok(())
}

/// Adds text with its entities resolved and its line ends made uniform, as XML has it.
pub(super) fn decode(written: &[u8], out: &mut String) -> Result<(), Unusual> {
    let text = std::str::from_utf8(written).map_err(|_| Unusual)?;
    // Excel writes control characters as _x000D_: rare enough to leave to calamine.
    if memchr::memmem::find_iter(written, b"_x").any(|at| escaped(&written[at + 2..])) {
        return Err(Unusual);
    }
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if written_return(text, rest) {
            out.push('\n');
            rest = rest.strip_prefix('\n').unwrap_or(rest);
            continue;
        }
        let (name, behind) = rest.split_once(';').ok_or(Unusual)?;
        out.push(entity(name).ok_or(Unusual)?);
        rest = behind;
    }
    out.push_str(rest);
    Ok(())
}

/// True for the rest of an escape: four digits and a stroke.
fn escaped(rest: &[u8]) -> bool {
    let digits = rest.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    digits >= 4 && rest.get(4) == Some(&b'_')
}

/// True if the character before the rest of the text is a carriage return.
fn written_return(text: &str, rest: &str) -> bool {
    text[..text.len() - rest.len()].ends_with('\r')
}

fn entity(name: &str) -> Option<char> {
    let code = |digits: &str, radix| {
        let code = u32::from_str_radix(digits, radix).ok()?;
        char::from_u32(code).filter(|&c| c != '\0')
    };
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')?.strip_prefix('x') {
            Some(hex) => code(hex, 16),
            None => code(&name[1..], 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Option<Vec<String>> {
        let mut texts = Interner::default();
        let strings = shared(xml.as_bytes(), 1 << 20, 1 << 20, &mut texts).ok()?;
        let shown = |s: &Shared| {
            s.text
                .map_or(String::new(), |sym| texts.resolve(sym).to_owned())
        };
        Some(strings.iter().map(shown).collect())
    }

    #[test]
    fn runs_join_hints_go_and_blanks_stay_where_preserved() {
        let xml = "<sst uniqueCount=\"9\"><si><t> 甲\n</t></si><si><t xml:space=\"preserve\"> 乙</t></si>\
                   <si><r><rPr><b/></rPr><t>丙</t></r><r><t>&lt;&#19969;&#x4E01;\r\n戊</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>\
                   <si/><si><t/></si></sst>";
        let expected = ["甲", " 乙", "丙<丁丁\n戊", "", ""].map(String::from);
        assert_eq!(read(xml), Some(expected.to_vec()));
    }

    #[test]
    fn what_is_not_plain_is_left_to_calamine() {
        for inner in [
            "<si><t>a_x000D_b</t></si>",
            "<si><t>&other;</t></si>",
            "<si><t>&#0;</t></si>",
            "<si><t><![CDATA[a]]></t></si>",
            "<si><t>a<b/></t></si>",
            "<si><t>a</t>",
        ] {
            assert_eq!(read(&format!("<sst>{inner}</sst>")), None, "{inner}");
        }
        assert_eq!(read("<x:sst><x:si/></x:sst>"), None);
    }
}
