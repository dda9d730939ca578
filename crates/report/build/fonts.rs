//! The faces that are built into the program.
//!
//! What enters: the files of `fonts/` (fetched by `scripts/fetch-fonts.py`, not in the
//! repository). What leaves: `fonts.rs` in `OUT_DIR` with their names and bytes. Without any file
//! the table is empty and the program relies on the machine's fonts for PDF.

use std::{fmt::Write, fs, io, path::Path};

/// The faces taken, without extension: nothing else that happens to lie in `fonts/` is embedded,
/// because most fonts found on office machines may not be passed on.
const FACES: [&str; 4] = [
    "LXGWWenKai-Regular",
    "NotoSansSC-Medium",
    "NotoSerifSC-Bold",
    "NotoSerifSC-Regular",
];

/// Writes `fonts.rs` into `out` for the faces in `root/fonts`.
pub(crate) fn embed(root: &Path, out: &Path) -> io::Result<()> {
    let folder = root.join("fonts");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut table = String::from("static EMBEDDED: &[(&str, &[u8])] = &[\n");
    for face in FACES {
        let file = ["ttf", "otf"]
            .map(|extension| folder.join(format!("{face}.{extension}")))
            .into_iter()
            .find(|file| file.is_file());
        if let Some(file) = file {
            writeln!(
                table,
                "    ({face:?}, include_bytes!({:?})),",
                file.display().to_string()
            )
            .map_err(io::Error::other)?;
        }
    }
    table.push_str("];\n");
    fs::write(out.join("fonts.rs"), table)
}
