//! The files of packs → ledgers, parameters and controls with their compiled rules.
//!
//! What enters: paths and texts ([`source`]: the program's own files or a folder of the workspace).
//! What leaves: a [`catalogue::Catalogue`] and every mistake told at its line. [`pack`] reads them
//! in order: head, enumerations and ledgers, parameters, controls, clauses; then what the profile
//! overrides ([`profile_file`]) and narrows ([`narrow`]). No file here knows the engine.

pub(crate) mod built_in;
pub(crate) mod catalogue;
pub(crate) mod clause_file;
pub(crate) mod compile;
pub(crate) mod control_file;
pub(crate) mod file_keys;
pub(crate) mod file_messages;
pub(crate) mod merged;
pub mod narrow;
pub(crate) mod narrowing_messages;
pub mod pack;
pub(crate) mod pack_head;
pub(crate) mod parameter_file;
pub(crate) mod parameter_value;
pub(crate) mod profile_file;
pub(crate) mod schema_file;
pub(crate) mod shown;
pub(crate) mod source;
pub mod waiver_names;
pub mod window;
pub(crate) mod window_messages;
