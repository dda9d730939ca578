//! What stands around the matter: head, marking, basic figures, roster, parameters.

pub(crate) mod figures;
pub(crate) mod head;
pub(crate) mod marking;
pub(crate) mod parameters;
pub(crate) mod roster;
