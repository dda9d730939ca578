//! Keys of mappings in both spellings.

/// A key: its English and its Chinese spelling; the latter empty where there is none.
pub type Key = (&'static str, &'static str);

/// The key among those allowed that is written, in either spelling.
pub fn known(written: &str, allowed: &[Key]) -> Option<Key> {
    let same = |(english, chinese): &&Key| {
        *english == written || !chinese.is_empty() && *chinese == written
    };
    allowed.iter().find(same).copied()
}

/// Both spellings of the keys, for suggestions.
pub fn spellings(keys: &[Key]) -> impl Iterator<Item = &'static str> {
    let both = keys
        .iter()
        .flat_map(|(english, chinese)| [*english, *chinese]);
    both.filter(|spelling| !spelling.is_empty())
}

/// A key for people: `标题（title）`; as it is where it has no Chinese spelling.
pub fn shown((english, chinese): Key) -> String {
    if chinese.is_empty() {
        english.to_owned()
    } else {
        format!("{chinese}（{english}）")
    }
}
