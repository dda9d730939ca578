//! What is told of a sheet: columns used and not used, rows that are no table, why it is no ledger.

use crate::formats::grid::{Form, Grid, Row};
use crate::recognition::column_mapping::Assignment;
use crate::recognition::header_detection::Heading;
use crate::recognition::matrix::laid::Laid;
use crate::recognition::sheet::{Guide, Region, Source, Understood};
use crate::recognition::value_witness::{Columns, Witness};
use crate::recognition::{
    column_mapping, header_detection, ledger_scoring, other_registers, row_kinds,
};
use crate::values::normalise;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::{ColumnUse, Match, SheetUse, SkippedRows, UnusedColumn, column_letter},
    schema::{FieldId, LedgerId},
};

/// Unused columns of a table for which a field is suggested.
const MOST_GUESSED: usize = 100;

/// A table that is no ledger, beside others that are, is told with them.
pub(crate) fn tell_passed(source: Source<'_>, result: &mut Understood) {
    let rows = std::mem::take(&mut result.passed);
    if let Some(section) = result.sections.first_mut().filter(|_| !rows.is_empty()) {
        let message = format!(
            "“{}”中{}的表格没有认作任何台账",
            source.grid.name,
            row_kinds::numbers(&rows)
        );
        let locus = Locus::sheet(source.path, source.sheet());
        let told = Diagnostic::new(codes::SHEET_UNRECOGNISED, message, locus);
        let hint = "如是台账，请移到单独的工作表，并把标题改为台账的字段名称。";
        result.diagnostics.push(told.with_hint(hint));
        let why = "没有认作台账的表格".to_owned();
        section.usage.skipped.push(SkippedRows { rows, why });
    }
}

pub(crate) fn use_columns(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    assignment: &Assignment,
    usage: &mut SheetUse,
) {
    let heading = region.heading;
    let columns = Columns::of(source, guide, region);
    for (at, (column, text)) in heading.columns.iter().enumerate() {
        let text = shown(text);
        match assignment.taken.iter().find(|t| t.at == at) {
            Some(taken) => usage.columns.push(ColumnUse {
                column: *column,
                heading: text,
                field: taken.field,
                matched: taken.matched,
            }),
            None => {
                let ask = usage.unused_columns.len() < MOST_GUESSED;
                let near = ask
                    .then(|| column_mapping::did_you_mean(&text, guide.index, ledger, assignment));
                let fits = |field: &FieldId| {
                    let field = guide.schemas.field(ledger, *field);
                    source.form == Form::Yaml || columns.ask(*column, field) != Witness::Against
                };
                let near = near.flatten().filter(fits);
                let label = |field| guide.schemas.field(ledger, field).label.clone();
                usage.unused_columns.push(UnusedColumn {
                    column: *column,
                    did_you_mean: near.map(label),
                    heading: text,
                });
            }
        }
    }
}

/// Says of a table that another stands beside it in the sheet.
pub(crate) fn tell_part(source: Source<'_>, (first, last): (u32, u32)) -> Diagnostic {
    let (from, to) = (column_letter(first), column_letter(last));
    let message = format!(
        "“{}”里有并排的表，{from}—{to} 列作为一张表读取",
        source.grid.name
    );
    let row = source.grid.rows().next().map_or(1, |row| row.number());
    Diagnostic::new(
        codes::TABLES_SIDE_BY_SIDE,
        message,
        source.locus(row, first),
    )
}

/// Says of a sheet that it holds several forms, or a form with a list; each as its first and last row.
pub(crate) fn tell_forms(source: Source<'_>, forms: &[(u32, u32)], list: bool) -> Diagnostic {
    const NAMED: usize = 10;
    let name = &source.grid.name;
    let range = |&(first, last): &(u32, u32)| format!("第 {first}—{last} 行");
    let message = match (list, forms) {
        (true, [form, list]) => format!(
            "“{name}”{}是一张表单，作为一条记录读取；{}是表单下面的列表，单独作为一张表读取",
            range(form),
            range(list)
        ),
        _ => {
            let named: Vec<String> = forms.iter().take(NAMED).map(range).collect();
            let more = if forms.len() > NAMED { "等" } else { "" };
            format!(
                "“{name}”里有 {} 张同样的表单，每张作为一条记录读取（{}{more}）",
                forms.len(),
                named.join("、")
            )
        }
    };
    let first = forms.first().map_or(1, |(first, _)| *first);
    Diagnostic::new(codes::FORMS_IN_SHEET, message, source.locus(first, 0))
}

/// Says of records laid anew where everything stands in the sheet.
pub(crate) fn tell_laid(
    source: Source<'_>,
    guide: &Guide<'_>,
    laid: &Laid,
    usage: &mut SheetUse,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(ledger) = usage.ledger else { return };
    let schema = guide.schemas.ledger(ledger);
    usage.heading_row = Some(laid.heading_row);
    usage.why = format!("认作“{}”：{}", schema.label, laid.why);
    if !laid.used.is_empty() {
        let used = laid.used.iter().filter_map(|(column, heading, field)| {
            Some(ColumnUse {
                column: *column,
                heading: heading.clone(),
                field: schema.field_by_id(field)?,
                matched: Match::Similar,
            })
        });
        usage.columns = used.collect();
        let unused = laid.unused.iter().map(|(column, heading)| UnusedColumn {
            column: *column,
            heading: heading.clone(),
            did_you_mean: None,
        });
        usage.unused_columns = unused.collect();
    }
    usage.skipped.clear();
    let mut reasons: Vec<&str> = laid.skipped.iter().map(|(_, why)| *why).collect();
    reasons.dedup();
    for why in reasons {
        let rows = laid.skipped.iter().filter(|(_, known)| *known == why);
        let rows: Vec<u32> = rows.map(|(row, _)| *row).collect();
        if !usage.skipped.iter().any(|skipped| skipped.why == why) {
            let why = why.to_owned();
            usage.skipped.push(SkippedRows { rows, why });
        }
    }
    usage.remarks.extend(laid.remarks.iter().cloned());
    for (code, (row, column), words) in &laid.told {
        let locus = source.locus(*row, *column);
        diagnostics.push(Diagnostic::new(*code, words.clone(), locus));
    }
}

/// Columns that have entries but no heading are told as unused.
pub(crate) fn tell_nameless(
    grid: &Grid,
    heading: &Heading,
    records: &[usize],
    usage: &mut SheetUse,
) {
    let mut known = vec![false; grid.last_column() as usize + 1];
    for (column, _) in &heading.columns {
        if let Some(known) = known.get_mut(*column as usize) {
            *known = true;
        }
    }
    for &at in records {
        for cell in grid.row(at).cells() {
            let column = cell.column;
            if !std::mem::replace(&mut known[column as usize], true) {
                usage.unused_columns.push(UnusedColumn {
                    column,
                    heading: "（没有标题）".to_owned(),
                    did_you_mean: None,
                });
            }
        }
    }
    usage.unused_columns.sort_by_key(|unused| unused.column);
}

/// A heading on one line.
fn shown(text: &str) -> String {
    normalise::text(text)
}

/// Columns that bear a field's name but are of another scale.
pub(crate) fn tell_foreign_scales(
    guide: &Guide<'_>,
    heading: &Heading,
    ledger: LedgerId,
    foreign: &[(usize, FieldId, String)],
    usage: &mut SheetUse,
) {
    for (at, field, scale) in foreign {
        let (column, text) = &heading.columns[*at];
        let label = &guide.schemas.field(ledger, *field).label;
        usage.remarks.push(format!(
            "{} 列“{}”写的是“{scale}”一类的词（如核心、重要、一般），不能作“{label}”判断",
            column_letter(*column),
            shown(text)
        ));
    }
}

/// Columns that bear a field's name but none of its values.
pub(crate) fn tell_prose(
    guide: &Guide<'_>,
    heading: &Heading,
    ledger: LedgerId,
    prose: &[(usize, FieldId)],
    usage: &mut SheetUse,
) {
    for &(at, field) in prose {
        let (column, text) = &heading.columns[at];
        let label = &guide.schemas.field(ledger, field).label;
        usage.remarks.push(format!(
            "{} 列“{}”所填的都不是“{label}”的选项，未作该字段使用",
            column_letter(*column),
            shown(text)
        ));
    }
}

/// Columns that could have been a field already taken by a better or an equal one.
pub(crate) fn tell_lost(
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
                Diagnostic::new(codes::COLUMN_TWICE, told.clone(), locus).with_hint(
                    "两列名称同样合适，请改其中一列的标题，或在 zicha.yaml 的 columns 中指定。",
                ),
            );
        }
        usage.remarks.push(told);
    }
}

pub(crate) fn no_ledger(source: Source<'_>, why: String, warn: bool) -> Understood {
    let mut result = Understood::default();
    if warn {
        result.diagnostics.push(
            Diagnostic::new(
                codes::SHEET_UNRECOGNISED,
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
pub(crate) fn unrecognised(source: Source<'_>, guide: &Guide<'_>) -> Understood {
    const TITLES: usize = 3;
    let titles = (0..source.grid.len()).take(TITLES);
    let titles = titles.filter(|&at| source.grid.row(at).cells().len() <= 2);
    if let Some(name) = other_registers::named(source, guide, titles) {
        let why = format!("认得是“{name}”一类的登记，没有可检查的内容");
        return no_ledger(source, why, false);
    }
    let shallow = |row: &Row<'_>| row.number() <= header_detection::DEEPEST_HEADING;
    let count = source.grid.rows().take_while(shallow).count();
    let nearest = (0..count)
        .map(|at| header_detection::at(source.grid, at, guide.index, guide.schemas))
        .max_by(|a, b| {
            a.best()
                .score
                .total_cmp(&b.best().score)
                .then(b.row.cmp(&a.row))
        });
    let mut why = format!(
        "前 {} 行中没有足以认定为某本台账的标题行",
        header_detection::DEEPEST_HEADING
    );
    if let Some(nearest) = nearest.filter(|n| n.best().fields > 0) {
        let ranked = nearest.fits.iter().enumerate();
        let best = ranked.max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.cmp(&a.0)));
        if let Some((at, fit)) = best {
            why.push_str(&format!(
                "；最接近的是第 {} 行，{} 列中有 {} 列像“{}”",
                heading_row(source.grid, &nearest),
                nearest.columns.len(),
                fit.fields,
                guide.schemas.ledgers[at].label
            ));
            let headings = nearest.columns.iter().map(|(_, text)| text.as_str());
            let names = [source.path, &source.grid.name];
            if fit.fields >= 3
                && !names
                    .into_iter()
                    .chain(headings)
                    .any(ledger_scoring::speaks)
            {
                why.push_str("，但列名、表名和文件名都没有说到涉密");
            }
        }
    }
    no_ledger(source, why, true)
}

/// The row of a heading that people see as such: a title joined with it is not the heading.
fn heading_row(grid: &Grid, heading: &Heading) -> u32 {
    const MOST_IN_A_TITLE: usize = 2;
    let last = heading.row + heading.height - 1;
    let is_title = |at: &usize| {
        let cells = grid.row(*at).cells().len();
        cells <= MOST_IN_A_TITLE && cells < heading.columns.len()
    };
    let row = (heading.row..last).find(|at| !is_title(at)).unwrap_or(last);
    grid.row(row).number()
}

/// Hidden sheets, rows and columns are read, but nobody should be surprised by them.
pub(crate) fn remark_hidden(source: Source<'_>, result: &mut Understood) {
    let grid = source.grid;
    let mut remarks = Vec::new();
    if grid.hidden {
        remarks.push("工作表是隐藏的，已照读".to_owned());
    }
    if !grid.hidden_rows.is_empty() {
        remarks.push(format!(
            "有隐藏行（{}），已照读",
            row_kinds::numbers(&grid.hidden_rows)
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
        result.diagnostics.push(Diagnostic::new(
            codes::HIDDEN_CONTENT,
            format!("“{}”{remark}", grid.name),
            Locus::sheet(source.path, source.sheet()),
        ));
    }
    let usage = result.sections.first_mut().map(|s| &mut s.usage);
    if let Some(usage) = usage.or(result.other.as_mut()) {
        usage.remarks.extend(remarks);
    }
}
