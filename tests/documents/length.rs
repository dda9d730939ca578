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
fn what_is_signed_is_short_and_the_working_paper_has_the_rest() {
    for (name, shortest) in [("orderly", 3), ("faulty", 4)] {
        let dir = TempDir::new().unwrap();
        let arguments = [&sample(name), "--checklist", "all", "--format", "pdf"];
        let out = documents(dir.path(), &arguments);
        let (Some(report), Some(festival), Some(record)) = (
            pages(&out.join("自查报告.pdf")),
            pages(&out.join("节前保密检查情况报告.pdf")),
            pages(&out.join("节前保密检查记录表.pdf")),
        ) else {
            return;
        };
        let length = report.len();
        assert!((shortest..=8).contains(&length), "{name}: {length} pages");
        assert!(report.concat().contains("特此报告"));
        assert!(festival.len() <= 2, "{name}: {} pages", festival.len());
        assert!(festival.concat().contains("节日值班"));
        assert!(record.len() <= 3, "{name}: {} pages", record.len());
        assert!(record.concat().contains("检查人员"));
        let list = pages(&out.join("整改清单.pdf")).unwrap();
        assert!(list.len() <= 26, "{name}: {} pages", list.len());
    }
}

#[test]
fn the_paper_before_a_holiday_is_the_same_beside_the_annual_ones_and_alone() {
    let report = |checklist: &str| {
        let dir = TempDir::new().unwrap();
        let arguments = [
            &sample("faulty"),
            "--checklist",
            checklist,
            "--format",
            "pdf",
        ];
        pages(&documents(dir.path(), &arguments).join("节前保密检查情况报告.pdf"))
    };
    if let (Some(alone), Some(beside)) = (report("festival"), report("all")) {
        assert!(alone.len() <= 2, "{} pages", alone.len());
        assert_eq!(alone, beside);
        let mut text = alone.concat();
        text.retain(|c| !c.is_whitespace());
        assert!(text.contains("10月3日18时至10月4日8时没有安排值班"));
    }
}

#[test]
fn the_working_paper_names_every_problem_in_thirty_pages_and_no_notice_ends_with_a_bare_signature()
{
    let dir = TempDir::new().unwrap();
    let out = documents(dir.path(), &[&sample("faulty"), "--format", "pdf"]);
    let Some(report) = pages(&out.join("自查工作底稿.pdf")) else {
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
    let notices = std::fs::read_dir(out.join("整改通知单")).unwrap();
    let notices: Vec<_> = notices.map(|entry| entry.unwrap().path()).collect();
    assert!(notices.len() > 5, "{notices:?}");
    let pages_of = notices.iter().flat_map(|notice| pages(notice).unwrap());
    for page in pages_of.filter(|page| page.contains("签发人（签字）")) {
        let before = page.split("本通知只列").next().unwrap_or_default();
        let row = before
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count()
            > 3;
        assert!(row, "nothing but a signature: {page}");
    }
}
