//! A zip package with some parts replaced; the others are copied as they are packed.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Bytes that a part may inflate to.
const PART_BYTES: u64 = 64 << 20;

/// The text of a part; `None` if there is none such.
pub(super) fn part(bytes: &[u8], name: &str) -> io::Result<Option<String>> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let Some(at) = package.index_for_name(name) else {
        return Ok(None);
    };
    let mut text = String::new();
    package
        .by_index(at)?
        .take(PART_BYTES)
        .read_to_string(&mut text)?;
    Ok(Some(text))
}

/// The package with some parts replaced by these texts.
pub(super) fn replaced(bytes: &[u8], parts: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for at in 0..package.len() {
        let file = package.by_index_raw(at)?;
        let name = file.name()?.into_owned();
        match parts.get(&name) {
            Some(text) => {
                out.start_file(name.as_str(), options)?;
                out.write_all(text.as_bytes())?;
            }
            None => out.raw_copy_file(file)?,
        }
    }
    Ok(out.finish()?.into_inner())
}
