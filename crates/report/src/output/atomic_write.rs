//! Puts files into a folder, each whole or not at all.
//!
//! Every file is written beside its place and digested on the way, then all are renamed: a failure before
//! the first rename leaves the folder as it was. Nothing else in the folder is touched.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};
use zicha_model::{
    digest::{FileDigester, FileDigests},
    manifest::File,
};

/// Bytes handed over to be written at a time.
const PIECE: usize = 1 << 18;

/// Pieces that may wait to be written: bounds the memory where the disk is slower than the renderer.
const WAITING: usize = 4;

/// Files written beside their places. What is not committed is taken away again.
pub(crate) struct Staged {
    folder: PathBuf,
    /// Names of files begun: their parts may be there.
    begun: Vec<String>,
    /// Files written whole.
    files: Vec<File>,
}

impl Staged {
    /// Nothing yet, for a folder that is made where it is not there.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            begun: Vec::new(),
            files: Vec::new(),
        })
    }

    /// Writes a file that is at hand.
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.stream(name, |out| out.write_all(bytes))
    }

    /// Writes a file as it is rendered, never whole in memory.
    pub(crate) fn stream(
        &mut self,
        name: &str,
        render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.begun.push(name.to_owned());
        let part = self.part(name);
        part.parent().map_or(Ok(()), fs::create_dir_all)?;
        let (bytes, digests) = written(&part, render)?;
        self.files.push(File {
            path: name.to_owned(),
            bytes,
            digests,
        });
        Ok(())
    }

    /// The files so far with their digests.
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// Puts the files into an order.
    pub(crate) fn sort_by_key<K: Ord>(&mut self, key: impl FnMut(&File) -> K) {
        self.files.sort_by_key(key);
    }

    /// Puts every file into its place; their names.
    pub(crate) fn commit(mut self) -> io::Result<Vec<String>> {
        for file in &self.files {
            fs::rename(self.part(&file.path), self.folder.join(&file.path))?;
        }
        self.begun.clear();
        let files = std::mem::take(&mut self.files);
        Ok(files.into_iter().map(|file| file.path).collect())
    }

    /// `整改通知单/办公室.pdf` is written as `整改通知单/.办公室.pdf.part`.
    fn part(&self, name: &str) -> PathBuf {
        match name.rsplit_once('/') {
            Some((below, file)) => self.folder.join(below).join(format!(".{file}.part")),
            None => self.folder.join(format!(".{name}.part")),
        }
    }
}

impl Drop for Staged {
    /// What cannot be removed is only left over.
    fn drop(&mut self) {
        for name in &self.begun {
            let part = self.part(name);
            let _ = fs::remove_file(&part);
            remove_if_empty(name, part.parent());
        }
    }
}

/// Takes away what an earlier run wrote into folders below and this one, which writes files of these
/// endings, did not: a department without problems has no notice any more. What people changed since is
/// theirs and stays.
pub(crate) fn clean(folder: &Path, earlier: &[File], written: &[String], endings: &[&str]) {
    let written: BTreeSet<&str> = written.iter().map(String::as_str).collect();
    let is_gone = |file: &&File| {
        let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        file.path.contains('/')
            && endings.contains(&ending)
            && !written.contains(file.path.as_str())
    };
    for file in earlier.iter().filter(is_gone) {
        let path = folder.join(&file.path);
        let digests = fs::File::open(&path).and_then(FileDigests::of_reader);
        if digests.is_ok_and(|now| now == file.digests) && fs::remove_file(&path).is_ok() {
            remove_if_empty(&file.path, path.parent());
        }
    }
}

/// Takes away the folder of a file that stood in one below the output folder, if nothing else is there:
/// `remove_dir` does not take away others.
fn remove_if_empty(name: &str, folder: Option<&Path>) {
    if let Some(folder) = folder.filter(|_| name.contains('/')) {
        let _ = fs::remove_dir(folder);
    }
}

/// Writes and digests on a thread of its own, beside the renderer. Number of bytes, and their digests.
fn written(
    path: &Path,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<(u64, FileDigests)> {
    let file = fs::File::create(path)?;
    let (sender, pieces) = sync_channel(WAITING);
    thread::scope(|scope| {
        let writer = scope.spawn(move || write_pieces(file, &pieces));
        let mut out = Pieces {
            piece: Vec::with_capacity(PIECE),
            sender,
        };
        let rendered = render(&mut out).and_then(|()| out.flush());
        drop(out);
        let written = writer.join();
        let written = written.unwrap_or_else(|_| Err(io::Error::other("the writer stopped")));
        // Where the writer failed, the renderer only knows that nobody listens.
        let written = written?;
        rendered.map(|()| written)
    })
}

fn write_pieces(mut file: fs::File, pieces: &Receiver<Vec<u8>>) -> io::Result<(u64, FileDigests)> {
    let (mut bytes, mut digester) = (0, FileDigester::default());
    for piece in pieces {
        file.write_all(&piece)?;
        digester.update(&piece);
        bytes += piece.len() as u64;
    }
    file.sync_all()?;
    Ok((bytes, digester.finish()))
}

/// Bytes gathered into pieces and handed over.
struct Pieces {
    piece: Vec<u8>,
    sender: SyncSender<Vec<u8>>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let sent = self.sender.send(piece);
        sent.map_err(|_| io::Error::other("the writer stopped"))
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
        let mut staged = Staged::new(folder.path()).expect("a folder");
        staged.put("a.txt", b"new").expect("written");
        assert_eq!(staged.files()[0].digests, FileDigests::of(b"new"));
        assert_eq!(staged.commit().expect("put"), ["a.txt"]);
        assert_eq!(fs::read(folder.path().join("a.txt")).expect("read"), b"new");
        assert_eq!(names(folder.path()), ["a.txt", "other.txt"]);
    }

    #[test]
    fn files_of_subfolders_come_into_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut staged = Staged::new(folder.path()).expect("a folder");
        staged.put("通知/办公室.pdf", b"x").expect("written");
        staged.commit().expect("in place");
        assert_eq!(names(&folder.path().join("通知")), ["办公室.pdf"]);
        assert_eq!(names(folder.path()), ["通知"]);
    }

    #[test]
    fn a_failure_replaces_nothing_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "old").expect("written");
        fs::write(folder.path().join("old.txt"), "").expect("written");
        let mut staged = Staged::new(folder.path()).expect("a folder");
        staged.put("a.txt", b"new").expect("written");
        assert!(staged.put("old.txt/no-folder.txt", b"").is_err());
        let fails = |out: &mut dyn Write| {
            out.write_all(b"half")?;
            Err(io::Error::other("no more"))
        };
        assert!(staged.stream("b.txt", fails).is_err());
        drop(staged);
        assert_eq!(fs::read(folder.path().join("a.txt")).expect("read"), b"old");
        assert_eq!(names(folder.path()), ["a.txt", "old.txt"]);
    }

    #[test]
    fn what_an_earlier_run_wrote_below_goes_and_what_people_changed_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut staged = Staged::new(folder.path()).expect("a folder");
        for name in [
            "通知/甲.txt",
            "通知/乙.txt",
            "旧/丙.txt",
            "旧/丙.pdf",
            "丁.txt",
        ] {
            staged.put(name, b"old").expect("written");
        }
        let earlier = staged.files().to_vec();
        staged.commit().expect("put");
        fs::write(folder.path().join("通知/乙.txt"), "filled in").expect("written");
        let mut staged = Staged::new(folder.path()).expect("a folder");
        staged.put("新.txt", b"new").expect("written");
        let written = staged.commit().expect("put");
        clean(folder.path(), &earlier, &written, &["txt"]);
        assert_eq!(names(folder.path()), ["丁.txt", "新.txt", "旧", "通知"]);
        assert_eq!(names(&folder.path().join("通知")), ["乙.txt"]);
        assert_eq!(names(&folder.path().join("旧")), ["丙.pdf"]);
    }

    #[test]
    fn a_long_file_is_handed_over_in_pieces() {
        let folder = tempfile::tempdir().expect("a folder");
        let line = [b'x'; 1000];
        let mut staged = Staged::new(folder.path()).expect("a folder");
        let lines = |out: &mut dyn Write| (0..2000).try_for_each(|_| out.write_all(&line));
        staged.stream("a.txt", lines).expect("written");
        let whole = vec![b'x'; 2_000_000];
        assert_eq!(staged.files()[0].bytes, 2_000_000);
        assert_eq!(staged.files()[0].digests, FileDigests::of(&whole));
        staged.commit().expect("put");
        assert_eq!(fs::read(folder.path().join("a.txt")).expect("read"), whole);
    }
}
