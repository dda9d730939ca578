//! What the cells below a heading say about which field it can be.
//!
//! What enters: a table and the fields that its headings may be in a ledger. What leaves: the columns
//! that cannot be them. A heading that stands in the schema word for word is believed unless another
//! column fits better; one that was understood by its parts is not.

use crate::formats::grid::{Cell, CellKind};
use crate::recognition::heading_index::{Claim, Understood};
use crate::recognition::sheet::{Guide, Region, Source};
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Value};
use crate::values::coercion_cache;
use crate::values::normalise;
use std::collections::HashSet;
use zicha_model::{
    dataset::Match,
    schema::{FieldId, FieldSchema, FieldType, LedgerId},
};

/// Filled cells of a column that are looked at.
const LOOKED_AT: usize = 30;
/// Rows below the heading among which they are sought.
const DEEPEST: usize = 200;

/// What the cells say about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Witness {
    /// Most are values of its type.
    For,
    /// They tell nothing.
    Silent,
    /// Most cannot be values of its type.
    Against,
}

/// A table whose columns are asked.
#[derive(Clone, Copy)]
pub(crate) struct Columns<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) coercer: &'a Coercer<'a>,
    pub(crate) region: &'a Region<'a>,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(source: Source<'a>, guide: &Guide<'a>, region: &'a Region<'a>) -> Self {
        Self {
            source,
            coercer: guide.coercer,
            region,
        }
    }

    /// The first cells below the heading that say something of their own.
    pub(crate) fn first_cells(self, column: u32) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let grid = self.source.grid;
        let first = self.region.heading.row + self.region.heading.height;
        let rows = (first..self.region.to.min(first + DEEPEST)).map(move |at| grid.row(at));
        let cells = rows.filter_map(move |row| row.cell(column));
        let written = cells.filter(|cell| {
            !coercion_cache::is_ditto(cell.text) && !normalise::says_nothing(cell.text.trim())
        });
        written.take(LOOKED_AT)
    }

    /// What the column's cells say about a field.
    pub(crate) fn ask(self, column: u32, field: &FieldSchema) -> Witness {
        let (mut filled, mut fit, mut strange) = (0, 0, 0);
        for cell in self.first_cells(column) {
            filled += 1;
            match self.cell(cell, field) {
                Witness::For => fit += 1,
                Witness::Against => strange += 1,
                Witness::Silent => {}
            }
        }
        if strange * 2 > filled {
            Witness::Against
        } else if fit * 2 > filled {
            Witness::For
        } else {
            Witness::Silent
        }
    }

    /// True if none of the first cells speaks against the field.
    pub(crate) fn all_fit(self, column: u32, field: &FieldSchema) -> bool {
        let mut cells = self.first_cells(column);
        cells.all(|cell| self.cell(cell, field) != Witness::Against)
    }

    fn cell(self, cell: Cell<'_>, field: &FieldSchema) -> Witness {
        let reads = || {
            // Any year will do to see that it is a day.
            let days = Reckoning {
                year: Some(2000),
                since_1904: self.source.grid.since_1904,
            };
            let reading = self.coercer.read(field, cell.text, cell.kind, days);
            !matches!(reading.value, Value::Unreadable(_))
        };
        let looks = looks(cell);
        match field.ty {
            FieldType::Date | FieldType::DateTime => match looks {
                Looks::Number if cell.text.len() < 5 => Witness::Against,
                _ if reads() => Witness::For,
                _ => Witness::Against,
            },
            FieldType::Integer | FieldType::Decimal => match looks {
                Looks::Day | Looks::Mark => Witness::Against,
                _ if reads() => Witness::For,
                _ => Witness::Against,
            },
            FieldType::Bool => match looks {
                Looks::Day => Witness::Against,
                _ if reads() => Witness::For,
                _ => Witness::Against,
            },
            FieldType::Enum(_) | FieldType::EnumList(_) => match looks {
                _ if reads() => Witness::For,
                Looks::Day | Looks::Mark | Looks::Number => Witness::Against,
                _ if self.coercer.knows(cell.text) => Witness::Against,
                _ => Witness::Silent,
            },
            FieldType::Person | FieldType::PersonList => match looks {
                Looks::Name => Witness::For,
                Looks::Day | Looks::Mark | Looks::Number => Witness::Against,
                Looks::Other if is_sentence(cell.text) => Witness::Against,
                Looks::Other => Witness::Silent,
            },
            FieldType::Department => match looks {
                Looks::Day | Looks::Mark | Looks::Number => Witness::Against,
                _ => Witness::Silent,
            },
            FieldType::Text => match looks {
                Looks::Mark => Witness::Against,
                Looks::Day if !field.id.ends_with("_no") => Witness::Against,
                _ => Witness::Silent,
            },
        }
    }
}

/// What a cell looks like, whatever its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Number,
    Day,
    /// 是, 否, √.
    Mark,
    /// The name of a person, or several.
    Name,
    Other,
}

fn looks(cell: Cell<'_>) -> Looks {
    if cell.kind == CellKind::Date {
        return Looks::Day;
    }
    let text = normalise::squeezed(cell.text);
    if text.chars().all(|c| c.is_ascii_digit() || c == '.') && text.matches('.').count() <= 1 {
        return Looks::Number;
    }
    if matches!(
        text.as_str(),
        "是" | "否" | "有" | "√" | "×" | "✓" | "✔" | "已" | "未"
    ) {
        return Looks::Mark;
    }
    if is_day(&text) {
        return Looks::Day;
    }
    if names_persons(cell.text) {
        return Looks::Name;
    }
    Looks::Other
}

/// `2026-03-05`, `2026.3.5`, `3月5日`, with or without a time.
fn is_day(text: &str) -> bool {
    let start = text.chars().next().is_some_and(|c| c.is_ascii_digit());
    let parts = text.split(['-', '/', '.', '年', '月']).take(3);
    let numbers = parts.filter(|part| part.chars().next().is_some_and(|c| c.is_ascii_digit()));
    start && (numbers.count() >= 3 || text.contains('月'))
}

/// One or more names of two to four Chinese characters, with a telephone or a post beside them.
pub(crate) fn names_persons(text: &str) -> bool {
    let text = normalise::without_brackets(&normalise::plain(text));
    let parts = text.split(|c: char| !normalise::is_cjk(c) || "、，；/".contains(c));
    let mut words = parts.filter(|part| !part.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| (2..=4).contains(&word.chars().count()))
}

fn is_sentence(text: &str) -> bool {
    text.chars().count() > 20
}

/// The columns of the table that cannot be the fields of the ledger which their headings may name.
pub(crate) fn refuted(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
) -> Vec<(usize, FieldId)> {
    let columns = Columns {
        source,
        coercer: guide.coercer,
        region,
    };
    let schema = guide.schemas.ledger(ledger);
    let mut refuted = Vec::new();
    for (field, wishes) in wishes(region, ledger) {
        let field_schema = &schema.fields[usize::from(field.0)];
        let said: Vec<(usize, Claim, Witness)> = wishes
            .iter()
            .map(|&(at, claim)| {
                let column = region.heading.columns[at].0;
                (at, claim, columns.ask(column, field_schema))
            })
            .collect();
        let rival = said.iter().any(|(.., witness)| *witness == Witness::For);
        let varied = said.len() > 1 && said.iter().any(|&(at, ..)| !columns.is_constant(at));
        for (at, claim, witness) in said {
            let believed = claim.matched != Match::Similar;
            let out = match witness {
                _ if claim.matched == Match::Profile => false,
                Witness::Against => !believed || rival,
                Witness::Silent => claim.understood >= needed(field_schema),
                Witness::For => false,
            };
            // 单位 with the same name in every row beside 科室: the office itself.
            let itself =
                field_schema.ty == FieldType::Department && varied && columns.is_constant(at);
            // 编号 that only counts the rows, beside the number of the thing.
            let column = region.heading.columns[at].0;
            let serial = wishes.iter().any(|(_, other)| other.weak);
            let counting = schema.primary_key == [field]
                && wishes.len() > 1
                && !claim.weak
                && claim.matched != Match::Profile
                && (columns.counts(column) || (serial && columns.repeats(column)));
            if out || itself || counting {
                refuted.push((at, field));
            }
        }
    }
    refuted
}

/// How far a heading may be understood without any cell that speaks for it.
fn needed(field: &FieldSchema) -> Understood {
    match field.ty {
        FieldType::Enum(_) | FieldType::EnumList(_) => Understood::Parts,
        _ => Understood::Implied,
    }
}

/// For each field of the ledger the columns that may be it.
fn wishes(region: &Region<'_>, ledger: LedgerId) -> Vec<(FieldId, Vec<(usize, Claim)>)> {
    let mut wishes: Vec<(FieldId, Vec<(usize, Claim)>)> = Vec::new();
    for (at, claims) in region.heading.claims.iter().enumerate() {
        for claim in claims.iter().filter(|claim| claim.ledger == ledger) {
            match wishes.iter_mut().find(|(field, _)| *field == claim.field) {
                Some((_, columns)) => columns.push((at, *claim)),
                None => wishes.push((claim.field, vec![(at, *claim)])),
            }
        }
    }
    wishes
}

impl Columns<'_> {
    /// True if several rows say the same and none anything else.
    fn is_constant(self, at: usize) -> bool {
        let column = self.region.heading.columns[at].0;
        let cells: Vec<&str> = self.first_cells(column).map(|cell| cell.text).collect();
        let different: HashSet<&str> = cells.iter().copied().collect();
        cells.len() > 1 && different.len() == 1
    }

    /// True if several rows say the same.
    fn repeats(self, column: u32) -> bool {
        let mut seen = HashSet::new();
        self.first_cells(column).any(|cell| !seen.insert(cell.text))
    }

    /// True if the cells count the rows: 1, 2, 3.
    pub(crate) fn counts(self, column: u32) -> bool {
        let numbers: Vec<Option<u32>> = self
            .first_cells(column)
            .map(|cell| cell.text.trim().parse().ok())
            .collect();
        numbers.len() > 1
            && numbers.windows(2).all(|pair| match pair {
                [Some(a), Some(b)] => *b == a + 1,
                _ => false,
            })
            && numbers
                .first()
                .is_some_and(|first| matches!(first, Some(0 | 1)))
    }
}
