//! What was not checked, could not be decided or was left out, by cause.

pub(crate) mod causes;
pub(crate) mod open;
pub(crate) mod undecided;
