//! The unit's own settings: `zicha.yaml`, `waivers.yaml`, paragraphs, scoring model.

pub(crate) mod form;
pub(crate) mod holidays;
pub(crate) mod own_text;
pub mod profile;
pub mod scoring;
pub(crate) mod unit;
pub(crate) mod unmatched;
pub(crate) mod waivers;
