//! Rows that state a record of another ledger as well: a person and the pledge signed, a paper and its
//! loan.
//!
//! What enters: the records of a table, as one ledger's. What leaves: further [`Section`]s over the
//! same rows, with the columns that the first does not use.

use crate::formats::grid::CellKind;
use crate::recognition::sections::{Guide, Region, Section, Source};
use crate::recognition::surroundings::{RecordRule, Rules, Stated};
use crate::values::coerce::Value;
use crate::values::coerce::dates::Reckoning;
use crate::values::normalise;
use zicha_model::{
    dataset::{ColumnUse, Match, SheetUse},
    results::Origin,
    schema::{FieldId, FieldSchema, FieldType, LedgerSchema},
};

/// The records of other ledgers that the rows of a section state.
pub(crate) fn project(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    main: &Section,
) -> Vec<Section> {
    let own = guide.schemas.ledger(main.ledger);
    let rules = Rules::built_in().records(&own.id).iter();
    let table = Table {
        source,
        guide,
        region,
        main,
        own,
    };
    let sections = rules.filter_map(|rule| {
        let section = table.by(rule)?;
        let others = rule.others.then(|| table.others(rule, &section)).flatten();
        Some([Some(section), others])
    });
    sections.flatten().flatten().collect()
}

struct Table<'a> {
    source: Source<'a>,
    guide: &'a Guide<'a>,
    region: &'a Region<'a>,
    main: &'a Section,
    own: &'a LedgerSchema,
}

impl Table<'_> {
    fn by(&self, rule: &RecordRule) -> Option<Section> {
        let ledger = self.guide.schemas.ledger_by_id(&rule.ledger)?;
        let target = self.guide.schemas.ledger(ledger);
        let mut columns: Vec<(u32, FieldId, bool)> = Vec::new();
        for (field, headings) in &rule.columns {
            if let Some(column) = self.column(headings) {
                columns.push((column, target.field_by_id(field)?, false));
            }
        }
        let says = self.column(&rule.if_yes);
        if says.is_none() && columns.is_empty() {
            return None;
        }
        let own = columns.len();
        for (field, from) in &rule.take {
            let from = self.own.field_by_id(from)?;
            let taken = self
                .main
                .columns
                .iter()
                .find(|(_, field, _)| *field == from);
            if let Some(&(column, ..)) = taken {
                columns.push((column, target.field_by_id(field)?, false));
            }
        }
        let mut needed = Vec::new();
        for id in &rule.needs {
            let field = target.field_by_id(id)?;
            needed.push(
                columns[..own]
                    .iter()
                    .find(|(_, known, _)| *known == field)?
                    .0,
            );
        }
        let records = self.main.records.iter().copied();
        let records = records.filter(|&at| {
            needed.iter().all(|&column| self.says_something(at, column))
                && says.is_none_or(|column| self.says_yes(at, column))
        });
        let records: Vec<usize> = records.collect();
        columns.sort_unstable_by_key(|&(column, field, _)| (column, field));
        let usage = self.usage(ledger, target, &columns, says, records.len());
        Some(Section {
            ledger,
            stated: given(rule, target),
            projected: true,
            of_secrets: true,
            records,
            columns,
            clocks: Vec::new(),
            year: self.main.year,
            usage,
        })
    }

    /// The same rows as records of which only the person or the like is known: whether there are more
    /// of another kind the table does not tell.
    fn others(&self, rule: &RecordRule, section: &Section) -> Option<Section> {
        let target = self.guide.schemas.ledger(section.ledger);
        let taken: Option<Vec<FieldId>> =
            rule.take.keys().map(|id| target.field_by_id(id)).collect();
        let taken = taken?;
        let mut others = section.clone();
        others.stated.clear();
        others.columns.retain(|(_, field, _)| taken.contains(field));
        others
            .usage
            .columns
            .retain(|used| taken.contains(&used.field));
        others.usage.why = format!("“{}”的其余内容本表没有写明", target.label);
        others.usage.remarks.clear();
        Some(others)
    }

    /// The column that the ledger itself does not use and whose heading is one of these.
    fn column(&self, headings: &[String]) -> Option<u32> {
        let used = |column: u32| self.main.columns.iter().any(|&(known, ..)| known == column);
        let wanted = headings.iter().find_map(|wanted| {
            let wanted = self.guide.index.words(wanted);
            let mut free = self
                .region
                .heading
                .columns
                .iter()
                .filter(|(column, _)| !used(*column));
            free.find(|(_, text)| !wanted.is_empty() && self.guide.index.words(text) == wanted)
        });
        wanted.map(|(column, _)| *column)
    }

    fn says_something(&self, at: usize, column: u32) -> bool {
        let text = self.source.grid.row(at).text(column).trim();
        !text.is_empty() && !normalise::says_nothing(text)
    }

    /// True for 是, √, 已签 and for the day on which it was done.
    fn says_yes(&self, at: usize, column: u32) -> bool {
        let text = self.source.grid.row(at).text(column);
        let read = |ty: FieldType| {
            let field = FieldSchema {
                id: String::new(),
                label: String::new(),
                aliases: Vec::new(),
                ty,
                required: false,
                date_kind: Default::default(),
                reference: None,
                description: String::new(),
            };
            let days = Reckoning {
                year: self.main.year,
                since_1904: self.source.grid.since_1904,
            };
            self.guide
                .coercer
                .read(&field, text, CellKind::Text, days)
                .value
        };
        match read(FieldType::Bool) {
            Value::Word(word) => word != 0,
            Value::Unreadable(_) => matches!(read(FieldType::Date), Value::Word(_)),
            _ => false,
        }
    }

    fn usage(
        &self,
        ledger: zicha_model::schema::LedgerId,
        target: &LedgerSchema,
        columns: &[(u32, FieldId, bool)],
        says: Option<u32>,
        rows: usize,
    ) -> SheetUse {
        let heading = |column: u32| {
            let mut all = self.region.heading.columns.iter();
            let found = all.find(|(known, _)| *known == column);
            found.map_or_else(String::new, |(_, text)| normalise::text(text))
        };
        let mut usage = SheetUse {
            name: self.source.grid.name.clone(),
            ledger: Some(ledger),
            heading_row: self.main.usage.heading_row,
            why: format!("“{}”的行同时记载“{}”的内容", self.own.label, target.label),
            rows: rows as u32,
            ..SheetUse::default()
        };
        for &(column, field, _) in columns {
            usage.columns.push(ColumnUse {
                column,
                heading: heading(column),
                field,
                matched: Match::Similar,
            });
        }
        if let Some(column) = says {
            usage.remarks.push(format!(
                "“{}”列写明“是”（√、已签等）的行各计一条记录",
                heading(column)
            ));
        }
        usage
    }
}

fn given(rule: &RecordRule, target: &LedgerSchema) -> Vec<Stated> {
    let given = rule.given.iter().filter_map(|(field, value)| {
        Some(Stated {
            field: target.field_by_id(field)?,
            value: value.clone(),
            origin: Origin::Derived,
            place: None,
            text: "由所在列的标题得知".to_owned(),
        })
    });
    given.collect()
}
