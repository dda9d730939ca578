//! Files of a workspace → typed tables with provenance.
//!
//! Finding files → sniffing what they are → raw grids of cells ([`grid`]) → recognising ledgers and
//! headings ([`section`], [`heading`]) → typed cells ([`block`], [`coerce`]) → joining ([`table`])
//! → resolving names ([`link`]) → [`Dataset`].

use crate::model::{dataset::Dataset, profile::Profile, schema::Schemas};
use coerce::Coercer;
use grid::RawFile;
use index::Index;
use rayon::prelude::*;
use section::{Guide, Source};
use std::path::{Path, PathBuf};
use table::{FileTables, InputFileParts, SheetTables};

mod account;
pub mod block;
pub mod coerce;
mod csv;
mod cursor;
mod examples;
pub mod files;
mod form;
mod gather;
pub mod grid;
mod guard;
pub mod heading;
mod holidays;
pub mod index;
pub mod limits;
pub mod link;
pub mod list;
mod locate;
mod markup;
pub mod normalise;
mod ods;
pub mod open;
mod own_text;
pub mod profile;
mod rank;
mod records;
mod refuse;
pub mod rows;
pub mod section;
mod sheet;
mod short_cells;
mod sniff;
pub mod table;
mod terms;
mod text;
pub mod tree;
pub mod upright;
mod waivers;
mod walk;
mod words;
mod xls;
mod yaml;
mod yaml_words;

pub use examples::from_records;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders never read: the output folder.
    pub leave_out: Vec<PathBuf>,
}

/// Reads every ledger below `root`. Never fails as a whole: what could not be read is told in
/// [`Dataset::diagnostics`] and the rest is there.
pub fn read(root: &Path, schemas: &Schemas, profile: &Profile, options: &Options) -> Dataset {
    let (paths, mut diagnostics) = files::find(root, profile, options);
    let reader = Reader::new(schemas, profile);
    diagnostics.extend(reader.index.diagnostics.iter().cloned());
    let files: Vec<FileTables> = paths
        .par_iter()
        .map(|path| reader.file(&files::open(root, path)))
        .collect();
    finish(files, diagnostics, schemas)
}

/// Understands files that are already opened, as [`read`] does.
pub fn understand(files: &[RawFile], schemas: &Schemas, profile: &Profile) -> Dataset {
    Reader::new(schemas, profile).understand(files)
}

/// What all files are understood with, prepared once.
pub struct Reader<'a> {
    schemas: &'a Schemas,
    profile: &'a Profile,
    index: Index,
    coercer: Coercer<'a>,
}

impl<'a> Reader<'a> {
    /// Prepares the look-ups of headings and enumerations.
    pub fn new(schemas: &'a Schemas, profile: &'a Profile) -> Self {
        Self {
            schemas,
            profile,
            index: Index::new(schemas, profile),
            coercer: Coercer::new(schemas),
        }
    }

    /// Understands opened files together.
    pub fn understand(&self, files: &[RawFile]) -> Dataset {
        let understood = files.iter().map(|file| self.file(file)).collect();
        finish(understood, self.index.diagnostics.clone(), self.schemas)
    }

    fn file(&self, file: &RawFile) -> FileTables {
        let guide = Guide {
            schemas: self.schemas,
            index: &self.index,
            profile: self.profile,
        };
        understand_file(file, &guide, &self.coercer)
    }
}

fn finish(
    files: Vec<FileTables>,
    diagnostics: Vec<crate::diag::Diagnostic>,
    schemas: &Schemas,
) -> Dataset {
    let mut dataset = table::join(files, schemas);
    link::link(&mut dataset, schemas);
    dataset.diagnostics.extend(diagnostics);
    crate::diag::settle(&mut dataset.diagnostics);
    dataset
}

/// All tables of one opened file.
fn understand_file(file: &RawFile, guide: &Guide<'_>, coercer: &Coercer<'_>) -> FileTables {
    let mut tables = FileTables {
        input: InputFileParts {
            path: file.path.clone(),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            sm3: file.sm3.clone(),
            readable: file.readable,
        },
        sheets: Vec::new(),
        list: Vec::new(),
        diagnostics: file.diagnostics.clone(),
    };
    let beside_list = file.grids.iter().any(list::bears_fingerprints);
    for grid in &file.grids {
        let source = Source {
            path: &file.path,
            form: file.form,
            grid,
            beside_list,
        };
        let (sheet, diagnostics) = understand_sheet(source, guide, coercer);
        if is_list(&sheet, guide) || beside_list {
            let (rows, told) = list::rows(&file.path, file.form, grid);
            tables.list.extend(rows);
            tables.diagnostics.extend(told);
        }
        tables.sheets.push(sheet);
        tables.diagnostics.extend(diagnostics);
    }
    tables
}

/// True for the sheets of the ledger that a unit keeps its rectifications in.
fn is_list(sheet: &SheetTables, guide: &Guide<'_>) -> bool {
    let SheetTables::Ledgers(_, blocks) = sheet else {
        return false;
    };
    let ledger = guide.schemas.ledger_by_id("rectifications");
    blocks.iter().any(|block| Some(block.ledger) == ledger)
}

fn understand_sheet(
    source: Source<'_>,
    guide: &Guide<'_>,
    coercer: &Coercer<'_>,
) -> (SheetTables, Vec<crate::diag::Diagnostic>) {
    let understood = section::understand(source, guide);
    let upright = understood.upright;
    let mut diagnostics = understood.diagnostics;
    if let Some(other) = understood.other {
        return (SheetTables::Other(other), diagnostics);
    }
    let blocks = understood
        .sections
        .into_iter()
        .map(|section| {
            let grid = upright
                .as_ref()
                .map_or(source.grid, |upright| &upright.grid);
            let lying = Source { grid, ..source };
            let mut block = block::build(lying, section, coercer, guide.schemas);
            if let Some(upright) = &upright {
                upright.relocate(&mut block);
            }
            diagnostics.extend(table::tell(source, &mut block, guide.schemas));
            block
        })
        .collect();
    let sheet = source.sheet().map(str::to_owned);
    (SheetTables::Ledgers(sheet, blocks), diagnostics)
}
