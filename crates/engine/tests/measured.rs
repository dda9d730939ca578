//! The documented table of speeds, on few records: that every kind runs, finds what its bare loop is for, and
//! gives its line. Times are not looked at.

use crate::{kinds, table};

#[test]
fn every_kind_of_the_table_gives_its_line() {
    let kinds = kinds::kinds();
    assert!(kinds.len() > 5, "{} kinds", kinds.len());
    for kind in kinds {
        let line = table::line(&kind, 2_000);
        assert!(line.starts_with(kind.name), "{line}");
        for part in [" s  bare ", " s  x ", "limit "] {
            assert!(line.contains(part), "{line}");
        }
    }
}
