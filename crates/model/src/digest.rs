//! Content digests: the one place that knows which hash functions the program uses.
//!
//! [`FileDigests`] identify a file for the receiver (SHA-256, and SM3 as GB/T 32905 has it).
//! [`Hasher`] gives identifiers inside the program: fingerprints, keys without a number, the state of
//! a pack. Another hash function for files is another field of [`FileDigests`].

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::io::{self, Write};

/// The digests of a file's bytes, lower-case hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigests {
    /// SHA-256, 64 digits.
    pub sha256: String,
    /// SM3, 64 digits.
    pub sm3: String,
}

impl FileDigests {
    /// The digests of bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        let mut writer = FileDigester::default();
        writer.update(bytes);
        writer.finish()
    }

    /// The digests of everything that a reader gives, in constant memory.
    ///
    /// # Errors
    /// If the reader fails.
    pub fn of_reader(mut reader: impl io::Read) -> io::Result<Self> {
        let mut writer = FileDigester::default();
        io::copy(&mut reader, &mut writer)?;
        Ok(writer.finish())
    }

    /// Each digest with the name under which people know it, in the order of the file.
    pub fn named(&self) -> [(&'static str, &str); 2] {
        [("SHA-256", &self.sha256), ("SM3", &self.sm3)]
    }
}

/// Computes [`FileDigests`] from bytes as they come.
#[derive(Clone, Debug, Default)]
pub struct FileDigester {
    sha256: Sha256,
    sm3: Sm3,
}

impl FileDigester {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.sm3.update(bytes);
    }

    /// The digests of all bytes added.
    pub fn finish(self) -> FileDigests {
        FileDigests {
            sha256: hex(&self.sha256.finalize()),
            sm3: hex(&self.sm3.finalize()),
        }
    }
}

impl Write for FileDigester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A SHA-256 for identifiers: parts are added one after another, without separators of its own.
#[derive(Clone, Debug, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// A hasher to which one part is added already.
    pub fn of(part: impl AsRef<[u8]>) -> Self {
        Self::default().with(part)
    }

    /// The same with another part.
    #[must_use]
    pub fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        self.update(part);
        self
    }

    /// Adds a part.
    pub fn update(&mut self, part: impl AsRef<[u8]>) {
        self.0.update(part.as_ref());
    }

    /// The 32 bytes.
    pub fn bytes(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// All 64 hexadecimal digits.
    pub fn hex(self) -> String {
        hex(&self.bytes())
    }

    /// The first `bytes` bytes (at most 32) in hexadecimal digits.
    pub fn hex_prefix(self, bytes: usize) -> String {
        let mut digits = self.hex();
        digits.truncate(2 * bytes);
        digits
    }
}

/// SHA-256 of bytes, 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Hasher::of(bytes).hex()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| DIGITS[usize::from(nibble)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        let digests = FileDigests::of(b"abc");
        assert_eq!(
            digests.named(),
            [
                (
                    "SHA-256",
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                ),
                (
                    "SM3",
                    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
                ),
            ]
        );
        assert_eq!(sha256_hex(b"abc"), digests.sha256);
        assert_eq!(FileDigests::of_reader(&b"abc"[..]).expect("reads"), digests);
    }

    #[test]
    fn parts_are_joined_and_prefixes_cut() {
        assert_eq!(Hasher::of("a").with("bc").hex(), sha256_hex(b"abc"));
        assert_eq!(Hasher::of("abc").hex_prefix(4), "ba7816bf");
        assert_eq!(Hasher::of("abc").bytes()[0], 0xba);
    }
}
