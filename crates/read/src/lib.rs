//! Files of a workspace → typed tables with provenance.
//!
//! Finding files ([`discovery`]) → bytes to raw grids of cells ([`formats`]) → which ledger, which field,
//! which rows ([`recognition`]) → typed cells ([`values`]) → one table a ledger, names resolved ([`tables`])
//! → [`Dataset`]. Beside it the unit's own settings ([`settings`]) and the rectification list read back
//! ([`rectification_list`]).

pub mod discovery;
pub mod formats;
mod parallel;
pub mod recognition;
pub mod rectification_list;
pub mod settings;
pub mod tables;
pub mod values;

use crate::discovery::files;
use crate::formats::grid::{Form, Grid, RawFile};
use crate::formats::limits;
use crate::parallel::each;
use crate::recognition::forms::{self, Parts};
use crate::recognition::heading_index::Index;
use crate::recognition::sections;
use crate::recognition::sheet::{Guide, Source, Understood};
use crate::recognition::sheet_report;
use crate::recognition::side_by_side;
use crate::rectification_list::rows;
use crate::settings::unmatched;
use crate::tables::block::{Block, Sheet};
use crate::tables::budget::Budget;
use crate::tables::copies;
use crate::tables::duplicate_files;
use crate::tables::join;
use crate::tables::join::{FileTables, InputFileParts, Ledgers, SheetTables};
use crate::tables::link_names;
use crate::tables::plausibility;
use crate::tables::relocation;
use crate::tables::{block_builder, cell_report};
use crate::tables::{link_numbers, same_person, same_record};
use crate::values::coerce::Coercer;
use std::path::Path;
use zicha_model::dataset::Interner;
use zicha_model::diag::{Diagnostic, codes};
use zicha_model::{
    dataset, dataset::Dataset, profile::Profile, rectification::ListRow, schema::Schemas,
};

pub use crate::discovery::options::Options;
pub use crate::tables::examples::from_records;

/// Files, and bytes of files, that are read before what they hold is weighed: enough to keep all processors
/// busy.
const AT_A_TIME: (usize, u64) = (16, 64 << 20);

/// Text of a file as people save it: UTF-8, UTF-16 or GB18030; `None` if it is none of these.
pub fn decode_text(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    formats::text::decode(bytes)
}

/// Reads every ledger below `root`. Never fails as a whole: what could not be read is told in
/// [`Dataset::diagnostics`] and the rest is there.
pub fn read(root: &Path, schemas: &Schemas, profile: &Profile, options: &Options) -> Dataset {
    read_within(limits::RUN_BYTES, root, schemas, profile, options)
}

/// The same with another bound on the memory of all tables together: files that would pass it are told and
/// left out, the rest is read.
pub fn read_within(
    bytes: u64,
    root: &Path,
    schemas: &Schemas,
    profile: &Profile,
    options: &Options,
) -> Dataset {
    let (mut paths, mut diagnostics) = files::find(root, profile, options);
    let reader = Reader::new(schemas, profile);
    diagnostics.extend(reader.index.diagnostics.iter().cloned());
    let mut budget = Budget::of(bytes);
    let mut files = Vec::with_capacity(paths.len());
    while !paths.is_empty() {
        // What is not admitted is dropped before more is read.
        let rest = paths.split_off(at_a_time(root, &paths));
        let some = std::mem::replace(&mut paths, rest);
        let read = each(some, |path| reader.file(files::open(root, &path)));
        files.extend(read.into_iter().map(|file| budget.admit(file)));
    }
    let mut dataset = finish(files, diagnostics, schemas, profile);
    let unmatched = unmatched::mistakes(profile, schemas, &reader.index, &dataset);
    dataset.diagnostics.extend(unmatched);
    zicha_model::diag::sort_and_dedup(&mut dataset.diagnostics);
    dataset
}

/// How many of the files, one at least, are read before they are weighed.
fn at_a_time(root: &Path, paths: &[String]) -> usize {
    let (most, most_bytes) = AT_A_TIME;
    let mut bytes = 0;
    let fits = |path: &&String| {
        let before = bytes;
        bytes += std::fs::metadata(root.join(path)).map_or(0, |file| file.len());
        before < most_bytes
    };
    paths.iter().take(most).take_while(fits).count().max(1)
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
        finish(
            understood,
            self.index.diagnostics.clone(),
            self.schemas,
            self.profile,
        )
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

fn finish(
    mut files: Vec<FileTables>,
    diagnostics: Vec<Diagnostic>,
    schemas: &Schemas,
    profile: &Profile,
) -> Dataset {
    duplicate_files::leave_out(&mut files);
    copies::leave_out(&mut files, schemas);
    duplicate_files::prefer_own_records(&mut files);
    let said = files
        .iter_mut()
        .flat_map(|file| std::mem::take(&mut file.comments));
    let comments = said.collect();
    let mut dataset = join::join(files, schemas);
    dataset.comments = comments;
    same_person::join_rosters(&mut dataset, schemas, profile);
    same_record::join_parts(&mut dataset, schemas);
    link_numbers::link(&mut dataset, schemas);
    link_names::link(&mut dataset, schemas);
    dataset.diagnostics.extend(diagnostics);
    zicha_model::diag::sort_and_dedup(&mut dataset.diagnostics);
    dataset
}

/// All tables of one opened file.
fn understand_file(file: RawFile, guide: &Guide<'_>) -> FileTables {
    let place = Place {
        path: &file.path,
        form: file.form,
        beside_list: file.grids.iter().any(rows::bears_fingerprints),
    };
    let comments = comments(&file);
    let pages = each(file.grids, |grid| understand_parts(place, grid, guide));
    let mut tables = FileTables {
        sheets: Vec::new(),
        comments,
        list: Vec::new(),
        diagnostics: file.diagnostics,
        input: InputFileParts::default(),
    };
    for page in pages.into_iter().flatten() {
        tables.sheets.push(page.sheet);
        tables.list.extend(page.list);
        tables.diagnostics.extend(page.diagnostics);
    }
    tables.input = InputFileParts {
        path: file.path,
        bytes: file.bytes,
        digests: file.digests,
        readable: file.readable,
    };
    tables
}

/// The comments on the cells of a file, with their places.
fn comments(file: &RawFile) -> Vec<(dataset::Place, String)> {
    let of_sheet = |grid: &Grid| {
        let sheet = (file.form == Form::Workbook).then(|| grid.name.clone());
        let place = |(row, column, said): &(u32, u32, String)| {
            let place = dataset::Place {
                file: file.path.clone(),
                sheet: sheet.clone(),
                row: *row,
                column: Some(dataset::column_letter(*column)),
            };
            (place, said.clone())
        };
        grid.comments.iter().map(place).collect::<Vec<_>>()
    };
    file.grids.iter().flat_map(of_sheet).collect()
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

/// A sheet, or each of the tables that stand beside each other in it.
fn understand_parts(place: Place<'_>, grid: Grid, guide: &Guide<'_>) -> Vec<Page> {
    let spans = match place.form {
        Form::Yaml => Vec::new(),
        _ if place.beside_list => Vec::new(),
        _ => side_by_side::spans(&grid, guide),
    };
    if spans.len() < 2 {
        return match forms::parts(place.source(&grid), guide) {
            Some(parts) => understand_forms(place, &grid, &parts, guide),
            None => vec![understand_sheet(place, grid, guide)],
        };
    }
    let page = |(first, last): (u32, u32)| {
        let part = grid.columns(first, last);
        let mut page = understand_sheet(place, part, guide);
        let told = sheet_report::tell_part(place.source(&grid), (first, last));
        page.sheet.remark(&told.message);
        page.diagnostics.push(told);
        page
    };
    spans.into_iter().map(page).collect()
}

/// Each of the forms that stand below each other in a sheet.
fn understand_forms(place: Place<'_>, grid: &Grid, parts: &Parts, guide: &Guide<'_>) -> Vec<Page> {
    let (rows, list): (Vec<(usize, usize)>, bool) = match parts {
        Parts::Forms(forms) => (forms.clone(), false),
        Parts::FormAndList(form, list) => (vec![*form, *list], true),
    };
    let number = |at: usize| grid.row(at).number();
    let numbers: Vec<(u32, u32)> = rows
        .iter()
        .map(|&(from, to)| (number(from), number(to - 1)))
        .collect();
    let told = sheet_report::tell_forms(place.source(grid), &numbers, list);
    let lines = rows.into_iter().map(|(from, to)| grid.lines(from, to));
    let mut pages: Vec<Page> = lines
        .map(|part| understand_sheet(place, part, guide))
        .collect();
    if let Some(page) = pages.first_mut() {
        page.sheet.remark(&told.message);
        page.diagnostics.push(told);
    }
    pages
}

fn understand_sheet(place: Place<'_>, mut grid: Grid, guide: &Guide<'_>) -> Page {
    let mut understood = sections::understand(place.source(&grid), guide);
    let mut diagnostics = std::mem::take(&mut understood.diagnostics);
    let ledger = guide.schemas.ledger_by_id("rectifications");
    let mut sections = understood.sections.iter();
    let mut list = Vec::new();
    // A unit keeps its rectifications in that ledger, or in a sheet beside a list of ours.
    if place.beside_list || sections.any(|section| Some(section.ledger) == ledger) {
        let (rows, told) = rows::rows(place.path, place.form, &grid);
        list = rows;
        diagnostics.extend(told);
    }
    let sheet = match understood.other.take() {
        Some(other) => SheetTables::Other(other),
        None => {
            let blocks = blocks(place, &mut grid, &mut understood, guide);
            let sheet = place.source(&grid).sheet().map(str::to_owned);
            diagnostics.extend(blocks.1);
            let upright = understood.upright.map(|upright| upright.grid);
            let laid = upright.or(understood.laid.map(|laid| laid.grid));
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

/// Values that cannot be meant; the rows of another ledger are told with that one.
fn tell_odd(
    source: Source<'_>,
    block: &Block,
    texts: &Interner,
    guide: &Guide<'_>,
) -> Vec<Diagnostic> {
    if block.projected {
        return Vec::new();
    }
    let odd = plausibility::odd(block, guide.schemas.ledger(block.ledger), texts);
    let told = odd.into_iter().map(|odd| {
        let locus = source.locus(odd.row, odd.column);
        let told = Diagnostic::new(codes::VALUE_IMPLAUSIBLE, odd.message, locus);
        told.with_hint("请对照原件核对这些单元格，写错的请更正。")
    });
    told.collect()
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
        let upright = understood.upright.as_mut().map(|upright| &mut upright.grid);
        let laid = understood.laid.as_mut().map(|laid| &mut laid.grid);
        let sheet = Sheet::of(upright.or(laid).unwrap_or(&mut *grid), place.form);
        let mut block = block_builder::build(sheet, section, guide.coercer, guide.schemas);
        if let Some(upright) = &understood.upright {
            relocation::lead_back_form(upright, &mut block);
        }
        if let Some(laid) = &understood.laid {
            relocation::lead_back(laid, &mut block);
        }
        told.extend(cell_report::tell_values(
            place.source(grid),
            &mut block,
            guide.schemas,
        ));
        let upright = understood.upright.as_ref().map(|upright| &upright.grid);
        let laid = understood.laid.as_ref().map(|laid| &laid.grid);
        let texts = &upright.or(laid).unwrap_or(&*grid).texts;
        told.extend(tell_odd(place.source(grid), &block, texts, guide));
        blocks.push(block);
    }
    (blocks, told)
}
