//! `zicha rollup DIR... --out D`: many units' results in one report.

use super::{args::RollupArgs, exit::Exit, guide, output};
use std::{collections::BTreeSet, fs, path::Path};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, Severity, human};
use zicha_read::decode_text;
use zicha_report::{guide as report_guide, rollup as report};
use zicha_rollup::{self as rollup, Gathered};

/// Gathers, writes, tells.
pub(super) fn run(args: &RollupArgs) -> Exit {
    let mut gathered = rollup::gather(&args.dirs, &args.out);
    if let Some(list) = &args.units {
        match units(list) {
            Ok(names) => gathered.expect(names),
            Err(problem) => gathered.diagnostics.push(problem),
        }
    } else {
        gathered.expect([]);
    }
    let problems = gathered.diagnostics.iter();
    output::complain(&problems.map(human::render).collect::<String>());
    if gathered.summary.entries.is_empty() {
        output::complain("没有可以汇总的结果，没有写出文件。\n");
        return Exit::Failed;
    }
    let exit = write(args, &gathered);
    let failed = gathered
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    if failed { Exit::Failed } else { exit }
}

fn write(args: &RollupArgs, gathered: &Gathered) -> Exit {
    let options = report::Options {
        out: args.out.clone(),
        formats: args.formats(),
        fonts: args.fonts.into(),
        bureau: args.name.clone().unwrap_or_default(),
    };
    match report::write(&gathered.summary, &options) {
        Ok(written) => {
            let summary = &gathered.summary;
            output::print(&format!(
                "计入 {} 份结果，{} 份没有计入，{} 份因有更新的结果而未用。\n",
                summary.entries.len(),
                summary.left_out.len(),
                summary.superseded.len()
            ));
            let options = report_guide::Options {
                out: options.out,
                formats: options.formats,
                fonts: options.fonts,
            };
            guide::tell(&options, &written)
        }
        Err(error) => {
            let place = Locus::file(args.out.display().to_string());
            let problem = Diagnostic::new(
                codes::CANNOT_WRITE,
                format!("汇总写不出来：{error}。"),
                place,
            );
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}

/// The names of the units that ought to report: one a line, `#` begins a remark; of a CSV the
/// first column.
fn units(path: &Path) -> Result<BTreeSet<String>, Diagnostic> {
    let wrong = |why: String| {
        let place = Locus::file(path.display().to_string());
        Diagnostic::new(
            codes::UNITS_UNREADABLE,
            format!("单位名单读不出来：{why}。"),
            place,
        )
        .with_hint("名单是文本文件（UTF-8、UTF-16 或 GBK），一行写一个单位名称。")
    };
    let bytes = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let text = decode_text(&bytes).ok_or_else(|| wrong("文字编码无法识别".to_owned()))?;
    let lines = text.trim_start_matches('\u{feff}').lines();
    let names = lines.map(|line| line.split([',', '\t']).next().unwrap_or_default().trim());
    let names = names.filter(|name| !name.is_empty() && !name.starts_with('#'));
    Ok(names.map(str::to_owned).collect())
}
