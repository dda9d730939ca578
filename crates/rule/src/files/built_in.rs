//! The packs that lie in the program, for units to pick.

use zicha_embedded as embedded;

/// The built-in packs that units pick.
pub(crate) fn picks() -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded::below("checklists/packs/")
}

/// The id on the first lines of a built-in pack.
pub(crate) fn id_of(text: &str) -> Option<&str> {
    let line = text.lines().find_map(|line| line.strip_prefix("id: "))?;
    Some(line.trim().trim_matches('"'))
}

/// Ids of the built-in packs that units pick, in file order.
pub(crate) fn ids() -> Vec<&'static str> {
    picks().filter_map(|(_, text)| id_of(text)).collect()
}
