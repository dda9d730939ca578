//! Names written in the ledgers → ids of the registers of persons and departments.
//!
//! What enters: the joined tables. What leaves: person and department cells that hold ids where
//! the registers resolve them. A name borne by several persons makes a cell unreadable; in a list it
//! is told, stays as written, and the rest of the list counts.

use crate::values::normalise;
use crate::values::words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Dataset, ListId, Sym, UnreadableCell},
    schema::{FieldId, FieldType, LedgerId, Schemas},
};

/// A register: the ledger that names resolve against, and its id and name fields.
#[derive(Clone, Copy)]
pub(crate) struct Register {
    pub(crate) ledger: LedgerId,
    pub(crate) id: FieldId,
    pub(crate) name: FieldId,
}

impl Register {
    /// That of persons.
    pub(crate) fn persons(schemas: &Schemas) -> Option<Self> {
        Self::of(schemas, "personnel", "person_id", "name")
    }

    fn of(schemas: &Schemas, ledger: &str, id: &str, name: &str) -> Option<Self> {
        let ledger = schemas.ledger_by_id(ledger)?;
        let schema = schemas.ledger(ledger);
        Some(Self {
            ledger,
            id: schema.field_by_id(id)?,
            name: schema.field_by_id(name)?,
        })
    }
}

/// What names resolve to.
#[derive(Default)]
struct Names {
    /// Id or name → id.
    ids: BTreeMap<Sym, Sym>,
    /// Names of several, with the ids of those who bear them.
    ambiguous: BTreeMap<Sym, Vec<Sym>>,
}

/// Resolves all person and department cells.
pub fn link(dataset: &mut Dataset, schemas: &Schemas) {
    let persons = Register::persons(schemas);
    let departments = Register::of(schemas, "departments", "dept_id", "name");
    let persons = persons.map_or_else(Names::default, |r| names(dataset, schemas, r));
    let departments = departments.map_or_else(Names::default, |r| names(dataset, schemas, r));
    for ledger in schemas.ledger_ids() {
        for (at, field) in (0..).zip(&schemas.ledger(ledger).fields) {
            match field.ty {
                FieldType::Person => column(dataset, ledger, FieldId(at), &persons),
                FieldType::Department => column(dataset, ledger, FieldId(at), &departments),
                FieldType::PersonList => lists(dataset, ledger, FieldId(at), &persons),
                FieldType::Text if field.label.ends_with('人') => {
                    without_places(dataset, ledger, FieldId(at), &persons);
                }
                _ => {}
            }
        }
    }
    let remarked = with_remarks(dataset, &persons);
    dataset.persons = persons.ids;
    dataset.ambiguous_persons = persons.ambiguous;
    for (written, meant) in remarked {
        match meant {
            Resolved::To(id) => drop(dataset.persons.insert(written, id)),
            Resolved::Ambiguous(name) => {
                let bearers = dataset.ambiguous_persons.get(&name).cloned();
                dataset
                    .ambiguous_persons
                    .insert(written, bearers.unwrap_or_default());
            }
            Resolved::Unknown => {}
        }
    }
    dataset
        .unreadable
        .sort_by_key(|cell| (cell.ledger, cell.row, cell.field));
}

/// Reads a register. Without an id column the names are the ids; a mere running number does not
/// name anyone as long as the names do.
fn names(dataset: &mut Dataset, schemas: &Schemas, register: Register) -> Names {
    stand_in_for_ids(dataset, schemas, register);
    let mut names = Names::default();
    let Some(table) = dataset.table(register.ledger) else {
        return names;
    };
    let mut bearers: BTreeMap<Sym, BTreeSet<Sym>> = BTreeMap::new();
    let mut nameless: HashMap<Sym, u32> = HashMap::new();
    for row in 0..table.len() as u32 {
        let sym = |(state, word): (CellState, i32)| {
            (state == CellState::Value).then_some(Sym(word as u32))
        };
        let name = sym(table.cell(row, register.name));
        let id = sym(table.cell(row, register.id));
        if let Some(id) = id {
            names.ids.insert(id, id);
        }
        if let Some(name) = name {
            let bearer = id.unwrap_or(name);
            bearers.entry(name).or_default().insert(bearer);
            if bearer == name {
                *nameless.entry(name).or_default() += 1;
            }
        }
    }
    for (name, bearers) in bearers {
        let twice = nameless.get(&name).is_some_and(|&count| count > 1);
        match bearers.first() {
            Some(&id) if bearers.len() == 1 && !twice => {
                names.ids.entry(name).or_insert(id);
            }
            _ => {
                names.ids.remove(&name);
                names.ambiguous.insert(name, bearers.into_iter().collect());
            }
        }
    }
    names
}

/// Fills the id column from the names where the register has no ids of its own.
fn stand_in_for_ids(dataset: &mut Dataset, schemas: &Schemas, register: Register) {
    let mut numbered = running_numbers(dataset, register);
    if !numbered.is_empty() && are_referred_to(dataset, schemas, register) {
        numbered.clear();
    }
    let Some(table) = &mut dataset.tables[usize::from(register.ledger.0)] else {
        return;
    };
    let names = &table.columns[usize::from(register.name.0)];
    let mut seen = HashSet::new();
    let named = names.states.iter().all(|state| *state == CellState::Value);
    let unique = named && names.words.iter().all(|word| seen.insert(*word));
    let names = names.clone();
    let ids = &mut table.columns[usize::from(register.id.0)];
    for row in 0..ids.words.len() {
        let part = table.origins[row].part as usize;
        let replaced = unique && numbered.contains(&part);
        if ids.states[row] == CellState::NoColumn || replaced {
            ids.states[row] = names.states[row];
            ids.words[row] = names.words[row];
            ids.raw[row] = names.raw[row];
            if let Some(&place) = table.carried.get(&(row as u32, register.name)) {
                table.carried.insert((row as u32, register.id), place);
            } else {
                table.carried.remove(&(row as u32, register.id));
            }
        }
    }
    for (at, part) in table.parts.iter_mut().enumerate() {
        let id = part.columns[usize::from(register.id.0)];
        if id.is_none() || (unique && numbered.contains(&at)) {
            part.columns[usize::from(register.id.0)] = part.columns[usize::from(register.name.0)];
        }
    }
}

/// True if other ledgers write the ids of the register rather than its names: then they are codes,
/// whatever their column is called.
fn are_referred_to(dataset: &Dataset, schemas: &Schemas, register: Register) -> bool {
    let Some(table) = dataset.table(register.ledger) else {
        return false;
    };
    let words = |field: FieldId| -> HashSet<i32> {
        let column = &table.columns[usize::from(field.0)];
        let cells = column.words.iter().zip(&column.states);
        let filled = cells.filter(|(_, state)| **state == CellState::Value);
        filled.map(|(word, _)| *word).collect()
    };
    let (ids, names) = (words(register.id), words(register.name));
    let is_code = |word: i32| ids.contains(&word) && !names.contains(&word);
    schemas.ledger_ids().any(|ledger| {
        let fields = schemas.ledger(ledger).fields.iter().enumerate();
        let to = |field: &zicha_model::schema::FieldSchema| {
            field.reference == Some((register.ledger, register.id))
        };
        let fields = fields.filter(|(_, field)| to(field));
        fields.into_iter().any(|(at, field)| {
            let Some(column) = dataset.table(ledger).map(|table| &table.columns[at]) else {
                return false;
            };
            let cells = column.words.iter().zip(&column.states);
            let mut filled = cells.filter(|(_, state)| **state == CellState::Value);
            filled.any(|(&word, _)| match field.ty {
                FieldType::PersonList => {
                    let items = dataset.lists.get(ListId(word as u32));
                    items.iter().any(|&item| is_code(item))
                }
                _ => is_code(word),
            })
        })
    })
}

/// Parts of the register's table whose ids come from a column called 序号.
pub(crate) fn running_numbers(dataset: &Dataset, register: Register) -> HashSet<usize> {
    let Some(table) = dataset.table(register.ledger) else {
        return HashSet::new();
    };
    let serial = |at: &usize| {
        let part = &table.parts[*at];
        let column = part.columns[usize::from(register.id.0)];
        let sheets = &dataset.inputs[part.input].sheets;
        sheets.iter().any(|sheet| {
            sheet.ledger == Some(register.ledger)
                && part.sheet.as_ref().is_none_or(|name| *name == sheet.name)
                && sheet.columns.iter().any(|c| {
                    c.field == register.id
                        && Some(c.column) == column
                        && normalise::heading(&c.heading) == "序号"
                })
        })
    };
    (0..table.parts.len()).filter(serial).collect()
}

/// Texts that name a person with a remark or the number behind, as columns of free text do: rules
/// compare them with persons.
fn with_remarks(dataset: &Dataset, names: &Names) -> Vec<(Sym, Resolved)> {
    const LONGEST: usize = 60;
    let all = (0..dataset.strings.len() as u32).map(Sym);
    let fits = |sym: &Sym| {
        let text = dataset.strings.resolve(*sym);
        let ends = text.ends_with(')')
            || text.contains('/')
            || text.ends_with(|c: char| c.is_ascii_alphanumeric());
        ends && text.len() <= LONGEST && !text.is_ascii()
    };
    let fresh = |sym: &Sym| !names.ids.contains_key(sym) && !names.ambiguous.contains_key(sym);
    let found = all.filter(|sym| fits(sym) && fresh(sym));
    found
        .map(|sym| (sym, resolve(dataset, names, sym)))
        .filter(|(_, meant)| !matches!(meant, Resolved::Unknown))
        .collect()
}

/// Leaves of 张三/办公室 and 张三(办公室) in a column that asks for a person, who need not be one of the unit,
/// the name that the register knows.
fn without_places(dataset: &mut Dataset, ledger: LedgerId, field: FieldId, names: &Names) {
    let Some(mut table) = dataset.tables[usize::from(ledger.0)].take() else {
        return;
    };
    let column = &mut table.columns[usize::from(field.0)];
    for row in 0..column.words.len() {
        let written = Sym(column.words[row] as u32);
        let known = |sym: &Sym| names.ids.contains_key(sym) || names.ambiguous.contains_key(sym);
        if column.states[row] != CellState::Value || known(&written) {
            continue;
        }
        let text = dataset.strings.resolve(written);
        let bare = normalise::without_brackets(text);
        let parts = [
            Some(bare.as_str()),
            text.split_once('/').map(|(name, _)| name),
        ];
        let mut parts = parts.into_iter().flatten();
        let name = parts.find_map(|part| dataset.strings.lookup(part.trim()).filter(known));
        if let Some(name) = name {
            column.words[row] = name.0 as i32;
        }
    }
    dataset.tables[usize::from(ledger.0)] = Some(table);
}

/// What a written name becomes.
#[derive(Clone, Copy)]
enum Resolved {
    To(Sym),
    /// The name that several bear.
    Ambiguous(Sym),
    Unknown,
}

fn resolve(dataset: &Dataset, names: &Names, written: Sym) -> Resolved {
    let known = |sym: Sym| {
        if let Some(&id) = names.ids.get(&sym) {
            return Some(Resolved::To(id));
        }
        names
            .ambiguous
            .contains_key(&sym)
            .then_some(Resolved::Ambiguous(sym))
    };
    known(written)
        .or_else(|| {
            // 张三(处长): the name without the remark.
            let bare = normalise::without_brackets(dataset.strings.resolve(written));
            known(dataset.strings.lookup(bare.trim())?)
        })
        .or_else(|| {
            // 张三/办公室: one of them is a person, and the other is not.
            let (first, second) = dataset.strings.resolve(written).split_once('/')?;
            let part = |text: &str| known(dataset.strings.lookup(text.trim())?);
            match (part(first), part(second)) {
                (Some(one), None) | (None, Some(one)) => Some(one),
                _ => None,
            }
        })
        .or_else(|| {
            // 张三P001: a name with its own number; with that of somebody else it is nobody.
            let text = dataset.strings.resolve(written);
            let (name, number) = text.split_at(text.find(|c: char| c.is_ascii_alphanumeric())?);
            let whole = [name, number.trim_end_matches(')')];
            let [name, number] = whole.map(|part| part.trim_end_matches('('));
            let id = *names.ids.get(&dataset.strings.lookup(number)?)?;
            let named = dataset.strings.lookup(name)?;
            let own = names.ids.get(&named) == Some(&id)
                || names
                    .ambiguous
                    .get(&named)
                    .is_some_and(|bearers| bearers.contains(&id));
            own.then_some(Resolved::To(id))
        })
        .unwrap_or(Resolved::Unknown)
}

fn column(dataset: &mut Dataset, ledger: LedgerId, field: FieldId, names: &Names) {
    let Some(mut table) = dataset.tables[usize::from(ledger.0)].take() else {
        return;
    };
    let column = &mut table.columns[usize::from(field.0)];
    let mut known: HashMap<i32, Resolved> = HashMap::new();
    for row in 0..column.words.len() {
        if column.states[row] != CellState::Value {
            continue;
        }
        let word = column.words[row];
        let resolved = *known
            .entry(word)
            .or_insert_with(|| resolve(dataset, names, Sym(word as u32)));
        match resolved {
            Resolved::To(id) => column.words[row] = id.0 as i32,
            Resolved::Ambiguous(_) => {
                column.states[row] = CellState::Unreadable;
                column.words[row] = 0;
                let expected = words::AMBIGUOUS_NAME.into();
                tell(dataset, ledger, (row, field), expected);
            }
            Resolved::Unknown => {}
        }
    }
    dataset.tables[usize::from(ledger.0)] = Some(table);
}

fn lists(dataset: &mut Dataset, ledger: LedgerId, field: FieldId, names: &Names) {
    let Some(mut table) = dataset.tables[usize::from(ledger.0)].take() else {
        return;
    };
    let column = &mut table.columns[usize::from(field.0)];
    let mut known: HashMap<i32, (i32, Vec<Sym>)> = HashMap::new();
    for row in 0..column.words.len() {
        if column.states[row] != CellState::Value {
            continue;
        }
        let word = column.words[row];
        let (once, doubtful) = known.entry(word).or_insert_with(|| {
            let doubtful = resolve_list(dataset, names, ListId(word as u32));
            (each_once(dataset, word), doubtful)
        });
        column.words[row] = *once;
        if !doubtful.is_empty() {
            let written = doubtful.iter().map(|&name| dataset.strings.resolve(name));
            let expected = words::ambiguous_names(&written.collect::<Vec<_>>()).into();
            tell(dataset, ledger, (row, field), expected);
        }
    }
    dataset.tables[usize::from(ledger.0)] = Some(table);
}

/// The list with everybody once: 张三、P001 may be one person.
fn each_once(dataset: &mut Dataset, word: i32) -> i32 {
    let items = dataset.lists.get(ListId(word as u32));
    let mut seen = HashSet::new();
    let kept: Vec<i32> = items
        .iter()
        .copied()
        .filter(|item| seen.insert(*item))
        .collect();
    match kept.len() < items.len() {
        true => dataset.lists.push(kept).0 as i32,
        false => word,
    }
}

/// Resolves a list in place; gives the names in it that several persons bear, which stay.
fn resolve_list(dataset: &mut Dataset, names: &Names, id: ListId) -> Vec<Sym> {
    let items = dataset.lists.get(id).to_vec();
    let mut doubtful = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        let meant = match resolve(dataset, names, Sym(item as u32)) {
            Resolved::To(id) => id,
            Resolved::Ambiguous(name) => {
                doubtful.push(name);
                name
            }
            Resolved::Unknown => continue,
        };
        dataset.lists.items_mut(id)[at] = meant.0 as i32;
    }
    doubtful
}

fn tell(
    dataset: &mut Dataset,
    ledger: LedgerId,
    (row, field): (usize, FieldId),
    expected: Arc<str>,
) {
    dataset.unreadable.push(UnreadableCell {
        ledger,
        row: row as u32,
        field,
        expected,
    });
}
