//! Puts files into a folder, each whole or not at all.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Writes every file beside its place, then renames them all; a failure before the first rename
/// leaves the folder as it was. Nothing else in the folder is touched.
pub(crate) fn put(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut beside = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let path = folder.join(format!(".{name}.part"));
        let written = write(&path, bytes);
        beside.push(path);
        if let Err(error) = written {
            discard(&beside);
            return Err(error);
        }
    }
    for (from, (name, _)) in beside.iter().zip(files) {
        if let Err(error) = fs::rename(from, folder.join(name)) {
            discard(&beside);
            return Err(error);
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Takes away what was written beside; what cannot be removed is only left over.
fn discard(paths: &[PathBuf]) {
    for path in paths {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let names = entries.map(|e| e.expect("an entry").file_name());
        let mut names: Vec<_> = names.map(|n| n.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_replace_earlier_ones_and_leave_others() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "old").expect("written");
        fs::write(folder.path().join("other.txt"), "kept").expect("written");
        let files = [("a.txt".to_owned(), b"new".to_vec())];
        put(folder.path(), &files).expect("put");
        assert_eq!(fs::read(folder.path().join("a.txt")).expect("read"), b"new");
        assert_eq!(names(folder.path()), ["a.txt", "other.txt"]);
    }

    #[test]
    fn a_failure_replaces_nothing_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "old").expect("written");
        let files = [
            ("a.txt".to_owned(), b"new".to_vec()),
            ("no/such/folder.txt".to_owned(), Vec::new()),
        ];
        assert!(put(folder.path(), &files).is_err());
        assert_eq!(fs::read(folder.path().join("a.txt")).expect("read"), b"old");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }
}
