//! One table → the records that it holds, of one ledger or of several.
//!
//! What enters: a [`Region`] with its heading. What leaves: a [`Section`] for each ledger that rows of
//! it belong to, added to what was understood of the sheet.

use crate::formats::grid::Form;
use crate::recognition::kind_column::{self, Kinds};
use crate::recognition::ledger_names::EXACT;
use crate::recognition::ledger_scoring::Ranked;
use crate::recognition::matrix::days::year_in;
use crate::recognition::sheet::{Guide, Region, Section, Source, Understood};
use crate::recognition::value_witness::Columns;
use crate::recognition::{
    answers, clock_columns, column_fit, column_mapping, ledger_scoring, other_registers, prefilled,
    row_kinds, row_projection, section_rows, sheet_report, surroundings, two_dates, value_witness,
};
use crate::values::normalise;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::{ColumnUse, Match, SheetUse},
    schema::{FieldId, FieldType, LedgerId},
};

/// Adds the records of a table to what was understood of its sheet. `decided`: the ledger that the
/// unit's settings name.
pub(crate) fn add(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    decided: Option<LedgerId>,
    result: &mut Understood,
) {
    let table = Table {
        source,
        guide,
        region,
    };
    let titles = region.from..region.heading.row;
    let other = decided.is_none()
        && source.form != Form::Yaml
        && other_registers::named(source, guide, titles).is_some();
    if other {
        return table.pass(result);
    }
    let ranked = ledger_scoring::ranking(source, guide, region, decided);
    let things = || {
        source.form != Form::Yaml
            && kind_column::says_kinds(Columns::of(source, guide, region), guide)
    };
    let registers = &guide.index.kinds;
    let of_things = |r: &&Ranked| registers.iter().any(|(ledger, _)| *ledger == r.ledger);
    let best = match (decided, ranked.first()) {
        (Some(ledger), _) => ranked.iter().find(|r| r.ledger == ledger),
        // Most rows name a kind of thing: no other register is meant unless its name says so.
        (None, Some(first))
            if first.name < ledger_scoring::NAMED
                && !is_act(guide, first)
                && !of_things(&first)
                && things() =>
        {
            let mut others = ranked.iter().filter(of_things);
            let founded = |r: &&Ranked| ledger_scoring::is_founded(source, guide, region, **r);
            others.find(founded).or(Some(first))
        }
        (None, first) => first,
    };
    let founded = |best: &&Ranked| ledger_scoring::is_founded(source, guide, region, **best);
    let best = best.filter(|best| decided.is_some() || founded(best));
    let Some(&best) = best else {
        return table.pass(result);
    };
    let mut main = table.lay_out(
        best.ledger,
        ledger_scoring::reason(guide.schemas, best, region.heading, decided.is_some()),
        result,
    );
    let split = match source.form {
        Form::Yaml => Kinds::Own,
        _ if decided.is_some() => Kinds::Own,
        _ => {
            let columns = Columns::of(source, guide, region);
            kind_column::kinds(columns, guide, best.ledger, &main.records)
        }
    };
    match split {
        Kinds::Foreign if best.name < EXACT => table.pass(result),
        Kinds::Own | Kinds::Foreign => {
            if decided.is_none() {
                let told = &mut result.diagnostics;
                ledger_scoring::tell_rival(source, guide, &ranked, &mut main.usage, told);
            }
            let further = match source.form {
                Form::Yaml => Vec::new(),
                _ => row_projection::project(source, guide, region, &main),
            };
            result.sections.push(main);
            result.sections.extend(further);
        }
        Kinds::Split(parts) => table.split(&main, parts, result),
    }
}

/// True if what is done with things is named, and the ledger tells just that: 载体外带申请.
fn is_act(guide: &Guide<'_>, ranked: &Ranked) -> bool {
    const HINTED: f32 = 1.5;
    let events = guide.schemas.ledger(ranked.ledger).event_date.is_some();
    events && ranked.name >= HINTED
}

/// Dates that name a year before it holds for those that do not.
const ENOUGH_DATES: usize = 3;

struct Table<'a> {
    source: Source<'a>,
    guide: &'a Guide<'a>,
    region: &'a Region<'a>,
}

impl Table<'_> {
    /// The table is no ledger's.
    fn pass(&self, result: &mut Understood) {
        let rows = (self.region.from..self.region.to).map(|at| self.source.grid.row(at).number());
        result.passed.extend(rows);
    }

    /// The year of all dates of the table that name one: of the day that its records are about, or
    /// else of every day.
    fn only_year(
        &self,
        ledger: LedgerId,
        columns: &[(u32, FieldId, bool)],
        records: &[usize],
    ) -> Option<i32> {
        let schema = self.guide.schemas.ledger(ledger);
        let event = columns
            .iter()
            .filter(|(_, field, _)| Some(*field) == schema.event_date);
        let mut days: Vec<u32> = event.map(|&(column, ..)| column).collect();
        if days.is_empty() {
            let is_day = |field: FieldId| {
                let ty = schema.fields[usize::from(field.0)].ty;
                matches!(ty, FieldType::Date | FieldType::DateTime)
            };
            let dated = columns.iter().filter(|(_, field, _)| is_day(*field));
            days = dated.map(|&(column, ..)| column).collect();
        }
        let rows = records.iter().map(|&at| self.source.grid.row(at));
        let texts = rows.flat_map(|row| days.iter().map(move |&column| row.text(column)));
        let mut years: Vec<i32> = texts.filter_map(leading_year).collect();
        years.sort_unstable();
        let enough = years.len() >= ENOUGH_DATES;
        years.dedup();
        match years.as_slice() {
            [one] if enough => Some(*one),
            _ => None,
        }
    }

    /// Rows that belong to several registers, each read as that register's.
    fn split(&self, main: &Section, parts: Vec<(LedgerId, Vec<usize>)>, result: &mut Understood) {
        let label = |ledger: LedgerId| self.guide.schemas.ledger(ledger).label.clone();
        let several = parts.len() > 1;
        for (at, (ledger, rows)) in parts.into_iter().enumerate() {
            let numbers: Vec<u32> = rows
                .iter()
                .map(|&row| self.source.grid.row(row).number())
                .collect();
            let numbers = row_kinds::numbers(&numbers);
            let why = format!("按物品类型列归入“{}”（{numbers}）", label(ledger));
            let mut told = Understood::default();
            let mut section = match ledger == main.ledger {
                true => main.clone(),
                false => self.lay_out(ledger, why.clone(), &mut told),
            };
            self.say_kind(&mut section);
            section.records = rows;
            section.usage.rows = section.records.len() as u32;
            if at > 0 {
                section.usage.skipped.clear();
            }
            if several {
                let message = format!("“{}”中混有几类物品：{why}", self.source.grid.name);
                let locus = Locus::sheet(self.source.path, self.source.sheet());
                result.diagnostics.push(Diagnostic::new(
                    codes::ROWS_OF_ANOTHER_LEDGER,
                    message,
                    locus,
                ));
                section.usage.remarks.push(why);
            }
            result.diagnostics.extend(told.diagnostics);
            result.sections.push(section);
        }
    }

    /// The column that parted the rows says of each which kind of thing it is: it gives that field where
    /// the other rows of the table spoke against it.
    fn say_kind(&self, section: &mut Section) {
        let columns = Columns::of(self.source, self.guide, self.region);
        let Some((column, field)) = kind_column::says_kind(columns, self.guide, section.ledger)
        else {
            return;
        };
        let taken = |known: &(u32, FieldId, bool)| known.0 == column || known.1 == field;
        if section.columns.iter().any(taken) {
            return;
        }
        let mut headings = self.region.heading.columns.iter();
        let heading = headings.find(|(known, _)| *known == column);
        section.columns.push((column, field, false));
        section.columns.sort_unstable();
        section.usage.columns.push(ColumnUse {
            column,
            heading: heading.map_or_else(String::new, |(_, text)| normalise::text(text)),
            field,
            matched: Match::Similar,
        });
        section.usage.columns.sort_by_key(|used| used.column);
        let unused = &mut section.usage.unused_columns;
        unused.retain(|unused| unused.column != column);
    }

    /// The table as one of a ledger: its columns, its records, what is told of them.
    fn lay_out(&self, ledger: LedgerId, why: String, result: &mut Understood) -> Section {
        let (source, guide, region) = (self.source, self.guide, self.region);
        let mut usage = SheetUse {
            name: source.grid.name.clone(),
            ledger: Some(ledger),
            heading_row: (source.form != Form::Yaml)
                .then(|| source.grid.row(region.heading.row).number()),
            why,
            ..SheetUse::default()
        };
        let mut not = match source.form {
            Form::Yaml => Vec::new(),
            _ => value_witness::refuted(source, guide, region, ledger),
        };
        let mut assignment = column_mapping::assign_but(region.heading, ledger, &not);
        let prose = match source.form {
            Form::Yaml => Vec::new(),
            _ => column_fit::prose(source, guide, region, ledger, &assignment),
        };
        let foreign = match source.form {
            Form::Yaml => Vec::new(),
            _ => column_fit::foreign_scales(source, guide, region, ledger, &assignment),
        };
        if !foreign.is_empty() {
            sheet_report::tell_foreign_scales(guide, region.heading, ledger, &foreign, &mut usage);
        }
        if !prose.is_empty() {
            not.extend(&prose);
            assignment = column_mapping::assign_but(region.heading, ledger, &not);
            sheet_report::tell_prose(guide, region.heading, ledger, &prose, &mut usage);
        }
        sheet_report::use_columns(source, guide, region, ledger, &assignment, &mut usage);
        let mut columns: Vec<(u32, FieldId, bool)> = assignment
            .taken
            .iter()
            .filter(|t| !foreign.iter().any(|(at, ..)| *at == t.at))
            .map(|t| (region.heading.columns[t.at].0, t.field, t.weak))
            .collect();
        if source.form != Form::Yaml {
            two_dates::part(source, guide, region, ledger, &mut columns, &mut usage);
        }
        let records = row_kinds::records(
            source,
            region.heading,
            &columns,
            region.from,
            region.to,
            &mut usage,
        );
        let schema = guide.schemas.ledger(ledger);
        let records = prefilled::filled_in(source, schema, &columns, records, &mut usage);
        usage.rows = records.len() as u32;
        let table = clock_columns::Table {
            source,
            coercer: guide.coercer,
            schema: guide.schemas.ledger(ledger),
            heading: region.heading,
            columns: &columns,
            records: &records,
        };
        let clocks = table.clocks();
        table.tell(&clocks, &mut usage);
        let joined = |at: usize| clocks.iter().any(|c| c.uses(region.heading.columns[at].0));
        assignment.lost.retain(|&(loser, ..)| !joined(loser));
        sheet_report::tell_lost(
            source,
            guide,
            region.heading,
            ledger,
            &assignment,
            &mut usage,
            &mut result.diagnostics,
        );
        sheet_report::tell_nameless(source.grid, region.heading, &records, &mut usage);
        let has = |field: FieldId| columns.iter().any(|&(_, known, _)| known == field);
        let mut stated = Vec::new();
        if source.form != Form::Yaml {
            let parts = section_rows::departments(source, guide, ledger, &records, &usage, has);
            let taken = |field| has(field) || parts.iter().any(|part| part.field == field);
            stated = surroundings::stated(source, guide, region, ledger, taken);
            stated.extend(parts);
            stated.extend(answers::stated(
                source, guide, region, ledger, &columns, &records,
            ));
        }
        let schema = guide.schemas.ledger(ledger);
        let ordinary = schema.field_by_id("level").is_some_and(|level| {
            let level = &schema.fields[usize::from(level.0)];
            !surroundings::assumes_not(guide.profile, schema, level)
        });
        let year = year(source, region).or_else(|| self.only_year(ledger, &columns, &records));
        Section {
            ledger,
            stated,
            of_secrets: source.form == Form::Yaml
                || !ordinary
                || ledger_scoring::named_for_secrets(source, region),
            projected: false,
            columns,
            clocks,
            records,
            year,
            usage,
        }
    }
}

/// The year named by the sheet, its title or its file.
fn year(source: Source<'_>, region: &Region<'_>) -> Option<i32> {
    let titles = region
        .title(source.grid)
        .flat_map(|row| row.cells().map(|cell| cell.text));
    [source.grid.name.as_str()]
        .into_iter()
        .chain(titles)
        .chain([source.stem()])
        .find_map(year_in)
}

/// The year that a date begins with: `2026.3.5`, `20260305`.
fn leading_year(text: &str) -> Option<i32> {
    let digits: String = text
        .trim()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let year = match digits.len() {
        4 | 8 => digits[..4].parse().ok()?,
        _ => return None,
    };
    (1990..=2099).contains(&year).then_some(year)
}
