//! The sample workspaces: the files are what the generator writes, the orderly one is in order, the
//! faulty one shows every fault that was sown and no other, and every cell told can be found.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it cannot find"
)]

use std::{collections::BTreeMap, fs, path::Path};

mod findings;
mod reread;

#[path = "../../examples/make_sample_data/mod.rs"]
mod make_sample_data;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data");

/// Every file below a folder by its path with `/`, without what a run leaves behind.
fn committed(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the sample folder") {
        let entry = entry.expect("an entry");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.path() {
            path if path.is_dir() && entry.file_name() != "out" => {
                committed(&path, &format!("{name}/"), files);
            }
            path if path.is_file() && name != "README.md" => {
                files.insert(name, fs::read(path).expect("a file"));
            }
            _ => {}
        }
    }
}

#[test]
fn the_sample_workspaces_are_what_the_generator_writes() {
    let mut files = BTreeMap::new();
    committed(Path::new(ROOT), "", &mut files);
    let generated = make_sample_data::files();
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&files), names(&generated));
    for (name, bytes) in &generated {
        assert!(
            files[name] == *bytes,
            "{name}: run `cargo run --example make-sample-data`"
        );
    }
}
