//! Text of a rule → tokens ([`lex`]) → clauses ([`ast`], [`parse`]), with both spellings of the language.
//!
//! Nothing here knows a ledger: names are still names. Mistakes carry the byte range in the rule.

pub(crate) mod ast;
pub(crate) mod grammar_messages;
pub(crate) mod lex;
pub(crate) mod mistake;
pub(crate) mod parse;
pub(crate) mod spelling;
pub(crate) mod token;
