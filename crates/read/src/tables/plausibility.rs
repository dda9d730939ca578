//! Values that cannot be meant: years out of any register, counts below zero, ends before starts, a day
//! of quite another year than the rest of the register.
//!
//! What enters: a table as read. What leaves: what is to be told, once a column with the first cell. The
//! values stay as they are. Facts that lie in the future are the matter of who knows the day of the check.

use crate::tables::block::Block;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use zicha_model::{
    dataset::{CellState, Column, Interner},
    schema::{FieldId, FieldSchema, FieldType, LedgerSchema},
    time::{Day, Moment},
};

/// Years that a register of this country can speak of.
const YEARS: RangeInclusive<i32> = 1949..=2100;
/// More of anything than this is a slip of the keyboard.
const MOST: i32 = 100_000;
/// Dated records from which on the year of a register is known.
const ENOUGH: usize = 10;
/// Days that a register may reach into the years beside its own.
const BESIDE: i32 = 62;

/// What is told of a cell, by its row number and column.
#[derive(Clone, Debug)]
pub(crate) struct Odd {
    /// Row number.
    pub(crate) row: u32,
    /// 0-based column.
    pub(crate) column: u32,
    /// What is told.
    pub(crate) message: String,
}

/// Looks through the columns of a table.
pub(crate) fn odd(block: &Block, schema: &LedgerSchema, texts: &Interner) -> Vec<Odd> {
    let table = Table {
        block,
        schema,
        texts,
    };
    let mut told = Vec::new();
    for (at, field) in (0..).map(FieldId).zip(&schema.fields) {
        told.extend(table.years(at, field));
        told.extend(table.counts(at, field));
    }
    told.extend(table.ends());
    told.extend(table.other_year());
    told
}

struct Table<'a> {
    block: &'a Block,
    schema: &'a LedgerSchema,
    texts: &'a Interner,
}

impl Table<'_> {
    /// A column that was read from cells of its own.
    fn column(&self, field: FieldId) -> Option<&Column> {
        let own = !self.block.given.contains_key(&field);
        let column = self.block.columns[usize::from(field.0)].as_ref();
        column.filter(|_| own)
    }

    fn values(&self, field: FieldId) -> impl Iterator<Item = (usize, i32)> {
        let column = self.column(field);
        column.into_iter().flat_map(|column| {
            let cells = column.states.iter().zip(&column.words).enumerate();
            let values = cells.filter(|(_, (state, _))| **state == CellState::Value);
            values.map(|(at, (_, word))| (at, *word))
        })
    }

    fn days(&self, field: FieldId) -> impl Iterator<Item = (usize, Day)> {
        let ty = self.schema.fields[usize::from(field.0)].ty;
        let dated = matches!(ty, FieldType::Date | FieldType::DateTime);
        let day = move |word: i32| match ty {
            FieldType::DateTime => Moment(word).day(),
            _ => Day(word),
        };
        let values = self.values(field).filter(move |_| dated);
        values.map(move |(at, word)| (at, day(word)))
    }

    /// One message for the cells of a column; `what` follows the number of cells.
    fn tell(&self, field: FieldId, cells: &[usize], what: &str) -> Option<Odd> {
        let &first = cells.first()?;
        let raw = self.column(field)?.raw[first];
        let label = &self.schema.fields[usize::from(field.0)].label;
        let (count, text) = (cells.len(), self.texts.resolve(raw));
        let row = self.block.rows[first];
        let own = (row, self.block.places[usize::from(field.0)].unwrap_or(0));
        let place = self
            .block
            .carried
            .get(&(first as u32, field))
            .copied()
            .unwrap_or(own);
        Some(Odd {
            row: place.0,
            column: place.1,
            message: format!("“{label}”有 {count} 格{what}（如“{}”）", text.trim()),
        })
    }

    fn years(&self, at: FieldId, field: &FieldSchema) -> Option<Odd> {
        let out = |year: i32| !YEARS.contains(&year);
        let cells: Vec<usize> = match field.ty {
            FieldType::Integer if field.id == "year" => {
                let values = self.values(at).filter(|&(_, year)| out(year));
                values.map(|(row, _)| row).collect()
            }
            _ => {
                let days = self.days(at).filter(|(_, day)| out(day.year()));
                days.map(|(row, _)| row).collect()
            }
        };
        self.tell(at, &cells, "的年份不在 1949 年至 2100 年之间")
    }

    fn counts(&self, at: FieldId, field: &FieldSchema) -> Option<Odd> {
        // Floors lie below the ground, years are no counts.
        if matches!(field.id.as_str(), "floor" | "year") {
            return None;
        }
        let whole = field.ty == FieldType::Integer;
        if !whole && field.ty != FieldType::Decimal {
            return None;
        }
        let of = |odd: &dyn Fn(i32) -> bool| -> Vec<usize> {
            let values = self.values(at).filter(|&(_, value)| odd(value));
            values.map(|(row, _)| row).collect()
        };
        let below = of(&|value| value < 0);
        if !below.is_empty() {
            return self.tell(at, &below, "小于零");
        }
        let above = of(&|value| whole && value > MOST);
        self.tell(at, &above, "大得不合常理（超过 10 万）")
    }

    /// Ends that lie before their starts.
    fn ends(&self) -> Vec<Odd> {
        let pairs = (0..).map(FieldId).zip(&self.schema.fields);
        let pairs = pairs.filter_map(|(end, field)| {
            let start = match field.id.strip_prefix("end_") {
                Some(rest) => self.schema.field_by_id(&format!("start_{rest}"))?,
                None if matches!(field.id.as_str(), "returned_on" | "returned_at") => {
                    self.schema.event_date?
                }
                None => return None,
            };
            Some((start, end))
        });
        let odd = pairs.filter_map(|(start, end)| {
            let starts: BTreeMap<usize, Day> = self.days(start).collect();
            let before = |&(at, day): &(usize, Day)| starts.get(&at).is_some_and(|s| day < *s);
            let cells: Vec<usize> = self.days(end).filter(before).map(|(at, _)| at).collect();
            let label = &self.schema.fields[usize::from(start.0)].label;
            self.tell(end, &cells, &format!("早于同一行的“{label}”"))
        });
        odd.collect()
    }

    /// Days of quite another year than nine tenths of the register.
    fn other_year(&self) -> Option<Odd> {
        let field = self.schema.event_date?;
        let days: Vec<(usize, Day)> = self.days(field).collect();
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        for (_, day) in &days {
            *years.entry(day.year()).or_default() += 1;
        }
        let (&year, &most) = years.iter().max_by_key(|(_, count)| **count)?;
        if days.len() < ENOUGH || most * 10 < days.len() * 9 {
            return None;
        }
        let first = Day::of(year, 1, 1)?.add_days(-BESIDE);
        let last = Day::of(year, 12, 31)?.add_days(BESIDE);
        let far = |day: Day| YEARS.contains(&day.year()) && !(first..=last).contains(&day);
        let far: Vec<usize> = days.iter().filter(|d| far(d.1)).map(|d| d.0).collect();
        self.tell(
            field,
            &far,
            &format!("不是 {year} 年的日期，而本表的其他日期几乎都在 {year} 年"),
        )
    }
}
