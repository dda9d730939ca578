//! The fast way into xlsx workbooks as Excel, WPS and the usual writers make them.
//!
//! What enters: the bytes of a package. What leaves: its sheets, or [`Unusual`], and then the guard
//! walks the whole package and calamine reads it. Shared strings and sheets, which are nearly all of
//! a package, are scanned once for tags while they inflate, in parallel; nothing is allocated on a
//! claim, so that they need no guard of their own. All other parts pass the guard, and what they say
//! (names of sheets, kinds of styles) calamine reads. Any breach of a limit is unusual too: the guard
//! meets it again and tells.

mod cells;
mod lean;
mod parts;
mod strings;
mod tags;
mod written;

use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::package::guard;
use crate::formats::package::{Facts, bounded::Bounded};
use crate::formats::sheets;
use crate::formats::sheets::Sheets;
use crate::formats::xlsx::fast::cells::Book;
use crate::formats::xlsx::fast::lean::Lean;
pub(crate) use crate::formats::xlsx::fast::parts::Unusual;
use crate::formats::xlsx::fast::parts::{STRINGS, STYLES, is_bulk};
use crate::formats::xlsx::styles;
use calamine::{Sheet, SheetVisible};
use std::{
    io::{Cursor, Read},
    sync::{Arc, atomic::AtomicU64},
};
use zicha_model::dataset::Interner;
use zip::ZipArchive;

/// Reads a workbook if it is plain.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheets, Unusual> {
    let left = AtomicU64::new(limits.inflated_bytes);
    let package = guard::walk_but(bytes, limits, &left, is_bulk).map_err(|_| Unusual)?;
    let parts = parts(bytes)?;
    let part = |sheet: &str| {
        let part = package.part(sheet, is_bulk)?;
        parts.contains(&part).then_some(part)
    };
    let mut names = package.sheets.iter().map(|(name, _)| name);
    let (name, first) = names.find_map(|n| Some((n, part(n)?))).ok_or(Unusual)?;
    let Lean {
        sheets,
        styles,
        since_1904,
    } = lean::open(bytes, name, &first)?;
    let mut texts = Interner::default();
    let mut book = Book {
        strings: Vec::new(),
        styles,
        looks: Vec::new(),
        limits,
        cells: AtomicU64::new(limits.cells),
    };
    if parts.iter().any(|part| part == STYLES) {
        book.looks = with_part(bytes, STYLES, limits, &left, |source| {
            Ok(styles::read(source))
        })?;
    }
    if parts.iter().any(|part| part == STRINGS) {
        let (most, record) = (2 * limits.text_run_bytes, limits.record_bytes);
        book.strings = with_part(bytes, STRINGS, limits, &left, |source| {
            strings::shared(source, most, record, &mut texts)
        })?;
    }
    let parts = sheets.iter().map(|sheet| part(&sheet.name).ok_or(Unusual));
    let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
    let texts = Texts::of(texts, sheets.len());
    let work = sheets.into_iter().zip(parts).zip(texts.0).collect();
    let read = crate::parallel::each(
        work,
        |((sheet, part), texts): ((Sheet, String), Interner)| {
            let hidden = sheet.visible != SheetVisible::Visible;
            let mut gather = Gather::with_texts(&sheet.name, hidden, texts);
            for &(row, column) in package.pictures(&part) {
                gather.picture(row, column);
            }
            for (row, column, said) in package.comments(&part) {
                gather.comment(*row, *column, said);
            }
            let facts = with_part(bytes, &part, limits, &left, |source| {
                cells::read(source, &book, &mut gather)
            });
            facts.map(|facts| (gather, facts))
        },
    );
    Ok(sheets::reckoned(collect(read)?, since_1904))
}

fn collect(read: Vec<Result<(Gather, Facts), Unusual>>) -> Result<Sheets, Unusual> {
    let mut sheets = Sheets::default();
    for read in read {
        let (gather, facts) = read?;
        sheets::finish(gather, facts, &mut sheets);
    }
    Ok(sheets)
}

/// For each sheet the texts that it begins with: all sheets continue the shared ones, a single
/// sheet has them for its own.
struct Texts(Vec<Interner>);

impl Texts {
    fn of(shared: Interner, sheets: usize) -> Self {
        if sheets == 1 {
            return Self(vec![shared]);
        }
        let shared = Arc::new(shared);
        Self((0..sheets).map(|_| Interner::on(shared.clone())).collect())
    }
}

/// The names of all parts in lower case. Of two parts of one name nobody knows which is meant.
fn parts(bytes: &[u8]) -> Result<Vec<String>, Unusual> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unusual)?;
    let mut names = Vec::new();
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(|_| Unusual)?;
        names.push(guard::part_name(&part));
    }
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
    let strings = names
        .iter()
        .filter(|name| name.ends_with("sharedstrings.xml"));
    let elsewhere = strings.into_iter().any(|name| name != STRINGS);
    let book = names.iter().any(|name| name == "xl/workbook.xml");
    match book && !twice && !elsewhere {
        true => Ok(names),
        false => Err(Unusual),
    }
}

/// Hands the inflated bytes of a part over, counted and bounded.
fn with_part<T>(
    bytes: &[u8],
    part: &str,
    limits: &Limits,
    left: &AtomicU64,
    read: impl FnOnce(&mut dyn Read) -> Result<T, Unusual>,
) -> Result<T, Unusual> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unusual)?;
    let mut names = zip.file_names_raw();
    let same = |name: &[u8]| {
        let name = String::from_utf8_lossy(name).replace('\\', "/");
        name.to_ascii_lowercase() == part
    };
    let index = names.position(same).ok_or(Unusual)?;
    drop(names);
    let part = zip.by_index(index).map_err(|_| Unusual)?;
    if part.encrypted() {
        return Err(Unusual);
    }
    read(&mut Bounded::xml(part, limits, left))
}
