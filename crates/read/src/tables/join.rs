//! Blocks of all files → one table a ledger, with one set of strings.
//!
//! What enters: [`Block`]s in the order of files, sheets and tables. What leaves: a [`Dataset`]
//! whose persons and departments are not yet resolved ([`crate::tables::link_names`] does that).

use crate::tables::block::Block;
use crate::tables::strings::Strings;
use std::collections::{HashMap, HashSet};
use zicha_model::dataset::Place;
use zicha_model::diag::Diagnostic;
use zicha_model::digest::FileDigests;
use zicha_model::{
    dataset::{
        CellState, Column, Dataset, InputFile, Interner, Part, RowOrigin, SheetUse, Sym, Table,
        UnreadableCell, UnusedColumn, column_letter,
    },
    rectification::ListRow,
    schema::{FieldId, LedgerId, Schemas},
};

/// What was read of one file, before joining.
#[derive(Debug, Default)]
pub struct FileTables {
    /// The file; its sheets are completed while joining.
    pub input: InputFileParts,
    /// For each sheet its tables, or the sheet's use if it is no ledger.
    pub sheets: Vec<SheetTables>,
    /// Comments on its cells.
    pub comments: Vec<(Place, String)>,
    /// Rows of the rectification list that stand in it.
    pub list: Vec<ListRow>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file as [`InputFile`] wants it.
#[derive(Debug, Default)]
pub struct InputFileParts {
    /// Relative path.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// Digests of its bytes.
    pub digests: FileDigests,
    /// False if nothing could be read.
    pub readable: bool,
}

/// What stands on one sheet.
#[derive(Debug)]
pub enum SheetTables {
    /// Tables of ledgers.
    Ledgers(Ledgers),
    /// No ledger.
    Other(SheetUse),
}

impl SheetTables {
    /// Adds a remark on the sheet.
    pub(crate) fn remark(&mut self, told: &str) {
        let usage = match self {
            Self::Other(usage) => Some(usage),
            Self::Ledgers(tables) => tables.blocks.first_mut().map(|block| &mut block.usage),
        };
        if let Some(usage) = usage {
            usage.remarks.push(told.to_owned());
        }
    }
}

/// A sheet with tables of ledgers.
#[derive(Debug)]
pub struct Ledgers {
    /// The sheet's name if the format has one.
    pub sheet: Option<String>,
    /// The tables.
    pub blocks: Vec<Block>,
    /// The strings that their cells refer to.
    pub texts: Interner,
}

/// Joins everything that was read.
pub fn join(files: Vec<FileTables>, schemas: &Schemas) -> Dataset {
    let mut joiner = Joiner {
        dataset: Dataset {
            tables: schemas.ledgers.iter().map(|_| None).collect(),
            ..Dataset::default()
        },
        schemas,
        weak: Vec::new(),
    };
    for file in files {
        joiner.file(file);
    }
    joiner.drop_running_numbers();
    joiner.dataset
}

/// A field that a part of a table took from a column called 序号.
struct WeakPart {
    ledger: LedgerId,
    field: FieldId,
    part: usize,
    input: usize,
    sheet: usize,
}

struct Joiner<'s> {
    dataset: Dataset,
    schemas: &'s Schemas,
    weak: Vec<WeakPart>,
}

impl Joiner<'_> {
    fn file(&mut self, file: FileTables) {
        let input = self.dataset.inputs.len();
        self.dataset.inputs.push(InputFile {
            path: file.input.path,
            bytes: file.input.bytes,
            digests: file.input.digests,
            sheets: Vec::new(),
            readable: file.input.readable,
        });
        if !file.list.is_empty() {
            self.dataset.filled_lists.push((input, file.list));
        }
        self.dataset.diagnostics.extend(file.diagnostics);
        for sheet in file.sheets {
            match sheet {
                SheetTables::Other(usage) => self.dataset.inputs[input].sheets.push(usage),
                SheetTables::Ledgers(ledgers) => {
                    let strings = Strings::new(&mut self.dataset, ledgers.texts);
                    for block in ledgers.blocks {
                        self.block(input, ledgers.sheet.clone(), block, &strings);
                    }
                }
            }
        }
    }

    fn block(&mut self, input: usize, sheet: Option<String>, mut block: Block, strings: &Strings) {
        let ledger = block.ledger;
        let at = self.dataset.inputs[input].sheets.len();
        let usage = std::mem::take(&mut block.usage);
        self.dataset.inputs[input].sheets.push(usage);
        let lists = strings.lists(&mut self.dataset, &block);
        let empty = self.dataset.strings.intern("");
        let width = self.schemas.ledger(ledger).fields.len();
        let table = self.dataset.tables[usize::from(ledger.0)]
            .get_or_insert_with(|| new_table(ledger, width));
        let first = table.origins.len() as u32;
        let part = table.parts.len();
        table
            .origins
            .extend(block.rows.iter().map(|&row| RowOrigin {
                part: part as u32,
                row,
            }));
        let rows = block.rows.len();
        let fields = &self.schemas.ledger(ledger).fields;
        let columns = std::mem::take(&mut table.columns).into_iter();
        let columns = columns.zip(block.columns).zip(fields).collect();
        // The texts of a large sheet are many: its columns are joined side by side.
        table.columns = crate::parallel::each(columns, |((mut column, cells), field)| {
            match cells {
                Some(mut cells) => {
                    strings.translate(&mut cells, field.ty, &lists);
                    append(&mut column, cells);
                }
                None => no_column(&mut column, rows, empty),
            }
            column
        });
        let carried = block.carried.into_iter();
        table
            .carried
            .extend(carried.map(|((row, field), place)| ((first + row, field), place)));
        table.parts.push(Part {
            input,
            told: at,
            sheet,
            columns: block.places,
            first,
            cell_lines: block.lines,
            given: block.given,
        });
        let unreadable = block.unreadable.into_iter();
        self.dataset
            .unreadable
            .extend(unreadable.map(|(row, field, expected)| UnreadableCell {
                ledger,
                row: first + row,
                field,
                expected,
            }));
        self.weak.extend(block.weak.iter().map(|&field| WeakPart {
            ledger,
            field,
            part,
            input,
            sheet: at,
        }));
    }

    /// A running number restarts on every sheet and page: it serves only if no value occurs twice.
    fn drop_running_numbers(&mut self) {
        let fields: Vec<(LedgerId, FieldId)> =
            self.weak.iter().map(|w| (w.ledger, w.field)).collect();
        let repeated: HashSet<(LedgerId, FieldId)> = fields
            .into_iter()
            .filter(|&(ledger, field)| self.repeats(ledger, field))
            .collect();
        for weak in std::mem::take(&mut self.weak) {
            if repeated.contains(&(weak.ledger, weak.field)) {
                self.drop_column(&weak);
            }
        }
    }

    fn repeats(&self, ledger: LedgerId, field: FieldId) -> bool {
        let Some(table) = self.dataset.table(ledger) else {
            return false;
        };
        let column = &table.columns[usize::from(field.0)];
        let mut seen = HashSet::new();
        column
            .words
            .iter()
            .zip(&column.states)
            .any(|(word, state)| *state == CellState::Value && !seen.insert(*word))
    }

    fn drop_column(&mut self, weak: &WeakPart) {
        let empty = self.dataset.strings.intern("");
        let label = self.schemas.field(weak.ledger, weak.field).label.clone();
        if let Some(table) = &mut self.dataset.tables[usize::from(weak.ledger.0)] {
            let column = &mut table.columns[usize::from(weak.field.0)];
            for (row, origin) in table.origins.iter().enumerate() {
                if origin.part as usize == weak.part {
                    column.words[row] = 0;
                    column.states[row] = CellState::NoColumn;
                    column.raw[row] = empty;
                }
            }
            table.parts[weak.part].columns[usize::from(weak.field.0)] = None;
            let parts = &table.origins;
            table.carried.retain(|&(row, field), _| {
                field != weak.field || parts[row as usize].part as usize != weak.part
            });
        }
        self.dataset
            .unreadable
            .retain(|cell| (cell.ledger, cell.field) != (weak.ledger, weak.field));
        let usage = &mut self.dataset.inputs[weak.input].sheets[weak.sheet];
        if let Some(at) = usage.columns.iter().position(|c| c.field == weak.field) {
            let column = usage.columns.remove(at);
            usage.unused_columns.push(UnusedColumn {
                column: column.column,
                heading: column.heading,
                did_you_mean: None,
            });
            usage.unused_columns.sort_by_key(|c| c.column);
            usage.remarks.push(format!(
                "{} 列的序号有重复，不能作“{label}”，未使用",
                column_letter(column.column)
            ));
        }
    }
}

fn new_table(ledger: LedgerId, width: usize) -> Table {
    Table {
        ledger,
        columns: vec![Column::default(); width],
        origins: Vec::new(),
        parts: Vec::new(),
        carried: HashMap::new(),
        moved: HashMap::new(),
    }
}

/// Appends a block's cells to a field's column.
fn append(column: &mut Column, cells: Column) {
    if column.words.is_empty() {
        *column = cells;
        return;
    }
    column.words.extend(cells.words);
    column.states.extend(cells.states);
    column.raw.extend(cells.raw);
}

/// The sheet has no such column.
fn no_column(column: &mut Column, rows: usize, empty: Sym) {
    let length = column.words.len() + rows;
    column.words.resize(length, 0);
    column.states.resize(length, CellState::NoColumn);
    column.raw.resize(length, empty);
}
