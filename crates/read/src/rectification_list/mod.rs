//! The rectification list (整改清单) read back with what people entered.

pub mod attachments;
pub mod rows;
pub(crate) mod words;
