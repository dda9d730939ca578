//! Number formats that make a code of a number: `"GX-"00`, `000`, `"收字〔2026〕"000"号"`, `0000年`.
//!
//! Only formats are known that put letters before the digits or fill them up with zeros. What is a
//! quantity (thousands, decimals, per cent, money, units behind) stays the number that is stored,
//! and dates are told elsewhere.

/// One piece of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Text as it stands.
    Literal(String),
    /// A digit; true if a zero stands in for one that is missing.
    Digit(bool),
    /// The text of the cell, or the number as it is.
    Whole,
}

/// What a format shows of numbers and of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberLook {
    number: Option<Vec<Piece>>,
    text: Option<Vec<Piece>>,
}

impl NumberLook {
    /// The look of a format code.
    pub(crate) fn of(code: &str) -> Self {
        let sections = sections(code);
        let at = |index: usize| sections.get(index).and_then(|code| pieces(code));
        let whole = |pieces: &Vec<Piece>| pieces.contains(&Piece::Whole);
        let literal = |pieces: &Vec<Piece>| {
            let mut pieces = pieces.iter();
            pieces.any(|piece| matches!(piece, Piece::Literal(text) if !text.trim().is_empty()))
        };
        let first = at(0);
        let text = if sections.len() == 1 {
            first.clone()
        } else {
            at(3)
        };
        let by_text = text.filter(|pieces| whole(pieces) && literal(pieces));
        // A first section of `@` alone is the format of texts.
        let is_text = code.trim() == "@" || (sections.len() == 1 && code.contains('@'));
        Self {
            number: first.filter(|pieces| !is_text && is_code(pieces)),
            text: by_text,
        }
    }

    /// True if nothing is shown otherwise than it is stored.
    pub(crate) fn is_plain(&self) -> bool {
        self.number.is_none() && self.text.is_none()
    }

    /// What is shown of a number in its shortest form; `None` if that is the number itself.
    pub(crate) fn number(&self, stored: &str) -> Option<String> {
        let pieces = self.number.as_ref()?;
        if stored.is_empty() || !stored.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut digits = stored.bytes().rev().map(char::from);
        let first = pieces
            .iter()
            .position(|piece| matches!(piece, Piece::Digit(_)));
        let mut shown: Vec<String> = Vec::new();
        for (at, piece) in pieces.iter().enumerate().rev() {
            match piece {
                Piece::Literal(text) => shown.push(text.clone()),
                Piece::Whole => shown.push(stored.to_owned()),
                Piece::Digit(zero) => {
                    let digit = digits.next().or(zero.then_some('0'));
                    shown.extend(digit.map(String::from));
                    // More digits than places stand before the first of them.
                    if Some(at) == first {
                        shown.extend(digits.by_ref().map(String::from));
                    }
                }
            }
        }
        shown.reverse();
        Some(shown.concat())
    }

    /// What is shown of a text; `None` if that is the text itself.
    pub(crate) fn text(&self, stored: &str) -> Option<String> {
        let pieces = self.text.as_ref()?;
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.as_str(),
            Piece::Whole => stored,
            Piece::Digit(_) => "",
        });
        Some(shown.collect())
    }
}

/// True for letters before the digits, or digits filled up with zeros.
fn is_code(pieces: &[Piece]) -> bool {
    const MONEY: [char; 6] = ['¥', '￥', '$', '€', '£', '元'];
    let zeros = pieces
        .iter()
        .filter(|piece| **piece == Piece::Digit(true))
        .count();
    let Some(Piece::Literal(before)) = pieces.first() else {
        return zeros > 1;
    };
    let is_money = before.contains(MONEY);
    let has_digits = pieces
        .iter()
        .any(|piece| !matches!(piece, Piece::Literal(_)));
    has_digits && !is_money && (before.chars().any(char::is_alphanumeric) || zeros > 1)
}

/// The sections of a format: for numbers above, below and at zero, and for texts.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        match c {
            ';' if !quoted && !escaped => sections.push(String::new()),
            c => {
                quoted ^= c == '"' && !escaped;
                escaped = c == '\\' && !escaped && !quoted;
                if let Some(section) = sections.last_mut() {
                    section.push(c);
                }
            }
        }
    }
    sections
}

/// The pieces of a section; `None` if it shows a quantity, a date or anything else.
fn pieces(code: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let code = code.replace("General", "@").replace("G/通用格式", "@");
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let piece = match c {
            '"' => {
                literal.extend(chars.by_ref().take_while(|&c| c != '"'));
                continue;
            }
            '\\' => {
                literal.extend(chars.next());
                continue;
            }
            // Blanks as wide as another character, and filling: no text.
            '_' | '*' => {
                chars.next();
                continue;
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                if inner.starts_with(['$', '<', '>', '=', 'h', 'm', 's']) {
                    return None;
                }
                continue;
            }
            '0' => Piece::Digit(true),
            '#' => Piece::Digit(false),
            '@' => Piece::Whole,
            '-' | '/' | '(' | ')' | ' ' | ':' | '+' => {
                literal.push(c);
                continue;
            }
            c if !c.is_ascii() => {
                literal.push(c);
                continue;
            }
            _ => return None,
        };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.push(piece);
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_shown_with_their_letters_and_zeros() {
        for (code, stored, shown) in [
            ("\"GX-\"00", "8", Some("GX-08")),
            ("000", "7", Some("007")),
            ("000", "12345", Some("12345")),
            ("\"收字〔2026〕\"000\"号\"", "15", Some("收字〔2026〕015号")),
            ("0000年", "2026", Some("2026年")),
            ("000\\-0000", "1234567", Some("123-4567")),
            ("\"第\"General\"号\"", "3", Some("第3号")),
            ("第0号;;;@", "3", Some("第3号")),
            ("0", "8", None),
            ("General", "8", None),
            ("#,##0", "1200", None),
            ("0.00", "8", None),
            ("0%", "8", None),
            ("\"¥\"0", "8", None),
            ("0\"份\"", "8", None),
            ("yyyy\"年\"m\"月\"", "46086", None),
            ("[$-804]yyyy年", "46086", None),
            ("0_ ", "8", None),
            ("@", "8", None),
        ] {
            assert_eq!(
                NumberLook::of(code).number(stored).as_deref(),
                shown,
                "{code}"
            );
        }
        assert_eq!(NumberLook::of("000").number("1.5"), None);
    }

    #[test]
    fn texts_are_shown_with_what_the_format_puts_around_them() {
        let text = |code: &str| NumberLook::of(code).text("08");
        assert_eq!(text("\"GX-\"@").as_deref(), Some("GX-08"));
        assert_eq!(text("0;0;0;\"甲\"@").as_deref(), Some("甲08"));
        for plain in ["@", "General", "0;0;0;@", "0"] {
            assert_eq!(text(plain), None, "{plain}");
        }
    }
}
