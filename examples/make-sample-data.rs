//! Writes `sample-data/orderly`, `sample-data/faulty` and `sample-data/faults.yaml`.
//!
//! `cargo run --example make-sample-data [FOLDER]`. The same bytes come out every time, on every
//! machine: no clock, no randomness but a fixed seed. A test compares them with the committed files.

use std::{env, fs, io, path::Path};

mod make_sample_data;

fn main() -> io::Result<()> {
    let root = env::args().nth(1).unwrap_or_else(|| "sample-data".into());
    for folder in ["orderly", "faulty"] {
        let old = Path::new(&root).join(folder);
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    for (path, bytes) in make_sample_data::files() {
        let target = Path::new(&root).join(path);
        fs::create_dir_all(target.parent().unwrap_or(Path::new(".")))?;
        fs::write(target, bytes)?;
    }
    Ok(())
}
