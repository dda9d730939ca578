//! Characters that look like others → the one form that names, codes and headings are compared in.
//!
//! Text copied from a PDF holds radicals for ideographs, old programs write rare ideographs as private
//! characters, input methods offer five middle dots: nobody sees a difference.

use unicode_normalization::char::decompose_compatible;

/// The ideographs of the radicals from U+2E80, a blank where there is none.
///
/// Source: `EquivalentUnifiedIdeograph.txt` of the Unicode Character Database, version 14.0.
const RADICALS: &str = "　厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵　旡日月歺母民氵氺灬爫爫丬牛\
    犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑\
    钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// The characters that GBK programs write as U+E815 to U+E864, in order.
///
/// Source: GB 18030, two-byte codes FE50 to FEA0, with the code points that its edition of 2022 gives
/// them; components of characters are replaced by their ideographs as in [`RADICALS`].
const PRIVATE: &str = "厂𠂇𠂉𠃌乙㑳㑇刀㔾龴㖞㘚㘎小心㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠牛𡗗龸𤴔䁖䅟𥫗䌷㓁羊𦍌𢦏䎱\
    䎬聿䏝䓖䙡䙌龹䜣䜩䝼䞍𧾷䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// The middle dot of names.
pub(super) const MIDDLE_DOT: char = '·';

/// What was found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// A character that looks like another one, which it is taken for.
    Twin,
    /// A private character: fonts show anything or nothing for it.
    Private,
}

/// The character that `c` is taken for; itself if it is no look-alike.
pub(super) fn twin(c: char) -> char {
    match c {
        '\u{2E80}'..='\u{2EF3}' => listed(RADICALS, c, '\u{2E80}'),
        '\u{E815}'..='\u{E864}' => listed(PRIVATE, c, '\u{E815}'),
        '\u{2F00}'..='\u{2FD5}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{2F800}'..='\u{2FA1F}'
        | '\u{FE30}'..='\u{FE44}'
        | '\u{FE47}'..='\u{FE6B}' => composed(c),
        '•' | '‧' | '∙' | '⋅' | '・' | '･' | '\u{387}' | '\u{2E31}' => MIDDLE_DOT,
        '‐' | '‑' | '‒' | '−' => '-',
        _ => c,
    }
}

/// True for characters that nobody sees: zero-width and direction controls, selectors of variants,
/// byte order marks, control codes.
pub(super) fn is_unseen(c: char) -> bool {
    match c {
        ' '..='~' | '\u{3000}'..='\u{D7FF}' => false,
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => c.is_control() && !c.is_whitespace(),
    }
}

/// True for dashes that are parts of sentences as well as of codes.
pub(super) fn is_long_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '─' | '━')
}

/// Roman numerals that are one character each, as letters.
pub(super) fn roman(c: char, out: &mut String) -> bool {
    let is_roman = matches!(c, '\u{2160}'..='\u{217F}');
    if is_roman {
        decompose_compatible(c, |letter| out.push(letter));
    }
    is_roman
}

/// True for characters of the private use areas.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// What of a text people cannot tell from another one.
pub(crate) fn odd(written: &str) -> Option<Odd> {
    if written.is_ascii() {
        return None;
    }
    let mut found = None;
    for c in written.chars() {
        if is_private(c) {
            return Some(Odd::Private);
        }
        if twin(c) != c || matches!(c, '\u{2160}'..='\u{217F}') {
            found = Some(Odd::Twin);
        }
    }
    found
}

fn listed(table: &str, c: char, first: char) -> char {
    let at = (c as u32).wrapping_sub(first as u32) as usize;
    let found = table.chars().nth(at);
    found.filter(|twin| !twin.is_whitespace()).unwrap_or(c)
}

/// The one character that a compatibility character stands for.
fn composed(c: char) -> char {
    let (mut only, mut count) = (c, 0);
    decompose_compatible(c, |part| {
        only = part;
        count += 1;
    });
    if count == 1 { only } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_taken_for_what_they_look_like() {
        for (odd, plain) in [
            ('⽯', '石'),
            ('⻢', '马'),
            ('⼈', '人'),
            ('\u{F9DC}', '隆'),
            ('\u{2F800}', '丽'),
            ('\u{E863}', '䶮'),
            ('\u{E815}', '厂'),
            ('•', '·'),
            ('‧', '·'),
            ('・', '·'),
            ('−', '-'),
            ('︵', '('),
            ('石', '石'),
            ('⺀', '⺀'),
            ('①', '①'),
        ] {
            assert_eq!(twin(odd), plain, "{odd}");
        }
        assert_eq!(RADICALS.chars().count(), 0x2EF4 - 0x2E80);
        assert_eq!(PRIVATE.chars().count(), 0xE865 - 0xE815);
    }

    #[test]
    fn what_is_odd_is_told() {
        assert_eq!(odd("石砺"), None);
        assert_eq!(odd("⽯砺"), Some(Odd::Twin));
        assert_eq!(odd("\u{E863}"), Some(Odd::Private));
        assert!(is_unseen('\u{FE0F}') && is_unseen('\u{180E}') && is_unseen('\u{E0101}'));
        assert!(!is_unseen('\n') && !is_unseen('石') && !is_unseen(' '));
    }
}
