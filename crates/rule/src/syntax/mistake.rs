//! A mistake in a rule's text, before it is told at its place in a file.

use std::ops::Range;
use zicha_model::diag::Code;

/// What is wrong, and where in the rule's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The kind of mistake.
    pub(crate) code: Code,
    /// One phrase in Chinese.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: Option<String>,
    /// Byte range in the rule's text.
    pub(crate) span: Range<usize>,
}
