//! Texts made fit for the page.
//!
//! What enters: the strings of a document, with whatever people typed into their ledgers. What
//! leaves: the same strings without invisible controls, with every character that no face has
//! written as its code (a box would hide what was there), and with places where a long run may
//! break. Nothing here is markup: typst receives it as data.

use serde_json::Value;
use std::collections::BTreeSet;

/// Runs without a natural break up to this length stay whole: dates, ids, numbers.
const WHOLE: usize = 14;
/// Longer runs may break after so many characters.
const STEP: usize = 6;
/// An invisible place to break a line.
const BREAK: char = '\u{200B}';

/// Mends every string of a value in place. Characters that `covers` refuses are written as their
/// codes and collected in `missing`.
pub(super) fn mend(value: &mut Value, covers: &dyn Fn(char) -> bool, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => *text = breakable(&literal(text, covers, missing)),
        Value::Array(items) => items.iter_mut().for_each(|v| mend(v, covers, missing)),
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                if key != "svg" {
                    mend(value, covers, missing);
                }
            }
        }
        _ => {}
    }
}

/// The text as it can be printed.
fn literal(text: &str, covers: &dyn Fn(char) -> bool, missing: &mut BTreeSet<char>) -> String {
    let mut literal = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => literal.push('\n'),
            '\t' | '\u{A0}' => literal.push(' '),
            _ if is_invisible(character) => {}
            _ if covers(character) && !is_private(character) => literal.push(character),
            _ => {
                missing.insert(character);
                literal.push_str(&format!("[{}]", code(character)));
            }
        }
    }
    literal
}

/// `U+1F600`.
pub(super) fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Controls, direction overrides, joiners and variation selectors: they print nothing and may turn
/// the line around.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
        || u32::from(character) & 0xFFFE == 0xFFFE
}

/// Private characters mean something else on every machine; PDF/A refuses them.
fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// Long runs without a space or hanzi get places to break, so that no cell overflows.
fn breakable(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if is_glued(character) {
            run.push(character);
        } else {
            flush(&mut run, &mut broken);
            broken.push(character);
        }
    }
    flush(&mut run, &mut broken);
    broken
}

/// True for characters between which a line does not break by itself.
fn is_glued(character: char) -> bool {
    !character.is_whitespace() && character < '\u{2E80}' && !matches!(character, '—' | '…')
        || is_closing(character)
}

/// True for punctuation that never begins a line.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '”' | '》' | '〉'
    )
}

/// A long run may break after its punctuation, so that the ids of a list stay whole; a part of it
/// that is still too long, anywhere.
fn flush(run: &mut String, broken: &mut String) {
    let characters: Vec<char> = run.chars().collect();
    if characters.len() <= WHOLE {
        broken.push_str(run);
    } else {
        let parts = characters.chunk_by(|a, b| !is_closing(*a) || is_closing(*b));
        let step = |part: &[char]| if part.len() <= WHOLE { WHOLE } else { STEP };
        let pieces = parts.flat_map(|part| part.chunks(step(part)));
        for (index, piece) in pieces.enumerate() {
            if index > 0 {
                broken.push(BREAK);
            }
            broken.extend(piece);
        }
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mended(text: &str) -> (String, String) {
        let mut value = json!([text]);
        let mut missing = BTreeSet::new();
        mend(&mut value, &|c| c < '\u{F8FF}', &mut missing);
        let text = value[0].as_str().unwrap_or_default().to_owned();
        (text, missing.into_iter().collect())
    }

    #[test]
    fn markup_and_formulas_stay_as_typed() {
        for text in ["#panic()", "$x$", "<script>", "=1+1", "*粗*", "@a", "a\nb"] {
            assert_eq!(mended(text), (text.to_owned(), String::new()));
        }
    }

    #[test]
    fn what_would_turn_or_hide_text_is_taken_out() {
        assert_eq!(mended("a\u{202E}b\0c\u{FEFF}d\u{FFFF}e\tf").0, "abcde f");
    }

    #[test]
    fn a_character_without_a_glyph_is_written_as_its_code_and_told() {
        assert_eq!(mended("喜😀").0, "喜[U+1F600]");
        assert_eq!(mended("喜😀").1, "😀");
        assert_eq!(mended("\u{E123}").0, "[U+E123]");
    }

    #[test]
    fn dates_stay_whole_and_endless_runs_may_break() {
        assert_eq!(
            mended("收字〔2026〕15号 2026-03-05").0,
            "收字〔2026〕15号 2026-03-05"
        );
        assert_eq!(
            mended("DOC-022、DOC-023、DOC-025").0,
            "DOC-022、\u{200B}DOC-023、\u{200B}DOC-025"
        );
        for endless in ["x", "、"] {
            let long = mended(&endless.repeat(5000)).0;
            let longest = long.split(BREAK).map(|part| part.chars().count()).max();
            assert_eq!(longest, Some(STEP));
        }
    }

    #[test]
    fn charts_are_left_alone() {
        let mut value = json!({"svg": "<svg>\u{202E}</svg>"});
        mend(&mut value, &|_| false, &mut BTreeSet::new());
        assert_eq!(value["svg"], "<svg>\u{202E}</svg>");
    }
}
