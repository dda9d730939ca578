//! Files in memory → the output folder: which papers in which formats, whole or not at all, with a manifest that can be verified later.

pub(crate) mod atomic_write;
pub(crate) mod document_set;
pub(crate) mod formats;
pub mod manifest;
pub mod verify;
