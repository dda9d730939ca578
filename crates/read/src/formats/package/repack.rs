//! A package with some of its parts rewritten, for readers that cannot take them as they stand.
//!
//! The guard has walked the package before: sizes are within bounds.

use crate::formats::read_errors;
use std::io::{Cursor, Read, Write};
use zicha_model::diag::Diagnostic;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The package with every part that `wanted` names (in lower case) replaced by what `rewrite` makes
/// of it.
pub(crate) fn rewritten(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    rewrite: impl Fn(&str, Vec<u8>) -> Vec<u8>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut source = ZipArchive::new(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut target = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..source.len() {
        let mut part = source.by_index(index).map_err(read_errors::broken)?;
        let name = String::from_utf8_lossy(part.name_raw()).replace('\\', "/");
        let lower = name.to_ascii_lowercase();
        if part.is_dir() || !wanted(&lower) {
            target.raw_copy_file(part).map_err(read_errors::broken)?;
            continue;
        }
        let mut content = Vec::new();
        part.read_to_end(&mut content)
            .map_err(read_errors::broken)?;
        target
            .start_file(name, stored)
            .map_err(read_errors::broken)?;
        target
            .write_all(&rewrite(&lower, content))
            .map_err(read_errors::broken)?;
    }
    let target = target.finish().map_err(read_errors::broken)?;
    Ok(target.into_inner())
}

/// The package with its UTF-16 parts as UTF-8, which is what everybody else writes.
pub(crate) fn in_utf8(bytes: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let xml = |name: &str| name.ends_with(".xml") || name.ends_with(".rels");
    rewritten(bytes, xml, |_, content| {
        let marked = encoding_rs::Encoding::for_bom(&content);
        let Some((encoding, _)) = marked.filter(|(e, _)| *e != encoding_rs::UTF_8) else {
            return content;
        };
        let text = encoding.decode(&content).0;
        // The declaration names the old encoding.
        let body = match text.strip_prefix("<?xml").and_then(|t| t.split_once("?>")) {
            Some((_, body)) => body,
            None => &text,
        };
        body.as_bytes().to_vec()
    })
}
