//! Rules of the language, put together at random, each of them well-typed.

use super::tape::Tape;

const LEDGERS: [&str; 2] = ["notes", "acts"];
const COMPARISONS: [&str; 6] = ["==", "<=", "<", ">", ">=", "!="];
const DATES: [&str; 3] = ["2026-03-02", "2026-03-05", "as_of"];

/// Puts rules together.
pub(super) struct Writer<'w, 't> {
    tape: &'w mut Tape<'t>,
    /// Variables named so far.
    named: usize,
    /// Conditions round the one being written.
    within: usize,
}

/// So many conditions may stand one in the other.
const DEEPEST: usize = 4;

impl<'w, 't> Writer<'w, 't> {
    pub(super) fn new(tape: &'w mut Tape<'t>) -> Self {
        Self {
            tape,
            named: 0,
            within: 0,
        }
    }

    /// One clause.
    pub(super) fn clause(&mut self) -> String {
        let (a, b) = (self.variable(), self.variable());
        let (own, both) = ([a.as_str()], [a.as_str(), b.as_str()]);
        let (first, second) = (self.tape.one(&LEDGERS), self.tape.one(&LEDGERS));
        match self.tape.below(10) {
            6 => format!(
                "for {a} in {first}{}: unique {}",
                self.filter(&own),
                self.keys(&a)
            ),
            7 => format!(
                "for {a} in {first} where {}: suggest",
                self.condition(&own, 1)
            ),
            8 => format!(
                "if {} then for {a} in {first}: {}",
                self.query(&[], 1),
                self.condition(&own, 1)
            ),
            9 => self.query(&[], 2),
            4 => format!(
                "for {a} in {first}, {b} in {second} where {}: {}",
                self.link(&b, &a),
                self.condition(&both, 1)
            ),
            5 => format!(
                "for {a} in {first}{}: for {b} in {second} where {}: {}",
                self.filter(&own),
                self.link(&b, &a),
                self.condition(&both, 1)
            ),
            _ => format!(
                "for {a} in {first}{}: {}",
                self.filter(&own),
                self.condition(&own, 2)
            ),
        }
    }

    fn variable(&mut self) -> String {
        self.named += 1;
        format!("v{}", self.named)
    }

    fn filter(&mut self, variables: &[&str]) -> String {
        match self.tape.below(3) {
            0 => String::new(),
            _ => format!(" where {}", self.condition(variables, 1)),
        }
    }

    fn keys(&mut self, a: &str) -> String {
        let fields = ["code", "who", "made_on", "level", "start_at", "number"];
        match self.tape.below(2) {
            0 => format!("{a}.{}", self.tape.one(&fields)),
            _ => format!(
                "{a}.{}, {a}.{}",
                self.tape.one(&fields),
                self.tape.one(&["title", "dept"])
            ),
        }
    }

    /// What binds a record to another, and perhaps more.
    fn link(&mut self, b: &str, a: &str) -> String {
        match self.tape.below(6) {
            0 => self.equality(b, a),
            1 => format!("{} and {}", self.equality(b, a), self.equality(b, a)),
            2 | 3 => self.neighbours(b, a),
            4 => format!("({} or {})", self.equality(b, a), self.equality(b, a)),
            _ => format!("{} and {}", self.equality(b, a), self.condition(&[b, a], 0)),
        }
    }

    /// Records of one kind, and in what order they stand.
    fn neighbours(&mut self, b: &str, a: &str) -> String {
        let kind = self.tape.one(&["sealed", "kind", "level", "dept"]);
        let mut bound = || {
            let field = self.tape.one(&["start_at", "end_at", "made_on"]);
            let other = self.tape.one(&["end_at", "start_at", "due_on"]);
            let how = self.tape.one(&["<", ">=", "<=", ">"]);
            format!("{b}.{field} {how} {a}.{other}")
        };
        let (first, second) = (bound(), bound());
        format!("{b}.{kind} == {a}.{kind} and {first} and {second}")
    }

    fn equality(&mut self, b: &str, a: &str) -> String {
        let pair = self.tape.one(&[
            "b.code == a.code",
            "b.who == a.who",
            "b.title == a.title",
            "a.title == b.who",
            "b.dept == a.dept",
            "b.dept == a.title",
            "b.number == a.number",
            "b.number == a.amount",
            "b.made_on == a.made_on",
            "b.made_on == a.start_at",
            "b.start_at == a.end_at",
            "b.level == a.level",
            "b.kind == a.kind",
            "b.sealed == a.sealed",
            "b.people contains a.who",
            "a.people contains b.who",
            "b.kinds contains a.kind",
            "b.kinds intersects a.kinds",
        ]);
        pair.replace("b.", &format!("{b}."))
            .replace("a.", &format!("{a}."))
    }

    /// A condition on records, look-ups nested no deeper than `depth`.
    fn condition(&mut self, variables: &[&str], depth: usize) -> String {
        if self.within == DEEPEST {
            return self.leaf(variables, depth);
        }
        self.within += 1;
        let condition = match self.tape.below(10) {
            6 => format!("not ({})", self.condition(variables, depth)),
            7 => self.pair(variables, depth, "and"),
            8 => self.pair(variables, depth, "or"),
            9 => self.pair(variables, depth, "=>"),
            4 | 5 if depth > 0 => self.query(variables, depth),
            _ => self.leaf(variables, depth),
        };
        self.within -= 1;
        condition
    }

    fn pair(&mut self, variables: &[&str], depth: usize, word: &str) -> String {
        let (a, b) = (
            self.condition(variables, depth),
            self.condition(variables, depth),
        );
        format!("(({a}) {word} ({b}))")
    }

    /// A condition on other records.
    fn query(&mut self, variables: &[&str], depth: usize) -> String {
        let (x, ledger) = (self.variable(), self.tape.one(&LEDGERS));
        let inner: Vec<&str> = variables.iter().copied().chain([x.as_str()]).collect();
        let filter = match (variables, self.tape.below(4)) {
            ([], _) | (_, 3) => self.condition(&inner, depth - 1),
            _ => {
                let outer = self.tape.one(variables);
                self.link(&x, outer)
            }
        };
        let rows = format!("{x} in {ledger} where {filter}");
        let how = self.tape.one(&COMPARISONS);
        match (self.tape.below(8), variables) {
            (1, _) => format!("(not exists {rows})"),
            (2, _) => format!("count({rows}) {how} {}", self.tape.below(3)),
            (3, _) => format!("sum({x}.amount for {rows}) {how} 2"),
            (4, _) => format!("max({x}.made_on for {rows}) {how} 2026-03-02"),
            (5, _) => format!("latest({x}.number by {x}.made_on for {rows}) {how} 1"),
            (6, [a, ..]) => format!("{a}.who in ({x}.who for {rows})"),
            (7, [a, ..]) => format!("{a}.code not in ({x}.code for {rows})"),
            _ => format!("(exists {rows})"),
        }
    }

    /// A condition without conditions inside.
    fn leaf(&mut self, variables: &[&str], depth: usize) -> String {
        let (a, b) = (self.tape.one(variables), self.tape.one(variables));
        let how = self.tape.one(&COMPARISONS);
        match self.tape.below(14) {
            0 => format!("present({a}.{})", self.field()),
            1 => format!("absent({a}.{})", self.field()),
            2 => format!("{} {how} {}", self.number(a, depth), self.number(b, depth)),
            3 => format!("{} {how} {}", self.date(a), self.date(b)),
            4 => format!(
                "{a}.level {how} '{}'",
                self.tape.one(&["confidential", "secret", "public"])
            ),
            5 => format!("{a}.level {how} {b}.level"),
            6 => format!("{a}.kind {} 'school'", self.tape.one(&["==", "!="])),
            7 => self.text(a, b),
            8 => format!("{a}.sealed == {}", self.tape.one(&["true", "false"])),
            9 => format!("{a}.sealed"),
            10 => self.one_of(a),
            11 => self.list(a, b),
            12 => format!("{a}.start_at {how} {b}.end_at"),
            _ => format!(
                "{} between {} and {}",
                self.date(a),
                self.date(b),
                self.date(a)
            ),
        }
    }

    fn field(&mut self) -> &'static str {
        let fields = super::tape::FIELDS.map(|(field, ..)| field);
        self.tape.one(&fields)
    }

    fn number(&mut self, a: &str, depth: usize) -> String {
        match self.tape.below(10) {
            0 => format!("{a}.number"),
            1 => format!("{a}.amount"),
            2 => format!("({a}.number + 1)"),
            3 => format!("coalesce({a}.number, 0)"),
            4 => format!("days_between({a}.made_on, {a}.start_at)"),
            5 => format!("year({a}.made_on)"),
            6 => format!("count({a}.people)"),
            7 if depth > 0 => {
                let x = self.variable();
                let rows = format!(
                    "{x} in {} where {}",
                    self.tape.one(&LEDGERS),
                    self.link(&x, a)
                );
                format!("count({rows})")
            }
            8 => format!("max({a}.number, {a}.amount)"),
            _ => self
                .tape
                .one(&["1", "2", "2026", "0", "2.5", "-0.5"])
                .to_owned(),
        }
    }

    fn date(&mut self, a: &str) -> String {
        match self.tape.below(9) {
            0 => format!("{a}.made_on"),
            1 => format!("{a}.due_on"),
            2 => format!("{a}.start_at"),
            3 => format!("date({a}.end_at)"),
            4 => format!("add_days({a}.made_on, 2)"),
            5 => format!("({a}.due_on - 1)"),
            6 => format!("add_months({a}.due_on, 1)"),
            _ => self.tape.one(&DATES).to_owned(),
        }
    }

    fn text(&mut self, a: &str, b: &str) -> String {
        let how = self.tape.one(&["==", "!="]);
        match self.tape.below(8) {
            0 => format!("{a}.title {how} '{}'", self.tape.one(&["甲", "李四", "无"])),
            1 => format!(
                "{a}.who {how} '{}'",
                self.tape.one(&["李四", "P1", "张三", "无"])
            ),
            2 => format!("{a}.dept {how} '{}'", self.tape.one(&["D1", "办公室"])),
            3 => format!("{a}.who {how} {b}.title"),
            4 => format!("{a}.dept {how} {b}.dept"),
            5 => format!("{a}.who {how} {b}.who"),
            6 => format!("{a}.title matches {b}.code"),
            _ => format!("{a}.title {how} {b}.title"),
        }
    }

    fn one_of(&mut self, a: &str) -> String {
        let how = self.tape.one(&["in", "not in"]);
        let (field, list) = self.tape.one(&[
            ("title", "{'甲', 'P1'}"),
            ("who", "{'李四', 'P2'}"),
            ("who", "{'张三', 'P1'}"),
            ("level", "{'secret', 'public'}"),
            ("kind", "{'school', 'other'}"),
            ("kinds", "{'other'}"),
            ("people", "{'P2', '王五'}"),
            ("number", "{1, 2}"),
        ]);
        format!("{a}.{field} {how} {list}")
    }

    fn list(&mut self, a: &str, b: &str) -> String {
        match self.tape.below(7) {
            0 => format!("{a}.kinds contains 'school'"),
            1 => format!("{a}.people contains {b}.who"),
            2 => format!("{a}.people subset {b}.people"),
            3 => format!("{a}.people intersects {b}.people"),
            4 => format!("{a}.kinds == 'other'"),
            5 => format!("{a}.who in {b}.people"),
            _ => format!("{a}.kinds contains {b}.kind"),
        }
    }
}
