//! `zicha guide`: the checklists as documents for people.

use super::{args::GuideArgs, clock, exit::Exit, output};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, Severity, human};
use zicha_read as read;
use zicha_report::{
    Written,
    guide::{Guide, Options},
    handout,
};
use zicha_rule::pack;

/// Writes the guide, or the table of clauses and controls.
pub(super) fn run(args: &GuideArgs) -> Exit {
    if args.manual {
        return manual(args);
    }
    let (profile, _, mut told) = read::settings::profile::load(&args.dir);
    let (catalogue, more) = pack::load(&args.dir, &profile);
    told.extend(more);
    let mistakes: Vec<_> = told
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    if !mistakes.is_empty() {
        output::complain(&mistakes.into_iter().map(human::render).collect::<String>());
        output::complain("没有写出文件。\n");
        return Exit::Failed;
    }
    let guide = Guide {
        catalogue: &catalogue,
        profile: &profile,
        as_of: args.as_of.unwrap_or_else(clock::today),
    };
    let options = Options {
        out: args.out.clone().unwrap_or_else(|| {
            args.dir
                .join("out")
                .join(if args.trace { "trace" } else { "guide" })
        }),
        formats: args.formats(),
        fonts: args.fonts.into(),
    };
    let written = if args.trace {
        guide.write_trace(&options)
    } else {
        guide.write(&options)
    };
    told_of(&options, written)
}

/// Writes 使用说明, which depends on no workspace.
fn manual(args: &GuideArgs) -> Exit {
    let options = Options {
        out: args
            .out
            .clone()
            .unwrap_or_else(|| args.dir.join("out/manual")),
        formats: args.formats(),
        fonts: args.fonts.into(),
    };
    let day = args.as_of.unwrap_or_else(clock::today);
    let written = handout::write(&options.out, &options.formats, day, options.fonts);
    told_of(&options, written)
}

fn told_of(options: &Options, written: std::io::Result<Written>) -> Exit {
    match written {
        Ok(written) => tell(options, &written),
        Err(error) => {
            let place = Locus::file(options.out.display().to_string());
            let problem =
                Diagnostic::new(codes::CANNOT_WRITE, format!("写不出来：{error}。"), place);
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}

/// Lists the files; what could not be done first.
pub(super) fn tell(options: &Options, written: &Written) -> Exit {
    let problems = written.diagnostics.iter();
    output::complain(&problems.map(human::render).collect::<String>());
    let mut text = format!("写出的文件在 {}：\n", options.out.display());
    for file in &written.files {
        text.push_str(&format!("  {file}\n"));
    }
    output::print(&text);
    let failed = written
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    if failed { Exit::Failed } else { Exit::Clean }
}
