//! `manifest.json`: what a run read and wrote, with SHA-256 and SM3 of every file, so that a later
//! hand can tell whether anything was changed.

use crate::model::results::{Input, Results, Tool};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// The manifest's name in the output folder.
pub const NAME: &str = "manifest.json";

/// The whole of `manifest.json`.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    tool: &'a Tool,
    as_of: String,
    redacted: bool,
    inputs: Vec<File>,
    outputs: Vec<File>,
    /// Faces that the PDF documents are set in.
    fonts: &'a [Face],
}

/// A file with its length and hashes.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct File {
    path: String,
    bytes: u64,
    sha256: String,
    sm3: String,
}

/// A font face used in the PDF documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Face {
    /// Family.
    pub family: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the face.
    pub sha256: String,
}

/// Lists what was read and what is to be written.
pub(super) fn render(
    results: &Results,
    outputs: &[(String, Vec<u8>)],
    fonts: &[Face],
    redacted: bool,
) -> serde_json::Result<Vec<u8>> {
    let manifest = Manifest {
        schema: "zicha/manifest/1",
        tool: &results.tool,
        as_of: results.run.as_of.to_string(),
        redacted,
        inputs: results.inputs.iter().map(input).collect(),
        outputs: outputs
            .iter()
            .map(|(name, bytes)| output(name, bytes))
            .collect(),
        fonts,
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn input(input: &Input) -> File {
    File {
        path: input.path.clone(),
        bytes: input.bytes,
        sha256: input.sha256.clone(),
        sm3: input.sm3.clone(),
    }
}

fn output(name: &str, bytes: &[u8]) -> File {
    File {
        path: name.to_owned(),
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)),
        sm3: hex(&Sm3::digest(bytes)),
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standards() {
        let file = output("a", b"abc");
        assert!(file.sha256.starts_with("ba7816bf8f01cfea"));
        assert!(file.sm3.starts_with("66c7f0f462eeedd9"));
    }
}
