//! One sheet → the tables that stand in it, and a reason for every row that is no record.
//!
//! What enters: a [`Grid`] and the [`Index`]. What leaves: [`Section`]s (one a table) with their
//! [`SheetUse`], or one `SheetUse` that says why the sheet is no ledger.

use crate::formats::grid::{Form, Grid, Row};
use crate::recognition::header_detection::Heading;
use crate::recognition::heading_index::Index;
use crate::recognition::matrix;
use crate::recognition::matrix::SignIn;
use crate::recognition::matrix::laid::Laid;
use crate::recognition::surroundings::Stated;
use crate::recognition::vertical_form::Upright;
use crate::recognition::{
    header_detection, sheet_report, table_sections, table_starts, vertical_form,
};
use crate::rectification_list::rows;
use crate::tables::split_datetime::Clock;
use crate::values::coerce::Coercer;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::{SheetUse, column_letter},
    profile::Profile,
    schema::{LedgerId, Schemas},
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

/// Understands one sheet.
pub fn understand(source: Source<'_>, guide: &Guide<'_>) -> Understood {
    if source.grid.is_empty() {
        return sheet_report::no_ledger(source, "空表，没有任何内容".to_owned(), false);
    }
    if is_instruction(source.grid) {
        return instruction(source);
    }
    if source.form != Form::Yaml && is_paper_form(source.grid) {
        let why = "是办理一份文件的单子，不是台账".to_owned();
        return sheet_report::no_ledger(source, why, false);
    }
    if rows::bears_fingerprints(source.grid) {
        let why = "带识别号，是本程序生成的整改清单，不作台账读取".to_owned();
        return sheet_report::no_ledger(source, why, false);
    }
    if source.beside_list {
        let why = "与整改清单同在一个文件，不作台账读取".to_owned();
        return sheet_report::no_ledger(source, why, false);
    }
    if source.form == Form::Yaml {
        return of_headings(source, guide, table_starts::first_row(source, guide));
    }
    if let Some(laid) = laid(source, guide) {
        return laid;
    }
    let mut headings = table_starts::headings(source.grid, guide);
    if let Some(standing) = standing(source, guide, &headings) {
        return standing;
    }
    if headings.is_empty() {
        headings.extend(table_starts::named(source, guide));
    }
    of_headings(source, guide, headings)
}

/// A roster or a sign-in sheet, whose records are no rows.
fn laid(source: Source<'_>, guide: &Guide<'_>) -> Option<Understood> {
    let decided = decided_ledger(source, guide);
    let is = |id: &str| decided.is_some() && decided == guide.schemas.ledger_by_id(id);
    let sheet = matrix::Sheet {
        grid: source.grid,
        stem: source.stem(),
        path: source.path,
        schemas: guide.schemas,
        index: guide.index,
        coercer: guide.coercer,
    };
    if decided.is_none() || is("trainings") {
        match matrix::sign_in(sheet, is("trainings")) {
            Some(SignIn::Training(laid)) => return of_laid(source, guide, *laid),
            Some(SignIn::None(why)) => return Some(sheet_report::no_ledger(source, why, false)),
            None => {}
        }
    }
    if decided.is_none() || is("duty_roster") {
        return of_laid(source, guide, matrix::roster(sheet, is("duty_roster"))?);
    }
    None
}

/// Understands the records of a sheet that were laid anew.
fn of_laid(source: Source<'_>, guide: &Guide<'_>, laid: Laid) -> Option<Understood> {
    let lying = Source {
        grid: &laid.grid,
        ..source
    };
    let ledger = guide.schemas.ledger_by_id(laid.ledger)?;
    let heading = header_detection::at(&laid.grid, laid.heading, guide.index, guide.schemas);
    let table = Region {
        from: 0,
        to: laid.grid.len(),
        heading: &heading,
    };
    let mut understood = Understood::default();
    table_sections::add(lying, guide, &table, Some(ledger), &mut understood);
    let section = understood.sections.first_mut()?;
    sheet_report::tell_laid(
        source,
        guide,
        &laid,
        &mut section.usage,
        &mut understood.diagnostics,
    );
    sheet_report::remark_hidden(source, &mut understood);
    understood.laid = Some(laid);
    Some(understood)
}

/// A sheet that holds one record upright, if that explains more of it than any heading row does.
fn standing(source: Source<'_>, guide: &Guide<'_>, lying: &[Heading]) -> Option<Understood> {
    let upright = vertical_form::lay_down(source.grid, guide)?;
    let laid = Source {
        grid: &upright.grid,
        ..source
    };
    let headings = table_starts::headings(laid.grid, guide);
    let most = |headings: &[Heading]| headings.iter().map(|h| h.best().fields).max();
    // Cells of a list laid down beside each other are named by chance here and there.
    let known = |h: &Heading| h.best().fields * 10 >= h.columns.len() * 3;
    if headings.len() != 1 || most(&headings) <= most(lying) || !headings.iter().all(known) {
        return None;
    }
    let mut understood = of_headings(laid, guide, headings);
    if understood.sections.len() != 1 || understood.sections[0].records.len() != 1 {
        return None;
    }
    upright.stand_up(&mut understood);
    sheet_report::remark_hidden(source, &mut understood);
    understood.upright = Some(upright);
    Some(understood)
}

fn of_headings(source: Source<'_>, guide: &Guide<'_>, headings: Vec<Heading>) -> Understood {
    if headings.is_empty() {
        return sheet_report::unrecognised(source, guide);
    }
    let mut result = Understood::default();
    let decided = decided_ledger(source, guide);
    let starts: Vec<usize> = headings
        .iter()
        .map(|h| table_starts::title_start(source.grid, h.row))
        .collect();
    for (at, heading) in headings.iter().enumerate() {
        let from = if at == 0 { 0 } else { starts[at] };
        let to = starts.get(at + 1).copied().unwrap_or(source.grid.len());
        let table = Region { from, to, heading };
        table_sections::add(source, guide, &table, decided, &mut result);
    }
    if result.sections.is_empty() {
        return sheet_report::unrecognised(source, guide);
    }
    sheet_report::tell_passed(source, &mut result);
    sheet_report::remark_hidden(source, &mut result);
    result
}

/// How the forms are called on which one paper is dealt with.
const PAPER_FORMS: [&str; 11] = [
    "处理单",
    "阅办单",
    "批办单",
    "呈批单",
    "呈批表",
    "签批单",
    "拟办单",
    "办文单",
    "办理单",
    "承办单",
    "回执",
];

/// True for a form whose title says that it goes with one paper: it holds no register.
fn is_paper_form(grid: &Grid) -> bool {
    const TITLES: usize = 5;
    const LONGEST: usize = 90;
    let titles = (0..grid.len().min(TITLES)).map(|at| grid.row(at));
    let mut titles = titles.filter(|row| row.cells().len() == 1);
    titles.any(|row| {
        row.cells().any(|cell| {
            let text = cell.text.trim();
            let ends = |form: &&str| text.ends_with(*form);
            text.len() <= LONGEST && PAPER_FORMS.iter().any(|form| ends(&form))
        })
    })
}

/// Sheets beside the table in the program's own empty workbooks: name, and how the first cell ends.
const INSTRUCTIONS: [(&str, &str); 2] = [("填写说明", "填写说明"), ("选项", "下拉选项")];
const WHY_INSTRUCTION: &str = "空白台账附带的填写说明或下拉选项，不作台账读取";

/// True for a sheet that explains how a table is filled in: whatever it names is no heading.
fn is_instruction(grid: &Grid) -> bool {
    let first = grid.row(0).text(0).trim();
    let mut known = INSTRUCTIONS.iter();
    known.any(|(name, end)| grid.name == *name && first.ends_with(end))
}

/// Told in the account of the sheets only: there is nothing to look after, hidden or not.
fn instruction(source: Source<'_>) -> Understood {
    Understood {
        other: Some(SheetUse {
            name: source.grid.name.clone(),
            why: WHY_INSTRUCTION.to_owned(),
            ..SheetUse::default()
        }),
        ..Understood::default()
    }
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

/// The ledger that the profile's `sheets:` names for this sheet.
fn decided_ledger(source: Source<'_>, guide: &Guide<'_>) -> Option<LedgerId> {
    let with_sheet = format!("{}#{}", source.path, source.grid.name);
    let name = [with_sheet.as_str(), source.path]
        .into_iter()
        .find_map(|key| guide.profile.sheets.get(key))?;
    guide.index.ledger_named(guide.schemas, name)
}
