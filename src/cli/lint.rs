//! `zicha lint`: every mistake in profile, packs and waivers, with its place; nothing is run.

use super::{Exit, args::LintArgs, output};
use crate::diag::{Severity, human, settle};
use crate::read;
use crate::rule::pack;

/// Prints every mistake; the exit code says whether there is one.
pub(super) fn run(args: &LintArgs) -> Exit {
    let (profile, waivers, mut told) = read::profile::load(&args.dir);
    let (catalogue, more) = pack::load(&args.dir, &profile);
    told.extend(more);
    settle(&mut told);
    let text: String = told.iter().map(human::render).collect();
    output::print(&text);
    let mistakes = told.iter().filter(|d| d.severity != Severity::Note).count();
    if mistakes > 0 {
        output::print(&format!("共 {mistakes} 处需要处理。\n"));
        return Exit::Findings;
    }
    let controls = catalogue.controls.len();
    output::print(&format!(
        "设置没有错误：{controls} 个检查项，{} 个参数，{} 条豁免。\n",
        catalogue.parameters.len(),
        waivers.len()
    ));
    Exit::Clean
}
