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
}

impl EnumWords {
    pub(super) fn new(schema: &EnumSchema) -> Self {
        let mut words = Self {
            exact: HashMap::new(),
            loose: HashMap::new(),
        };
        for (index, value) in (0..).zip(&schema.values) {
            let spellings = [&value.id, &value.label].into_iter().chain(&value.aliases);
            for spelling in spellings {
                words.add(spelling, index);
            }
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

    /// The value whose spelling is the longest that the text begins with, and the rest.
    pub(super) fn prefix<'t>(&self, text: &'t str) -> Option<(i32, &'t str)> {
        text.char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .rev()
            .find_map(|end| Some((*self.exact.get(&text[..end])?, &text[end..])))
    }
}
