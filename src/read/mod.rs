//! Files of a workspace → typed tables with provenance.
//!
//! Finding files → sniffing what they are → raw grids of cells ([`grid`]) → recognising ledgers and
//! headings ([`heading`]) → typed cells ([`coerce`]) → resolving names → [`Dataset`].

use crate::model::{dataset::Dataset, profile::Profile, schema::Schemas};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

mod csv;
pub mod files;
mod form;
mod gather;
pub mod grid;
mod guard;
pub mod limits;
mod markup;
mod ods;
pub mod open;
pub mod profile;
mod records;
mod refuse;
mod sheet;
mod sniff;
mod text;
pub mod tree;
mod waivers;
mod walk;
mod xls;
mod yaml;
mod yaml_words;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders never read: the output folder.
    pub leave_out: Vec<PathBuf>,
}

/// Reads every ledger below `root`. Never fails as a whole: what could not be read is told in
/// [`Dataset::diagnostics`] and the rest is there.
pub fn read(_root: &Path, _schemas: &Schemas, _profile: &Profile, _options: &Options) -> Dataset {
    Dataset::default()
}

/// Builds a dataset from records written in a control's example: ledger id → records of field id →
/// cell as written. Same coercion as for files; every ledger named has all its columns.
pub fn from_records(
    _schemas: &Schemas,
    _records: &BTreeMap<String, Vec<BTreeMap<String, String>>>,
) -> Dataset {
    Dataset::default()
}
