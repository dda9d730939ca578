//! The content of `manifest.json`: what a run read and wrote.

use super::digest::FileDigests;
use super::plan::Checklist;
use super::results::{PackRef, Tool};
use serde::{Deserialize, Serialize};

/// The manifest's name in the output folder.
pub const NAME: &str = "manifest.json";

/// `schema` of the manifests that this program writes.
pub const SCHEMA: &str = "zicha/manifest/1";

/// The whole of `manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// `zicha/manifest/1`.
    pub schema: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// The day the run stood on.
    pub as_of: String,
    /// Names, titles and numbers are masked in the outputs.
    pub redacted: bool,
    /// Files read, by path in the workspace.
    pub inputs: Vec<File>,
    /// Files written, by name in the output folder.
    pub outputs: Vec<File>,
    /// Faces that the PDF documents are set in.
    pub fonts: Vec<Face>,
    /// The unit, as it calls itself. This and what follows is absent in manifests of earlier versions.
    #[serde(default)]
    pub unit: String,
    /// The checklists that were run; none for documents that check nothing.
    #[serde(default)]
    pub checklists: Vec<Checklist>,
    /// The packs that were checked against.
    #[serde(default)]
    pub packs: Vec<PackRef>,
}

/// A file with its length and hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Path with `/` separators.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// `sha256` and `sm3` of its bytes.
    #[serde(flatten)]
    pub digests: FileDigests,
}

/// A font face used in the PDF documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Family.
    pub family: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the face.
    pub sha256: String,
}
