//! Leads from the words of a key to the number of its group, by hash: the same in every run.

/// A table of slots that leads from a key's hash to its group.
#[derive(Debug, Default)]
pub(crate) struct KeyHash {
    width: usize,
    /// Hash tag in the upper half, group + 1 in the lower; 0 is free. A power of two long.
    slots: Vec<u64>,
    /// The words of each group's key, `width` a group.
    words: Vec<i64>,
}

impl KeyHash {
    /// None yet; room for so many keys of so many words.
    pub(crate) fn new(width: usize, rows: usize) -> Self {
        Self {
            width,
            slots: vec![0; (rows * 2).next_power_of_two().max(16)],
            words: Vec::new(),
        }
    }

    /// How many groups.
    pub(crate) fn len(&self) -> usize {
        self.words.len() / self.width.max(1)
    }

    /// The group of a key.
    pub(crate) fn find(&self, key: &[i64]) -> Option<u32> {
        let entry = *self.slots.get(self.slot(key).0)?;
        (entry as u32).checked_sub(1)
    }

    /// The slot of a key, its own or the free one where it would go, and its hash.
    fn slot(&self, key: &[i64]) -> (usize, u64) {
        let hash = key.iter().fold(0, |hash, &word| mix(hash, word));
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (hash >> 20) as usize & mask;
        while let Some(&entry) = self.slots.get(at) {
            let is_tagged = entry >> 32 == hash >> 32;
            if entry == 0 || is_tagged && self.has_words(entry as u32 - 1, key) {
                break;
            }
            at = (at + 1) & mask;
        }
        (at, hash)
    }

    fn has_words(&self, group: u32, key: &[i64]) -> bool {
        let start = group as usize * self.width;
        let own = self.words[start..start + self.width].iter();
        own.zip(key).all(|(a, b)| a == b)
    }

    /// The group of a key, new or known. Lists multiply what a row is found under; the slots grow
    /// with them.
    pub(crate) fn enter(&mut self, key: &[i64]) -> u32 {
        if self.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let (slot, hash) = self.slot(key);
        if let Some(group) = (self.slots[slot] as u32).checked_sub(1) {
            return group;
        }
        let group = self.len() as u32;
        self.slots[slot] = hash >> 32 << 32 | u64::from(group + 1);
        self.words.extend(key);
        group
    }

    /// Doubles the slots.
    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        let words = std::mem::take(&mut self.words);
        for key in words.chunks(self.width.max(1)) {
            let (slot, hash) = self.slot(key);
            let group = self.len() as u64;
            self.slots[slot] = hash >> 32 << 32 | (group + 1);
            self.words.extend(key);
        }
    }
}

/// Mixes a word into a hash; the same on every machine and in every run.
fn mix(hash: u64, word: i64) -> u64 {
    let mixed = (hash.rotate_left(5) ^ word as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}
