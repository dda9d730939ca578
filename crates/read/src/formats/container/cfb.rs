//! The container of Excel 97–2003 files: sectors linked to streams by a table.
//!
//! What enters: the bytes of a file. What leaves: the names of its streams, and the stream that
//! holds the workbook's records. Only what lies in the root counts: the streams of embedded objects
//! say nothing of the file. A broken file may close a chain of sectors to a circle, so no chain is
//! longer than the file.

/// Sector ids from here on are marks, not sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFF9;

/// The container: sectors linked to streams by a table.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = word(bytes, 30)?;
        let sector = 1
            << if matches!(shift, 9 | 12) {
                shift
            } else {
                return None;
            };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
        };
        let mut tables: Vec<u32> = (0..109).map_while(|i| long(bytes, 76 + 4 * i)).collect();
        let mut next = long(bytes, 68)?;
        let most = bytes.len() / sector + 1;
        let mut hops = 0;
        while next <= LAST_SECTOR {
            let mut more = words(file.at(next)?);
            next = more.pop()?;
            tables.extend(more);
            hops += 1;
            if hops > most || tables.len() > most + sector {
                return None;
            }
        }
        tables.retain(|&id| id <= LAST_SECTOR);
        tables.truncate(most);
        let fat = tables.iter().map_while(|&id| file.at(id)).flat_map(words);
        file.fat = fat.collect();
        Some(file)
    }

    /// A sector, the last one perhaps in part; never empty, so that every chain ends.
    fn at(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|part| !part.is_empty())
    }

    /// The bytes of a chain of sectors; `None` if it runs in a circle or out of the file.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut id = start;
        while id <= LAST_SECTOR {
            bytes.extend_from_slice(self.at(id)?);
            if bytes.len() > self.bytes.len() {
                return None;
            }
            id = *self.fat.get(id as usize)?;
        }
        Some(bytes)
    }
}

/// Length of a directory entry in bytes.
const ENTRY: usize = 128;
/// An entry id that stands for none.
const NO_ENTRY: u32 = u32::MAX;

/// The names of the streams and folders in the root, in lower case; empty if the file is broken.
pub(crate) fn root_names(bytes: &[u8]) -> Vec<String> {
    let directory = Compound::open(bytes).and_then(|file| file.chain(long(bytes, 48)?));
    let directory = directory.unwrap_or_default();
    let entries = in_root(&directory);
    let names = entries.map(|entry| entry_name(entry).to_ascii_lowercase());
    names.collect()
}

/// The stream that holds the workbook's records.
pub(crate) fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(long(bytes, 48)?)?;
    let root = directory.get(..ENTRY)?;
    let entry = |name: &str| {
        let is = |entry: &&[u8]| entry_name(entry).eq_ignore_ascii_case(name);
        in_root(&directory).find(is)
    };
    let entry = entry("Workbook").or_else(|| entry("Book"))?;
    let (start, length) = (long(entry, 116)?, long(entry, 120)? as usize);
    let mut stream = if length >= 4096 {
        file.chain(start)?
    } else {
        let table = words(&file.chain(long(bytes, 60)?)?);
        small_chain(&file.chain(long(root, 116)?)?, &table, start)?
    };
    stream.truncate(length);
    Some(stream)
}

/// The entries in the root. They form a tree of neighbours; where a writer left it unlinked, every
/// entry counts.
fn in_root(directory: &[u8]) -> impl Iterator<Item = &[u8]> {
    let entry = |id: u32| {
        let start = (id as usize).checked_mul(ENTRY)?;
        directory.get(start..start.checked_add(ENTRY)?)
    };
    let mut found = Vec::new();
    let mut seen = vec![false; directory.len() / ENTRY];
    let mut open: Vec<u32> = entry(0)
        .and_then(|root| long(root, 76))
        .into_iter()
        .collect();
    while let Some(id) = open.pop() {
        let (Some(entry), Some(seen)) = (entry(id), seen.get_mut(id as usize)) else {
            continue;
        };
        if id == NO_ENTRY || std::mem::replace(seen, true) {
            continue;
        }
        open.extend([long(entry, 72), long(entry, 68)].into_iter().flatten());
        found.push(entry);
    }
    if found.is_empty() {
        found = directory.chunks_exact(ENTRY).skip(1).collect();
    }
    found.into_iter()
}

/// A container of a single stream called `Workbook`, for a reader that is to see nothing else.
pub(crate) fn wrap(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    const TABLE: u32 = 0xFFFF_FFFD;
    let padded = stream.len().max(4096).next_multiple_of(SECTOR);
    let data = padded / SECTOR;
    // One sector of directory, then the stream, then the table and what lists the table.
    let per_table = SECTOR / 4;
    let mut tables = (data + 1).div_ceil(per_table - 1) + 1;
    let lists = tables.saturating_sub(109).div_ceil(per_table - 1);
    tables = (data + 1 + tables + lists).div_ceil(per_table);
    let mut fat: Vec<u32> = vec![END];
    fat.extend((0..data).map(|at| if at + 1 == data { END } else { at as u32 + 2 }));
    let first_table = fat.len() as u32;
    fat.extend(std::iter::repeat_n(TABLE, tables));
    let first_list = fat.len() as u32;
    fat.extend(std::iter::repeat_n(0xFFFF_FFFC, lists));
    fat.resize(tables * per_table, FREE);

    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.resize(24, 0);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        out.extend(half.to_le_bytes());
    }
    let list_start = if lists > 0 { first_list } else { END };
    for long in [
        0,
        tables as u32,
        0,
        0,
        4096,
        END,
        0,
        list_start,
        lists as u32,
    ] {
        out.extend(long.to_le_bytes());
    }
    let ids: Vec<u32> = (first_table..first_table + tables as u32).collect();
    let own: Vec<u32> = ids
        .iter()
        .copied()
        .chain(std::iter::repeat(FREE))
        .take(109)
        .collect();
    out.extend(own.iter().flat_map(|id| id.to_le_bytes()));
    out.extend(directory_entry("Root Entry", 5, 1, END, 0));
    out.extend(directory_entry(
        "Workbook",
        2,
        NO_ENTRY,
        1,
        stream.len().max(4096) as u32,
    ));
    out.resize(2 * SECTOR, 0);
    out.extend(stream);
    out.resize(2 * SECTOR + padded, 0);
    out.extend(fat.iter().flat_map(|id| id.to_le_bytes()));
    for (at, part) in ids
        .get(109..)
        .unwrap_or_default()
        .chunks(per_table - 1)
        .enumerate()
    {
        let next = if at + 1 < lists {
            first_list + at as u32 + 1
        } else {
            END
        };
        let part = part.iter().copied().chain(std::iter::repeat(FREE));
        let part: Vec<u32> = part.take(per_table - 1).chain([next]).collect();
        out.extend(part.iter().flat_map(|id| id.to_le_bytes()));
    }
    out
}

fn directory_entry(name: &str, kind: u8, child: u32, start: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(64, 0);
    entry.extend((2 * name.len() as u16 + 2).to_le_bytes());
    entry.extend([kind, 1]);
    for id in [NO_ENTRY, NO_ENTRY, child] {
        entry.extend(id.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(ENTRY, 0);
    entry
}

/// A short stream, kept in pieces of 64 bytes within the root's stream.
fn small_chain(pieces: &[u8], table: &[u32], start: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut id = start;
    while id <= LAST_SECTOR && bytes.len() <= 4096 {
        let at = id as usize * 64;
        let piece = pieces.get(at..(at + 64).min(pieces.len()));
        bytes.extend_from_slice(piece.filter(|piece| !piece.is_empty())?);
        id = *table.get(id as usize)?;
    }
    Some(bytes)
}

/// The name of an entry: it ends at a zero, whatever stands behind.
fn entry_name(entry: &[u8]) -> String {
    let units = entry[..64].chunks_exact(2);
    let units = units.map(|c| u16::from_le_bytes([c[0], c[1]]));
    let units: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
    String::from_utf16_lossy(&units)
}

/// Two bytes as a number, lowest first.
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

/// Four bytes as a number, lowest first.
pub(crate) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let fours = bytes.chunks_exact(4);
    fours
        .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_stream_comes_out_again() {
        for length in [10, 5_000, 9_000_000] {
            let stream: Vec<u8> = (0..length).map(|n: u32| n as u8).collect();
            let wrapped = wrap(&stream);
            assert_eq!(root_names(&wrapped), ["workbook"]);
            let out = workbook_stream(&wrapped).expect("a stream");
            assert_eq!(out[..stream.len()], stream);
            assert!(out[stream.len()..].iter().all(|&byte| byte == 0));
        }
    }

    #[test]
    fn garbage_is_no_workbook() {
        assert!(workbook_stream(&[0xD0; 700]).is_none());
        assert!(workbook_stream(&[]).is_none());
    }
}
