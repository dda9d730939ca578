//! The files below a workspace that may be ledgers, and how each is opened.

use crate::discovery::disk_names;
use crate::discovery::options::Options;
use crate::discovery::walk::Walk;
use crate::formats::grid::RawFile;
use crate::formats::limits::Limits;
use crate::formats::{limits, open, read_errors};
use std::{fs::File, io::Read, path::Path};
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::digest::FileDigester;
use zicha_model::profile::Profile;

pub use crate::discovery::kinds::EXTENSIONS;

/// Paths relative to `root` with `/` separators, sorted.
pub fn find(root: &Path, profile: &Profile, options: &Options) -> (Vec<String>, Vec<Diagnostic>) {
    Walk::new(root, profile, options).run()
}

/// Opens one file found by [`find`]. Never fails: what went wrong stands in its diagnostics.
pub fn open(root: &Path, path: &str) -> RawFile {
    let mut file = RawFile::default();
    let told = match load(&disk_names::locate(root, path), &mut file) {
        Ok(Some(bytes)) => {
            return RawFile {
                bytes: file.bytes,
                digests: file.digests,
                ..from_bytes(path, &bytes, &Limits::default())
            };
        }
        Ok(None) => read_errors::too_large(file.bytes, limits::FILE_BYTES),
        Err(error) => read_errors::unreadable(&error),
    };
    file.path = path.to_owned();
    file.diagnostics.push(Diagnostic {
        locus: Locus::file(path),
        ..told
    });
    file
}

/// A file of bytes at hand, as [`open()`] makes it of one on disk, but not hashed.
pub fn from_bytes(path: &str, bytes: &[u8], limits: &Limits) -> RawFile {
    let file = RawFile {
        path: path.to_owned(),
        ..RawFile::default()
    };
    match open::read(path, bytes, limits) {
        Ok(opened) => RawFile {
            form: opened.form,
            grids: opened.grids,
            diagnostics: opened.notes,
            readable: true,
            ..file
        },
        Err(diagnostics) => RawFile {
            diagnostics,
            ..file
        },
    }
}

/// Hashes a file and returns its bytes, unless there are too many to hold.
fn load(path: &Path, file: &mut RawFile) -> std::io::Result<Option<Vec<u8>>> {
    let mut source = File::open(path)?;
    let mut digester = FileDigester::default();
    let mut kept = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let n = source.read(&mut chunk)?;
        if n == 0 {
            break;
        }
        file.bytes += n as u64;
        digester.update(&chunk[..n]);
        if file.bytes <= limits::FILE_BYTES {
            kept.extend_from_slice(&chunk[..n]);
        } else {
            kept = Vec::new();
        }
    }
    file.digests = digester.finish();
    Ok((file.bytes <= limits::FILE_BYTES).then_some(kept))
}
