//! The truths of many records, a byte each.
//!
//! The three values are ordered, hence `and` is the least, `or` the greatest, `not` the mirror image. The
//! loops have no branches, so that the compiler makes them take many records at a time.

use zicha_model::dataset::CellState;

/// The condition does not hold.
pub(crate) const FALSE: u8 = 0;
/// It cannot be told whether the condition holds.
pub(crate) const UNKNOWN: u8 = 1;
/// The condition holds.
pub(crate) const TRUE: u8 = 2;

/// Records counted at a time: no more than a byte holds.
const COUNTED: usize = 128;

/// The truth for every one of some things.
pub(crate) fn by<T: Copy>(things: &[T], truth: impl Fn(T) -> u8) -> Vec<u8> {
    let mut truths = vec![FALSE; things.len()];
    for (own, &thing) in truths.iter_mut().zip(things) {
        *own = truth(thing);
    }
    truths
}

/// The truth for every pair of some things.
pub(crate) fn by_both<T: Copy>(a: &[T], b: &[T], truth: impl Fn(T, T) -> u8) -> Vec<u8> {
    let mut truths = vec![FALSE; a.len()];
    for ((own, &a), &b) in truths.iter_mut().zip(a).zip(b) {
        *own = truth(a, b);
    }
    truths
}

/// Yes or no.
pub(crate) fn plain(holds: bool) -> u8 {
    u8::from(holds) * TRUE
}

/// To be asked where a cell has no value.
pub(crate) fn ask_unless_value(truths: &mut [u8], states: &[CellState]) {
    for (own, &state) in truths.iter_mut().zip(states) {
        *own = if state == CellState::Value {
            *own
        } else {
            UNKNOWN
        };
    }
}

/// To be asked where something is not known.
pub(crate) fn ask_unless(truths: &mut [u8], known: &[bool]) {
    for (own, &known) in truths.iter_mut().zip(known) {
        *own = if known { *own } else { UNKNOWN };
    }
}

/// Each put together with another.
pub(crate) fn merge(truths: &mut [u8], others: &[u8], both: impl Fn(u8, u8) -> u8) {
    for (own, &other) in truths.iter_mut().zip(others) {
        *own = both(*own, other);
    }
}

/// The opposite of each.
pub(crate) fn mirror(truths: &mut [u8]) {
    truths.iter_mut().for_each(|own| *own = TRUE - *own);
}

/// Yes instead of ask.
pub(crate) fn give_the_benefit(truths: &mut [u8]) {
    truths.iter_mut().for_each(|own| *own += *own & UNKNOWN);
}

/// No instead of unknown.
pub(crate) fn without_unknown(truths: &mut [u8]) {
    truths.iter_mut().for_each(|own| *own &= TRUE);
}

/// How many have a truth value.
pub(crate) fn count(truths: &[u8], wanted: u8) -> usize {
    let few = truths.chunks(COUNTED).map(|few| {
        let found = few.iter().map(|&truth| u8::from(truth == wanted));
        usize::from(found.fold(0u8, u8::wrapping_add))
    });
    few.sum()
}

/// The positions of those of a truth value.
pub(crate) fn positions(truths: &[u8], wanted: u8) -> Vec<u32> {
    if !truths.contains(&wanted) {
        return Vec::new();
    }
    positions_where(truths, |truth| truth == wanted)
}

/// The positions of those whose truth is so.
pub(crate) fn positions_where(truths: &[u8], is_wanted: impl Fn(u8) -> bool) -> Vec<u32> {
    let mut found = vec![0; truths.len()];
    let mut len = 0;
    for (at, &truth) in truths.iter().enumerate() {
        found[len] = at as u32;
        len += usize::from(is_wanted(truth));
    }
    found.truncate(len);
    found
}

/// Those that hold, a bit each.
pub(crate) fn bits(truths: &[u8]) -> Vec<u64> {
    let words = truths.chunks(64).map(|truths| {
        let eights = (0..).zip(truths.chunks(8));
        eights.fold(0, |word, (at, eight)| {
            word | bits_of_eight(eight) << (at * 8)
        })
    });
    words.collect()
}

/// The bits of up to eight truths: they lie eight apart; the product brings them side by side into the
/// highest byte.
fn bits_of_eight(truths: &[u8]) -> u64 {
    let bytes = <[u8; 8]>::try_from(truths).unwrap_or_else(|_| {
        let mut bytes = [FALSE; 8];
        bytes[..truths.len()].copy_from_slice(truths);
        bytes
    });
    let holding = u64::from_le_bytes(bytes) >> 1 & 0x0101_0101_0101_0101;
    holding.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_counts_and_positions_say_the_same(
            truths in prop::collection::vec(0u8..3, 0..300),
        ) {
            let found = positions(&truths, TRUE);
            let bits = bits(&truths);
            let is_set = |at: usize| bits[at / 64] >> (at % 64) & 1 == 1;
            for (at, &truth) in truths.iter().enumerate() {
                prop_assert_eq!(is_set(at), truth == TRUE);
                prop_assert_eq!(found.contains(&(at as u32)), truth == TRUE);
            }
            prop_assert_eq!(bits.len(), truths.len().div_ceil(64));
            prop_assert_eq!(count(&truths, TRUE), found.len());
        }
    }

    #[test]
    fn three_values_meet_as_they_must() {
        let a = [
            FALSE, FALSE, FALSE, UNKNOWN, UNKNOWN, UNKNOWN, TRUE, TRUE, TRUE,
        ];
        let b = [
            FALSE, UNKNOWN, TRUE, FALSE, UNKNOWN, TRUE, FALSE, UNKNOWN, TRUE,
        ];
        let (mut both, mut one, mut not, mut sure) = (a, a, a, a);
        merge(&mut both, &b, u8::min);
        merge(&mut one, &b, u8::max);
        mirror(&mut not);
        without_unknown(&mut sure);
        assert_eq!(
            both,
            [
                FALSE, FALSE, FALSE, FALSE, UNKNOWN, UNKNOWN, FALSE, UNKNOWN, TRUE
            ]
        );
        assert_eq!(
            one,
            [
                FALSE, UNKNOWN, TRUE, UNKNOWN, UNKNOWN, TRUE, TRUE, TRUE, TRUE
            ]
        );
        assert_eq!(
            not,
            [
                TRUE, TRUE, TRUE, UNKNOWN, UNKNOWN, UNKNOWN, FALSE, FALSE, FALSE
            ]
        );
        assert_eq!(
            sure,
            [FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE, TRUE, TRUE]
        );
        give_the_benefit(&mut not);
        assert_eq!(
            not,
            [TRUE, TRUE, TRUE, TRUE, TRUE, TRUE, FALSE, FALSE, FALSE]
        );
    }
}
