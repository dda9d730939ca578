//! All formats of one run, in the order of the overview.

use crate::html::FileLink;
use crate::options::{Fonts, Format, Options};
use crate::output::atomic_write::Staged;
use crate::output::manifest;
use crate::output::manifest::Face;
use crate::redaction::mask::Mask;
use crate::view::View;
use crate::{docx, due, findings_table, oscal};
use crate::{html, json, pdf, xlsx};
use std::io;
use zicha_assess::MoreUnreadable;
use zicha_model::diag::Diagnostic;
use zicha_model::manifest::File;
use zicha_model::results::Results;

/// The file that holds everything.
const RESULTS: &str = "results.json";

/// The files of the output folder in the order of the overview: name, format, purpose.
const FILES: &[(&str, Format, &str)] = &[
    (
        "index.html",
        Format::Html,
        "概览：等次、结论、突出问题、未检查事项",
    ),
    ("自查报告.html", Format::Html, "自查自评报告，供阅览"),
    (
        "自查报告.pdf",
        Format::Pdf,
        "自查自评报告，公文格式，供印发、报送",
    ),
    (
        "自查报告.docx",
        Format::Docx,
        "自查自评报告，可在 WPS、Word 中修改后送审",
    ),
    (
        "年度保密工作情况报告.html",
        Format::Html,
        "条例第五十六条规定的年度报告，供阅览",
    ),
    (
        "年度保密工作情况报告.pdf",
        Format::Pdf,
        "年度报告，公文格式，供印发、报送",
    ),
    (
        "年度保密工作情况报告.docx",
        Format::Docx,
        "年度报告，可在 WPS、Word 中修改后送审",
    ),
    (
        "节前保密检查情况报告.html",
        Format::Html,
        "节前检查情况报告，供阅览",
    ),
    (
        "节前保密检查情况报告.pdf",
        Format::Pdf,
        "节前检查情况报告，供报送",
    ),
    (
        "节前保密检查情况报告.docx",
        Format::Docx,
        "节前检查情况报告，可在 WPS、Word 中修改",
    ),
    (
        "节前保密检查记录表.html",
        Format::Html,
        "节前检查项目、值班安排",
    ),
    (
        "节前保密检查记录表.pdf",
        Format::Pdf,
        "节前检查项目、值班安排，供检查人员签字",
    ),
    (
        "节前保密检查记录表.docx",
        Format::Docx,
        "节前检查记录表，可在 WPS、Word 中修改",
    ),
    (
        "自查工作底稿.html",
        Format::Html,
        "全部检查项、问题和依据，可查找、筛选",
    ),
    (
        "自查工作底稿.pdf",
        Format::Pdf,
        "全部检查项、问题和依据，供存档",
    ),
    (
        "整改清单.html",
        Format::Html,
        "整改清单，可查找、筛选、排序",
    ),
    ("整改清单.pdf", Format::Pdf, "整改清单，供印发"),
    (
        "整改清单.xlsx",
        Format::Xlsx,
        "整改清单，供填写整改情况，下次检查读回",
    ),
    (
        "自评表.xlsx",
        Format::Xlsx,
        "自评表，扣分逐项有据，供核对、报送",
    ),
    (
        "自评表.docx",
        Format::Docx,
        "自评表，可在 WPS、Word 中修改后报送",
    ),
    ("奖惩汇总.html", Format::Html, "奖惩建议，由有权机关决定"),
    ("奖惩汇总.pdf", Format::Pdf, "奖惩建议，供报送"),
    (
        "奖惩汇总.docx",
        Format::Docx,
        "奖惩建议，可在 WPS、Word 中修改",
    ),
    (
        "整改通知单.html",
        Format::Html,
        "全部整改通知单，供保密工作机构掌握",
    ),
    (
        due::WORKBOOK,
        Format::Xlsx,
        "今后半年到期的事项，按月份和责任人",
    ),
    (due::CALENDAR, Format::Xlsx, "同上，供导入日历"),
    (
        "现场答复.html",
        Format::Html,
        "没有答复的现场检查事项，在屏幕上答复后存成文件读回",
    ),
    (
        RESULTS,
        Format::Json,
        "全部结果的数据，供程序读取和下次比较",
    ),
    ("summary.json", Format::Json, "结果的合计，供上级汇总"),
    (
        findings_table::NAME,
        Format::Csv,
        "问题明细表，供其他程序读取、作数据透视",
    ),
    (oscal::ASSESSMENT, Format::Oscal, "检查结果，OSCAL 格式"),
    (oscal::ACTION_PLAN, Format::Oscal, "整改计划，OSCAL 格式"),
];

/// The folder of the single notices.
const NOTICES: &str = "整改通知单/";

/// What was rendered.
#[derive(Default)]
pub(crate) struct Rendered {
    /// Faces that the PDF documents are set in.
    pub(crate) faces: Vec<Face>,
    /// What could not be done.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Writes the data: `results.json` and `summary.json`; `more` as [`json::render`] has it.
pub(crate) fn data(
    results: &Results,
    more: &MoreUnreadable<'_>,
    mask: Option<&Mask>,
    files: &mut Staged,
) -> io::Result<()> {
    let shown = |finding| match mask {
        Some(mask) => mask.finding(finding),
        None => finding,
    };
    let listed = more.findings().map(shown);
    files.stream(RESULTS, |out| json::render(results, listed, out))?;
    let digests = files.files().last().map(|file| &file.digests);
    let sha256 = digests.map_or("", |digests| &digests.sha256);
    let summary = zicha_rollup::unit_summary(results, more.len() as u32, sha256)?;
    files.put("summary.json", &summary)
}

/// Writes what other programs read beside the results, with all findings; `more` as [`json::render`] has it.
pub(crate) fn exchange(
    results: &Results,
    more: &MoreUnreadable<'_>,
    mask: Option<&Mask>,
    formats: &[Format],
    files: &mut Staged,
) -> io::Result<()> {
    let mut whole = results.clone();
    whole
        .findings
        .extend(more.findings().map(|finding| match mask {
            Some(mask) => mask.finding(finding),
            None => finding,
        }));
    if formats.contains(&Format::Csv) {
        files.put(findings_table::NAME, &findings_table::render(&whole)?)?;
    }
    if formats.contains(&Format::Oscal) {
        for (name, bytes) in oscal::render(&whole)? {
            files.put(&name, &bytes)?;
        }
    }
    Ok(())
}

/// Writes the papers in the formats wanted.
pub(crate) fn papers(
    mut view: View,
    options: &Options,
    (form, told): (Vec<(String, Vec<u8>)>, Vec<Diagnostic>),
    files: &mut Staged,
) -> io::Result<Rendered> {
    let wanted = |format| options.formats.contains(&format);
    let mut rendered = Rendered {
        diagnostics: told,
        ..Rendered::default()
    };
    for (name, bytes) in form {
        files.put(&name, &bytes)?;
    }
    if wanted(Format::Pdf) {
        pdf(&view, options.fonts, files, &mut rendered)?;
    }
    if wanted(Format::Docx) {
        let frame = view.frame();
        for document in view.text_papers() {
            let (name, bytes) = docx::render(&frame, document)?;
            files.put(&name, &bytes)?;
        }
    }
    if wanted(Format::Xlsx) {
        for notice in &view.leaflets {
            let workbook = xlsx::notice(&view, notice).map_err(io::Error::other)?;
            files.put(&format!("{}.xlsx", notice.document.stem), &workbook)?;
        }
        // The last, as it uses up the rows.
        let workbook = xlsx::render(&mut view).map_err(io::Error::other)?;
        files.put("整改清单.xlsx", &workbook)?;
        let workbook = due::workbook(&view, &view.due).map_err(io::Error::other)?;
        files.put(due::WORKBOOK, &workbook)?;
        files.put(due::CALENDAR, due::calendar(&view, &view.due).as_bytes())?;
    }
    if wanted(Format::Html) {
        let links = links(&view, files.files());
        let pages = html::render(&view, &links).map_err(io::Error::other)?;
        for (name, page) in pages {
            files.put(&name, page.as_bytes())?;
        }
    }
    Ok(rendered)
}

/// Puts files into the order of the overview.
pub(crate) fn sort(files: &mut Staged) {
    let place = |name: &str| FILES.iter().position(|f| f.0 == name);
    files.sort_by_key(|file| place(&file.path).unwrap_or(FILES.len()));
}

/// Adds the PDF documents, or why there are none.
fn pdf(view: &View, fonts: Fonts, files: &mut Staged, rendered: &mut Rendered) -> io::Result<()> {
    match pdf::render(view, fonts) {
        Ok(papers) => {
            for (name, bytes) in papers.files {
                files.put(&name, &bytes)?;
            }
            rendered.faces = papers.faces;
            rendered.diagnostics.extend(papers.diagnostics);
        }
        Err(told) => rendered.diagnostics.push(told),
    }
    Ok(())
}

/// What the pages link to: themselves, what was rendered, and the manifest.
fn links(view: &View, others: &[File]) -> Vec<FileLink> {
    let mut pages: Vec<_> = view
        .documents()
        .iter()
        .map(|d| format!("{}.html", d.stem))
        .collect();
    pages.extend((!view.questions.is_empty()).then(|| html::ANSWER_PAGE.to_owned()));
    let listed = FILES.iter().filter(|(name, _, _)| {
        *name == "index.html"
            || pages.iter().any(|page| page == name)
            || others.iter().any(|other| other.path == *name)
    });
    let link = |name: &str, purpose: &str| FileLink {
        name: name.to_owned(),
        purpose: purpose.to_owned(),
    };
    let links = listed.map(|(name, _, purpose)| link(name, purpose));
    let leaflets = others.iter().any(|file| file.path.starts_with(NOTICES));
    let notices = leaflets.then(|| {
        let told = "整改通知单，每个责任部门一份，只列本部门的问题，供分发、签收；电子表格填好后放回原处，下次检查读回";
        link(NOTICES, told)
    });
    let manifest = link(
        manifest::NAME,
        "输入、输出文件的校验值，用于核对文件是否改动",
    );
    links.chain(notices).chain([manifest]).collect()
}
