//! Text of the unit → text for other eyes: masked where asked, and fit for display.

pub(crate) mod display_text;
mod fingerprint_key;
pub mod mask;
pub(crate) mod unit_text;
