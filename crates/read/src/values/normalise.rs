//! Spellings made comparable: full and half width, blanks, line breaks, brackets, punctuation.
//!
//! What enters: text as clerks write it. What leaves: keys for headings ([`heading`], [`loose`]),
//! the comparable form of cells ([`text`]) and the plain form that parsers read ([`plain`]).

use crate::values::lookalikes::{self, MIDDLE_DOT, is_unseen};
use std::borrow::Cow;

/// Brackets of all kinds that notes and units stand in, opening and closing.
const BRACKETS: [(char, char); 8] = [
    ('(', ')'),
    ('[', ']'),
    ('【', '】'),
    ('〔', '〕'),
    ('〈', '〉'),
    ('<', '>'),
    ('{', '}'),
    ('「', '」'),
];

/// A full-width letter, digit or sign as its half-width twin; an ideographic blank as a blank; a
/// character that looks like another one as that.
pub fn fold(c: char) -> char {
    match c {
        '\0'..='\u{9F}' | '\u{4E00}'..='\u{D7FF}' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        // The last is a letter of Korean that fills a place.
        '\u{3000}' | '\u{A0}' | '\u{3164}' => ' ',
        _ => lookalikes::twin(c),
    }
}

/// True for Chinese characters and their punctuation: blanks beside them mean nothing.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{E000}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// True for a text that is as long as names are, and all of it Chinese: 王五, 欧阳小禾.
pub(crate) fn is_short_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(is_cjk)
}

/// The characters of a text that people see; Roman numerals that are one character in letters.
fn seen(text: &str) -> Cow<'_, str> {
    // Nearly all texts need no writing anew: the first bytes of what goes are rare.
    let begins = |byte: u8| {
        matches!(
            byte,
            0..0x20 | 0x7F | 0xC2 | 0xCD | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF3
        )
    };
    if !text.bytes().any(begins) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_unseen(c)) {
        if !lookalikes::roman(c, &mut out) {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Half width, trimmed, runs of blanks as one blank: what parsers of values read.
pub fn plain(text: &str) -> String {
    let seen = seen(text);
    let mut out = String::with_capacity(text.len());
    for c in seen.chars().map(fold) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Half width without any blanks, lower case: how enumeration words and names are compared.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let seen = seen(text);
    let folded = seen.chars().map(fold);
    for c in folded.filter(|c| !c.is_whitespace()) {
        // Nearly all are Chinese or ASCII, which need no look into the tables.
        match c {
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ if is_cjk(c) => out.push(c),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The key of a heading: [`squeezed`], without the stars and colons of form fields.
pub fn heading(text: &str) -> String {
    let squeezed = squeezed(text);
    squeezed
        .trim_start_matches(['*', '※'])
        .trim_end_matches(['*', ':'])
        .to_owned()
}

/// The keys of a heading with punctuation ignored: once without what stands in brackets, once
/// with it. Both are the same for a heading without brackets.
pub fn loose(text: &str) -> [String; 2] {
    let key = heading(text);
    let bare = letters(&without_brackets(&key));
    let full = letters(&key);
    if bare.is_empty() {
        [full.clone(), full]
    } else {
        [bare, full]
    }
}

/// Letters, digits and Chinese characters only.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What stands in the first brackets of a text that is more than these, comparable.
pub fn bracketed(text: &str) -> Option<String> {
    if !text.contains(['(', '（', '[', '［', '【', '〔']) {
        return None;
    }
    let text = plain(text);
    let (before, rest) = text.split_once(['(', '[', '【', '〔'])?;
    let (inside, behind) = rest.split_once([')', ']', '】', '〕'])?;
    let more = !before.trim().is_empty() || !behind.trim().is_empty();
    more.then(|| inside.trim().to_owned())
}

/// Drops every bracket with what stands in it. An unclosed bracket drops the rest.
pub fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut closing: Vec<char> = Vec::new();
    for c in text.chars() {
        let c = if matches!(c, '（' | '）' | '［' | '］') {
            fold(c)
        } else {
            c
        };
        if let Some(&(_, close)) = BRACKETS.iter().find(|(open, _)| *open == c) {
            closing.push(close);
        } else if closing.last() == Some(&c) {
            closing.pop();
        } else if closing.is_empty() {
            out.push(c);
        }
    }
    out
}

/// The comparable form of a text cell: letters, digits and brackets in half width, blanks beside
/// Chinese characters dropped, the year of a document number in 〔〕 however it was bracketed.
/// Chinese punctuation stays, since people read this form in reports; dashes of codes are one, and so
/// are the dots of names.
pub fn text(text: &str) -> String {
    let mut chars: Vec<char> = seen(text).trim().chars().map(narrow).collect();
    join_marks(&mut chars);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some(year) = bracketed_year(&chars[at..]) {
            out.extend(['〔'].into_iter().chain(year).chain(['〕']));
            at += 6;
        } else if chars[at].is_whitespace() {
            at = blank(&chars, at, &mut out);
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// A full stop between Chinese characters is the dot of a name; a long dash alone beside a letter or
/// digit is the dash of a code.
fn join_marks(chars: &mut [char]) {
    let at = |chars: &[char], at: Option<usize>| at.and_then(|at| chars.get(at)).copied();
    for here in 0..chars.len() {
        let before = at(chars, here.checked_sub(1));
        let after = at(chars, Some(here + 1));
        let code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let ideograph = |c: Option<char>| c.is_some_and(|c| is_cjk(c) && c.is_alphabetic());
        match chars[here] {
            '.' if ideograph(before) && ideograph(after) => chars[here] = MIDDLE_DOT,
            c if lookalikes::is_long_dash(c) => {
                let alone = [before, after]
                    .iter()
                    .flatten()
                    .all(|&c| !lookalikes::is_long_dash(c));
                if alone && before.is_some() && after.is_some() && (code(before) || code(after)) {
                    chars[here] = '-';
                }
            }
            _ => {}
        }
    }
}

/// True if [`text`] would leave the text as it is and it says something; may be false for more.
/// Most cells are of this kind, and looking at them is much cheaper than writing them anew.
pub fn is_normal(text: &str) -> bool {
    let plain = |c: char| {
        let opens = BRACKETS.iter().any(|&(open, _)| open == c) && c != '〔';
        let marks = lookalikes::is_long_dash(c) || matches!(c, '\u{2160}'..='\u{217F}');
        let odd = opens || marks || lookalikes::is_private(c);
        !(c.is_whitespace() || is_unseen(c) || odd) && narrow(c) == c
    };
    let no_dot = || text.is_ascii() || !text.contains('.');
    text.len() > '无'.len_utf8() && text.chars().all(plain) && no_dot() && !is_dash(text)
}

/// Passes over a run of blanks, writing one if it parts two Latin words.
fn blank(chars: &[char], mut at: usize, out: &mut String) -> usize {
    while chars.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    let parts_words = |c: Option<char>| c.is_some_and(|c| !is_cjk(c));
    if parts_words(out.chars().last()) && parts_words(chars.get(at).copied()) {
        out.push(' ');
    }
    at
}

/// As [`fold`], leaving the punctuation of Chinese sentences alone.
fn narrow(c: char) -> char {
    match c {
        '，' | '；' | '：' | '！' | '？' => c,
        _ => fold(c),
    }
}

/// The digits of `[2026]` where a document's number follows.
fn bracketed_year(chars: &[char]) -> Option<[char; 4]> {
    let [open, a, b, c, d, close, next, ..] = *chars else {
        return None;
    };
    let paired = BRACKETS.contains(&(open, close));
    let year = [a, b, c, d];
    let digits = year.iter().all(char::is_ascii_digit) && matches!((a, b), ('1', '9') | ('2', '0'));
    (paired && digits && (next.is_ascii_digit() || next == '第')).then_some(year)
}

/// Writes Chinese numerals as Arabic ones: `二〇二六` → `2026`, `十二` → `12`, `廿一` → `21`.
pub fn arabic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<Numeral> = Vec::new();
    for c in text.chars() {
        match numeral(c, !run.is_empty()) {
            Some(numeral) => run.push(numeral),
            None => {
                flush(&mut run, &mut out);
                out.push(c);
            }
        }
    }
    flush(&mut run, &mut out);
    out
}

/// A Chinese digit, or a power of ten that the digit before it counts.
#[derive(Clone, Copy)]
enum Numeral {
    Digit(u64),
    Power(u64),
    Tens(u64),
}

/// Reads one numeral. `inside` a run the letter O stands for zero, as in 二O二六.
fn numeral(c: char, inside: bool) -> Option<Numeral> {
    use Numeral::{Digit, Power, Tens};
    Some(match c {
        '〇' | '零' | '○' => Digit(0),
        'O' | 'o' | '0' if inside => Digit(0),
        '一' | '壹' => Digit(1),
        '二' | '贰' | '两' => Digit(2),
        '三' | '叁' => Digit(3),
        '四' | '肆' => Digit(4),
        '五' | '伍' => Digit(5),
        '六' | '陆' => Digit(6),
        '七' | '柒' => Digit(7),
        '八' | '捌' => Digit(8),
        '九' | '玖' => Digit(9),
        '十' | '拾' => Power(10),
        '百' | '佰' => Power(100),
        '千' | '仟' => Power(1000),
        '廿' => Tens(20),
        '卅' => Tens(30),
        _ => return None,
    })
}

/// Writes the number that a run of numerals stands for.
fn flush(run: &mut Vec<Numeral>, out: &mut String) {
    if run.is_empty() {
        return;
    }
    if run.iter().all(|n| matches!(n, Numeral::Digit(_))) {
        for numeral in run.drain(..) {
            if let Numeral::Digit(digit) = numeral {
                out.push_str(&digit.to_string());
            }
        }
        return;
    }
    let (mut total, mut pending) = (0u64, None);
    for numeral in run.drain(..) {
        match numeral {
            Numeral::Digit(digit) => pending = Some(digit),
            Numeral::Power(power) => {
                total = total.saturating_add(pending.take().unwrap_or(1).saturating_mul(power));
            }
            Numeral::Tens(tens) => total = total.saturating_add(tens),
        }
    }
    out.push_str(&total.saturating_add(pending.unwrap_or(0)).to_string());
}

/// True if a cell says that nothing is entered: a dash, a slash, or the word for it.
pub fn says_nothing(plain: &str) -> bool {
    is_dash(plain) || plain == "无"
}

/// True for the strokes with which clerks fill a cell that has no entry.
pub fn is_dash(plain: &str) -> bool {
    !plain.is_empty()
        && plain
            .chars()
            .all(|c| matches!(c, '-' | '/' | '\\' | '—' | '–' | '―' | '─'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_ignore_width_blanks_and_breaks() {
        assert_eq!(heading(" 收文\n日 期*"), "收文日期");
        assert_eq!(heading("ＩＤ号："), "id号");
        assert_eq!(loose("拟办(批示)人"), ["拟办人", "拟办批示人"]);
        assert_eq!(loose("收/发")[0], "收发");
        assert_eq!(loose("(年)")[0], "年");
    }

    #[test]
    fn text_keeps_what_people_read() {
        assert_eq!(text("张 三"), "张三");
        assert_eq!(text(" Zhang  San "), "Zhang San");
        assert_eq!(text("收字[2026]15号"), "收字〔2026〕15号");
        assert_eq!(text("收字(2026)第15号"), "收字〔2026〕第15号");
        assert_eq!(text("关于甲，乙（试行）"), "关于甲，乙(试行)");
        assert_eq!(text("关于甲——乙"), "关于甲——乙");
    }

    #[test]
    fn what_looks_alike_is_one_text() {
        for (odd, plain) in [
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("阿依古丽．买买提", "阿依古丽·买买提"),
            ("阿依古丽.买买提", "阿依古丽·买买提"),
            ("⽯砺", "石砺"),
            ("GX—01", "GX-01"),
            ("柜–01", "柜-01"),
            ("Ⅱ类", "II类"),
            ("收1\u{FE0F}\u{180E}", "收1"),
            ("\u{E863}", "䶮"),
            ("3.5", "3.5"),
        ] {
            assert_eq!(text(odd), plain, "{odd}");
            assert!(odd == plain || !is_normal(odd), "{odd}");
        }
    }

    #[test]
    fn every_unseen_character_begins_with_a_byte_that_is_looked_at() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        let goes = |c: &char| is_unseen(*c) || matches!(c, '\u{2160}'..='\u{217F}');
        for c in all.filter(goes) {
            assert!(!seen(&c.to_string()).contains(c), "{:x}", c as u32);
        }
    }

    #[test]
    fn what_counts_as_normal_stays_as_it_is() {
        let texts = [
            "收〔2026〕15号",
            "关于甲，乙的通知",
            "收(2026)15号",
            "张 三",
            "ＩＤ",
            "——",
            "无",
            "",
            "A\u{200b}B",
        ];
        let normal = texts.map(is_normal);
        assert_eq!(normal[..2], [true, true]);
        assert_eq!(normal[2..], [false; 7]);
        assert!(texts.iter().all(|t| !is_normal(t) || text(t) == **t));
    }

    #[test]
    fn chinese_numerals_become_arabic() {
        let cases = [
            ("二〇二六年三月五日", "2026年3月5日"),
            ("二O二六年十二月三十一日", "2026年12月31日"),
            ("十月廿一日", "10月21日"),
            ("一百二十份", "120份"),
            ("贰拾", "20"),
        ];
        for (written, meant) in cases {
            assert_eq!(arabic(written), meant);
        }
    }

    #[test]
    fn strokes_say_nothing() {
        for stroke in ["-", "--", "/", "—", "——"] {
            assert!(is_dash(stroke), "{stroke}");
        }
        assert!(!is_dash("一") && !is_dash("") && says_nothing("无"));
    }
}
