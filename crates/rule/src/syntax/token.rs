//! The tokens of a rule.

use std::ops::Range;

/// A token and its byte range.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

/// The kinds of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A name or keyword.
    Word(String),
    /// A name in 《》 or 「」, for labels that hold brackets or spaces.
    Title(String),
    /// Text in quotes.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal, thousandths.
    Decimal(i64),
    /// A time of day, minutes.
    Time(i32),
    /// A day.
    Date(i32),
    /// `$name`.
    Parameter(String),
    /// Punctuation or an operator, in its ASCII form.
    Symbol(&'static str),
    /// The end of the text.
    End,
}
