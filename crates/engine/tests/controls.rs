//! The catalogue as data: every control compiles, says what it is founded on, and shows by examples
//! when it passes and when it fails.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test over broken test data is to stop"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};
use zicha_engine::examples;
use zicha_model::diag::{Diagnostic, human};
use zicha_model::{
    control::{Control, Example},
    plan::Checklist,
    profile::Profile,
};
use zicha_rule::{
    ir::{Body, Expr, ExprKind},
    pack::{self, Catalogue, Compiled},
    window,
};

/// Permanent ids with the columns of the requirements that a control must keep to:
/// id, sources, kind of check, checklist, severity, days, data/attest/mixed/calc/merged.
const REQUIREMENTS: &str = include_str!("data/catalogue.csv");

static LOADED: LazyLock<(Catalogue, Vec<Diagnostic>)> =
    LazyLock::new(|| pack::load(Path::new("no-workspace"), &Profile::default()));

/// One requirement.
struct Requirement {
    id: &'static str,
    sources: Vec<&'static str>,
    kind: &'static str,
    checklists: &'static str,
    severity: &'static str,
    days: u16,
    answered_by: &'static str,
}

fn requirements() -> Vec<Requirement> {
    REQUIREMENTS.lines().skip(1).map(requirement).collect()
}

fn requirement(line: &'static str) -> Requirement {
    let cells: Vec<_> = line.split(',').collect();
    let &[id, sources, kind, checklists, severity, days, answered_by] = cells.as_slice() else {
        panic!("seven columns expected: {line}");
    };
    Requirement {
        id,
        sources: sources.split("; ").collect(),
        kind,
        checklists,
        severity,
        days: days.parse().expect("days"),
        answered_by,
    }
}

fn controls() -> &'static [Compiled] {
    &LOADED.0.controls
}

fn by_id() -> BTreeMap<&'static str, &'static Control> {
    let id = |c: &'static Compiled| (c.control.id.as_str(), &c.control);
    controls().iter().map(id).collect()
}

/// Fails with all faults at once.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A control that only proposes rewards cannot fail.
fn only_suggests(compiled: &Compiled) -> bool {
    let clauses = &compiled.rule.clauses;
    !clauses.is_empty() && clauses.iter().all(|c| matches!(c.body, Body::Suggest))
}

#[test]
fn every_control_compiles_without_a_word() {
    let told: Vec<_> = LOADED.1.iter().map(human::render).collect();
    none(&told);
}

#[test]
fn the_controls_are_those_of_the_catalogue_and_their_ids_are_permanent() {
    let wanted: Vec<_> = requirements().iter().map(|r| r.id).collect();
    let found: BTreeSet<_> = by_id().into_keys().collect();
    assert_eq!(found, wanted.iter().copied().collect());
    assert_eq!(controls().len(), wanted.len(), "an id stands twice");
}

/// Others check all that it asks for.
fn is_merged(compiled: &Compiled) -> bool {
    !compiled.control.merged_into.is_empty()
}

#[test]
fn merged_controls_lead_to_controls_that_stand() {
    let controls = by_id();
    let mut faults = Vec::new();
    for Compiled { control, .. } in self::controls() {
        for other in &control.merged_into {
            let stands = controls
                .get(other.as_str())
                .is_some_and(|c| c.merged_into.is_empty());
            if !stands {
                faults.push(format!("{} is merged into {other}", control.id));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_two_controls_ask_the_same() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for compiled in controls().iter().filter(|c| !is_merged(c)) {
        let control = &compiled.control;
        let question = control.ask.as_ref().map_or("", |ask| ask.question.as_str());
        let asked = format!("{}{question}", control.rule);
        let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(first) = seen.insert(asked, &control.id) {
            faults.push(format!("{first} and {} have one rule", control.id));
        }
    }
    none(&faults);
}

/// Conditions that can fail by themselves: clauses, and what `and` joins in them.
fn conditions(body: &Body) -> usize {
    match body {
        Body::Suggest => 0,
        Body::Each(_, inner) => conditions(inner),
        Body::Holds(condition) => joined(condition),
        Body::Unique(_) | Body::Covered { .. } | Body::Integrity => 1,
    }
}

fn joined(condition: &Expr) -> usize {
    match &condition.kind {
        ExprKind::And(parts) => parts.iter().map(joined).sum(),
        _ => 1,
    }
}

/// Controls whose second condition cannot fail with the parameters as shipped.
const ONE_FAILURE: [&str; 2] = ["CPY-009", "PUB-001"];

#[test]
fn rules_of_several_conditions_show_two_failures() {
    let mut faults = Vec::new();
    for Compiled { control, rule, .. } in controls() {
        let conditions: usize = rule.clauses.iter().map(|c| conditions(&c.body)).sum();
        let conditions =
            conditions + usize::from(control.ask.is_some() && !rule.clauses.is_empty());
        let failing = control.examples.iter().filter(|e| e.fails()).count();
        let excepted = ONE_FAILURE.contains(&control.id.as_str());
        if conditions > 1 && failing < 2 && !excepted {
            faults.push(format!(
                "{}: {conditions} conditions, {failing} failing",
                control.id
            ));
        }
    }
    none(&faults);
}

#[test]
fn titles_are_short_and_unique() {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for Compiled { control, .. } in controls() {
        if !seen.insert(&control.title) {
            faults.push(format!("{}: “{}” stands twice", control.id, control.title));
        }
        if control.title.chars().count() > 20 {
            faults.push(format!("{}: “{}” is long", control.id, control.title));
        }
    }
    none(&faults);
}

#[test]
fn every_control_names_all_source_clauses_and_existing_articles_of_the_law() {
    let controls = by_id();
    let mut faults = Vec::new();
    for wanted in requirements() {
        let Some(control) = controls.get(wanted.id) else {
            continue;
        };
        let (law, seeds): (Vec<_>, Vec<_>) = control.basis.iter().partition(|b| article(b) > 0);
        if seeds != wanted.sources {
            faults.push(format!("{}: {seeds:?}", wanted.id));
        }
        faults.extend(law.iter().filter_map(|b| beyond(wanted.id, b)));
    }
    none(&faults);
}

#[test]
fn every_clause_of_the_sources_is_cited_by_the_control_that_answers_for_it() {
    let controls = by_id();
    let mut faults = Vec::new();
    for clause in &LOADED.0.clauses {
        let Some(id) = &clause.control else { continue };
        let cites = controls.get(id.as_str()).map(|c| &c.basis);
        if !cites.is_some_and(|basis| basis.contains(&clause.id)) {
            faults.push(format!("{} is not cited by {id}", clause.id));
        }
    }
    none(&faults);
}

#[test]
fn every_control_answers_for_a_clause_and_cites_only_clauses_that_exist() {
    let clauses = &LOADED.0.clauses;
    let binding: BTreeSet<_> = clauses
        .iter()
        .filter(|c| c.control.is_some())
        .map(|c| c.id.as_str())
        .collect();
    let answered: BTreeSet<_> = clauses
        .iter()
        .filter_map(|c| c.control.as_deref())
        .collect();
    let mut faults = Vec::new();
    for Compiled { control, .. } in controls() {
        if !answered.contains(control.id.as_str()) {
            faults.push(format!("{}: no clause", control.id));
        }
        let seeds = control.basis.iter().filter(|b| article(b) == 0);
        let unknown = seeds.filter(|b| !binding.contains(b.as_str()));
        faults.extend(unknown.map(|b| format!("{}: {b} binds nobody", control.id)));
    }
    none(&faults);
}

#[test]
fn the_clauses_of_all_five_sources_stand_in_the_table_once() {
    let clauses = &LOADED.0.clauses;
    let of = |seed: &str| {
        let (binding, other): (Vec<_>, Vec<_>) = clauses
            .iter()
            .filter(|c| c.id.starts_with(seed))
            .partition(|c| c.control.is_some());
        (binding.len(), other.len())
    };
    let counts = ["000 ", "001 ", "002 ", "003 ", "004 "].map(of);
    assert_eq!(
        counts,
        [(294, 14), (250, 18), (139, 28), (223, 25), (49, 10)]
    );
    let ids: BTreeSet<_> = clauses.iter().map(|c| &c.id).collect();
    assert_eq!(ids.len(), clauses.len(), "a clause stands twice");
}

/// The article's number in `法 §24` or `条例 §58`; 0 for a seed.
fn article(basis: &str) -> u16 {
    let number = basis.strip_prefix("法 §");
    let number = number.or_else(|| basis.strip_prefix("条例 §"));
    number.and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn beyond(id: &str, basis: &str) -> Option<String> {
    let last = if basis.starts_with('法') { 65 } else { 74 };
    (article(basis) > last).then(|| format!("{id}: {basis} does not exist"))
}

#[test]
fn kind_severity_term_and_checklists_are_those_of_the_catalogue() {
    let controls = by_id();
    let mut faults = Vec::new();
    for wanted in requirements() {
        let Some(control) = controls.get(wanted.id) else {
            continue;
        };
        let checklists: Vec<_> = control
            .checklists
            .iter()
            .map(|c| format!("{c:?}"))
            .collect();
        let found = (
            format!("{:?}", control.kind).to_lowercase(),
            control.severity.label(),
            control.deadline_days,
            checklists.join("+").to_lowercase(),
        );
        let both = wanted.checklists == "both";
        let lists = if both {
            "annual+festival"
        } else {
            wanted.checklists
        };
        let kind = wanted.kind.to_owned();
        if found != (kind, wanted.severity, wanted.days, lists.to_owned()) {
            faults.push(format!("{}: {found:?}", wanted.id));
        }
    }
    none(&faults);
}

#[test]
fn controls_ask_on_site_exactly_where_the_catalogue_says_so() {
    let controls = by_id();
    let mut faults = Vec::new();
    for wanted in requirements() {
        let Some(control) = controls.get(wanted.id) else {
            continue;
        };
        let (asks, rules) = (control.ask.is_some(), !control.rule.is_empty());
        let fits = match wanted.answered_by {
            "merged" => !asks && !rules && !control.merged_into.is_empty(),
            "attest" => asks && !rules,
            "mixed" => asks && rules,
            _ => !asks && rules,
        };
        if !fits {
            faults.push(format!("{}: asks {asks}, rule {rules}", wanted.id));
        }
    }
    none(&faults);
}

#[test]
fn what_users_read_is_punctuated_as_chinese() {
    let mut faults = Vec::new();
    for Compiled { control, .. } in controls() {
        let examples = control.examples.iter().map(|e| e.title.as_str());
        let texts = [&control.title, &control.requirement, &control.remedy];
        let texts = texts.into_iter().chain(&control.note).map(String::as_str);
        let asked = control.ask.iter().map(|a| a.question.as_str());
        for text in texts.chain(asked).chain(examples) {
            if text.is_empty() || half_width(text) {
                faults.push(format!("{}: “{text}”", control.id));
            }
        }
    }
    none(&faults);
}

/// True if a Chinese character has a half-width mark beside it.
fn half_width(text: &str) -> bool {
    let chars: Vec<_> = text.chars().collect();
    let is_mark = |c| matches!(c, ',' | ';' | ':' | '?' | '(' | ')');
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    chars.windows(2).any(|pair| {
        (is_mark(pair[0]) && is_chinese(pair[1])) || (is_chinese(pair[0]) && is_mark(pair[1]))
    })
}

#[test]
fn every_control_shows_when_it_passes_and_when_it_fails() {
    let mut faults = Vec::new();
    for compiled in controls().iter().filter(|c| !is_merged(c)) {
        let Control { id, examples, .. } = &compiled.control;
        let passing = examples.iter().any(Example::passes);
        let failing = examples.iter().any(|e| e.fails());
        if !passing || (!failing && !only_suggests(compiled)) {
            faults.push(format!("{id}: passes {passing}, fails {failing}"));
        }
    }
    none(&faults);
}

#[test]
fn examples_come_out_as_they_say() {
    let mut faults = Vec::new();
    // Only the controls differ from example to example.
    let mut catalogue = LOADED.0.clone();
    for compiled in controls() {
        for example in &compiled.control.examples {
            faults.extend(differs(&mut catalogue, compiled, example));
        }
    }
    none(&faults);
}

/// Runs an example over the controls that it speaks of.
fn differs(catalogue: &mut Catalogue, compiled: &Compiled, example: &Example) -> Option<String> {
    let id = &compiled.control.id;
    let concerns = |c: &&Compiled| c.control.id == *id || speaks_of(example, &c.control.id);
    catalogue.controls = controls().iter().filter(concerns).cloned().collect();
    let own = |c: &Compiled| c.control.id == *id;
    let index = catalogue.controls.iter().position(own)?;
    let dataset = zicha_read::from_records(&catalogue.schemas, &example.records);
    let told = examples::run(catalogue, &dataset, index, example).err()?;
    Some(format!("{id} “{}”: {told}", example.title))
}

/// True if the example expects something of the control or names it in a cell.
fn speaks_of(example: &Example, id: &str) -> bool {
    let mut cells = example.records.values().flatten().flat_map(|r| r.values());
    example.also.iter().any(|other| other == id) || cells.any(|cell| cell == id)
}

#[test]
fn every_word_of_the_language_is_used_by_a_real_control() {
    let code = |line: &'static str| line.split('#').next().unwrap_or("");
    let rules = controls().iter().map(|c| c.control.rule.as_str());
    let text: String = rules
        .flat_map(str::lines)
        .map(code)
        .collect::<Vec<_>>()
        .join(" ");
    let name = |c: char| c.is_alphanumeric() || c == '_';
    let used: BTreeSet<_> = text.split(|c| !name(c)).collect();
    let words = zicha_rule::words_of_the_language().into_iter();
    let unused: Vec<_> = words
        .filter(|word| word.is_ascii())
        .filter(|word| !used.contains(word) && !text.contains(&format!(" {word} ")))
        .map(str::to_owned)
        .collect();
    none(&unused);
}

#[test]
fn every_festival_control_states_the_window_that_it_looks_at() {
    let on_festival = |c: &&Compiled| c.control.checklists.contains(&Checklist::Festival);
    let mut faults = Vec::new();
    let controls: Vec<_> = controls().iter().filter(on_festival).collect();
    assert_eq!(controls.len(), 81);
    for compiled in controls {
        let told = window::lines(&LOADED.0, compiled).join("\n");
        let named = compiled.control.rule.contains("festival_start");
        let whole = told.contains("节日当年的1月1日至放假末日") && told.lines().count() > 2;
        if !whole || named != told.contains("放假首日、末日：") {
            faults.push(format!("{}: {told}", compiled.control.id));
        }
    }
    none(&faults);
}

#[test]
fn every_parameter_says_what_it_rests_on_and_is_used() {
    let clauses: BTreeSet<_> = LOADED.0.clauses.iter().map(|c| c.id.as_str()).collect();
    let used: BTreeSet<_> = controls().iter().flat_map(|c| &c.parameters).collect();
    let mut faults = Vec::new();
    for (name, parameter) in &LOADED.0.parameters {
        if !used.contains(name) && name != "flag_obsolete_measures" {
            faults.push(format!("{name} is used by no control"));
        }
        let mut cited = parameter.source.split("; ").peekable();
        if cited.peek() == Some(&"") {
            faults.push(format!("{name}: no source"));
        }
        let unknown = cited.filter(|c| article(c) == 0 && !clauses.contains(c));
        faults.extend(unknown.map(|c| format!("{name}: {c} is no clause")));
    }
    none(&faults);
}
