//! What a sheet is understood with, and what is understood of it: the words that the steps of
//! recognition pass to each other.

use crate::formats::grid::{Form, Grid, Row};
use crate::recognition::header_detection::Heading;
use crate::recognition::heading_index::Index;
use crate::recognition::matrix::laid::Laid;
use crate::values::coerce::Coercer;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::{SheetUse, column_letter},
    profile::Profile,
    results::Origin,
    schema::{FieldId, LedgerId, Schemas},
};

/// What all sheets are understood with.
pub struct Guide<'a> {
    /// The ledgers.
    pub schemas: &'a Schemas,
    /// Their headings.
    pub index: &'a Index,
    /// The unit's decisions.
    pub profile: &'a Profile,
    /// How their cells are read.
    pub coercer: &'a Coercer<'a>,
}

/// The sheet under consideration.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Path of its file.
    pub path: &'a str,
    /// What kind of file it is.
    pub form: Form,
    /// Its cells.
    pub grid: &'a Grid,
    /// A sheet of the same file bears fingerprints: the file is a rectification list.
    pub beside_list: bool,
}

impl Source<'_> {
    /// The sheet's name where the format has one.
    pub fn sheet(&self) -> Option<&str> {
        (self.form == Form::Workbook).then_some(self.grid.name.as_str())
    }

    /// The file's name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The place of a cell.
    pub fn locus(&self, row: u32, column: u32) -> Locus {
        match self.form {
            Form::Yaml => Locus::text(self.path, row, 1),
            _ => Locus::cell(
                self.path,
                self.sheet(),
                format!("{}{row}", column_letter(column)),
            ),
        }
    }
}

/// One table: a ledger's heading and the rows of the grid that are records.
#[derive(Clone, Debug)]
pub struct Section {
    /// The ledger.
    pub ledger: LedgerId,
    /// Column, field, whether it bears only a running number's name.
    pub columns: Vec<(u32, zicha_model::schema::FieldId, bool)>,
    /// Columns of moments that another column completes.
    pub clocks: Vec<Clock>,
    /// Indexes of the record rows in the grid.
    pub records: Vec<usize>,
    /// The year of the sheet, for dates written without one.
    pub year: Option<i32>,
    /// Values that hold for all records though no cell of theirs states them.
    pub(crate) stated: Vec<Stated>,
    /// Something around the table speaks of secrets.
    pub(crate) of_secrets: bool,
    /// The rows are another ledger's, which state records of this one as well.
    pub(crate) projected: bool,
    /// How it was understood; its row count and remarks are completed later.
    pub usage: SheetUse,
}

/// What was understood of a sheet.
#[derive(Debug, Default)]
pub struct Understood {
    /// The tables.
    pub sections: Vec<Section>,
    /// If there is none: the sheet and why.
    pub other: Option<SheetUse>,
    /// What the user should know.
    pub diagnostics: Vec<Diagnostic>,
    /// Rows of tables that are no ledger, beside others that are.
    pub(crate) passed: Vec<u32>,
    /// The record that the table was made from, if the sheet holds one upright.
    pub upright: Option<Upright>,
    /// The records laid anew, if the sheet states them in another form than a row each.
    pub laid: Option<Laid>,
}

/// The rows of a table, its title included, its heading among them.
pub(crate) struct Region<'h> {
    /// Index of its first row in the grid.
    pub(crate) from: usize,
    /// Index behind its last row.
    pub(crate) to: usize,
    /// Its heading.
    pub(crate) heading: &'h Heading,
}

impl Region<'_> {
    /// The rows above the heading.
    pub(crate) fn title<'g>(&self, grid: &'g Grid) -> impl Iterator<Item = Row<'g>> + use<'g> {
        (self.from..self.heading.row).map(|at| grid.row(at))
    }
}

/// A place in the sheet: 1-based row, 0-based column.
pub(crate) type Place = (u32, u32);

/// A record that stands upright, laid down.
#[derive(Debug)]
pub struct Upright {
    /// Titles, a heading row of the labels, a row of what they ask for.
    pub grid: Grid,
    /// For each column of that grid the places of the label and of its value.
    pub(crate) places: Vec<(Place, Place)>,
    /// Rows and cells of the sheet that are in none of these.
    pub(crate) left: Vec<Place>,
}

/// A value that holds for all records of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) field: FieldId,
    /// The value in words.
    pub(crate) value: String,
    /// If there are any: the values that the records take in turn instead.
    pub(crate) turns: Vec<String>,
    /// Only cells left empty are filled, by those turns that say something.
    pub(crate) blanks: bool,
    /// Where each record has a cell of its own that states it: 1-based row, 0-based column, text.
    pub(crate) places: Vec<(u32, u32, String)>,
    pub(crate) origin: Origin,
    /// The cell that states it, if one does.
    pub(crate) place: Option<(u32, u32)>,
    /// What stands there, or why it is taken to be so.
    pub(crate) text: String,
}

impl Stated {
    /// A value for all records, which no cell states.
    pub(crate) fn of(field: FieldId, value: String, origin: Origin, text: String) -> Self {
        Self {
            field,
            value,
            turns: Vec::new(),
            blanks: false,
            places: Vec::new(),
            origin,
            place: None,
            text,
        }
    }
}

/// A column of moments and the one beside it that holds what is missing.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The field of the moments.
    pub(crate) field: FieldId,
    /// Its 0-based column.
    pub(crate) column: u32,
    /// The column that holds the other half.
    pub(crate) beside: u32,
    /// Which half that is.
    pub(crate) missing: Half,
}

/// Half of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    /// The day.
    Day,
    /// The time of day.
    Time,
}
