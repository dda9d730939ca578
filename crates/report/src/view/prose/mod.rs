//! Templates and the unit's own Markdown → sections of blocks.

pub(crate) mod markdown;
pub(crate) mod narrative;
pub(crate) mod own_text;
