//! `zicha lint`: every mistake in profile, packs, waivers, scoring model and on-site answers, with its
//! place; nothing is run.

use super::{args::LintArgs, choices::LintFormat, exit::Exit, output};
use crate::pipeline;
use zicha_model::diag::{Severity, human, sarif};

/// Prints every mistake; the exit code says whether there is one.
pub(super) fn run(args: &LintArgs) -> Exit {
    let linted = match pipeline::lint(&args.dir) {
        Ok(linted) => linted,
        Err(told) => {
            let text: String = told.iter().map(human::render).collect();
            output::complain(&text);
            return Exit::Failed;
        }
    };
    let told = &linted.diagnostics;
    let mistakes = told.iter().filter(|d| d.severity != Severity::Note).count();
    if args.format == LintFormat::Sarif {
        output::print(&sarif::render(told, env!("CARGO_PKG_VERSION")));
        return if mistakes > 0 {
            Exit::Findings
        } else {
            Exit::Clean
        };
    }
    let text: String = told.iter().map(human::render).collect();
    output::print(&text);
    if mistakes > 0 {
        output::print(&format!("共 {mistakes} 处需要处理。\n"));
        return Exit::Findings;
    }
    output::print(&format!(
        "设置没有错误：{} 个检查项，{} 个参数，{} 条豁免，{} 条现场检查答复。\n",
        linted.catalogue.controls.len(),
        linted.catalogue.parameters.len(),
        linted.waivers,
        linted.answers
    ));
    Exit::Clean
}
