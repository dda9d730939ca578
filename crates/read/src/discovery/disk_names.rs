//! Names of files on the disk ↔ paths as people read them.
//!
//! Disks from old machines hold names in GBK, which are no valid names elsewhere. Such a name is
//! shown decoded; the file behind a shown path is found by decoding the names beside it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A name that is not UTF-8, read as GBK; `None` if it is not that either.
pub(crate) fn decoded(name: &OsStr) -> Option<String> {
    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(name.as_encoded_bytes());
    (!wrong && !text.contains('/')).then(|| text.into_owned())
}

/// The file behind a path relative to `root` as it is shown.
pub(crate) fn locate(root: &Path, shown: &str) -> PathBuf {
    let direct = root.join(shown);
    if shown.is_empty() || fs::symlink_metadata(&direct).is_ok() {
        return direct;
    }
    let mut full = root.to_owned();
    for part in shown.split('/') {
        let next = full.join(part);
        full = match fs::symlink_metadata(&next) {
            Ok(_) => next,
            Err(_) => by_decoded_name(&full, part).unwrap_or(next),
        };
    }
    full
}

fn by_decoded_name(folder: &Path, part: &str) -> Option<PathBuf> {
    let mut entries = fs::read_dir(folder).ok()?.flatten();
    let found = entries.find(|entry| {
        let name = entry.file_name();
        name.to_str().is_none() && decoded(&name).as_deref() == Some(part)
    });
    found.map(|entry| entry.path())
}
