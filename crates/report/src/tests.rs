//! Tests of the documents over a made-up assessment.

use crate::fixture::Fixture;
use crate::redaction::mask::Mask;
use crate::view::{Block, Document, Span, Table, View};
use crate::{Fonts, Format, Options, html, write};
use std::{collections::BTreeSet, fs, path::Path};

fn pages(fixture: &Fixture) -> Vec<(String, String)> {
    let files = ["index.html", "自查工作底稿.html", "整改清单.xlsx"].map(|name| html::FileLink {
        name: name.into(),
        purpose: "用途".into(),
    });
    let view = View::build(&fixture.assessment(), None);
    html::render(&view, &files).expect("templates render")
}

#[test]
fn every_narrative_fills_in() {
    for fixture in [Fixture::annual(), Fixture::festival()] {
        for (name, text) in pages(&fixture) {
            assert!(!text.contains("内部错误"), "{name}");
        }
    }
}

#[test]
fn every_row_fills_its_table() {
    for fixture in [Fixture::annual(), Fixture::festival()] {
        let view = View::build(&fixture.assessment(), None);
        for document in view.documents() {
            for table in document.tables() {
                for row in &table.rows {
                    assert_eq!(row.cells.len(), table.columns.len(), "{}", table.caption);
                }
            }
        }
    }
}

/// A screen reader names a table by its caption.
#[test]
fn no_two_tables_of_a_document_are_called_the_same() {
    for fixture in [Fixture::annual(), Fixture::festival()] {
        let view = View::build(&fixture.assessment(), None);
        for document in view.documents() {
            let captions: Vec<_> = document.tables().map(|table| &table.caption).collect();
            let unique: BTreeSet<_> = captions.iter().collect();
            assert_eq!(captions.len(), unique.len(), "{captions:?}");
        }
    }
}

#[test]
fn own_paragraphs_stand_in_their_chapters_and_harm_nothing() {
    let mut fixture = Fixture::annual();
    let own = [
        ("report.md", "opening", "开头的话。"),
        (
            "report.md",
            "organization",
            "**自己**组织<script>alert(1)</script>，柏舟参加。",
        ),
        ("report.md", "problems", "原因已查明。"),
        ("report.md", "basics", "基本情况补充。"),
        ("notice.md", "opening", "请按时整改。"),
    ];
    for (narrative, chapter, text) in own {
        let texts = fixture
            .profile
            .texts
            .entry(narrative.to_owned())
            .or_default();
        texts.insert(chapter.to_owned(), text.to_owned());
    }
    let assessment = fixture.assessment();
    let view = View::build(&assessment, Some(&Mask::of(&assessment)));
    let report = outline(&view.working_paper);
    let after = |heading: &str, text: &str| {
        let chapter = report.split(heading).nth(1).unwrap_or_default();
        chapter
            .split("\n# ")
            .next()
            .unwrap_or_default()
            .contains(text)
    };
    assert!(report.contains("开头的话。"));
    assert!(after(
        "# 一、",
        "自己组织<script>alert(1)</script>，人员003参加。"
    ));
    assert!(!report.contains("由本单位在送审前据实补充"));
    assert!(after("# 二、", "基本情况补充。"));
    assert!(after("# 五、", "原因已查明。") && !report.contains("逐项查明后补充"));
    assert_eq!(outline(&view.notices).matches("请按时整改。").count(), 2);
    for (name, text) in html::render(&view, &[]).expect("templates render") {
        assert!(!text.contains("<script>alert"), "{name}");
    }
}

#[test]
fn what_is_overdue_is_named_with_department_days_and_link() {
    let mut fixture = Fixture::with_findings(3);
    for (days, finding) in (4..).zip(fixture.results.findings.iter_mut().rev().take(3)) {
        finding.rectification.overdue_days = days;
        finding.subject.department = Some("密语处".to_owned());
    }
    let view = View::build(&fixture.assessment(), None);
    assert_eq!((view.overview.overdue, view.overview.late_groups), (3, 1));
    let late = &view.overview.late[0];
    assert_eq!(
        (late.department.as_str(), late.count, late.days),
        ("密语处", 3, 6)
    );
    let pages = pages(&fixture);
    let index = &pages
        .iter()
        .find(|(name, _)| name == "index.html")
        .unwrap()
        .1;
    assert!(index.contains(&format!("href=\"自查工作底稿.html#{}\"", late.anchor)));
    assert!(index.contains("超期6天") && index.contains("责任部门：密语处，3处"));
    let report = &pages
        .iter()
        .find(|(name, _)| name == "自查工作底稿.html")
        .unwrap()
        .1;
    assert!(report.contains(&format!("id=\"{}\"", late.anchor)));
}

#[test]
fn a_letter_is_called_so_and_bears_no_signer() {
    let mut fixture = Fixture::annual();
    fixture.profile.letterhead.kind = Some("函".into());
    fixture.profile.letterhead.signer = Some("沈砚".into());
    let view = View::build(&fixture.assessment(), None);
    assert_eq!(
        view.report.title,
        "云岭示范局关于报送2026年度保密自查自评情况的函"
    );
    assert_eq!(view.letterhead.signer, None);
}

#[test]
fn hostile_texts_stay_texts() {
    for (name, text) in pages(&Fixture::hostile()) {
        assert!(!text.contains("<script>alert"), "{name}");
        assert!(!text.contains("<b>局"), "{name}");
        assert!(!text.contains('\u{202e}') && !text.contains('\0'), "{name}");
        assert!(!text.contains(&"长".repeat(1000)), "{name}");
    }
}

#[test]
fn pages_request_nothing() {
    for (name, text) in pages(&Fixture::with_findings(20)) {
        let rest = text.replace("http://www.w3.org/2000/svg", "");
        assert!(
            !rest.contains("http:") && !rest.contains("https:"),
            "{name}"
        );
        assert!(rest.contains("default-src 'none'"), "{name}");
        assert!(
            !rest.contains(" style=\"") && !rest.contains(" onclick"),
            "{name}"
        );
    }
}

#[test]
fn every_finding_stands_in_the_list_with_its_cell() {
    let fixture = Fixture::with_findings(30);
    let pages = pages(&fixture);
    let (_, list) = &pages[2];
    let standing = fixture.results.findings.iter().filter(|f| !f.waived);
    for finding in standing {
        assert!(list.contains(&format!("id=\"f-{}\"", finding.fingerprint)));
        for cell in finding.evidence.iter().filter(|c| c.sheet.is_some()) {
            let row = cell.row.unwrap_or_default();
            let column = cell.column.as_deref().unwrap_or_default();
            assert!(list.contains("“2026”"));
            assert!(list.contains(&format!("{column}{row}")));
        }
    }
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let pages = pages(&Fixture::with_findings(html::ROWS + 10));
    let (_, list) = &pages[2];
    assert!(list.contains("另有16条，见 整改清单.xlsx 和 results.json"));
    assert!(list.len() < 5_000_000);
}

#[test]
fn the_same_person_gets_the_same_mask_everywhere() {
    let mut fixture = Fixture::annual();
    fixture.profile.letterhead.signer = Some("不在册的人".to_owned());
    fixture.profile.names_in_proposals = true;
    let assessment = fixture.assessment();
    let view = View::build(&assessment, Some(&Mask::of(&assessment)));
    let pages = html::render(&view, &[]).expect("templates render");
    for (name, text) in &pages {
        for secret in [
            "柏舟",
            "沈砚",
            "不在册的人",
            "收字〔2026〕1号",
            "关于示范工作的通知",
        ] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
    let masked = Mask::of(&assessment).assessment(&assessment);
    let mut json = Vec::new();
    crate::json::render(&masked.results, std::iter::empty(), &mut json).expect("json");
    let json = String::from_utf8(json).expect("text");
    assert!(!json.contains("柏舟") && !json.contains("收字〔2026〕1号"));
    assert!(json.contains("人员003"));
    assert!(pages[2].1.contains("人员003"), "P3 is the third person");
    assert!(
        pages[3].1.contains("人员003"),
        "and the same in the proposals"
    );
}

fn options(out: &Path) -> Options {
    Options {
        out: out.to_owned(),
        formats: vec![Format::Html, Format::Docx, Format::Xlsx, Format::Json],
        fonts: Fonts::Embedded,
        redact: false,
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let fixture = Fixture::annual();
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let written = folders
        .each_ref()
        .map(|folder| write(&fixture.assessment(), &options(folder.path())).expect("written"));
    assert_eq!(written[0].files, written[1].files);
    assert_eq!(written[0].files.len(), 21, "{:?}", written[0].files);
    for name in &written[0].files {
        let read = |at: usize| fs::read(folders[at].path().join(name)).expect("read");
        assert_eq!(read(0), read(1), "{name}");
    }
}

#[test]
fn the_report_does_not_grow_with_the_findings() {
    let length = |findings: usize| {
        let view = View::build(&Fixture::with_findings(findings).assessment(), None);
        outline(&view.report).chars().count()
    };
    let (few, many) = (length(20), length(2_000));
    assert!(many < few + 400, "{few} and {many} characters");
}

#[test]
fn what_is_sent_reads_so() {
    let view = View::build(&Fixture::annual().assessment(), None);
    insta::assert_snapshot!(outline(&view.report));
}

#[test]
fn the_yearly_report_counts_what_is_to_be_mended() {
    let view = View::build(&Fixture::annual().assessment(), None);
    let yearly = view.yearly.as_ref().map(outline).unwrap_or_default();
    assert!(yearly.contains("已整改1处，正在整改5处"), "{yearly}");
    assert!(
        View::build(&Fixture::festival().assessment(), None)
            .yearly
            .is_none()
    );
}

#[test]
fn results_keep_the_binding_order() {
    let fixture = Fixture::annual();
    let mut json = Vec::new();
    crate::json::render(&fixture.results, std::iter::empty(), &mut json).expect("json");
    let value: serde_json::Value = serde_json::from_slice(&json).expect("json");
    let keys: Vec<_> = value.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "schema",
            "tool",
            "unit",
            "run",
            "inputs",
            "controls",
            "findings",
            "score",
            "discipline",
            "follow_up",
            "diagnostics",
            "departments",
            "advice"
        ]
    );
    let severities: Vec<_> = value["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|f| f["severity"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        severities,
        ["重大", "重大", "严重", "一般", "一般", "一般", "一般"]
    );
}

#[test]
fn the_workbook_holds_every_standing_finding_as_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = Fixture::hostile();
    write(&fixture.assessment(), &options(folder.path())).expect("written");
    let file = fs::File::open(folder.path().join("整改清单.xlsx")).expect("a workbook");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    let mut text = |name: &str| {
        let part = archive.by_name(name).expect("a part");
        std::io::read_to_string(part).expect("text")
    };
    let strings = text("xl/sharedStrings.xml");
    let sheet = text("xl/worksheets/sheet1.xml");
    let state = |f: &&zicha_model::results::Finding| !f.waived;
    for finding in fixture.results.findings.iter().filter(state) {
        assert!(strings.contains(&format!("<t>{}</t>", finding.fingerprint)));
    }
    assert!(strings.contains("=HYPERLINK("), "told literally");
    assert!(!sheet.contains("<f>"), "no formula");
    assert!(sheet.contains("dataValidation") && sheet.contains("sheetProtection"));
}

#[test]
fn what_was_not_checked_cannot_be_overlooked() {
    let fixture = Fixture::annual();
    let view = View::build(&fixture.assessment(), None);
    insta::assert_snapshot!(view.overview.unchecked.join("\n"));
}

#[test]
fn the_narrative_of_the_annual_report_reads_so() {
    let view = View::build(&Fixture::annual().assessment(), None);
    insta::assert_snapshot!(outline(&view.working_paper));
}

#[test]
fn the_narrative_before_a_holiday_reads_so() {
    let view = View::build(&Fixture::festival().assessment(), None);
    insta::assert_snapshot!(outline(&view.working_paper));
}

#[test]
fn the_lists_read_so() {
    let view = View::build(&Fixture::annual().assessment(), None);
    let shown = format!("{}\n{}", outline(&view.list), outline(&view.summary));
    insta::assert_snapshot!(shown);
}

#[test]
fn a_department_is_told_of_its_own_problems_only() {
    let fixture = Fixture::annual();
    let view = View::build(&fixture.assessment(), None);
    let leaflets: Vec<_> = view.notices.sections.iter().collect();
    let told = |at: usize| {
        let blocks: Vec<_> = leaflets[at].blocks.iter().map(self::told).collect();
        blocks.join("\n")
    };
    let titles: Vec<_> = leaflets
        .iter()
        .map(|leaflet| leaflet.title.as_str())
        .collect();
    assert_eq!(titles, ["整改通知单（业务一处）", "整改通知单（办公室）"]);
    assert!(told(0).contains("JS-001") && !told(0).contains("收字〔2026〕"));
    assert!(told(1).contains("收字〔2026〕2号") && !told(1).contains("JS-001"));
}

/// A document as plain text: what people read, without markup.
fn outline(document: &Document) -> String {
    let sections = document.sections.iter().map(|section| {
        let blocks: Vec<_> = section.blocks.iter().map(told).collect();
        format!("# {}\n{}", section.title, blocks.join("\n"))
    });
    format!(
        "{}\n\n{}",
        document.title,
        sections.collect::<Vec<_>>().join("\n\n")
    )
}

fn told(block: &Block) -> String {
    let text = |spans: &[Span]| spans.iter().map(|s| s.text.as_str()).collect::<String>();
    match block {
        Block::Heading { level, text, .. } => format!("{} {text}", "#".repeat((*level).into())),
        Block::Paragraph { spans } => text(spans),
        Block::List { items, .. } => {
            let items: Vec<_> = items
                .iter()
                .map(|item| format!("- {}", text(item)))
                .collect();
            items.join("\n")
        }
        Block::Table { table } => rows(table),
        Block::Chart { chart } => format!("［图］{}", chart.alt),
        Block::Problem { problem } => format!(
            "［问题］{}. {} {} {} {} {}",
            problem.number,
            problem.severity,
            problem.title,
            problem.extent,
            problem.due,
            problem.examples.len()
        ),
        Block::Notice { title, lines } => format!("！{title}\n！{}", lines.join("\n！")),
        Block::Signatures { roles } => format!("［签字］{}", roles.join("、")),
    }
}

fn rows(table: &Table) -> String {
    let line = |cells: Vec<&str>| cells.join(" | ").replace('\n', "⏎");
    let head = line(table.columns.iter().map(|c| c.title.as_str()).collect());
    let rows = table
        .rows
        .iter()
        .map(|row| line(row.cells.iter().map(String::as_str).collect()));
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    format!("［表］{}\n{}", table.caption, rows.join("\n"))
}
