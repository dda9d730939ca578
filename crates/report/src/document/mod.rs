//! The document model that every renderer draws: sections of blocks, tables, charts; nothing here knows the assessment.

pub(crate) mod blocks;
pub(crate) mod chart;
pub(crate) mod paper;
pub(crate) mod tables;
pub(crate) mod wide;
