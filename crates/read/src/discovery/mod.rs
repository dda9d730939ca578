//! Which files of a workspace are read, and how each is opened.

pub mod files;
pub(crate) mod walk;
