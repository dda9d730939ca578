//! Tables that hold records of another table again: a copied sheet, an older backup, an extract.
//!
//! What enters: all files as understood. What leaves: the same, but a record that stands in two tables of
//! a ledger with the same number counts once; the table that gives way says so. It is by content:
//! a second register has other numbers, and two things that share a number differ in the rest.

use crate::tables::block::Block;
use crate::tables::join::{FileTables, Ledgers, SheetTables};
use crate::values::normalise;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use zicha_model::dataset::{CellState, Interner, SheetUse, SkippedRows, column_letter};
use zicha_model::diag::{Diagnostic, Locus, codes};
use zicha_model::schema::{FieldId, FieldType, LedgerId, LedgerSchema, Schemas};

/// Names of files and sheets that people give to copies.
const COPIES: [&str; 11] = [
    "备份", "副本", "复件", "copy", "backup", "bak", "旧", "old", "(2)", "(3)", "摘录",
];
/// Of ten records of a table so many must stand in the other.
const SHARED_OF_TEN: usize = 8;
/// Of ten cells of shared records so many must be alike.
const ALIKE_OF_TEN: usize = 7;
/// Answers given on the spot are asked of several people in the same words.
const ANSWERS: &str = "attestations";
/// So few shared records must be alike in all.
const FEW: usize = 3;
/// Records whose numbers are looked up before the others are.
const LOOKED_AT: usize = 24;

/// Where a table stands: file, sheet, table.
type At = (usize, usize, usize);

/// Leaves out records that stand in another table of their ledger as well.
pub(crate) fn leave_out(files: &mut [FileTables], schemas: &Schemas) {
    let mut tables: BTreeMap<LedgerId, Vec<At>> = BTreeMap::new();
    for (f, file) in files.iter().enumerate() {
        for (s, sheet) in file.sheets.iter().enumerate() {
            let SheetTables::Ledgers(ledgers) = sheet else {
                continue;
            };
            for (b, block) in ledgers.blocks.iter().enumerate() {
                if !block.projected && !block.rows.is_empty() {
                    tables.entry(block.ledger).or_default().push((f, s, b));
                }
            }
        }
    }
    let found: Vec<Found> = tables
        .into_iter()
        .filter(|(ledger, places)| places.len() > 1 && schemas.ledger(*ledger).id != ANSWERS)
        .flat_map(|(ledger, places)| Compared::of(files, schemas.ledger(ledger), places).copies())
        .collect();
    for copy in found {
        copy.leave_out(files, schemas);
    }
}

/// A table that holds records of another again.
struct Found {
    at: At,
    of: At,
    /// Its records that stand in the other.
    rows: Vec<u32>,
    /// Those of them that differ somewhere.
    differing: usize,
}

/// The tables of a ledger, with the records of each by number.
struct Compared<'a> {
    files: &'a [FileTables],
    schema: &'a LedgerSchema,
    /// Those that count first come first.
    tables: Vec<(At, HashMap<u64, u32>)>,
}

impl<'a> Compared<'a> {
    fn of(files: &'a [FileTables], schema: &'a LedgerSchema, mut places: Vec<At>) -> Self {
        places.sort_by_cached_key(|&at| {
            let (file, _, block) = part(files, at)?;
            let names = [file.input.path.as_str(), block.usage.name.as_str()];
            let copied = names.iter().any(|name| is_copy(name));
            let filled = block.columns.iter().flatten().map(|column| {
                column
                    .states
                    .iter()
                    .filter(|state| **state == CellState::Value)
                    .count()
            });
            let filled: usize = filled.sum();
            Some((
                copied,
                Reverse((block.rows.len(), filled)),
                file.input.path.len(),
                at,
            ))
        });
        let keyed = |at: At| {
            let mut rows = HashMap::new();
            let Some((_, ledgers, block)) = part(files, at) else {
                return (at, rows);
            };
            for row in 0..block.rows.len() {
                if let Some(key) = key(block, &ledgers.texts, schema, row) {
                    rows.entry(key).or_insert(row as u32);
                }
            }
            (at, rows)
        };
        Self {
            files,
            schema,
            tables: places.into_iter().map(keyed).collect(),
        }
    }

    fn copies(&self) -> Vec<Found> {
        let mut gone = vec![false; self.tables.len()];
        let mut found = Vec::new();
        for first in 0..self.tables.len() {
            for later in first + 1..self.tables.len() {
                if gone[first] || gone[later] {
                    continue;
                }
                if let Some(copy) = self.copy(first, later) {
                    gone[later] = true;
                    found.push(copy);
                }
            }
        }
        found
    }

    /// Compares two tables; the later one gives way.
    fn copy(&self, first: usize, later: usize) -> Option<Found> {
        let (of, known) = &self.tables[first];
        let (at, _) = &self.tables[later];
        let (_, ledgers, block) = part(self.files, *at)?;
        let total = block.rows.len();
        let shared = |row: usize| {
            let key = key(block, &ledgers.texts, self.schema, row)?;
            known.get(&key).map(|&other| (row as u32, other))
        };
        let looked_at = total.min(LOOKED_AT);
        let near = (0..looked_at).filter(|&row| shared(row).is_some()).count();
        if near * 2 < looked_at {
            return None;
        }
        let pairs: Vec<(u32, u32)> = (0..total).filter_map(shared).collect();
        if pairs.len() * 10 < total * SHARED_OF_TEN {
            return None;
        }
        let other = part(self.files, *of)?;
        let (mut alike, mut all, mut differing) = (0, 0, 0);
        for &(row, theirs) in &pairs {
            let (same, compared) = self.alike((ledgers, block, row), (other.1, other.2, theirs));
            alike += same;
            all += compared;
            differing += usize::from(same < compared);
        }
        let few = pairs.len() < FEW && differing > 0;
        if all == 0 || few || alike * 10 < all * ALIKE_OF_TEN || self.adds(block, other.2) {
            return None;
        }
        Some(Found {
            at: *at,
            of: *of,
            rows: pairs.into_iter().map(|(row, _)| row).collect(),
            differing,
        })
    }

    /// True if a table states something that the other has no column for: it completes the other's
    /// records rather than repeating them.
    fn adds(&self, own: &Block, other: &Block) -> bool {
        let mut fields = (0..self.schema.fields.len()).filter(|&at| other.columns[at].is_none());
        fields.any(|at| {
            let column = own.columns[at].as_ref();
            let given = own.given.contains_key(&FieldId(at as u16));
            column.is_some_and(|cells| {
                !given && cells.states.iter().any(|state| *state != CellState::Empty)
            })
        })
    }

    /// Cells beside the number that say the same in two records, and those that both have.
    fn alike(
        &self,
        (own_texts, own, row): (&Ledgers, &Block, u32),
        (their_texts, theirs, other): (&Ledgers, &Block, u32),
    ) -> (usize, usize) {
        let (mut alike, mut all) = (0, 0);
        for (at, field) in self.schema.fields.iter().enumerate() {
            let (Some(a), Some(b)) = (&own.columns[at], &theirs.columns[at]) else {
                continue;
            };
            if self.schema.primary_key.contains(&FieldId(at as u16)) {
                continue;
            }
            let (row, other) = (row as usize, other as usize);
            if a.states[row] == CellState::Empty {
                continue;
            }
            all += 1;
            let text = |ledgers: &Ledgers, raw| normalise::squeezed(ledgers.texts.resolve(raw));
            let comparable = matches!(
                field.ty,
                FieldType::Integer
                    | FieldType::Decimal
                    | FieldType::Bool
                    | FieldType::Date
                    | FieldType::DateTime
                    | FieldType::Enum(_)
            );
            let same_word = comparable
                && a.states[row] == CellState::Value
                && b.states[other] == CellState::Value
                && a.words[row] == b.words[other];
            let same = same_word || text(own_texts, a.raw[row]) == text(their_texts, b.raw[other]);
            // The same number in two departments is two things.
            if !same && field.ty == FieldType::Department {
                return (0, all);
            }
            alike += usize::from(same);
        }
        (alike, all)
    }
}

fn part(files: &[FileTables], (f, s, b): At) -> Option<(&FileTables, &Ledgers, &Block)> {
    let file = files.get(f)?;
    match file.sheets.get(s)? {
        SheetTables::Ledgers(ledgers) => Some((file, ledgers, ledgers.blocks.get(b)?)),
        SheetTables::Other(_) => None,
    }
}

fn is_copy(name: &str) -> bool {
    let name = normalise::squeezed(name);
    COPIES.iter().any(|word| name.contains(word))
}

/// What a record is known by: its number, or all of it where the ledger's number has no column.
fn key(block: &Block, texts: &Interner, schema: &LedgerSchema, row: usize) -> Option<u64> {
    let column = |field: FieldId| block.columns[usize::from(field.0)].as_ref();
    let numbered = schema
        .primary_key
        .iter()
        .filter(|field| !block.weak.contains(field));
    let numbered: Vec<FieldId> = numbered
        .copied()
        .filter(|field| column(*field).is_some())
        .collect();
    let whole: Vec<FieldId> = (0..schema.fields.len() as u16)
        .map(FieldId)
        .filter(|field| {
            column(*field).is_some()
                && !block.weak.contains(field)
                && !block.given.contains_key(field)
        })
        .collect();
    let by_number = !numbered.is_empty();
    let fields = if by_number { numbered } else { whole };
    let mut hasher = DefaultHasher::new();
    let mut filled = 0;
    for field in fields {
        let Some(cells) = column(field) else { continue };
        let text = normalise::squeezed(texts.resolve(cells.raw[row]));
        filled += usize::from(!text.is_empty());
        (field.0, text).hash(&mut hasher);
    }
    let enough = if by_number { 1 } else { 3 };
    by_number.hash(&mut hasher);
    (filled >= enough).then(|| hasher.finish())
}

impl Found {
    fn leave_out(&self, files: &mut [FileTables], schemas: &Schemas) {
        let Some((file, _, block)) = part(files, self.of) else {
            return;
        };
        let own = self.at.0 == self.of.0;
        let name = match own {
            true => format!("本工作簿的“{}”", block.usage.name),
            false => format!("“{}”的“{}”", file.input.path, block.usage.name),
        };
        let (f, s, b) = self.at;
        let path = files[f].input.path.clone();
        let SheetTables::Ledgers(ledgers) = &mut files[f].sheets[s] else {
            return;
        };
        let block = &mut ledgers.blocks[b];
        let label = &schemas.ledger(block.ledger).label;
        let (count, total) = (self.rows.len(), block.rows.len());
        let differing = match self.differing {
            0 => String::new(),
            some => format!("，其中 {some} 条内容有出入，以那一份为准"),
        };
        let what = match (count == total, self.differing) {
            (true, 0) => "是它的副本或摘录",
            (true, _) => "是它的旧副本或摘录",
            _ => "与它重叠",
        };
        let words = format!(
            "《{label}》的这张表有 {count} 条记录与{name}相同，{what}，不重复计{differing}"
        );
        let first = self.rows.first().map_or(1, |&row| block.rows[row as usize]);
        let column = block.places.iter().flatten().min().copied().unwrap_or(0);
        let locus = match &ledgers.sheet {
            Some(sheet) => Locus::cell(
                &path,
                Some(sheet),
                format!("{}{first}", column_letter(column)),
            ),
            None => Locus::file(&path),
        };
        let told = Diagnostic::new(codes::RECORDS_COPIED, words.clone(), locus)
            .with_hint("请移走多余的一份；如果本来就是两本台账，请核对编号是否重复。");
        let rows = self
            .rows
            .iter()
            .map(|&row| block.rows[row as usize])
            .collect();
        block.drop_rows(&self.rows);
        if block.rows.is_empty() {
            let name = block.usage.name.clone();
            ledgers.blocks.retain(|block| !block.projected);
            ledgers
                .blocks
                .retain(|block| !block.rows.is_empty() || block.usage.name != name);
        } else {
            block.usage.skipped.push(SkippedRows {
                rows,
                why: "与另一张表相同的记录".to_owned(),
            });
            block.usage.rows = block.rows.len() as u32;
            block.usage.remarks.push(words.clone());
        }
        if ledgers.blocks.is_empty() {
            let name = ledgers.sheet.clone().unwrap_or_default();
            files[f].sheets[s] = SheetTables::Other(SheetUse {
                name,
                why: words,
                ..SheetUse::default()
            });
        }
        files[f].diagnostics.push(told);
    }
}
