//! The ground that the rules run over: three invented ledgers in memory, without any reading.

use std::collections::HashMap;
use std::fs;
use zicha_model::{
    dataset::{CellState, Column, Dataset, InputFile, Part, RowOrigin, Sym, Table},
    plan::{Period, Plan},
    profile::Profile,
    time::{Day, Moment},
};
use zicha_rule::pack::{self, Catalogue};

/// The ledgers, as a pack of a unit writes them.
const LEDGERS: [(&str, &str); 3] = [
    (
        "acts",
        "no text,person person,dept text,level level,state text,kind text,made_on date,filed_on date,\
         due_on date,copies integer,sealed bool,remark text",
    ),
    ("people", "no text,level level"),
    (
        "stays",
        "no text,room text,start_at datetime,end_at datetime",
    ),
];

/// A small generator of numbers: the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `n`.
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(n)) as u32
    }
}

/// Everything a run needs.
pub(crate) struct Ground {
    pub(crate) catalogue: Catalogue,
    pub(crate) data: Dataset,
    pub(crate) plan: Plan,
    pub(crate) profile: Profile,
}

impl Ground {
    /// A unit with these rules over so many acts, a tenth as many people, and as many stays.
    pub(crate) fn new(rules: &[String], rows: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("own");
        fs::create_dir_all(own.join("ledgers")).expect("a folder");
        fs::create_dir_all(own.join("controls")).expect("a folder");
        fs::write(own.join("pack.yaml"), "id: own\nversion: '1'\ntitle: 例\n").expect("written");
        for (id, fields) in LEDGERS {
            fs::write(own.join(format!("ledgers/{id}.yaml")), ledger(id, fields)).expect("written");
        }
        let controls: String = rules
            .iter()
            .enumerate()
            .map(|(n, rule)| control(n, rule))
            .collect();
        fs::write(own.join("controls/own.yaml"), controls).expect("written");
        let profile = Profile {
            packs: vec!["base".to_owned(), "own".to_owned()],
            ..Profile::default()
        };
        let (mut catalogue, told) = pack::load(folder.path(), &profile);
        assert!(told.is_empty(), "{told:?}");
        catalogue
            .controls
            .retain(|c| c.control.id.starts_with("BEN-"));
        let mut ground = Self {
            data: Dataset {
                tables: vec![None; catalogue.schemas.ledgers.len()],
                ..Dataset::default()
            },
            catalogue,
            plan: plan(),
            profile,
        };
        ground.fill(rows);
        ground
    }

    /// The words of a column.
    pub(crate) fn words(&self, ledger: &str, field: &str) -> &[i32] {
        let id = self.catalogue.schemas.ledger_by_id(ledger).expect("known");
        let field = self
            .catalogue
            .schemas
            .ledger(id)
            .field_by_id(field)
            .expect("known");
        &self.data.table(id).expect("filled").columns[usize::from(field.0)].words
    }

    fn fill(&mut self, rows: u32) {
        let people = rows / 10;
        let day = Day::of(2023, 1, 1).expect("a day").0;
        let mut dice = Dice(7);
        let persons: Vec<_> = (0..people).map(|n| self.text(&format!("P{n}"))).collect();
        for &word in &persons {
            let sym = Sym(word as u32);
            self.data.persons.insert(sym, sym);
        }
        let words: Vec<_> = (0..100).map(|n| self.text(&format!("词{n}"))).collect();
        let numbers: Vec<_> = (0..rows).map(|n| self.text(&format!("字{n}号"))).collect();
        let acts = (0..rows as usize).map(|row| {
            let made = day + dice.below(1400) as i32;
            let filed = made + dice.below(3) as i32;
            let due = (dice.below(10) < 6).then(|| filed + dice.below(90) as i32);
            let mut word = |n| Some(words[dice.below(n) as usize]);
            let (dept, state, kind, remark) = (word(40), word(5), word(100), word(100));
            let (person, level) = (dice.below(people), dice.below(4) as i32);
            let (copies, sealed) = (dice.below(50) as i32, dice.below(2) as i32);
            vec![
                Some(numbers[row]),
                Some(persons[person as usize]),
                dept,
                Some(level),
                state,
                kind,
                Some(made),
                Some(filed),
                due,
                Some(copies),
                Some(sealed),
                remark,
            ]
        });
        let acts: Vec<_> = acts.collect();
        self.table("acts", acts);
        self.table("people", persons.iter().map(|&p| vec![Some(p), Some(3)]));
        let rooms = rows / 100;
        let stays = (0..rows as usize).map(|row| {
            let (room, turn) = (row as u32 % rooms, row as u32 / rooms);
            let start = Moment::at(Day(day + turn as i32 / 4), turn % 4 * 6, 0).0;
            let word = numbers[room as usize];
            vec![
                Some(numbers[row]),
                Some(word),
                Some(start),
                Some(start + 2 * 300),
            ]
        });
        self.table("stays", stays);
    }

    fn text(&mut self, text: &str) -> i32 {
        self.data.strings.intern(text).0 as i32
    }

    fn table(&mut self, ledger: &str, rows: impl IntoIterator<Item = Vec<Option<i32>>>) {
        let id = self.catalogue.schemas.ledger_by_id(ledger).expect("known");
        let empty = self.data.strings.intern("");
        let mut columns = vec![Column::default(); self.catalogue.schemas.ledger(id).fields.len()];
        for row in rows {
            for (column, word) in columns.iter_mut().zip(row) {
                let state = word.map_or(CellState::Empty, |_| CellState::Value);
                column.words.push(word.unwrap_or(0));
                column.states.push(state);
                column.raw.push(empty);
            }
        }
        let len = columns[0].words.len() as u32;
        let part = Part {
            input: self.data.inputs.len(),
            told: 0,
            sheet: None,
            columns: (0..columns.len() as u32).map(Some).collect(),
            first: 0,
            cell_lines: None,
            given: std::collections::BTreeMap::new(),
        };
        self.data.inputs.push(InputFile {
            path: format!("{ledger}.csv"),
            bytes: 0,
            digests: zicha_model::digest::FileDigests::default(),
            sheets: Vec::new(),
            readable: true,
        });
        self.data.tables[usize::from(id.0)] = Some(Table {
            ledger: id,
            columns,
            origins: (0..len)
                .map(|row| RowOrigin {
                    part: 0,
                    row: row + 2,
                })
                .collect(),
            parts: vec![part],
            carried: HashMap::new(),
            moved: HashMap::new(),
        });
    }
}

fn plan() -> Plan {
    let day = |month, day| Day::of(2026, month, day).expect("a day");
    Plan {
        as_of: day(12, 31),
        year: 2026,
        annual: Some(Period {
            from: day(1, 1),
            to: day(12, 31),
        }),
        festival: None,
    }
}

fn ledger(id: &str, fields: &str) -> String {
    let mut text = format!(
        "id: {id}\nlabel: {id}账\ntier: extended\npurpose: 例\nprimary_key: [no]\nfields:\n"
    );
    for field in fields.split(',') {
        let (name, ty) = field.split_once(' ').expect("a type");
        let ty = match ty {
            "level" => "enum\n    enum: level",
            other => other,
        };
        text.push_str(&format!(
            "  - id: {name}\n    label: {id}{name}\n    type: {ty}\n"
        ));
    }
    text
}

fn control(n: usize, rule: &str) -> String {
    format!(
        "- id: BEN-{n:03}\n  title: 例{n}\n  requirement: 例\n  basis: [\"000 A一.1\"]\n  checklists: [annual]\n  \
         kind: row\n  severity: 一般\n  rule: |\n    {rule}\n  remedy: 例\n  deadline: 1\n"
    )
}
