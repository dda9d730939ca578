//! The memory that the tables of a run may take together.
//!
//! Files are weighed in their order once they are read, so that the same files are left out whatever the
//! number of threads.

use crate::formats::read_errors;
use crate::tables::block::Block;
use crate::tables::join::{FileTables, InputFileParts, SheetTables};
use zicha_model::dataset::Column;
use zicha_model::diag::Locus;

/// What is left of the bound.
pub(crate) struct Budget {
    most: u64,
    taken: u64,
}

impl Budget {
    /// Nothing taken yet.
    pub(crate) fn of(most: u64) -> Self {
        Self { most, taken: 0 }
    }

    /// The file, or what is told in its place where its tables would pass the bound.
    pub(crate) fn admit(&mut self, file: FileTables) -> FileTables {
        let own = weight(&file);
        if own == 0 || self.taken + own <= self.most {
            self.taken += own;
            return file;
        }
        let mut told = read_errors::over_budget(self.taken, own, self.most);
        told.locus = Locus::file(&file.input.path);
        FileTables {
            input: InputFileParts {
                readable: false,
                ..file.input
            },
            diagnostics: vec![told],
            ..FileTables::default()
        }
    }
}

/// Bytes of the tables of a file. Texts that its sheets share are counted once.
fn weight(file: &FileTables) -> u64 {
    let (mut own, mut shared) = (0, 0);
    for sheet in &file.sheets {
        if let SheetTables::Ledgers(ledgers) = sheet {
            own += ledgers.blocks.iter().map(Block::bytes).sum::<usize>() + ledgers.texts.bytes();
            let base = ledgers.texts.base();
            shared = shared.max(base.map_or(0, |base| base.bytes()));
        }
    }
    (own + shared) as u64
}

impl Block {
    fn bytes(&self) -> usize {
        let columns = self
            .columns
            .iter()
            .flatten()
            .map(|Column { words, states, raw }| {
                size_of_val(words.as_slice())
                    + size_of_val(states.as_slice())
                    + size_of_val(raw.as_slice())
            });
        let lines = self.lines.as_deref().map_or(0, size_of_val);
        columns.sum::<usize>() + size_of_val(self.rows.as_slice()) + lines
    }
}
