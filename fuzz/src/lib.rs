//! What the fuzz targets share: the reader and the rule language of zicha, limits small enough for many
//! runs a second, and what must hold for whatever was read.

pub mod packages;
mod promises;
pub mod settings;

use std::{
    path::Path,
    sync::{Mutex, Once, OnceLock},
};
use zicha_model::{profile::Profile, schema::Schemas};
use zicha_read::{Reader, discovery::files, formats::limits::Limits};
use zicha_rule::pack::{self, Catalogue};

/// Bounds at which a run stays within milliseconds; the code that holds them is the same.
fn limits() -> Limits {
    Limits {
        inflated_bytes: 8 << 20,
        opaque_part_bytes: 1 << 20,
        ratio_from_bytes: 1 << 20,
        record_bytes: 1 << 20,
        text_run_bytes: 256 << 10,
        cells: 20_000,
        dense_cells: 100_000,
        zip_entries: 100,
        yaml_nodes: 20_000,
        csv_field_bytes: 64 << 10,
        ..Limits::default()
    }
}

/// The built-in ledgers and parameters, loaded once.
fn load() -> Catalogue {
    let (catalogue, told) = pack::load(Path::new("."), &Profile::default());
    assert!(!catalogue.schemas.ledgers.is_empty(), "{told:?}");
    catalogue
}

fn schemas() -> &'static Schemas {
    static SCHEMAS: OnceLock<Schemas> = OnceLock::new();
    SCHEMAS.get_or_init(|| load().schemas)
}

/// What rules are compiled against; a rule leaves nothing behind in it.
fn catalogue() -> &'static Mutex<Catalogue> {
    static CATALOGUE: OnceLock<Mutex<Catalogue>> = OnceLock::new();
    CATALOGUE.get_or_init(|| Mutex::new(load()))
}

fn reader() -> &'static Reader<'static> {
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    static PROFILE: OnceLock<Profile> = OnceLock::new();
    READER.get_or_init(|| Reader::new(schemas(), PROFILE.get_or_init(Profile::default)))
}

/// Panics of calamine are caught by the program and told as a broken file, so they are no findings;
/// those of all other code are. The fuzzer's own hook would stop at both.
fn stop_at_own_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let stop = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let caught = info
                .location()
                .is_some_and(|at| at.file().contains("/calamine-"));
            if !caught {
                stop(info);
            }
        }));
    });
}

/// Opens a file and understands it, as reading a workspace does, and holds it to the promises.
pub fn read_file(path: &str, bytes: &[u8]) {
    stop_at_own_panics();
    let file = files::from_bytes(path, bytes, &limits());
    if !file.readable {
        return assert!(!file.diagnostics.is_empty(), "refused without a word");
    }
    let files = [file];
    let dataset = reader().understand(&files);
    promises::hold(&files[0], &dataset, schemas());
}
