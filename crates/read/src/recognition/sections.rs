//! One sheet → the tables that stand in it, and a reason for every row that is no record.
//!
//! What enters: a [`Grid`] and the `Index`. What leaves: `Section`s (one a table) with their
//! [`SheetUse`], or one `SheetUse` that says why the sheet is no ledger.

use crate::formats::grid::{Form, Grid};
use crate::recognition::header_detection::Heading;
use crate::recognition::matrix;
use crate::recognition::matrix::SignIn;
use crate::recognition::matrix::laid::Laid;
use crate::recognition::sheet::{Guide, Region, Source, Understood};
use crate::recognition::{
    header_detection, prefilled, sheet_report, table_sections, table_starts, transposed,
    vertical_form,
};
use crate::rectification_list::rows;
use zicha_model::{dataset::SheetUse, schema::LedgerId};

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
    // With several records beside the labels only one would be read.
    if let Some(columns) = columns(source, guide, &headings) {
        return columns;
    }
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

/// The ledger of the one record that a sheet holds upright.
pub(crate) fn standing_ledger(source: Source<'_>, guide: &Guide<'_>) -> Option<LedgerId> {
    if source.grid.is_empty() || is_paper_form(source.grid) {
        return None;
    }
    let headings = table_starts::headings(source.grid, guide);
    let standing = standing(source, guide, &headings)?;
    standing.sections.first().map(|section| section.ledger)
}

/// True for a roster or a sign-in sheet, whose records are no rows.
pub(crate) fn is_laid(source: Source<'_>, guide: &Guide<'_>) -> bool {
    laid(source, guide).is_some()
}

/// A sheet whose records are columns, if that explains more of it than any heading row does.
fn columns(source: Source<'_>, guide: &Guide<'_>, lying: &[Heading]) -> Option<Understood> {
    let laid = transposed::lay_down(source.grid, guide)?;
    let turned = Source {
        grid: &laid.grid,
        ..source
    };
    let headings = table_starts::headings(turned.grid, guide);
    let most = |headings: &[Heading]| headings.iter().map(|h| h.best().fields).max();
    if headings.len() != 1 || headings[0].row != laid.heading || most(&headings) <= most(lying) {
        return None;
    }
    let mut understood = of_headings(turned, guide, headings);
    if understood.sections.is_empty() {
        return None;
    }
    transposed::stand_up(&laid, &mut understood);
    understood.laid = Some(laid);
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
    if prefilled::is_untouched(source, &result.sections) {
        let why = "程序写出的空白表，还没有填写，不作台账读取".to_owned();
        return sheet_report::no_ledger(source, why, false);
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
            text.len() <= LONGEST && PAPER_FORMS.iter().any(ends)
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

/// The ledger that the profile's `sheets:` names for this sheet.
fn decided_ledger(source: Source<'_>, guide: &Guide<'_>) -> Option<LedgerId> {
    let with_sheet = format!("{}#{}", source.path, source.grid.name);
    let name = [with_sheet.as_str(), source.path]
        .into_iter()
        .find_map(|key| guide.profile.sheets.get(key))?;
    guide.index.ledger_named(guide.schemas, name)
}
