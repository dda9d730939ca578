//! What is lacking, as facts: by matter, the gravest first, however many findings there are.

use super::run_in;
use crate::document::blocks::Block;
use crate::document::wide::paragraph;
use crate::view::findings::problem_words;
use crate::view::source::Source;
use crate::view::words;
use std::collections::BTreeMap;
use zicha_model::{chapter, results::Finding, verdict::Severity};

/// Gravest problems of a matter that are told with an instance.
const GRAVEST: usize = 3;

/// Instances told in the whole paper.
const INSTANCES: usize = 12;

/// Other problems of a matter that are named.
const NAMED: usize = 5;

/// Gravest problems, and others, named in the paper before a holiday: so many at most, and so many
/// characters of each kind, so that it stays within two pages.
const BEFORE_HOLIDAY: [(usize, usize); 2] = [(8, 200), (12, 140)];

/// The findings of one control.
struct Group<'a> {
    severity: Severity,
    findings: Vec<&'a Finding>,
}

impl Group<'_> {
    /// `收文没有当日登记12件`.
    fn counted(&self, source: &Source<'_>) -> String {
        problem_words::counted(source, &self.findings)
    }

    /// The sentence of the only finding, or the count with the first as an instance.
    fn told(&self, source: &Source<'_>) -> String {
        match self.findings.as_slice() {
            [only] => problem_words::sentence(only),
            [first, ..] => {
                let instance = problem_words::sentence(first);
                format!("{}，如{instance}", self.counted(source))
            }
            [] => String::new(),
        }
    }
}

/// Standing violations by control, the gravest first, then those with most findings.
fn groups<'a>(source: &'a Source<'_>) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in source.violations() {
        let group = groups.entry(finding.control.as_deref()).or_default();
        group.push(finding);
    }
    let mut groups: Vec<_> = groups
        .into_values()
        .map(|findings| Group {
            severity: findings
                .iter()
                .map(|f| f.severity)
                .max()
                .unwrap_or(Severity::Hint),
            findings,
        })
        .collect();
    groups.sort_by_key(|group| {
        (
            std::cmp::Reverse(group.severity),
            std::cmp::Reverse(group.findings.len()),
        )
    });
    groups
}

/// A paragraph a matter, the matters with the gravest problems first.
pub(crate) fn by_matter(source: &Source<'_>) -> Vec<Block> {
    let mut matters: Vec<(u8, Vec<Group<'_>>)> = Vec::new();
    for group in groups(source) {
        let control = group.findings.first().and_then(|f| f.control.as_deref());
        let matter = source.chapter(control);
        match matters.iter_mut().find(|(known, _)| *known == matter) {
            Some((_, groups)) => groups.push(group),
            None => matters.push((matter, vec![group])),
        }
    }
    let mut instances = INSTANCES;
    let paragraphs = matters.iter().enumerate().map(|(index, (matter, groups))| {
        let name = chapter::name(*matter);
        let title = format!("（{}）{name}方面。", words::chinese_number(index + 1));
        run_in(&title, matter_text(source, groups, &mut instances))
    });
    paragraphs.collect()
}

fn matter_text(source: &Source<'_>, groups: &[Group<'_>], instances: &mut usize) -> String {
    let grave = groups
        .iter()
        .take_while(|g| g.severity >= Severity::Critical);
    let grave = grave.count().min(GRAVEST).min(*instances);
    *instances -= grave;
    let (gravest, others) = groups.split_at(grave);
    let mut parts: Vec<_> = gravest.iter().map(|g| g.told(source)).collect();
    let named = others.iter().take(NAMED).map(|g| g.counted(source));
    parts.extend(named);
    format!("{}{}。", parts.join("；"), rest(others, NAMED))
}

/// What is only counted: `；另有7项、23处`.
fn rest(groups: &[Group<'_>], named: usize) -> String {
    let left = groups.get(named..).unwrap_or_default();
    match left.iter().map(|g| g.findings.len()).sum::<usize>() {
        0 => String::new(),
        findings => format!("；另有问题{}项、{findings}处", left.len()),
    }
}

/// The first texts, up to a number and, from the second one on, to a length in characters.
fn within(texts: impl Iterator<Item = String>, (most, length): (usize, usize)) -> Vec<String> {
    let mut left = length;
    let fits = |text: &String| {
        let first = left == length;
        let size = text.chars().count();
        let fits = first || size <= left;
        left = left.saturating_sub(size);
        fits
    };
    texts.take(most).take_while(fits).collect()
}

/// The gravest as sentences and the others by name, for the paper before a holiday.
pub(crate) fn gravest(source: &Source<'_>) -> Vec<Block> {
    let groups = groups(source);
    let grave = groups
        .iter()
        .take_while(|g| g.severity >= Severity::Critical);
    let told = within(grave.map(|g| g.told(source)), BEFORE_HOLIDAY[0]);
    let (gravest, others) = groups.split_at(told.len());
    let mut blocks = Vec::new();
    if !gravest.is_empty() {
        blocks.push(run_in("突出问题：", format!("{}。", told.join("；"))));
    }
    if !others.is_empty() {
        let named = within(others.iter().map(|g| g.counted(source)), BEFORE_HOLIDAY[1]);
        let rest = rest(others, named.len());
        let text = format!("{}{rest}。", named.join("；"));
        blocks.push(match gravest.is_empty() {
            true => paragraph(text),
            false => run_in("其他问题：", text),
        });
    }
    blocks
}
