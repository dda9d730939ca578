//! The parameters that the run went by: value in force, where it comes from, who uses it.

use crate::document::blocks::{Row, Table};
use crate::document::tables;
use crate::view::source::Source;
use zicha_model::control::Parameter;
use zicha_rule::pack;

/// Every parameter that a control of the run names, by label.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let parameters = source.data.catalogue.parameters.values();
    let mut rows: Vec<_> = parameters.filter_map(|p| row(source, p)).collect();
    rows.sort_by(|a, b| a.cells.cmp(&b.cells));
    let columns = [("参数", 28), ("取值", 22), ("来历", 34), ("用于", 16)];
    tables::interactive("parameters", "参数取值和来历", &columns, rows)
}

/// Nothing for a parameter that no control of the run names.
fn row(source: &Source<'_>, parameter: &Parameter) -> Option<Row> {
    let outcomes = source.data.outcomes.iter();
    let run = outcomes.filter_map(|o| source.data.catalogue.controls.get(o.control));
    let naming = run.filter(|c| c.parameters.contains(&parameter.name));
    let naming: Vec<_> = naming.map(|c| c.control.id.as_str()).collect();
    (!naming.is_empty()).then(|| {
        Row::of([
            format!("{}（{}）", parameter.label, parameter.name),
            pack::shown(parameter, &source.data.catalogue.schemas),
            pack::provenance(parameter),
            naming.join("、"),
        ])
    })
}
