//! The parts of a package that are scanned here, and the way out where one is unusual.

/// Something that only calamine and the guard know how to read, or to refuse.
#[derive(Debug)]
pub(crate) struct Unusual;

pub(super) const STRINGS: &str = "xl/sharedstrings.xml";

pub(super) const STYLES: &str = "xl/styles.xml";

/// True for the parts that are read here, by their names in lower case.
pub(super) fn is_bulk(name: &str) -> bool {
    name == STRINGS || (name.starts_with("xl/worksheets/") && name.ends_with(".xml"))
}
