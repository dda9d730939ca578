//! A tiny generator of numbers that look random: the same ones on every machine.

/// SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Prng(u64);

impl Prng {
    /// A stream of its own for each topic, so that a change in one ledger leaves the others alone.
    pub(crate) fn of(topic: &str) -> Self {
        Self(mix(topic))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.range(1, 100) <= percent
    }

    /// One of the items.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.range(0, items.len() as i64 - 1) as usize]
    }

    /// `n` different items in their order.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], n: usize) -> Vec<T> {
        let mut left: Vec<usize> = (0..items.len()).collect();
        while left.len() > n.min(items.len()) {
            let out = self.range(0, left.len() as i64 - 1) as usize;
            left.remove(out);
        }
        left.into_iter().map(|i| items[i].clone()).collect()
    }
}

/// FNV-1a with a final stir: a number that depends on the text only.
pub(crate) fn mix(text: &str) -> u64 {
    let folded = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    folded ^ (folded >> 29)
}
