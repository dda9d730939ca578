//! Which ledger a table belongs to: the candidates by score, and two that fit nearly alike.

use super::{
    grid::Form,
    heading::Heading,
    section::{Guide, Region, Source},
    suit,
};
use crate::diag::{Diagnostic, Locus};
use crate::model::{
    dataset::SheetUse,
    schema::{LedgerId, Schemas},
};

/// Cells of a row above the heading that may hold the title.
const MOST_TITLES: usize = 50;

/// Candidates whose cells are looked at.
const RIVALS: usize = 6;
/// The share of the best score that makes a candidate one of them.
const NEAR: f32 = 0.5;
/// What a column of foreign values takes from a score: more than its heading gave.
const STRANGER: f32 = 1.5;

/// A ledger with its score for a table.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    pub(super) ledger: LedgerId,
    pub(super) score: f32,
    pub(super) fields: usize,
    pub(super) name: f32,
}

/// Ledgers by score, the best first. Names count beside headings; among those that fit nearly alike
/// the cells below the headings count as well.
pub(super) fn ranking(source: Source<'_>, guide: &Guide<'_>, region: &Region<'_>) -> Vec<Ranked> {
    let mut ranked = by_names_and_headings(source, guide, region);
    let enough = NEAR * ranked.first().map_or(0.0, |best| best.score);
    let near = ranked.iter_mut().take(RIVALS);
    for rival in near.filter(|rival| rival.score >= enough) {
        let strangers = suit::strangers(source, guide, region, rival.ledger);
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
) -> Vec<Ranked> {
    let mut names = guide.index.name_scores(&source.grid.name);
    let mut consider = |text: &str, share: f32| {
        for (best, score) in names.iter_mut().zip(guide.index.name_scores(text)) {
            *best = best.max(score * share);
        }
    };
    for row in region.title(source.grid) {
        let cells = row.cells().take(MOST_TITLES);
        cells.for_each(|cell| consider(cell.text, 1.0));
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
    sort(&mut ranked);
    ranked
}

pub(super) fn reason(schemas: &Schemas, best: Ranked, heading: &Heading, decided: bool) -> String {
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
pub(super) fn tell_rival(
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
