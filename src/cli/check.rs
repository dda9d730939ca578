//! `zicha check`: the main job.

use super::{args::CheckArgs, choices::FailOn, exit::Exit, output, summary};
use crate::pipeline::{self, Baseline, Ran, Request, Step};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::{SystemTime, UNIX_EPOCH};
use zicha_model::diag::{Diagnostic, Locus, human};
use zicha_model::time::Day;

/// Runs the checklists and tells what came out.
pub(super) fn run(args: &CheckArgs) -> Exit {
    if let Err(problem) = use_threads(args.threads) {
        output::complain(&human::render(&problem));
        return Exit::Failed;
    }
    let bar = progress_bar();
    let outcome = pipeline::check(&request(args), &mut |step| show(&bar, step));
    bar.finish_and_clear();
    match outcome {
        Ok(ran) => {
            output::print(&summary::render(&ran));
            exit(&ran, args.fail_on)
        }
        Err(problems) => {
            output::complain(&problems.iter().map(human::render).collect::<String>());
            output::complain("没有生成报告。\n");
            Exit::Failed
        }
    }
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
        calendar: args.calendar(today()),
        out: args.out.clone(),
        formats,
        baseline,
        fonts: args.fonts.into(),
        redact: args.redact,
    }
}

/// The higher wins: could not be done as asked, findings, clean.
fn exit(ran: &Ran, fail_on: FailOn) -> Exit {
    if ran.has_errors() {
        return Exit::Failed;
    }
    match fail_on.0 {
        Some(severity) if ran.has_findings(severity) => Exit::Findings,
        _ => Exit::Clean,
    }
}

/// Today by the machine's clock in China Standard Time, which has no summer time; the only clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock enters; --as-of replaces it"
)]
pub(super) fn today() -> Day {
    const CHINA: u64 = 8 * 3600;
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    Day(((seconds + CHINA) / 86_400) as i32)
}

fn use_threads(threads: Option<u16>) -> Result<(), Diagnostic> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build_global()
        .map_err(|error| {
            Diagnostic::error(
                "threads",
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
