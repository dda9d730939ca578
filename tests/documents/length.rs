//! How long papers are: what nobody would read to the end is no report.

use super::documents;
use std::path::Path;
use tempfile::TempDir;
use zicha_testing::poppler;

/// The text of a paper, page by page; `None` without PDF or poppler.
fn pages(paper: &Path) -> Option<Vec<String>> {
    if !super::can_make_pdf() {
        return None;
    }
    let text = poppler("pdftotext", &["-raw"], paper)?;
    let text = text.trim_end_matches('\u{c}');
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

fn sample(name: &str) -> String {
    format!("{}/sample-data/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_paper_before_a_holiday_takes_two_pages_at_most() {
    for name in ["orderly", "faulty"] {
        let dir = TempDir::new().unwrap();
        let arguments = [&sample(name), "--checklist", "festival", "--format", "pdf"];
        let Some(pages) = pages(&documents(dir.path(), &arguments).join("自查报告.pdf")) else {
            return;
        };
        assert!(pages.len() <= 2, "{name}: {} pages", pages.len());
        assert!(pages.concat().contains("没有检查和无法判定的事项"));
        let signed = |line: &str| super::closed_up(line) == "年月日".repeat(3);
        assert!(pages[1].lines().any(signed), "side by side: {}", pages[1]);
    }
}

#[test]
fn the_annual_report_names_every_problem_in_thirty_pages_and_no_notice_ends_with_a_bare_signature()
{
    let dir = TempDir::new().unwrap();
    let out = documents(dir.path(), &[&sample("faulty"), "--format", "pdf"]);
    let (Some(report), Some(notices)) = (
        pages(&out.join("自查报告.pdf")),
        pages(&out.join("整改通知单.pdf")),
    ) else {
        return;
    };
    assert!(report.len() <= 30, "{} pages", report.len());
    let text = report.concat();
    let told = text
        .split("共发现问题")
        .nth(1)
        .and_then(|rest| rest.split('项').next());
    let problems: usize = told.unwrap().trim().parse().unwrap();
    assert!(problems > 150, "{problems}");
    for number in 1..=problems {
        let entry = format!("\n{number}. ");
        assert!(text.contains(&entry), "problem {number}");
    }
    for page in notices
        .iter()
        .filter(|page| page.contains("签发人（签字）"))
    {
        let before = page.split("本通知只列").next().unwrap_or_default();
        let row = before
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count()
            > 3;
        assert!(row, "nothing but a signature: {page}");
    }
}
