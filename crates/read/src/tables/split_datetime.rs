//! A day and a time of day in columns of their own, that are one moment together.
//!
//! What enters: a table whose column of moments holds only times (`9:00`、`下午3时`) or only days, and
//! the column of the same rows that holds the other half. What leaves: the moments. A time without
//! a day stays unreadable, as does an end that would come before its start: it may mean the next day.

use crate::formats::grid::{CellKind, Cells, Form, Grid};
use crate::recognition::header_detection::Heading;
use crate::recognition::sheet::{Clock, Half, Source};
use crate::recognition::words;
use crate::tables::block::{Block, Sheet};
use crate::tables::column_reader;
use crate::tables::column_reader::Cursor;
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Value, time_of_day};
use crate::values::coercion_cache::Shelf;
use crate::values::normalise;
use std::collections::BTreeSet;
use zicha_model::{
    dataset::{CellState, ColumnUse, Interner, Match, SheetUse, Sym, column_letter},
    schema::{FieldId, FieldType, LedgerSchema},
    time::Moment,
};

/// Filled cells of a column that are looked at to tell what it holds.
const LOOKED_AT: usize = 10;
/// Headings of a column that says on which day a row's times were.
const DAYS: [&str; 10] = [
    "日期",
    "年月日",
    "登记日期",
    "使用日期",
    "上机日期",
    "值班日期",
    "来访日期",
    "收发日期",
    "工作日期",
    "会议日期",
];

/// A table whose columns have their fields.
pub(crate) struct Table<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) coercer: &'a Coercer<'a>,
    pub(crate) schema: &'a LedgerSchema,
    pub(crate) heading: &'a Heading,
    /// Column, field, whether it bears only a running number's name.
    pub(crate) columns: &'a [(u32, FieldId, bool)],
    /// Indexes of the record rows in the grid.
    pub(crate) records: &'a [usize],
}

impl Table<'_> {
    /// The columns of moments that another column completes.
    pub(crate) fn clocks(&self) -> Vec<Clock> {
        if self.source.form == Form::Yaml {
            return Vec::new();
        }
        let columns = self.columns.iter();
        let moments = columns.filter(|&&(_, field, _)| self.is_moment(field));
        let clock = |&(column, field, _): &(u32, FieldId, bool)| {
            let missing = self.missing(column, field)?;
            let beside = match missing {
                Half::Day => self.days(field)?,
                Half::Time => self.times(column)?,
            };
            Some(Clock {
                field,
                column,
                beside,
                missing,
            })
        };
        moments.filter_map(clock).collect()
    }

    fn is_moment(&self, field: FieldId) -> bool {
        self.schema.fields[usize::from(field.0)].ty == FieldType::DateTime
    }

    /// What most cells of the column lack to be moments.
    fn missing(&self, column: u32, field: FieldId) -> Option<Half> {
        let (mut times, mut days) = (0, 0);
        let texts = self.first_texts(column);
        for text in &texts {
            times += usize::from(time_of_day(text).is_some());
            days += usize::from(self.is_day(text, field));
        }
        let most = |count: usize| count * 2 > texts.len();
        match (most(times), most(days)) {
            (true, _) => Some(Half::Day),
            (_, true) => Some(Half::Time),
            _ => None,
        }
    }

    fn first_texts(&self, column: u32) -> Vec<&str> {
        let grid: &Grid = self.source.grid;
        let texts = self.records.iter().map(|&at| grid.row(at).text(column));
        texts
            .filter(|text| !text.is_empty())
            .take(LOOKED_AT)
            .collect()
    }

    fn is_day(&self, text: &str, field: FieldId) -> bool {
        let field = &self.schema.fields[usize::from(field.0)];
        // Any year will do to see that it is a day.
        let days = Reckoning {
            year: Some(2000),
            ..Reckoning::default()
        };
        match self.coercer.read(field, text, CellKind::Text, days).value {
            Value::Word(word) => Moment(word).is_day_only(),
            _ => false,
        }
    }

    /// The column that says on which day the times of a row were: one that has no field and is
    /// called so, or else the day that the record is about.
    fn days(&self, field: FieldId) -> Option<u32> {
        let named = |text: &str| DAYS.contains(&normalise::heading(text).as_str());
        let mut free = self.free().filter(|(_, text)| named(text));
        let event = self.schema.event_date.filter(|&event| event != field);
        let mut columns = self.columns.iter();
        let column = free.next().map(|(column, _)| column).or_else(|| {
            let event = columns.find(|&&(_, field, _)| Some(field) == event);
            event.map(|&(column, ..)| column)
        })?;
        let texts = self.first_texts(column);
        let days = texts.iter().filter(|text| self.is_day(text, field));
        (days.count() * 2 > texts.len()).then_some(column)
    }

    /// The column right of a day that says at what time it was.
    fn times(&self, column: u32) -> Option<u32> {
        let (beside, text) = self.free().find(|&(free, _)| free == column + 1)?;
        let named = ["时间", "时刻", "时分", "钟点"];
        let named = named.iter().any(|word| text.contains(word));
        let texts = self.first_texts(beside);
        let times = texts.iter().filter(|text| time_of_day(text).is_some());
        (named && times.count() * 2 > texts.len()).then_some(beside)
    }

    /// Columns that no field has, with their headings.
    fn free(&self) -> impl Iterator<Item = (u32, &str)> {
        let all = self.heading.columns.iter();
        let taken = |column: u32| self.columns.iter().any(|&(taken, ..)| taken == column);
        all.filter(move |&&(column, _)| !taken(column))
            .map(|(column, text)| (*column, text.as_str()))
    }

    /// Tells of the columns that are joined.
    pub(crate) fn tell(&self, clocks: &[Clock], usage: &mut SheetUse) {
        let name = |wanted: u32| {
            let mut all = self.heading.columns.iter();
            let text = all.find(|&&(column, _)| column == wanted);
            let text = text.map_or("", |(_, text)| text.as_str());
            format!("{} 列“{}”", column_letter(wanted), normalise::text(text))
        };
        for clock in clocks {
            let (day, time) = match clock.missing {
                Half::Day => (clock.beside, clock.column),
                Half::Time => (clock.column, clock.beside),
            };
            let label = &self.schema.fields[usize::from(clock.field.0)].label;
            let told = format!("“{label}”由{}的日期和{}的时刻合成", name(day), name(time));
            usage.remarks.push(told);
            let mut unused = usage.unused_columns.iter();
            if let Some(at) = unused.position(|unused| unused.column == clock.beside) {
                let used = usage.unused_columns.remove(at);
                usage.columns.push(ColumnUse {
                    column: used.column,
                    heading: used.heading,
                    field: clock.field,
                    matched: Match::Alias,
                });
                usage.columns.sort_by_key(|used| used.column);
            }
        }
    }
}

impl Clock {
    /// True if the column completes a moment.
    pub(crate) fn uses(&self, column: u32) -> bool {
        self.beside == column
    }
}

/// The other halves of a column of moments, row by row.
pub(crate) struct Companion {
    clock: Clock,
    cursor: Cursor,
    halves: Vec<(CellState, i32, Option<Sym>)>,
}

/// A companion for each clock.
pub(crate) fn companions(sheet: &Sheet<'_>, clocks: &[Clock], records: usize) -> Vec<Companion> {
    let companion = |&clock: &Clock| Companion {
        clock,
        cursor: column_reader::cursor(sheet, clock.beside, clock.field, records),
        halves: Vec::with_capacity(records),
    };
    clocks.iter().map(companion).collect()
}

impl Companion {
    /// The field whose moments are completed.
    pub(crate) fn field(&self) -> FieldId {
        self.clock.field
    }

    /// Looks at what stands beside the moment in a row.
    pub(crate) fn look(&mut self, cells: &Cells, index: usize, mut shelf: Shelf<'_>) {
        let number = cells.number(index);
        let own = cells.find(index, self.clock.beside);
        let own = own.map(|(cell, _)| cell);
        let (held, _) = self.cursor.resolve(own, number, &mut shelf);
        self.halves.push(match held {
            Some(held) => self.cursor.says(held, &mut shelf),
            None => (CellState::Empty, 0, None),
        });
    }

    /// Completes the moments of the block.
    fn join(&self, block: &mut Block, texts: &Interner) -> BTreeSet<u32> {
        let mut joined = BTreeSet::new();
        let field = self.clock.field;
        let Some(cells) = &mut block.columns[usize::from(field.0)] else {
            return joined;
        };
        for (row, &(state, word, raw)) in (0u32..).zip(&self.halves) {
            let at = row as usize;
            let (own, beside) = (cells.raw[at], raw.map_or("", |raw| texts.resolve(raw)));
            let (state, word, time) = match self.clock.missing {
                Half::Day if cells.states[at] == CellState::Unreadable => {
                    (state, word, texts.resolve(own))
                }
                Half::Day => continue,
                Half::Time => (cells.states[at], cells.words[at], beside),
            };
            let day = state == CellState::Value && Moment(word).is_day_only();
            if let Some(minute) = time_of_day(time).filter(|_| day) {
                cells.states[at] = CellState::Value;
                cells.words[at] = at_minute(Moment(word), minute).0;
                joined.insert(row);
            }
        }
        let told = |row: &u32, of: &FieldId| *of == field && joined.contains(row);
        block.unreadable.retain(|(row, of, _)| !told(row, of));
        joined
    }
}

fn at_minute(day: Moment, minute: i32) -> Moment {
    let later = minute.div_euclid(1440);
    let minute = minute.rem_euclid(1440).unsigned_abs();
    Moment::at(day.day().add_days(later), minute / 60, minute % 60)
}

/// Completes all moments of the block; those that end before they start become unreadable again.
pub(crate) fn join(
    companions: &[Companion],
    block: &mut Block,
    schema: &LedgerSchema,
    texts: &Interner,
) {
    let joined: Vec<_> = companions.iter().map(|c| c.join(block, texts)).collect();
    for (companion, joined) in companions.iter().zip(joined) {
        let end = companion.clock.field;
        let id = &schema.fields[usize::from(end.0)].id;
        let start = id.strip_prefix("end_").map(|rest| format!("start_{rest}"));
        let start = start.and_then(|id| schema.field_by_id(&id));
        let starts = start.and_then(|start| block.columns[usize::from(start.0)].clone());
        let (Some(starts), Some(ends)) = (starts, &mut block.columns[usize::from(end.0)]) else {
            continue;
        };
        for row in joined {
            let at = row as usize;
            let known = starts.states[at] == CellState::Value;
            if known && Moment(ends.words[at]).minutes() < Moment(starts.words[at]).minutes() {
                (ends.states[at], ends.words[at]) = (CellState::Unreadable, 0);
                let expected = words::END_BEFORE_START.into();
                block.unreadable.push((row, end, expected));
            }
        }
    }
}
