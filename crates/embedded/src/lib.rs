//! The texts that are built into the program: `checklists/` and `templates/`.

/// Every text with its path, in path order.
static TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The text at a path such as `checklists/enums.yaml`.
pub fn text(path: &str) -> Option<&'static str> {
    let index = TEXTS.binary_search_by_key(&path, |(path, _)| path).ok()?;
    Some(TEXTS[index].1)
}

/// The texts below a folder such as `checklists/ledgers/`, in path order.
pub fn below(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> + use<'_> {
    TEXTS
        .iter()
        .copied()
        .filter(move |(path, _)| path.starts_with(folder))
}
