//! Which files of a workspace are read, and how each is opened.
//!
//! What enters: a folder and the profile's globs. What leaves: sorted paths, each opened as a
//! [`crate::formats::grid::RawFile`], and what was passed over and why. [`files`] is the face;
//! `walk` goes through the folders, `kinds` judges a file by its name, `disk_names` finds the
//! files whose names are not UTF-8.

pub(crate) mod disk_names;
pub mod files;
pub(crate) mod kinds;
pub mod options;
pub(crate) mod walk;
