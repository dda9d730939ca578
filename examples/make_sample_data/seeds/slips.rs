//! What goes wrong with single records, one line each in `slips.csv`: the control, the record, what
//! wrongly stands in it.
//!
//! `where` picks a record that has no fault yet, `changes` says what is written into it and which
//! cells show it (see [`super::super::written`]); `×` takes it out, `××` all that are meant. With a `+` before `where` a copy of
//! the record is added and changed. Where the finding is about something that has no cell, `about`
//! names ledger and key. Without a control the cell cannot be read; `-` only prepares the next line.

use super::super::sower::Sower;
use super::super::written;

const SLIPS: &str = include_str!("slips.csv");

/// Sows them in the order written.
pub(super) fn sow(s: &mut Sower) {
    for line in SLIPS.lines().skip(1) {
        let cells: Vec<&'static str> = line.split(',').collect();
        slip(s, cells.try_into().expect("six columns"));
    }
}

fn slip(s: &mut Sower, [control, ledger, wanted, changes, about, phrase]: [&'static str; 6]) {
    let fit = written::picked(s.world, ledger, wanted.trim_start_matches('+'));
    assert!(
        !fit.is_empty(),
        "{control}: no record of {ledger} with {wanted}"
    );
    let uid = match wanted.strip_prefix('+') {
        Some(_) => written::copy(s.world, ledger, fit[0]),
        None => s.among(ledger, &fit),
    };
    if changes.starts_with('×') {
        let all = changes == "××";
        s.drop(ledger, |row| {
            row.uid == uid || all && fit.contains(&row.uid)
        });
        return absent(s, control, about, phrase);
    }
    let fields = written::change(s.world.row_mut(ledger, uid), changes);
    match (control, about) {
        ("-", _) => {}
        (_, "") => s.note(control, ledger, uid, &fields, phrase),
        _ => absent(s, control, about, phrase),
    }
}

fn absent(s: &mut Sower, control: &'static str, about: &'static str, phrase: &'static str) {
    let (ledger, key) = about.split_once(' ').expect("ledger and key");
    s.absent(control, ledger, key, phrase);
}
