//! Columns of moments that hold only times (`9:00`、`下午3时`) or only days, and the column of the same
//! rows that holds the other half; [`crate::tables`] joins them.

use crate::formats::grid::{CellKind, Form, Grid};
use crate::recognition::header_detection::Heading;
use crate::recognition::sheet::{Clock, Half, Source};
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Value, time_of_day};
use crate::values::normalise;
use zicha_model::{
    dataset::{ColumnUse, Match, SheetUse, column_letter},
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
