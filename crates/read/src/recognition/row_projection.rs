//! Rows that state a record of another ledger as well: a person and the pledge signed, a paper and its
//! loan.
//!
//! What enters: the records of a table, as one ledger's. What leaves: further [`Section`]s over the
//! same rows, with the columns that the first does not use.

use crate::recognition::sheet::Stated;
use crate::recognition::sheet::{Guide, Region, Section, Source};
use crate::recognition::surroundings::{RecordRule, Rules};
use crate::recognition::value_witness::Columns;
use crate::values::coerce::Value;
use crate::values::coerce::dates::Reckoning;
use crate::values::normalise;
use zicha_model::{
    dataset::{ColumnUse, Match, SheetUse},
    results::Origin,
    schema::{FieldId, FieldType, LedgerSchema},
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
    let stated: Vec<(&RecordRule, Section)> = rules
        .filter_map(|rule| Some((rule, table.by(rule)?)))
        .collect();
    let others = table.others_of_all(&stated);
    let stated = stated.into_iter().map(|(_, section)| section);
    stated.chain(others).collect()
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
            let id = target.field_by_id(field)?;
            let seen = Columns::of(self.source, self.guide, self.region);
            let schema = &target.fields[usize::from(id.0)];
            if let Some(column) = self.column(headings).filter(|&c| {
                seen.all_fit(c, schema) || !rule.if_yes.is_empty() && self.dates_or_none(seen, c)
            }) {
                columns.push((column, id, false));
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
                && (says.is_some()
                    || rule.if_yes.is_empty()
                    || columns[..own].iter().any(|&(c, ..)| self.was_done(at, c)))
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

    /// For each ledger of which the rows state records of some kinds: the records of the other kinds.
    fn others_of_all(&self, stated: &[(&RecordRule, Section)]) -> Vec<Section> {
        let mut others: Vec<Section> = Vec::new();
        for (rule, section) in stated {
            let known = others.iter().any(|other| other.ledger == section.ledger);
            if let (Some(kind), false) = (&rule.others_of, known) {
                others.extend(self.others(rule, kind, section, stated));
            }
        }
        others
    }

    /// All rows as records of which only the person or the like and the kind is known: whether there
    /// are any, and of what content, the table does not tell.
    fn others(
        &self,
        rule: &RecordRule,
        kind: &str,
        section: &Section,
        stated: &[(&RecordRule, Section)],
    ) -> Option<Section> {
        let target = self.guide.schemas.ledger(section.ledger);
        let field = target.field_by_id(kind)?;
        let FieldType::Enum(kinds) = target.fields[usize::from(field.0)].ty else {
            return None;
        };
        let same = stated.iter().filter(|(_, s)| s.ledger == section.ledger);
        let told: Vec<&String> = same.filter_map(|(rule, _)| rule.given.get(kind)).collect();
        let kinds = self.guide.schemas.enumeration(kinds).values.iter();
        let labels = kinds.map(|value| value.label.clone());
        let turns: Vec<String> = labels.filter(|label| !told.contains(&label)).collect();
        let first = turns.first()?.clone();
        let taken: Option<Vec<FieldId>> =
            rule.take.keys().map(|id| target.field_by_id(id)).collect();
        let taken = taken?;
        let mut others = section.clone();
        let rows = self.main.records.iter();
        others.records = rows
            .flat_map(|&at| std::iter::repeat_n(at, turns.len()))
            .collect();
        others.stated = vec![Stated {
            turns,
            ..Stated::of(
                field,
                first,
                Origin::Derived,
                "有没有这几类记录，本表没有写明".to_owned(),
            )
        }];
        others.columns.retain(|(_, field, _)| taken.contains(field));
        let columns = &mut others.usage.columns;
        columns.retain(|used| taken.contains(&used.field));
        others.usage.rows = self.main.records.len() as u32;
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

    /// True unless the cell is blank or says no: a pledge without a day on which it was signed.
    fn was_done(&self, at: usize, column: u32) -> bool {
        let text = self.source.grid.row(at).text(column);
        self.says_something(at, column) && !self.says_no(text)
    }

    /// True if each of the first cells is a day or says no: 2024-03-01, 未签.
    fn dates_or_none(&self, seen: Columns<'_>, column: u32) -> bool {
        let is_day = |text: &str| matches!(self.read(text, FieldType::Date), Value::Word(_));
        let mut cells = seen.first_cells(column);
        cells.all(|cell| self.says_no(cell.text) || is_day(cell.text))
    }

    fn says_no(&self, text: &str) -> bool {
        matches!(self.read(text, FieldType::Bool), Value::Word(0))
    }

    /// True for 是, √, 已签 and for the day on which it was done.
    fn says_yes(&self, at: usize, column: u32) -> bool {
        let text = self.source.grid.row(at).text(column);
        match self.read(text, FieldType::Bool) {
            Value::Word(word) => word != 0,
            Value::Unreadable(_) => matches!(self.read(text, FieldType::Date), Value::Word(_)),
            _ => false,
        }
    }

    fn read(&self, text: &str, ty: FieldType) -> Value {
        let days = Reckoning {
            year: self.main.year,
            since_1904: self.source.grid.since_1904,
        };
        self.guide.coercer.read_as(ty, text, days)
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
            projected: true,
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
        Some(Stated::of(
            target.field_by_id(field)?,
            value.clone(),
            Origin::Derived,
            "由所在列的标题得知".to_owned(),
        ))
    });
    given.collect()
}
