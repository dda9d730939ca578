//! The inflated bytes of a part, counted and stopped at the first bound that they exceed.

use crate::formats::limits::Limits;
use crate::formats::{limits, read_errors};
use memchr::{memchr, memrchr};
use std::{
    io::{self, Read},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};
use zicha_model::diag::Diagnostic;
use zip::read::ZipFile;

/// Inflated bytes of one part, stopped at the first bound that they exceed.
pub(crate) struct Bounded<'a, R> {
    source: R,
    limits: &'a Limits,
    /// Bytes as packed in the archive, as the directory says; only used as a divisor.
    packed: u64,
    /// Bytes that came out so far.
    inflated: u64,
    /// Bytes that the whole package may still inflate to.
    left: &'a AtomicU64,
    /// True if it inflates to more.
    over: bool,
    /// Bytes that this part may inflate to.
    pub(super) part_most: u64,
    /// Bytes since the last `<`.
    run: u64,
    /// Bytes allowed without `<`.
    pub(super) run_most: u64,
    /// Why reading stopped.
    pub(crate) breach: Option<Diagnostic>,
}

impl<'a, 'z, S: Read> Bounded<'a, ZipFile<'z, S>> {
    /// The bytes of a part; `left` as in [`crate::formats::package::guard::walk_but`].
    pub(super) fn new(part: ZipFile<'z, S>, limits: &'a Limits, left: &'a AtomicU64) -> Self {
        Self {
            packed: part.compressed_size().max(1),
            source: part,
            limits,
            inflated: 0,
            left,
            over: false,
            part_most: u64::MAX,
            run: 0,
            run_most: u64::MAX,
            breach: None,
        }
    }
}

impl<'a, 'z, S: Read> Bounded<'a, ZipFile<'z, S>> {
    /// As for the parts that are walked here, for a part that is XML.
    pub(crate) fn xml(part: ZipFile<'z, S>, limits: &'a Limits, left: &'a AtomicU64) -> Self {
        Self {
            run_most: limits.text_run_bytes,
            ..Self::new(part, limits, left)
        }
    }
}

impl<R> Bounded<'_, R> {
    fn count(&mut self, chunk: &[u8]) {
        let length = chunk.len() as u64;
        self.inflated += length;
        let less = |left: u64| left.checked_sub(length);
        let taken = self.left.fetch_update(Relaxed, Relaxed, less);
        self.over |= taken.is_err();
        let open = memchr(b'<', chunk);
        let before = open.unwrap_or(chunk.len()) as u64;
        let longest = self.run + before;
        self.run = match memrchr(b'<', chunk) {
            Some(last) => (chunk.len() - last) as u64,
            None => longest,
        };
        self.breach = self.judge(longest);
    }

    fn judge(&self, run: u64) -> Option<Diagnostic> {
        let total = self.limits.inflated_bytes;
        let swollen = self.inflated > self.limits.ratio_from_bytes
            && self.inflated / self.packed > limits::INFLATE_RATIO;
        if self.over {
            Some(read_errors::limit(
                "压缩包解开后的大小",
                read_errors::size(total),
            ))
        } else if swollen {
            let most = format!("{} 倍", limits::INFLATE_RATIO);
            Some(read_errors::limit("压缩包解开后膨胀的倍数", most))
        } else if self.inflated > self.part_most {
            let most = read_errors::size(self.part_most);
            Some(read_errors::limit("压缩包内单个非文本部件的大小", most))
        } else if run > self.run_most {
            let most = read_errors::size(self.run_most);
            Some(read_errors::limit("单个单元格的文字长度", most))
        } else {
            None
        }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.source.read(buffer)?;
        self.count(&buffer[..n]);
        match self.breach {
            Some(_) => Err(io::Error::other("limit")),
            None => Ok(n),
        }
    }
}
