//! `controls/*.yaml` → controls with their compiled rules.

mod examples;
mod problem;

use crate::files::catalogue::Compiled;
use crate::files::file_messages;
use crate::files::{compile, file_keys, schema_file};
use crate::ir::Rule;
use crate::types::scope;
use crate::types::scope::Context;
use std::collections::BTreeSet;
use std::ops::Range;
use zicha_model::diag::Code;
use zicha_model::diag::codes;
use zicha_model::{
    chapter,
    control::{Ask, CheckKind, Control, Scope},
    plan::Checklist,
    verdict::Severity,
};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Fields, Node, YamlDocument};

/// Keys of a control.
const KEYS: &[&str] = &[
    "id",
    "title",
    "problem",
    "requirement",
    "basis",
    "checklists",
    "kind",
    "severity",
    "rule",
    "ask",
    "remedy",
    "deadline",
    "note",
    "merged_into",
    "examples",
];

/// The words of `checklists`.
const CHECKLISTS: &[(&str, Checklist)] = &[
    ("annual", Checklist::Annual),
    ("festival", Checklist::Festival),
];

/// The words of `kind`.
const KINDS: &[(&str, CheckKind)] = &[
    ("required", CheckKind::Required),
    ("row", CheckKind::Row),
    ("unique", CheckKind::Unique),
    ("coverage", CheckKind::Coverage),
    ("sequence", CheckKind::Sequence),
    ("threshold", CheckKind::Threshold),
    ("reconcile", CheckKind::Reconcile),
    ("overlap", CheckKind::Overlap),
    ("attest", CheckKind::Attest),
    ("calc", CheckKind::Calc),
];

/// The words of `scope`.
const SCOPES: &[(&str, Scope)] = &[
    ("unit", Scope::Unit),
    ("department", Scope::Department),
    ("site", Scope::Site),
    ("person", Scope::Person),
    ("device", Scope::Device),
    ("meeting", Scope::Meeting),
];

/// Reads the controls of a file; one with a mistake in it is told and left out.
pub(crate) fn controls(
    page: &mut YamlDocument,
    context: Context<'_>,
    controls: &mut Vec<Compiled>,
) {
    let Some(tree) = page.tree() else { return };
    for node in page.list(&tree) {
        let before = page.diagnostics.len();
        let compiled = control(page, node, context);
        let sound = page.diagnostics.len() == before;
        let Some(compiled) = compiled.filter(|_| sound) else {
            continue;
        };
        let id = &compiled.control.id;
        if controls.iter().any(|known| known.control.id == *id) {
            let message = file_messages::taken("条目", id);
            page.mistake(codes::NAME_TAKEN, message, node.at.clone());
        } else {
            controls.push(compiled);
        }
    }
}

fn control(page: &mut YamlDocument, node: &Node, context: Context<'_>) -> Option<Compiled> {
    let fields = page.fields(node, "", &file_keys::pairs(KEYS))?;
    let id = id(page, &fields);
    let title = page.required(&fields, "title").map(str::to_owned);
    let requirement = page.required(&fields, "requirement").map(str::to_owned);
    let remedy = page.required(&fields, "remedy").map(str::to_owned);
    let basis = basis(page, &fields);
    let checklists = checklists(page, &fields);
    let kind = word_of(page, &fields, "kind", KINDS);
    let severity = severity(page, &fields);
    let deadline = deadline(page, &fields);
    let ask = match fields.get("ask") {
        Some(node) => ask(page, node).map(Some),
        None => Some(None),
    };
    let rule = rule(page, &fields, context);
    let examples = examples::examples(page, &fields, context);
    let (text, rule) = rule?;
    let problem = problem::problem(page, &fields, &rule, context);
    let (id, kind, ask) = (id?, kind?, ask?);
    let merged_into = page.texts(&fields, "merged_into");
    if merged_into.is_empty() {
        judgeable(page, &fields, &rule, kind, ask.is_some());
    }
    let control = Control {
        chapter: chapter::of(&id),
        id,
        title: title?,
        requirement: requirement?,
        basis,
        checklists,
        kind,
        severity: severity?,
        problem,
        remedy: remedy?,
        deadline_days: deadline?,
        rule: text,
        ask,
        note: page.optional(&fields, "note").map(str::to_owned),
        merged_into,
        examples,
        source: (page.path.clone(), node.line),
    };
    let mut parameters = parameters_named(&control.rule, context);
    if let Some(ask) = &control.ask {
        parameters.extend(parameters_named(&ask.question, context));
    }
    Some(Compiled {
        control,
        rule,
        parameters,
        narrowed: Vec::new(),
        merged_at: places(&fields, "merged_into"),
    })
}

/// The places of the words of a list under a key.
fn places(fields: &Fields<'_>, key: &str) -> Vec<Range<usize>> {
    let Some(node) = fields.get(key) else {
        return Vec::new();
    };
    let items = node.items().unwrap_or(std::slice::from_ref(node)).iter();
    items.map(|item| item.at.clone()).collect()
}

/// The parameters named after `$` in a rule, a condition or a question.
pub(crate) fn parameters_named(text: &str, context: Context<'_>) -> BTreeSet<String> {
    let names = text.split(['$', '＄']).skip(1).map(leading_name);
    let found = names.filter_map(|name| scope::parameter_named(context.parameters, name));
    found.map(|parameter| parameter.name.clone()).collect()
}

/// The name at the start of a text: a word, or what stands in `《》` or `「」`.
fn leading_name(text: &str) -> &str {
    let titled = |open, close| Some(text.strip_prefix(open)?.split_once(close)?.0);
    let part = |c: char| c.is_alphanumeric() || c == '_';
    titled('《', '》')
        .or_else(|| titled('「', '」'))
        .unwrap_or_else(|| {
            let end = text.find(|c| !part(c)).unwrap_or(text.len());
            &text[..end]
        })
}

/// The text of the rule and its compiled form; empty without one.
fn rule(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    context: Context<'_>,
) -> Option<(String, Rule)> {
    let Some(node) = fields.get("rule") else {
        return Some((String::new(), Rule::default()));
    };
    let text = page.word(node)?.to_owned();
    let rule = compile::rule(page, node, &text, context)?;
    Some((text, rule))
}

/// A control must be decidable: by a rule, by asking, or both.
fn judgeable(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    rule: &Rule,
    kind: CheckKind,
    asked: bool,
) {
    let at = fields.at.clone();
    if rule.clauses.is_empty() && !asked {
        page.mistake(codes::MISSING_KEY, file_messages::nothing_to_check(), at);
    } else if kind == CheckKind::Attest && !asked {
        page.mistake(
            codes::MISSING_KEY,
            file_messages::attest_without_question(),
            at,
        );
    }
}

fn id(page: &mut YamlDocument, fields: &Fields<'_>) -> Option<String> {
    let id = page.required(fields, "id")?;
    let formed = id.split_once('-').is_some_and(|(domain, number)| {
        domain.starts_with(|c: char| c.is_ascii_uppercase())
            && domain
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit())
    });
    if !formed {
        tell(
            page,
            fields,
            "id",
            codes::BAD_VALUE,
            file_messages::bad_control_id(id),
        )
        .hint = Some(file_messages::control_id_form());
        return None;
    }
    Some(id.to_owned())
}

fn basis(page: &mut YamlDocument, fields: &Fields<'_>) -> Vec<String> {
    let basis = page.texts(fields, "basis");
    if basis.is_empty() {
        missing(page, fields, "basis");
    }
    basis
}

fn checklists(page: &mut YamlDocument, fields: &Fields<'_>) -> Vec<Checklist> {
    let mut checklists = Vec::new();
    let names = page.texts(fields, "checklists");
    if names.is_empty() {
        missing(page, fields, "checklists");
    }
    for name in names {
        match named(CHECKLISTS, &name) {
            Some(checklist) => checklists.push(checklist),
            None => unknown_word(page, fields, "checklists", &name, CHECKLISTS),
        }
    }
    checklists.sort();
    checklists.dedup();
    checklists
}

/// One of a table's words under a key.
fn word_of<T: Copy>(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    key: &str,
    table: &[(&'static str, T)],
) -> Option<T> {
    let name = page.required(fields, key)?;
    let found = named(table, name);
    if found.is_none() {
        unknown_word(page, fields, key, name, table);
    }
    found
}

/// What a table's word stands for, in either spelling.
fn named<T: Copy>(table: &[(&'static str, T)], name: &str) -> Option<T> {
    let words: Vec<_> = table.iter().map(|(word, _)| *word).collect();
    let known = file_keys::known(name, &words)?;
    table
        .iter()
        .find(|(word, _)| *word == known)
        .map(|(_, value)| *value)
}

fn unknown_word<T>(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    key: &str,
    name: &str,
    table: &[(&'static str, T)],
) {
    let known: Vec<_> = table.iter().map(|(known, _)| *known).collect();
    let hint = suggest::hint(nearest(name, file_keys::spellings(&known)));
    tell(
        page,
        fields,
        key,
        codes::BAD_VALUE,
        file_messages::bad_word(key, name),
    )
    .hint = hint.or_else(|| Some(file_keys::allowed(&known)));
}

fn severity(page: &mut YamlDocument, fields: &Fields<'_>) -> Option<Severity> {
    let word = page.required(fields, "severity")?;
    let severity = Severity::parse(word);
    if severity.is_none() {
        let known = Severity::WORST_FIRST.map(Severity::label);
        let message = file_messages::bad_word("severity", word);
        tell(page, fields, "severity", codes::BAD_VALUE, message).hint =
            Some(file_keys::allowed(&known));
    }
    severity
}

fn deadline(page: &mut YamlDocument, fields: &Fields<'_>) -> Option<u16> {
    let Some(node) = fields.get("deadline") else {
        missing(page, fields, "deadline");
        return None;
    };
    let days = schema_file::integer(page, node)?;
    let fitting = u16::try_from(days).ok().filter(|days| *days <= 3650);
    if fitting.is_none() {
        let message = file_messages::out_of_range(days, 0, 3650);
        page.mistake(codes::BAD_VALUE, message, node.at.clone());
    }
    fitting
}

fn ask(page: &mut YamlDocument, node: &Node) -> Option<Ask> {
    let fields = page.fields(node, "", &file_keys::pairs(&["scope", "question"]))?;
    let scope = word_of(page, &fields, "scope", SCOPES);
    let question = page.required(&fields, "question")?.to_owned();
    Some(Ask {
        scope: scope?,
        question,
    })
}

/// Tells that a key is missing, or that nothing stands under it.
fn missing(page: &mut YamlDocument, fields: &Fields<'_>, key: &str) {
    let at = fields
        .get(key)
        .map_or(fields.at.clone(), |node| node.at.clone());
    page.missing(&fields.shown(key), at);
}

/// Tells a mistake at the value of a key, or at the whole mapping if the key is missing.
fn tell<'p>(
    page: &'p mut YamlDocument,
    fields: &Fields<'_>,
    key: &str,
    code: Code,
    message: String,
) -> &'p mut zicha_model::diag::Diagnostic {
    let at = fields
        .get(key)
        .map_or(fields.at.clone(), |node| node.at.clone());
    page.mistake(code, message, at)
}
