//! Tests of the documents over a made-up assessment.

use super::{fixture::Fixture, html, redact::Mask, view::View};

fn pages(fixture: &Fixture) -> Vec<(String, String)> {
    let files = ["index.html", "自查报告.html", "整改清单.xlsx"].map(|name| html::FileLink {
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
            assert!(list.contains(&format!("工作表“2026” {column}{row}")));
        }
    }
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let pages = pages(&Fixture::with_findings(html::ROWS + 10));
    let (_, list) = &pages[2];
    assert!(list.contains("另有13条列于整改清单电子表格"));
    assert!(list.len() < 5_000_000);
}

#[test]
fn the_same_person_gets_the_same_mask_everywhere() {
    let fixture = Fixture::annual();
    let assessment = fixture.assessment();
    let view = View::build(&assessment, Some(&Mask::of(&assessment)));
    let pages = html::render(&view, &[]).expect("templates render");
    for (name, text) in &pages {
        for secret in ["柏舟", "沈砚", "收字〔2026〕1号", "关于示范工作的通知"] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
    assert!(pages[2].1.contains("人员003"), "P3 is the third person");
    assert!(
        pages[3].1.contains("人员003"),
        "and the same in the proposals"
    );
}
