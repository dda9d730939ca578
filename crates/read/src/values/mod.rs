//! Text of a cell → typed value; spellings made comparable.

pub mod coerce;
pub(crate) mod coercion_cache;
pub mod normalise;
