//! The steps that all of parsing is made of: looking at the next token, taking it, telling that
//! something else was expected.

use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::grammar_messages;
use crate::syntax::mistake::Mistake;
use crate::syntax::parse::{Parsed, Parser, Told};
use crate::syntax::spelling;
use crate::syntax::spelling::Keyword;
use crate::syntax::token::TokenKind;
use std::ops::Range;
use zicha_model::diag::codes;

impl Parser<'_> {
    pub(crate) fn end_of_clause(&mut self) -> Parsed<()> {
        if self.at_end() || *self.peek(0) == TokenKind::Symbol(";") {
            return Ok(());
        }
        self.unexpected(grammar_messages::an_end())
    }

    /// Behind the next `;` outside brackets.
    pub(crate) fn skip_clause(&mut self) {
        while !self.at_end() && *self.peek(0) != TokenKind::Symbol(";") {
            self.at += 1;
        }
        self.depth = 0;
    }

    pub(crate) fn at_end(&self) -> bool {
        *self.peek(0) == TokenKind::End
    }

    /// The token `ahead` of the next one.
    pub(crate) fn peek(&self, ahead: usize) -> &TokenKind {
        let index = (self.at + ahead).min(self.tokens.len() - 1);
        &self.tokens[index].kind
    }

    /// Takes the next token whatever it is.
    pub(crate) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    /// Place of the next token.
    pub(crate) fn here(&self) -> Range<usize> {
        self.tokens[self.at].span.clone()
    }

    /// Place of the last token taken.
    pub(crate) fn before(&self) -> Range<usize> {
        self.tokens[self.at.saturating_sub(1)].span.clone()
    }

    /// The keyword that stands `ahead`.
    pub(crate) fn keyword(&self, ahead: usize) -> Option<Keyword> {
        match self.peek(ahead) {
            TokenKind::Word(word) => spelling::keyword(word),
            TokenKind::Symbol("=>") => Some(Keyword::Implies),
            _ => None,
        }
    }

    pub(crate) fn take(&mut self, keyword: Keyword) -> bool {
        let found = self.keyword(0) == Some(keyword);
        if found {
            self.advance();
        }
        found
    }

    pub(crate) fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(0), TokenKind::Symbol(s) if *s == symbol);
        if found {
            self.advance();
        }
        found
    }

    pub(crate) fn expect(&mut self, keyword: Keyword) -> Parsed<()> {
        if self.take(keyword) {
            return Ok(());
        }
        self.unexpected(grammar_messages::the_keyword(keyword))
    }

    pub(crate) fn expect_symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.take_symbol(symbol) {
            return Ok(());
        }
        self.unexpected(grammar_messages::the_symbol(symbol))
    }

    /// Tells that something else was expected here.
    pub(crate) fn unexpected<T>(&mut self, expected: String) -> Parsed<T> {
        let found = grammar_messages::token(self.peek(0));
        let span = self.here();
        self.fail(grammar_messages::unexpected(&expected, &found), None, span)
    }

    /// Tells a mistake and gives the clause up.
    pub(crate) fn fail<T>(
        &mut self,
        message: String,
        hint: Option<String>,
        span: Range<usize>,
    ) -> Parsed<T> {
        self.mistakes.push(Mistake {
            code: codes::RULE_SYNTAX,
            message,
            hint,
            span,
        });
        Err(Told)
    }

    /// An expression from `start` to the last token taken.
    pub(crate) fn spanning(&self, start: usize, kind: ExprKind) -> Expr {
        let span = start..self.before().end;
        Expr { kind, span }
    }
}
