//! The ledgers of a workspace as typed columns, with the origin of every cell.
//!
//! Every cell is one 32-bit word whose meaning its field's [`FieldType`] gives, a state, and the
//! text as it stood in the file. One representation serves all types, so there is one evaluator:
//!
//! | type | word |
//! |---|---|
//! | text, person, department | [`Sym`] of the normalised text (persons and departments: of their id where the register resolves them) |
//! | integer | the number |
//! | decimal | thousandths |
//! | bool | 0 / 1 |
//! | date | [`super::time::Day`] |
//! | datetime | [`super::time::Moment`] |
//! | enum | index of the value |
//! | enum list, person list | [`ListId`] in [`Dataset::lists`] |

mod future_facts;
mod inputs;

pub use super::interner::{Interner, Sym};
use super::results::{Evidence, Origin};
use super::schema::{FieldId, FieldType, LedgerId, Schemas};
use crate::diag::Diagnostic;
pub use inputs::{ColumnUse, InputFile, Match, SheetUse, SkippedRows, UnusedColumn};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A list of words in [`Lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// Lists of words, each kept once in the order written.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    items: Vec<i32>,
    ends: Vec<u32>,
}

impl Lists {
    /// Adds a list.
    pub fn push(&mut self, items: impl IntoIterator<Item = i32>) -> ListId {
        self.items.extend(items);
        self.ends.push(self.items.len() as u32);
        ListId(self.ends.len() as u32 - 1)
    }

    /// The words of a list.
    pub fn get(&self, id: ListId) -> &[i32] {
        let index = id.0 as usize;
        let start = if index == 0 {
            0
        } else {
            self.ends[index - 1] as usize
        };
        &self.items[start..self.ends[index] as usize]
    }

    /// Replaces every word of a list's items, for resolving names after all files are read.
    pub fn items_mut(&mut self, id: ListId) -> &mut [i32] {
        let index = id.0 as usize;
        let start = if index == 0 {
            0
        } else {
            self.ends[index - 1] as usize
        };
        &mut self.items[start..self.ends[index] as usize]
    }
}

/// What is known of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CellState {
    /// It has a value; the word counts.
    Value,
    /// The column exists, the cell is empty (or says so: `-`, `/`, 无). Counts as absent.
    Empty,
    /// Something stands there that could not be read as the field's type. Cannot tell.
    Unreadable,
    /// A day on which something is said to have happened lies after the day of the check: it proves
    /// nothing, not even that it happened. Cannot tell, `present()` included.
    Future,
    /// The sheet has no such column. Cannot tell, `present()` included.
    NoColumn,
}

/// One field over all rows of a ledger.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// The typed words; 0 where the state is not `Value`.
    pub words: Vec<i32>,
    /// The states.
    pub states: Vec<CellState>,
    /// The text as it stands in the file ([`Dataset::strings`]); the empty string where nothing does.
    pub raw: Vec<Sym>,
}

/// A stretch of rows of one ledger that come from one table of one sheet.
#[derive(Clone, Debug)]
pub struct Part {
    /// Index in [`Dataset::inputs`].
    pub input: usize,
    /// Index in [`InputFile::sheets`] of what is told of this table.
    pub told: usize,
    /// Sheet name; `None` for CSV and YAML.
    pub sheet: Option<String>,
    /// For each field the 0-based column of the sheet that it was read from; `None` if absent or YAML.
    pub columns: Vec<Option<u32>>,
    /// Index in the table of the part's first row; the rows of a part are contiguous.
    pub first: u32,
    /// For YAML, the 1-based line of every cell, `rows × fields` in row order (0: the record's line).
    pub cell_lines: Option<Vec<u32>>,
    /// Fields whose values no cell of their own states, and where they come from.
    pub given: BTreeMap<FieldId, Given>,
}

/// Where the values of a field come from that has no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// What states them.
    pub origin: Origin,
    /// The cell that states all of them (1-based row, 0-based column), if one does.
    pub place: Option<(u32, u32)>,
    /// The field of the same record that they follow from, if they do.
    pub from: Option<FieldId>,
    /// Only the cells that are blank are given; the others state their values.
    pub blanks: bool,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowOrigin {
    /// Index in [`Table::parts`].
    pub part: u32,
    /// Row as Excel shows it (1-based), or line of a text file.
    pub row: u32,
}

/// All records of one ledger, joined over files and sheets.
#[derive(Clone, Debug)]
pub struct Table {
    /// The ledger.
    pub ledger: LedgerId,
    /// One column for each field of the schema, in its order.
    pub columns: Vec<Column>,
    /// Where each row stands.
    pub origins: Vec<RowOrigin>,
    /// The sheets the rows come from.
    pub parts: Vec<Part>,
    /// Cells whose value stands elsewhere: merged regions and 同上 point to the cell that holds it.
    /// (row of this table, field) → (1-based row, 0-based column) in the same sheet.
    pub carried: HashMap<(u32, FieldId), (u32, u32)>,
    /// Cells of a record that stands in several tables, where another than the record's own states it.
    pub moved: HashMap<(u32, FieldId), RowOrigin>,
}

impl Table {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// True without records.
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// State and word of a cell.
    pub fn cell(&self, row: u32, field: FieldId) -> (CellState, i32) {
        let column = &self.columns[usize::from(field.0)];
        (column.states[row as usize], column.words[row as usize])
    }

    /// Where the record stands that states a cell.
    pub fn origin(&self, row: u32, field: FieldId) -> RowOrigin {
        let moved = self.moved.get(&(row, field)).copied();
        moved.unwrap_or(self.origins[row as usize])
    }
}

/// A cell that could not be read as its field's type, or that holds a fact of the future; becomes a
/// finding of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableCell {
    /// The ledger.
    pub ledger: LedgerId,
    /// Row of its table.
    pub row: u32,
    /// The field.
    pub field: FieldId,
    /// What would be readable, one phrase in Chinese; kept once for all cells that read the same.
    pub expected: Arc<str>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// All strings.
    pub strings: Interner,
    /// All lists.
    pub lists: Lists,
    /// For each ledger of the schemas its table; `None` if not provided.
    pub tables: Vec<Option<Table>>,
    /// Files in path order.
    pub inputs: Vec<InputFile>,
    /// Cells that could not be read, in the order ledger, row, field.
    pub unreadable: Vec<UnreadableCell>,
    /// How a written name resolves to a person id: normalised name or id → id.
    pub persons: BTreeMap<Sym, Sym>,
    /// Names borne by several persons of the register: name → ids of those who bear it. In lists
    /// such names stay as written, since the rest of the list counts.
    pub ambiguous_persons: BTreeMap<Sym, Vec<Sym>>,
    /// What people commented on cells.
    pub comments: BTreeMap<Place, String>,
    /// Rows of rectification lists that lie among the ledgers: index of the input, its rows.
    pub filled_lists: Vec<(usize, Vec<super::rectification::ListRow>)>,
    /// What was noticed while reading.
    pub diagnostics: Vec<Diagnostic>,
}

impl Dataset {
    /// The table of a ledger, if any file had it.
    pub fn table(&self, ledger: LedgerId) -> Option<&Table> {
        self.tables
            .get(usize::from(ledger.0))
            .and_then(Option::as_ref)
    }

    /// The text of a cell as it stands in the file.
    pub fn raw(&self, table: &Table, row: u32, field: FieldId) -> &str {
        self.strings
            .resolve(table.columns[usize::from(field.0)].raw[row as usize])
    }

    /// A cell's typed value in the words people use: enum labels, ISO dates, names. Empty if it has none.
    pub fn display(&self, schemas: &Schemas, table: &Table, row: u32, field: FieldId) -> String {
        let (state, word) = table.cell(row, field);
        match state {
            CellState::Value => {
                self.display_word(schemas, schemas.field(table.ledger, field).ty, word)
            }
            CellState::Unreadable | CellState::Future => self.raw(table, row, field).to_owned(),
            CellState::Empty | CellState::NoColumn => String::new(),
        }
    }

    /// A word of a type in the words people use. Persons come out as stored (their id): use the
    /// register to name them.
    pub fn display_word(&self, schemas: &Schemas, ty: FieldType, word: i32) -> String {
        let label = |e, index: i32| {
            schemas
                .enumeration(e)
                .values
                .get(index as usize)
                .map_or_else(String::new, |v| v.label.clone())
        };
        let list = |id: i32, show: &dyn Fn(i32) -> String| {
            let items = self.lists.get(ListId(id as u32));
            items
                .iter()
                .map(|&item| show(item))
                .collect::<Vec<_>>()
                .join("、")
        };
        let text = |word: i32| self.strings.resolve(Sym(word as u32)).to_owned();
        match ty {
            FieldType::Text | FieldType::Person | FieldType::Department => text(word),
            FieldType::Integer => word.to_string(),
            FieldType::Decimal => decimal(word),
            FieldType::Bool => if word == 0 { "否" } else { "是" }.to_owned(),
            FieldType::Date => super::time::Day(word).to_string(),
            FieldType::DateTime => super::time::Moment(word).to_string(),
            FieldType::Enum(e) => label(e, word),
            FieldType::EnumList(e) => list(word, &|item| label(e, item)),
            FieldType::PersonList => list(word, &text),
        }
    }

    /// A cell as evidence: where it stands and its text as it stands there.
    pub fn evidence(&self, schemas: &Schemas, table: &Table, row: u32, field: FieldId) -> Evidence {
        let place = self.place(table, row, field);
        let comment = self.comments.get(&place).cloned();
        Evidence {
            file: Some(place.file),
            sheet: place.sheet,
            row: Some(place.row),
            column: place.column,
            field: schemas.field(table.ledger, field).id.clone(),
            value: self.raw(table, row, field).to_owned(),
            origin: self.origin(table, row, field),
            comment,
        }
    }

    /// What states a value that no cell of its own states.
    pub fn origin(&self, table: &Table, row: u32, field: FieldId) -> Option<Origin> {
        let part = &table.parts[table.origin(row, field).part as usize];
        let blank = |text: &str| text.chars().all(|c| " -—–―/\\无".contains(c));
        let given = part.given.get(&field);
        let given = given.filter(|given| !given.blanks || blank(self.raw(table, row, field)));
        given.map(|given| given.origin)
    }

    /// Where a cell stands: path, sheet, row and column letter (both `None` as the format has none).
    pub fn place(&self, table: &Table, row: u32, field: FieldId) -> Place {
        let origin = table.origin(row, field);
        let part = &table.parts[origin.part as usize];
        let given = part.given.get(&field);
        if let Some(from) = given.and_then(|given| given.from) {
            return self.place(table, row, from);
        }
        let mut place = Place {
            file: self.inputs[part.input].path.clone(),
            sheet: part.sheet.clone(),
            row: origin.row,
            column: part.columns[usize::from(field.0)].map(column_letter),
        };
        let stated = given.and_then(|given| given.place);
        if let Some(&(at, column)) = table.carried.get(&(row, field)).or(stated.as_ref()) {
            place.row = at;
            place.column = Some(column_letter(column));
        }
        let own = !table.moved.contains_key(&(row, field));
        if let Some(lines) = part.cell_lines.as_ref().filter(|_| own) {
            let index = (row - part.first) as usize * table.columns.len() + usize::from(field.0);
            if let Some(&line) = lines.get(index).filter(|&&line| line > 0) {
                place.row = line;
            }
        }
        place
    }
}

/// Where a cell stands, in the words of `results.json`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the workspace.
    pub file: String,
    /// Sheet name; `None` for CSV and YAML.
    pub sheet: Option<String>,
    /// Row as Excel shows it, or line of a text file.
    pub row: u32,
    /// Column letter as Excel shows it; `None` for YAML.
    pub column: Option<String>,
}

/// `0` → `A`, `26` → `AA`.
pub fn column_letter(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters
}

/// Thousandths as people write them: `300`, `5.5`.
pub fn decimal(word: impl Into<i64>) -> String {
    let word = word.into();
    let sign = if word < 0 { "-" } else { "" };
    let (whole, rest) = (word.unsigned_abs() / 1000, word.unsigned_abs() % 1000);
    let text = format!("{sign}{whole}.{rest:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
