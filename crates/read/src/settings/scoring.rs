//! The unit's own scoring model: found and read as text.

use crate::formats::{read_errors, text};
use std::{
    fs,
    path::{Component, Path},
};
use zicha_model::diag::Diagnostic;
use zicha_model::profile::Profile;

/// Path and text of the model, if the profile names a file of the workspace: any other name is a
/// built-in model's. A file that is there but cannot be read is told.
pub fn load(root: &Path, profile: &Profile) -> Result<Option<(String, String)>, Diagnostic> {
    let Some(named) = &profile.scoring else {
        return Ok(None);
    };
    let path = &named.text;
    let mut parts = Path::new(path).components();
    let inside = parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside || !root.join(path).is_file() {
        return Ok(None);
    }
    let named = |mut told: Diagnostic| {
        told.locus.file = Some(path.clone());
        told
    };
    let bytes =
        fs::read(root.join(path)).map_err(|error| named(read_errors::unreadable(&error)))?;
    match text::decode(&bytes) {
        Some(text) => Ok(Some((path.clone(), text.into_owned()))),
        None => Err(named(read_errors::encoding())),
    }
}
