//! The container of Excel 97–2003 files: sectors linked to streams by a table.
//!
//! What enters: the bytes of a file. What leaves: the stream that holds the workbook's records. A
//! broken file may close a chain of sectors to a circle, so no chain is longer than the file.

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

/// The stream that holds the workbook's records.
pub(crate) fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(long(bytes, 48)?)?;
    let root = directory.get(..128)?;
    // Walked for its own sake: calamine follows these two chains without a bound.
    if long(bytes, 64)? > 0 {
        file.chain(long(root, 116)?)?;
        file.chain(long(bytes, 60)?)?;
    }
    let entry = |name: &str| {
        let mut entries = directory.chunks_exact(128);
        entries.find(|entry| entry_name(entry).eq_ignore_ascii_case(name))
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

fn entry_name(entry: &[u8]) -> String {
    let units = entry[..64].chunks_exact(2);
    let units: Vec<u16> = units.map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    text.trim_end_matches('\0').to_owned()
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
    fn garbage_is_no_workbook() {
        assert!(workbook_stream(&[0xD0; 700]).is_none());
        assert!(workbook_stream(&[]).is_none());
    }
}
