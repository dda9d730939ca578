//! What is measured: each kind as rules of the language, and the same answer computed bare, by a loop
//! written for it alone, without unknown values, evidence or findings.

use crate::ground::{Dice, Ground};
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use zicha_model::time::Day;

/// One thing to measure.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// Seconds that it may take at a million rows on two cores.
    pub(crate) limit: f64,
    pub(crate) rules: Vec<String>,
    /// The bare loop; gives the number of rows or pairs that it found.
    pub(crate) bare: fn(&Ground) -> usize,
}

/// All kinds.
pub(crate) fn kinds() -> Vec<Kind> {
    let one = |name, limit, rule: &str, bare| Kind {
        name,
        limit,
        rules: vec![rule.to_owned()],
        bare,
    };
    vec![
        Kind {
            name: "100 filters",
            limit: 0.5,
            rules: filters()
                .iter()
                .map(|operands| filter_rule(operands))
                .collect(),
            bare: bare_filters,
        },
        one(
            "group by person and year",
            0.1,
            "for p in people: count(a in acts where a.person == p.no and year(a.made_on) == 2025) >= 0",
            bare_group,
        ),
        one(
            "join",
            0.1,
            "for a in acts, p in people where p.no == a.person: a.level <= p.level",
            bare_join,
        ),
        one(
            "duplicate key",
            0.1,
            "for a in acts: unique a.no",
            bare_duplicate,
        ),
        one(
            "existence, 3 equalities",
            0.1,
            "for a in acts: exists b in acts where b.no == a.no and b.made_on == a.made_on and b.dept == a.dept",
            bare_existence,
        ),
        one(
            "interval overlap",
            0.2,
            "for a in stays: not exists b in stays where b.room == a.room and b.no != a.no \
             and b.start_at < a.end_at and b.end_at > a.start_at",
            bare_overlap,
        ),
    ]
}

/// An operand of a filter: as written, and as the bare loop tests it.
struct Operand {
    text: String,
    field: &'static str,
    test: Test,
}

enum Test {
    AtLeast(i32),
    AtMost(i32),
    IsWord(String),
    IsNotWord(String),
    Filled,
    NotBefore(&'static str),
}

/// A hundred filters of four to six operands, the same in every run.
fn filters() -> Vec<Vec<Operand>> {
    let mut dice = Dice(3);
    (0..100)
        .map(|_| (0..3 + dice.below(3)).map(|_| operand(&mut dice)).collect())
        .collect()
}

fn operand(dice: &mut Dice) -> Operand {
    let word = format!("词{}", dice.below(5));
    let day = Day(Day::of(2023, 1, 1).map_or(0, |d| d.0) + dice.below(1400) as i32);
    let number = dice.below(50) as i32;
    let (text, field, test) = match dice.below(9) {
        0 => (
            "a.level >= 'confidential'".to_owned(),
            "level",
            Test::AtLeast(2),
        ),
        1 => (format!("a.state == '{word}'"), "state", Test::IsWord(word)),
        2 => (
            format!("a.made_on >= {day}"),
            "made_on",
            Test::AtLeast(day.0),
        ),
        3 => (
            format!("a.filed_on <= {day}"),
            "filed_on",
            Test::AtMost(day.0),
        ),
        4 => ("present(a.due_on)".to_owned(), "due_on", Test::Filled),
        5 => (
            format!("a.copies >= {number}"),
            "copies",
            Test::AtLeast(number),
        ),
        6 => ("a.sealed == true".to_owned(), "sealed", Test::AtLeast(1)),
        7 => (format!("a.dept != '{word}'"), "dept", Test::IsNotWord(word)),
        _ => (
            "a.filed_on >= a.made_on".to_owned(),
            "filed_on",
            Test::NotBefore("made_on"),
        ),
    };
    Operand { text, field, test }
}

fn filter_rule(operands: &[Operand]) -> String {
    let texts: Vec<_> = operands.iter().map(|o| o.text.as_str()).collect();
    format!("for a in acts where {}: present(a.no)", texts.join(" and "))
}

fn bare_filters(ground: &Ground) -> usize {
    filters()
        .iter()
        .map(|operands| bare_filter(ground, operands))
        .sum()
}

fn bare_filter(ground: &Ground, operands: &[Operand]) -> usize {
    let mut alive: Vec<u8> = vec![1; ground.words("acts", "no").len()];
    for operand in operands {
        let words = ground.words("acts", operand.field);
        let of = |text: &str| ground.data.strings.lookup(text).map_or(-1, |s| s.0 as i32);
        match &operand.test {
            Test::AtLeast(n) => keep(&mut alive, words, |w| w >= *n),
            Test::AtMost(n) => keep(&mut alive, words, |w| w <= *n),
            Test::IsWord(text) => {
                let word = of(text);
                keep(&mut alive, words, |w| w == word);
            }
            Test::IsNotWord(text) => {
                let word = of(text);
                keep(&mut alive, words, |w| w != word);
            }
            // An empty cell's word is 0, and no day of the data is.
            Test::Filled => keep(&mut alive, words, |w| w != 0),
            Test::NotBefore(other) => {
                let other = ground.words("acts", other);
                for ((alive, a), b) in alive.iter_mut().zip(words).zip(other) {
                    *alive &= u8::from(a >= b);
                }
            }
        }
    }
    alive.iter().map(|&a| usize::from(a)).sum()
}

fn keep(alive: &mut [u8], words: &[i32], test: impl Fn(i32) -> bool) {
    for (alive, &word) in alive.iter_mut().zip(words) {
        *alive &= u8::from(test(word));
    }
}

/// Row by symbol, for columns whose words are symbols.
fn row_of(ground: &Ground, ledger: &str, field: &str) -> Vec<u32> {
    let mut rows = vec![u32::MAX; ground.data.strings.len()];
    for (row, &word) in ground.words(ledger, field).iter().enumerate() {
        rows[word as usize] = row as u32;
    }
    rows
}

fn bare_group(ground: &Ground) -> usize {
    let row_of = row_of(ground, "people", "no");
    let (from, to) = (Day::of(2025, 1, 1), Day::of(2025, 12, 31));
    let (from, to) = (from.map_or(0, |d| d.0), to.map_or(0, |d| d.0));
    let mut counts = vec![0u32; ground.words("people", "no").len()];
    let pairs = ground
        .words("acts", "person")
        .iter()
        .zip(ground.words("acts", "made_on"));
    for (&person, day) in pairs {
        counts[row_of[person as usize] as usize] += u32::from((from..=to).contains(day));
    }
    counts.iter().filter(|&&n| n > 0).count()
}

fn bare_join(ground: &Ground) -> usize {
    let row_of = row_of(ground, "people", "no");
    let levels = ground.words("people", "level");
    let pairs = ground
        .words("acts", "person")
        .iter()
        .zip(ground.words("acts", "level"));
    pairs
        .filter(|&(&person, &level)| level <= levels[row_of[person as usize] as usize])
        .count()
}

fn bare_duplicate(ground: &Ground) -> usize {
    let mut seen = vec![false; ground.data.strings.len()];
    let words = ground.words("acts", "no").iter();
    words
        .filter(|&&word| std::mem::replace(&mut seen[word as usize], true))
        .count()
}

/// A hash for the bare loop: one multiplication a word.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_i32(i32::from(byte));
        }
    }
    fn write_i32(&mut self, word: i32) {
        self.0 =
            (self.0.rotate_left(5) ^ u64::from(word as u32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

fn bare_existence(ground: &Ground) -> usize {
    let columns = ["no", "made_on", "dept"].map(|field| ground.words("acts", field));
    let tuple = |row: usize| columns.map(|column| column[row]);
    let rows = 0..columns[0].len();
    let known: HashSet<[i32; 3], BuildHasherDefault<Quick>> = rows.clone().map(tuple).collect();
    rows.filter(|&row| known.contains(&tuple(row))).count()
}

fn bare_overlap(ground: &Ground) -> usize {
    let columns = ["room", "start_at", "end_at"].map(|field| ground.words("stays", field));
    let mut order: Vec<[i32; 3]> = (0..columns[0].len())
        .map(|row| columns.map(|column| column[row]))
        .collect();
    order.sort_unstable();
    let touches = |pair: &&[[i32; 3]]| pair[0][0] == pair[1][0] && pair[1][1] < pair[0][2];
    order.windows(2).filter(touches).count()
}
