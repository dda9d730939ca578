//! Slips of the pen, one line each in `slips.csv`: the control, the record, what wrongly stands in it.
//!
//! `where` picks a record that has no fault yet, `changes` says what is written into it (see
//! [`super::super::written`]); `×` takes it out. With a `+` before `where` a copy of the record is added
//! with the changes. The cells changed first show the fault, unless `about` names another subject
//! (ledger and key), whose cells cannot show it.

use super::super::sower::Sower;
use super::super::written;

const SLIPS: &str = include_str!("slips.csv");

/// Sows them in the order written.
pub(super) fn sow(s: &mut Sower) {
    for line in SLIPS.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&'static str> = line.split(',').collect();
        let cells = <[&'static str; 6]>::try_from(cells).expect("six columns");
        slip(s, cells);
    }
}

fn slip(s: &mut Sower, [control, ledger, wanted, changes, about, phrase]: [&'static str; 6]) {
    let (added, wanted) = match wanted.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, wanted),
    };
    let fit = written::picked(s.world, ledger, wanted);
    assert!(!fit.is_empty(), "{control}: no record for {wanted}");
    let uid = match added {
        true => written::copy(s.world, ledger, fit[0], changes),
        false => s.among(ledger, &fit),
    };
    if changes == "×" {
        s.drop(ledger, |row| row.uid == uid);
    }
    let fields = match added {
        true => changes
            .split(';')
            .skip(1)
            .filter_map(|c| Some(c.split_once('=')?.0))
            .collect(),
        false => written::change(s.world.row_mut(ledger, uid), changes),
    };
    match about.split_once(' ') {
        Some((ledger, key)) => s.absent(control, ledger, key, phrase),
        None => s.note(control, ledger, uid, &fields, phrase),
    }
}
