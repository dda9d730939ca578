//! Departments as names of files that every system takes.

use std::collections::BTreeSet;

/// Characters of a name; file systems have room for 255 bytes, and an ending comes behind.
const LENGTH: usize = 40;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

/// The names given so far, in the form in which systems compare them.
#[derive(Default)]
pub(super) struct FileNames(BTreeSet<String>);

impl FileNames {
    /// A name for the department that no other has.
    pub(super) fn name(&mut self, department: &str) -> String {
        let plain = plain(department);
        let mut name = plain.clone();
        for number in 2.. {
            if self.0.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{plain}（{number}）");
        }
        name
    }
}

/// The department without what a path or a system gives a meaning of its own.
fn plain(department: &str) -> String {
    let kept = department.chars().map(|c| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        c => c,
    });
    let kept: String = kept.take(LENGTH).collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c == '~' || c == '$' || c.is_whitespace());
    match DEVICES.contains(&kept.to_lowercase().as_str()) || kept.is_empty() {
        true => format!("_{kept}"),
        false => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder_and_apart() {
        let mut names = FileNames::default();
        let told: Vec<_> = [
            "办公室",
            "../../etc",
            "CON",
            "办公室",
            "人事/教育处",
            "",
            "A",
            "a",
            "~$x",
        ]
        .map(|department| names.name(department))
        .into();
        let wanted = [
            "办公室",
            "_.._etc",
            "_CON",
            "办公室（2）",
            "人事_教育处",
            "_",
            "A",
            "a（2）",
            "x",
        ];
        assert_eq!(told, wanted);
        assert!(names.name(&"处".repeat(300)).chars().count() <= LENGTH + 1);
    }
}
