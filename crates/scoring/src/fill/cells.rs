//! What goes into which cell of a form.

use super::entry::{Change, Entries, Entry, Note};
use crate::import::Imported;
use crate::import::headings::{Heading, Role};
use crate::reckon::{ItemScore, NOT_GRADED, Reckoned};
use crate::standard::{Item, Nature, Standard};
use crate::table::FormTable;
use zicha_model::dataset::column_letter;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::points::Points;

/// Works out every cell; cells that hold something are told and left.
pub(super) fn entries(
    path: &str,
    imported: &Imported,
    standard: &Standard,
    reckoned: &Reckoned,
    notes: &[Note],
) -> (Entries, Vec<Diagnostic>) {
    let mut filler = Filler {
        path,
        imported,
        entries: Entries::new(),
        told: Vec::new(),
    };
    for (at, item) in standard.items.iter().enumerate() {
        if let (Some(score), Some(place)) = (reckoned.items.get(at), filler.place(&item.place)) {
            let note = notes.get(at).cloned().unwrap_or_default();
            filler.item(place, item, score, &note);
        }
    }
    filler.sums(reckoned);
    for list in filler.entries.values_mut() {
        list.sort_by_key(|entry| (entry.row, entry.column));
        list.dedup_by_key(|entry| (entry.row, entry.column));
    }
    (filler.entries, filler.told)
}

struct Filler<'a> {
    path: &'a str,
    imported: &'a Imported,
    entries: Entries,
    told: Vec<Diagnostic>,
}

impl<'a> Filler<'a> {
    /// Table, heading and row of `表1/12`.
    fn place(&self, place: &str) -> Option<(usize, &'a Heading, u32)> {
        let (name, row) = place.rsplit_once('/')?;
        let row = row.parse().ok()?;
        let mut layouts = self.imported.layouts.iter();
        let (at, heading) = layouts.find(|(at, _)| self.imported.file.tables[*at].name == name)?;
        Some((*at, heading, row))
    }

    fn item(
        &mut self,
        (at, heading, row): (usize, &Heading, u32),
        item: &Item,
        score: &ItemScore,
        note: &Note,
    ) {
        if item.nature == Nature::Scored {
            let star = if score.presence.has {
                "★"
            } else {
                "无此项"
            };
            self.put(
                at,
                heading,
                row,
                Role::Present,
                Change::Text(star.to_owned()),
            );
        }
        if !note.deducted.is_empty() {
            self.put(
                at,
                heading,
                row,
                Role::Deducted,
                Change::Text(note.deducted.clone()),
            );
        }
        if let Some(change) = reached(item, score) {
            self.put(at, heading, row, Role::Score, change);
        }
        if !note.evidence.is_empty() {
            self.put(
                at,
                heading,
                row,
                Role::Evidence,
                Change::Text(note.evidence.clone()),
            );
        }
    }

    fn put(&mut self, at: usize, heading: &Heading, row: u32, role: Role, change: Change) {
        let Some(column) = heading.column(role) else {
            return;
        };
        let table = &self.imported.file.tables[at];
        let (row, column) = table.anchor(row, column);
        let text = table.text(row, column);
        let same = matches!(&change, Change::Text(new) if new == text);
        if text.is_empty() {
            self.entries.entry(at).or_default().push(Entry {
                row,
                column,
                change,
            });
        } else if !same {
            let cell = format!("{}{row}", column_letter(column));
            self.told.push(occupied(self.path, &table.name, cell, text));
        }
    }

    /// The lines at the end: what the unit has, what it reached, the rate, the result.
    fn sums(&mut self, reckoned: &Reckoned) {
        for (at, table) in self.imported.file.tables.iter().enumerate() {
            let heading = self.imported.layouts.iter().find(|(index, _)| *index == at);
            let first = heading.map_or(1, |(_, heading)| heading.last + 1);
            for row in first..=table.rows() {
                for (column, text) in table.row(row) {
                    self.sum(at, table, (row, column), text, reckoned);
                }
            }
        }
    }

    fn sum(
        &mut self,
        at: usize,
        table: &FormTable,
        (row, column): (u32, u32),
        text: &str,
        reckoned: &Reckoned,
    ) {
        let graded = reckoned.grade != NOT_GRADED && !reckoned.grade.is_empty();
        if graded && let Some(ticked) = ticked(text, &reckoned.grade) {
            let change = Change::Tick(reckoned.grade.clone(), ticked);
            self.entries.entry(at).or_default().push(Entry {
                row,
                column,
                change,
            });
            return;
        }
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let label = bare
            .split(['：', ':', '（', '(', '=', '＝'])
            .next()
            .unwrap_or_default();
        let Some(value) = value(label, reckoned) else {
            return;
        };
        let next = (column + 1..table.columns()).find(|c| table.anchor(row, *c) != (row, column));
        let blank = next.filter(|c| table.text(row, *c).is_empty());
        let (row, column, change) = match blank {
            Some(next) => {
                let (row, next) = table.anchor(row, next);
                (row, next, value)
            }
            None if bare.ends_with(['：', ':', '_', '＿']) => {
                let more = words(&value);
                (
                    row,
                    column,
                    Change::Append(more.clone(), format!("{text}{more}")),
                )
            }
            None => return,
        };
        self.entries.entry(at).or_default().push(Entry {
            row,
            column,
            change,
        });
    }
}

/// Points reached by an item; a range as words while something is open.
fn reached(item: &Item, score: &ItemScore) -> Option<Change> {
    match item.nature {
        Nature::Scored if !score.counts => None,
        Nature::Scored if score.open.is_positive() => {
            Some(Change::Text(span(score.lowest(), score.highest())))
        }
        Nature::Scored => Some(Change::Number(score.highest())),
        Nature::Heavy if score.open.is_positive() && score.lost.is_positive() => {
            Some(Change::Text(format!("-{}（其余待定）", score.lost)))
        }
        Nature::Heavy if score.open.is_positive() => Some(Change::Text("待定".to_owned())),
        Nature::Heavy if score.lost.is_positive() => Some(Change::Text(format!("-{}", score.lost))),
        Nature::Heavy => Some(Change::Number(Points::ZERO)),
        Nature::Veto | Nature::Basic if score.is_open() => Some(Change::Text("待定".to_owned())),
        Nature::Veto | Nature::Basic => None,
    }
}

fn span(lowest: Points, highest: Points) -> String {
    format!("待定（{lowest}至{highest}）")
}

/// What a line at the end asks for.
fn value(label: &str, reckoned: &Reckoned) -> Option<Change> {
    let number = |low: Points, high: Points| match low == high {
        true => Change::Number(low),
        false => Change::Text(span(low, high)),
    };
    let (low, high) = (reckoned.lowest, reckoned.highest);
    let percent = |points: Points| points.percent_of(reckoned.of);
    let rate = || match low == high {
        true => Change::Text(format!("{}%", percent(low))),
        false => Change::Text(format!("待定（{}%至{}%）", percent(low), percent(high))),
    };
    match label {
        "实有项目总分值" | "实有项目总分" | "实有项目分值" | "实有总分" => {
            Some(Change::Number(reckoned.of))
        }
        "总得分" | "实得总分" | "得分合计" | "自评总分" | "自评得分" | "最后得分" => {
            Some(number(low, high))
        }
        "得分率" | "百分比" | "总得分率" | "得分百分比" => Some(rate()),
        "考评结果" | "自评结果" | "评定结果" | "考评等次" | "自评等次" | "自评结论" => {
            Some(Change::Text(reckoned.grade.clone()))
        }
        _ if label.contains('÷') || label.contains('/') && label.contains("总得分") => {
            Some(rate())
        }
        _ => None,
    }
}

fn words(change: &Change) -> String {
    match change {
        Change::Text(text) | Change::Append(text, _) | Change::Tick(text, _) => text.clone(),
        Change::Number(points) => points.to_string(),
    }
}

/// The text with the box before this very word ticked.
fn ticked(text: &str, label: &str) -> Option<String> {
    let at = box_before(text, label)?;
    let empty = text[at..].chars().next()?;
    Some(format!(
        "{}☑{}",
        &text[..at],
        &text[at + empty.len_utf8()..]
    ))
}

/// Where the empty box stands that is followed by a word.
pub(super) fn box_before(text: &str, label: &str) -> Option<usize> {
    let boxes = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '□' | '☐' | '○' | '◻'));
    let mut found = boxes.filter(|(at, c)| {
        let rest = text[at + c.len_utf8()..].trim_start();
        rest.starts_with(label) && !rest[label.len()..].starts_with(|c: char| c.is_alphabetic())
    });
    found.next().map(|(at, _)| at)
}

/// A cell that people filled in already stays as it is.
fn occupied(path: &str, sheet: &str, cell: String, text: &str) -> Diagnostic {
    let short: String = text.chars().take(20).collect();
    let message = format!("自评表的这一格已有内容“{short}”，没有改写");
    Diagnostic::new(
        codes::SCORING_CELL,
        message,
        Locus::cell(path, Some(sheet), cell),
    )
}
