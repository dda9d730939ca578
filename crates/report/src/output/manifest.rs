//! `manifest.json`: what a run read and wrote, with SHA-256 and SM3 of every file, so that a later
//! hand can tell whether anything was changed.

use zicha_model::manifest::{File, Manifest, SCHEMA};
use zicha_model::plan::Checklist;
use zicha_model::results::{Input, PackRef, Tool};

pub use zicha_model::manifest::{Face, NAME};

/// What a manifest says of the run as a whole.
pub(crate) struct Head<'a> {
    /// The day the run stands on, `2026-09-28`.
    pub(crate) as_of: String,
    /// The unit, as it calls itself.
    pub(crate) unit: &'a str,
    /// What was checked; empty for documents that check nothing.
    pub(crate) checklists: &'a [Checklist],
    /// The packs that were checked against.
    pub(crate) packs: &'a [PackRef],
    /// Names, titles and numbers are masked.
    pub(crate) redacted: bool,
    /// Files read.
    pub(crate) inputs: &'a [Input],
    /// Faces that the PDF documents are set in.
    pub(crate) fonts: &'a [Face],
}

/// Lists what was read and what is to be written.
pub(crate) fn render(head: &Head<'_>, outputs: &[File]) -> serde_json::Result<Vec<u8>> {
    let manifest = Manifest {
        schema: SCHEMA.to_owned(),
        tool: Tool::this(),
        as_of: head.as_of.clone(),
        redacted: head.redacted,
        inputs: head.inputs.iter().map(input).collect(),
        outputs: outputs.to_vec(),
        fonts: head.fonts.to_vec(),
        unit: head.unit.to_owned(),
        checklists: head.checklists.to_vec(),
        packs: head.packs.to_vec(),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn input(input: &Input) -> File {
    File {
        path: input.path.clone(),
        bytes: input.bytes,
        digests: input.digests.clone(),
    }
}
