//! What came out of a run as a whole: chapters, score, history, proposals.

pub(crate) mod chapters;
pub(crate) mod course;
pub(crate) mod entry_changes;
pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod levels;
pub(crate) mod proposals;
pub(crate) mod score;
pub(crate) mod trend;
