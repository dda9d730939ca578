//! Tokens → clauses ([`crate::syntax::ast`]), by recursive descent; expressions are in [`expressions`].
//!
//! Written by hand rather than generated: every place must point into text full of wide characters,
//! all mistakes of a rule are to be told at once (after one, reading goes on behind the next `;`),
//! and each operator has two spellings.

mod expressions;
mod steps;

use crate::syntax::ast::{Binding, Body, Clause, Covered, Expr, For, Name, Query, Source};
use crate::syntax::grammar_messages;
use crate::syntax::lex::tokens;
use crate::syntax::mistake::Mistake;
use crate::syntax::spelling;
use crate::syntax::spelling::Keyword;
use crate::syntax::token::{Token, TokenKind};

/// How deep brackets and clauses may nest: deeper ones would exhaust the stack.
const DEPTH: usize = 48;

/// A mistake that was told; the clause is given up.
#[derive(Debug)]
pub(crate) struct Told;

/// What a parsing step gives.
pub(crate) type Parsed<T> = Result<T, Told>;

/// Reads a rule; mistakes are added to the list and the clauses without any are returned.
pub(crate) fn rule(text: &str, mistakes: &mut Vec<Mistake>) -> Vec<Clause> {
    let mut parser = Parser::new(text, mistakes);
    let mut clauses = Vec::new();
    loop {
        while parser.take_symbol(";") {}
        if parser.at_end() {
            return clauses;
        }
        match parser.clause_to_its_end() {
            Ok(clause) => clauses.push(clause),
            Err(Told) => parser.skip_clause(),
        }
    }
}

/// Reads a single condition.
pub(crate) fn condition(text: &str, mistakes: &mut Vec<Mistake>) -> Option<Expr> {
    let mut parser = Parser::new(text, mistakes);
    let expr = parser.expr().ok()?;
    parser.end_of_clause().ok()?;
    Some(expr)
}

/// Reads tokens one after the other.
pub(crate) struct Parser<'m> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    mistakes: &'m mut Vec<Mistake>,
}

impl<'m> Parser<'m> {
    fn new(text: &str, mistakes: &'m mut Vec<Mistake>) -> Self {
        Self {
            tokens: tokens(text, mistakes),
            at: 0,
            depth: 0,
            mistakes,
        }
    }

    fn clause_to_its_end(&mut self) -> Parsed<Clause> {
        let clause = self.clause()?;
        self.end_of_clause()?;
        Ok(clause)
    }

    fn clause(&mut self) -> Parsed<Clause> {
        let start = self.here().start;
        let mut condition = None;
        if self.take(Keyword::If) {
            condition = Some(self.expr()?);
            self.expect(Keyword::Then)?;
        }
        let body = self.body()?;
        Ok(Clause {
            span: start..self.before().end,
            condition,
            body,
        })
    }

    fn body(&mut self) -> Parsed<Body> {
        self.deeper(|parser| {
            let span = parser.here();
            if parser.take(Keyword::For) {
                let each = parser.variables()?;
                parser.expect_symbol(":")?;
                return Ok(Body::Each(each, Box::new(parser.body()?)));
            }
            if parser.take(Keyword::Unique) {
                return Ok(Body::Unique(parser.exprs()?));
            }
            if parser.take(Keyword::Covered) {
                return parser.covered();
            }
            if parser.take(Keyword::Suggest) {
                return Ok(Body::Suggest);
            }
            if parser.take(Keyword::Integrity) {
                return Ok(Body::Integrity(span));
            }
            if parser.take(Keyword::If) {
                return parser.fail(
                    grammar_messages::if_inside(),
                    Some(grammar_messages::use_implies()),
                    parser.before(),
                );
            }
            Ok(Body::Holds(parser.expr()?))
        })
    }

    fn variables(&mut self) -> Parsed<For> {
        let bindings = if self.take(Keyword::Consecutive) {
            vec![self.consecutive()?]
        } else {
            let mut bindings = vec![self.binding()?];
            while self.take_symbol(",") {
                bindings.push(self.binding()?);
            }
            bindings
        };
        let filter = self.filter()?;
        Ok(For { bindings, filter })
    }

    /// `where …`, if it is there.
    pub(crate) fn filter(&mut self) -> Parsed<Option<Expr>> {
        if self.take(Keyword::Where) {
            return self.expr().map(Some);
        }
        Ok(None)
    }

    fn binding(&mut self) -> Parsed<Binding> {
        let name = self.variable()?;
        self.expect(Keyword::In)?;
        let source = self.source()?;
        Ok(Binding { name, source })
    }

    fn source(&mut self) -> Parsed<Source> {
        if self.opens(spelling::QUARTERS) {
            let mut arguments = self.arguments(1)?;
            return Ok(Source::Quarters(arguments.remove(0)));
        }
        if self.opens(spelling::MONTHS) {
            let mut arguments = self.arguments(2)?;
            let year = arguments.remove(0);
            return Ok(Source::Months(year, arguments.remove(0)));
        }
        self.operand().map(Source::Of)
    }

    fn consecutive(&mut self) -> Parsed<Binding> {
        let name = self.variable()?;
        self.expect_symbol(",")?;
        let next = self.variable()?;
        self.expect(Keyword::In)?;
        let ledger = self.name()?;
        self.expect(Keyword::By)?;
        let by = self.name()?;
        let source = Source::Consecutive { next, ledger, by };
        Ok(Binding { name, source })
    }

    fn covered(&mut self) -> Parsed<Body> {
        self.expect(Keyword::From)?;
        let from = self.expr()?;
        self.expect(Keyword::To)?;
        let to = self.expr()?;
        self.expect(Keyword::By)?;
        self.expect_symbol("(")?;
        let start = self.expr()?;
        self.expect_symbol(",")?;
        let end = self.expr()?;
        self.expect_symbol(")")?;
        self.expect(Keyword::For)?;
        let query = self.query()?;
        Ok(Body::Covered(Box::new(Covered {
            from,
            to,
            start,
            end,
            query,
        })))
    }

    /// `v in ledger where …`.
    pub(crate) fn query(&mut self) -> Parsed<Query> {
        let start = self.here().start;
        let name = self.variable()?;
        self.expect(Keyword::In)?;
        let ledger = self.name()?;
        let filter = self.filter()?.map(Box::new);
        let span = start..self.before().end;
        Ok(Query {
            name,
            ledger,
            filter,
            span,
        })
    }

    /// Name and opening bracket of something like `quarters(…)`; only the name is consumed.
    fn opens(&mut self, spellings: (&str, &str)) -> bool {
        let matches = matches!(self.peek(0), TokenKind::Word(w) if spelling::is(spellings, w))
            && *self.peek(1) == TokenKind::Symbol("(");
        if matches {
            self.at += 1;
        }
        matches
    }

    /// `(a, b)` with exactly so many expressions.
    fn arguments(&mut self, count: usize) -> Parsed<Vec<Expr>> {
        let start = self.here().start;
        self.expect_symbol("(")?;
        let arguments = self.exprs()?;
        self.expect_symbol(")")?;
        if arguments.len() != count {
            let span = start..self.before().end;
            return self.fail(
                grammar_messages::want_arguments(count, arguments.len()),
                None,
                span,
            );
        }
        Ok(arguments)
    }

    /// One or more expressions, separated by commas.
    pub(crate) fn exprs(&mut self) -> Parsed<Vec<Expr>> {
        let mut exprs = vec![self.expr()?];
        while self.take_symbol(",") {
            exprs.push(self.expr()?);
        }
        Ok(exprs)
    }

    /// A name that may bind a variable: no keyword.
    fn variable(&mut self) -> Parsed<Name> {
        if let TokenKind::Word(word) = self.peek(0)
            && spelling::keyword(word).is_some()
        {
            let message = grammar_messages::keyword_as_variable(word);
            return self.fail(
                message,
                Some(grammar_messages::short_variable()),
                self.here(),
            );
        }
        self.name()
    }

    /// A name: a word or a title.
    pub(crate) fn name(&mut self) -> Parsed<Name> {
        let span = self.here();
        match self.peek(0).clone() {
            TokenKind::Word(text) | TokenKind::Title(text) => {
                self.at += 1;
                Ok(Name { text, span })
            }
            _ => self.unexpected(grammar_messages::a_name()),
        }
    }

    /// Runs a step one level deeper; refuses where the nesting is too deep for the stack.
    pub(crate) fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEPTH {
            return self.fail(grammar_messages::too_deep(), None, self.here());
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        result
    }
}
