//! A run from folder to reports: read → model → check → assess → report.
//!
//! The only place that knows all the steps. Everything it needs comes in the [`Request`]; there is
//! no other clock, and nothing is written but below the output folder.

use std::path::{Path, PathBuf};
use zicha_assess::{self as assess, Assessment};
use zicha_calendar as calendar;
use zicha_engine as check;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, Severity};
use zicha_model::{dataset::Dataset, plan::Plan, results::Results, verdict};
use zicha_read as read;
use zicha_report::{self as report, Written};
use zicha_rule::{
    pack::{self, Catalogue},
    waiver_names,
};
use zicha_scoring::own::{self, OwnScoring};

mod baseline;
mod history;
mod lists;
mod request;
mod run_lock;

use request::cannot_write;
pub use request::{Baseline, Request};

/// The steps of a run, for a progress display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Profile, packs, rules.
    Prepare,
    /// The files of the workspace.
    Read,
    /// The controls.
    Check,
    /// Score, proposals, comparison.
    Assess,
    /// The documents.
    Report,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 5] = [
        Self::Prepare,
        Self::Read,
        Self::Check,
        Self::Assess,
        Self::Report,
    ];

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Prepare => "载入检查标准",
            Self::Read => "读取台账",
            Self::Check => "逐项检查",
            Self::Assess => "汇总评定",
            Self::Report => "生成报告",
        }
    }
}

/// A run that came to its end.
#[derive(Debug)]
pub struct Ran {
    /// The content of `results.json`.
    pub results: Results,
    /// The output folder.
    pub out: PathBuf,
    /// The files written there.
    pub files: Vec<String>,
    /// Everything noticed, settled.
    pub diagnostics: Vec<Diagnostic>,
    /// Ledgers and columns whose addition would decide the most controls, one line each.
    pub advice: Vec<String>,
    /// What was taken for granted, one line each.
    pub assumed: Vec<String>,
}

impl Ran {
    /// True if something could not be done as asked.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }

    /// True if findings at or above a severity are new, open or reopened and not waived, or cells
    /// were unreadable.
    pub fn has_findings(&self, at_least: verdict::Severity) -> bool {
        use zicha_model::results::{FindingKind, State};
        self.results.findings.iter().any(|finding| {
            let stands = finding.state != State::Fixed && !finding.waived;
            stands && (finding.severity >= at_least || finding.kind == FindingKind::Unreadable)
        })
    }
}

/// Runs checklists against a workspace and writes the reports. `Err` holds every reason why nothing
/// could be done; nothing is written then.
pub fn check(request: &Request, progress: &mut dyn FnMut(Step)) -> Result<Ran, Vec<Diagnostic>> {
    progress(Step::Prepare);
    folder_exists(&request.dir)?;
    let (profile, waivers, mut diagnostics) = read::settings::profile::load(&request.dir);
    let (mut catalogue, told) = pack::load(&request.dir, &profile);
    diagnostics.extend(told);
    refuse_on_errors(&mut diagnostics)?;
    let scoring = own::load(&request.dir, &profile).map_err(|problem| vec![problem])?;
    diagnostics.extend(ask(scoring.as_ref(), &mut catalogue));
    let (plan, told) = calendar::plan(&request.calendar, &profile);
    diagnostics.extend(told);
    let out = request
        .out
        .clone()
        .unwrap_or_else(|| request.dir.join("out").join(run_name(&plan)));
    let lock = run_lock::take(request, &out).map_err(|problem| vec![problem])?;
    let baseline = baseline::load(request, &plan, &mut diagnostics)?;
    let history = history::load(request, &plan, &mut diagnostics);
    let mut found = lists::find(request, &plan, &out);
    diagnostics.append(&mut found.diagnostics);

    progress(Step::Read);
    let options = read::Options {
        leave_out: left_out(&request.dir, scoring.as_ref(), Some(&out)),
    };
    let mut dataset = read::read(&request.dir, &catalogue.schemas, &profile, &options);
    dataset.hold_back_future_facts(&catalogue.schemas, plan.as_of);
    diagnostics.extend(dataset.diagnostics.iter().cloned());
    something_was_read(&request.dir, &dataset, &diagnostics)?;
    diagnostics.extend(nothing_filled_in(&catalogue, &dataset));

    progress(Step::Check);
    let outcomes = check::run(&catalogue, &dataset, &plan, &profile);

    progress(Step::Assess);
    let a_year = plan.as_of.add_months(12);
    let festivals = calendar::festivals(plan.as_of, a_year, &profile);
    let assessment = assess::assess(assess::Input {
        catalogue: &catalogue,
        dataset: &dataset,
        plan: &plan,
        profile: &profile,
        waivers: &waivers,
        outcomes,
        diagnostics,
        baseline,
        history: match request.baseline {
            Baseline::None => Vec::new(),
            _ => history.before(&plan),
        },
        lists: std::mem::take(&mut found.lists),
        beside: found.beside.take(),
        festivals: &festivals,
        scoring,
    });

    progress(Step::Report);
    found
        .keep()
        .map_err(|error| vec![cannot_write(&out, &error)])?;
    let written = write(&assessment, request, &out)?;
    baseline::keep(request, &plan, &assessment.results)
        .and_then(|()| history.keep(request, &assessment.this_run))
        .map_err(|error| vec![cannot_write(&out, &error)])?;
    drop(lock);
    Ok(finish(assessment, written, out))
}

/// Reads a workspace as `check` does, for commands that only show how it was understood.
pub fn read_only(dir: &Path) -> Result<(Catalogue, Dataset, Vec<Diagnostic>), Vec<Diagnostic>> {
    folder_exists(dir)?;
    let (profile, _, mut diagnostics) = read::settings::profile::load(dir);
    let (mut catalogue, told) = pack::load(dir, &profile);
    diagnostics.extend(told);
    refuse_on_errors(&mut diagnostics)?;
    let scoring = own::load(dir, &profile).unwrap_or_default();
    ask(scoring.as_ref(), &mut catalogue);
    let options = read::Options {
        leave_out: left_out(dir, scoring.as_ref(), None),
    };
    let dataset = read::read(dir, &catalogue.schemas, &profile, &options);
    diagnostics.extend(dataset.diagnostics.iter().cloned());
    zicha_model::diag::sort_and_dedup(&mut diagnostics);
    Ok((catalogue, dataset, diagnostics))
}

/// What the settings of a workspace are, and everything that is wrong with them.
#[derive(Debug)]
pub struct Linted {
    /// What would be checked against.
    pub catalogue: Catalogue,
    /// How many waivers there are.
    pub waivers: usize,
    /// How many on-site answers are given.
    pub answers: usize,
    /// The mistakes, settled.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks for mistakes in profile, packs, waivers, scoring model and on-site answers; nothing is run.
pub fn lint(dir: &Path) -> Result<Linted, Vec<Diagnostic>> {
    folder_exists(dir)?;
    let (profile, waivers, mut diagnostics) = read::settings::profile::load(dir);
    let (mut catalogue, told) = pack::load(dir, &profile);
    let whole = told.iter().all(|d| d.severity != Severity::Error);
    diagnostics.extend(told);
    let scoring = own::load(dir, &profile).unwrap_or_else(|problem| {
        diagnostics.push(problem);
        None
    });
    diagnostics.extend(ask(scoring.as_ref(), &mut catalogue));
    diagnostics.extend(assess::scoring_mistakes(
        &profile,
        scoring.as_ref(),
        &catalogue,
    ));
    // The answers may stand in any file, so all are read; what else is wrong there a run tells.
    let options = read::Options {
        leave_out: left_out(dir, scoring.as_ref(), None),
    };
    let dataset = read::read(dir, &catalogue.schemas, &profile, &options);
    let (mut about_controls, answers) = assess::answer_mistakes(&catalogue, &dataset);
    let mapping = dataset.diagnostics.iter();
    diagnostics.extend(
        mapping
            .filter(|d| [codes::PROFILE_MAPPING, codes::PROFILE_UNMATCHED].contains(&d.code))
            .cloned(),
    );
    about_controls.extend(waiver_names::mistakes(dir, &waivers, &catalogue));
    // A control that a mistake keeps out is there all the same.
    let codes = [
        codes::UNKNOWN_CONTROL,
        codes::WAIVER_UNKNOWN_CONTROL,
        codes::ANSWER_UNKNOWN_CONTROL,
    ];
    let unknown = |d: &Diagnostic| codes.contains(&d.code);
    about_controls.retain(|told| whole || !unknown(told));
    diagnostics.extend(about_controls);
    zicha_model::diag::sort_and_dedup(&mut diagnostics);
    Ok(Linted {
        catalogue,
        waivers: waivers.len(),
        answers,
        diagnostics,
    })
}

/// Adds the questions of the unit's score table to the catalogue.
fn ask(scoring: Option<&OwnScoring>, catalogue: &mut Catalogue) -> Vec<Diagnostic> {
    scoring.map_or_else(Vec::new, |own| own.ask(catalogue))
}

/// What is never read for ledgers: the output folders, a bureau's score table.
fn left_out(dir: &Path, scoring: Option<&OwnScoring>, out: Option<&Path>) -> Vec<PathBuf> {
    let form = scoring.and_then(|own| own.left_out(dir));
    let out = out.map(Path::to_owned);
    out.into_iter()
        .chain([dir.join("out")])
        .chain(form)
        .collect()
}

/// `2026-annual`, `2026-national-day`, `2026-all`: the default output folder and the history's suffix.
fn run_name(plan: &Plan) -> String {
    format!("{}-{}", plan.year, plan.checklist_name())
}

fn folder_exists(dir: &Path) -> Result<(), Vec<Diagnostic>> {
    let shown = dir.display().to_string();
    let problem = if !dir.exists() {
        Diagnostic::new(
            codes::FOLDER_MISSING,
            "要检查的文件夹不存在。",
            Locus::file(shown),
        )
    } else if !dir.is_dir() {
        Diagnostic::new(
            codes::FOLDER_EXPECTED,
            "这里要写存放台账的文件夹，而不是单个文件。",
            Locus::file(shown),
        )
    } else {
        return Ok(());
    };
    Err(vec![problem.with_hint(
        "核对文件夹的位置和名称；文件夹名中有空格的，用引号括起来。",
    )])
}

fn refuse_on_errors(diagnostics: &mut Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        zicha_model::diag::sort_and_dedup(diagnostics);
        return Err(std::mem::take(diagnostics));
    }
    Ok(())
}

/// Refuses if no file could be taken for a ledger: a report about nothing would look like a clean one.
fn something_was_read(
    dir: &Path,
    dataset: &Dataset,
    so_far: &[Diagnostic],
) -> Result<(), Vec<Diagnostic>> {
    if dataset.tables.iter().any(Option::is_some) {
        return Ok(());
    }
    let mut reasons = so_far.to_vec();
    let message = if dataset.inputs.is_empty() {
        "文件夹里没有可以读取的台账文件。"
    } else {
        "文件夹里的文件都不能认作台账，没有可检查的内容。"
    };
    reasons.push(Diagnostic::new(codes::NOTHING_TO_READ, message, Locus::file(dir.display().to_string())).with_hint(
        "把台账(xlsx、xls、et、ods、csv、yaml)放进这个文件夹；已经放了的，用 zicha ledgers 查看每张表是怎样识别的。",
    ));
    zicha_model::diag::sort_and_dedup(&mut reasons);
    Err(reasons)
}

/// Tells that every ledger is still empty. The answer sheet does not count: its rows are there
/// before anybody has answered.
fn nothing_filled_in(catalogue: &Catalogue, dataset: &Dataset) -> Option<Diagnostic> {
    let answers = catalogue.schemas.ledger_by_id("attestations");
    let mut tables = dataset.tables.iter().flatten();
    if tables.any(|table| Some(table.ledger) != answers && !table.is_empty()) {
        return None;
    }
    let message = "台账都还没有填写，这次检查没有可以判定的内容，得分和等次不反映实际情况。";
    let told = Diagnostic::new(codes::WORKSPACE_EMPTY, message, Locus::default());
    Some(told.with_hint(
        "按各工作簿里的“填写说明”填好台账，再重新检查；没有此类事项的写进 zicha.yaml 的 not_kept。",
    ))
}

fn write(
    assessment: &Assessment<'_>,
    request: &Request,
    out: &Path,
) -> Result<Written, Vec<Diagnostic>> {
    let options = report::Options {
        out: out.to_owned(),
        formats: request.formats.clone(),
        fonts: request.fonts,
        redact: request.redact,
    };
    report::write(assessment, &options).map_err(|error| vec![cannot_write(out, &error)])
}

fn finish(assessment: Assessment<'_>, written: Written, out: PathBuf) -> Ran {
    let mut diagnostics = assessment.diagnostics;
    diagnostics.extend(written.diagnostics);
    zicha_model::diag::sort_and_dedup(&mut diagnostics);
    let schemas = &assessment.catalogue.schemas;
    let advice = zicha_report::advice::lines(schemas, &assessment.results.advice);
    let assumed = zicha_report::advice::assumed(schemas, assessment.dataset);
    Ran {
        advice,
        assumed,
        results: assessment.results,
        out,
        files: written.files,
        diagnostics,
    }
}
