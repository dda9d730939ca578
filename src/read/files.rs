//! The files below a workspace that may be ledgers, and how each is opened.

use super::{
    Options,
    grid::RawFile,
    limits::{self, Limits},
    open, refuse,
    walk::Walk,
};
use crate::{
    diag::{Diagnostic, Locus},
    model::profile::Profile,
};
use sha2::Digest;
use std::{fs::File, io::Read, path::Path};

/// Extensions of files that may hold ledgers.
pub const EXTENSIONS: [&str; 10] = [
    "xlsx", "xlsm", "xlsb", "xls", "et", "ods", "csv", "tsv", "yaml", "yml",
];

/// Paths relative to `root` with `/` separators, sorted.
pub fn find(root: &Path, profile: &Profile, options: &Options) -> (Vec<String>, Vec<Diagnostic>) {
    Walk::new(root, profile, options).run()
}

/// Opens one file found by [`find`]. Never fails: what went wrong stands in its diagnostics.
pub fn open(root: &Path, path: &str) -> RawFile {
    let mut file = RawFile {
        path: path.to_owned(),
        ..RawFile::default()
    };
    match load(&root.join(path), &mut file) {
        Ok(bytes) => understand(&mut file, bytes),
        Err(error) => {
            let mut told = refuse::unreadable(&error);
            told.locus = Locus::file(path);
            file.diagnostics.push(told);
        }
    }
    file
}

fn understand(file: &mut RawFile, bytes: Option<Vec<u8>>) {
    let Some(bytes) = bytes else {
        let mut told = refuse::too_large(file.bytes, limits::FILE_BYTES);
        told.locus = Locus::file(&file.path);
        return file.diagnostics.push(told);
    };
    match open::read(&file.path, &bytes, &Limits::default()) {
        Ok(opened) => {
            file.readable = true;
            file.form = opened.form;
            file.grids = opened.grids;
            file.diagnostics.extend(opened.notes);
        }
        Err(told) => file.diagnostics.extend(told),
    }
}

/// Hashes a file and returns its bytes, unless there are too many to hold.
fn load(path: &Path, file: &mut RawFile) -> std::io::Result<Option<Vec<u8>>> {
    let mut source = File::open(path)?;
    let (mut sha256, mut sm3) = (sha2::Sha256::new(), sm3::Sm3::new());
    let mut kept = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let n = source.read(&mut chunk)?;
        if n == 0 {
            break;
        }
        file.bytes += n as u64;
        sha256.update(&chunk[..n]);
        sm3.update(&chunk[..n]);
        if file.bytes <= limits::FILE_BYTES {
            kept.extend_from_slice(&chunk[..n]);
        } else {
            kept = Vec::new();
        }
    }
    file.sha256 = hex(&sha256.finalize());
    file.sm3 = hex(&sm3.finalize());
    Ok((file.bytes <= limits::FILE_BYTES).then_some(kept))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
