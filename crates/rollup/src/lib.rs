//! Many units' results in one summary for a bureau.
//!
//! What enters: folders that hold `summary.json` or `results.json` (or an earlier `rollup.json`). What leaves: a
//! [`Summary`], the content of `rollup.json`: a set of entries that can be merged in any order and
//! grouping, always to the same bytes. It counts; it names no person and carries no finding's text.

mod cells;
mod entry;
pub mod figures;
mod find;
mod messages;
mod names;
mod open;
mod summary;

pub use cells::{Cells, Mark};
pub use entry::{Entry, Grade, Key, Tally};
pub use open::unit_summary;
pub use summary::{ControlInfo, LeftOut, Summary, Superseded};

use find::ResultFile;
use open::Opened;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::manifest::NAME;

/// Files parsed before they are merged: bounds the memory, whatever the number of units.
const BATCH: usize = 256;

/// What was gathered.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The summary.
    pub summary: Summary,
    /// What was left out, and folders in which nothing was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads every result below the folders, except below `out`. Never fails as a whole.
pub fn gather(folders: &[PathBuf], out: &Path) -> Gathered {
    let mut gathered = Gathered::default();
    let found = find::find(folders, out);
    for folder in &found.barren {
        let told = Diagnostic::new(
            codes::ROLLUP_NOTHING,
            messages::NOTHING_THERE,
            Locus::file(folder),
        );
        gathered
            .diagnostics
            .push(told.with_hint(messages::NOTHING_HINT));
    }
    for folder in &found.without {
        gathered.leave_out(folder, messages::WITHOUT_RESULTS, false);
    }
    for batch in found.files.chunks(BATCH) {
        let opened: Vec<_> = batch.par_iter().map(open::open).collect();
        for (file, opened) in batch.iter().zip(opened) {
            gathered.take(file, opened);
        }
    }
    zicha_model::diag::sort_and_dedup(&mut gathered.diagnostics);
    gathered
}

impl Gathered {
    /// Adds the units that ought to report, and asks about names that may mean one unit.
    pub fn expect(&mut self, names: impl IntoIterator<Item = String>) {
        self.summary.expected.extend(names);
        self.diagnostics.extend(names::spellings(&self.summary));
        zicha_model::diag::sort_and_dedup(&mut self.diagnostics);
    }

    fn take(&mut self, file: &ResultFile, opened: Result<Opened, String>) {
        match opened {
            Ok(Opened::Unit(read)) => self.summary.add(*read),
            Ok(Opened::Summary(other)) => self.summary.merge(*other),
            Err(reason) => self.leave_out(&file.place, &reason, true),
        }
    }

    /// Names what was left out, in the summary and to the user; an unreadable file is an error.
    fn leave_out(&mut self, place: &str, reason: &str, error: bool) {
        let message = messages::left_out(reason);
        let told = if error {
            Diagnostic::new(codes::ROLLUP_LEFT_OUT, message, Locus::file(place))
                .with_hint(messages::left_out_hint(NAME))
        } else {
            Diagnostic::new(codes::ROLLUP_WITHOUT_RESULTS, message, Locus::file(place))
        };
        self.diagnostics.push(told);
        self.summary.left_out.insert(LeftOut {
            place: place.to_owned(),
            reason: reason.to_owned(),
        });
    }
}
