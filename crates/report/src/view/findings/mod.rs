//! Findings as papers tell them: problems, measures by term, the list.

pub(crate) mod bases;
pub(crate) mod list;
pub(crate) mod measures;
pub(crate) mod problem_words;
pub(crate) mod problems;
