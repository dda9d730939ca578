//! Values of a table that no cell of their own states, brought into its columns.
//!
//! What enters: a block whose cells are read, what its surroundings state, the rules of what follows
//! from other values. What leaves: the block with those values, and what is told of them. A value that
//! a cell states always wins; where it contradicts what follows, that is told.

use crate::formats::grid::CellKind;
use crate::recognition::sheet::Stated;
use crate::recognition::surroundings::{DerivedRule, Rules};
use crate::tables::block::Block;
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Value};
use zicha_model::{
    dataset::{CellState, Column, Given, Interner, Sym},
    results::Origin,
    schema::{FieldId, FieldType, LedgerSchema, Schemas},
};

/// Brings the values in.
pub(crate) struct GivenValues<'b, 'c> {
    pub(crate) block: &'b mut Block,
    pub(crate) schemas: &'c Schemas,
    pub(crate) coercer: &'c Coercer<'c>,
    pub(crate) texts: &'c mut Interner,
    /// Something around the table speaks of secrets: a blank level is one that is missing.
    pub(crate) of_secrets: bool,
}

impl GivenValues<'_, '_> {
    /// Completes the block.
    pub(crate) fn complete(mut self, stated: &[Stated]) {
        let schema = self.schemas.ledger(self.block.ledger);
        if self.block.rows.is_empty() {
            return;
        }
        self.ordinary_papers(schema);
        for rule in Rules::built_in().derived(&schema.id) {
            self.derive(schema, rule);
        }
        for stated in stated {
            self.state(schema, stated);
        }
        self.unmarked(schema);
    }

    fn state(&mut self, schema: &LedgerSchema, stated: &Stated) {
        let at = usize::from(stated.field.0);
        if stated.blanks {
            self.fill(schema, stated);
            return;
        }
        if self.block.columns[at].is_some() {
            return;
        }
        let values = match stated.turns.as_slice() {
            [] => std::slice::from_ref(&stated.value),
            turns => turns,
        };
        let words: Option<Vec<i32>> = values
            .iter()
            .map(|value| self.word(schema, stated.field, value))
            .collect();
        let Some(words) = words else {
            return;
        };
        let raw = match stated.origin {
            Origin::Assumed | Origin::Derived => "",
            _ => stated.text.as_str(),
        };
        let raw = self.texts.intern(raw);
        let rows = self.block.rows.len();
        let mut raw = vec![raw; rows];
        for (at, (row, column, text)) in (0u32..).zip(&stated.places) {
            if let Some(raw) = raw.get_mut(at as usize) {
                *raw = self.texts.intern(text);
                let cell = (at, stated.field);
                self.block.carried.insert(cell, (*row, *column));
            }
        }
        self.block.columns[at] = Some(Column {
            words: words.into_iter().cycle().take(rows).collect(),
            states: vec![CellState::Value; rows],
            raw,
        });
        self.block.given.insert(
            stated.field,
            Given {
                origin: stated.origin,
                place: stated.place,
                from: None,
                blanks: false,
            },
        );
        self.tell(schema, stated);
    }

    /// Fills the cells of a column that are empty, or a column that is not there, where the records say
    /// something.
    fn fill(&mut self, schema: &LedgerSchema, stated: &Stated) -> Option<()> {
        let word = self.word(schema, stated.field, &stated.value)?;
        let at = usize::from(stated.field.0);
        let rows = self.block.rows.len();
        let nothing = self.texts.intern("");
        let mut column = self.block.columns[at].take().unwrap_or_else(|| Column {
            words: vec![0; rows],
            states: vec![CellState::NoColumn; rows],
            raw: vec![nothing; rows],
        });
        let said = stated.turns.iter().zip(&stated.places).take(rows);
        let said = said.enumerate().filter(|(_, (turn, _))| !turn.is_empty());
        let mut filled = 0;
        for (record, (_, (row, cell, text))) in said {
            match column.states[record] {
                CellState::Empty | CellState::NoColumn => {
                    (column.states[record], column.words[record]) = (CellState::Value, word);
                    column.raw[record] = self.texts.intern(text);
                    let carried = &mut self.block.carried;
                    carried.insert((record as u32, stated.field), (*row, *cell));
                    filled += 1;
                }
                CellState::Value if column.words[record] != word => {
                    let label = &schema.fields[at].label;
                    let own = self.texts.resolve(column.raw[record]);
                    let told = format!(
                        "“{label}”写的是“{own}”，与“{}”的“{text}”矛盾，以写明的为准",
                        stated.text
                    );
                    let at = self.block.places[at].unwrap_or(*cell);
                    self.block.contradictions.push((*row, at, told));
                }
                _ => {}
            }
        }
        let says = column
            .states
            .iter()
            .any(|state| *state != CellState::NoColumn);
        if says {
            self.block.columns[at] = Some(column);
        }
        if filled > 0 {
            let label = &schema.fields[at].label;
            self.block.usage.remarks.push(format!(
                "“{}”列答“否”的 {filled} 行，“{label}”记为“{}”",
                stated.text, stated.value
            ));
        }
        Some(())
    }

    fn tell(&mut self, schema: &LedgerSchema, stated: &Stated) {
        let label = &schema.fields[usize::from(stated.field.0)].label;
        let value = match stated.turns.as_slice() {
            [] => stated.value.clone(),
            _ if !stated.places.is_empty() => stated.value.clone(),
            turns => turns.join("、"),
        };
        let text = &stated.text;
        let told = match stated.origin {
            Origin::Assumed => format!("“{label}”没有列，假定为“{value}”：{text}"),
            Origin::Derived => format!("“{label}”为“{value}”：{text}"),
            Origin::Title => format!("“{label}”没有列，按标题“{text}”记为“{value}”"),
            Origin::Sheet => format!("“{label}”没有列，按工作表名“{text}”记为“{value}”"),
            Origin::Section => format!("“{label}”没有列，按{text}记为{value}"),
            Origin::File => {
                format!("“{label}”没有列，按文件名“{text}”记为“{value}”")
            }
        };
        self.block.usage.remarks.push(told);
    }

    fn word(&mut self, schema: &LedgerSchema, field: FieldId, value: &str) -> Option<i32> {
        let field = &schema.fields[usize::from(field.0)];
        let days = Reckoning::default();
        match self.coercer.read(field, value, CellKind::Text, days).value {
            Value::Word(word) => Some(word),
            Value::Text(text) => Some(self.texts.intern(&text).0 as i32),
            _ => None,
        }
    }

    /// A yes or no that follows from the level of the same record.
    fn derive(&mut self, schema: &LedgerSchema, rule: &DerivedRule) -> Option<()> {
        let field = schema.field_by_id(&rule.field)?;
        let from = schema.field_by_id(&rule.from)?;
        let least = match &rule.at_least {
            Some(least) => {
                let least = self.word(schema, from, least)?;
                Some(rank_of(self.schemas, schema, from, least)?)
            }
            None => None,
        };
        let yes = self.word(schema, field, &rule.value)?;
        let other = rule.other.as_ref();
        let no = other.and_then(|other| self.word(schema, field, other));
        let source = self.block.columns[usize::from(from.0)].as_ref()?;
        let follows: Vec<Option<i32>> = source
            .words
            .iter()
            .zip(&source.states)
            .map(|(&word, &state)| match least {
                _ if state != CellState::Value => None,
                None => Some(yes),
                Some(least) if rank_of(self.schemas, schema, from, word)? >= least => Some(yes),
                Some(_) => no,
            })
            .collect();
        let raw = source.raw.clone();
        match &self.block.columns[usize::from(field.0)] {
            Some(own) => {
                let own = own.clone();
                self.contradictions(schema, (field, from), &own, &follows);
            }
            None => self.put(field, from, &follows, raw),
        }
        let label = &schema.fields[usize::from(field.0)].label;
        if self.block.given.contains_key(&field) {
            let told = format!("“{label}”没有列：{}", rule.reason);
            self.block.usage.remarks.push(told);
        }
        Some(())
    }

    fn put(&mut self, field: FieldId, from: FieldId, follows: &[Option<i32>], raw: Vec<Sym>) {
        if follows.iter().all(Option::is_none) {
            return;
        }
        let state = |word: &Option<i32>| word.map_or(CellState::NoColumn, |_| CellState::Value);
        self.block.columns[usize::from(field.0)] = Some(Column {
            words: follows.iter().map(|word| word.unwrap_or(0)).collect(),
            states: follows.iter().map(state).collect(),
            raw,
        });
        self.block.given.insert(
            field,
            Given {
                origin: Origin::Derived,
                place: None,
                from: Some(from),
                blanks: false,
            },
        );
    }

    fn contradictions(
        &mut self,
        schema: &LedgerSchema,
        (field, from): (FieldId, FieldId),
        own: &Column,
        follows: &[Option<i32>],
    ) {
        let column = self.block.places[usize::from(field.0)];
        let label = |field: FieldId| schema.fields[usize::from(field.0)].label.as_str();
        let source = self.block.columns[usize::from(from.0)].clone();
        for (at, follows) in follows.iter().enumerate() {
            let (Some(follows), Some(source)) = (follows, &source) else {
                continue;
            };
            if own.states[at] == CellState::Value && own.words[at] != *follows {
                let told = format!(
                    "“{}”写的是“{}”，与“{}”的“{}”矛盾，以写明的为准",
                    label(field),
                    self.texts.resolve(own.raw[at]),
                    label(from),
                    self.texts.resolve(source.raw[at])
                );
                let row = self.block.rows[at];
                self.block
                    .contradictions
                    .push((row, column.unwrap_or(0), told));
            }
        }
    }

    /// What is said to be no secret need not bear a level: a blank one says that it has none.
    fn unmarked(&mut self, schema: &LedgerSchema) -> Option<()> {
        let rule = Rules::built_in().unmarked(&schema.id)?;
        let said = schema.field_by_id(&rule.field)?;
        let field = schema.field_by_id("level")?;
        let word = self.word(schema, field, &rule.level)?;
        let source = self.block.columns[usize::from(said.0)].clone()?;
        let mut level = self.block.columns[usize::from(field.0)].clone()?;
        let mut filled = 0;
        for at in 0..source.words.len() {
            let denied = source.states[at] == CellState::Value && source.words[at] == 0;
            if denied && level.states[at] == CellState::Empty {
                (level.states[at], level.words[at]) = (CellState::Value, word);
                filled += 1;
            }
        }
        if filled == 0 {
            return None;
        }
        self.block.columns[usize::from(field.0)] = Some(level);
        self.block.given.entry(field).or_insert(Given {
            origin: Origin::Derived,
            place: None,
            from: Some(said),
            blanks: true,
        });
        let [label, said] = [field, said].map(|field| &schema.fields[usize::from(field.0)].label);
        self.block.usage.remarks.push(format!(
            "“{label}”有 {filled} 格空白：“{said}”为“否”的按{}计",
            rule.level
        ));
        Some(())
    }

    /// In a register of all papers a blank level says that the paper is no secret.
    fn ordinary_papers(&mut self, schema: &LedgerSchema) -> Option<()> {
        if self.of_secrets || !Rules::built_in().keeps_ordinary_papers(&schema.id) {
            return None;
        }
        let field = schema.field_by_id("level")?;
        let public = self.word(schema, field, "公开")?;
        let cells = self.block.columns[usize::from(field.0)].as_mut()?;
        let blank = cells
            .states
            .iter()
            .filter(|state| **state == CellState::Empty)
            .count();
        let marked = cells.states.contains(&CellState::Value);
        if blank == 0 || !marked {
            return None;
        }
        for (state, word) in cells.states.iter_mut().zip(&mut cells.words) {
            if *state == CellState::Empty {
                (*state, *word) = (CellState::Value, public);
            }
        }
        self.block.given.insert(
            field,
            Given {
                origin: Origin::Assumed,
                place: None,
                from: None,
                blanks: true,
            },
        );
        let label = &schema.fields[usize::from(field.0)].label;
        self.block.usage.remarks.push(format!(
            "“{label}”有 {blank} 格空白或划横线：本表登记的不都是密件，空白的按非涉密计（假定）"
        ));
        Some(())
    }
}

/// How high a value of a ranked enumeration is.
fn rank_of(schemas: &Schemas, schema: &LedgerSchema, field: FieldId, word: i32) -> Option<i32> {
    let FieldType::Enum(levels) = schema.fields[usize::from(field.0)].ty else {
        return None;
    };
    schemas.enumeration(levels).values.get(word as usize)?.rank
}
