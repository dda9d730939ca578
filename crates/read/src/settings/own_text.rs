//! `templates/*.md` of a workspace → the unit's own paragraphs by document and chapter.
//!
//! A file is named after the document that it belongs to; its first-level headings name chapters of
//! that document, with or without their numbers. What stands under a heading is Markdown, which the
//! reports read; here it is only cut into chapters. Whatever would not appear is told.

use crate::formats::{read_errors, text};
use std::{collections::BTreeMap, fs, path::Path};
use zicha_embedded as embedded;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};

/// Folder in the workspace.
const FOLDER: &str = "templates";

/// Chapter of what stands before the first heading.
const OPENING: &str = "opening";

/// Longest file in bytes: a report is no book.
const LONGEST: u64 = 256 << 10;

/// Document that a file is named after → the narrative with its chapters.
const DOCUMENTS: [(&str, &str); 6] = [
    ("自查报告", "report.md"),
    ("年度保密工作情况报告", "yearly.md"),
    ("节前检查报告", "festival.md"),
    ("整改清单", "list.md"),
    ("奖惩汇总", "summary.md"),
    ("整改通知单", "notice.md"),
];

/// Chapter → Markdown.
type Chapters = BTreeMap<String, String>;

/// The unit's own paragraphs: narrative (`report.md` …) → chapter → Markdown.
pub(crate) fn load(root: &Path, told: &mut Vec<Diagnostic>) -> BTreeMap<String, Chapters> {
    let Ok(entries) = fs::read_dir(root.join(FOLDER)) else {
        return BTreeMap::new();
    };
    let names = entries.flatten().map(|entry| entry.file_name());
    let mut names: Vec<_> = names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.ends_with(".md") && !name.starts_with('.'))
        .collect();
    names.sort();
    let mut texts = BTreeMap::new();
    for name in names {
        let path = format!("{FOLDER}/{name}");
        match document(&name) {
            None => told.push(unknown_document(&path)),
            Some(narrative) => match read(&root.join(&path)) {
                Ok(text) => {
                    let chapters = chapters(&text, narrative, &path, told);
                    texts.insert(narrative.to_owned(), chapters);
                }
                Err(problem) => told.push(Diagnostic {
                    locus: Locus::file(path),
                    ..problem
                }),
            },
        }
    }
    texts
}

fn document(name: &str) -> Option<&'static str> {
    let stem = name.strip_suffix(".md")?;
    let known = DOCUMENTS.iter().find(|(document, _)| *document == stem);
    known.map(|(_, narrative)| *narrative)
}

fn unknown_document(path: &str) -> Diagnostic {
    let names = DOCUMENTS.map(|(name, _)| format!("{name}.md")).join("、");
    let message = "文件名不是任何一份材料的名称，其中的文字不会写入报告";
    Diagnostic::new(codes::OWN_TEXT_DOCUMENT, message, Locus::file(path))
        .with_hint(format!("可以用的文件名：{names}"))
}

fn read(path: &Path) -> Result<String, Diagnostic> {
    let length = fs::metadata(path)
        .map_err(|e| read_errors::unreadable(&e))?
        .len();
    if length > LONGEST {
        let message = format!("文件超过{}千字节，没有读取", LONGEST >> 10);
        return Err(
            Diagnostic::new(codes::OWN_TEXT_LONG, message, Locus::default())
                .with_hint("只写需要补充的段落；长篇材料另作附件"),
        );
    }
    let bytes = fs::read(path).map_err(|e| read_errors::unreadable(&e))?;
    let text = text::decode(&bytes).ok_or_else(read_errors::encoding)?;
    Ok(text.replace("\r\n", "\n"))
}

/// Cuts a text at its first-level headings; headings that name no chapter are told.
fn chapters(text: &str, narrative: &str, path: &str, told: &mut Vec<Diagnostic>) -> Chapters {
    let known = titles(narrative);
    let mut chapters = Chapters::new();
    let mut current = Some(OPENING.to_owned());
    let mut fenced = false;
    for (line, number) in text.lines().zip(1..) {
        fenced ^= line.trim_start().starts_with("```");
        let heading = line.strip_prefix("# ").filter(|_| !fenced);
        if let Some(heading) = heading {
            current = chapter(heading, &known);
            if current.is_none() {
                told.push(unknown_chapter(heading, number, path, &known));
            }
        } else if let Some(current) = &current {
            let chapter = chapters.entry(current.clone()).or_default();
            chapter.push_str(line);
            chapter.push('\n');
        }
    }
    chapters.retain(|_, text| !text.trim().is_empty());
    chapters
}

/// Chapters of a narrative and of the working paper that belongs to it: id and title without number.
fn titles(narrative: &str) -> Vec<(String, String)> {
    let working = match narrative {
        "report.md" => "working.md",
        "festival.md" => "festival-working.md",
        _ => "",
    };
    let texts = [narrative, working];
    let texts = texts.map(|name| embedded::text(&format!("templates/text/{name}")));
    let lines = texts.iter().flatten().flat_map(|text| text.lines());
    let headings = lines.filter_map(|line| line.strip_prefix("# "));
    let titles = headings.filter_map(|heading| {
        let (title, attributes) = heading.split_once(" {#")?;
        let id = attributes.split([' ', '}']).next()?;
        let fixed = !title.contains("{{") && !attributes.contains(".screen");
        fixed.then(|| (id.to_owned(), unnumbered(title).to_owned()))
    });
    titles.collect()
}

/// A title without `一、` or `附件1`.
fn unnumbered(title: &str) -> &str {
    let title = title.trim();
    let rest = title.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.strip_prefix('、').map_or(title, str::trim)
}

fn chapter(heading: &str, known: &[(String, String)]) -> Option<String> {
    let written = unnumbered(heading.trim().trim_end_matches('#').trim());
    let found = known.iter().find(|(_, title)| title == written);
    found.map(|(id, _)| id.clone())
}

fn unknown_chapter(heading: &str, line: u32, path: &str, known: &[(String, String)]) -> Diagnostic {
    let titles = || known.iter().map(|(_, title)| title.as_str());
    let hint = match zicha_yaml::suggest::nearest(heading.trim(), titles()) {
        Some(near) => format!("是否要写“# {near}”？"),
        None if known.is_empty() => "这份材料不分部分，直接写段落，不写一级标题".to_owned(),
        None => format!("可以写的标题：{}", titles().collect::<Vec<_>>().join("、")),
    };
    let message = format!("“{}”不是这份材料的部分，其下的文字不会写入", heading.trim());
    Diagnostic::new(codes::OWN_TEXT_CHAPTER, message, Locus::text(path, line, 1)).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(name: &str, text: &[u8]) -> (BTreeMap<String, Chapters>, Vec<Diagnostic>) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(FOLDER)).expect("a folder");
        fs::write(folder.path().join(FOLDER).join(name), text).expect("written");
        let mut told = Vec::new();
        (load(folder.path(), &mut told), told)
    }

    #[test]
    fn paragraphs_find_their_chapters_with_and_without_numbers() {
        let text = "开头。\n\n# 自查工作组织开展情况\n\n甲\n\n```\n# 不是标题\n```\n\n# 八、下一步打算\n\n乙\n";
        let (texts, told) = loaded("自查报告.md", text.as_bytes());
        assert_eq!(told, []);
        let report = &texts["report.md"];
        assert_eq!(report.len(), 3);
        assert_eq!(report["opening"].trim(), "开头。");
        assert!(report["organization"].contains("# 不是标题"));
        assert_eq!(report["next"].trim(), "乙");
    }

    #[test]
    fn what_would_not_appear_is_told() {
        let (texts, told) = loaded("自查报告.md", "# 下一步打祘\n\n甲\n".as_bytes());
        assert!(texts["report.md"].is_empty());
        assert_eq!(
            (told[0].code.name(), told[0].locus.line),
            ("own-text-chapter", Some(1))
        );
        assert_eq!(told[0].hint.as_deref(), Some("是否要写“# 下一步打算”？"));
        let (_, told) = loaded("说明.md", b"x");
        assert_eq!(told[0].code, "own-text-document");
        let (_, told) = loaded("整改通知单.md", "# 任何\n".as_bytes());
        assert_eq!(told[0].code, "own-text-chapter");
    }

    #[test]
    fn texts_of_old_editors_are_read() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("保密办公室补充。\r\n");
        let (texts, told) = loaded("整改清单.md", &gbk);
        assert_eq!(told, []);
        assert_eq!(texts["list.md"]["opening"], "保密办公室补充。\n");
    }
}
