//! Texts kept once: what enters is a text, what leaves is the small number that stands for it.
//!
//! All texts lie in one buffer, one behind the other, and the look-up table holds numbers only: a
//! ledger of a million rows has millions of distinct texts, and an allocation for each of them
//! would weigh more than the texts.

use hashbrown::HashTable;
use std::{hash::BuildHasher, hash::RandomState, sync::Arc};

/// An interned string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

/// A text that an [`Interner`] does not have: its hash there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing(u32);

/// Strings kept once. Ids depend on reading order: never sort or print by them.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    /// Texts that were there before; their ids come first.
    base: Option<Arc<Interner>>,
    text: String,
    /// Where each own text ends in `text`.
    ends: Vec<usize>,
    /// Own ids by the hash of their text, half of which is kept: looking at the texts again while
    /// the table grows would take longer than all else.
    ids: HashTable<(u32, u32)>,
    hasher: RandomState,
}

impl Interner {
    /// Continues a set of texts that others share: its ids stay what they are.
    pub fn on(base: Arc<Interner>) -> Self {
        Self {
            hasher: base.hasher.clone(),
            base: Some(base),
            ..Self::default()
        }
    }

    /// The texts that this one continues.
    pub fn base(&self) -> Option<&Arc<Interner>> {
        self.base.as_ref()
    }

    /// The symbol of a text, new or known.
    pub fn intern(&mut self, text: &str) -> Sym {
        self.seek(text)
            .unwrap_or_else(|missing| self.add(text, missing))
    }

    /// The symbol of a text, if any cell has it.
    pub fn lookup(&self, text: &str) -> Option<Sym> {
        self.seek(text).ok()
    }

    /// The symbol of a text, or what [`add`](Self::add) wants to know of one that is not there.
    pub fn seek(&self, text: &str) -> Result<Sym, Missing> {
        let hash = self.hasher.hash_one(text) as u32;
        self.find(hash, text).ok_or(Missing(hash))
    }

    /// Adds a text that was sought and has not been added since; its symbol.
    pub fn add(&mut self, text: &str, Missing(hash): Missing) -> Sym {
        let own = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.ids
            .insert_unique(spread(hash), (hash, own), |&(hash, _)| spread(hash));
        Sym(self.first() + own)
    }

    /// The text of a symbol.
    pub fn resolve(&self, sym: Sym) -> &str {
        match (&self.base, sym.0.checked_sub(self.first())) {
            (Some(base), None) => base.resolve(sym),
            (_, own) => slice(&self.text, &self.ends, own.unwrap_or_default()),
        }
    }

    /// Bytes of memory that the own texts take, without those that it continues.
    pub fn bytes(&self) -> usize {
        let of_ends = size_of_val(self.ends.as_slice());
        let of_ids = self.ids.len() * size_of::<(u32, u32)>() * 2;
        self.text.len() + of_ends + of_ids
    }

    /// Number of distinct strings.
    pub fn len(&self) -> usize {
        self.first() as usize + self.ends.len()
    }

    /// True if nothing was interned.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first own id.
    fn first(&self) -> u32 {
        self.base.as_ref().map_or(0, |base| base.len() as u32)
    }

    fn find(&self, hash: u32, text: &str) -> Option<Sym> {
        let before = self.base.as_ref().and_then(|base| base.find(hash, text));
        let own = || {
            let same =
                |&(its, id): &(u32, u32)| its == hash && slice(&self.text, &self.ends, id) == text;
            let &(_, id) = self.ids.find(spread(hash), same)?;
            Some(Sym(self.first() + id))
        };
        before.or_else(own)
    }
}

/// The table looks at the upper bits of a hash as well as at the lower ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

fn slice<'t>(text: &'t str, ends: &[usize], id: u32) -> &'t str {
    let at = id as usize;
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start..ends[at]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_symbol_and_a_symbol_one_text() {
        let mut texts = Interner::default();
        let written = ["甲", "", "乙", "甲", ""];
        let syms: Vec<Sym> = written.iter().map(|text| texts.intern(text)).collect();
        assert_eq!(syms, [0, 1, 2, 0, 1].map(Sym));
        for (text, sym) in written.iter().zip(syms) {
            assert_eq!(texts.resolve(sym), *text);
            assert_eq!(texts.lookup(text), Some(sym));
        }
        assert_eq!((texts.lookup("丙"), texts.len()), (None, 3));
    }

    #[test]
    fn what_continues_a_set_keeps_its_symbols() {
        let mut base = Interner::default();
        let first = base.intern("甲");
        let base = Arc::new(base);
        let (mut one, mut two) = (Interner::on(base.clone()), Interner::on(base));
        assert_eq!((one.intern("乙"), one.intern("甲")), (Sym(1), first));
        assert_eq!((two.intern("丙"), two.lookup("乙")), (Sym(1), None));
        assert_eq!((one.resolve(first), one.resolve(Sym(1))), ("甲", "乙"));
        assert_eq!((one.len(), two.resolve(Sym(1))), (2, "丙"));
    }

    #[test]
    fn many_texts_are_found_again() {
        let mut texts = Interner::default();
        for round in 0..2 {
            for n in 0..10_000u32 {
                assert_eq!(texts.intern(&n.to_string()), Sym(n), "round {round}");
            }
        }
        assert_eq!(texts.resolve(Sym(9_999)), "9999");
    }
}
