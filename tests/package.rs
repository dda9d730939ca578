//! The package for a disc: what `make dist` puts together, with the program as built for the tests.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Packs without compression; `None` where Python does not know SM3.
fn packed(out: &Path) -> Option<PathBuf> {
    let knows = "import hashlib; hashlib.new('sm3')";
    let python = Command::new("python3").args(["-c", knows]).output();
    if !python.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: the package: no python3 that knows SM3");
        return None;
    }
    let output = Command::new("python3")
        .arg(root().join("scripts/make-dist.py"))
        .arg(assert_cmd::cargo::cargo_bin("zicha"))
        .arg(out)
        .env("DIST_LEVEL", "0")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", told(&output));
    let mut folders = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    Some(folders.find(|path| path.is_dir()).unwrap())
}

fn told(output: &Output) -> String {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
#[cfg(unix)]
fn the_package_is_whole_the_same_bytes_twice_and_runs_in_an_empty_root() {
    let place = tempfile::tempdir().unwrap();
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    let Some(folder) = packed(&one) else { return };
    for name in [
        "zicha",
        "使用说明.html",
        "使用说明.pdf",
        "系统要求.txt",
        "示例台账/zicha.yaml",
        "许可证/LICENSE-MIT",
        "许可证/第三方库.txt",
    ] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    let sums = fs::read_to_string(folder.join("校验值.txt")).unwrap();
    let pdf = fs::read(folder.join("使用说明.pdf")).unwrap();
    let digests = zicha_model::digest::FileDigests::of(&pdf);
    for (name, digest) in digests.named() {
        assert!(
            sums.contains(&format!("{name:<7} {digest}  使用说明.pdf")),
            "{sums}"
        );
    }
    let twice = packed(&two).unwrap();
    let name = format!("{}.zip", folder.file_name().unwrap().to_string_lossy());
    let read = |folder: &Path| fs::read(folder.with_file_name(&name)).unwrap();
    assert!(read(&folder) == read(&twice), "the archives differ");
    let tried = Command::new("sh")
        .arg(root().join("scripts/try-dist.sh"))
        .arg(&folder)
        .output()
        .unwrap();
    assert!(tried.status.success(), "{}", told(&tried));
    if told(&tried).contains("SKIPPED") {
        eprintln!("{}", told(&tried).trim());
    }
}
