//! `zicha check`: the main job.

use super::{
    args::CheckArgs,
    choices::FailOn,
    clock,
    exit::Exit,
    output,
    summary::{self, Detail},
};
use crate::pipeline::{self, Baseline, Ran, Request, Step};
use indicatif::{ProgressBar, ProgressStyle};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, human};

/// Runs the checklists and tells what came out.
pub(super) fn run(args: &CheckArgs) -> Exit {
    match perform(args) {
        Ok(ran) => {
            let text = if args.json {
                summary::json(&ran)
            } else {
                summary::render(&ran, args.detail())
            };
            output::print(&text);
            exit(&ran, args.fail_on)
        }
        Err(problems) => {
            if args.json {
                output::print(&summary::refusal_json(&problems));
            }
            output::complain(&problems.iter().map(human::render).collect::<String>());
            output::complain("没有生成报告。\n");
            Exit::Failed
        }
    }
}

/// Runs the checklists with a progress bar on a terminal.
pub(super) fn perform(args: &CheckArgs) -> Result<Ran, Vec<Diagnostic>> {
    use_threads(args.threads).map_err(|problem| vec![problem])?;
    let bar = match args.detail() {
        Detail::Quiet => ProgressBar::hidden(),
        _ => progress_bar(),
    };
    let outcome = pipeline::check(&request(args), &mut |step| show(&bar, step));
    bar.finish_and_clear();
    outcome
}

fn request(args: &CheckArgs) -> Request {
    let mut formats: Vec<_> = args.format.iter().map(|&format| format.into()).collect();
    formats.sort();
    formats.dedup();
    let baseline = match &args.baseline {
        Some(path) => Baseline::File(path.clone()),
        None if args.no_baseline => Baseline::None,
        None => Baseline::Latest,
    };
    Request {
        dir: args.dir.clone(),
        calendar: args.calendar(clock::today()),
        out: args.out.clone(),
        formats,
        baseline,
        fonts: args.fonts.into(),
        redact: args.redact,
    }
}

/// The higher wins: could not be done as asked, findings, clean.
pub(super) fn exit(ran: &Ran, fail_on: FailOn) -> Exit {
    if ran.has_errors() {
        return Exit::Failed;
    }
    match fail_on.0 {
        Some(severity) if ran.has_findings(severity) => Exit::Findings,
        _ => Exit::Clean,
    }
}

fn use_threads(threads: Option<u16>) -> Result<(), Diagnostic> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build_global()
        .map_err(|error| {
            Diagnostic::new(
                codes::THREADS,
                format!("不能启动 {threads} 个线程：{error}。"),
                Locus::default(),
            )
            .with_hint("去掉 --threads,由程序自己决定。")
        })
}

/// A bar on standard error, drawn only on a terminal.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(Step::ALL.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:20} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, step: Step) {
    let at = Step::ALL.iter().position(|&s| s == step).unwrap_or(0);
    bar.set_position(at as u64);
    bar.set_message(step.label());
}
