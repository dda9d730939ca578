//! One sheet → the tables that stand in it, and a reason for every row that is no record.
//!
//! What enters: a [`Grid`] and the [`Index`]. What leaves: [`Section`]s (one a table) with their
//! [`SheetUse`], or one `SheetUse` that says why the sheet is no ledger.

use super::{
    grid::{Form, Grid, Row},
    heading::{self, Assignment, Heading},
    index::Index,
    normalise, rows,
};
use crate::diag::{Diagnostic, Locus};
use crate::model::{
    dataset::{ColumnUse, SheetUse, UnusedColumn, column_letter},
    profile::Profile,
    schema::{LedgerId, Schemas},
};

/// What all sheets are understood with.
pub struct Guide<'a> {
    /// The ledgers.
    pub schemas: &'a Schemas,
    /// Their headings.
    pub index: &'a Index,
    /// The unit's decisions.
    pub profile: &'a Profile,
}

/// The sheet under consideration.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Path of its file.
    pub path: &'a str,
    /// What kind of file it is.
    pub form: Form,
    /// Its cells.
    pub grid: &'a Grid,
}

impl Source<'_> {
    /// The sheet's name where the format has one.
    pub fn sheet(&self) -> Option<&str> {
        (self.form == Form::Workbook).then_some(self.grid.name.as_str())
    }

    /// The file's name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The place of a cell.
    pub fn locus(&self, row: u32, column: u32) -> Locus {
        match self.form {
            Form::Yaml => Locus::text(self.path, row, 1),
            _ => Locus::cell(
                self.path,
                self.sheet(),
                format!("{}{row}", column_letter(column)),
            ),
        }
    }
}

/// One table: a ledger's heading and the rows of the grid that are records.
#[derive(Clone, Debug)]
pub struct Section {
    /// The ledger.
    pub ledger: LedgerId,
    /// Column, field, whether it bears only a running number's name.
    pub columns: Vec<(u32, crate::model::schema::FieldId, bool)>,
    /// Indexes of the record rows in the grid.
    pub records: Vec<usize>,
    /// The year of the sheet, for dates written without one.
    pub year: Option<i32>,
    /// How it was understood; its row count and remarks are completed later.
    pub usage: SheetUse,
}

/// What was understood of a sheet.
#[derive(Debug, Default)]
pub struct Understood {
    /// The tables.
    pub sections: Vec<Section>,
    /// If there is none: the sheet and why.
    pub other: Option<SheetUse>,
    /// What the user should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Understands one sheet.
pub fn understand(source: Source<'_>, guide: &Guide<'_>) -> Understood {
    if source.grid.is_empty() {
        return no_ledger(source, "空表，没有任何内容".to_owned(), false);
    }
    let headings = match source.form {
        Form::Yaml => first_row(source, guide),
        _ => headings(source.grid, guide),
    };
    if headings
        .iter()
        .any(|h| h.columns.iter().any(|(_, text)| is_fingerprint(text)))
    {
        let why = "带问题指纹，是本程序生成的整改清单，不作台账读取".to_owned();
        return no_ledger(source, why, false);
    }
    if headings.is_empty() {
        return unrecognised(source, guide);
    }
    let mut result = Understood::default();
    let decided = decided_ledger(source, guide);
    let starts: Vec<usize> = headings
        .iter()
        .map(|h| title_start(source.grid, h.row))
        .collect();
    for (at, heading) in headings.iter().enumerate() {
        let from = if at == 0 { 0 } else { starts[at] };
        let to = starts.get(at + 1).copied().unwrap_or(source.grid.len());
        let table = Region { from, to, heading };
        section(source, guide, &table, decided, &mut result);
    }
    remark_hidden(source, &mut result);
    if result.sections.is_empty() && result.other.is_none() {
        return unrecognised(source, guide);
    }
    result
}

/// The rows of a table, its title included, its heading among them.
struct Region<'h> {
    from: usize,
    to: usize,
    heading: &'h Heading,
}

impl Region<'_> {
    /// The rows above the heading.
    fn title<'g>(&self, grid: &'g Grid) -> impl Iterator<Item = Row<'g>> + use<'g> {
        (self.from..self.heading.row).map(|at| grid.row(at))
    }
}

fn is_fingerprint(text: &str) -> bool {
    matches!(
        normalise::heading(text).as_str(),
        "指纹" | "问题指纹" | "fingerprint"
    )
}

/// YAML: the keys are the heading.
fn first_row(source: Source<'_>, guide: &Guide<'_>) -> Vec<Heading> {
    let heading = heading::at(source.grid, 0, guide.index, guide.schemas);
    let single = heading.height == 1;
    let named = guide
        .index
        .name_scores(&source.grid.name)
        .iter()
        .any(|&s| s > 0.0);
    (single && (named || heading.best().fields > 0))
        .then_some(heading)
        .into_iter()
        .collect()
}

/// All rows that begin a table, repetitions on printed pages left out.
fn headings(grid: &Grid, guide: &Guide<'_>) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut at = 0;
    while at < grid.len() {
        let row = grid.row(at);
        let deep = row.number() > heading::DEEPEST_HEADING;
        if deep && (found.is_empty() || !heading::promising(row, guide.index)) {
            if found.is_empty() {
                break;
            }
            at += 1;
            continue;
        }
        let candidate = best_near(grid, at, guide);
        let next = candidate.row + candidate.height;
        if accept(&candidate, &mut found) {
            found.push(candidate);
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

/// The best heading beginning in this row or the next two: a line of remarks above the heading
/// joined with it looks like a heading in two rows, and the heading itself fits no worse alone.
fn best_near(grid: &Grid, at: usize, guide: &Guide<'_>) -> Heading {
    let mut best = heading::at(grid, at, guide.index, guide.schemas);
    if !best.plausible() {
        return best;
    }
    for near in at + 1..(at + 3).min(grid.len()) {
        let other = heading::at(grid, near, guide.index, guide.schemas);
        let (more, less) = (other.best().fields, best.best().fields);
        if other.plausible() && (more > less || (more == less && other.height < best.height)) {
            best = other;
        }
    }
    best
}

/// Decides on a candidate: a table's first heading may be weak, but gives way to a clearly better
/// row close below it; a later one must be convincing and no repetition.
fn accept(candidate: &Heading, found: &mut Vec<Heading>) -> bool {
    let Some(last) = found.last() else {
        return candidate.plausible();
    };
    let close = candidate.row < last.row + last.height + 3;
    if close && candidate.plausible() && candidate.best().score > 1.5 * last.best().score {
        found.pop();
        return true;
    }
    candidate.convincing() && !repeats(candidate, last)
}

/// True if the row says again what the heading of the table says.
fn repeats(candidate: &Heading, heading: &Heading) -> bool {
    let same = candidate.columns.iter().filter(|(column, text)| {
        let above = heading.columns.iter().find(|(c, _)| c == column);
        above
            .is_some_and(|(_, above)| normalise::heading(above).contains(&normalise::heading(text)))
    });
    same.count() * 5 >= candidate.columns.len() * 4
}

/// The first row of a table's title: short rows right above its heading.
fn title_start(grid: &Grid, heading: usize) -> usize {
    let mut start = heading;
    while start > 0 && heading - start < 3 && grid.row(start - 1).cells().len() <= 2 {
        start -= 1;
    }
    start
}

/// The ledger that the profile's `sheets:` names for this sheet.
fn decided_ledger(source: Source<'_>, guide: &Guide<'_>) -> Option<LedgerId> {
    let with_sheet = format!("{}#{}", source.path, source.grid.name);
    let name = [with_sheet.as_str(), source.path]
        .into_iter()
        .find_map(|key| guide.profile.sheets.get(key))?;
    guide.index.ledger_named(guide.schemas, name)
}

/// A ledger with its score for a table.
#[derive(Clone, Copy)]
struct Ranked {
    ledger: LedgerId,
    score: f32,
    fields: usize,
    name: f32,
}

fn section(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    decided: Option<LedgerId>,
    result: &mut Understood,
) {
    let ranked = ranking(source, guide, region);
    let best = match decided {
        Some(ledger) => ranked.iter().find(|r| r.ledger == ledger),
        None => ranked.first(),
    };
    let Some(&best) = best.filter(|b| decided.is_some() || b.fields >= 2 || b.name >= 2.0) else {
        return;
    };
    let mut usage = SheetUse {
        name: source.grid.name.clone(),
        ledger: Some(best.ledger),
        heading_row: (source.form != Form::Yaml)
            .then(|| source.grid.row(region.heading.row).number()),
        why: reason(guide.schemas, best, region.heading, decided.is_some()),
        ..SheetUse::default()
    };
    if decided.is_none() {
        tell_rival(source, guide, &ranked, &mut usage, &mut result.diagnostics);
    }
    let assignment = heading::assign(region.heading, best.ledger);
    use_columns(guide, region.heading, best.ledger, &assignment, &mut usage);
    tell_lost(
        source,
        guide,
        region.heading,
        best.ledger,
        &assignment,
        &mut usage,
        &mut result.diagnostics,
    );
    let columns: Vec<_> = assignment
        .taken
        .iter()
        .map(|t| (region.heading.columns[t.at].0, t.field, t.weak))
        .collect();
    let records = rows::records(
        source,
        region.heading,
        &columns,
        region.from,
        region.to,
        &mut usage,
    );
    usage.rows = records.len() as u32;
    result.sections.push(Section {
        ledger: best.ledger,
        columns,
        records,
        year: year(source, region),
        usage,
    });
}

/// Ledgers by score, the best first; names count beside headings.
fn ranking(source: Source<'_>, guide: &Guide<'_>, region: &Region<'_>) -> Vec<Ranked> {
    let mut names = guide.index.name_scores(&source.grid.name);
    let mut consider = |text: &str, share: f32| {
        for (best, score) in names.iter_mut().zip(guide.index.name_scores(text)) {
            *best = best.max(score * share);
        }
    };
    for row in region.title(source.grid) {
        for cell in row.cells().filter(|cell| cell.text.len() <= 200) {
            consider(cell.text, 1.0);
        }
    }
    consider(source.stem(), 0.7);
    let mut ranked: Vec<Ranked> = guide
        .schemas
        .ledger_ids()
        .map(|ledger| {
            let fit = region.heading.fits[usize::from(ledger.0)];
            let name = names[usize::from(ledger.0)];
            Ranked {
                ledger,
                score: fit.score + name,
                fields: fit.fields,
                name,
            }
        })
        .filter(|r| r.fields > 0 || (r.name >= 4.0 && source.form == Form::Yaml))
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.ledger.cmp(&b.ledger)));
    ranked
}

fn reason(schemas: &Schemas, best: Ranked, heading: &Heading, decided: bool) -> String {
    let label = &schemas.ledger(best.ledger).label;
    if decided {
        return format!("zicha.yaml 的 sheets 指定为“{label}”");
    }
    let named = match best.name {
        n if n >= 4.0 => "，名称一致",
        n if n > 0.0 => "，名称相近",
        _ => "",
    };
    format!(
        "{} 列中有 {} 列是“{label}”的字段{named}（得分 {:.1}）",
        heading.columns.len(),
        best.fields,
        best.score
    )
}

/// Two ledgers that fit nearly alike: told with their scores, the profile can decide.
fn tell_rival(
    source: Source<'_>,
    guide: &Guide<'_>,
    ranked: &[Ranked],
    usage: &mut SheetUse,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let [best, second, ..] = ranked else { return };
    if second.score < 0.85 * best.score {
        return;
    }
    let label = |r: &Ranked| guide.schemas.ledger(r.ledger).label.clone();
    let told = format!(
        "与“{}”也很接近（得分 {:.1}，本表取“{}”得分 {:.1}）",
        label(second),
        second.score,
        label(best),
        best.score
    );
    let place = match source.form {
        Form::Workbook => format!("{}#{}", source.path, source.grid.name),
        _ => source.path.to_owned(),
    };
    diagnostics.push(
        Diagnostic::warning(
            "ledger-ambiguous",
            format!("工作表“{}”{told}", source.grid.name),
            Locus::sheet(source.path, source.sheet()),
        )
        .with_hint(format!(
            "请核对；如有误，在 zicha.yaml 的 sheets 中写“{place}: {}”。",
            label(second)
        )),
    );
    usage.remarks.push(told);
}

fn use_columns(
    guide: &Guide<'_>,
    heading: &Heading,
    ledger: LedgerId,
    assignment: &Assignment,
    usage: &mut SheetUse,
) {
    for (at, (column, text)) in heading.columns.iter().enumerate() {
        let text = shown(text);
        match assignment.taken.iter().find(|t| t.at == at) {
            Some(taken) => usage.columns.push(ColumnUse {
                column: *column,
                heading: text,
                field: taken.field,
                matched: taken.matched,
            }),
            None => usage.unused_columns.push(UnusedColumn {
                column: *column,
                did_you_mean: heading::did_you_mean(&text, guide.schemas, ledger, assignment),
                heading: text,
            }),
        }
    }
}

/// A heading on one line.
fn shown(text: &str) -> String {
    normalise::text(text)
}

/// Columns that could have been a field already taken by a better or an equal one.
fn tell_lost(
    source: Source<'_>,
    guide: &Guide<'_>,
    heading: &Heading,
    ledger: LedgerId,
    assignment: &Assignment,
    usage: &mut SheetUse,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = |at: usize| {
        let (column, text) = &heading.columns[at];
        format!("{} 列“{}”", column_letter(*column), shown(text))
    };
    for &(loser, field, winner, equal) in &assignment.lost {
        let label = &guide.schemas.field(ledger, field).label;
        let told = format!("{}也可作“{label}”，已取{}", name(loser), name(winner));
        if equal {
            let row = source.grid.row(heading.row).number();
            let locus = source.locus(row, heading.columns[loser].0);
            diagnostics.push(
                Diagnostic::warning("column-twice", told.clone(), locus).with_hint(
                    "两列名称同样合适，请改其中一列的标题，或在 zicha.yaml 的 columns 中指定。",
                ),
            );
        }
        usage.remarks.push(told);
    }
}

/// The year named by the sheet, its title or its file.
fn year(source: Source<'_>, region: &Region<'_>) -> Option<i32> {
    let titles = region
        .title(source.grid)
        .flat_map(|row| row.cells().map(|cell| cell.text));
    [source.grid.name.as_str()]
        .into_iter()
        .chain(titles)
        .chain([source.stem()])
        .find_map(year_in)
}

/// A year such as 2026 or 二〇二六年 in a text, not being part of a longer number.
fn year_in(text: &str) -> Option<i32> {
    let text = normalise::arabic(&normalise::plain(text));
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1990..=2099).contains(year))
}

fn no_ledger(source: Source<'_>, why: String, warn: bool) -> Understood {
    let mut result = Understood::default();
    if warn {
        result.diagnostics.push(
            Diagnostic::warning(
                "sheet-unrecognised",
                format!("“{}”没有认作任何台账：{why}", source.grid.name),
                Locus::sheet(source.path, source.sheet()),
            )
            .with_hint("如是台账，请在 zicha.yaml 的 sheets 中指定，或把标题改为台账的字段名称。"),
        );
    }
    result.other = Some(SheetUse {
        name: source.grid.name.clone(),
        why,
        ..SheetUse::default()
    });
    remark_hidden(source, &mut result);
    result
}

/// Says how near the sheet came to being a ledger.
fn unrecognised(source: Source<'_>, guide: &Guide<'_>) -> Understood {
    let shallow = |row: &Row<'_>| row.number() <= heading::DEEPEST_HEADING;
    let count = source.grid.rows().take_while(shallow).count();
    let nearest = (0..count)
        .map(|at| heading::at(source.grid, at, guide.index, guide.schemas))
        .max_by(|a, b| {
            a.best()
                .score
                .total_cmp(&b.best().score)
                .then(b.row.cmp(&a.row))
        });
    let mut why = format!(
        "前 {} 行中没有与台账字段相符的标题行",
        heading::DEEPEST_HEADING
    );
    if let Some(nearest) = nearest.filter(|n| n.best().fields > 0) {
        let ranked = nearest.fits.iter().enumerate();
        let best = ranked.max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.cmp(&a.0)));
        if let Some((at, fit)) = best {
            why.push_str(&format!(
                "；最接近的是第 {} 行，{} 列中只有 {} 列像“{}”",
                source.grid.row(nearest.row).number(),
                nearest.columns.len(),
                fit.fields,
                guide.schemas.ledgers[at].label
            ));
        }
    }
    no_ledger(source, why, true)
}

/// Hidden sheets, rows and columns are read, but nobody should be surprised by them.
fn remark_hidden(source: Source<'_>, result: &mut Understood) {
    let grid = source.grid;
    let mut remarks = Vec::new();
    if grid.hidden {
        remarks.push("工作表是隐藏的，已照读".to_owned());
    }
    if !grid.hidden_rows.is_empty() {
        remarks.push(format!(
            "有隐藏行（{}），已照读",
            rows::numbers(&grid.hidden_rows)
        ));
    }
    if !grid.hidden_columns.is_empty() {
        let letters: Vec<String> = grid
            .hidden_columns
            .iter()
            .take(8)
            .map(|&c| column_letter(c))
            .collect();
        let more = if grid.hidden_columns.len() > 8 {
            "等"
        } else {
            ""
        };
        remarks.push(format!("有隐藏列（{}{more}），已照读", letters.join("、")));
    }
    for remark in &remarks {
        result.diagnostics.push(Diagnostic::note(
            "hidden-content",
            format!("“{}”{remark}", grid.name),
            Locus::sheet(source.path, source.sheet()),
        ));
    }
    let usage = result.sections.first_mut().map(|s| &mut s.usage);
    if let Some(usage) = usage.or(result.other.as_mut()) {
        usage.remarks.extend(remarks);
    }
}
