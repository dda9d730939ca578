//! Text of a cell → typed value; spellings made comparable.

pub mod coerce;
pub(crate) mod coercion_cache;
pub(crate) mod lookalikes;
pub mod normalise;
pub(crate) mod placeholders;
pub(crate) mod spoilt;
pub(crate) mod words;
