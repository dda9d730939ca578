//! Fingerprints that cannot be guessed.
//!
//! A fingerprint is a hash of control, ledger and key, so whoever knows a person's name could compute
//! it and look it up in redacted output. There it is hashed again with a key that only the ledgers
//! themselves give: the same input gives the same fingerprints, names alone give none.

use zicha_assess::Assessment;
use zicha_model::digest::Hasher;

/// The key: a hash over every cell that was read.
#[derive(Clone, Debug, Default)]
pub(super) struct FingerprintKey([u8; 32]);

impl FingerprintKey {
    /// The key of a run.
    pub(super) fn of(assessment: &Assessment<'_>) -> Self {
        let (schemas, dataset) = (&assessment.catalogue.schemas, assessment.dataset);
        let mut hash = Hasher::default();
        for ledger in schemas.ledger_ids() {
            let Some(table) = dataset.table(ledger) else {
                continue;
            };
            for column in &table.columns {
                for &raw in &column.raw {
                    hash.update(dataset.strings.resolve(raw).as_bytes());
                    hash.update([0]);
                }
            }
        }
        Self(hash.bytes())
    }

    /// A fingerprint of the same length that tells nothing of the record.
    pub(super) fn sealed(&self, fingerprint: &str) -> String {
        Hasher::of(self.0).with(fingerprint).hex_prefix(8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_seals_alike_and_another_key_otherwise() {
        let (one, other) = (FingerprintKey([1; 32]), FingerprintKey([2; 32]));
        assert_eq!(one.sealed("abc"), one.sealed("abc"));
        assert_ne!(one.sealed("abc"), other.sealed("abc"));
        assert_eq!(one.sealed("abc").len(), 16);
    }
}
