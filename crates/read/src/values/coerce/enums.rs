//! Words of enumerations: by id, label or alias, spelled as clerks do.

use crate::values::normalise;
use std::collections::HashMap;
use zicha_model::schema::EnumSchema;

/// One enumeration prepared for look-up.
pub(super) struct EnumWords {
    /// Spellings as they stand in the schema.
    exact: HashMap<String, i32>,
    /// The same without brackets and punctuation, where that is not ambiguous.
    loose: HashMap<String, Option<i32>>,
    /// Words that make a longer text a value.
    parts: Vec<(String, i32)>,
}

/// Characters of a text in which such words are looked for; a longer one is a story.
const LONGEST_PHRASE: usize = 20;
/// Signs that deny what follows them in the same clause: 未接入互联网.
const DENIALS: &str = "不未非无没禁勿断除拒缓待拟";

impl EnumWords {
    pub(super) fn new(schema: &EnumSchema) -> Self {
        let mut words = Self {
            exact: HashMap::new(),
            loose: HashMap::new(),
            parts: Vec::new(),
        };
        for (index, value) in (0..).zip(&schema.values) {
            let spellings = [&value.id, &value.label].into_iter().chain(&value.aliases);
            for spelling in spellings {
                words.add(spelling, index);
            }
            let parts = value.parts.iter().map(|part| normalise::squeezed(part));
            words.parts.extend(parts.map(|part| (part, index)));
        }
        words
    }

    fn add(&mut self, spelling: &str, index: i32) {
        self.exact
            .entry(normalise::squeezed(spelling))
            .or_insert(index);
        for key in normalise::loose(spelling) {
            self.loose
                .entry(key)
                .and_modify(|known| *known = known.filter(|&known| known == index))
                .or_insert(Some(index));
        }
    }

    /// The index of a value.
    pub(super) fn find(&self, plain: &str) -> Option<i32> {
        if let Some(&index) = self.exact.get(&normalise::squeezed(plain)) {
            return Some(index);
        }
        let [bare, full] = normalise::loose(plain);
        let known = |key: &str| self.loose.get(key).copied().flatten();
        known(&full).or_else(|| known(&bare))
    }

    /// The value whose spelling is the longest that the text ends with, if it is a word of its own.
    pub(super) fn suffix(&self, plain: &str) -> Option<i32> {
        const SHORTEST: usize = 2;
        let [text, _] = normalise::loose(plain);
        let starts = text.char_indices().map(|(at, _)| at);
        let mut longest = starts.filter(|&at| at > 0);
        longest.find_map(|at| {
            let end = &text[at..];
            let long = end.chars().count() >= SHORTEST;
            self.loose.get(end).copied().flatten().filter(|_| long)
        })
    }

    /// The only value one of whose telling words stands in the text and is not denied there. A word
    /// within a longer one does not count: 涉密办公室 is no 办公室.
    pub(super) fn part(&self, plain: &str) -> Option<i32> {
        let text = normalise::squeezed(plain);
        if self.parts.is_empty() || text.chars().count() > LONGEST_PHRASE {
            return None;
        }
        let mut found: Vec<(usize, usize, i32)> = Vec::new();
        for (part, index) in &self.parts {
            for (at, _) in text.match_indices(part.as_str()) {
                found.push((at, at + part.len(), *index));
            }
        }
        let within = |a: &(usize, usize, i32), b: &(usize, usize, i32)| {
            b.0 <= a.0 && a.1 <= b.1 && (b.1 - b.0) > (a.1 - a.0)
        };
        let mut telling = found.iter().filter(|a| !found.iter().any(|b| within(a, b)));
        let first = telling.next()?;
        let one = telling.all(|other| other.2 == first.2);
        let denied = found.iter().any(|&(at, ..)| is_denied(&text[..at]));
        (one && !denied).then_some(first.2)
    }

    /// The value whose spelling is the longest that the text begins with, and the rest.
    pub(super) fn prefix<'t>(&self, text: &'t str) -> Option<(i32, &'t str)> {
        text.char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .rev()
            .find_map(|end| Some((*self.exact.get(&text[..end])?, &text[end..])))
    }
}

/// True if the clause that ends here denies what comes next.
fn is_denied(before: &str) -> bool {
    let clause = before.rsplit([',', '、', ';', '。', '(', ')']).next();
    clause.is_some_and(|clause| clause.contains(|c| DENIALS.contains(c)))
}
