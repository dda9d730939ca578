//! Numbers as forms write them: `0.5`, `２`, `一`, `半`, `十五`.

use zicha_model::points::Points;

/// A text in half-width signs, blanks left out, line feeds kept.
pub(crate) fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' if stands_in_numbers(c) => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        c => c,
    };
    let kept = text.chars().filter(|c| *c == '\n' || !c.is_whitespace());
    kept.map(half).collect()
}

/// True for full-width digits and signs of numbers; punctuation of sentences stays as it is.
fn stands_in_numbers(c: char) -> bool {
    matches!(c, '０'..='９' | '．' | '％' | '－' | '／' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The number at the beginning of a text, and how many characters it takes.
pub(crate) fn leading(text: &[char]) -> Option<(Points, usize)> {
    let digits = text
        .iter()
        .take_while(|c| c.is_ascii_digit() || **c == '.')
        .count();
    if digits > 0 && text[0].is_ascii_digit() {
        let written: String = text[..digits].iter().collect();
        let written = written.trim_end_matches('.');
        let number: f64 = written.parse().ok()?;
        return (number < 100_000.0).then(|| (Points::nearest(number), written.chars().count()));
    }
    if text.first() == Some(&'半') {
        return Some((Points::hundredths(50), 1));
    }
    let words = text
        .iter()
        .take_while(|c| chinese_digit(**c).is_some() || **c == '十')
        .count();
    let number = chinese(&text[..words])?;
    Some((Points::from(number), words))
}

/// A whole number below a hundred in Chinese characters.
pub(crate) fn chinese(word: &[char]) -> Option<u32> {
    match word.iter().position(|c| *c == '十') {
        _ if word.is_empty() => None,
        None if word.len() == 1 => chinese_digit(word[0]),
        None => None,
        Some(at) => {
            let tens = match at {
                0 => 1,
                1 => chinese_digit(word[0])?,
                _ => return None,
            };
            let ones = match &word[at + 1..] {
                [] => 0,
                [one] => chinese_digit(*one)?,
                _ => return None,
            };
            Some(tens * 10 + ones)
        }
    }
}

fn chinese_digit(c: char) -> Option<u32> {
    let at = "零一二三四五六七八九".chars().position(|known| known == c);
    let at = at.or_else(|| (c == '两').then_some(2))?;
    u32::try_from(at).ok()
}

/// A cell that is a number of points and nothing else: `4`, `4分`, `4.0`, `（4分）`, `-4`.
pub(crate) fn points(cell: &str) -> Option<Points> {
    let plain = plain(cell);
    let bare = plain.trim_matches(['（', '）', '(', ')', '分', '-', '—', '+', '\n']);
    let chars: Vec<char> = bare.chars().collect();
    let (number, taken) = leading(&chars)?;
    (taken == chars.len()).then_some(number)
}
