//! What the fuzz targets of `fuzz/` found, each input cut down to what matters.

use super::packages::ods;
use zicha_model::diag::human;
use zicha_model::profile::Profile;
use zicha_read::formats::limits::Limits;
use zicha_read::formats::open;
use zicha_read::recognition::heading_index::Index;
use zicha_read::settings::profile;
use zicha_testing::schemas;

/// The reader of ods waited for ever for the end of a table whose last paragraph does not close.
#[test]
fn tables_that_do_not_close_as_they_open_are_broken() {
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>x";
    let closed = "</text:p></table:table-cell></table:table-row>";
    let open_paragraph = "</table:table-cell></table:table-row>";
    let table = |rows: &str| format!("<table:table table:name=\"a\">{rows}");
    let inputs = [
        table(&format!("{row}{open_paragraph}</table:table>")),
        table(&format!("{row}{closed}")),
        table(&format!("{row}{closed}<table:table-row></table:table>")),
    ];
    for content in inputs {
        let told = open::read("a.ods", &ods(&content), &Limits::default()).expect_err("refused");
        assert_eq!(told[0].code, "file-broken", "{content}");
    }
    let whole = table(&format!("{row}{closed}</table:table>"));
    assert!(open::read("a.ods", &ods(&whole), &Limits::default()).is_ok());
}

/// The caret under a mistake stood behind the end of its line, which stopped the program.
#[test]
fn a_mistake_beside_odd_line_ends_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("waivers.yaml"), "?\r\r\r\r\r\r").expect("written");
    let (_, _, told) = profile::load(folder.path());
    let shown: Vec<String> = told.iter().map(human::render).collect();
    assert!(
        shown.iter().any(|text| text.contains("waivers.yaml")),
        "{shown:?}"
    );
}

/// A sheet with a name of many pages, and a title repeated in every column, took half a minute to
/// be compared with the name of every ledger.
#[test]
fn what_is_too_long_for_a_name_is_compared_with_none() {
    let index = Index::new(&schemas(), &Profile::default());
    let name = "涉密文件收文登记簿";
    let scored = |text: &str| index.name_scores(text).iter().any(|score| *score > 0.0);
    assert!(scored(name) && scored(&format!("{name}（二〇二六年）")));
    assert!(!scored(&name.repeat(1_000)));
    assert!(!index.knows(&"登记号".repeat(1_000)));
}

/// In the cut last sector of a container its own number stood where the next one is named: the
/// table of sectors was followed for ever.
#[test]
fn a_cut_container_that_leads_to_itself_is_broken() {
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    for length in [512, 516, 517, 576, 1024, 1028] {
        bytes.resize(length, 0);
        let told = open::read("a.xls", &bytes, &Limits::default()).expect_err("refused");
        assert_eq!(told[0].code, "file-broken", "{length} bytes");
    }
}
