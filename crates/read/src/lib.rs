//! Files of a workspace → typed tables with provenance.
//!
//! Finding files → sniffing what they are → raw grids of cells ([`grid`]) → recognising ledgers and
//! headings ([`section`], [`heading`], [`assign`]) → typed cells ([`block`], [`coerce`]) → joining ([`table`])
//! → resolving names ([`link`]) → [`Dataset`].

use block::{Block, Sheet};
use coerce::Coercer;
use grid::{Form, Grid, RawFile};
use index::Index;
use rayon::prelude::*;
use section::{Guide, Source, Understood};
use std::path::{Path, PathBuf};
use table::{FileTables, InputFileParts, Ledgers, SheetTables};
use zicha_model::diag::Diagnostic;
use zicha_model::{dataset::Dataset, profile::Profile, rectification::ListRow, schema::Schemas};

mod account;
pub mod assign;
pub mod block;
pub mod clock;
pub mod coerce;
mod compound;
mod copies;
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
mod list_words;
mod locate;
mod markup;
mod memo;
pub mod normalise;
mod ods;
pub mod open;
mod own_text;
mod plain;
pub mod profile;
mod rank;
mod records;
mod refuse;
pub mod rows;
pub mod scoring;
pub mod section;
mod sheet;
mod short_cells;
mod sniff;
mod strings;
mod suit;
pub mod table;
mod terms;
mod text;
pub mod tree;
mod unit;
pub mod upright;
mod waivers;
mod walk;
mod words;
mod xls;
mod yaml;

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
    let files = each(paths, |path| reader.file(files::open(root, &path)));
    finish(files, diagnostics, schemas)
}

/// Files, and the sheets of each, are read in parallel. The results keep the order.
fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    items.into_par_iter().map(&work).collect()
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
        let understood = files.iter().map(|file| self.file(file.clone())).collect();
        finish(understood, self.index.diagnostics.clone(), self.schemas)
    }

    fn file(&self, file: RawFile) -> FileTables {
        let guide = Guide {
            schemas: self.schemas,
            index: &self.index,
            profile: self.profile,
            coercer: &self.coercer,
        };
        understand_file(file, &guide)
    }
}

fn finish(mut files: Vec<FileTables>, diagnostics: Vec<Diagnostic>, schemas: &Schemas) -> Dataset {
    copies::leave_out(&mut files);
    let mut dataset = table::join(files, schemas);
    link::link(&mut dataset, schemas);
    dataset.diagnostics.extend(diagnostics);
    zicha_model::diag::settle(&mut dataset.diagnostics);
    dataset
}

/// All tables of one opened file.
fn understand_file(file: RawFile, guide: &Guide<'_>) -> FileTables {
    let place = Place {
        path: &file.path,
        form: file.form,
        beside_list: file.grids.iter().any(list::bears_fingerprints),
    };
    let pages = each(file.grids, |grid| understand_sheet(place, grid, guide));
    let mut tables = FileTables {
        sheets: Vec::new(),
        list: Vec::new(),
        diagnostics: file.diagnostics,
        input: InputFileParts::default(),
    };
    for page in pages {
        tables.sheets.push(page.sheet);
        tables.list.extend(page.list);
        tables.diagnostics.extend(page.diagnostics);
    }
    tables.input = InputFileParts {
        path: file.path,
        bytes: file.bytes,
        sha256: file.sha256,
        sm3: file.sm3,
        readable: file.readable,
    };
    tables
}

/// Where a sheet is from, as in [`Source`].
#[derive(Clone, Copy)]
struct Place<'a> {
    path: &'a str,
    form: Form,
    beside_list: bool,
}

impl<'a> Place<'a> {
    fn source(self, grid: &'a Grid) -> Source<'a> {
        Source {
            path: self.path,
            form: self.form,
            grid,
            beside_list: self.beside_list,
        }
    }
}

/// What was read of one sheet.
struct Page {
    sheet: SheetTables,
    list: Vec<ListRow>,
    diagnostics: Vec<Diagnostic>,
}

fn understand_sheet(place: Place<'_>, mut grid: Grid, guide: &Guide<'_>) -> Page {
    let mut understood = section::understand(place.source(&grid), guide);
    let mut diagnostics = std::mem::take(&mut understood.diagnostics);
    let ledger = guide.schemas.ledger_by_id("rectifications");
    let mut sections = understood.sections.iter();
    let mut list = Vec::new();
    // A unit keeps its rectifications in that ledger, or in a sheet beside a list of ours.
    if place.beside_list || sections.any(|section| Some(section.ledger) == ledger) {
        let (rows, told) = list::rows(place.path, place.form, &grid);
        list = rows;
        diagnostics.extend(told);
    }
    let sheet = match understood.other.take() {
        Some(other) => SheetTables::Other(other),
        None => {
            let blocks = blocks(place, &mut grid, &mut understood, guide);
            let sheet = place.source(&grid).sheet().map(str::to_owned);
            diagnostics.extend(blocks.1);
            let laid = understood.upright.map(|upright| upright.grid);
            SheetTables::Ledgers(Ledgers {
                sheet,
                blocks: blocks.0,
                texts: laid.unwrap_or(grid).texts,
            })
        }
    };
    Page {
        sheet,
        list,
        diagnostics,
    }
}

/// The tables of a sheet, and what is to be told of them.
fn blocks(
    place: Place<'_>,
    grid: &mut Grid,
    understood: &mut Understood,
    guide: &Guide<'_>,
) -> (Vec<Block>, Vec<Diagnostic>) {
    let (mut blocks, mut told) = (Vec::new(), Vec::new());
    for section in std::mem::take(&mut understood.sections) {
        let upright = understood.upright.as_mut();
        let laid = upright.map_or(&mut *grid, |upright| &mut upright.grid);
        let sheet = Sheet::of(laid, place.form);
        let mut block = block::build(sheet, section, guide.coercer, guide.schemas);
        if let Some(upright) = &understood.upright {
            upright.relocate(&mut block);
        }
        told.extend(account::tell_values(
            place.source(grid),
            &mut block,
            guide.schemas,
        ));
        blocks.push(block);
    }
    (blocks, told)
}
