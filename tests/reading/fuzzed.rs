//! What the fuzz targets of `fuzz/` found, each input cut down to what matters.

use super::packages::ods;
use zicha::{
    diag::human,
    read::{limits::Limits, open, profile},
};

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
