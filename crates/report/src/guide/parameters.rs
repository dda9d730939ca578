//! Parameters as people read them: value in force, and where it comes from.

use zicha_model::control::Parameter;
use zicha_rule::pack::{self, Catalogue, Compiled};

/// A line for each parameter that a control's rule or question names:
/// `访问权限复核间隔（月）：6（默认值，本程序设定，来源没有数字（002 G5））`.
pub(super) fn lines(catalogue: &Catalogue, compiled: &Compiled) -> Vec<String> {
    let parameters = catalogue.parameters_of(compiled);
    parameters.into_iter().map(|p| line(catalogue, p)).collect()
}

fn line(catalogue: &Catalogue, parameter: &Parameter) -> String {
    format!(
        "{}：{}（{}）",
        parameter.label,
        pack::shown(parameter, &catalogue.schemas),
        pack::provenance(parameter)
    )
}
