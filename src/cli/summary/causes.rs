//! What was noticed, grouped by cause: the first of each kind whole, of the others where they are.

use super::Detail;
use zicha_model::diag::{Diagnostic, Severity, human};

/// Further places of one cause that are named; `-v` names all.
const NAMED: usize = 5;

/// Errors, then warnings; with [`Detail::Verbose`] every one of them whole, and notes too.
pub(super) fn render(told: &[Diagnostic], detail: Detail) -> String {
    match detail {
        Detail::Verbose => told.iter().map(human::render).collect(),
        Detail::Quiet => grouped(told, &[Severity::Error]),
        Detail::Normal => grouped(told, &[Severity::Error, Severity::Warning]),
    }
}

fn grouped(told: &[Diagnostic], severities: &[Severity]) -> String {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    for severity in severities {
        for diagnostic in told.iter().filter(|d| d.severity == *severity) {
            let cause = |group: &&mut Vec<&Diagnostic>| {
                let same = |first: &&&Diagnostic| first.code == diagnostic.code;
                group.first().as_ref().is_some_and(same) && group[0].severity == *severity
            };
            match groups.iter_mut().find(cause) {
                Some(group) => group.push(diagnostic),
                None => groups.push(vec![diagnostic]),
            }
        }
    }
    groups.iter().map(|group| one(group)).collect()
}

/// One cause.
fn one(group: &[&Diagnostic]) -> String {
    let Some((first, others)) = group.split_first() else {
        return String::new();
    };
    let mut text = human::render(first);
    for other in others.iter().take(NAMED) {
        let place = human::place(other);
        let (place, message) = match (place.is_empty(), other.message == first.message) {
            (true, _) => (String::new(), other.message.as_str()),
            (false, true) => (place, ""),
            (false, false) => (format!("{place}："), other.message.as_str()),
        };
        text.push_str(&format!("  还有：{place}{message}\n"));
    }
    if others.len() > NAMED {
        let more = others.len() - NAMED;
        text.push_str(&format!("  同类还有 {more} 处，加 -v 全部列出\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use zicha_model::diag::Locus;
    use zicha_model::diag::codes;

    #[test]
    fn the_same_cause_is_told_once_with_its_places_errors_first() {
        let at = |cell: &str| Locus::cell("收文.xlsx", Some("2026"), cell);
        let warnings = (1..=8).map(|row| {
            let told = Diagnostic::new(codes::DATE_ODD, "日期写法不常见", at(&format!("C{row}")));
            told.with_hint("写成 2026-09-28")
        });
        let mut told: Vec<_> = warnings.collect();
        told.push(Diagnostic::new(codes::DATE_ODD, "日期写法有歧义", at("D1")));
        told.push(Diagnostic::new(
            codes::FILE_LOCKED,
            "文件已加密",
            Locus::file("甲.xls"),
        ));
        let text = render(&told, Detail::Normal);
        assert!(text.starts_with("错误[file-locked]"), "{text}");
        assert_eq!(text.matches("日期写法不常见").count(), 1, "{text}");
        assert_eq!(text.matches("还有：收文.xlsx").count(), NAMED, "{text}");
        assert!(text.contains("同类还有 3 处"), "{text}");
        assert_eq!(
            render(&told, Detail::Verbose).matches("日期写法").count(),
            9
        );
        assert!(!render(&told, Detail::Quiet).contains("date-odd"));
    }
}
