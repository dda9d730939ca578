//! The guard in front of calamine: walks a zip package once before anything is trusted.
//!
//! What enters: the bytes of an xlsx, xlsb or ods file. What leaves: a refusal that names the
//! limit, or `Facts` that calamine does not give (merged regions, hidden rows and columns).
//! calamine allocates what a file claims and then aborts, which nothing can catch: cells at A1 and
//! XFD1048576 ask for 550 GB, a large `uniqueCount` does so before any sheet is read. So every part
//! is inflated here first, counting the bytes that really come.

use crate::formats::limits::Limits;
use crate::formats::package::bounded::Bounded;
use crate::formats::package::facts::Package;
use crate::formats::package::{xlsb_records, xml};
use crate::formats::read_errors;
use memchr::memmem;
use std::{
    io::{self, BufReader, Cursor, Read},
    sync::atomic::AtomicU64,
};
use zicha_model::diag::Diagnostic;
use zicha_model::diag::codes;
use zip::{ZipArchive, read::ZipFile};

/// True if the package's directory lists no more parts than allowed; counted without building it.
pub(crate) fn few_parts(bytes: &[u8], limits: &Limits) -> bool {
    const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
    let entries = memmem::find_iter(bytes, DIRECTORY_ENTRY);
    entries.take(limits.zip_entries + 1).count() <= limits.zip_entries
}

/// Walks all parts of a package.
pub(crate) fn walk(bytes: &[u8], limits: &Limits) -> Result<Package, Diagnostic> {
    let left = AtomicU64::new(limits.inflated_bytes);
    walk_but(bytes, limits, &left, |_| false)
}

/// Walks the parts of a package but for those that its reader bounds itself, by their names in
/// lower case. `left`: bytes that all parts together may still inflate to.
pub(crate) fn walk_but(
    bytes: &[u8],
    limits: &Limits,
    left: &AtomicU64,
    but: impl Fn(&str) -> bool,
) -> Result<Package, Diagnostic> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(read_errors::broken)?;
    let mut package = Package::default();
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(read_errors::broken)?;
        let name = part_name(&part);
        if !part.is_dir() && !but(&name) {
            match walk_part(part, &name, limits, left, &mut package) {
                // One damaged sheet costs that sheet.
                Err(told) if told.code == codes::FILE_BROKEN && name.contains("worksheets/") => {
                    package.broken.insert(name, told);
                }
                walked => walked?,
            }
        }
    }
    Ok(package)
}

/// The name of a part as packages compare it.
pub(crate) fn part_name<S: Read>(part: &ZipFile<'_, S>) -> String {
    String::from_utf8_lossy(part.name_raw())
        .replace('\\', "/")
        .to_ascii_lowercase()
}

fn walk_part<S: Read>(
    part: ZipFile<'_, S>,
    name: &str,
    limits: &Limits,
    left: &AtomicU64,
    package: &mut Package,
) -> Result<(), Diagnostic> {
    if part.encrypted() {
        return Err(read_errors::encrypted());
    }
    let bounded = Bounded::new(part, limits, left);
    let mut input = BufReader::with_capacity(1 << 16, bounded);
    let walked = walk_content(&mut input, name, limits, package);
    let bounded = input.get_ref();
    match &bounded.breach {
        Some(breach) => Err(breach.clone()),
        None => walked,
    }
}

/// XML is parsed, worksheets of xlsb are walked record by record, all else is only counted.
fn walk_content(
    input: &mut BufReader<Bounded<'_, impl Read>>,
    name: &str,
    limits: &Limits,
    package: &mut Package,
) -> Result<(), Diagnostic> {
    let head = io::BufRead::fill_buf(input).map_err(read_errors::broken)?;
    let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if wide && (name.ends_with(".xml") || name.ends_with(".rels")) {
        package.wide = true;
        io::copy(input, &mut io::sink()).map_err(read_errors::broken)?;
        return Ok(());
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = head.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'<') || name.ends_with(".xml") || name.ends_with(".rels") {
        input.get_mut().run_most = limits.text_run_bytes;
        return xml::walk(input, name, limits, package);
    }
    input.get_mut().part_most = limits.opaque_part_bytes;
    if name.ends_with("workbook.bin") {
        return xlsb_records::workbook(input, limits, package);
    }
    if name.ends_with(".bin") && name.contains("worksheets/") {
        return xlsb_records::walk(input, name, limits, package);
    }
    io::copy(input, &mut io::sink()).map_err(read_errors::broken)?;
    Ok(())
}
