//! Expressions of a rule, loosest first: `? :`, `=>`, `or`, `and`, `not`, comparisons, `+ -`, operands.

use crate::ir::Comparison;
use crate::syntax::ast::{Expr, ExprKind, Operator};
use crate::syntax::grammar_messages;
use crate::syntax::parse::{Parsed, Parser};
use crate::syntax::spelling;
use crate::syntax::spelling::Keyword;
use crate::syntax::token::TokenKind;

impl Parser<'_> {
    /// `c ? a : b`, the loosest.
    pub(crate) fn expr(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let start = parser.here().start;
            let condition = parser.implication()?;
            if !parser.take_symbol("?") {
                return Ok(condition);
            }
            let then = parser.expr()?;
            parser.expect_symbol(":")?;
            let or = parser.expr()?;
            let kind = ExprKind::Choose(condition.into(), then.into(), or.into());
            Ok(parser.spanning(start, kind))
        })
    }

    /// `a => b`, to the right.
    fn implication(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let left = parser.disjunction()?;
            if !parser.take(Keyword::Implies) {
                return Ok(left);
            }
            let right = parser.implication()?;
            Ok(parser.binary(Operator::Implies, left, right))
        })
    }

    fn disjunction(&mut self) -> Parsed<Expr> {
        let start = self.here().start;
        let mut parts = vec![self.conjunction()?];
        while self.take(Keyword::Or) {
            parts.push(self.conjunction()?);
        }
        Ok(self.joined(start, parts, ExprKind::Or))
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        let start = self.here().start;
        let mut parts = vec![self.negation()?];
        while self.take(Keyword::And) {
            parts.push(self.negation()?);
        }
        Ok(self.joined(start, parts, ExprKind::And))
    }

    fn joined(&self, start: usize, mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> ExprKind) -> Expr {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                self.spanning(start, join(parts))
            }
        }
    }

    fn negation(&mut self) -> Parsed<Expr> {
        let start = self.here().start;
        if !self.take(Keyword::Not) {
            return self.comparison();
        }
        let inner = self.deeper(Self::negation)?;
        Ok(self.spanning(start, ExprKind::Not(inner.into())))
    }

    /// `a < b`, `a <= b <= c`, `a in b`, `a between b and c`, `a contains b` and the like.
    fn comparison(&mut self) -> Parsed<Expr> {
        let start = self.here().start;
        let mut left = self.sum()?;
        let mut chain = Vec::new();
        while let Some(operator) = self.operator() {
            let right = self.sum()?;
            let is_comparison = matches!(operator, Operator::Compare(_));
            chain.push(self.binary(operator, left, right.clone()));
            left = right;
            if !is_comparison {
                break;
            }
        }
        if chain.is_empty() && self.take(Keyword::Between) {
            return self.between(start, left);
        }
        if chain.is_empty() {
            return Ok(left);
        }
        Ok(self.joined(start, chain, ExprKind::And))
    }

    /// `x between a and b` is `a <= x <= b`.
    fn between(&mut self, start: usize, subject: Expr) -> Parsed<Expr> {
        let low = self.sum()?;
        if !self.take(Keyword::And) && !self.take(Keyword::With) {
            return self.unexpected(grammar_messages::the_keyword(Keyword::With));
        }
        let high = self.sum()?;
        let at_least = Operator::Compare(Comparison::GreaterEqual);
        let at_most = Operator::Compare(Comparison::LessEqual);
        let parts = vec![
            self.binary(at_least, subject.clone(), low),
            self.binary(at_most, subject, high),
        ];
        Ok(self.spanning(start, ExprKind::And(parts)))
    }

    fn operator(&mut self) -> Option<Operator> {
        if self.keyword(0) == Some(Keyword::Not) && self.keyword(1) == Some(Keyword::In) {
            self.advance();
            self.advance();
            return Some(Operator::NotIn);
        }
        let operator = match (self.peek(0), self.keyword(0)) {
            (TokenKind::Symbol(symbol), _) => Operator::Compare(comparison(symbol)?),
            (_, Some(Keyword::Compare(comparison))) => Operator::Compare(comparison),
            (_, Some(Keyword::In)) => Operator::In,
            (_, Some(Keyword::NotIn)) => Operator::NotIn,
            (_, Some(Keyword::Contains)) => Operator::Contains,
            (_, Some(Keyword::Matches)) => Operator::Matches,
            (_, Some(Keyword::Subset)) => Operator::Subset,
            (_, Some(Keyword::Intersects)) => Operator::Intersects,
            _ => return None,
        };
        self.advance();
        Some(operator)
    }

    fn sum(&mut self) -> Parsed<Expr> {
        let mut left = self.operand()?;
        loop {
            let operator = if self.take_symbol("+") {
                Operator::Add
            } else if self.take_symbol("-") {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            let right = self.operand()?;
            left = self.binary(operator, left, right);
        }
    }

    /// A literal, a field, a parameter, a call, a list, a query or something in brackets.
    pub(crate) fn operand(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let start = parser.here().start;
            let kind = parser.operand_kind()?;
            Ok(parser.spanning(start, kind))
        })
    }

    fn operand_kind(&mut self) -> Parsed<ExprKind> {
        match self.peek(0).clone() {
            TokenKind::Integer(number) => self.literal(ExprKind::Integer(number)),
            TokenKind::Decimal(number) => self.literal(ExprKind::Decimal(number)),
            TokenKind::Time(minutes) => self.literal(ExprKind::Time(minutes)),
            TokenKind::Date(day) => self.literal(ExprKind::Date(day)),
            TokenKind::Text(text) => self.literal(ExprKind::Text(text)),
            TokenKind::Parameter(name) => self.parameter(name),
            TokenKind::Symbol("(") => self.brackets(),
            TokenKind::Symbol("{") => self.list(),
            TokenKind::Symbol("-") => self.negative(),
            TokenKind::Word(word) => match spelling::keyword(&word) {
                Some(Keyword::True) => self.literal(ExprKind::Bool(true)),
                Some(Keyword::False) => self.literal(ExprKind::Bool(false)),
                Some(Keyword::Exists) => {
                    self.advance();
                    self.query().map(ExprKind::Exists)
                }
                Some(_) if *self.peek(1) != TokenKind::Symbol(".") => {
                    self.unexpected(grammar_messages::a_value())
                }
                _ => self.named(),
            },
            TokenKind::Title(_) => self.named(),
            _ => self.unexpected(grammar_messages::a_value()),
        }
    }

    fn literal(&mut self, kind: ExprKind) -> Parsed<ExprKind> {
        self.advance();
        Ok(kind)
    }

    fn negative(&mut self) -> Parsed<ExprKind> {
        self.advance();
        match *self.peek(0) {
            TokenKind::Integer(number) => self.literal(ExprKind::Integer(-number)),
            TokenKind::Decimal(number) => self.literal(ExprKind::Decimal(-number)),
            _ => self.unexpected(grammar_messages::a_number()),
        }
    }

    fn parameter(&mut self, name: String) -> Parsed<ExprKind> {
        self.advance();
        if !self.take_symbol("[") {
            return Ok(ExprKind::Parameter(name));
        }
        let key = self.expr()?;
        self.expect_symbol("]")?;
        Ok(ExprKind::ParameterAt(name, key.into()))
    }

    /// `(a)` or `(x for v in L where …)`.
    fn brackets(&mut self) -> Parsed<ExprKind> {
        self.advance();
        let inner = self.expr()?;
        if self.take(Keyword::For) {
            let query = self.query()?;
            self.expect_symbol(")")?;
            return Ok(ExprKind::Values(inner.into(), query));
        }
        self.expect_symbol(")")?;
        Ok(inner.kind)
    }

    fn list(&mut self) -> Parsed<ExprKind> {
        self.advance();
        if self.take_symbol("}") {
            return Ok(ExprKind::List(Vec::new()));
        }
        let items = self.exprs()?;
        self.expect_symbol("}")?;
        Ok(ExprKind::List(items))
    }

    /// A name, `name.field` or `name(…)`.
    fn named(&mut self) -> Parsed<ExprKind> {
        let name = self.name()?;
        if self.take_symbol(".") {
            let field = self.name()?;
            return Ok(ExprKind::Field(name, field));
        }
        if *self.peek(0) != TokenKind::Symbol("(") {
            return Ok(ExprKind::Name(name.text));
        }
        self.advance();
        let kind = self.call(name)?;
        self.expect_symbol(")")?;
        Ok(kind)
    }

    fn call(&mut self, name: crate::syntax::ast::Name) -> Parsed<ExprKind> {
        let is_variable = matches!(self.peek(0), TokenKind::Word(w) if spelling::keyword(w).is_none())
            && self.keyword(1) == Some(Keyword::In);
        if is_variable && spelling::function(&name.text) == Some(crate::ir::Function::Count) {
            return self.query().map(ExprKind::Count);
        }
        if *self.peek(0) == TokenKind::Symbol(")") {
            return Ok(ExprKind::Call(name, Vec::new()));
        }
        let first = self.expr()?;
        if spelling::is(spelling::LATEST, &name.text) {
            return self.latest(first);
        }
        if let Some(aggregate) = spelling::aggregate(&name.text)
            && self.take(Keyword::For)
        {
            let query = self.query()?;
            return Ok(ExprKind::Aggregate(aggregate, first.into(), query));
        }
        let mut arguments = vec![first];
        while self.take_symbol(",") {
            arguments.push(self.expr()?);
        }
        Ok(ExprKind::Call(name, arguments))
    }

    /// The rest of `latest(x by d for v in L where …)`.
    fn latest(&mut self, value: Expr) -> Parsed<ExprKind> {
        self.expect(Keyword::By)?;
        let by = self.expr()?;
        self.expect(Keyword::For)?;
        let query = self.query()?;
        Ok(ExprKind::Latest(value.into(), by.into(), query))
    }

    fn binary(&self, operator: Operator, left: Expr, right: Expr) -> Expr {
        let span = left.span.start..right.span.end;
        let kind = ExprKind::Binary(operator, left.into(), right.into());
        Expr { kind, span }
    }
}

fn comparison(symbol: &str) -> Option<Comparison> {
    Some(match symbol {
        "==" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterEqual,
        _ => return None,
    })
}
