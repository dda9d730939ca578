//! 整改清单.xlsx opened and saved by LibreOffice keeps what people and the next run need. Frozen panes are a matter
//! of its window, which a conversion does not open: those are not looked at here.

use super::{cells, documents};
use quick_xml::{Reader, XmlVersion, events::Event};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// An element: its attributes, and the text right in it.
type Element = (BTreeMap<String, String>, String);

/// Elements of a part of the workbook, by name.
fn elements(workbook: &Path, part: &str) -> BTreeMap<String, Vec<Element>> {
    let mut zip = zip::ZipArchive::new(File::open(workbook).unwrap()).unwrap();
    let mut xml = String::new();
    zip.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    let mut reader = Reader::from_str(&xml);
    let mut found: BTreeMap<String, Vec<Element>> = BTreeMap::new();
    let mut open = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap();
                    (key, value.into_owned())
                });
                open = tag.local_name().as_ref().to_owned();
                let element = (attributes.collect(), String::new());
                found.entry(open.clone()).or_default().push(element);
            }
            Event::Text(text) => {
                if let Some(last) = found.get_mut(&open).and_then(|all| all.last_mut()) {
                    last.1.push_str(&text);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The list saved by LibreOffice; `None` without it.
fn saved(list: &Path, dir: &Path) -> Option<PathBuf> {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        dir.join("profile").display()
    );
    let folder = dir.join("saved");
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&folder)
        .arg(list)
        .output();
    let saved = folder.join(list.file_name().unwrap());
    if done.is_err() || !saved.exists() {
        eprintln!("SKIPPED: the list saved by LibreOffice: no soffice on this machine");
        return None;
    }
    Some(saved)
}

fn is_set(element: &Element, name: &str) -> bool {
    matches!(element.0.get(name).map(String::as_str), Some("1" | "true"))
}

/// What the rows of a sheet may hold: place, kind, and the choices or the limit.
fn rules(sheet: &BTreeMap<String, Vec<Element>>) -> BTreeSet<[String; 3]> {
    let rules = sheet["dataValidation"].iter().zip(&sheet["formula1"]);
    let rule = |((rule, _), (_, formula)): (&Element, &Element)| {
        [
            rule["sqref"].clone(),
            rule["type"].clone(),
            formula.replace('"', ""),
        ]
    };
    rules.map(rule).collect()
}

/// Width in tenths of a character and whether it is hidden, column by column.
fn columns(sheet: &BTreeMap<String, Vec<Element>>) -> Vec<(u32, bool)> {
    let number = |element: &Element, name: &str| element.0[name].parse::<f64>().unwrap();
    let spans = sheet["col"].iter().flat_map(|column| {
        let count = number(column, "max") - number(column, "min") + 1.0;
        let width = (number(column, "width") * 10.0).round() as u32;
        vec![(width, is_set(column, "hidden")); count as usize]
    });
    spans.take(20).collect()
}

fn titles(workbook: &Path) -> BTreeSet<String> {
    let names = elements(workbook, "xl/workbook.xml")
        .remove("definedName")
        .unwrap();
    let names = names
        .into_iter()
        .filter(|(a, _)| a["name"] == "_xlnm.Print_Titles");
    names.map(|(_, place)| place.replace('\'', "")).collect()
}

#[test]
fn a_list_opened_and_saved_by_libreoffice_keeps_its_content() {
    let dir = TempDir::new().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/faulty");
    let list = documents(dir.path(), &[sample, "--format", "json,xlsx"]).join("整改清单.xlsx");
    let Some(saved) = saved(&list, dir.path()) else {
        return;
    };
    let (before, after) = (cells(&list), cells(&saved));
    assert!(before.len() > 3_000, "{}", before.len());
    assert_eq!(before, after, "every cell's text");
    assert_eq!(titles(&list), titles(&saved));
    assert_eq!(titles(&saved).len(), 4);
    for sheet in 1..=4 {
        let part = format!("xl/worksheets/sheet{sheet}.xml");
        let [mine, theirs] = [&list, &saved].map(|file| elements(file, &part));
        assert_eq!(rules(&mine), rules(&theirs), "{part}");
        assert_eq!(rules(&theirs).len(), 5, "drop-downs and dates");
        assert_eq!(columns(&mine), columns(&theirs), "{part}");
        let hidden = columns(&theirs).into_iter().map(|(_, hidden)| hidden);
        assert_eq!(hidden.skip(18).collect::<Vec<_>>(), [true, true]);
        assert!(is_set(&theirs["sheetProtection"][0], "sheet"));
        assert_eq!(
            mine["autoFilter"][0].0["ref"],
            theirs["autoFilter"][0].0["ref"]
        );
    }
}
