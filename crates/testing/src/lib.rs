//! What the tests of several crates share: the repository's root, the built-in ledgers, a workspace
//! read as a run reads it, poppler's tools. Never a dependency of the program itself.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

pub mod poppler;
pub mod score_form;
pub mod workspace;

pub use poppler::poppler;
use std::path::{Path, PathBuf};
use zicha_model::{
    profile::Profile,
    schema::{LedgerId, Schemas},
};
use zicha_rule::pack;

/// The folder of the repository: `sample-data/`, `tests/fixtures/`, `docs/` lie in it.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().nth(2).expect("crates/testing");
    root.to_owned()
}

/// The built-in ledgers and enumerations.
pub fn schemas() -> Schemas {
    pack::load(Path::new("."), &Profile::default()).0.schemas
}

/// The ledger with this id.
pub fn ledger_id(schemas: &Schemas, id: &str) -> LedgerId {
    schemas.ledger_by_id(id).expect("a built-in ledger")
}
