//! Files that lie in the workspace twice.
//!
//! What enters: all files as understood. What leaves: the same, but of files with the same content
//! only the first keeps its tables; the others say so. Read twice, every record of a copy that somebody
//! made before editing would look like a number given twice.

use crate::tables::join::{FileTables, SheetTables};
use std::collections::{HashMap, HashSet};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{dataset::SheetUse, schema::LedgerId};

/// What makes two files the same. The same bytes under another name may be another ledger, so what
/// was understood counts beside the bytes.
type Content = (String, Vec<Option<LedgerId>>);

/// Empties the copies; of files with the same content that with the shortest name is the original.
pub(crate) fn leave_out(files: &mut [FileTables]) {
    let mut originals: HashMap<Content, String> = HashMap::new();
    for file in files.iter() {
        let (Some(content), path) = (content(file), &file.input.path) else {
            continue;
        };
        let original = originals.entry(content).or_insert_with(|| path.clone());
        if (path.len(), path) < (original.len(), original) {
            original.clone_from(path);
        }
    }
    for file in files {
        let original = content(file).and_then(|content| originals.get(&content));
        if let Some(original) = original.filter(|original| **original != file.input.path) {
            empty(file, original);
        }
    }
}

/// Nothing for a file without any ledger or list: it is told for what it is.
fn content(file: &FileTables) -> Option<Content> {
    let ledgers: Vec<_> = file.sheets.iter().flat_map(ledgers).collect();
    let matters = ledgers.iter().any(Option::is_some) || !file.list.is_empty();
    matters.then(|| (file.input.digests.sha256.clone(), ledgers))
}

fn ledgers(sheet: &SheetTables) -> Vec<Option<LedgerId>> {
    match sheet {
        SheetTables::Other(_) => vec![None],
        SheetTables::Ledgers(tables) => tables.blocks.iter().map(|b| Some(b.ledger)).collect(),
    }
}

fn empty(file: &mut FileTables, original: &str) {
    let why = format!("与“{original}”内容完全相同，只按那一份读取");
    let told = Diagnostic::new(
        codes::FILE_COPIED,
        format!("文件{why}"),
        Locus::file(&file.input.path),
    )
    .with_hint("请移走多余的一份；如果两份本应不同，请核对是否存错。");
    for sheet in &mut file.sheets {
        let name = match sheet {
            SheetTables::Other(usage) => usage.name.clone(),
            SheetTables::Ledgers(tables) => {
                let usage = tables.blocks.first().map(|block| block.usage.name.clone());
                usage.unwrap_or_default()
            }
        };
        *sheet = SheetTables::Other(SheetUse {
            name,
            why: why.clone(),
            ..SheetUse::default()
        });
    }
    file.list.clear();
    file.diagnostics = vec![told];
}

/// Drops what rows of other registers state of a ledger that the workspace keeps itself: it would be
/// the same record twice.
pub(crate) fn prefer_own_records(files: &mut [FileTables]) {
    let blocks = files
        .iter()
        .flat_map(|file| &file.sheets)
        .filter_map(|sheet| match sheet {
            SheetTables::Ledgers(tables) => Some(&tables.blocks),
            SheetTables::Other(_) => None,
        });
    let own = blocks
        .flatten()
        .filter(|block| !block.projected && !block.rows.is_empty());
    let own: HashSet<LedgerId> = own.map(|block| block.ledger).collect();
    for file in files {
        for sheet in &mut file.sheets {
            if let SheetTables::Ledgers(tables) = sheet {
                tables
                    .blocks
                    .retain(|block| !block.projected || !own.contains(&block.ledger));
            }
        }
    }
}
