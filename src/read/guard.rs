//! The guard in front of calamine: walks a zip package once before anything is trusted.
//!
//! What enters: the bytes of an xlsx, xlsb or ods file. What leaves: a refusal that names the
//! limit, or [`Facts`] that calamine does not give (merged regions, hidden rows and columns).
//! calamine allocates what a file claims and then aborts, which nothing can catch: cells at A1 and
//! XFD1048576 ask for 550 GB, a large `uniqueCount` does so before any sheet is read. So every part
//! is inflated here first, counting the bytes that really come.

use super::{limits, limits::Limits, markup, records, refuse};
use crate::diag::Diagnostic;
use std::{
    collections::BTreeMap,
    io::{self, BufReader, Cursor, Read},
};
use zip::ZipArchive;

/// What the guard learned of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Merged regions as in [`super::grid::Grid::merged`].
    pub(super) merged: Vec<(u32, u32, u32, u32)>,
    /// 1-based hidden rows.
    pub(super) hidden_rows: Vec<u32>,
    /// First and last of 0-based hidden columns.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Formulas that were saved without their result.
    pub(super) uncomputed: u32,
    /// Address of the first of them.
    pub(super) first_uncomputed: String,
}

/// What the guard learned of a package.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// Facts by part name, in lower case.
    pub(super) parts: BTreeMap<String, Facts>,
    /// Facts by sheet name where the part itself names its sheets (ods).
    pub(super) tables: BTreeMap<String, Facts>,
    /// Sheet name → relationship id, from the workbook part.
    pub(super) sheets: Vec<(String, String)>,
    /// Relationship id → target, from the workbook's relationships.
    pub(super) targets: BTreeMap<String, String>,
    /// True if a worksheet of an xlsb has cells that calamine does not see.
    pub(super) unseen: bool,
    /// Cells with content so far, over all parts.
    pub(super) cells: u64,
}

impl Package {
    /// The facts of a sheet by its name.
    pub(super) fn facts(&mut self, sheet: &str) -> Facts {
        if let Some(facts) = self.tables.remove(sheet) {
            return facts;
        }
        let id = self.sheets.iter().find(|(name, _)| name == sheet);
        let target = id.and_then(|(_, id)| self.targets.get(id));
        let Some(target) = target.map(|t| t.trim_start_matches('/').to_ascii_lowercase()) else {
            return Facts::default();
        };
        let full = self.parts.contains_key(&target);
        let key = if full { target } else { format!("xl/{target}") };
        self.parts.remove(&key).unwrap_or_default()
    }
}

/// True if the package's directory lists no more parts than allowed; counted without building it.
pub(super) fn few_parts(bytes: &[u8], limits: &Limits) -> bool {
    const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
    let mut rest = bytes;
    let mut parts = 0;
    while let Some(at) = rest.iter().position(|&b| b == b'P') {
        rest = &rest[at..];
        parts += usize::from(rest.starts_with(DIRECTORY_ENTRY));
        if parts > limits.zip_entries {
            return false;
        }
        rest = &rest[1..];
    }
    true
}

/// Walks all parts of a package.
pub(super) fn walk(bytes: &[u8], limits: &Limits) -> Result<Package, Diagnostic> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(refuse::broken)?;
    let mut package = Package::default();
    let mut left = limits.inflated_bytes;
    for index in 0..zip.len() {
        walk_part(&mut zip, index, limits, &mut left, &mut package)?;
    }
    Ok(package)
}

fn walk_part(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    limits: &Limits,
    left: &mut u64,
    package: &mut Package,
) -> Result<(), Diagnostic> {
    let part = zip.by_index(index).map_err(refuse::broken)?;
    if part.is_dir() {
        return Ok(());
    }
    if part.encrypted() {
        return Err(refuse::format(super::sniff::Format::Encrypted));
    }
    let name = String::from_utf8_lossy(part.name_raw())
        .replace('\\', "/")
        .to_ascii_lowercase();
    let bounded = Bounded::new(part, limits, *left);
    let mut input = BufReader::with_capacity(1 << 16, bounded);
    let walked = walk_content(&mut input, &name, limits, package);
    let bounded = input.get_ref();
    *left -= bounded.inflated.min(*left);
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
    let head = io::BufRead::fill_buf(input).map_err(refuse::broken)?;
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = head.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'<') || name.ends_with(".xml") || name.ends_with(".rels") {
        input.get_mut().run_most = limits.text_run_bytes;
        return markup::walk(input, name, limits, package);
    }
    input.get_mut().part_most = limits.opaque_part_bytes;
    if name.ends_with("workbook.bin") {
        return records::workbook(input, limits, package);
    }
    if name.ends_with(".bin") && name.contains("worksheets/") {
        return records::walk(input, name, limits, package);
    }
    io::copy(input, &mut io::sink()).map_err(refuse::broken)?;
    Ok(())
}

/// Inflated bytes of one part, stopped at the first bound that they exceed.
pub(super) struct Bounded<'a, R> {
    source: R,
    limits: &'a Limits,
    /// Bytes as packed in the archive, as the directory says; only used as a divisor.
    packed: u64,
    /// Bytes that came out so far.
    inflated: u64,
    /// Bytes that the whole package may still inflate to.
    left: u64,
    /// Bytes that this part may inflate to.
    part_most: u64,
    /// Bytes since the last `<`.
    run: u64,
    /// Bytes allowed without `<`.
    run_most: u64,
    /// Why reading stopped.
    breach: Option<Diagnostic>,
}

impl<'a, 'z, S: Read> Bounded<'a, zip::read::ZipFile<'z, S>> {
    fn new(part: zip::read::ZipFile<'z, S>, limits: &'a Limits, left: u64) -> Self {
        Self {
            packed: part.compressed_size().max(1),
            source: part,
            limits,
            inflated: 0,
            left,
            part_most: u64::MAX,
            run: 0,
            run_most: u64::MAX,
            breach: None,
        }
    }
}

impl<R> Bounded<'_, R> {
    fn count(&mut self, chunk: &[u8]) {
        self.inflated += chunk.len() as u64;
        let open = chunk.iter().position(|&b| b == b'<');
        let before = open.unwrap_or(chunk.len()) as u64;
        let longest = self.run + before;
        self.run = match chunk.iter().rposition(|&b| b == b'<') {
            Some(last) => (chunk.len() - last) as u64,
            None => longest,
        };
        self.breach = self.judge(longest);
    }

    fn judge(&self, run: u64) -> Option<Diagnostic> {
        let total = self.limits.inflated_bytes;
        let swollen = self.inflated > self.limits.ratio_from_bytes
            && self.inflated / self.packed > limits::INFLATE_RATIO;
        if self.inflated > self.left {
            Some(refuse::limit("压缩包解开后的大小", refuse::size(total)))
        } else if swollen {
            let most = format!("{} 倍", limits::INFLATE_RATIO);
            Some(refuse::limit("压缩包解开后膨胀的倍数", most))
        } else if self.inflated > self.part_most {
            let most = refuse::size(self.part_most);
            Some(refuse::limit("压缩包内单个非文本部件的大小", most))
        } else if run > self.run_most {
            let most = refuse::size(self.run_most);
            Some(refuse::limit("单个单元格的文字长度", most))
        } else {
            None
        }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.source.read(buffer)?;
        self.count(&buffer[..n]);
        match self.breach {
            Some(_) => Err(io::Error::other("limit")),
            None => Ok(n),
        }
    }
}
