//! The guard in front of calamine: walks a zip package once before anything is trusted.
//!
//! What enters: the bytes of an xlsx, xlsb or ods file. What leaves: a refusal that names the
//! limit, or [`Facts`] that calamine does not give (merged regions, hidden rows and columns).
//! calamine allocates what a file claims and then aborts, which nothing can catch: cells at A1 and
//! XFD1048576 ask for 550 GB, a large `uniqueCount` does so before any sheet is read. So every part
//! is inflated here first, counting the bytes that really come.

use crate::formats::limits::Limits;
use crate::formats::{limits, read_errors, xlsb_guard, xml_guard};
use memchr::{memchr, memmem, memrchr};
use std::{
    collections::BTreeMap,
    io::{self, BufReader, Cursor, Read},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};
use zicha_model::diag::Diagnostic;
use zip::{ZipArchive, read::ZipFile};

/// What the guard learned of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Merged regions as in [`crate::formats::grid::Grid::merged`].
    pub(crate) merged: Vec<(u32, u32, u32, u32)>,
    /// 1-based hidden rows.
    pub(crate) hidden_rows: Vec<u32>,
    /// First and last of 0-based hidden columns.
    pub(crate) hidden_columns: Vec<(u32, u32)>,
    /// Formulas that were saved without their result.
    pub(crate) uncomputed: u32,
    /// Address of the first of them.
    pub(crate) first_uncomputed: String,
}

/// What the guard learned of a package.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Facts by part name, in lower case.
    pub(crate) parts: BTreeMap<String, Facts>,
    /// Facts by sheet name where the part itself names its sheets (ods).
    pub(crate) tables: BTreeMap<String, Facts>,
    /// Sheet name → relationship id, from the workbook part.
    pub(crate) sheets: Vec<(String, String)>,
    /// Relationship id → target, from the workbook's relationships.
    pub(crate) targets: BTreeMap<String, String>,
    /// True if an ods counts days from 1904; of the others calamine tells.
    pub(crate) since_1904: bool,
    /// True if a worksheet of an xlsb has cells that calamine does not see.
    pub(crate) unseen: bool,
    /// Cells with content so far, over all parts.
    pub(crate) cells: u64,
}

impl Package {
    /// The facts of a sheet by its name.
    pub(crate) fn facts(&mut self, sheet: &str) -> Facts {
        if let Some(facts) = self.tables.remove(sheet) {
            return facts;
        }
        let part = self.part(sheet, |name| self.parts.contains_key(name));
        part.and_then(|part| self.parts.remove(&part))
            .unwrap_or_default()
    }

    /// The part that holds a sheet, in lower case; `known` says whether there is such a part.
    pub(crate) fn part(&self, sheet: &str, known: impl Fn(&str) -> bool) -> Option<String> {
        let (_, id) = self.sheets.iter().find(|(name, _)| name == sheet)?;
        let target = self.targets.get(id)?;
        let target = target.trim_start_matches('/').to_ascii_lowercase();
        Some(match known(&target) {
            true => target,
            false => format!("xl/{target}"),
        })
    }
}

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
            walk_part(part, &name, limits, left, &mut package)?;
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
        return Err(read_errors::format(
            crate::formats::sniff::Format::Encrypted,
        ));
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
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = head.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'<') || name.ends_with(".xml") || name.ends_with(".rels") {
        input.get_mut().run_most = limits.text_run_bytes;
        return xml_guard::walk(input, name, limits, package);
    }
    input.get_mut().part_most = limits.opaque_part_bytes;
    if name.ends_with("workbook.bin") {
        return xlsb_guard::workbook(input, limits, package);
    }
    if name.ends_with(".bin") && name.contains("worksheets/") {
        return xlsb_guard::walk(input, name, limits, package);
    }
    io::copy(input, &mut io::sink()).map_err(read_errors::broken)?;
    Ok(())
}

/// Inflated bytes of one part, stopped at the first bound that they exceed.
pub(crate) struct Bounded<'a, R> {
    source: R,
    limits: &'a Limits,
    /// Bytes as packed in the archive, as the directory says; only used as a divisor.
    packed: u64,
    /// Bytes that came out so far.
    inflated: u64,
    /// Bytes that the whole package may still inflate to.
    left: &'a AtomicU64,
    /// True if it inflates to more.
    over: bool,
    /// Bytes that this part may inflate to.
    part_most: u64,
    /// Bytes since the last `<`.
    run: u64,
    /// Bytes allowed without `<`.
    run_most: u64,
    /// Why reading stopped.
    breach: Option<Diagnostic>,
}

impl<'a, 'z, S: Read> Bounded<'a, ZipFile<'z, S>> {
    fn new(part: ZipFile<'z, S>, limits: &'a Limits, left: &'a AtomicU64) -> Self {
        Self {
            packed: part.compressed_size().max(1),
            source: part,
            limits,
            inflated: 0,
            left,
            over: false,
            part_most: u64::MAX,
            run: 0,
            run_most: u64::MAX,
            breach: None,
        }
    }
}

impl<'a, 'z, S: Read> Bounded<'a, ZipFile<'z, S>> {
    /// As for the parts that are walked here, for a part that is XML.
    pub(crate) fn xml(part: ZipFile<'z, S>, limits: &'a Limits, left: &'a AtomicU64) -> Self {
        Self {
            run_most: limits.text_run_bytes,
            ..Self::new(part, limits, left)
        }
    }
}

impl<R> Bounded<'_, R> {
    fn count(&mut self, chunk: &[u8]) {
        let length = chunk.len() as u64;
        self.inflated += length;
        let less = |left: u64| left.checked_sub(length);
        let taken = self.left.fetch_update(Relaxed, Relaxed, less);
        self.over |= taken.is_err();
        let open = memchr(b'<', chunk);
        let before = open.unwrap_or(chunk.len()) as u64;
        let longest = self.run + before;
        self.run = match memrchr(b'<', chunk) {
            Some(last) => (chunk.len() - last) as u64,
            None => longest,
        };
        self.breach = self.judge(longest);
    }

    fn judge(&self, run: u64) -> Option<Diagnostic> {
        let total = self.limits.inflated_bytes;
        let swollen = self.inflated > self.limits.ratio_from_bytes
            && self.inflated / self.packed > limits::INFLATE_RATIO;
        if self.over {
            Some(read_errors::limit(
                "压缩包解开后的大小",
                read_errors::size(total),
            ))
        } else if swollen {
            let most = format!("{} 倍", limits::INFLATE_RATIO);
            Some(read_errors::limit("压缩包解开后膨胀的倍数", most))
        } else if self.inflated > self.part_most {
            let most = read_errors::size(self.part_most);
            Some(read_errors::limit("压缩包内单个非文本部件的大小", most))
        } else if run > self.run_most {
            let most = read_errors::size(self.run_most);
            Some(read_errors::limit("单个单元格的文字长度", most))
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
