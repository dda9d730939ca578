//! Which ledger a table belongs to: the candidates by score, and two that fit nearly alike.

use crate::formats::grid::{Form, Row};
use crate::recognition::column_fit;
use crate::recognition::header_detection::Heading;
use crate::recognition::ledger_names::EXACT;
use crate::recognition::sheet::{Guide, Region, Source};
use crate::values::normalise;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::SheetUse,
    schema::{FieldId, LedgerId, Schemas},
};

/// Cells of a row above the heading that may hold the title.
const MOST_TITLES: usize = 50;

/// Candidates whose cells are looked at.
const RIVALS: usize = 6;
/// The share of the best score that makes a candidate one of them.
const NEAR: f32 = 0.5;
/// What a column of foreign values takes from a score: more than its heading gave.
const STRANGER: f32 = 1.5;

/// What a name gives at least that has something of a ledger's name.
const HINTED: f32 = 1.0;
/// Bytes of a text that is looked through for a word about secrets.
const LONGEST_TITLE: usize = 1000;
/// What a name gives at least that is all but a ledger's name.
pub(crate) const NAMED: f32 = 2.0;

/// A ledger with its score for a table.
#[derive(Clone, Copy)]
pub(crate) struct Ranked {
    pub(crate) ledger: LedgerId,
    pub(crate) score: f32,
    pub(crate) fields: usize,
    pub(crate) name: f32,
}

/// Ledgers by score, the best first. Names count beside headings; among those that fit nearly alike
/// the cells below the headings count as well.
/// `decided`: the ledger that the unit's settings name is among them in any case.
pub(crate) fn ranking(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    decided: Option<LedgerId>,
) -> Vec<Ranked> {
    let mut ranked = by_names_and_headings(source, guide, region, decided);
    let enough = NEAR * ranked.first().map_or(0.0, |best| best.score);
    let near = ranked.iter_mut().take(RIVALS);
    for rival in near.filter(|rival| rival.score >= enough) {
        let strangers = column_fit::strangers(source, guide, region, rival.ledger);
        rival.score -= STRANGER * strangers as f32;
    }
    sort(&mut ranked);
    ranked
}

fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.ledger.cmp(&b.ledger)));
}

fn by_names_and_headings(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    decided: Option<LedgerId>,
) -> Vec<Ranked> {
    let names = names(source, guide, region.title(source.grid));
    let said = said(source, region);
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
        .filter(|r| r.fields > 0 || (r.name >= EXACT && source.form == Form::Yaml))
        .filter(|r| {
            source.form == Form::Yaml
                || Some(r.ledger) == decided
                || is_all_known(region, *r)
                || says_its_act(guide, r.ledger, &said)
        })
        .collect();
    sort(&mut ranked);
    ranked
}

/// Everything that is said of a table: file and folder, sheet, title and headings.
fn said(source: Source<'_>, region: &Region<'_>) -> String {
    let headings = region.heading.columns.iter().map(|(_, text)| text.as_str());
    let title = region.title(source.grid);
    let title = title.flat_map(|row| row.cells().take(MOST_TITLES).map(|cell| cell.text));
    let names = [source.path, source.grid.name.as_str()].into_iter();
    let texts = names.chain(title).chain(headings);
    let texts = texts.filter(|text| text.len() <= LONGEST_TITLE);
    texts.collect::<Vec<_>>().join("\n")
}

/// True if every one of many columns is a field of the ledger.
fn is_all_known(region: &Region<'_>, ranked: Ranked) -> bool {
    const MANY: usize = 5;
    let width = region.heading.columns.len();
    ranked.fields == width && width >= MANY
}

/// True unless the ledger records an act that nothing speaks of: 日期、文号、名称、密级、数量 head a
/// list of what was destroyed as well as one of what was received.
fn says_its_act(guide: &Guide<'_>, ledger: LedgerId, said: &str) -> bool {
    let acts = guide.index.acts(guide.schemas, ledger);
    acts.is_empty() || acts.iter().any(|act| said.contains(act.as_str()))
}

/// How strongly the names of the sheet and its file and the title above a table speak for each
/// ledger.
pub(crate) fn names<'g>(
    source: Source<'g>,
    guide: &Guide<'_>,
    title: impl Iterator<Item = Row<'g>>,
) -> Vec<f32> {
    let mut names = guide.index.name_scores(&source.grid.name);
    let mut consider = |text: &str, share: f32| {
        for (best, score) in names.iter_mut().zip(guide.index.name_scores(text)) {
            *best = best.max(score * share);
        }
    };
    for row in title {
        let cells = row.cells().take(MOST_TITLES);
        cells.for_each(|cell| consider(cell.text, 1.0));
    }
    consider(source.stem(), 0.7);
    names
}

/// True if there is enough to take a table for this ledger: headings that every office table has,
/// such as 姓名、部门、数量, make no register of secrets.
pub(crate) fn is_founded(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    best: Ranked,
) -> bool {
    if source.form == Form::Yaml {
        return best.fields >= 2 || best.name >= NAMED;
    }
    let fit = region.heading.fits[usize::from(best.ledger.0)];
    if best.name >= EXACT {
        return true;
    }
    // A table of counts bears the register's name too: 2026年收文统计表.
    let named = best.name >= NAMED && !is_of_counts(source, region);
    if !named && lacks_anchor(guide, region.heading, best.ledger) {
        return false;
    }
    let secret = speaks_of_secrets(source, region);
    let width = region.heading.columns.len().saturating_sub(fit.beside);
    let whole = fit.fields >= width && fit.strong >= 3;
    if best.name >= HINTED {
        let must_say = lacks_level(guide, region.heading, best.ledger);
        return whole || fit.strong >= 2 && (secret || !must_say);
    }
    // 部门、姓名、职务: any list of people.
    let whole = whole && (secret || fit.strong > 3);
    let most = fit.fields * 4 >= width * 3 && fit.strong >= 2;
    let telling = fit.strong >= 3 && fit.required >= 2 && fit.telling >= 2;
    whole || (secret && (most || telling))
}

/// True if the ledger tells events and the table has neither the day of one nor any number: a list of
/// who read what is no register of what was received.
fn lacks_anchor(guide: &Guide<'_>, heading: &Heading, ledger: LedgerId) -> bool {
    let schema = guide.schemas.ledger(ledger);
    let Some(day) = schema.event_date else {
        return false;
    };
    let anchors = |field: FieldId| {
        let id = &schema.fields[usize::from(field.0)].id;
        field == day || schema.primary_key.contains(&field) || id.ends_with("_no")
    };
    let mut claims = heading.claims.iter().flatten();
    !claims.any(|claim| claim.ledger == ledger && anchors(claim.field))
}

/// True if the ledger is one of secrets by its name and by the level that it must have, and the table
/// has no column for it: every office keeps one of all papers beside it.
fn lacks_level(guide: &Guide<'_>, heading: &Heading, ledger: LedgerId) -> bool {
    let schema = guide.schemas.ledger(ledger);
    let Some(level) = schema.field_by_id("level") else {
        return false;
    };
    let mut claims = heading.claims.iter().flatten();
    let claimed = claims.any(|claim| (claim.ledger, claim.field) == (ledger, level));
    let required = schema.fields[usize::from(level.0)].required;
    speaks(&schema.label) && required && !claimed && schema.field_by_id("is_classified").is_none()
}

/// True if secrets are named in the headings, the title, or the name of the sheet or the file.
fn speaks_of_secrets(source: Source<'_>, region: &Region<'_>) -> bool {
    let mut headings = region.heading.columns.iter();
    speaks(source.path)
        || headings.any(|(_, text)| speaks(text))
        || is_titled(source, region, speaks)
}

/// True if the title or the name of the sheet says so.
fn is_titled(source: Source<'_>, region: &Region<'_>, says: impl Fn(&str) -> bool) -> bool {
    let mut title = region.title(source.grid);
    says(&source.grid.name)
        || title.any(|row| row.cells().take(MOST_TITLES).any(|cell| says(cell.text)))
}

/// True if the title, the sheet or the file is called a table of counts.
fn is_of_counts(source: Source<'_>, region: &Region<'_>) -> bool {
    let counts = |text: &str| text.contains("统计");
    counts(source.stem()) || is_titled(source, region, counts)
}

/// True if secrets are named in the title, or in the name of the sheet or the file.
pub(crate) fn named_for_secrets(source: Source<'_>, region: &Region<'_>) -> bool {
    let file = source.path.rsplit('/').next().unwrap_or_default();
    // 机要室 says who registers, not what.
    let secret = |text: &str| {
        let bare = normalise::without_brackets(text);
        speaks(&bare) && bare.contains('密')
    };
    secret(file) || is_titled(source, region, secret)
}

/// True if a name or heading speaks of secrets, and does not deny them.
pub(crate) fn speaks(text: &str) -> bool {
    let mut denied = ["非涉密", "不涉密", "非密", "无密"].iter();
    text.len() <= LONGEST_TITLE
        && (text.contains('密') || text.contains("机要"))
        && !denied.any(|word| text.contains(word))
}

pub(crate) fn reason(schemas: &Schemas, best: Ranked, heading: &Heading, decided: bool) -> String {
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
pub(crate) fn tell_rival(
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
        Diagnostic::new(
            codes::LEDGER_AMBIGUOUS,
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
