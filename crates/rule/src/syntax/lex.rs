//! Text of a rule → tokens with their places.
//!
//! Full-width punctuation is read like its ASCII counterpart, so that a rule may be typed with a
//! Chinese input method. A character that belongs nowhere is told, and reading goes on.

use crate::syntax::grammar_messages;
use crate::syntax::mistake::Mistake;
use crate::syntax::token::{Token, TokenKind};
use zicha_model::diag::codes;
use zicha_model::time::Day;

/// Operators and punctuation, longer ones first, with the spellings that mean the same.
const SYMBOLS: &[(&str, &[&str])] = &[
    ("=>", &["=>", "⇒", "＝＞"]),
    ("==", &["==", "＝＝", "＝", "="]),
    ("!=", &["!=", "≠", "！＝", "<>"]),
    ("<=", &["<=", "≤", "＜＝"]),
    (">=", &[">=", "≥", "＞＝"]),
    ("<", &["<", "＜"]),
    (">", &[">", "＞"]),
    ("(", &["(", "（"]),
    (")", &[")", "）"]),
    ("{", &["{", "｛"]),
    ("}", &["}", "｝"]),
    ("[", &["[", "［"]),
    ("]", &["]", "］"]),
    (",", &[",", "，", "、"]),
    (";", &[";", "；"]),
    (":", &[":", "："]),
    (".", &[".", "．"]),
    ("?", &["?", "？"]),
    ("+", &["+", "＋"]),
    ("-", &["-", "－"]),
];

/// Opening and closing quotes of text, then of names.
const QUOTES: &[(char, char, bool)] = &[
    ('\'', '\'', true),
    ('"', '"', true),
    ('“', '”', true),
    ('‘', '’', true),
    ('《', '》', false),
    ('「', '」', false),
];

/// Splits a rule into tokens; the last one is [`TokenKind::End`].
pub(crate) fn tokens(text: &str, mistakes: &mut Vec<Mistake>) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        mistakes,
    };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token() {
        tokens.push(token);
    }
    tokens.push(Token {
        kind: TokenKind::End,
        span: text.trim_end().len()..text.trim_end().len(),
    });
    tokens
}

struct Lexer<'t, 'm> {
    text: &'t str,
    at: usize,
    mistakes: &'m mut Vec<Mistake>,
}

impl<'t> Lexer<'t, '_> {
    fn token(&mut self) -> Option<Token> {
        loop {
            self.skip_blank();
            let start = self.at;
            let first = self.rest().chars().next()?;
            let kind = if first == '$' || first == '＄' {
                self.parameter(first)
            } else if first.is_ascii_digit() {
                Some(self.number())
            } else if is_name_start(first) {
                Some(TokenKind::Word(self.name().to_owned()))
            } else if let Some(quote) = QUOTES.iter().find(|q| q.0 == first) {
                self.quoted(*quote)
            } else {
                self.symbol(first)
            };
            if let Some(kind) = kind {
                let span = start..self.at;
                return Some(Token { kind, span });
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Blanks, line breaks and `# …` to the end of the line.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            if !self.rest().starts_with('#') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn name(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn parameter(&mut self, sign: char) -> Option<TokenKind> {
        let start = self.at;
        self.at += sign.len_utf8();
        if let Some(quote) = QUOTES.iter().find(|q| !q.2 && self.rest().starts_with(q.0)) {
            return match self.quoted(*quote)? {
                TokenKind::Title(label) => Some(TokenKind::Parameter(label)),
                other => Some(other),
            };
        }
        let name = self.name();
        if name.is_empty() {
            self.tell(grammar_messages::parameter_without_name(), None, start);
            return None;
        }
        Some(TokenKind::Parameter(name.to_owned()))
    }

    /// `31`, `2.5`, `17:30`, `2026-01-01`.
    fn number(&mut self) -> TokenKind {
        let rest = self.rest();
        if let Some(day) = rest.get(..10).and_then(Day::parse) {
            self.at += 10;
            return TokenKind::Date(day.0);
        }
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if let Some((minutes, length)) = time_of_day(rest, digits) {
            self.at += length;
            return TokenKind::Time(minutes);
        }
        let start = self.at;
        if let Some(length) = with_points(rest, digits) {
            self.at += length;
            return self.decimal(&rest[..length], start);
        }
        self.at += digits;
        let Ok(number) = rest[..digits].parse() else {
            self.tell(grammar_messages::number_too_large(), None, start);
            return TokenKind::Integer(0);
        };
        TokenKind::Integer(number)
    }

    /// A number with a point in it; with two it is a date in another form.
    fn decimal(&mut self, written: &str, start: usize) -> TokenKind {
        let written = written.replace('．', ".");
        let parts: Vec<_> = written.split('.').collect();
        let [whole, rest] = parts[..] else {
            self.tell(
                grammar_messages::no_date(&written),
                Some(grammar_messages::date_form()),
                start,
            );
            return TokenKind::Date(0);
        };
        if rest.len() > 3 {
            self.tell(grammar_messages::too_many_decimals(), None, start);
            return TokenKind::Decimal(0);
        }
        let Ok(number) = format!("{whole}{rest:0<3}").parse() else {
            self.tell(grammar_messages::number_too_large(), None, start);
            return TokenKind::Decimal(0);
        };
        TokenKind::Decimal(number)
    }

    fn quoted(&mut self, (open, close, text): (char, char, bool)) -> Option<TokenKind> {
        let start = self.at;
        let inner = &self.rest()[open.len_utf8()..];
        let line = inner.find('\n').unwrap_or(inner.len());
        let Some(end) = inner[..line].find(close) else {
            self.at += open.len_utf8() + line;
            self.tell(grammar_messages::quote_not_closed(close), None, start);
            return None;
        };
        self.at += open.len_utf8() + end + close.len_utf8();
        let inner = inner[..end].to_owned();
        Some(if text {
            TokenKind::Text(inner)
        } else {
            TokenKind::Title(inner)
        })
    }

    fn symbol(&mut self, first: char) -> Option<TokenKind> {
        let rest = self.rest();
        for (symbol, spellings) in SYMBOLS {
            if let Some(spelling) = spellings.iter().find(|s| rest.starts_with(**s)) {
                let start = self.at;
                self.at += spelling.len();
                if matches!(*spelling, "=" | "＝") {
                    self.tell(
                        grammar_messages::single_equals(),
                        Some(grammar_messages::use_two_equals()),
                        start,
                    );
                }
                return Some(TokenKind::Symbol(symbol));
            }
        }
        let start = self.at;
        let stray = foreign(rest).unwrap_or(&rest[..first.len_utf8()]);
        self.at += stray.len();
        self.tell(
            grammar_messages::stray(stray),
            grammar_messages::instead_of(first),
            start,
        );
        // What was meant is plain, so that reading goes on without a second mistake.
        match first {
            '&' => Some(TokenKind::Word("and".to_owned())),
            '|' => Some(TokenKind::Word("or".to_owned())),
            _ => None,
        }
    }

    fn tell(&mut self, message: String, hint: Option<String>, start: usize) {
        self.mistakes.push(Mistake {
            code: codes::RULE_SYNTAX,
            message,
            hint,
            span: start..self.at.max(start),
        });
    }
}

/// An operator of other languages at the start of a text.
fn foreign(text: &str) -> Option<&'static str> {
    ["&&", "||"]
        .into_iter()
        .find(|known| text.starts_with(known))
}

/// The length of digits with points between them at the start of `rest`; `None` without a point.
fn with_points(rest: &str, digits: usize) -> Option<usize> {
    let mut length = digits;
    while let Some(point) = rest[length..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '．'))
    {
        let after = &rest[length + point.len_utf8()..];
        let more = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        if more == 0 {
            break;
        }
        length += point.len_utf8() + more;
    }
    (length > digits).then_some(length)
}

/// Minutes of `17:30` at the start of `rest` and its length.
fn time_of_day(rest: &str, digits: usize) -> Option<(i32, usize)> {
    let minute = rest.get(digits + 1..digits + 3)?;
    let after = rest[digits + 3..].chars().next();
    let shaped = digits <= 2
        && rest[digits..].starts_with(':')
        && minute.bytes().all(|b| b.is_ascii_digit())
        && !after.is_some_and(|c| c.is_ascii_digit());
    let (hour, minute): (i32, i32) = (rest[..digits].parse().ok()?, minute.parse().ok()?);
    (shaped && hour < 24 && minute < 60).then_some((hour * 60 + minute, digits + 3))
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
