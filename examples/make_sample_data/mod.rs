//! The invented unit and its ledgers as bytes: the world → seeded faults → sheets → files.
//!
//! What enters: nothing. What leaves: every file of `sample-data` that is generated, by its path.

#![expect(
    clippy::expect_used,
    reason = "nothing enters from outside: what is expected here was written a few lines above"
)]

use layout::Sheet;
use place::Places;
use std::collections::BTreeMap;
use world::World;

mod activity;
mod answers;
mod crypto;
mod dealings;
mod devices;
mod faults;
mod inspecting;
mod layout;
mod learning;
mod movements;
mod outgoing;
mod papers;
mod people;
mod place;
mod prng;
mod rarities;
mod seeds;
mod settings;
mod sheets;
mod sower;
mod spelling;
mod staff;
mod table;
mod text;
mod world;
mod written;
mod xlsx;

/// Path below `sample-data` → bytes.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let orderly = unit();
    let mut faulty = orderly.clone();
    let mut places = Places::new();
    let mut files = workspace("orderly", &orderly, &sheets::all(), &mut places);
    let mut sheets = sheets::all();
    let seeded = seeds::sow(&mut faulty, &mut sheets);
    let mut places = Places::new();
    files.extend(workspace("faulty", &faulty, &sheets, &mut places));
    files.insert(
        "faults.yaml".into(),
        faults::listed(&faulty, &seeded, &places).into_bytes(),
    );
    files.insert("orderly/zicha.yaml".into(), settings::PROFILE.into());
    files.insert("faulty/zicha.yaml".into(), settings::PROFILE.into());
    files.insert("faulty/waivers.yaml".into(), settings::WAIVERS.into());
    files
}

/// The unit as it should be.
fn unit() -> World {
    let mut world = World::default();
    people::fill(&mut world);
    staff::fill(&mut world);
    papers::fill(&mut world);
    movements::fill(&mut world);
    outgoing::fill(&mut world);
    devices::fill(&mut world);
    crypto::fill(&mut world);
    dealings::fill(&mut world);
    learning::fill(&mut world);
    activity::fill(&mut world);
    inspecting::fill(&mut world);
    rarities::fill(&mut world);
    answers::fill(&mut world);
    world
}

fn workspace(
    folder: &str,
    world: &World,
    sheets: &[Sheet],
    places: &mut Places,
) -> BTreeMap<String, Vec<u8>> {
    let mut by_file: BTreeMap<&str, Vec<Sheet>> = BTreeMap::new();
    for sheet in sheets {
        by_file.entry(sheet.file).or_default().push(sheet.clone());
    }
    let files = by_file.into_iter().map(|(file, sheets)| {
        (
            format!("{folder}/{file}"),
            bytes(world, file, sheets, places),
        )
    });
    files.collect()
}

fn bytes(world: &World, file: &str, sheets: Vec<Sheet>, places: &mut Places) -> Vec<u8> {
    if file.ends_with(".yaml") {
        return text::yaml(world, &sheets, places);
    }
    let mut tables: Vec<(Sheet, table::Table)> = Vec::new();
    for sheet in sheets {
        let table = table::lay_out(world, &sheet, places);
        tables.push((sheet, table));
    }
    match tables.as_slice() {
        [(_, table)] if file.ends_with(".csv") => text::csv(table, sheets::encoding(file)),
        _ => xlsx::workbook(&tables),
    }
}
