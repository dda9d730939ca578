//! Arguments as people type and drop them → arguments as the parser wants them, with a note for each
//! that was understood otherwise than written.
//!
//! A folder alone is `check FOLDER`; signs of a Chinese keyboard (－－ ＝ ， full-width digits) are what they
//! look like; a path that was torn apart at its blanks is joined where the whole exists. What exists on
//! the disk is never changed.

use std::{ffi::OsString, path::Path};

/// Arguments to parse, and what to tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Forgiven {
    /// The arguments, the program's name first.
    pub(super) arguments: Vec<OsString>,
    /// Notes, a sentence each.
    pub(super) notes: Vec<String>,
}

/// Options whose next argument is a word or a date, never a path.
const WORDED: &[&str] = &[
    "--checklist",
    "--festival",
    "--year",
    "--as-of",
    "--period",
    "--format",
    "--fonts",
    "--fail-on",
    "--threads",
];

/// Understands arguments; `commands` are the names that may stand first.
pub(super) fn understand(
    typed: impl IntoIterator<Item = OsString>,
    commands: &[String],
) -> Forgiven {
    let mut typed = typed.into_iter();
    let program = typed.next().unwrap_or_else(|| "zicha".into());
    let mut forgiven = Forgiven::default();
    let mut arguments: Vec<OsString> = Vec::new();
    for argument in typed {
        let after = arguments.last().and_then(|last| last.to_str());
        let worded = after.is_some_and(|last| WORDED.contains(&last));
        arguments.push(forgiven.argument(argument, worded));
    }
    let mut arguments = forgiven.joined(arguments);
    if arguments
        .first()
        .is_some_and(|first| means_check(first, commands))
    {
        arguments.insert(0, "check".into());
    }
    forgiven.arguments = std::iter::once(program).chain(arguments).collect();
    forgiven
}

/// A folder, or an option other than those of the program itself.
fn means_check(first: &OsString, commands: &[String]) -> bool {
    match first.to_str() {
        Some(word) if commands.iter().any(|command| command == word) => false,
        Some("-h" | "--help" | "-V" | "--version") => false,
        Some(option) if option.starts_with("--") => true,
        _ => Path::new(first).is_dir(),
    }
}

impl Forgiven {
    /// One argument with ordinary signs; `worded` if it is the value of an option that takes no path.
    fn argument(&mut self, argument: OsString, worded: bool) -> OsString {
        let Some(text) = argument.to_str() else {
            return argument;
        };
        if Path::new(text).exists() {
            return argument;
        }
        let plain = if worded {
            half_width(text)
        } else if is_option(text) {
            option(text)
        } else {
            unquoted(text)
        };
        if plain == text {
            return argument;
        }
        self.notes.push(format!("“{text}”已理解为“{plain}”。"));
        plain.into()
    }

    /// Neighbours that are one path with blanks in it.
    fn joined(&mut self, arguments: Vec<OsString>) -> Vec<OsString> {
        let mut joined = Vec::new();
        let mut rest = arguments.as_slice();
        while let Some((first, after)) = rest.split_first() {
            match whole_path(rest) {
                Some((path, parts)) => {
                    let told =
                        format!("“{path}”中有空格，已理解为一个文件夹；命令里要用引号括起来。");
                    self.notes.push(told);
                    joined.push(path.into());
                    rest = rest.get(parts..).unwrap_or_default();
                }
                None => {
                    joined.push(first.clone());
                    rest = after;
                }
            }
        }
        joined
    }
}

/// The path that the first two or more arguments make together, if it exists and they do not.
fn whole_path(arguments: &[OsString]) -> Option<(String, usize)> {
    let words: Vec<&str> = arguments
        .iter()
        .map_while(|argument| argument.to_str())
        .take_while(|word| !word.starts_with('-'))
        .collect();
    if words.len() < 2 || words.first().is_some_and(|first| Path::new(first).exists()) {
        return None;
    }
    let longest_first = (2..=words.len()).rev();
    longest_first
        .map(|parts| {
            (
                words
                    .iter()
                    .take(parts)
                    .copied()
                    .collect::<Vec<_>>()
                    .join(" "),
                parts,
            )
        })
        .find(|(path, _)| Path::new(path).exists())
}

fn is_option(text: &str) -> bool {
    text.starts_with(['-', '－', '—', '–', '﹣', '−'])
}

/// The name of an option with ordinary signs; its value too unless that may be a path.
fn option(text: &str) -> String {
    let body = text.trim_start_matches(['-', '－', '—', '–', '﹣', '−']);
    let (name, value) = match body.split_once(['=', '＝']) {
        Some((name, value)) => (name, Some(value)),
        None => (body, None),
    };
    let name = half_width(name);
    let dashes = if name.chars().count() == 1 { "-" } else { "--" };
    let name = format!("{dashes}{name}");
    match value {
        None => name,
        Some(value) if WORDED.contains(&name.as_str()) => format!("{name}={}", half_width(value)),
        Some(value) => format!("{name}={value}"),
    }
}

/// Letters, digits and signs of the full-width block, and the dashes and stops of a Chinese keyboard.
fn half_width(text: &str) -> String {
    let plain = text.chars().map(|sign| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
        '\u{3000}' => ' ',
        '—' | '–' | '−' | '﹣' => '-',
        '。' => '.',
        '、' => ',',
        sign => sign,
    });
    plain.collect::<String>().trim().to_owned()
}

/// A path without quotation marks of any kind around it; a mark left over at its end is the shell's.
fn unquoted(text: &str) -> String {
    const MARKS: [char; 7] = ['"', '\'', '“', '”', '‘', '’', '＂'];
    let bare = text.trim().trim_matches(MARKS);
    let exists = !bare.is_empty() && Path::new(bare).exists();
    if exists {
        bare.to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(typed: &[&str]) -> (Vec<String>, usize) {
        let typed = std::iter::once("zicha").chain(typed.iter().copied());
        let commands = ["check".to_owned(), "检查".to_owned(), "lint".to_owned()];
        let forgiven = understand(typed.map(OsString::from), &commands);
        let shown = forgiven.arguments.iter().skip(1);
        let shown = shown.map(|argument| argument.to_string_lossy().into_owned());
        (shown.collect(), forgiven.notes.len())
    }

    #[test]
    fn signs_of_a_chinese_keyboard_are_what_they_look_like() {
        let typed = [
            "check",
            "－－checklist",
            "节前",
            "——as-of＝２０２６．９．２４",
            "--format",
            "html，pdf",
        ];
        let plain = [
            "check",
            "--checklist",
            "节前",
            "--as-of=2026.9.24",
            "--format",
            "html,pdf",
        ];
        assert_eq!(understood(&typed), (plain.map(str::to_owned).to_vec(), 3));
    }

    #[test]
    fn a_folder_or_an_option_alone_means_check() {
        let here = tempfile::tempdir().expect("a folder");
        let folder = here.path().to_str().expect("text");
        assert_eq!(understood(&[folder]).0, ["check", folder]);
        assert_eq!(
            understood(&["--checklist=all"]).0,
            ["check", "--checklist=all"]
        );
        assert_eq!(understood(&["lint", folder]).0, ["lint", folder]);
        assert_eq!(understood(&["--help"]).0, ["--help"]);
        assert_eq!(
            understood(&["nothing-of-this-name"]).0,
            ["nothing-of-this-name"]
        );
    }

    #[test]
    fn a_path_torn_apart_at_its_blanks_is_joined_and_told() {
        let here = tempfile::tempdir().expect("a folder");
        let folder = here.path().join("2026 年 台账");
        std::fs::create_dir(&folder).expect("made");
        let whole = folder.to_str().expect("text");
        let parts: Vec<&str> = whole.split(' ').collect();
        let typed: Vec<&str> = ["check"]
            .into_iter()
            .chain(parts)
            .chain(["--redact"])
            .collect();
        let (arguments, notes) = understood(&typed);
        assert_eq!(
            (arguments, notes),
            (vec!["check".into(), whole.into(), "--redact".into()], 1)
        );
        assert_eq!(understood(&[&format!("“{whole}”")]).0, ["check", whole]);
        assert_eq!(understood(&[&format!("{whole}\"")]).0, ["check", whole]);
    }

    #[test]
    fn what_exists_is_left_as_it_is() {
        let here = tempfile::tempdir().expect("a folder");
        let folder = here.path().join("－年度（一）");
        std::fs::create_dir(&folder).expect("made");
        let folder = folder.to_str().expect("text");
        assert_eq!(
            understood(&["check", folder, "--out=结果（一）"]).0,
            ["check", folder, "--out=结果（一）"]
        );
    }
}
