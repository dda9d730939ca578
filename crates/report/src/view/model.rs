//! Everything the documents show.

use crate::document::blocks::{Chart, Problem};
use crate::document::paper::{Document, Fact, Frame, Letterhead};
use crate::view::{papers::questions::OpenQuestion, results::form::FormView};
use serde::Serialize;
use std::collections::BTreeMap;
use zicha_assess::due::DueDates;
use zicha_model::rectification::Cells;

/// Everything the documents show.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// Name of the unit; `（未填写单位名称）` if nothing names it.
    pub unit: String,
    /// The program's name and version, for the foot of the documents.
    pub tool: String,
    /// The day the run stands on, such as `2026年9月28日`.
    pub date: String,
    /// The same as `2026-09-28`, for metadata and file times.
    pub as_of: String,
    /// Year checked.
    pub year: i32,
    /// Only the festival checklist ran: the report is the short 节前检查报告, without a score.
    pub festival_only: bool,
    /// Names, titles and numbers are masked.
    pub redacted: bool,
    /// What heads and ends the documents.
    pub letterhead: Letterhead,
    /// Run facts for the head of every document: 检查基准日, 清单, 检查期间, …
    pub facts: Vec<Fact>,
    /// The overview for the leader in charge.
    pub overview: Overview,
    /// 自查报告, or 节前保密检查情况报告 where only that was run: signed and sent, a few pages.
    pub report: Document,
    /// 自查工作底稿: everything that was found and how, for the file.
    pub working_paper: Document,
    /// 年度保密工作情况报告, where the annual checklist ran.
    pub yearly: Option<Document>,
    /// The papers before a holiday beside the report: 节前保密检查记录表, and with both checklists
    /// 节前保密检查情况报告.
    pub festival: Vec<Document>,
    /// 整改清单.
    pub list: Document,
    /// 奖惩汇总.
    pub summary: Document,
    /// 整改通知单, all of them, for the secrecy office.
    pub notices: Document,
    /// 自评表 by a bureau's own score table, where the run is scored by one.
    pub form: Option<FormView>,
    /// On-site questions still open, one entry a question and object.
    #[serde(skip)]
    pub questions: Vec<OpenQuestion>,
    /// 整改通知单, a file for every department with its own problems only.
    #[serde(skip)]
    pub leaflets: Vec<Notice>,
    /// 整改清单 as the workbook that people fill in.
    #[serde(skip)]
    pub sheets: Vec<ListSheet>,
    /// 到期提醒.
    #[serde(skip)]
    pub due: DueDates,
}

/// 整改通知单 of one department.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The leaflet; its stem leads into the folder of the notices.
    pub document: Document,
    /// Its rows of the workbook 整改清单: sheet and row of [`View::sheets`].
    pub rows: Vec<(usize, usize)>,
}

/// A sheet of the workbook 整改清单.
#[derive(Clone, Debug)]
pub struct ListSheet {
    /// Its name.
    pub name: String,
    /// Its caption.
    pub caption: String,
    /// Its rows.
    pub rows: Vec<ListRow>,
}

/// A row of the workbook 整改清单.
#[derive(Clone, Debug, Default)]
pub struct ListRow {
    /// Texts by column.
    pub cells: Cells,
    /// Columns that people added.
    pub extra: BTreeMap<String, String>,
    /// The finding's fingerprint, or the id of an item that people added.
    pub id: String,
    /// What the program had put into the open columns.
    pub check: String,
}

/// A counted word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tally {
    /// Stable id for styling: `fail`, `unknown`, … or `critical`, `serious`, `general`, `hint`.
    pub id: String,
    /// The word people read.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// The state at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// One sentence that says it all.
    pub summary: String,
    /// Grade; empty where no score is made (festival checklist).
    pub grade: String,
    /// How grade and score came about, one sentence; empty without a score.
    pub score: String,
    /// Percentage as printed, such as `86.5`; empty without a score.
    pub percent: String,
    /// Controls by verdict, all seven, in the order of `Verdict::ALL`.
    pub verdicts: Vec<Tally>,
    /// Findings (not waived, not fixed) by severity, the worst first.
    pub severities: Vec<Tally>,
    /// The worst problems, at most ten.
    pub worst: Vec<Problem>,
    /// Number of problems in all (`worst` shows the first).
    pub problems: usize,
    /// Findings whose due day lies before the day of the run.
    pub overdue: usize,
    /// The same by control and department, the longest overdue first, at most ten.
    pub late: Vec<Late>,
    /// Number of such groups in all (`late` shows the first).
    pub late_groups: usize,
    /// What the office fills in before the papers are sent, one line each.
    pub gaps: Vec<String>,
    /// What was not checked, one line each; empty only if everything was.
    pub unchecked: Vec<String>,
    /// Ledgers and columns whose addition would decide the most controls, one line each.
    pub advice: Vec<String>,
    /// What was taken for granted where no column says so, one line each.
    pub assumed: Vec<String>,
    /// Comparison with the last run, one sentence.
    pub follow_up: String,
    /// Verdicts by chapter.
    pub chart: Chart,
    /// Findings by severity and department.
    pub departments: Option<Chart>,
    /// What moved since the last run; `None` without one.
    pub trend: Option<Chart>,
    /// The course over all runs of the checklist; `None` without an earlier one.
    pub history: Option<Chart>,
    /// Where runs cannot be compared; empty if they can.
    pub caution: String,
}

/// Findings of one control in one department that should have been mended before the day of the run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Late {
    /// What is wrong, short: the control's title.
    pub title: String,
    /// Department responsible.
    pub department: String,
    /// Number of findings.
    pub count: usize,
    /// Days since the due day, of the finding that is longest overdue.
    pub days: u32,
    /// Anchor of the problem in the report.
    pub anchor: String,
}

impl View {
    /// The papers as pages, the working paper first; the notices are one page.
    pub fn documents(&self) -> Vec<&Document> {
        let papers = [
            &self.working_paper,
            &self.list,
            &self.summary,
            &self.notices,
            &self.report,
        ];
        let papers = papers.into_iter().chain(&self.yearly);
        papers.chain(&self.festival).collect()
    }

    /// The papers that are printed, the working paper first; every notice is a file of its own.
    pub fn printed(&self) -> Vec<&Document> {
        let papers = [&self.working_paper, &self.list, &self.summary, &self.report];
        let papers = papers.into_iter().chain(&self.yearly);
        papers
            .chain(&self.festival)
            .chain(self.leaflets())
            .collect()
    }

    /// The papers of running text, which offices edit before they sign.
    pub fn text_papers(&self) -> Vec<&Document> {
        let papers = [&self.report]
            .into_iter()
            .chain(&self.yearly)
            .chain(&self.festival);
        papers
            .chain([&self.summary])
            .chain(self.leaflets())
            .collect()
    }

    fn leaflets(&self) -> impl Iterator<Item = &Document> {
        self.leaflets.iter().map(|notice| &notice.document)
    }

    /// What stands around its documents.
    pub fn frame(&self) -> Frame {
        Frame {
            unit: self.unit.clone(),
            tool: self.tool.clone(),
            date_label: "检查基准日".to_owned(),
            date: self.date.clone(),
            as_of: self.as_of.clone(),
            redacted: self.redacted,
            letterhead: self.letterhead.clone(),
            facts: self.facts.clone(),
        }
    }
}
